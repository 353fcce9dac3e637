"""The days on which learners' work is due: set for one learner, or for everybody who has the unit or assignment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.recorder import Recorded, Recorder
from markterm.domain.assessed.assignment import Assignment
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.event import Event
from markterm.domain.rules.act import Act
from markterm.domain.rules.due_days import set_due, stands_so
from markterm.domain.words.code import is_code, with_code
from markterm.domain.words.errors import MarkTermError, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.letters import plain

if TYPE_CHECKING:
    from markterm.centre.sheets import CentreSheets
    from markterm.domain.views.caseload import CaseloadRow


@dataclass(frozen=True, slots=True)
class NotSet:
    """Why no day was set for a learner of those meant; `stood_so` where it was the same day before."""

    row: CaseloadRow
    why: MarkTermError | None = None

    @property
    def stood_so(self) -> bool:
        """Whether nothing was to be done."""
        return self.why is None


class DueDays:
    """Sets the days on which work is due. Raises `Refused`, `WrongUse`, `NotSaved` and `Unreadable`."""

    def __init__(self, recorder: Recorder, sheets: CentreSheets) -> None:
        self._recorder = recorder
        self._sheets = sheets

    def set(self, registration: str, code: str, on: date | None, why: str = "") -> Recorded:
        """Record that the learner's unit or assignment of that code is due on that day, or on none."""

        def due(act: Act, now: LearnerPortfolio) -> Event:
            return set_due(act, _work(now, code), now.portfolio, on, why)

        return self._recorder.record(registration, due)

    def set_for(
        self, rows: Iterable[CaseloadRow], code: str, on: date | None, why: str = ""
    ) -> Iterator[Recorded | NotSet]:
        """The same for each of these learners, one after the other; yields what became of each as soon as it is
        durable. Whom it cannot be set for, or who has it so already, keeps nobody else from it."""
        for row in rows:
            try:
                shown = self._recorder.learners.portfolio(row.registration)
                if stands_so(_work(shown, code), shown.portfolio, on):
                    yield NotSet(row)
                else:
                    yield self.set(row.registration, code, on, why)
            except MarkTermError as error:
                yield NotSet(row, error)

    def on(self, rows: Iterable[CaseloadRow], code: str) -> list[CaseloadRow]:
        """Those of these learners who have the unit or assignment of that code, and are not done with it. Raises
        `WrongUse` where nobody is."""
        unfinished = [(row, [unit for unit in row.units if unit.may_be_due]) for row in rows if not row.left]
        found = [row for row, units in unfinished if any(_is_that(code, unit.code) for unit in units)]
        meant = with_code(self._sheets.assignments.by_code.values(), code) if not found else ()
        for row, units in unfinished if meant else ():
            left = {unit.code for unit in units}
            of = {each.code for each in meant if not left.isdisjoint(each.units)}
            if of and not of.isdisjoint(self._assignments_of(row)):
                found.append(row)
        if not found:
            raise WrongUse(
                "Nobody has it to do",
                f"None of these learners is on a unit or an assignment {one_line(code)} that is not passed. "
                "Nothing was recorded.",
                "Name a unit or an assignment that they are on.",
            )
        return found

    def _assignments_of(self, row: CaseloadRow) -> Sequence[str]:
        try:
            return self._recorder.learners.named(row.registration).assignments
        except MarkTermError:  # their row says what is wrong
            return ()


def _is_that(code: str, unit: str) -> bool:
    return is_code(plain(code), plain(unit))


def _work(shown: LearnerPortfolio, code: str) -> Unit | Assignment:
    own = with_code(shown.assignments, code)
    is_whole = any(each.code == code for each in own)
    return shown.assignment(code) if is_whole or (own and not with_code(shown.units, code)) else shown.unit(code)
