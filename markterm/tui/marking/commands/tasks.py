"""Marking by the tasks of an integrated assignment, several criteria at once, and marks where a sheet has them."""

from __future__ import annotations

from markterm.centre.drafts import DraftKind
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.domain.assessed.assignment import Assignment, Cell, Task
from markterm.domain.assessed.unit import Criterion
from markterm.domain.record.event import Event, Result
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.rules.act import Act
from markterm.domain.rules.marking import decide, decide_by_marks
from markterm.domain.words.errors import MarkTermError, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import Command, key_of, keyed
from markterm.tui.desk import ANY_TEXT
from markterm.tui.evidence.reading_page import PageScreen
from markterm.tui.marking.assessors_act import AssessorsAct
from markterm.tui.marking.moving_on import after_decision
from markterm.tui.marking.workplace import Workplace
from markterm.tui.marking.writing import write
from markterm.tui.widgets.several import SeveralScreen


class ByTask(Command[Workplace]):
    """By the tasks of the learner's assignment, of the next one if they have several, or unit by unit again."""

    id, key, words = "mark.by-task", "t", "By the tasks of the assignment, or by unit"

    async def run(self, on: Workplace) -> None:
        """Show the criteria in the other order."""
        if on.desk.shown is None:
            return
        assignments = on.desk.shown.assignments
        if not assignments:
            on.notify("This learner is on no integrated assignment; learner.md names it.")
            return
        orders = (None, *assignments)
        following = orders[(orders.index(on.assignment) + 1) % len(orders)]
        on.mark_by(following)
        if following is not None and (lacks := following.lacks_approval):
            on.notify(one_line(f"{following.code}: {lacks}."), warning=True)


class Brief(Command[Workplace]):
    """The brief of the task under the cursor."""

    id, key, words = "task.brief", "T", "Read the brief of this task"

    async def run(self, on: Workplace) -> None:
        """Show it."""
        place, assignment = on.place, on.assignment
        if assignment is None or place is None or place.task is None:
            on.notify(keyed("A brief belongs to a task. {mark.by-task} marks by task."))
            return
        task = place.task
        title = f"{one_line(assignment.code)}, task {task.number}: {one_line(task.title)}"
        evidence = f"\n\n**Evidence:** {one_line(task.evidence)}" if task.evidence else ""
        brief = task.brief.strip() or "The sheet gives no brief for this task."
        await on.screen.app.push_screen(PageScreen(title, brief + evidence))


class PassTask(AssessorsAct):
    """Pass all open criteria of this task, after they were shown in a list that can be changed."""

    id, key, words = "task.pass", "P", "Pass all open criteria of this task, after a look at the list"
    records = True

    async def run(self, on: Workplace) -> None:
        """Show the list."""
        place, shown, assignment = on.place, on.desk.shown, on.assignment
        if shown is None or place is None or assignment is None or place.task is None:
            on.notify(keyed("Several criteria are passed at once in a task. {mark.by-task} marks by task."))
            return
        task = place.task
        waiting = shown.open_in(task)
        if not waiting:
            on.notify(f"Task {task.number} has no open criterion. {key_of('mark.next-open')} goes on.")
            return
        if not on.allows(lambda act, now: [_passed(act, now, shown, cell) for cell in waiting]):
            return
        places = {Cell(each.unit.code, each.criterion.number): each for each in on.criteria.places_of(task)}

        async def pass_them(numbers: tuple[int, ...] | None) -> None:
            cells = [cell for number, cell in enumerate(waiting) if number in (numbers or ())]
            if not cells:
                return
            notes = {cell: on.drafts.kept_note(places[cell]) for cell in cells}
            try:
                await on.desk.record_each(
                    lambda: on.centre.marking.pass_at_once(shown, cells, assignment.code, task.number, notes)
                )
            except MarkTermError as error:
                on.failed(error)
                return
            for cell in cells:
                on.drafts.forget(places[cell], DraftKind.KEPT)
            on.go_to_open(on.place)

        # What somebody began to write there and left is read before it is decided: it is out until it is put in. So is
        # what is for a higher grade: nobody gets a distinction in passing.
        begun = [
            any(kind is not DraftKind.KEPT for kind, _ in on.drafts.begun_of_criterion(places[cell]))
            for cell in waiting
        ]
        labels = [
            f"{'✐ draft: ' * has_draft}{_label(cell, criterion, task, assignment)}"
            for has_draft, (cell, criterion) in zip(begun, waiting.items(), strict=True)
        ]
        title = f"Pass the open criteria of task {task.number}, {one_line(task.title)}"
        told = "will be passed, each a decision of its own."
        taken = [each.gates and not has_draft for has_draft, each in zip(begun, waiting.values(), strict=True)]
        asked = SeveralScreen(title, labels, taken, "passes them", told)
        await on.screen.app.push_screen(asked, pass_them)


class Marks(AssessorsAct):
    """The marks of the sheet, which are converted to pass or refer."""

    id, key, words = "mark.marks", "M", "Give the marks of an older sheet, converted to pass or refer"
    records = True

    async def run(self, on: Workplace) -> None:
        """Ask for them."""
        place, shown = on.place, on.desk.shown
        if place is None or shown is None:
            return
        name = f"{one_line(place.unit.code)} {place.criterion.number}"
        given = place.criterion.marks
        if on.assignment is not None:
            words = "An integrated assignment takes no marks: units of different size and level do not add up. "
            on.notify(f"{words}Mark pass or refer.", warning=True)
            return
        if given is None:
            on.notify(f"The sheet gives {name} no marks: mark it pass or refer.")
            return
        before, kept = on.desk.record_of(place), on.drafts.kept_note(place)
        registration, unit, number = on.desk.registration, place.unit, place.criterion.number
        if not on.allows(lambda act, now: decide_by_marks(act, unit, now, number, 0, ANY_TEXT, before)):
            return

        async def decide_so(text: str) -> None:
            first, _, note = text.strip().partition(" ")
            if not (first.isascii() and first.isdigit() and len(first) < 10):
                raise WrongUse(
                    "No number of marks",
                    f"{one_line(text) or 'Nothing'} does not begin with one.",
                    "Write 12, or 12 and a note.",
                )
            marks, words = int(first), note.strip() or kept
            await on.desk.record(
                lambda: on.centre.marking.mark_by_marks(registration, unit.code, number, marks, words, shown=before)
            )
            on.drafts.forget(place, DraftKind.KEPT)
            await after_decision(on, place)

        detail = (
            f"0 to {given.maximum}; from {given.minimum} on it is a pass. Below, it is a referral and needs a note: "
            "8 The log is missing."
        )
        await write(on, f"Marks for {name}", detail, place, DraftKind.MARKS, decide_so)


def _passed(act: Act, now: Portfolio, shown: LearnerPortfolio, cell: Cell) -> Event:
    return decide(act, shown.unit(cell.unit), now, cell.criterion, Result.PASS, "")


def _label(cell: Cell, criterion: Criterion, task: Task, assignment: Assignment) -> str:
    """The criterion in a line, with the task that decides it if that is another one."""
    other = assignment.decided_elsewhere(cell, task)
    elsewhere = f" (task {other.number} decides it)" if other is not None else ""
    level = "" if criterion.gates else f" ({criterion.level})"
    return f"{one_line(f'{cell}{level}{elsewhere}')}  {one_line(criterion.text)}"
