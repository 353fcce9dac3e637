"""Commenting on a section of the sheet: the learning outcome that is looked at, or the task by which is marked."""

from __future__ import annotations

from collections.abc import Callable

from markterm.centre.drafts import DraftKind, task_place
from markterm.centre.recorder import Recorded
from markterm.domain.assessed.assignment import Assignment, Task
from markterm.domain.assessed.unit import Criterion, LearningOutcome, Unit
from markterm.domain.record.comments import Section
from markterm.domain.rules.commenting import comment, comment_on_task
from markterm.domain.words.foreign_text import one_line
from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.desk import ANY_TEXT
from markterm.tui.marking.assessors_act import AssessorsAct
from markterm.tui.marking.workplace import Workplace
from markterm.tui.marking.writing import write


class Comment(AssessorsAct):
    """Write what is to be said of the whole section, or change what was said."""

    id, key = "mark.comment", "H"
    words = "Comment on this section of the sheet: the learning outcome, or the task"

    async def run(self, on: Workplace) -> None:
        """Open the comment that stands there, or a new one."""
        place, assignment = on.place, on.assignment
        if place is None or on.desk.shown is None:
            return
        if assignment is not None and place.task is not None:
            await _on_task(on, assignment, place.task)
        else:
            await _on_outcome(on, place.unit, place.outcome)


async def _on_outcome(on: Workplace, unit: Unit, outcome: LearningOutcome) -> None:
    number, registration = outcome.number, on.desk.registration
    if not on.allows(lambda act, now: comment(act, unit, now, number, ANY_TEXT)):
        return
    # One draft for the section, whichever of its criteria it was begun at.
    first = CriterionPlace(unit, outcome, outcome.criteria[0])
    title = outcome.heading(one_line(outcome.title))
    section = Section(unit.key, number)
    await _write(
        on, title, section, first, lambda text: on.centre.marking.comment(registration, unit.code, number, text)
    )


async def _on_task(on: Workplace, assignment: Assignment, task: Task) -> None:
    assert on.desk.shown is not None
    registration, number = on.desk.registration, task.number
    units = tuple(unit for unit in on.desk.shown.units if unit.code in task.by_unit)
    if not on.allows(lambda act, now: comment_on_task(act, assignment, units, now, number, ANY_TEXT)):
        return
    key, name = task_place(assignment.code, number)
    named = Criterion(name, task.title)
    as_section = CriterionPlace(
        Unit(key.code, assignment.title), LearningOutcome(number, task.title, (named,)), named, task
    )
    title = one_line(f"task {number} of {assignment.code}, {task.title}")
    section = Section(assignment=assignment.code, task=number)
    await _write(
        on,
        title,
        section,
        as_section,
        lambda text: on.centre.marking.comment_on_task(registration, assignment.code, number, text),
    )


async def _write(
    on: Workplace, title: str, section: Section, place: CriterionPlace, record: Callable[[str], Recorded]
) -> None:
    assert on.desk.shown is not None
    before = "\n\n".join(each.text for each in on.desk.shown.portfolio.comments_on(section))

    async def save(text: str) -> None:
        await on.desk.record(lambda: record(text))

    detail = "It stands on the sheet below this section; the learner's feedback does not have it."
    await write(on, f"Comment on {title}", detail, place, DraftKind.COMMENT, save, before)
