"""The rate limit of one key: a token bucket, and a cooldown after a 429.

The server counts a request when it arrives, at an unknown time between sending it and receiving its response. Each
request therefore holds a slot until its response arrives, and only then does the slot start to refill. The client's
count is never below the server's, so a server with the same limit does not return a 429.

All clients of a key in the process share the state, even in several event loops and threads. A plain lock guards it and
is never held across an ``await``.
"""

from __future__ import annotations

import asyncio
import heapq
from collections import OrderedDict
from itertools import count
from threading import Lock
from typing import Final
from weakref import WeakValueDictionary

import attrs

from sequence_async._core.arguments import check_integer, check_seconds

WRITE_PRIORITY: Final = 0
READ_PRIORITY: Final = 1

_EPSILON = 1e-9


def _calls(_: object, __: object, value: int) -> None:
    check_integer("calls", value, 1)


def _seconds(_: object, __: object, value: float) -> None:
    check_seconds("per", value)


@attrs.frozen
class RateLimit:
    """A token bucket: at most ``calls`` requests at once, refilled evenly over ``per`` seconds.

    ``RateLimit(100, per=60.0)`` allows 100 requests at once, and then 100 requests per minute.
    """

    calls: int = attrs.field(validator=_calls)
    per: float = attrs.field(default=60.0, kw_only=True, validator=_seconds)


class LimitReachedError(Exception):
    """The wait would exceed the deadline. Internal: callers get a ``RateLimitedError``."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@attrs.define(eq=False)
class _Waiter:
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[None]
    granted: bool = False


def _settle(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


class Bucket:
    """The token bucket of one rate limit."""

    def __init__(self, limit: RateLimit) -> None:
        self.limit = limit
        self._rate = limit.calls / limit.per
        self._lock = Lock()
        self._in_flight = 0
        self._backlog = 0.0
        self._updated = 0.0
        self._waiting: list[tuple[int, int, _Waiter]] = []
        self._order = count()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def in_flight(self) -> int:
        """Number of requests that currently hold a slot."""
        return self._in_flight

    async def acquire(self, priority: int, deadline: float) -> bool:
        """Take a slot, and wait for one if necessary. Return whether it waited.

        Raises:
            LimitReachedError: The wait would exceed ``deadline``, in the loop's time. Raised without waiting if this is
                known in advance.

        """
        loop = asyncio.get_running_loop()
        with self._lock:
            now = loop.time()
            self._drain(now)
            if not self._waiting and self._free() >= 1.0 - _EPSILON:
                self._in_flight += 1
                return False
            seconds = self._expected(priority)
            if now + seconds > deadline:
                raise LimitReachedError(seconds)
            waiter = _Waiter(loop, loop.create_future())
            heapq.heappush(self._waiting, (priority, next(self._order), waiter))
            self._arm(now)
        await self._wait(waiter, deadline)
        return True

    async def _wait(self, waiter: _Waiter, deadline: float) -> None:
        late = waiter.loop.call_at(deadline, _settle, waiter.future)
        try:
            await waiter.future
        except asyncio.CancelledError:
            self._give_up(waiter)
            raise
        finally:
            late.cancel()
        if not waiter.granted:
            # Requests with a higher priority took the slots.
            seconds = self._give_up(waiter)
            raise LimitReachedError(seconds)

    def _give_up(self, waiter: _Waiter) -> float:
        with self._lock:
            now = waiter.loop.time()
            self._drain(now)
            if waiter.granted:
                self._in_flight -= 1  # no request was sent with this slot
            else:
                self._waiting = [entry for entry in self._waiting if entry[2] is not waiter]
                heapq.heapify(self._waiting)
            self._serve(now)
            return self._expected(READ_PRIORITY)

    def release(self) -> None:
        """Release a slot after the response or the failure of its request. It starts to refill."""
        with self._lock:
            now = asyncio.get_running_loop().time()
            self._drain(now)
            self._in_flight -= 1
            self._backlog += 1.0
            if self._waiting:
                self._serve(now)

    def exhaust(self, now: float, seconds: float) -> None:
        """Empty the bucket for ``seconds`` after a 429.

        Another process probably uses the key. Otherwise, all waiting requests would get a 429 together.
        """
        with self._lock:
            self._drain(now)
            self._backlog = max(self._backlog, self.limit.calls - self._in_flight + seconds * self._rate)
            self._arm(now)

    def seconds_for(self, calls: int, now: float) -> float:
        """Return the least time in seconds until this many requests can be sent."""
        with self._lock:
            self._drain(now)
            queued = calls + len(self._waiting)
            return max(0.0, (queued - self._free()) / self._rate)

    def max_wait(self, seconds: float, now: float) -> float:
        """Return the longest wait in seconds for one more request, if each request before it takes ``seconds``."""
        with self._lock:
            self._drain(now)
            ahead = len(self._waiting) + self._in_flight + 1
            return (
                max(0.0, (ahead + self._backlog - self.limit.calls) / self._rate) + ahead * seconds / self.limit.calls
            )

    def _drain(self, now: float) -> None:
        if now > self._updated:
            self._backlog = max(0.0, self._backlog - (now - self._updated) * self._rate)
        self._updated = now

    def _free(self) -> float:
        return self.limit.calls - self._in_flight - self._backlog

    def _expected(self, priority: int) -> float:
        ahead = sum(1 for entry in self._waiting if entry[0] <= priority)
        return max(0.0, (ahead + 1 - self._free()) / self._rate)

    def _serve(self, now: float) -> None:
        while self._waiting and self._free() >= 1.0 - _EPSILON:
            waiter = heapq.heappop(self._waiting)[2]
            if waiter.loop.is_closed():
                continue
            waiter.granted = True
            self._in_flight += 1
            self._wake(waiter)
        self._arm(now)

    @staticmethod
    def _wake(waiter: _Waiter) -> None:
        if asyncio._get_running_loop() is waiter.loop:  # noqa: SLF001 - the public one raises if there is none
            _settle(waiter.future)
        else:
            waiter.loop.call_soon_threadsafe(_settle, waiter.future)

    def _arm(self, now: float) -> None:
        """Keep one timer, for the time at which the next waiter can be served."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        while self._waiting and self._waiting[0][2].loop.is_closed():
            heapq.heappop(self._waiting)
        if not self._waiting or self._in_flight >= self.limit.calls:
            return  # the next release serves the next waiter
        loop = self._waiting[0][2].loop
        seconds = max(0.0, (1.0 - self._free()) / self._rate)
        if asyncio._get_running_loop() is loop:  # noqa: SLF001 - as above
            self._timer = loop.call_at(now + seconds, self._on_timer)
        elif not loop.is_closed():
            loop.call_soon_threadsafe(self._on_timer)

    def _on_timer(self) -> None:
        with self._lock:
            self._timer = None
            now = asyncio.get_running_loop().time()
            self._drain(now)
            self._serve(now)


