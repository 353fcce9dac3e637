"""What external quality assurers looked at and picked on their visits, as the centre's record tells it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.visit_noting import NoteStep, VisitNoted
from markterm.domain.record.event import Event
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.local_time import local

CalledNow = Callable[[str, datetime], str]
"""The registration that whoever had that one then has by now."""


@dataclass(frozen=True, slots=True)
class Picked:
    """A learner in a visit's list, when and why."""

    registration: str
    at: datetime
    why: str = ""


@dataclass(frozen=True)
class VisitList:
    """The visit of the member `actor` that began on the day `visit`: whom they looked at, by registration and when
    first, and whom they picked, in the order of picking."""

    actor: str
    visit: date
    looked: Mapping[str, datetime] = field(default_factory=dict)
    picked: tuple[Picked, ...] = ()

    def in_lines(self, name_of: Callable[[str], str], names: Mapping[str, str]) -> Iterator[str]:
        """The list in lines: whose visit it was, whom they picked and why, and whom they looked at; `names` are those
        of learners, by registration."""
        picked = counted(len(self.picked), "learner")
        told = f"visit of {name_of(self.actor)} ({self.actor}) from {self.visit}: {picked} picked"
        yield one_line(f"{told}, {len(self.looked)} looked at")
        for each in self.picked:
            why = f": {each.why}" if each.why else ""
            who = _who(each.registration, names)
            yield f"  {one_line(f'picked {who}, {_minute(each.at)}{why}')}"
        for registration, at in self.looked.items():
            yield f"  {one_line(f'looked at {_who(registration, names)}, {_minute(at)}')}"

    def has_picked(self, registration: str) -> bool:
        """Whether that learner is in the list."""
        return any(each.registration == registration for each in self.picked)


def _who(registration: str, names: Mapping[str, str]) -> str:
    return f"{registration} {names.get(registration, '')}".strip()


def _minute(at: datetime) -> str:
    return local(at).isoformat(" ", "minutes")[:16]


def visit_lists(events: Iterable[Event], called: CalledNow) -> tuple[VisitList, ...]:
    """Those of every visit of which something was noted, by their days, with learners as they are called now."""
    looked: dict[tuple[date, str], dict[str, datetime]] = {}
    picked: dict[tuple[date, str], dict[str, Picked]] = {}
    for event in events:
        said = said_in(event, VisitNoted)
        if said is None:
            continue
        key = said.visit, event.actor
        own = looked.setdefault(key, {})
        chosen = picked.setdefault(key, {})
        for each in (called(then, event.at) for then in said.learners):
            if said.step is NoteStep.LOOKED:
                own.setdefault(each, event.at)
            elif said.step is NoteStep.PICKED:
                chosen.setdefault(each, Picked(each, event.at, said.text))
            else:
                chosen.pop(each, None)
    return tuple(
        VisitList(actor, visit, looked[visit, actor], tuple(picked[visit, actor].values()))
        for visit, actor in sorted(looked)
    )


def visit_list(events: Iterable[Event], actor: str, visit: date, called: CalledNow) -> VisitList:
    """That of one visit; an empty one where nothing was noted."""
    every = (each for each in visit_lists(events, called) if (each.actor, each.visit) == (actor, visit))
    return next(every, VisitList(actor, visit))


def in_words(event: Event) -> str:
    """What a note tells, in a line: `visit from 2026-03-02: picked JON2041`."""
    said = VisitNoted.read(event.body)
    did = {NoteStep.LOOKED: "looked at", NoteStep.PICKED: "picked", NoteStep.PUT_BACK: "put back"}[said.step]
    whom = said.learners[0] if len(said.learners) == 1 else counted(len(said.learners), "learner")
    return f"visit from {said.visit}: {did} {whom}"
