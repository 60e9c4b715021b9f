"""Decide whether and when to retry a request.

* Retried: 408, 429, 500, 502, 503, 504, a failed connection, an attempt that timed out, a response that was cut short.
  Retrying a write is safe because every attempt sends the same idempotency key.
* Retried: 409 with a code that ends in ``_IN_PROGRESS``, because the first request with this key is still running.
* Not retried: everything else.
"""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from math import isfinite
from typing import Final

import attrs

BASE_SECONDS: Final = 0.5
CAP_SECONDS: Final = 8.0
RETRIED_STATUSES: Final = frozenset({408, 429, 500, 502, 503, 504})

BUDGET_CAPACITY: Final = 100.0
BUDGET_REFUND: Final = 0.5


@attrs.frozen(kw_only=True)
class Attempt:
    """The facts about a failed attempt."""

    number: int
    """Counted from 1."""
    max_attempts: int
    remaining: float
    """Seconds until the call's deadline."""
    chance: float
    """A random number in [0, 1)."""
    status: int | None = None
    """The HTTP status; ``None`` if no response arrived."""
    in_progress: bool = False
    """Whether this is a 409 because the first request with this key is still running."""
    permanent: bool = False
    """Whether the next attempt would fail in the same way, such as with an untrusted certificate."""
    retry_after: float | None = None
    """Seconds to wait according to the server."""
    budget_left: bool = True


@attrs.frozen
class Wait:
    """Retry after ``seconds``."""

    seconds: float
    reason: str
    costs_budget: bool = False


@attrs.frozen
class Stop:
    """Do not retry."""

    reason: str
    gave_up: bool = False
    """Whether the failure can be retried, but time, attempts or budget ran out."""


def decide(attempt: Attempt) -> Wait | Stop:
    """Decide what follows a failed attempt."""
    if attempt.permanent or not _may_repeat(attempt):
        return Stop("a retry would not help")
    if attempt.number >= attempt.max_attempts:
        return Stop("no attempt left", gave_up=True)
    if not attempt.budget_left and _costs_budget(attempt):
        return Stop("the retry budget is spent", gave_up=True)
    seconds = _pause(attempt)
    if seconds >= attempt.remaining:
        return Stop("the deadline comes first", gave_up=True)
    return Wait(seconds, _reason(attempt), _costs_budget(attempt))


def _may_repeat(attempt: Attempt) -> bool:
    return attempt.status is None or attempt.in_progress or attempt.status in RETRIED_STATUSES


def _costs_budget(attempt: Attempt) -> bool:
    # Retries at the time that the server names do not overload it.
    return not attempt.in_progress and attempt.retry_after is None


def _pause(attempt: Attempt) -> float:
    ceiling = min(CAP_SECONDS, BASE_SECONDS * 2.0 ** min(attempt.number - 1, 30))
    # Full jitter spreads the retries of many clients. A running request gets at least half of the pause to finish.
    jittered = ceiling * ((1.0 + attempt.chance) / 2.0 if attempt.in_progress else attempt.chance)
    return max(jittered, attempt.retry_after or 0.0)


def _reason(attempt: Attempt) -> str:
    if attempt.in_progress:
        return "the first request with this key is still running"
    return "no response" if attempt.status is None else f"status {attempt.status}"


class RetryBudget:
    """Limits the retries of a client, so that many failing calls do not overload the server.

    A client starts with 100 retries. Each success adds half a retry, up to 100.
    """

    __slots__ = ("_left",)

    def __init__(self) -> None:
        self._left = BUDGET_CAPACITY

    @property
    def left(self) -> bool:
        """Whether a retry is left."""
        return self._left >= 1.0

    def spend(self) -> None:
        """Remove one retry."""
        self._left -= 1.0

    def earn(self) -> None:
        """Add half a retry after a success."""
        if self._left < BUDGET_CAPACITY:
            self._left = min(BUDGET_CAPACITY, self._left + BUDGET_REFUND)


def parse_retry_after(value: str | None, date: str | None = None) -> float | None:
    """Return the seconds of a ``Retry-After`` header. A date is relative to the response's ``Date`` header."""
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(value) - parsedate_to_datetime(date or "")).total_seconds()
        except (TypeError, ValueError):
            return None
    return seconds if isfinite(seconds) and seconds >= 0 else None
