"""The types of the generated operation tables. Every fact about an operation is in its description, and here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, Generic, Literal, TypeVar

import attrs

T_co = TypeVar("T_co", covariant=True)

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
_NO_STATUSES: Final[Mapping[str, int]] = MappingProxyType({})

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
    error_statuses: Mapping[str, int] = _NO_STATUSES
    """The status that an error code stands for, whatever the HTTP status is; only where each code has one meaning."""
    key_prefix: str | None = None
    """A prefix by which keys can be recognized."""
    key_has_prefix: bool = False
    """Whether this API's keys have the prefix. If not, a key with it belongs to another API."""
    rejected_credential: str = ""
    """Which credential the API takes, for the message of a 401."""
    missing_credential: Mapping[str, str] = _NOTHING
    """How to pass a credential that the client does not have, by :attr:`Operation.credential`."""


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
    values: Any = None
    """The open enum of a parameter of kind ``enum``."""


@attrs.frozen(kw_only=True)
class Window:
    """The query parameters that limit a list to a time range."""

    start: str
    """The parameter for its start, by its name on the wire."""
    end: str
    """The parameter for its end, by its name on the wire."""
    field: str
    """The attribute of an item that the range is about."""
    max_days: int | None = None
    """How far back the range may reach, in days; ``None`` if there is no limit."""


@attrs.frozen(kw_only=True)
class DryRun:
    """How an operation is called without moving money."""

    field: str
    """The field of the body that makes the call a dry run when it is true, by its name on the wire."""
    attribute: str
    """The same field, as an attribute of the request model."""
    mode: str | None = None
    """The attribute of the result that says whether it was one: ``SIMULATION`` or ``LIVE``."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Operation(Generic[T_co]):
    """One operation of an API, as data; ``T_co`` is what the ``data`` member of its answer decodes to."""

    id: str
    """The description's operation id, for example ``createTransfer``."""
    api: Api
    client_method: str
    """The client's method, for example ``transfers.create``."""
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
    """Whether the API honors an idempotency key here."""
    paging: Literal["none", "cursor", "page"] = "none"
    credential: str = "key"
    """Which of the client's credentials it sends: ``key``, ``access-token`` or ``rule-secret``."""
    evidence: Literal["documented", "inferred"] = "documented"
    path_parameters: tuple[str, ...] = ()
    query: tuple[Parameter, ...] = ()
    arguments: Mapping[str, str] = _NOTHING
    """The Python name of each path and query parameter, by its name on the wire."""
    page_position: str | None = None
    """The query parameter that selects a page, by its name on the wire."""
    page_size: str | None = None
    """The query parameter that limits the items of a page, by its name on the wire."""
    default_page_size: int | None = None
    """How many items a page has if the query does not say."""
    window: Window | None = None
    body: type | None = None
    """The request model; ``None`` where nothing is sent."""
    body_required: bool = False
    body_argument: str | None = None
    """The Python argument that takes the whole body; ``None`` if each of its fields is an argument."""
    distinct: tuple[str, ...] = ()
    """Attributes of the body that must differ from each other."""
    dry_run: DryRun | None = None
    """``None`` if the operation has no dry run."""
    creates: tuple[str, ...] = ()
    """Attributes of the result with the IDs of what the call has created. The API may not find these at once."""
    echoes: Mapping[str, str] = _NOTHING
    """What the result repeats of the request: ``source.id`` as in ``body.source_account_id``, ``id`` as in ``path.id``."""
    credential_parameter: str | None = None
    """The path parameter that selects the credential, where each rule has its own."""
    result: Any = None
    """The runtime type of ``data``: a model, ``Sequence[model]``, or ``None`` where nothing comes back."""
    outside_data: tuple[str, ...] = ()
    """Members of the result that stand beside ``data`` in the answer."""
    legacy_names: Mapping[str, str] = _NOTHING
    """Members of ``data`` by the names that they may still have."""

    def __repr__(self) -> str:
        return f"<Operation {self.api.id}.{self.id}: {self.method} {self.path}>"
