from __future__ import annotations

from markterm.domain.assessed.assignment import Assignment, Cell, Task
from markterm.domain.assessed.unit import Criterion, LearningOutcome, Unit
from markterm.domain.words.code import suite_of


def cells(unit: str, *numbers: str) -> tuple[Cell, ...]:
    return tuple(Cell(unit, number) for number in numbers)


TEA, CUPS = "T-101", "T-102"
SHARED = Cell(TEA, "1.2")
ASSIGNMENT = Assignment(
    "T-IA",
    "Tea for ten",
    (TEA, CUPS),
    (
        Task(1, "Plan", cells=(*cells(TEA, "1.2", "1.1"), *cells(CUPS, "1.1"))),
        Task(2, "Pour", cells=cells(TEA, "1.10", "1.2")),
        Task(4, "Wash up", cells=cells(CUPS, "1.2")),
    ),
)


def unit(code: str, *numbers: str) -> Unit:
    return Unit(code, code, outcomes=(LearningOutcome(1, "Know", tuple(Criterion(each, "Say") for each in numbers)),))


def test_a_task_gives_its_criteria_by_unit_in_the_order_of_the_sheet() -> None:
    assert ASSIGNMENT.tasks[0].by_unit == {TEA: ("1.2", "1.1"), CUPS: ("1.1",)}


def test_a_criterion_knows_the_tasks_that_carry_it() -> None:
    assert [task.number for task in ASSIGNMENT.tasks_carrying(SHARED)] == [1, 2]
    assert ASSIGNMENT.tasks_carrying(Cell(TEA, "9.9")) == ()


def test_a_criterion_that_two_tasks_carry_is_one_criterion() -> None:
    assert list(map(str, ASSIGNMENT.criteria)) == ["T-101 1.1", "T-101 1.2", "T-101 1.10", "T-102 1.1", "T-102 1.2"]


def test_a_task_is_found_by_its_number() -> None:
    assert ASSIGNMENT.task(4) is ASSIGNMENT.tasks[2]
    assert ASSIGNMENT.task(3) is None


def test_the_matrix_has_a_row_for_each_task_and_a_column_for_each_unit() -> None:
    assert [(row.task.number, row.criteria) for row in ASSIGNMENT.matrix()] == [
        (1, (("1.2", "1.1"), ("1.1",))),
        (2, (("1.10", "1.2"), ())),
        (4, ((), ("1.2",))),
    ]


def test_what_no_task_covers_is_told_in_the_order_of_the_sheets_of_the_units_that_are_known() -> None:
    sheets = {TEA: unit(TEA, "1.1", "1.3", "1.2", "1.10", "1.4"), "T-103": unit("T-103", "1.1")}
    assert ASSIGNMENT.uncovered(sheets) == cells(TEA, "1.3", "1.4")


def carried_by(*marked: bool) -> Assignment:
    tasks = tuple(
        Task(number, "Do", cells=(SHARED,), decides=frozenset({SHARED}) if mark else frozenset())
        for number, mark in enumerate(marked, 1)
    )
    return Assignment("T-IA", "Tea", (TEA,), tasks)


def deciding(*marked: bool) -> int | None:
    task = carried_by(*marked).deciding_task(SHARED)
    return task.number if task else None


def test_a_criterion_is_decided_in_the_one_task_that_is_marked_so() -> None:
    assert deciding(True, False) == 1
    assert deciding(False, True, False, False) == 2


def test_without_a_mark_it_is_decided_in_the_later_of_two_tasks() -> None:
    assert deciding(False) == 1
    assert deciding(False, False) == 2


def test_a_criterion_is_decided_in_no_single_place_if_three_tasks_carry_it_or_two_are_marked() -> None:
    assert deciding(False, False, False) is None
    assert deciding(True, True) is None
    assert deciding() is None


def test_the_suite_of_a_unit_stands_before_its_last_dash() -> None:
    assert [suite_of(code) for code in ("8580-501", "ILM-8588-101", "M5")] == ["8580", "ILM-8588", ""]


def test_an_assignment_names_each_suite_once() -> None:
    assert Assignment("A", "A", ("8580-500", "8588-101", "8580-501")).suites == ("8580", "8588")
