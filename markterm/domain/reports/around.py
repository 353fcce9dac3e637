"""What a report knows of its centre, and what it has to say was left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.reports.counted import Answered, CountedRecord, Decided
from markterm.domain.words.counted import counted, first_of
from markterm.domain.words.foreign_text import one_line

_MOST_NAMED = 5


def _whoever(member_id: str) -> str:
    return member_id


@dataclass(frozen=True)
class Around:
    """What a centre knows beside the records: `name_of` a member by their id, whether they ever were one (`is_member`)
    and have left (`has_left`); which units have a sheet; which learners' records could not be read, each with why
    (`unread`); and whose records have no learner's folder (`nobodys`). `enough` learners are needed on each side to
    compare assessors."""

    name_of: Callable[[str], str] = _whoever
    is_member: Callable[[str], bool] = lambda _: True
    has_left: Callable[[str], bool] = lambda _: False
    has_sheet: Callable[[UnitKey], bool] = lambda _: True
    unread: Sequence[str] = ()
    nobodys: Sequence[str] = ()
    enough: int = 20


@dataclass(slots=True)
class LeftOut:
    """What of the records is in no figure, or is there with a doubt, gathered while they are counted."""

    people: set[str] = field(default_factory=set)
    units: set[UnitKey] = field(default_factory=set)
    conflicts: list[str] = field(default_factory=list)
    incomplete: list[str] = field(default_factory=list)
    set_aside: int = 0
    unfound: int = 0
    contradicted: int = 0

    def add(self, record: CountedRecord) -> None:
        """Note whether a record is incomplete."""
        if record.incomplete:
            self.incomplete.append(record.learner)

    def add_unsettled(self, record: CountedRecord, unit_code: str, number: str) -> None:
        """Note of which decisions of a record in that unit and on that criterion, or in any, nobody knows what
        stands."""
        self.set_aside += record.set_aside
        for unit, criterion in record.conflicts:
            if unit_code in ("", unit.code) and number in ("", criterion):
                self.conflicts.append(f"{record.learner} {unit} {criterion}")

    def note(self, each: Decided | Answered) -> None:
        """Note whose and of which unit something is that is counted."""
        self.people.add(each.assessor)
        self.units.add(each.unit)

    def in_words(self, around: Around) -> Iterator[str]:
        """Each in a sentence."""
        if around.unread:
            what = counted(len(around.unread), "record")
            yield f"{what} could not be read and {_is(around.unread)} in no figure: {named_few(around.unread)}."
        if self.incomplete:
            what = f"{counted(len(self.incomplete), 'record')} {_is(self.incomplete)} incomplete"
            yield f"{what}, and decisions may be hidden: {named_few(self.incomplete)}."
        if around.nobodys:
            what = f"{counted(len(around.nobodys), 'record')} without a learner's folder {_is(around.nobodys)}"
            yield f"{what} counted all the same: {named_few(around.nobodys)}."
        if self.conflicts:
            what = counted(len(self.conflicts), "criterion", "criteria")
            yield f"{what} in conflict at an attempt {_is(self.conflicts)} in no figure: {named_few(self.conflicts)}."
        if self.contradicted:
            what = counted(self.contradicted, "answer")
            which = "in which verifiers contradict each other, or that nobody countersigned,"
            yield f"{what} {which} {_was(self.contradicted)} neither agreed nor not."
        if self.set_aside:
            what = counted(self.set_aside, "decision")
            yield f"{what} {_was(self.set_aside)} set aside when a mark sheet changed, and not counted."
        if self.unfound:
            what = counted(self.unfound, "answer")
            yield f"{what} to decisions that are not in the record {_was(self.unfound)} not counted."
        if strangers := sorted(each for each in self.people if not around.is_member(each)):
            yield f"No member that the centre's record knows: {named_few(strangers)}. What they did is counted."
        if left := sorted(each for each in self.people if around.has_left(each)):
            yield f"No members any more: {named_few(left)}. What they did is counted."
        if missing := sorted(str(each) for each in self.units if not around.has_sheet(each)):
            yield f"No mark sheet: {named_few(missing)}. What was decided there is counted as recorded."


def named_few(every: Sequence[str]) -> str:
    """The first of these, and how many more there are."""
    return first_of(list(map(one_line, every)), _MOST_NAMED, ";")


def _is(every: Sequence[str]) -> str:
    return "is" if len(every) == 1 else "are"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"
