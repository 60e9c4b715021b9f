"""The sandbox's own time: it follows a monotonic clock, stands still when frozen, and can be moved on."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

DAY_MS = 86_400_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=16_384)
def moment(at_ms: int) -> datetime:
    """Give milliseconds since 1970 as an aware time in UTC."""
    return EPOCH + timedelta(milliseconds=at_ms)


def milliseconds(when: datetime) -> int:
    """Give an aware time as milliseconds since 1970, rounded down."""
    return (when - EPOCH) // timedelta(milliseconds=1)


class SandboxClock:
    """What time it is in the sandbox.

    Unless ``frozen``, it runs with real time. ``advance`` moves it on, and everything that falls due in between
    happens, in order and at its own time: transfers settle, keys expire, schedules fire.
    """

    __slots__ = ("_began", "_lock", "_monotonic", "_offset_ms", "_start_ms", "frozen", "on_move")

    def __init__(
        self,
        start: datetime,
        *,
        frozen: bool = False,
        monotonic: Callable[[], float] = time.monotonic,
        on_move: Callable[[], None] | None = None,
    ) -> None:
        self._start_ms = milliseconds(start)
        self._offset_ms = 0
        self._lock = Lock()
        self._monotonic = monotonic
        self._began = monotonic()
        self.on_move = on_move
        self.frozen = frozen

    def now_ms(self) -> int:
        """Milliseconds since 1970."""
        now = self._start_ms + self._offset_ms
        return now if self.frozen else now + int((self._monotonic() - self._began) * 1000)

    def now(self) -> datetime:
        """Give the present time as an aware ``datetime`` in UTC."""
        return moment(self.now_ms())

    def advance(self, seconds: float | timedelta) -> datetime:
        """Move on by so many seconds and let everything happen that falls due; give the time it is then.

        Raises ``ValueError`` for a negative number.
        """
        step = seconds if isinstance(seconds, timedelta) else timedelta(seconds=seconds)
        if step < timedelta(0):
            raise ValueError("the sandbox's clock does not go back")
        with self._lock:
            self._offset_ms += step // timedelta(milliseconds=1)
        if self.on_move is not None:
            self.on_move()
        return self.now()
