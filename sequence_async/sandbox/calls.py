"""A request as the surfaces see it, and the answer that they give. No HTTP library here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, unquote

import orjson

from sequence_async.sandbox.refusals import Reason, invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sequence_async.sandbox.keys import ApiKey

JSON: Final = "application/json; charset=utf-8"
TEXT: Final = "text/plain; charset=utf-8"


@dataclass(slots=True)
class Answer:
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


NOWHERE: Final = Answer(404, b"Not Found", TEXT)


@dataclass(slots=True)
class Call:
    """One request that has been understood as a call of an operation."""

    method: str
    path: str
    ids: tuple[str, ...]
    query_string: str
    headers: Mapping[str, str]
    body: bytes
    operation: Operation
    request_id: str = ""
    key: ApiKey | None = None
    owner: str = ""
    """To whom its idempotency key belongs."""
    idempotency_key: str | None = None
    name: Callable[[str], str] = field(default=str)
    """How ids are written in the answer."""
    begun: bool = False
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
class Operation:
    """One operation of a surface: how it is called, and what answers."""

    id: str
    method: str
    path: str
    perform: Callable[[Call], Answer]
    running: Reason | None = None
    """For a write that takes an idempotency key: the refusal while the first request with it runs."""
    action: str | None = None
    """What the audit log calls it."""


class Routes:
    """Finds the operation that a method and a path stand for."""

    __slots__ = ("_known",)

    def __init__(self, operations: Sequence[Operation]) -> None:
        self._known: dict[tuple[str, int, str, str], tuple[Operation, tuple[int, ...]]] = {}
        for operation in operations:
            parts = operation.path.strip("/").split("/")
            places = tuple(place for place, part in enumerate(parts) if part.startswith("{"))
            self._known[operation.method, len(parts), parts[0], _third(parts)] = operation, places

    def find(self, method: str, parts: Sequence[str]) -> tuple[Operation, tuple[str, ...]] | None:
        """Find the operation of a path that is split at its slashes, and the ids in it; ``None`` where none is."""
        found = self._known.get((method, len(parts), parts[0], _third(parts)))
        if found is None:
            return None
        operation, places = found
        ids = tuple([parts[place] for place in places])
        if "" in ids:
            return None
        return operation, tuple([unquote(one) if "%" in one else one for one in ids])

    def __iter__(self) -> Iterator[Operation]:
        return (operation for operation, _ in self._known.values())


def _third(parts: Sequence[str]) -> str:
    return parts[2] if len(parts) > 2 else ""  # noqa: PLR2004 - what tells paths apart after the first id
