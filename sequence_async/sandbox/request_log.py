"""The log of requests to the sandbox, for tests of clients. Credentials are never shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from sequence_async.sandbox.clock import utc_datetime

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sequence_async.sandbox.api_keys import ApiKey
    from sequence_async.sandbox.faults import Fault
    from sequence_async.sandbox.routing import ApiCall

_CREDENTIALS: Final = frozenset({"authorization", "x-sequence-access-token", "x-sequence-signature", "cookie"})


@dataclass(slots=True, eq=False)
class RecordedRequest:
    """One request and its result."""

    at_ms: int
    method: str
    path: str
    query: str
    body: bytes = field(repr=False)
    raw_headers: Mapping[str, str] = field(repr=False, kw_only=True)
    api: str = ""
    """``v1``, ``platform`` or ``remote``; empty if no route matches the path."""
    operation: str | None = None
    """The operation's ID; ``None`` if no route matches."""
    status: int | None = None
    """The status that was sent; ``None`` before that, or if the connection was closed without a response."""
    code: str | None = None
    """The error code of the response."""
    fault: Fault | None = None
    """The fault that was injected."""
    call: ApiCall | None = field(default=None, repr=False)

    @property
    def request_id(self) -> str:
        """The request ID, from the client or generated."""
        return "" if self.call is None else self.call.request_id

    @property
    def idempotency_key(self) -> str | None:
        """The idempotency key of the request."""
        return None if self.call is None else self.call.idempotency_key

    @property
    def replayed(self) -> bool:
        """Whether an earlier response with the same idempotency key was replayed."""
        return self.call is not None and self.call.replayed

    @property
    def key(self) -> ApiKey | None:
        """The API key of the request."""
        return None if self.call is None else self.call.key

    @property
    def at(self) -> datetime:
        """The time of arrival on the sandbox's clock."""
        return utc_datetime(self.at_ms)

    @property
    def headers(self) -> dict[str, str]:
        """The headers by lower-case name, without credentials."""
        return {name.lower(): value for name, value in self.raw_headers.items() if name.lower() not in _CREDENTIALS}

    @property
    def body_sha256(self) -> str:
        """The SHA-256 of the body, in hexadecimal."""
        return sha256(self.body).hexdigest()

    @property
    def key_name(self) -> str | None:
        """The name of the API key of the request."""
        return None if self.key is None else self.key.name
