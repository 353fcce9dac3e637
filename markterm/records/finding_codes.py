"""The codes of what is found wrong in a record. They stay: people look them up, and kept audits name them."""

from __future__ import annotations

from collections.abc import Iterable

from markterm.domain.words.finding import Finding, Severity

NO_RECORD = "MR00"
"""A record that cannot be read at all."""
ALTERED = "MR01"
BROKEN_CHAIN = "MR02"
UNFINISHED = "MR03"
MISSING = "MR04"
MISPLACED = "MR05"
USED_TWICE = "MR06"
NO_EVENT = "MR07"
UNREAD = "MR08"
"""A file of the record that the system does not let us read now."""
OTHER_FORMAT = "MR09"
"""A file of the record in a format that this MarkTerm does not read."""
NOT_UNDERSTOOD = "MR10"
"""An entry of a kind that is known, which lacks what its kind says."""
COPY = "MR11"
"""A part of the record under another name: it is read, so nothing is hidden by it."""
STRAY = "MR12"
"""Something under `records/` that is not read: an error where the record lacks what stands in it."""
NO_SEGMENT = "MR13"
"""A file of the record by its name that is none: a folder, a pipe, a giant, or nothing but damage."""
CALLED_OTHERWISE = "MR14"
"""A line that the database calls otherwise than it calls itself: by that it tells what is in already."""

DESTROYED = "MR15"
"""For information: the record was destroyed, as the centre's record says."""
NOT_DESTROYED = "MR16"
"""What the centre's record says was destroyed, or began to be, is here."""
USED_AGAIN = "MR17"
"""A record was begun anew where one was destroyed."""
DESTROYED_WRONGLY = "MR18"
"""A destruction that one person did alone, or that took more with it than it tells of."""


def hides(finding: Finding) -> bool:
    """Whether that finding means that something of the record may be there and is not shown."""
    return finding.severity is Severity.ERROR and finding.code != COPY


def troubling(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that somebody has to do something about: all but what is said for information."""
    return tuple(finding for finding in findings if finding.severity is not Severity.INFORMATION)
