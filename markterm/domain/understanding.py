"""Which events this version understands: those of a kind it knows that say what their kind has to say.

Whoever tells of an event asks here first. What is not understood is shown as it is and counts as nothing, and a record
that holds such an entry of a known kind is not complete.
"""

from __future__ import annotations

from collections.abc import Iterable

from markterm.domain import after_closing
from markterm.domain.carrying import Carried
from markterm.domain.citation import Passage
from markterm.domain.decision import is_result
from markterm.domain.event import Event, Kind
from markterm.domain.renaming import renaming_of

_KINDS = frozenset(kind.value for kind in Kind)
_MOST = Kind.DECIDED.value
"""What most events are: looked for first, for every one of a record is asked about whenever it is opened."""

LEAST = "least"
"""In the body of an event of a newer kind: the least version that may close, verify or release beside it, `0.3.0`."""


def is_known(event: Event) -> bool:
    """Whether this version knows the kind of the event."""
    return event.kind in _KINDS


def is_understood(event: Event) -> bool:
    """Whether this version can fold it: a kind it knows, on the subject it needs, saying what that kind says."""
    kind, body, subject = event.kind, event.body, event.subject
    if kind == _MOST:
        return subject.unit is not None and subject.criterion is not None and is_result(body.get("result"))
    if kind not in _KINDS:
        return False
    if kind == Kind.DECLARED:
        return subject.criterion is None
    if kind == Kind.RENAMED:
        return renaming_of(event) is not None
    if subject.unit is None:
        return False
    if kind == Kind.CLOSED:
        return subject.criterion is None and is_result(body.get("outcome"))
    if kind == Kind.CITED:
        return subject.criterion is not None and Passage.of_body(body) is not None
    if kind == Kind.WITHDRAWN:
        return subject.criterion is not None or bool(event.supersedes)
    if kind == Kind.CARRIED:
        return Carried.of_event(event) is not None
    if kind == Kind.COUNTERSIGNED:
        return subject.criterion is not None and isinstance(body.get("decision"), str)
    if kind in after_closing.AFTER_CLOSING:
        return after_closing.is_understood(event)
    return kind in (Kind.REOPENED, Kind.SUBMITTED) and subject.criterion is None


def needs_newer(events: Iterable[Event], version: str) -> str:
    """The least version that one of these events names, where that is newer than `version`; empty where none does.

    What names no version that can be read counts as newer than any.
    """
    for event in events:
        least = event.body.get(LEAST)
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
