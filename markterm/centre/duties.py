"""What one member has to do, one by one: what came back to them, their actions, reports to read, and what is due of the
centre that is theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from markterm.centre.caseload import Caseload
from markterm.centre.centre_due import DueOfCentre
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.actions import ActionRecord
from markterm.domain.record.centre_actions import CentreAction
from markterm.domain.record.disagreement import disagreements, unread_report
from markterm.domain.record.portfolio import UnitRecord, fold
from markterm.domain.views.due import Step
from markterm.domain.views.owed import owed
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import MarkTermError
from markterm.records.store import EventStore


class DutyKind(StrEnum):
    """What somebody has to do, in the order in which it is listed where the day says nothing."""

    CAME_BACK = "came back"
    ACTION = "action"
    REPORT = "report"
    STANDARDISATION = "standardise"
    OBSERVATION = "observe"
    CPD = "CPD"


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that a member has to do: on a unit of a learner, or of the centre where there is no `registration`.

    `text` says what: why it was not agreed, what the action asks for; `action` is the action on the unit, and
    `of_centre` one that minutes, a brief or a visit set.
    """

    kind: DutyKind
    text: str
    due: date | None = None
    registration: str = ""
    unit: UnitKey | None = None
    criterion: str = ""
    action: ActionRecord | None = None
    of_centre: CentreAction | None = None

    def is_overdue(self, today: date) -> bool:
        """Whether its day is past."""
        return self.due is not None and self.due < today


class Duties:
    """What the members of a centre have to do, as the caseload was read last."""

    def __init__(self, caseload: Caseload, store: EventStore, due: Callable[[], DueOfCentre]) -> None:
        self._caseload = caseload
        self._store = store
        self._due = due

    @property
    def today(self) -> date:
        """The day by which something is overdue or not."""
        return self._caseload.today

    def of(self, member: str) -> tuple[Duty, ...]:
        """Everything that the member of that id has to do: what is overdue first, then what came back, then the rest.
        Reads the records that have something of theirs: for a thread."""
        every, kinds, today = (*self._of_learners(member), *self._of_centre(member)), list(DutyKind), self.today

        def turn(duty: Duty) -> tuple[bool, int, date, str]:
            return not duty.is_overdue(today), kinds.index(duty.kind), duty.due or date.max, duty.registration

        return tuple(sorted(every, key=turn))

    def _of_learners(self, member: str) -> Iterator[Duty]:
        for row in self._caseload.rows:
            if any(each.member == member for unit in row.units for each in unit.owed):
                with suppress(MarkTermError):  # The row itself says that the record cannot be read.
                    for key, record in fold(self._store.load(row.registration)).units.items():
                        yield from _of_unit(row.registration, key, record, member)

    def _of_centre(self, member: str) -> Iterator[Duty]:
        due = self._due().now().of(member)
        for each in due.actions:
            yield Duty(DutyKind.ACTION, f"{each.action.text} ({each.where})", each.action.due, of_centre=each)
        for waiting in due.to_answer:
            told = waiting.told
            text = f"{told.qualification}: {counted(len(tuple(told.asked)), 'criterion', 'criteria')} to answer, alone"
            yield Duty(DutyKind.STANDARDISATION, f"{text}. {told.why}".rstrip(". "))
        for last in due.standardisation:
            on = f"last on {last.on.isoformat()}" if last.on is not None else "never yet"
            yield Duty(DutyKind.STANDARDISATION, f"{last.qualification}: you were standardised {on}", last.due)
        for observation in due.observations:
            said = observation.said
            yield Duty(DutyKind.OBSERVATION, f"{said.assessor}, {said.how}: {said.text}".rstrip(": "), said.due)
        for planned in due.cpd:
            yield Duty(DutyKind.CPD, f"{planned.item.said.what}: {planned.item.said.how}", planned.item.said.by)


def _of_unit(registration: str, key: UnitKey, record: UnitRecord, member: str) -> Iterator[Duty]:
    reasons = {each.criterion: each.reason for each in disagreements(record)}
    mine = [each for each in owed(record) if each.member == member]
    for each in mine:
        if each.step is Step.SETTLE:
            yield Duty(DutyKind.CAME_BACK, reasons[each.criterion], None, registration, key, each.criterion)
    for action in record.after.actions:
        if action.is_open and action.owner == member:
            where = (registration, key, action.criterion)
            yield Duty(DutyKind.ACTION, action.text, action.due, *where, action)
    report = unread_report(record)
    if report is not None and any(each.step is Step.ACKNOWLEDGE for each in mine):
        yield Duty(DutyKind.REPORT, f"by {report.actor}: {report.in_words}", None, registration, key)
