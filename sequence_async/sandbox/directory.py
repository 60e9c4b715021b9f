"""Things by id, whatever form the id is written in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, ValuesView
from typing import Protocol, TypeVar

from sequence_async.sandbox.ids import from_uuid


class Identified(Protocol):
    """Anything with an id."""

    id: str


T = TypeVar("T", bound=Identified)


class Directory(Mapping[str, T]):
    """A mapping of ids to things, in the order they were made; an id may be in the form of any surface."""

    __slots__ = ("_others", "_prefix", "_things")

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._things: dict[str, T] = {}
        self._others: dict[str, T] = {}

    def add(self, thing: T, *others: str) -> T:
        """Take in a thing, and other names that it is to be found by."""
        self._things[thing.id] = thing
        for other in others:
            self._others[other] = thing
        return thing

    def find(self, text: str) -> T | None:
        """Find a thing by its id in any form; ``None`` when there is none."""
        found = self._things.get(text)
        if found is None:
            known = from_uuid(self._prefix, text)
            found = self._others.get(text) if known is None else self._things.get(known)
        return found

    def __getitem__(self, text: str) -> T:
        found = self.find(text)
        if found is None:
            raise KeyError(text)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._things)

    def values(self) -> ValuesView[T]:
        """Give all things, in the order they were made."""
        return self._things.values()

    def __len__(self) -> int:
        return len(self._things)

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and self.find(text) is not None
