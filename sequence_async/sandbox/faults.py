"""Faults on demand: what can go wrong between a request and its answer, and when.

Every fault knows whether the request takes effect all the same (``after_effect``). That is the question that matters.
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
    """Answer with a status. Without ``body``, the body is the surface's own error envelope."""

    status: int
    body: bytes | str | None = None
    code: str = "UNEXPECTED_ERROR"
    message: str = "Something went wrong."
    content_type: str = "application/json; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    after_effect: bool = False


@dataclass(slots=True, frozen=True, kw_only=True)
class Delay:
    """Wait so many real seconds, before or after the effect, and answer as usual; meanwhile the key is running."""

    seconds: float
    after_effect: bool = False


@dataclass(slots=True, frozen=True, kw_only=True)
class Stall:
    """Never answer; the connection stays open until the caller, or the sandbox, closes it.

    Before the effect, nothing has happened when the caller leaves, and its key is free again.
    """

    after_effect: bool = False


@dataclass(slots=True, frozen=True, kw_only=True)
class Drop:
    """Close the connection without an answer; with ``reset``, by a TCP reset."""

    after_effect: bool = False
    reset: bool = False


@dataclass(slots=True, frozen=True, kw_only=True)
class Truncate:
    """Promise the whole body, send a part of it, and close the connection."""

    keep: float = 0.5
    after_effect: ClassVar[bool] = True


@dataclass(slots=True, frozen=True, kw_only=True)
class Drip:
    """Send the right answer in small pieces over so many real seconds."""

    seconds: float = 1.0
    pieces: int = 20
    after_effect: ClassVar[bool] = True


@dataclass(slots=True, frozen=True, kw_only=True)
class Garbage:
    """Answer with bytes that mean nothing."""

    body: bytes = GARBAGE
    status: int = 200
    content_type: str = "application/json"
    after_effect: bool = True


@dataclass(slots=True, frozen=True, kw_only=True)
class Html:
    """Answer with a page of HTML, as a proxy does."""

    status: int = 502
    body: bytes = HTML
    after_effect: bool = False


@dataclass(slots=True, frozen=True, kw_only=True)
class WrongContentType:
    """Give the right answer under the wrong content type."""

    content_type: str = "text/html; charset=utf-8"
    after_effect: ClassVar[bool] = True


@dataclass(slots=True, frozen=True, kw_only=True)
class Endless:
    """Begin a JSON answer that never ends (or ends after ``at_most`` bytes)."""

    chunk: int = 65_536
    at_most: int | None = None
    after_effect: bool = True


@dataclass(slots=True, frozen=True, kw_only=True)
class GzipBomb:
    """Answer with a small compressed body that unpacks to so many bytes."""

    unpacked: int = 64 * 1024 * 1024
    after_effect: bool = True


@dataclass(slots=True, frozen=True, kw_only=True)
class HeaderFlood:
    """Give the right answer with so many headers that nobody asked for."""

    count: int = 200
    size: int = 200
    after_effect: ClassVar[bool] = True


@dataclass(slots=True, frozen=True, kw_only=True)
class Redirect:
    """Send the caller elsewhere."""

    location: str = "http://127.0.0.1:9/"
    status: int = 307
    after_effect: bool = False


@dataclass(slots=True, frozen=True, kw_only=True)
class RateLimited:
    """Answer 429 in the surface's own envelope; ``retry_after`` is whole seconds, or whatever text is given."""

    retry_after: int | str | None = 1
    after_effect: bool = False


@dataclass(slots=True, frozen=True, kw_only=True)
class InProgress:
    """Answer 409 as if the first request with this key were still running."""

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
    """One entry of the plan; ``cancel`` takes it out."""

    route: str
    fault: Fault
    remaining: int | None
    """How many more calls it hits; ``None`` for no end."""
    skip: int
    probability: float
    random: Random = field(repr=False)
    hits: int = 0

    def applies(self, api: str, operation: str, method: str, path: str) -> bool:
        """Whether a call is one of those that it is meant for."""
        route = self.route
        if route in ("*", operation, f"{api}.{operation}", f"{api}.*"):
            return True
        verb, _, pattern = route.rpartition(" ")
        return pattern.startswith("/") and verb in ("", method) and fnmatchcase(path, pattern)

    def cancel(self) -> None:
        """Let it hit no more calls."""
        self.remaining = 0


class FaultPlan:
    """Which calls are to go wrong, and how; of several entries, the oldest that applies is taken."""

    __slots__ = ("_orders", "_random")

    def __init__(self, random: Random) -> None:
        self._orders: list[ScheduledFault] = []
        self._random = random

    def __bool__(self) -> bool:
        return bool(self._orders)

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
        """Enter a fault for the next ``n`` calls of a route after the first ``skip``, or for a part of all of them."""
        if n is not None and n < 1:
            raise ValueError("n is at least 1, or None for no end")
        if skip < 0 or not 0 <= probability <= 1:
            raise ValueError("skip is at least 0, and probability is from 0 to 1")
        random = self._random if seed is None else Random(seed)  # noqa: S311 - faults are to be repeatable
        order = ScheduledFault(route, fault, n, skip, probability, random)
        self._orders.append(order)
        return order

    def clear(self) -> None:
        """Let everything work again."""
        self._orders.clear()

    def pick(self, api: str, operation: str, method: str, path: str) -> Fault | None:
        """Give the fault that hits this call; ``None`` for a call that goes well."""
        self._orders = [order for order in self._orders if order.remaining != 0]
        for order in self._orders:
            if not order.applies(api, operation, method, path):
                continue
            if order.skip:
                order.skip -= 1
                continue
            if order.probability < 1 and order.random.random() >= order.probability:
                continue
            order.hits += 1
            if order.remaining is not None:
                order.remaining -= 1
            return order.fault
        return None
