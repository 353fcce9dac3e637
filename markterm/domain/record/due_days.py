"""When work is due: the days that were set for a learner, and what they and the sheets come to for a unit.

Nothing turns on it but what is told: a day that is over stops nobody from handing in or marking.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from markterm.domain.assessed.assignment import Assignment
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.bodies.due_day import DueSet
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.event import Event


class Work(NamedTuple):
    """What is due: the unit of that code, in whichever version the learner has it, or the assignment."""

    unit: str = ""
    assignment: str = ""

    def __str__(self) -> str:
        return self.unit or self.assignment


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day that was set for this learner, or (`on` is None) that none is; by which entry, by whom, why and when."""

    uid: str
    on: date | None
    actor: str
    why: str
    at: datetime


Days = Mapping[Work, tuple[DueDay, ...]]
"""What stands of each; two, where people set it without having seen each other."""


def due_days(events: Iterable[Event]) -> Days:
    """The days that stand of these entries of a learner's record."""
    made: dict[str, tuple[Work, DueDay]] = {}
    replaced: set[str] = set()
    for event in events:
        if (said := said_in(event, DueSet)) is not None:
            replaced.update(event.supersedes)
            made[event.uid] = (_work(event, said), DueDay(event.uid, said.on, event.actor, said.why, event.at))
    days: dict[Work, tuple[DueDay, ...]] = {}
    for work, day in made.values():
        if day.uid not in replaced:
            days[work] = (*days.get(work, ()), day)
    return days


def due_on(
    unit: Unit, assignments: Iterable[Assignment], days: Days, referred_at: datetime | None = None
) -> date | None:
    """The day on which the unit is due: the first of its own and those of the `assignments` that it is in. What was
    set for the learner goes before what a sheet says; of two that were set at once the first day counts. Of a unit that
    was `referred_at` that time the day before is over: it is due again on one that was set since."""
    own = [(Work(unit.code), unit.due)]
    own += [(Work(assignment=each.code), each.due) for each in assignments if unit.code in each.units]
    if referred_at is not None:
        own = [(work, None) for work, _ in own]
    found = (_of(days_since(referred_at, days.get(work, ())), of_sheet) for work, of_sheet in own)
    return min(filter(None, found), default=None)


def days_since(since: datetime | None, days: Iterable[DueDay]) -> tuple[DueDay, ...]:
    """Those of these days that were set after that time; all of them without one."""
    return tuple(each for each in days if since is None or each.at > since)


def in_words(event: Event) -> str:
    """What an entry tells, in a line: `due on 2026-12-04`."""
    said = DueSet.read(event.body)
    told = f"due on {said.on}" if said.on is not None else "due on no day"
    return f"{said.assignment} {told}" if said.assignment else told


def _of(own: Iterable[DueDay], of_sheet: date | None) -> date | None:
    days = [each.on for each in own]
    return min(filter(None, days), default=None) if days else of_sheet


def _work(event: Event, said: DueSet) -> Work:
    unit = event.subject.unit
    return Work(unit.code) if unit is not None else Work(assignment=said.assignment)
