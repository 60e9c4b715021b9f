"""What ``on_event`` receives: small facts about calls, never a credential, a header or a body.

All events of one call have the same ``call_id``.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias

import attrs


@attrs.frozen(kw_only=True)
class _CallFacts:
    """What every event says."""

    call_id: str
    """Identifies the call in this process."""
    api: str
    """``v1``, ``platform`` or ``remote``."""
    operation: str
    """The operation's ID, for example ``createTransfer``."""
    at: datetime
    """When it happened; aware, UTC, by this computer's clock."""


@attrs.frozen(kw_only=True)
class CallStartedEvent(_CallFacts):
    """A call starts. Nothing was sent yet."""

    idempotency_key: str | None = None
    simulation: bool = False
    """Whether it is a dry run, or the client makes every write one."""


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
    """From sending to the last byte of the response, or to the failure."""
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
    """The pause."""
    reason: str
    idempotency_key: str | None = None


@attrs.frozen(kw_only=True)
class WaitEvent(_CallFacts):
    """The call waited for the rate limit before an attempt."""

    seconds: float


@attrs.frozen(kw_only=True)
class CallEvent(_CallFacts):
    """A call has ended."""

    outcome: Literal["success", "error", "cancelled"]
    attempts: int
    seconds: float
    status: int | None = None
    request_id: str | None = None
    error: str | None = None
    in_doubt: bool = False
    """Whether a write may have taken effect without a success. Always true for a write that was cancelled."""
    idempotency_key: str | None = None
    simulation: bool = False
    """Whether it was a dry run, or the client makes every write one."""


@attrs.frozen(kw_only=True)
class SweepEvent(_CallFacts):
    """The balances of many accounts are about to be read, one call each, under a rate limit."""

    accounts: int
    seconds: float
    """How long that must take at least."""


Event: TypeAlias = (
    CallStartedEvent | AttemptStartedEvent | AttemptEvent | RetryEvent | WaitEvent | CallEvent | SweepEvent
)
"""Anything that ``on_event`` may receive."""
