"""What arrived at the sandbox, for tests of how a client behaves. Credentials are never shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from sequence_async.sandbox.clock import moment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sequence_async.sandbox.api_keys import ApiKey
    from sequence_async.sandbox.faults import Fault
    from sequence_async.sandbox.routing import ApiCall

_CREDENTIALS: Final = frozenset({"authorization", "x-sequence-access-token", "x-sequence-signature", "cookie"})


@dataclass(slots=True, eq=False)
class RecordedRequest:
    """One request and what became of it."""

    at_ms: int
    method: str
    path: str
    query: str
    body: bytes = field(repr=False)
    raw_headers: Mapping[str, str] = field(repr=False, kw_only=True)
    api: str = ""
    """``v1``, ``platform``, ``remote``, or empty for a path that belongs to none."""
    operation: str | None = None
    """The operation's id; ``None`` where there is no such operation."""
    status: int | None = None
    """What went out; ``None`` while nothing has, and where the connection was closed without an answer."""
    code: str | None = None
    """The error code of the answer."""
    fault: Fault | None = None
    """The fault that hit it."""
    call: ApiCall | None = field(default=None, repr=False)

    @property
    def request_id(self) -> str:
        """The id that the request has, its own or the one it was given."""
        return "" if self.call is None else self.call.request_id

    @property
    def idempotency_key(self) -> str | None:
        """The idempotency key that it came with."""
        return None if self.call is None else self.call.idempotency_key

    @property
    def replayed(self) -> bool:
        """Whether its key brought an earlier answer back."""
        return self.call is not None and self.call.replayed

    @property
    def key(self) -> ApiKey | None:
        """The API key that it came with."""
        return None if self.call is None else self.call.key

    @property
    def at(self) -> datetime:
        """When it arrived, in the sandbox's time."""
        return moment(self.at_ms)

    @property
    def headers(self) -> dict[str, str]:
        """Its headers by lower-case name, without those that carry a credential."""
        return {name.lower(): value for name, value in self.raw_headers.items() if name.lower() not in _CREDENTIALS}

    @property
    def body_sha256(self) -> str:
        """The SHA-256 of its body, in hexadecimal."""
        return sha256(self.body).hexdigest()

    @property
    def key_name(self) -> str | None:
        """The name of the API key that it came with."""
        return None if self.key is None else self.key.name
