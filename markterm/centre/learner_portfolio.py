"""A learner with everything that was recorded of them, as both front ends show it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from markterm.centre.incomplete_record import refusal_of, why_incomplete
from markterm.domain.assessed.assignment import Assignment, Cell, Task
from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.member import Member
from markterm.domain.assessed.policy import Policy
from markterm.domain.assessed.unit import Criterion, Unit, UnitKey
from markterm.domain.record.decision import Occasion
from markterm.domain.record.event import Event
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.record.states import WAITING, CriterionState
from markterm.domain.record.understanding import is_known
from markterm.domain.views.caseload import UnitProgress
from markterm.domain.views.due import Due
from markterm.domain.views.waiting import Circumstances, steps_due
from markterm.domain.words.code import the_one, with_code
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.finding import Finding
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.nearly import did_you_mean

if TYPE_CHECKING:
    from markterm.domain.views.where_to_begin import Beginning


@dataclass(frozen=True, slots=True)
class LearnerPortfolio:
    """A learner with the units they are marked on and everything that was recorded.

    What was decided on other words than the sheet's is stale. `missing` are codes of units and assignments that the
    learner is registered on and that the centre has no sheet for; `findings` is what is wrong with the record;
    `assignments` combine units of theirs; `held` is what is not marked before the brief of one of them is verified.
    """

    learner: Learner
    units: tuple[Unit, ...]
    portfolio: Portfolio
    missing: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    held: frozenset[Cell] = frozenset()

    @property
    def incomplete(self) -> str:
        """Why the record counts as incomplete, as a clause; empty when everything in it was read and understood."""
        return why_incomplete(self.findings, self.portfolio.unknown)

    @property
    def newer(self) -> tuple[Event, ...]:
        """The entries of kinds that this version does not know."""
        return tuple(event for event in self.portfolio.unknown if not is_known(event))

    def when_complete(self, done: str) -> LearnerPortfolio:
        """Itself. Raises `Refused` while the record is incomplete: nothing may be `done` then ("closed")."""
        if why := self.incomplete:
            raise refusal_of(self.learner.registration, why, done)
        return self

    @property
    def missing_assignments(self) -> tuple[str, ...]:
        """The codes of their assignments that the centre has no sound sheet for."""
        return tuple(code for code in self.missing if code in self.learner.assignments)

    @property
    def missing_units(self) -> tuple[str, ...]:
        """The codes of their units that the centre has no sheet for, with the version that was begun."""
        return tuple(code for code in self.missing if code not in self.learner.assignments)

    def due(self, unit: Unit, policy: Policy) -> tuple[Due, ...]:
        """What a unit that is closed or marked waits for, the step that waits longest first."""
        from markterm.domain.record.sheet_fit import stale  # When it is needed, like the mark sheets.

        record = self.portfolio.unit(unit.key)
        unfit = len(stale(unit, record)) or int(bool(unit.no_sheet))
        around = Circumstances(stale=unfit, incomplete=bool(self.incomplete), held=self.held)
        return steps_due(unit, self.portfolio, policy, around)

    def beginning(
        self, policy: Policy, member: Member | None, named: Collection[str] = (), new_for: Collection[str] = ()
    ) -> Beginning | None:
        """Where that member begins with this learner, among the units of the codes `named` where there are such, new
        files being for those of the codes `new_for`; None where the learner is on no unit."""
        from markterm.domain.views.where_to_begin import at_hand, where_to_begin  # When a learner is opened.

        units = (
            at_hand(
                unit,
                self.portfolio,
                self.due(unit, policy),
                self._held_of(unit),
                member,
                self.due_on(unit),
                is_new=unit.code in new_for,
            )
            for unit in self.units
        )
        return where_to_begin(units, member.id if member is not None else "", named)

    def _held_of(self, unit: Unit) -> frozenset[str]:
        return frozenset(cell.criterion for cell in self.held if cell.unit == unit.code)

    def progress(
        self, unit: Unit, policy: Policy, *, has_evidence: bool, taken_for: Collection[str] = ()
    ) -> UnitProgress:
        """How far a unit is and what it waits for, as in the row of the caseload; `has_evidence` says whether there
        are files that could be marked, `taken_for` for which qualifications the learner takes it."""
        from markterm.domain.views.caseload_row import unit_progress  # When it is needed, like the mark sheets.

        around = Circumstances(has_evidence, 0, bool(self.incomplete), self.held, self.assignments)
        return unit_progress(unit, self.portfolio, policy, around, self.learner.registered_on(taken_for))

    def due_on(self, unit: Unit) -> date | None:
        """The day on which a unit of theirs is due, or None: of who left nothing is, and nothing that is passed."""
        from markterm.domain.record.due_days import due_on  # When it is needed, like the mark sheets.

        record = self.portfolio.unit(unit.key)
        if self.portfolio.is_away or record.is_done:
            return None
        return due_on(unit, self.assignments, self.portfolio.due_days, record.referred_at)

    def assignment(self, code: str) -> Assignment:
        """The assignment of that code, or whose code ends in it. Raises `WrongUse` when there is not exactly one."""
        return the_one(self.assignments, code, "assignment", self._no_assignment(code))

    def with_title(self, occasion: Occasion) -> Occasion:
        """The occasion with what its task is called now, to be recorded: tasks are renumbered later."""
        own = next((each for each in self.assignments if each.code == occasion.assignment), None)
        task = own.task(occasion.task) if own is not None and occasion.task is not None else None
        return replace(occasion, title=task.title) if task is not None else occasion

    def waits(self, key: UnitKey, number: str) -> bool:
        """Whether that criterion waits for a decision, in a unit that is not closed."""
        record = self.portfolio.unit(key)
        return record.closing is None and record.criterion(number).state in WAITING

    def open_in(self, task: Task) -> Mapping[Cell, Criterion]:
        """The criteria of a task that nobody has decided, in units that are not closed.

        A conflict is not among them: it is settled one by one, after both notes were read. Neither is what was
        resubmitted: it is decided one by one on what is new.
        """
        units = {unit.code: unit for unit in self.units}
        found: dict[Cell, Criterion] = {}
        for cell in task.cells:
            unit = units.get(cell.unit)
            criterion = unit.criterion(cell.criterion) if unit is not None else None
            if unit is None or criterion is None:
                continue
            record = self.portfolio.unit(unit.key)
            if record.closing is None and record.criterion(cell.criterion).state is CriterionState.OPEN:
                found[cell] = criterion
        return found

    def unit(self, code: str) -> Unit:
        """The unit of that code, or whose code ends in it (`501`). Raises `WrongUse` when there is not exactly one."""
        return the_one(self.units, code, "unit", self._no_unit(code))

    def unit_or_assignment(self, code: str) -> Unit | Assignment:
        """The unit or the integrated assignment that the code means. Raises `WrongUse` as `unit` does."""
        otherwise, every = self._no_unit(code), tuple[Unit | Assignment, ...]((*self.units, *self.assignments))
        if self.assignments:
            otherwise = WrongUse(
                "No such unit or assignment",
                f"{self.learner.registration} is neither on a unit nor on an assignment {one_line(code)}.",
                f"{otherwise.next_step} {self._no_assignment(code).next_step}",
            )
        return the_one(every, code, "unit or assignment", otherwise)

    def units_of(self, code: str) -> tuple[str, ...]:
        """The codes of the units that `code` means: of one unit, or of an integrated assignment of theirs.

        Raises `WrongUse` when it is neither.
        """
        meant = self.unit_or_assignment(code)
        if isinstance(meant, Unit):
            return (meant.code,)
        return tuple(unit.code for unit in self.units if unit.code in meant.units)

    def _no_unit(self, code: str) -> WrongUse:
        codes = ", ".join(unit.code for unit in self.units) or "no unit with a mark sheet"
        what = f"{self.learner.registration} is not on a unit {one_line(code)}."
        if assignments := with_code(self.assignments, code):
            code = one_line(assignments[0].code)
            what = f"{code} is no unit: it is an integrated assignment of several."
            return WrongUse("Not a unit", what, f"Name one of its units, or {code} as the assignment.")
        there_are = f"They are on {codes}."
        return WrongUse("No such unit", what, did_you_mean(code, (unit.code for unit in self.units), there_are))

    def _no_assignment(self, code: str) -> WrongUse:
        codes = ", ".join(each.code for each in self.assignments) or "no assignment with a sound sheet"
        return WrongUse(
            "No such assignment",
            f"{self.learner.registration} is not on an assignment {one_line(code)}.",
            did_you_mean(
                code,
                (each.code for each in self.assignments),
                f"They are on {codes}; `assignment:` in their learner.md names them.",
            ),
        )