class KeyLimits:
    """The limits that all clients with the same key and host share."""

    __slots__ = ("__weakref__", "_buckets", "cooldown_until")

    def __init__(self) -> None:
        self.cooldown_until = 0.0
        """The end of the cooldown after a 429, in the loop's time."""
        self._buckets: dict[RateLimit, Bucket] = {}

    def start_cooldown(self, until: float) -> None:
        """Pause all requests with this key until ``until``, in the loop's time."""
        self.cooldown_until = max(self.cooldown_until, until)

    async def wait_for_cooldown(self, deadline: float) -> bool:
        """Wait for the end of the cooldown. Return whether it waited.

        Raises:
            LimitReachedError: The cooldown ends after ``deadline``. Raised without waiting.

        """
        loop = asyncio.get_running_loop()
        waited = False
        while (seconds := self.cooldown_until - loop.time()) > 0:
            if self.cooldown_until > deadline:
                raise LimitReachedError(seconds)
            await asyncio.sleep(seconds)
            waited = True
        return waited

    def bucket(self, limit: RateLimit) -> Bucket:
        """Return the bucket for this limit. Equal limits share one."""
        return self._buckets.setdefault(limit, Bucket(limit))


_shared: WeakValueDictionary[tuple[str, str], KeyLimits] = WeakValueDictionary()
# The server still counts a key's requests after a client is closed, so the limits of recently used keys are kept.
_recent: OrderedDict[KeyLimits, None] = OrderedDict()
_REMEMBERED: Final = 256
_shared_lock = Lock()


def limits_of(fingerprint: str, origin: str) -> KeyLimits:
    """Return the limits that all clients with this credential and host share."""
    with _shared_lock:
        found = _shared.get((fingerprint, origin))
        if found is None:
            found = _shared[fingerprint, origin] = KeyLimits()
        _recent[found] = None
        _recent.move_to_end(found)
        if len(_recent) > _REMEMBERED:
            _recent.popitem(last=False)
        return found
