"""What external quality assurers looked at and picked on their visits, as the centre's record tells it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.visit_noting import NoteStep, VisitNoted
from markterm.domain.record.event import Event
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line

CalledNow = Callable[[str, datetime], str]
"""The registration that whoever had that one then has by now."""


@dataclass(frozen=True, slots=True)
class Picked:
    """A learner in a visit's list, when and why."""

    registration: str
    at: datetime
    why: str = ""


OPENED, LISTED, LOOKED = "opened", "only on a list or in a report", "looked at"


@dataclass(frozen=True, slots=True)
class Look:
    """When a learner was looked at first; when they were opened first, and when they first were on a list or in a
    report. Neither is known of what an earlier version noted."""

    at: datetime
    opened: datetime | None = None
    listed: datetime | None = None

    def after(self, step: NoteStep, at: datetime) -> Look:
        """The same once another look was noted."""
        if step is NoteStep.OPENED:
            return replace(self, opened=self.opened or at)
        return replace(self, listed=self.listed or at) if step is NoteStep.LISTED else self

    @property
    def in_words(self) -> tuple[str, datetime]:
        """The most that was done, and when first."""
        if self.opened is not None:
            return OPENED, self.opened
        return (LISTED if self.listed == self.at else LOOKED), self.at


@dataclass(frozen=True)
class VisitList:
    """The visit of the member `actor` that began on the day `visit`: whom they looked at, by registration, and whom
    they picked, in the order of picking."""

    actor: str
    visit: date
    looked: Mapping[str, Look] = field(default_factory=dict)
    picked: tuple[Picked, ...] = ()

    def in_lines(
        self,
        name_of: Callable[[str], str],
        names: Mapping[str, str],
        day: Callable[[date], str],
        minute: Callable[[datetime], str],
    ) -> Iterator[str]:
        """The list in lines: whose visit it was, whom they picked and why, then whom they opened, and who was only on
        a list; `names` are those of learners, by registration."""
        looks = [(registration, *look.in_words) for registration, look in self.looked.items()]
        counts = [f"{counted(len(self.picked), 'learner')} picked"]
        for how in (OPENED, LOOKED, LISTED):
            number = sum(each[1] == how for each in looks)
            if number or how == OPENED:
                counts.append(f"{number} {how}")
        yield one_line(f"visit of {name_of(self.actor)} ({self.actor}) from {day(self.visit)}: {', '.join(counts)}")
        for each in self.picked:
            why = f": {each.why}" if each.why else ""
            yield f"  {one_line(f'picked {_who(each.registration, names)}, {minute(each.at)}{why}')}"
        for how in (OPENED, LOOKED, LISTED):
            for registration, _, at in (each for each in looks if each[1] == how):
                yield f"  {one_line(f'{how}: {_who(registration, names)}, {minute(at)}')}"

    def has_picked(self, registration: str) -> bool:
        """Whether that learner is in the list."""
        return any(each.registration == registration for each in self.picked)


def _who(registration: str, names: Mapping[str, str]) -> str:
    return f"{registration} {names.get(registration, '')}".strip()


def visit_lists(events: Iterable[Event], called: CalledNow) -> tuple[VisitList, ...]:
    """Those of every visit of which something was noted, by their days, with learners as they are called now."""
    looked: dict[tuple[date, str], dict[str, Look]] = {}
    picked: dict[tuple[date, str], dict[str, Picked]] = {}
    for event in events:
        said = said_in(event, VisitNoted)
        if said is None:
            continue
        key = said.visit, event.actor
        own = looked.setdefault(key, {})
        chosen = picked.setdefault(key, {})
        for each in (called(then, event.at) for then in said.learners):
            if said.step is NoteStep.PICKED:
                chosen.setdefault(each, Picked(each, event.at, said.text))
            elif said.step is NoteStep.PUT_BACK:
                chosen.pop(each, None)
            else:
                own[each] = own.get(each, Look(event.at)).after(said.step, event.at)
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
    whom = said.learners[0] if len(said.learners) == 1 else counted(len(said.learners), "learner")
    return f"visit from {said.visit}: {_DID[said.step]} {whom}"


_DID = {
    NoteStep.OPENED: OPENED,
    NoteStep.LISTED: "read a list or report with",
    NoteStep.LOOKED: LOOKED,
    NoteStep.PICKED: "picked",
    NoteStep.PUT_BACK: "put back",
}
