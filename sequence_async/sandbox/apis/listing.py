"""Helpers for lists: time filters and merging in the order of creation."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import merge
from typing import TYPE_CHECKING, Protocol, TypeVar

from sequence_async.sandbox.apis import parameters

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sequence_async.sandbox.routing import ApiCall


class Listed(Protocol):
    """A resource that appears in lists."""

    seq: int
    created_ms: int


T = TypeVar("T", bound=Listed)


@dataclass(slots=True, frozen=True)
class Window:
    """A time range, both ends included."""

    since_ms: int | None
    until_ms: int | None

    @classmethod
    def read(cls, call: ApiCall) -> Window:
        """Return the time range in a query."""
        return cls(parameters.time(call, "from"), parameters.time(call, "to"))

    def contains(self, resource: Listed) -> bool:
        """Return whether a resource was created in this range."""
        return (self.since_ms is None or resource.created_ms >= self.since_ms) and (
            self.until_ms is None or resource.created_ms <= self.until_ms
        )


def newest(lists: Sequence[Sequence[T]]) -> Iterable[T]:
    """Merge lists in the order of creation. Yield each resource once, newest first."""
    last: T | None = None
    for resource in merge(*(reversed(one) for one in lists), key=lambda resource: -resource.seq):
        if resource is not last:
            yield resource
        last = resource
