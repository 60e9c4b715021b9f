"""What lists have in common: they are in the order of creation, and can be narrowed down to a span of time."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import merge
from typing import TYPE_CHECKING, Protocol, TypeVar

from sequence_async.sandbox.apis import parameters

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sequence_async.sandbox.routing import ApiCall


class Listed(Protocol):
    """Anything that lists hold."""

    seq: int
    created_ms: int


T = TypeVar("T", bound=Listed)


@dataclass(slots=True, frozen=True)
class Window:
    """A span of time, its ends included."""

    since_ms: int | None
    until_ms: int | None

    @classmethod
    def read(cls, call: ApiCall) -> Window:
        """Read the span that a query asks for."""
        return cls(parameters.time(call, "from"), parameters.time(call, "to"))

    def holds(self, thing: Listed) -> bool:
        """Whether a thing was made in it."""
        return (self.since_ms is None or thing.created_ms >= self.since_ms) and (
            self.until_ms is None or thing.created_ms <= self.until_ms
        )


def newest(lists: Sequence[Sequence[T]]) -> Iterable[T]:
    """Merge lists in the order of creation into one, newest first, each thing once."""
    last: T | None = None
    for thing in merge(*(reversed(one) for one in lists), key=lambda thing: -thing.seq):
        if thing is not last:
            yield thing
        last = thing
