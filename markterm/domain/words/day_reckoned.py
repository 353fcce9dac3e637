"""Days reckoned from one that was said. Others may have said it: a day of the year 1 or 9999 is one, and no reckoning
leaves the calendar."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def days_after(day: date, count: int) -> date:
    """The day so many days later, before it where the count is negative; the calendar's last or first where that is
    beyond it."""
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return date.max if count > 0 else date.min


def months_after(day: date, count: int) -> date:
    """The same day so many months later, or the last one of that month; the calendar's last or first beyond it."""
    years, month = divmod(day.month - 1 + count, 12)
    year = day.year + years
    if not date.min.year <= year <= date.max.year:
        return date.max if count > 0 else date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
