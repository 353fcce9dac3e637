"""An assignment is written so that it is read back as it was, and a changed sheet changes in its own lines only."""

from __future__ import annotations

from dataclasses import replace
from difflib import unified_diff

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markterm.domain.assessed.assignment import Assignment, Cell, Task
from markterm.domain.words.errors import WrongUse
from markterm.sheets.assignment_file import read_assignment
from markterm.sheets.assignment_writer import ASSIGNMENT_WRITER
from tests.examples import examples
from tests.seen_text import seen_text
from tests.sheets.test_assignment_file import CUPS, SHEET, TEA, assignment_of, cells

_words = seen_text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), min_size=1, max_size=30)
_lines = _words.map(lambda text: " ".join(text.split())).filter(bool)
_briefs = st.lists(st.from_regex(r"[A-Za-z][A-Za-z .,\n]{0,40}[a-z.]", fullmatch=True), max_size=2).map("\n\n".join)
_unit_codes = st.from_regex(r"[A-Z0-9]{1,5}-[0-9]{3}", fullmatch=True)


@st.composite
def assignments(draw: st.DrawFn) -> Assignment:
    """Assignments that a sheet can hold."""
    units = tuple(draw(st.lists(_unit_codes, min_size=1, max_size=3, unique=True)))
    numbers = st.builds("{}.{}".format, st.integers(1, 3), st.integers(1, 12)) | st.sampled_from(["P1", "A.P1", "3.1a"])
    named = st.lists(st.builds(Cell, st.sampled_from(units), numbers), max_size=6, unique=True)
    tasks = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        carried = tuple(draw(named))
        decided = frozenset(draw(st.sets(st.sampled_from(carried)))) if carried else frozenset()
        tasks.append(Task(number, draw(_lines), draw(_briefs), carried, draw(st.just("") | _lines), decided))
    return Assignment(
        code=draw(_lines),
        title=draw(_lines),
        units=units,
        tasks=tuple(tasks),
        approved=draw(st.none() | st.dates()),
        approval=draw(st.just("") | _lines),
        guidance=draw(_briefs),
        mixed_suites=draw(st.booleans()),
    )


def changed_lines(before: str, after: str) -> list[str]:
    differences = list(unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""))
    return [line for line in differences[2:] if not line.startswith("@@")]


@settings(deadline=None, max_examples=examples(30))
@given(assignments())
def test_a_written_assignment_is_read_back_as_it_was(assignment: Assignment) -> None:
    assert read_assignment(ASSIGNMENT_WRITER.render(assignment)).sheet == assignment


@settings(deadline=None, max_examples=examples(20))
@given(assignments(), assignments())
def test_a_sheet_changed_to_say_another_assignment_says_it(before: Assignment, after: Assignment) -> None:
    reading = read_assignment(ASSIGNMENT_WRITER.render(before))
    assert read_assignment(ASSIGNMENT_WRITER.rewrite(reading, after)).sheet == after
    assert ASSIGNMENT_WRITER.rewrite(reading, before) == reading.source


@pytest.mark.parametrize("sheet", [SHEET, SHEET.replace("\n", "\r\n"), "\ufeff" + SHEET, SHEET.rstrip("\n")])
def test_a_sheet_with_nothing_changed_stays_byte_for_byte(sheet: str) -> None:
    assert ASSIGNMENT_WRITER.rewrite(read_assignment(sheet), assignment_of(sheet)) == sheet


def with_task(assignment: Assignment, task: Task) -> Assignment:
    return replace(assignment, tasks=tuple(task if task.number == old.number else old for old in assignment.tasks))


def test_a_criterion_that_is_added_touches_only_its_line_and_ranges_elsewhere_stay() -> None:
    assignment = assignment_of(SHEET)
    task = assignment.tasks[1]
    more = replace(task, cells=(*task.cells, Cell(CUPS, "1.1")))
    after = ASSIGNMENT_WRITER.rewrite(read_assignment(SHEET), with_task(assignment, more))
    assert changed_lines(SHEET, after) == ["-- T-102: 1.2", "+- T-102: 1.2, 1.1"]


def test_a_new_task_title_brief_and_evidence_touch_their_own_lines() -> None:
    assignment = assignment_of(SHEET)
    task = replace(assignment.tasks[1], title="Serve in C #", brief="Serve.", evidence="photograph")
    after = ASSIGNMENT_WRITER.rewrite(read_assignment(SHEET), with_task(assignment, task))
    assert changed_lines(SHEET, after) == [
        "-## Task 2 Do it",
        "+## Task 2 Serve in C # ##",
        "-Make the tea, and wash up.",
        "+Serve.",
        "+- evidence: photograph",
    ]


def test_a_changed_sheet_keeps_its_line_ends_and_its_byte_order_mark() -> None:
    source = "\ufeff" + SHEET.replace("\n", "\r\n")
    after = ASSIGNMENT_WRITER.rewrite(read_assignment(source), replace(assignment_of(SHEET), approval="QM-2"))
    assert after == source.replace("QM-118", "QM-2")


def test_a_sheet_of_no_assignment_is_written_anew() -> None:
    assert ASSIGNMENT_WRITER.rewrite(read_assignment("nothing"), assignment_of(SHEET)) == SHEET.replace(
        "1.1-1.3", "1.1, 1.2, 1.3"
    )


@pytest.mark.parametrize(
    "assignment",
    [
        Assignment("", "No code", (TEA,)),
        Assignment("A", "Two lines", (TEA,), (Task(1, "a\nb"),)),
        Assignment("A", "Same number", (TEA,), (Task(1, "a", cells=cells(TEA, "1.1", "1.1")),)),
        Assignment("A", "Not its own unit", (TEA,), (Task(1, "a", cells=cells(CUPS, "1.1")),)),
        Assignment("A", "Not a number", (TEA,), (Task(1, "a", cells=cells(TEA, "one")),)),
        Assignment("A", "A brief that names criteria", (TEA,), (Task(1, "a", "- T-101: 1.1"),)),
    ],
)
def test_an_assignment_that_no_sheet_can_hold_is_refused_and_not_written_differently(assignment: Assignment) -> None:
    with pytest.raises(WrongUse) as refusal:
        ASSIGNMENT_WRITER.render(assignment)
    assert refusal.value.title == "This assignment cannot be written"
