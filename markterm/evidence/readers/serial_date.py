"""Dates as spreadsheets keep them: days since the end of 1899, or since 1904, and the time of day as a part of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

_SECONDS = 86_400
_LAST = 2_958_465
"""The last of December 9999 in the system of 1900."""
_NO_LEAP_DAY = 60
"""Excel holds 1900 for a leap year, as Lotus 1-2-3 did: this day was none."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A date and a time of day. There are two days that no calendar has: 1900-01-00 and 1900-02-29."""

    year: int
    month: int
    day: int
    weekday: int
    """0 is Monday."""
    hour: int
    minute: int
    second: int
    part: int
    """Of a second, in as many digits as were asked for."""
    total: int
    """Whole seconds since the beginning."""

    @property
    def iso_date(self) -> str:
        """As ISO 8601 has it."""
        return f"{self.year:04}-{self.month:02}-{self.day:02}"


def moment(serial: float, from_1904: bool, digits: int = 0) -> Moment:
    """The moment that `serial` stands for, to so many `digits` of a second. Raises ValueError where there is none."""
    if not 0 <= serial < _LAST + 1:
        raise ValueError("no date")
    scale = 10**digits
    parts = int((Decimal(repr(float(serial))) * _SECONDS * scale).quantize(Decimal(1), ROUND_HALF_UP))
    total, part = divmod(parts, scale)
    days, seconds = divmod(total, _SECONDS)
    year, month, day, weekday = _calendar(days, from_1904)
    return Moment(year, month, day, weekday, seconds // 3600, seconds // 60 % 60, seconds % 60, part, total)


def _calendar(days: int, from_1904: bool) -> tuple[int, int, int, int]:
    if not from_1904 and days in (0, _NO_LEAP_DAY):
        return (1900, 1, 0, 5) if days == 0 else (1900, 2, 29, 2)
    begin = date(1904, 1, 1) if from_1904 else date(1899, 12, 31) if days < _NO_LEAP_DAY else date(1899, 12, 30)
    try:
        found = begin + timedelta(days)
    except OverflowError as error:
        raise ValueError("no date") from error
    # Before the day that was none, Excel's weekdays are one behind.
    weekday = (found.weekday() - 1) % 7 if not from_1904 and days < _NO_LEAP_DAY else found.weekday()
    return found.year, found.month, found.day, weekday
