"""Times as the screens show them."""

from __future__ import annotations

from datetime import date, datetime

from markterm.domain.words.local_time import local


def moment(at: datetime) -> str:
    """Day, month, year and minute, as local time."""
    return local(at).strftime("%d %b %Y %H:%M")


def day(at: datetime) -> str:
    """Day, month and year, as local time."""
    return local(at).strftime("%d %b %Y")


def date_told(of: date) -> str:
    """A day of the calendar, as `day` has it."""
    return of.strftime("%d %b %Y")


def days_told(first: date, last: date) -> str:
    """From one day of the calendar to another."""
    return f"{date_told(first)} to {date_told(last)}"


def day_of_this_year(at: datetime, now: datetime) -> str:
    """The same, without the year where it is that of `now`."""
    return day(at) if local(at).year != local(now).year else local(at).strftime("%d %b")


def second(at: datetime) -> str:
    """The time of day to the second, as local time."""
    return local(at).strftime("%H:%M:%S")
