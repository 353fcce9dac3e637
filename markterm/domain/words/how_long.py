"""How long something has been so, as people say it."""

from __future__ import annotations

from datetime import datetime

from markterm.domain.words.counted import counted


def how_long(since: datetime, now: datetime) -> str:
    """`today`, `1 day`, `3 days`; a time that is still to come, where clocks differ, is today."""
    days = (now - since).days
    return counted(days, "day") if days > 0 else "today"
