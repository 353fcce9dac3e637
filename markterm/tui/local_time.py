"""Times for people: the record's are UTC, the screen's are local."""

from __future__ import annotations

from datetime import datetime


def moment(at: datetime) -> str:
    """Day, month, year and minute, as local time."""
    return at.astimezone().strftime("%d %b %Y %H:%M")


def second(at: datetime) -> str:
    """The time of day to the second, as local time."""
    return at.astimezone().strftime("%H:%M:%S")
