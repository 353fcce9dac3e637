"""Times for people: the record's are UTC, what is shown and printed is local."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta, tzinfo

from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line

_TIMES = {
    "%Y-%m-%d": timedelta(days=1),
    "%Y-%m-%d %H:%M": timedelta(minutes=1),
    "%Y-%m-%dT%H:%M": timedelta(minutes=1),
}
"""How a time may be written, and how long what is written so lasts."""


def local(at: datetime, zone: tzinfo | None = None) -> datetime:
    """`at` in that zone, or in this machine's; as it is when it lies where no calendar of the system reaches.

    A foreign record may hold the year 1 or 9999.
    """
    try:
        return at.astimezone(zone)
    except (OverflowError, ValueError, OSError):
        return at


def time_given(text: str, *, is_end: bool = False) -> datetime | None:
    """The moment at which a day, or a minute of one, begins on this machine; at which it is over where the period ends
    with it. None for an empty text. Raises `WrongUse`."""
    if not text:
        return None
    for form, lasts in _TIMES.items():
        with suppress(ValueError, OverflowError):
            at = datetime.strptime(text, form)
            return (at + lasts if is_end else at).astimezone(UTC)
    raise WrongUse(
        "Which day?", f"{one_line(text)} is no day.", "Write it as 2026-01-31, or with a time as 2026-01-31 09:00."
    )
