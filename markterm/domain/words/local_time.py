"""Times for people: the record's are UTC, what is shown and printed is local."""

from __future__ import annotations

from datetime import datetime, tzinfo


def local(at: datetime, zone: tzinfo | None = None) -> datetime:
    """`at` in that zone, or in this machine's; as it is when it lies where no calendar of the system reaches.

    A foreign record may hold the year 1 or 9999.
    """
    try:
        return at.astimezone(zone)
    except (OverflowError, ValueError, OSError):
        return at
