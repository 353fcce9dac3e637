"""The comments on the sections of a learner's sheets: on a learning outcome of a unit, on a task of an assignment.

Of each section that comment stands which no later one replaced: two, where people wrote without having seen each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.bodies.commenting import Commented
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.event import Event


class Section(NamedTuple):
    """A section of a sheet: a learning outcome of a unit, or the task of an assignment."""

    unit: UnitKey | None = None
    outcome: int | None = None
    assignment: str = ""
    task: int | None = None


NO_SECTION = Section()


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment that stands, by whom and when."""

    uid: str
    section: Section
    text: str
    actor: str
    at: datetime


def comments_of(events: Iterable[Event], placed: Callable[[UnitKey], UnitKey]) -> tuple[Comment, ...]:
    """The comments that stand, in the order in which they were made; `placed` says where what was of a unit goes on."""
    made: list[Comment] = []
    replaced: set[str] = set()
    for event in events:
        if (said := said_in(event, Commented)) is not None:
            replaced.update(event.supersedes)
            made.append(Comment(event.uid, _section(event, said, placed), said.text, event.actor, event.at))
    return tuple(each for each in made if each.uid not in replaced and each.text.strip())


def _section(event: Event, said: Commented, placed: Callable[[UnitKey], UnitKey]) -> Section:
    if event.subject.unit is None:
        return Section(assignment=said.assignment, task=said.task)
    return Section(placed(event.subject.unit), said.outcome)


def in_words(event: Event) -> str:
    """What a comment tells, in a line: `commented on LO2`."""
    said = Commented.read(event.body)
    on = f"LO{said.outcome}" if event.subject.unit is not None else f"task {said.task} of {said.assignment}"
    return f"commented on {on}" if said.text.strip() else f"took back the comment on {on}"
