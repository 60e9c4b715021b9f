"""The types of the generated operation tables."""

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
    """The properties that all operations of one API share."""

    id: str
    """``v1``, ``platform`` or ``remote``."""
    version: str
    """``info.version`` of the API description."""
    sha256: str
    """SHA-256 of the description file."""
    key_header: str
    """The header that carries the idempotency key."""
    request_id_header: str | None
    """The header of the request ID, in requests and responses; ``None`` if the API has none."""
    request_id_member: str
    """The field of a response that contains the request ID."""
    exact_numbers: bool = False
    """Whether fractions in responses are amounts, and are read as exact decimals."""
    page_member: str | None = None
    """The field next to ``data`` that contains the cursor; ``None`` if paging is inside ``data``."""
    error_statuses: Mapping[str, int] = _NO_STATUSES
    """The status that each error code means, regardless of the HTTP status. Only for codes with one meaning."""
    key_prefix: str | None = None
    """The prefix that identifies keys; ``None`` if there is none."""
    key_has_prefix: bool = False
    """Whether this API's keys have the prefix. If not, a key with it belongs to another API."""
    rejected_credential: str = ""
    """A hint for the message of a 401: the credential that the API takes."""
    missing_credential: Mapping[str, str] = _NOTHING
    """A hint for a missing credential: how to pass it, by :attr:`Operation.credential`."""


@attrs.frozen(kw_only=True)
class Parameter:
    """One query parameter."""

    name: str
    """The API's name."""
    kind: ParameterKind = "string"
    required: bool = False
    repeated: bool = False
    """Whether it takes a list, encoded as ``name=a&name=b``."""
    minimum: int | None = None
    maximum: int | None = None
    values: Any = None
    """The open enum of a parameter of kind ``enum``."""


@attrs.frozen(kw_only=True)
class Window:
    """The query parameters that limit a list to a time range."""

    start: str
    """The parameter of its start, by the API's name."""
    end: str
    """The parameter of its end, by the API's name."""
    field: str
    """The attribute of an item that the range filters."""
    max_days: int | None = None
    """How far back the range may reach, in days; ``None`` if there is no limit."""


@attrs.frozen(kw_only=True)
class DryRun:
    """How to call an operation as a dry run, which moves no money."""

    field: str
    """The body field that makes the call a dry run if it is true, by the API's name."""
    attribute: str
    """The same field, as an attribute of the request model."""
    mode: str | None = None
    """The attribute of the result that reports the mode: ``SIMULATION`` or ``LIVE``."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Operation(Generic[T_co]):
    """One operation of an API, as data. ``T_co`` is the type of ``data`` in its response."""

    id: str
    """The operation's ID in the API description, for example ``createTransfer``."""
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
    """The scope that a key needs; ``None`` if none is documented."""
    takes_key: bool = False
    """Whether the API accepts an idempotency key."""
    paging: Literal["none", "cursor", "page"] = "none"
    credential: str = "key"
    """The credential that it sends: ``key``, ``access-token`` or ``rule-secret``."""
    evidence: Literal["documented", "inferred"] = "documented"
    path_parameters: tuple[str, ...] = ()
    query: tuple[Parameter, ...] = ()
    arguments: Mapping[str, str] = _NOTHING
    """The Python name of each path and query parameter, by the API's name."""
    page_position: str | None = None
    """The query parameter that selects a page, by the API's name."""
    page_size: str | None = None
    """The query parameter that limits the items per page, by the API's name."""
    default_page_size: int | None = None
    """Items per page if the query does not set it."""
    window: Window | None = None
    body: type | None = None
    """The request model; ``None`` if no body is sent."""
    body_required: bool = False
    body_argument: str | None = None
    """The Python argument that takes the whole body; ``None`` if each of its fields is an argument."""
    distinct: tuple[str, ...] = ()
    """Attributes of the body that must differ from each other."""
    dry_run: DryRun | None = None
    """``None`` if the operation has no dry run."""
    creates: tuple[str, ...] = ()
    """Attributes of the result with the IDs of created resources. The API may not find these immediately."""
    echoes: Mapping[str, str] = _NOTHING
    """Attributes of the result that repeat the request: ``source.id`` is ``body.source_account_id``."""
    credential_parameter: str | None = None
    """The path parameter that selects the credential if each rule has its own."""
    result: Any = None
    """The runtime type of ``data``: a model, ``Sequence[model]``, or ``None`` if the response has no body."""
    outside_data: tuple[str, ...] = ()
    """Fields of the result that are next to ``data`` in the response."""
    legacy_names: Mapping[str, str] = _NOTHING
    """Fields of ``data``, by the older names that the API may still use."""

    def __repr__(self) -> str:
        return f"<Operation {self.api.id}.{self.id}: {self.method} {self.path}>"
