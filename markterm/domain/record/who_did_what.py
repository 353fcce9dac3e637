"""Who did what, and when: what the lines of a record say of people and of clocks.

The hashes of a record prove its bytes. They prove nothing of people: whoever can write the folder can write a line in
anybody's name. What such a line contradicts is found here: the segment that it stands in, the order, the members whom
the centre's own record knows, and the rule that nobody answers for their own decisions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from markterm.domain.record.bodies.body import rests_on
from markterm.domain.record.bodies.criterion import Countersigned
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.member_history import MemberHistory
from markterm.domain.words.finding import Finding, Severity, some_of_each
from markterm.domain.words.foreign_text import one_line

OTHER_WRITER = "MR20"
"""An entry in a segment of another member."""
OUT_OF_ORDER = "MR21"
"""An entry whose count is not above that of the one before it in the segment."""
CLOCK_WENT_BACK = "MR22"
"""An entry that is dated more than five minutes before the one before it in the segment."""
NOT_YET = "MR23"
"""An entry that is dated in the future."""
NO_MEMBER_THEN = "MR24"
"""An entry of somebody who was no member of the centre then."""
NOT_THEIR_ROLE = "MR25"
"""An entry in a role that the member did not have then."""
OWN_DECISION = "MR26"
"""Somebody verified or countersigned what they decided."""

ABOUT_PEOPLE = frozenset(
    {OTHER_WRITER, OUT_OF_ORDER, CLOCK_WENT_BACK, NOT_YET, NO_MEMBER_THEN, NOT_THEIR_ROLE, OWN_DECISION}
)
TOLERANCE = timedelta(minutes=5)
"""By how much clocks may differ before anybody is told."""


def is_ahead(at: datetime, now: datetime) -> bool:
    """Whether that time has not come yet, by more than clocks may differ."""
    return at - now > TOLERANCE


class Line(NamedTuple):
    """An event with its place: its count in the record's order, its segment, and its line in it."""

    lc: int
    segment: str
    number: int
    event: Event


class Told(NamedTuple):
    """What is found about one line."""

    code: str
    severity: Severity
    line: Line
    message: str


def about_people(
    lines: Iterable[Line],
    every: Iterable[Event],
    history: MemberHistory,
    now: datetime,
    file_of: Callable[[str], Path | None],
    folder_name: Callable[[str], str],
) -> Iterator[Finding]:
    """What a record's `lines` say of people and clocks that cannot be so.

    `every` are the events of the learner, also of an earlier registration; `history` is what the centre's record says
    of its members, `file_of` gives a segment's file if it has one, and `folder_name` what the segments of a member are
    called after. Of one kind so many are told that a person can look at them.
    """
    ordered = sorted({(line.segment, line.number, line.event.uid): line for line in lines}.items())
    placed = [line for _, line in ordered]
    by_uid = {event.uid: event for event in every}
    every_found = (*_of_segments(placed, folder_name), *_of_each(placed, history, now), *_own(placed, by_uid))
    for found in some_of_each(every_found):
        file = file_of(found.line.segment)
        yield Finding(found.code, found.severity, one_line(found.message), file, found.line.number)


def _of_segments(lines: Iterable[Line], folder_name: Callable[[str], str]) -> Iterator[Told]:
    before: Line | None = None
    for line in lines:
        event = line.event
        writer = line.segment.rpartition(".")[0]
        if writer != folder_name(event.actor):
            yield Told(
                OTHER_WRITER, Severity.ERROR, line, f"this entry is by {event.actor}, in a segment that {writer} writes"
            )
        if before is not None and before.segment == line.segment:
            if line.lc <= before.lc:
                message = f"its count is {line.lc}, and that of the entry before it {before.lc}: counts rise"
                yield Told(OUT_OF_ORDER, Severity.ERROR, line, message)
            if before.event.at - event.at > TOLERANCE:
                message = (
                    f"this entry is dated {_when(event.at)}, and the one before it {_when(before.event.at)}: "
                    "a clock was put back"
                )
                yield Told(CLOCK_WENT_BACK, Severity.WARNING, line, message)
        before = line


def _of_each(lines: Iterable[Line], history: MemberHistory, now: datetime) -> Iterator[Told]:
    begins = history.begins
    for line in lines:
        event = line.event
        if is_ahead(event.at, now):
            message = f"this entry is dated {_when(event.at)}, which has not come: a clock was wrong"
            yield Told(NOT_YET, Severity.WARNING, line, message)
        if begins is None or event.at < begins:
            continue
        around = (event.at, event.at + TOLERANCE, event.at - TOLERANCE)
        known = [member for each in around if (member := history.at(event.actor, each)) is not None]
        if not known:
            message = f"{event.actor} was no member of the centre on {_when(event.at)}"
            yield Told(NO_MEMBER_THEN, Severity.ERROR, line, message)
        elif event.role != "" and not any(event.role in member.roles for member in known):
            message = f"{event.actor} was no {event.role} of the centre on {_when(event.at)}"
            yield Told(NOT_THEIR_ROLE, Severity.ERROR, line, message)


def _own(lines: Iterable[Line], by_uid: Mapping[str, Event]) -> Iterator[Told]:
    for line in lines:
        event = line.event
        if event.kind == Kind.COUNTERSIGNED:
            said = said_in(event, Countersigned)
            decision = by_uid.get(said.decision) if said is not None else None
            if decision is not None and decision.actor == event.actor:
                message = f"{event.actor} countersigned their own decision"
                yield Told(OWN_DECISION, Severity.ERROR, line, message)
        if event.kind == Kind.VERIFIED and any(event.actor == made.actor for made in _answered_for(event, by_uid)):
            message = f"{event.actor} verified what they decided or closed themselves"
            yield Told(OWN_DECISION, Severity.ERROR, line, message)


def _answered_for(event: Event, by_uid: Mapping[str, Event]) -> Iterator[Event]:
    """The closing that a verifier answered, and the decisions that it rests on."""
    for uid in rests_on(event.body):
        closing = by_uid.get(uid)
        if closing is not None:
            yield closing
            yield from (by_uid[each] for each in rests_on(closing.body) if each in by_uid)


def _when(at: datetime) -> str:
    return at.isoformat(" ", "minutes")
