"""A day as people write it: 2026-11-03, 3/11, 3 Nov, or so many days from today."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, timedelta

from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FROM_TODAY = re.compile(r"\+\s*(\d{1,4})\s*(d|days?|w|weeks?)?", re.IGNORECASE)
_DAY_AND_MONTH = re.compile(
    r"(\d{1,2})(?:\s*[/.]\s*|\s+|(?=[a-z]))(\d{1,2}|[a-z]{3,9})\.?(?:\s*[/.]?\s*(\d{4}))?", re.IGNORECASE
)


def day_said(text: str, today: date) -> date:
    """The day that is meant; one without a year is the next such day, today among them. Raises `WrongUse`."""
    said = text.strip()
    with suppress(ValueError, OverflowError):
        if found := _FROM_TODAY.fullmatch(said):
            count = int(found[1]) * (7 if (found[2] or "").lower().startswith("w") else 1)
            return today + timedelta(count)
        if found := _DAY_AND_MONTH.fullmatch(said):
            return _next(int(found[1]), _month(found[2]), found[3], today)
        return date.fromisoformat(said)
    raise WrongUse(
        "Which day?", f"{one_line(said) or 'Nothing'} is no day.", "Write it as 2026-01-31, 31/1, 31 Jan or +14."
    )


def _month(said: str) -> int:
    """Its number. Raises `ValueError` for a word that is no month."""
    if said.isdigit():
        return int(said)
    return _MONTHS.index(said[:3].lower()) + 1


def _next(day: int, month: int, year: str | None, today: date) -> date:
    """Raises `ValueError` where there is no such day."""
    if year is not None:
        return date(int(year), month, day)
    for each in range(today.year, today.year + 9):  # The 29th of February comes again within eight years.
        with suppress(ValueError):
            found = date(each, month, day)
            if found >= today:
                return found
    raise ValueError(f"{day}/{month}")
