"""A request as the surfaces see it, and the answer that they give. No HTTP library here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, unquote

import orjson

from sequence_async.sandbox.errors import ErrorReason, invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sequence_async.sandbox.api_keys import ApiKey

JSON: Final = "application/json; charset=utf-8"
TEXT: Final = "text/plain; charset=utf-8"


@dataclass(slots=True)
class ApiResponse:
    """What goes back."""

    status: int
    body: bytes
    content_type: str = JSON
    headers: dict[str, str] | None = None
    data: Any = None
    """What stands in the envelope; an idempotency key brings it back."""
    code: str | None = None
    """The error code, if it is an error."""
    request_id: str = ""


NOT_FOUND: Final = ApiResponse(404, b"Not Found", TEXT)


@dataclass(slots=True)
class ApiCall:
    """One request that has been understood as a call of an operation."""

    method: str
    path: str
    ids: tuple[str, ...]
    query_string: str
    headers: Mapping[str, str]
    body: bytes
    route: Route
    request_id: str = ""
    key: ApiKey | None = None
    key_owner: str = ""
    """To whom its idempotency key belongs."""
    idempotency_key: str | None = None
    format_id: Callable[[str], str] = field(default=str)
    """How ids are written in the answer."""
    key_reserved: bool = False
    """Whether its idempotency key has been noted as running."""
    replayed: bool = False
    _query: dict[str, list[str]] | None = None

    @property
    def query(self) -> dict[str, list[str]]:
        """The query's values by name."""
        if self._query is None:
            found: dict[str, list[str]] = {}
            for name, value in parse_qsl(self.query_string, keep_blank_values=True):
                found.setdefault(name, []).append(value)
            self._query = found
        return self._query

    def json(self) -> Any:
        """Read the body. Raises a refusal when it is not JSON."""
        try:
            return orjson.loads(self.body)
        except orjson.JSONDecodeError:
            raise invalid("The body is not valid JSON.") from None


@dataclass(slots=True, frozen=True)
class Route:
    """One operation of a surface: how it is called, and what answers."""

    id: str
    method: str
    path: str
    perform: Callable[[ApiCall], ApiResponse] | None
    """``None`` if the sandbox has no handler for it."""
    running: ErrorReason | None = None
    """For a write that takes an idempotency key: the refusal while the first request with it runs."""
    action: str | None = None
    """What the audit log calls it."""


class Router:
    """Finds the operation that a method and a path stand for.

    An operation that the API's description has and that no handler was written for is found as well. It has no
    :attr:`~Route.perform`.
    """

    __slots__ = ("_known",)

    def __init__(self, operations: Sequence[Route], described: Sequence[tuple[str, str, str]]) -> None:
        handled = {operation.id for operation in operations}
        missing = [Route(*one, perform=None) for one in described if one[0] not in handled]
        self._known: dict[tuple[str, int], list[_PathPattern]] = {}
        for operation in [*operations, *missing]:
            route = _PathPattern.of(operation)
            self._known.setdefault((operation.method, route.length), []).append(route)
        for routes in self._known.values():
            # A path without IDs is the more exact one: /things/newest before /things/{id}.
            routes.sort(key=lambda route: len(route.places))

    def find(self, method: str, parts: Sequence[str]) -> tuple[Route, tuple[str, ...]] | None:
        """Find the operation of a path that is split at its slashes, and the ids in it; ``None`` where none is."""
        for route in self._known.get((method, len(parts)), ()):
            if all(parts[place] == part for place, part in route.fixed):
                ids = tuple([parts[place] for place in route.places])
                if "" in ids:
                    return None
                return route.operation, tuple([unquote(one) if "%" in one else one for one in ids])
        return None

    def __iter__(self) -> Iterator[Route]:
        return (route.operation for routes in self._known.values() for route in routes)


@dataclass(slots=True, frozen=True)
class _PathPattern:
    operation: Route
    length: int
    fixed: tuple[tuple[int, str], ...]
    """The parts that are not IDs, each with its place."""
    places: tuple[int, ...]
    """Where the IDs are."""

    @classmethod
    def of(cls, operation: Route) -> _PathPattern:
        parts = list(enumerate(operation.path.strip("/").split("/")))
        fixed = tuple((place, part) for place, part in parts if not part.startswith("{"))
        places = tuple(place for place, part in parts if part.startswith("{"))
        return cls(operation, len(parts), fixed, places)
