"""Whether, and after how long, a request is sent again: a pure function of what happened.

The rules, in one place:

* Sent again: 408, 429, 500, 502, 503, 504, a connection that failed, an attempt that timed out, an answer cut short.
  For reads always; for writes because every attempt carries the same key.
* 409 with a code that ends in ``_IN_PROGRESS``: the first request with this key still runs, so wait and ask again.
* Never: everything else.
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
    """What is known when an attempt has failed."""

    number: int
    """Counted from 1."""
    max_attempts: int
    remaining: float
    """Seconds until the call's deadline."""
    chance: float
    """A random number in [0, 1)."""
    status: int | None = None
    """``None`` when no answer arrived."""
    in_progress: bool = False
    """A 409 that says the first request with this key still runs."""
    permanent: bool = False
    """A failure that the next attempt would meet again, such as a certificate that is not trusted."""
    retry_after: float | None = None
    """Seconds the server asked us to wait."""
    budget_left: bool = True


@attrs.frozen
class Wait:
    """Send it again after so many seconds."""

    seconds: float
    reason: str
    costs_budget: bool = False


@attrs.frozen
class Stop:
    """Do not send it again."""

    reason: str
    gave_up: bool = False
    """Whether the failure is one that is retried, but time, attempts or budget ran out."""


def decide(attempt: Attempt) -> Wait | Stop:
    """Say what follows a failed attempt."""
    if attempt.permanent or not _may_repeat(attempt):
        return Stop("a repetition would not help")
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
    # A server that names a time to come back does not suffer a storm when we come back then.
    return not attempt.in_progress and attempt.retry_after is None


def _pause(attempt: Attempt) -> float:
    ceiling = min(CAP_SECONDS, BASE_SECONDS * 2.0 ** min(attempt.number - 1, 30))
    # Full jitter spreads a crowd. A request that is known to run deserves at least half the time to end.
    jittered = ceiling * ((1.0 + attempt.chance) / 2.0 if attempt.in_progress else attempt.chance)
    return max(jittered, attempt.retry_after or 0.0)


def _reason(attempt: Attempt) -> str:
    if attempt.in_progress:
        return "the first request with this key is still running"
    return "no answer" if attempt.status is None else f"status {attempt.status}"


class RetryBudget:
    """What keeps many failing calls from becoming a storm: retries are paid for by successes.

    A client starts with 100 retries; each success earns half a one, up to 100 again.
    """

    __slots__ = ("_left",)

    def __init__(self) -> None:
        self._left = BUDGET_CAPACITY

    @property
    def left(self) -> bool:
        """Whether there is a retry to spend."""
        return self._left >= 1.0

    def spend(self) -> None:
        """Take one retry out."""
        self._left -= 1.0

    def earn(self) -> None:
        """Give back for a success."""
        if self._left < BUDGET_CAPACITY:
            self._left = min(BUDGET_CAPACITY, self._left + BUDGET_REFUND)


def parse_retry_after(value: str | None, date: str | None = None) -> float | None:
    """Read a ``Retry-After`` header in seconds: a number, or a date seen from the answer's own ``Date``."""
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
