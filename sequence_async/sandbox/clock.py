"""The sandbox's clock: it follows real time or is frozen, and can be moved forward."""

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
def utc_datetime(at_ms: int) -> datetime:
    """Return milliseconds since 1970 as an aware ``datetime`` in UTC."""
    return EPOCH + timedelta(milliseconds=at_ms)


def milliseconds(when: datetime) -> int:
    """Return an aware ``datetime`` as milliseconds since 1970, rounded down."""
    return (when - EPOCH) // timedelta(milliseconds=1)


class SandboxClock:
    """The time in the sandbox.

    Unless ``frozen``, it follows real time. ``advance`` moves it forward and processes everything that becomes due, in
    order and each at its own time: transfers settle, API keys expire, schedules fire.
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
        """Return the current time in milliseconds since 1970."""
        now = self._start_ms + self._offset_ms
        return now if self.frozen else now + int((self._monotonic() - self._began) * 1000)

    def now(self) -> datetime:
        """Return the current time as an aware ``datetime`` in UTC."""
        return utc_datetime(self.now_ms())

    def advance(self, seconds: float | timedelta) -> datetime:
        """Move the time forward by ``seconds``, process everything that becomes due, and return the new time.

        Raises ``ValueError`` if ``seconds`` is negative.
        """
        step = seconds if isinstance(seconds, timedelta) else timedelta(seconds=seconds)
        if step < timedelta(0):
            raise ValueError("seconds must not be negative: the sandbox's clock cannot go back")
        with self._lock:
            self._offset_ms += step // timedelta(milliseconds=1)
        if self.on_move is not None:
            self.on_move()
        return self.now()
