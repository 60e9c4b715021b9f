"""The result of a call: the value and its metadata."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Generic, Protocol, TypeVar

import attrs

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class _HasKey(Protocol):
    @property
    def idempotency_key(self) -> str | None: ...


@attrs.define(kw_only=True)
class Response(Generic[T_co]):
    """The value of a call and its metadata."""

    data: T_co
    """The decoded ``data`` field of the response."""
    status: int
    """The HTTP status."""
    request_id: str | None
    """Sequence's ID of the request; ``None`` if the response has none."""
    headers: Mapping[str, str]
    """The headers of the response. Names are case-insensitive."""
    attempts: int
    """Number of attempts."""
    elapsed: float
    """Seconds from the start of the call to its end."""
    idempotency_key: str | None
    """The idempotency key of a write; ``None`` for a read."""
    envelope: Mapping[str, Any] = attrs.field(repr=False)
    """The whole response, as parsed JSON."""
    sent: bool = True
    """Whether a request was sent. False for a response that a middleware made itself."""

    @staticmethod
    def of(request: _HasKey, data: T) -> Response[T]:
        """Return a response without sending a request, for a middleware that already has the value.

        Its status is 200, its attempts are 0, and ``sent`` is false.
        """
        return Response(
            data=data,
            status=200,
            request_id=None,
            headers=MappingProxyType({}),
            attempts=0,
            elapsed=0.0,
            idempotency_key=request.idempotency_key,
            envelope=MappingProxyType({}),
            sent=False,
        )
