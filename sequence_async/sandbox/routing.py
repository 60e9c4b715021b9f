"""Requests, responses and routes of the APIs, independent of the HTTP library."""

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
    """A response of an API."""

    status: int
    body: bytes
    content_type: str = JSON
    headers: dict[str, str] | None = None
    data: Any = None
    """The content of the envelope. A replay of the idempotency key returns it again."""
    code: str | None = None
    """The error code; ``None`` on success."""
    request_id: str = ""


NOT_FOUND: Final = ApiResponse(404, b"Not Found", TEXT)


@dataclass(slots=True)
class ApiCall:
    """A request that matches a route."""

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
    """The owner of the idempotency key."""
    idempotency_key: str | None = None
    format_id: Callable[[str], str] = field(default=str)
    """The function that formats IDs in the response."""
    key_reserved: bool = False
    """Whether the idempotency key is marked as in progress."""
    replayed: bool = False
    _query: dict[str, list[str]] | None = None

    @property
    def query(self) -> dict[str, list[str]]:
        """The query parameters: lists of values by name."""
        if self._query is None:
            found: dict[str, list[str]] = {}
            for name, value in parse_qsl(self.query_string, keep_blank_values=True):
                found.setdefault(name, []).append(value)
            self._query = found
        return self._query

    def json(self) -> Any:
        """Return the parsed body. Raises :class:`ApiError` if it is not JSON."""
        try:
            return orjson.loads(self.body)
        except orjson.JSONDecodeError:
            raise invalid("The body is not valid JSON.") from None


@dataclass(slots=True, frozen=True)
class Route:
    """One operation of an API: its method, its path and its handler."""

    id: str
    method: str
    path: str
    perform: Callable[[ApiCall], ApiResponse] | None
    """``None`` if the sandbox has no handler for it."""
    running: ErrorReason | None = None
    """The error while the first request with an idempotency key is in progress; ``None`` if it takes no key."""
    action: str | None = None
    """The action in the audit log."""


class Router:
    """Finds the route of a method and a path.

    Operations in the API's description that have no handler are also found. Their :attr:`~Route.perform` is ``None``.
    """

    __slots__ = ("_patterns",)

    def __init__(self, operations: Sequence[Route], described: Sequence[tuple[str, str, str]]) -> None:
        handled = {operation.id for operation in operations}
        missing = [Route(*one, perform=None) for one in described if one[0] not in handled]
        self._patterns: dict[tuple[str, int], list[_PathPattern]] = {}
        for operation in [*operations, *missing]:
            route = _PathPattern.of(operation)
            self._patterns.setdefault((operation.method, route.length), []).append(route)
        for routes in self._patterns.values():
            # A path without IDs is more specific and goes first: /things/newest before /things/{id}.
            routes.sort(key=lambda route: len(route.id_indexes))

    def find(self, method: str, parts: Sequence[str]) -> tuple[Route, tuple[str, ...]] | None:
        """Return the route and the IDs of a path split at its slashes, or ``None`` if no route matches."""
        for route in self._patterns.get((method, len(parts)), ()):
            if all(parts[index] == part for index, part in route.fixed):
                ids = tuple([parts[index] for index in route.id_indexes])
                if "" in ids:
                    return None
                return route.operation, tuple([unquote(one) if "%" in one else one for one in ids])
        return None

    def __iter__(self) -> Iterator[Route]:
        return (route.operation for routes in self._patterns.values() for route in routes)


@dataclass(slots=True, frozen=True)
class _PathPattern:
    operation: Route
    length: int
    fixed: tuple[tuple[int, str], ...]
    """The literal parts of the path, each with its index."""
    id_indexes: tuple[int, ...]
    """The indexes of the IDs."""

    @classmethod
    def of(cls, operation: Route) -> _PathPattern:
        parts = list(enumerate(operation.path.strip("/").split("/")))
        fixed = tuple((index, part) for index, part in parts if not part.startswith("{"))
        id_indexes = tuple(index for index, part in parts if part.startswith("{"))
        return cls(operation, len(parts), fixed, id_indexes)
