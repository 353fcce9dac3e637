"""Comments on the sections of a sheet: written by an assessor of the unit while it is open, and changed by them."""

from __future__ import annotations

from markterm.domain.assessed.assignment import Assignment
from markterm.domain.assessed.unit import OFF_SHEET, Unit
from markterm.domain.record.bodies.commenting import Commented
from markterm.domain.record.comments import Section
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.rules.act import Act, assessor, entry
from markterm.domain.rules.marking import open_unit, with_sheet
from markterm.domain.words.errors import Refused, WrongUse


def comment(act: Act, unit: Unit, portfolio: Portfolio, outcome: int, text: str) -> Event:
    """A comment on a learning outcome, in the place of the one that stands; an empty one takes that back.

    Raises `WrongUse` when the unit has no such outcome, `Refused` when it is closed, when the member may not mark it,
    and when there is nothing to take back.
    """
    member = assessor(act, with_sheet(unit))
    numbers = [each.number for each in unit.outcomes if each.number != OFF_SHEET]
    if outcome not in numbers:
        raise WrongUse(
            "No such section",
            f"{unit.code} has no learning outcome {outcome}.",
            f"It has {', '.join(map(str, numbers)) or 'none'}.",
        )
    open_unit(act.learner, unit, portfolio)
    before = portfolio.comments_on(Section(unit.key, outcome))
    _says_something(text, bool(before), f"LO{outcome} of {unit.code}")
    said = Commented(text, outcome)
    return entry(act, member, Kind.COMMENTED, Subject(unit.key), said, tuple(each.uid for each in before))


def comment_on_task(
    act: Act, assignment: Assignment, units: tuple[Unit, ...], portfolio: Portfolio, task: int, text: str
) -> Event:
    """A comment on a task of an assignment, in the place of the one that stands; an empty one takes that back.

    `units` are the learner's units that the task carries. Raises `WrongUse` when there is no such task, `Refused` when
    all of them are closed, when the member may mark none that is open, and when there is nothing to take back.
    """
    if assignment.task(task) is None:
        raise WrongUse(
            "No such section",
            f"{assignment.code} has no task {task}.",
            f"Its tasks are {', '.join(str(each.number) for each in assignment.tasks)}.",
        )
    is_open = [unit for unit in units if portfolio.unit(unit.key).closing is None]
    for unit in units if not is_open else ():
        open_unit(act.learner, unit, portfolio)
    refusals: list[Refused] = []
    for unit in is_open:
        try:
            member = assessor(act, unit)
            break
        except Refused as error:
            refusals.append(error)
    else:
        raise refusals[0] if refusals else _no_unit(assignment, task)
    before = portfolio.comments_on(Section(assignment=assignment.code, task=task))
    _says_something(text, bool(before), f"task {task} of {assignment.code}")
    said = Commented(text, assignment=assignment.code, task=task)
    return entry(act, member, Kind.COMMENTED, Subject(), said, tuple(each.uid for each in before))


def _says_something(text: str, has_one: bool, where: str) -> None:
    if not text.strip() and not has_one:
        raise Refused("There is no comment", f"Nothing stands on {where}, and nothing was recorded.", "Write one.")


def _no_unit(assignment: Assignment, task: int) -> Refused:
    return Refused(
        "Nothing of it is marked",
        f"The learner has none of the units that task {task} of {assignment.code} carries.",
        "Comment on a task that carries one.",
    )
