"""What is to happen, and when."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Scheduler:
    """Things that fall due, in the order of their time, and of their entry where that is the same."""

    __slots__ = ("_count", "_heap")

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, Callable[[], None]]] = []
        self._count = 0

    def __len__(self) -> int:
        return len(self._heap)

    def add(self, due_ms: int, act: Callable[[], None]) -> None:
        """Enter what is to happen at a time."""
        self._count += 1
        heappush(self._heap, (due_ms, self._count, act))

    def next_due_ms(self) -> int | None:
        """When the next thing is due; ``None`` when nothing is."""
        return self._heap[0][0] if self._heap else None

    def take(self, until_ms: int) -> tuple[int, Callable[[], None]] | None:
        """Take out the next thing that is due by then; ``None`` when there is none."""
        if not self._heap or self._heap[0][0] > until_ms:
            return None
        due_ms, _, act = heappop(self._heap)
        return due_ms, act
