"""Due times of scheduled rules and start times of limit periods. All in UTC."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, datetime, timedelta
from typing import Final

from sequence_async.sandbox.clock import DAY_MS, milliseconds, utc_datetime

_DAYS: Final = {"DAILY": 1, "WEEKLY": 7, "EVERY_OTHER_WEEK": 14}


def next_due(start_ms: int, schedule_type: str, after_ms: int) -> int | None:
    """Return the first time of a schedule after ``after_ms``, or ``None`` if the schedule has ended."""
    if start_ms > after_ms:
        return start_ms
    if schedule_type == "ONE_TIME":
        return None
    if schedule_type in _DAYS:
        period_ms = _DAYS[schedule_type] * DAY_MS
        return start_ms + ((after_ms - start_ms) // period_ms + 1) * period_ms
    start, after = utc_datetime(start_ms), utc_datetime(after_ms)
    if schedule_type == "BI_WEEKLY":
        # On the 1st and the 15th of each month, at the hour of the start.
        first = start.replace(year=after.year, month=after.month, day=1, tzinfo=UTC)
        days = (first, first.replace(day=15), _months_later(first, 1))
        return milliseconds(next(day for day in days if day > after))
    months = (after.year - start.year) * 12 + after.month - start.month
    due = _months_later(start, months)
    return milliseconds(due if due > after else _months_later(start, months + 1))


def _months_later(start: datetime, months: int) -> datetime:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    day = min(start.day, monthrange(year, month + 1)[1])
    return start.replace(year=year, month=month + 1, day=day, tzinfo=UTC)


def period_start(now_ms: int, period: str) -> int:
    """Return the start of the current week, month or year of a limit."""
    day = utc_datetime(now_ms).replace(hour=0, minute=0, second=0, microsecond=0)
    if period == "PER_WEEK":
        return milliseconds(day - timedelta(days=day.weekday()))
    return milliseconds(day.replace(day=1) if period == "PER_MONTH" else day.replace(month=1, day=1))
