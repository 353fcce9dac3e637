"""Which task carries which criterion, as a report."""

from __future__ import annotations

from markterm.domain.assessed.assignment import Assignment, Cell, Task
from markterm.domain.assessed.unit import Criterion, LearningOutcome, Unit
from markterm.domain.reports.asked import Asked, Axis
from markterm.domain.reports.matrix import matrix
from markterm.domain.reports.report import Report
from tests.domain.reports.records import rows


def unit(code: str) -> Unit:
    """A unit of five criteria."""
    numbers = ("1.1", "1.2", "1.3", "2.1", "2.2")
    return Unit(
        code, "Tea", outcomes=(LearningOutcome(1, "Make tea", tuple(Criterion(n, f"Do {n}") for n in numbers)),)
    )


UNITS = {code: unit(code) for code in ("501", "502")}


def cells(code: str, *numbers: str) -> tuple[Cell, ...]:
    return tuple(Cell(code, number) for number in numbers)


FIRST = Task(1, "Boil", cells=(*cells("501", "1.1", "1.2", "1.3", "2.1"), *cells("502", "1.1", "1.2")))
SECOND = Task(2, "Pour", cells=(*cells("501", "2.1", "2.2"), *cells("502", "1.1")))
THIRD = Task(3, "Serve", cells=cells("502", "1.1"))
IA = Assignment("IA", "Tea", ("501", "502", "503"), (FIRST, SECOND, THIRD))


def report(*by: Axis, unit: str = "", every: tuple[Assignment, ...] = (IA,)) -> Report:
    return matrix(every, UNITS, Asked(by, unit=unit))


def test_a_row_of_a_task_says_what_it_carries_of_each_unit() -> None:
    first, second, third = rows(report(Axis.TASK))
    assert (first["501"], first["502"], first["503"]) == ("1.1-1.3 (2.1)", "1.1? 1.2", None)
    assert (second["501"], second["502"]) == ("2.1* 2.2", "1.1?")
    assert (third["task"], third["501"]) == ("3 Serve", None)
    assert report(Axis.TASK).rows[1].said == "2 Pour: 501 2.1* 2.2; 502 1.1?"


def test_a_row_of_a_criterion_says_in_which_tasks_it_is_and_what_no_task_carries_is_there_too() -> None:
    told = {(each["unit"], each["criterion"]): each for each in rows(report(Axis.CRITERION))}
    both = told["501", "2.1"]
    assert (both["tasks"], both["carried_in"], both["decided_in"]) == (2, "1, 2", 2)
    assert told["502", "1.1"]["decided_in"] is None
    assert told["502", "2.2"]["carried_in"] is None


def test_what_is_not_covered_is_said() -> None:
    assert report(Axis.TASK).warnings == (
        "IA: 3 criteria carried by no task: 502 1.3; 502 2.1; 502 2.2.",
        "IA: 1 criterion decided in no task: 502 1.1.",
        "IA: no mark sheet of 503.",
    )


def test_only_one_unit_is_told_of_where_that_is_asked() -> None:
    told = report(Axis.TASK, unit="502")
    assert [column.name for column in told.columns] == ["assignment", "task", "502"]
    assert [each.criterion for each in told.rows[0].behind()] == ["1.1", "1.2"]
    assert report(Axis.TASK, unit="999").rows == ()
    assert {each["unit"] for each in rows(report(Axis.CRITERION, unit="502"))} == {"502"}
