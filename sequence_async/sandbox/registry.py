"""Resources by ID, in whichever API's form the ID is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, ValuesView
from typing import TypeVar

from sequence_async.sandbox.ids import HasId

T = TypeVar("T", bound=HasId)


class Registry(Mapping[str, T]):
    """A mapping of IDs to resources, in the order they were made. Keys are IDs in the platform's form.

    Look-ups take the ID of any API. Iteration runs over a copy, so that another thread may add to it meanwhile.
    """

    __slots__ = ("_others", "_things")

    def __init__(self) -> None:
        self._things: dict[str, T] = {}
        self._others: dict[str, T] = {}

    def add(self, thing: T, *others: str) -> T:
        """Add a resource under its ID, the api/v1 form of that, and ``others``."""
        self._things[str(thing.id)] = thing
        for other in (thing.v1_id, *others):
            self._others[other] = thing
        return thing

    def find(self, text: str) -> T | None:
        """Return the resource with this ID, in any form; ``None`` if there is none."""
        return self._things.get(text) or self._others.get(text) or self._things.get(text.lower())

    def __getitem__(self, text: str) -> T:
        found = self.find(text)
        if found is None:
            raise KeyError(f"nothing here has the ID {text!r}")
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._things))

    def values(self) -> ValuesView[T]:
        """Return all resources, in the order they were made."""
        return dict(self._things).values()

    def __len__(self) -> int:
        return len(self._things)

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and self.find(text) is not None
