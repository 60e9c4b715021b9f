"""The events that ``on_event`` receives. They never contain a credential, a header or a body.

All events of one call have the same ``call_id``.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias

import attrs


@attrs.frozen(kw_only=True)
class _CallFacts:
    """The fields of every event."""

    call_id: str
    """The call's ID in this process."""
    api: str
    """``v1``, ``platform`` or ``remote``."""
    operation: str
    """The operation's ID, for example ``createTransfer``."""
    at: datetime
    """The time of the event. Aware, UTC, from this computer's clock."""


@attrs.frozen(kw_only=True)
class CallStartedEvent(_CallFacts):
    """A call starts. No request was sent yet."""

    idempotency_key: str | None = None
    simulation: bool = False
    """Whether the call is a dry run, or the client has ``simulation=True``."""


@attrs.frozen(kw_only=True)
class AttemptStartedEvent(_CallFacts):
    """A request is about to be sent."""

    attempt: int
    """Counted from 1."""
    idempotency_key: str | None = None


@attrs.frozen(kw_only=True)
class AttemptEvent(_CallFacts):
    """An attempt has ended, with or without a response."""

    attempt: int
    """Counted from 1."""
    seconds: float
    """Seconds from sending to the last byte of the response, or to the failure."""
    status: int | None = None
    """The HTTP status; ``None`` if no response arrived."""
    request_id: str | None = None
    error: str | None = None
    """The name of the error class; ``None`` after a success."""
    idempotency_key: str | None = None


@attrs.frozen(kw_only=True)
class RetryEvent(_CallFacts):
    """The request will be sent again after a pause."""

    attempt: int
    """The attempt that failed, counted from 1."""
    seconds: float
    """The pause, in seconds."""
    reason: str
    idempotency_key: str | None = None


@attrs.frozen(kw_only=True)
class WaitEvent(_CallFacts):
    """The call waited for the rate limit before an attempt."""

    seconds: float
    """The wait, in seconds."""


@attrs.frozen(kw_only=True)
class CallEvent(_CallFacts):
    """A call has ended."""

    outcome: Literal["success", "error", "cancelled"]
    attempts: int
    """Number of attempts."""
    seconds: float
    """Seconds from the start of the call to its end."""
    status: int | None = None
    request_id: str | None = None
    error: str | None = None
    in_doubt: bool = False
    """Whether a write may have taken effect, although the call failed. Always true for a cancelled write."""
    idempotency_key: str | None = None
    simulation: bool = False
    """Whether the call was a dry run, or the client has ``simulation=True``."""


@attrs.frozen(kw_only=True)
class SweepEvent(_CallFacts):
    """A polling round starts: the balances of many accounts will be read, one request each, under a rate limit."""

    accounts: int
    seconds: float
    """The least time that the round takes, in seconds."""


Event: TypeAlias = (
    CallStartedEvent | AttemptStartedEvent | AttemptEvent | RetryEvent | WaitEvent | CallEvent | SweepEvent
)
"""Any event that ``on_event`` can receive."""
