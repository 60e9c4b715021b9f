"""What ``on_event`` is given: small facts about calls, never a credential, a header or a body."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs


@attrs.frozen(kw_only=True)
class AttemptEvent:
    """One attempt has ended, with an answer or without."""

    operation: str
    attempt: int
    """Counted from 1."""
    seconds: float
    """From sending to the last byte of the answer, or to the failure."""
    status: int | None = None
    """The HTTP status; ``None`` when no answer arrived."""
    request_id: str | None = None
    error: str | None = None
    """The name of the error class; ``None`` after a success."""
    idempotency_key: str | None = None


@attrs.frozen(kw_only=True)
class RetryEvent:
    """The request will be sent again after a pause."""

    operation: str
    attempt: int
    """The attempt that failed, counted from 1."""
    seconds: float
    """The pause."""
    reason: str
    idempotency_key: str | None = None


@attrs.frozen(kw_only=True)
class WaitEvent:
    """The call waited for the rate limit before an attempt."""

    operation: str
    seconds: float


@attrs.frozen(kw_only=True)
class CallEvent:
    """A call has ended."""

    operation: str
    outcome: Literal["success", "error", "cancelled"]
    attempts: int
    seconds: float
    status: int | None = None
    request_id: str | None = None
    error: str | None = None
    in_doubt: bool = False
    idempotency_key: str | None = None
    simulation: bool = False
    """Whether it was a dry run, or the client is one that makes every write a dry run."""


@attrs.frozen(kw_only=True)
class SweepEvent:
    """The balances of many accounts are about to be read, one call each, under a rate limit."""

    accounts: int
    seconds: float
    """How long that must take at least."""


Event: TypeAlias = AttemptEvent | RetryEvent | WaitEvent | CallEvent | SweepEvent
"""Anything that ``on_event`` may be given."""
