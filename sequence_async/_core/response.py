"""What :meth:`call` gives back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

import attrs

T_co = TypeVar("T_co", covariant=True)


@attrs.define(kw_only=True)
class Response(Generic[T_co]):
    """The value of a call, and what came with it."""

    data: T_co
    """The decoded ``data`` member of the answer."""
    status: int
    """The HTTP status."""
    request_id: str | None
    """The id under which Sequence knows this request."""
    headers: Mapping[str, str]
    """The headers of the answer; names are found in any case."""
    attempts: int
    """How many times the request was sent."""
    elapsed: float
    """Seconds from the start of the call to its end."""
    idempotency_key: str | None
    """The key that a write carried; ``None`` for a read."""
    envelope: Mapping[str, Any] = attrs.field(repr=False)
    """The whole answer, as parsed JSON."""
