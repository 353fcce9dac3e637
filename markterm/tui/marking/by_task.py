"""Marking by the tasks of an integrated assignment: the criteria of all units that a task carries, side by side."""

from __future__ import annotations

from textual.content import Content

from markterm.centre.centre import Centre
from markterm.centre.drafts import DraftKind
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.domain.assignment import Assignment, Cell, Task
from markterm.domain.errors import MarkTermError, WrongUse
from markterm.domain.event import Event, Result
from markterm.domain.foreign_text import clean, one_line
from markterm.domain.marking import Act, decide, decide_by_marks
from markterm.domain.portfolio import Portfolio
from markterm.domain.unit import Criterion
from markterm.tui.marking.citing import CitingScreen
from markterm.tui.marking.pass_list import PassListScreen
from markterm.tui.marking.recording import ANY_TEXT
from markterm.tui.widgets.criteria_list import CriteriaList
from markterm.tui.widgets.reading import ReadingScreen


class ByTaskScreen(CitingScreen):
    """Adds marking by task, several criteria at once, and marks where a sheet has them."""

    def __init__(self, centre: Centre) -> None:
        super().__init__(centre)
        self._assignment: Assignment | None = None

    @property
    def assignment(self) -> Assignment | None:
        """The assignment by whose tasks is marked; None when it is marked unit by unit."""
        return self._assignment

    def by_unit(self) -> None:
        """Mark unit by unit, as every learner begins."""
        self._assignment = None

    def action_by_task(self) -> None:
        """By the tasks of the learner's assignment, of the next one if they have several, or unit by unit again."""
        if self.shown is None:
            return
        assignments = self.shown.assignments
        if not assignments:
            self.app.notify("This learner is on no integrated assignment; learner.md names it.", markup=False)
            return
        orders = (None, *assignments)
        self._assignment = orders[(orders.index(self._assignment) + 1) % len(orders)]
        self.show_portfolio()

    async def action_brief(self) -> None:
        """Read the brief of the task under the cursor."""
        place, assignment = self.place, self._assignment
        if assignment is None or place is None or place.task is None:
            self.app.notify("A brief belongs to a task. t marks by task.", markup=False)
            return
        task = place.task
        title = f"{one_line(assignment.code)}, task {task.number}: {one_line(task.title)}"
        evidence = f"\n\nEvidence: {one_line(task.evidence)}" if task.evidence else ""
        brief = clean(task.brief).text.strip() or "The sheet gives no brief for this task."
        await self.app.push_screen(ReadingScreen(title, Content(brief + evidence)))

    async def action_pass_task(self) -> None:
        """Pass all open criteria of this task, after they were shown in a list that can be changed."""
        place, shown, assignment = self.place, self.shown, self._assignment
        if shown is None or place is None or assignment is None or place.task is None:
            self.app.notify("Several criteria are passed at once in a task. t marks by task.", markup=False)
            return
        task = place.task
        waiting = shown.open_in(task)
        if not waiting:
            self.app.notify(f"Task {task.number} has no open criterion. Space goes on.", markup=False)
            return
        if not self.allows(lambda act, now: [_passed(act, now, shown, cell) for cell in waiting]):
            return
        places = {
            Cell(each.unit.code, each.criterion.number): each for each in self.query_one(CriteriaList).places_of(task)
        }

        async def pass_them(numbers: tuple[int, ...] | None) -> None:
            cells = [cell for number, cell in enumerate(waiting) if number in (numbers or ())]
            if not cells:
                return
            notes = {cell: self.kept_note(places[cell]) for cell in cells}
            try:
                await self._record_each(
                    lambda: self._centre.marking.pass_at_once(shown, cells, assignment.code, task.number, notes)
                )
            except MarkTermError as error:
                self.app.show_error(error)
                return
            for cell in cells:
                self.forget_drafts(places[cell], DraftKind.KEPT)
            self._last_marked = places[cells[-1]]
            self.go_to_open(self.place)

        # What somebody began to write there and left is read before it is decided: it is out until it is put in.
        begun = [
            any(kind is not DraftKind.KEPT for kind, _ in self.begun_of_criterion(places[cell])) for cell in waiting
        ]
        labels = [
            f"{'✐ draft: ' * has_draft}{_label(cell, criterion, task, assignment)}"
            for has_draft, (cell, criterion) in zip(begun, waiting.items(), strict=True)
        ]
        title = f"Pass the open criteria of task {task.number}, {one_line(task.title)}"
        await self.app.push_screen(PassListScreen(title, labels, [not each for each in begun]), pass_them)

    async def action_marks(self) -> None:
        """Give the marks of the sheet, which are converted to pass or refer."""
        place, shown = self.place, self.shown
        if place is None or shown is None:
            return
        name = f"{one_line(place.unit.code)} {place.criterion.number}"
        given = place.criterion.marks
        if self._assignment is not None:
            self.app.notify(
                "An integrated assignment takes no marks: units of different size and level do not add up. "
                "Mark pass or refer.",
                severity="warning",
                markup=False,
            )
            return
        if given is None:
            self.app.notify(f"The sheet gives {name} no marks: mark it pass or refer.", markup=False)
            return
        before, kept = self.record_of(place), self.kept_note(place)
        if not self.allows(
            lambda act, now: decide_by_marks(act, place.unit, now, place.criterion.number, 0, ANY_TEXT, before)
        ):
            return
        registration, unit, number = shown.learner.registration, place.unit.code, place.criterion.number

        async def decide(text: str) -> None:
            first, _, note = text.strip().partition(" ")
            if not (first.isascii() and first.isdigit() and len(first) < 10):
                raise WrongUse(
                    "No number of marks",
                    f"{one_line(text) or 'Nothing'} does not begin with one.",
                    "Write 12, or 12 and a note.",
                )
            marks, words = int(first), note.strip() or kept
            await self._record(
                lambda: self._centre.marking.mark_by_marks(registration, unit, number, marks, words, shown=before)
            )
            self.forget_drafts(place, DraftKind.KEPT)
            await self._after_decision(place)

        detail = (
            f"0 to {given.maximum}; from {given.minimum} on it is a pass. Below, it is a referral and needs a note: "
            "8 The log is missing."
        )
        await self._write(f"Marks for {name}", detail, place, DraftKind.MARKS, decide)


def _passed(act: Act, now: Portfolio, shown: LearnerPortfolio, cell: Cell) -> Event:
    return decide(act, shown.unit(cell.unit), now, cell.criterion, Result.PASS, "")


def _label(cell: Cell, criterion: Criterion, task: Task, assignment: Assignment) -> str:
    """The criterion in a line, with the task that decides it if that is another one."""
    other = assignment.decided_elsewhere(cell, task)
    elsewhere = f" (task {other.number} decides it)" if other is not None else ""
    return f"{one_line(f'{cell}{elsewhere}')}  {one_line(criterion.text)}"
