"""Faults to inject: failures between a request and its response.

``after_effect`` of a fault says whether the request is executed before it fails.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from random import Random
from typing import ClassVar, Final

GARBAGE: Final = b'{"data": {"id": "\xff\xfe\x00, "amount_in_cents": NaN'
HTML: Final = b"<html><head><title>Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>"


@dataclass(slots=True, frozen=True, kw_only=True)
class Status:
    """Return an HTTP status. Without ``body``, the body is the API's error envelope with ``code`` and ``message``."""

    status: int
    body: bytes | str | None = None
    code: str = "UNEXPECTED_ERROR"
    message: str = "Something went wrong."
    content_type: str = "application/json; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    after_effect: bool = False


@dataclass(slots=True, frozen=True, kw_only=True)
class Delay:
    """Wait ``seconds`` of real time, before or after the effect, and respond as usual.

    Until then, the idempotency key is in progress.
    """

    seconds: float
    after_effect: bool = False


@dataclass(slots=True, frozen=True, kw_only=True)
class Stall:
    """Never respond. The connection stays open until the client or the sandbox closes it.

    Without ``after_effect``, nothing is executed, and the idempotency key is free again when the client disconnects.
    """

    after_effect: bool = False


@dataclass(slots=True, frozen=True, kw_only=True)
class Drop:
    """Close the connection without a response. With ``reset``, send a TCP reset."""

    after_effect: bool = False
    reset: bool = False


@dataclass(slots=True, frozen=True, kw_only=True)
class Truncate:
    """Send only the fraction ``keep`` of the body under the full ``Content-Length``, then close the connection."""

    keep: float = 0.5
    after_effect: ClassVar[bool] = True


@dataclass(slots=True, frozen=True, kw_only=True)
class Drip:
    """Send the correct response in ``pieces`` over ``seconds`` of real time."""

    seconds: float = 1.0
    pieces: int = 20
    after_effect: ClassVar[bool] = True


@dataclass(slots=True, frozen=True, kw_only=True)
class Garbage:
    """Return a body that is not valid JSON."""

    body: bytes = GARBAGE
    status: int = 200
    content_type: str = "application/json"
    after_effect: bool = True


@dataclass(slots=True, frozen=True, kw_only=True)
class Html:
    """Return an HTML page, as a proxy does."""

    status: int = 502
    body: bytes = HTML
    after_effect: bool = False


@dataclass(slots=True, frozen=True, kw_only=True)
class WrongContentType:
    """Return the correct response with the wrong content type."""

    content_type: str = "text/html; charset=utf-8"
    after_effect: ClassVar[bool] = True


@dataclass(slots=True, frozen=True, kw_only=True)
class Endless:
    """Start a JSON body that never ends, or that ends after ``at_most`` bytes."""

    chunk: int = 65_536
    at_most: int | None = None
    after_effect: bool = True


@dataclass(slots=True, frozen=True, kw_only=True)
class GzipBomb:
    """Return a small gzip body that decompresses to ``unpacked`` bytes."""

    unpacked: int = 64 * 1024 * 1024
    after_effect: bool = True


@dataclass(slots=True, frozen=True, kw_only=True)
class HeaderFlood:
    """Return the correct response with ``count`` extra headers of ``size`` characters."""

    count: int = 200
    size: int = 200
    after_effect: ClassVar[bool] = True


@dataclass(slots=True, frozen=True, kw_only=True)
class Redirect:
    """Redirect the client to ``location``."""

    location: str = "http://127.0.0.1:9/"
    status: int = 307
    after_effect: bool = False


@dataclass(slots=True, frozen=True, kw_only=True)
class RateLimited:
    """Return 429 in the API's error envelope. ``retry_after`` is whole seconds, or any text to test parsing."""

    retry_after: int | str | None = 1
    after_effect: bool = False


@dataclass(slots=True, frozen=True, kw_only=True)
class InProgress:
    """Return 409, as if the first request with this idempotency key were still in progress."""

    after_effect: bool = False


Fault = (
    Status
    | Delay
    | Stall
    | Drop
    | Truncate
    | Drip
    | Garbage
    | Html
    | WrongContentType
    | Endless
    | GzipBomb
    | HeaderFlood
    | Redirect
    | RateLimited
    | InProgress
)
KINDS: Final[dict[str, type[Fault]]] = {
    "status": Status,
    "delay": Delay,
    "stall": Stall,
    "drop": Drop,
    "truncate": Truncate,
    "drip": Drip,
    "garbage": Garbage,
    "html": Html,
    "wrong_content_type": WrongContentType,
    "endless": Endless,
    "gzip_bomb": GzipBomb,
    "header_flood": HeaderFlood,
    "redirect": Redirect,
    "rate_limited": RateLimited,
    "in_progress": InProgress,
}


@dataclass(slots=True, eq=False)
class ScheduledFault:
    """One scheduled fault. ``cancel()`` removes it."""

    route: str
    fault: Fault
    remaining: int | None
    """The number of calls that will still fail; ``None`` for no limit."""
    skip: int
    probability: float
    random: Random = field(repr=False)
    hits: int = 0

    def applies(self, api: str, operation: str, method: str, path: str) -> bool:
        """Return whether the route of this fault matches a call."""
        route = self.route
        if route in ("*", operation, f"{api}.{operation}", f"{api}.*"):
            return True
        verb, _, pattern = route.rpartition(" ")
        return pattern.startswith("/") and verb in ("", method) and fnmatchcase(path, pattern)

    def cancel(self) -> None:
        """Stop failing calls."""
        self.remaining = 0


class FaultPlan:
    """The scheduled faults. If several match a call, the oldest applies."""

    __slots__ = ("_random", "_scheduled")

    def __init__(self, random: Random) -> None:
        self._scheduled: list[ScheduledFault] = []
        self._random = random

    def __bool__(self) -> bool:
        return bool(self._scheduled)

    def add(
        self,
        route: str,
        fault: Fault,
        *,
        n: int | None = 1,
        skip: int = 0,
        probability: float = 1.0,
        seed: int | str | None = None,
    ) -> ScheduledFault:
        """Schedule a fault for the next ``n`` calls of a route after the first ``skip``, each with ``probability``."""
        if n is not None and n < 1:
            raise ValueError("n must be at least 1, or None for no limit")
        if skip < 0 or not 0 <= probability <= 1:
            raise ValueError("skip must be at least 0, and probability must be from 0 to 1")
        random = self._random if seed is None else Random(seed)  # noqa: S311 - faults must be reproducible
        scheduled = ScheduledFault(route, fault, n, skip, probability, random)
        self._scheduled.append(scheduled)
        return scheduled

    def clear(self) -> None:
        """Remove all scheduled faults."""
        self._scheduled.clear()

    def pick(self, api: str, operation: str, method: str, path: str) -> Fault | None:
        """Return the fault for this call, or ``None`` if the call succeeds."""
        self._scheduled = [scheduled for scheduled in self._scheduled if scheduled.remaining != 0]
        for scheduled in self._scheduled:
            if not scheduled.applies(api, operation, method, path):
                continue
            if scheduled.skip:
                scheduled.skip -= 1
                continue
            if scheduled.probability < 1 and scheduled.random.random() >= scheduled.probability:
                continue
            scheduled.hits += 1
            if scheduled.remaining is not None:
                scheduled.remaining -= 1
            return scheduled.fault
        return None
