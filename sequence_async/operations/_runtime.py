"""What the generated operation tables are made of. A fact about an operation stands in the description, and here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, Generic, Literal, TypeVar

import attrs

T_co = TypeVar("T_co", covariant=True)

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})

ParameterKind = Literal["string", "integer", "boolean", "date-time", "enum"]


@attrs.frozen(kw_only=True)
class Api:
    """What all operations of one description have in common."""

    id: str
    """``v1``, ``platform`` or ``remote``."""
    version: str
    """``info.version`` of the description."""
    sha256: str
    """SHA-256 of the description's bytes."""
    key_header: str
    """The header that carries the idempotency key."""
    request_id_header: str | None
    """The header that carries a request id, in both directions; ``None`` where the API has none."""
    request_id_member: str
    """The member of an answer that carries the request id."""
    exact_numbers: bool = False
    """Whether fractions in its answers are amounts, and are read as exact decimals."""
    page_member: str | None = None
    """The member beside ``data`` that carries the cursor; ``None`` where paging stands inside ``data``."""


@attrs.frozen(kw_only=True)
class Parameter:
    """One query parameter."""

    name: str
    """The name on the wire."""
    kind: ParameterKind = "string"
    required: bool = False
    repeated: bool = False
    """Takes a list, written ``name=a&name=b``."""
    minimum: int | None = None
    maximum: int | None = None
    max_days_back: int | None = None
    """How far back a moment may lie, in days."""
    values: Any = None
    """The open enum of a parameter of kind ``enum``."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Operation(Generic[T_co]):
    """One operation of an API, as data; ``T_co`` is what the ``data`` member of its answer decodes to."""

    id: str
    """The description's operation id, for example ``createTransfer``."""
    api: Api
    method: str
    path: str
    """A template such as ``/accounts/{id}``, relative to the base URL."""
    summary: str
    docs: str
    """The documentation page."""
    effect: Literal["read", "write"]
    availability: Literal["available", "coming-soon"] = "available"
    scope: str | None = None
    """The scope that a key needs; ``None`` where none is documented."""
    takes_key: bool = False
    """Whether the API honours an idempotency key here."""
    paging: Literal["none", "cursor", "page"] = "none"
    credential: str = "key"
    """Which of the client's credentials it sends: ``key``, ``access-token`` or ``rule-secret``."""
    evidence: Literal["documented", "inferred"] = "documented"
    path_parameters: tuple[str, ...] = ()
    query: tuple[Parameter, ...] = ()
    body: type | None = None
    """The request model; ``None`` where nothing is sent."""
    body_required: bool = False
    result: Any = None
    """The runtime type of ``data``: a model, ``Sequence[model]``, or ``None`` where nothing comes back."""
    beside_data: tuple[str, ...] = ()
    """Members of the result that stand beside ``data`` in the answer."""
    older_names: Mapping[str, str] = _NOTHING
    """Members of ``data`` by the names that they may still have."""

    def __repr__(self) -> str:
        return f"<Operation {self.api.id}.{self.id}: {self.method} {self.path}>"
