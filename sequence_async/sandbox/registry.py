"""Resources by ID, in the form of any API."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, ValuesView
from typing import TypeVar

from sequence_async.sandbox.ids import HasId

T = TypeVar("T", bound=HasId)


class Registry(Mapping[str, T]):
    """A mapping of IDs to resources, in the order of creation. Keys are IDs in the platform's form.

    Look-ups take the ID of any API. Iteration runs over a copy, so that another thread may add to it meanwhile.
    """

    __slots__ = ("_by_alias", "_resources")

    def __init__(self) -> None:
        self._resources: dict[str, T] = {}
        self._by_alias: dict[str, T] = {}

    def add(self, resource: T, *aliases: str) -> T:
        """Add a resource under its ID, the api/v1 form of that, and ``aliases``."""
        self._resources[str(resource.id)] = resource
        for alias in (resource.v1_id, *aliases):
            self._by_alias[alias] = resource
        return resource

    def find(self, text: str) -> T | None:
        """Return the resource with this ID, in any form; ``None`` if there is none."""
        return self._resources.get(text) or self._by_alias.get(text) or self._resources.get(text.lower())

    def __getitem__(self, text: str) -> T:
        found = self.find(text)
        if found is None:
            raise KeyError(f"no resource has the ID {text!r}")
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._resources))

    def values(self) -> ValuesView[T]:
        """Return all resources, in the order of creation."""
        return dict(self._resources).values()

    def __len__(self) -> int:
        return len(self._resources)

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and self.find(text) is not None
