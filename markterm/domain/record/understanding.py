"""Which events this version understands: those of a kind it knows that say what their kind has to say.

Whoever tells of an event asks here first. What is not understood is shown as it is and counts as nothing, and a record
that holds such an entry of a known kind is not complete.
"""

from __future__ import annotations

from collections.abc import Iterable

from markterm.domain.record.bodies.body import least_version
from markterm.domain.record.bodies.criterion import decides
from markterm.domain.record.bodies.kinds import KINDS, said_by
from markterm.domain.record.event import OF_A_LEARNER, Event, Kind
from markterm.domain.record.renaming import renaming_of

_MOST = Kind.DECIDED.value
"""What most events are: looked for first, for every one of a record is asked about whenever it is opened."""


def is_known(event: Event) -> bool:
    """Whether this version knows the kind of the event."""
    return event.kind in OF_A_LEARNER


def is_understood(event: Event) -> bool:
    """Whether this version can fold it: a kind it knows, on the subject it needs, saying what that kind says."""
    kind, subject = event.kind, event.subject
    if kind == _MOST:
        return subject.unit is not None and subject.criterion is not None and decides(event.body)
    if kind == Kind.RENAMED:
        return renaming_of(event) is not None  # As where records are read: it counts there, whatever else it names.
    if kind not in OF_A_LEARNER or not KINDS[kind].about.fits(subject):
        return False
    if kind == Kind.WITHDRAWN and subject.criterion is None and not event.supersedes:
        return False
    return said_by(event) is not None


def needs_newer(events: Iterable[Event], version: str) -> str:
    """The least version that one of these events names, where that is newer than `version`; empty where none does.

    What names no version that can be read counts as newer than any.
    """
    for event in events:
        least = least_version(event.body)
        if least is not None and not _is_at_least(version, least):
            return str(least)
    return ""


def _is_at_least(version: str, least: object) -> bool:
    if not isinstance(least, str):
        return False
    try:
        return _numbers(version) >= _numbers(least)
    except ValueError:
        return False


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]
