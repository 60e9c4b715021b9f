"""A queue of actions that are due at a time."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Scheduler:
    """Scheduled actions, ordered by due time and then by order of insertion."""

    __slots__ = ("_count", "_heap")

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, Callable[[], None]]] = []
        self._count = 0

    def __len__(self) -> int:
        return len(self._heap)

    def add(self, due_ms: int, action: Callable[[], None]) -> None:
        """Schedule an action."""
        self._count += 1
        heappush(self._heap, (due_ms, self._count, action))

    def next_due_ms(self) -> int | None:
        """Return the due time of the next action, or ``None`` if nothing is scheduled."""
        return self._heap[0][0] if self._heap else None

    def take(self, until_ms: int) -> tuple[int, Callable[[], None]] | None:
        """Remove and return the next action due by ``until_ms``, or ``None`` if there is none."""
        if not self._heap or self._heap[0][0] > until_ms:
            return None
        due_ms, _, action = heappop(self._heap)
        return due_ms, action
