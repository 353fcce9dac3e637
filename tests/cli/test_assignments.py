"""Assignments on the command line: the combined sheet, the matrix, marking in a task."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.cli.matrix import Coverage
from markterm.domain.assessed.assignment import Assignment, Cell, Task
from markterm.domain.assessed.unit import Criterion, LearningOutcome, Unit
from tests.assignments import ASSIGNMENT, add_assignment, register
from tests.centres import UNITS
from tests.cli.conftest import Ask
from tests.pace import grows_evenly

ASHA = ("--as", "asha")
IN_TASK_1 = ("--assignment", "T-IA", "--task", "1")


@pytest.fixture(autouse=True)
def on_the_assignment(centre: Path) -> Path:
    """The tiny centre with the assignment, and AAA1 on it."""
    add_assignment(centre)
    register(centre, "AAA1", units="[]", assignments="[T-IA]")
    return centre


def test_a_decision_in_a_task_says_so_and_counts_in_the_unit(ask: Ask) -> None:
    answer = ask("mark", "AAA1", "101", "1.1", "pass", *IN_TASK_1, *ASHA)
    assert answer.code == 0
    assert "T-101 1.1 decided ✓ pass, in T-IA, task 1, recorded" in answer.out
    unit = ask("show", "AAA1", "101", "--json").json["units"][0]
    (decision,) = unit["outcomes"][0]["criteria"][0]["decisions"]
    assert (decision["assignment"], decision["task"], decision["batch"]) == ("T-IA", 1, None)
    assert ", in T-IA, task 1\n" in ask("show", "AAA1", "101").out
    assert "decided ✓ pass, in T-IA, task 1\n" in ask("log", "AAA1").out
    assert "decided in T-IA, task 1):" in ask("sheet", "AAA1", "101").out


def test_a_decision_outside_of_an_assignment_says_nothing_of_one(ask: Ask) -> None:
    ask("mark", "AAA1", "101", "1.1", "pass", *ASHA)
    assert "T-IA" not in ask("log", "AAA1").out + ask("sheet", "AAA1", "101").out
    (decision,) = ask("show", "AAA1", "101", "--json").json["units"][0]["outcomes"][0]["criteria"][0]["decisions"]
    assert (decision["assignment"], decision["task"], decision["marks"]) == (None, None, None)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--assignment", "T-IA", "--task", "3"), "T-IA has no task 3. Nothing was marked."),
        (("--assignment", "T-IA", "--task", "2"), "Task 2 of T-IA does not carry T-101 1.1. Nothing was marked."),
        (("--assignment", "T-IA"), "--assignment was given without --task"),
        (("--task", "1"), "--task was given without --assignment"),
        (("--assignment", "T-XX", "--task", "1"), "AAA1 is not on an assignment T-XX"),
    ],
)
def test_a_task_that_does_not_fit_is_wrong_use_and_marks_nothing(ask: Ask, words: tuple[str, ...], said: str) -> None:
    answer = ask("mark", "AAA1", "101", "1.1", "pass", *words, *ASHA)
    assert answer.code == 2
    assert said in answer.err
    assert ask("log", "AAA1").out == ""


def test_one_criterion_of_several_that_the_task_does_not_carry_marks_none(ask: Ask) -> None:
    answer = ask("mark", "AAA1", "101", "1.1,2.1", "pass", *IN_TASK_1, *ASHA)
    assert answer.code == 2
    assert "does not carry T-101 2.1" in answer.err
    assert "It carries T-101 1.1, 1.2; T-102 1.1." in answer.err
    assert ask("log", "AAA1").out == ""


def test_the_combined_sheet_goes_task_by_task_and_ends_with_an_outcome_for_each_unit(ask: Ask) -> None:
    ask("mark", "AAA1", "101", "1.1,1.2,2.1", "pass", *ASHA)
    ask("declare", "AAA1", "--form", "signed sheet", *ASHA)
    ask("close", "AAA1", "101", "--no-feedback", *ASHA)
    ask("mark", "AAA1", "102", "1.1", "pass", *ASHA)
    ask("mark", "AAA1", "102", "1.2", "refer", "--note", "One cup is wet.", *ASHA)
    ask("close", "AAA1", "102", "--no-feedback", *ASHA)
    answer = ask("sheet", "AAA1", "--assignment", "IA")
    assert answer.code == 0
    assert answer.out.startswith("# Combined mark sheet T-IA Tea for Two\n")
    outcomes = answer.out.split("## Outcomes")[1]
    assert "### T-101 Making Tea\n\n**PASS** (attempt 1)" in outcomes
    assert "### T-102 Washing Up\n\n**REFERRAL** (attempt 1)" in outcomes
    assert ask("sheet", "AAA1", "--assignment", "IA", "--json").json["markdown"] == answer.out


def test_the_combined_sheet_goes_to_a_file_as_any_sheet_does(ask: Ask) -> None:
    assert ask("sheet", "AAA1", "--assignment", "T-IA", "-o", "sheet.md").out == ""
    assert Path("sheet.md").read_text("utf-8") == ask("sheet", "AAA1", "--assignment", "T-IA").out


@pytest.mark.parametrize("words", [(), ("101", "--assignment", "T-IA")])
def test_a_sheet_is_of_a_unit_or_of_an_assignment_and_not_of_both_or_none(ask: Ask, words: tuple[str, ...]) -> None:
    answer = ask("sheet", "AAA1", *words)
    assert answer.code == 2
    assert answer.err.startswith("Which sheet?")


def test_a_learner_who_is_not_on_the_assignment_has_no_combined_sheet(ask: Ask) -> None:
    answer = ask("sheet", "BBB2", "--assignment", "T-IA")
    assert answer.code == 2
    assert "`assignment:` in their learner.md" in answer.err


def test_a_damaged_record_is_said_on_the_combined_sheet(ask: Ask) -> None:
    ask("mark", "AAA1", "101", "1.1", "pass", *ASHA)
    (file,) = Path("records", "AAA1").glob("*.log")
    file.write_bytes(file.read_bytes() + b"what is this?\n")
    answer = ask("sheet", "AAA1", "--assignment", "T-IA")
    assert "The record behind this sheet is incomplete" in answer.out
    assert "incomplete" in answer.err


def test_the_matrix_has_a_row_for_each_task_and_a_column_for_each_unit(ask: Ask) -> None:
    answer = ask("matrix", "T-IA")
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0] == "T-IA Tea for Two"
    assert [line.split() for line in lines[2:5]] == [
        ["Task", "T-101", "T-102"],
        ["1", "Make", "a", "pot", "1.1", "(1.2)", "1.1"],
        ["2", "Serve", "and", "clear", "1.2*", "2.1", "1.2"],
    ]
    assert lines[6:] == [
        "3.1* is decided in this task; others carry it too",
        "(3.1) is decided in another task",
        "",
        "T-IA: brief not verified",
    ]


def test_the_matrix_as_json_has_the_task_that_decides(ask: Ask) -> None:
    shown = ask("matrix", "IA", "--json").json
    assert shown["units"] == ["T-101", "T-102"]
    twice = {"unit": "T-101", "criterion": "1.2", "carried_by": [1, 2], "decided_in": 2}
    assert [task["criteria"].count(twice) for task in shown["tasks"]] == [1, 1]
    assert [shown[gap] for gap in ("not_covered", "decided_in_no_single_task", "units_without_mark_sheet")] == [
        [],
        [],
        [],
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("**1.2**, 2.1", "**1.2**", "Not covered by any task:\n  T-101 2.1 Pour the tea\n"),
        (
            "- T-102: 1.2\n",
            "- T-102: 1.2\n\n## Task 3 Again\n\n- T-102: 1.1\n\n## Task 4 And again\n\n- T-102: 1.1\n",
            "Decided in no single task:\n  T-102 1.1 Rinse the cups\n",
        ),
        ("units: [T-101, T-102]", "units: [T-101, T-102, T-999]", "T-999: the centre has no mark sheet for this unit"),
    ],
)
def test_the_matrix_ends_with_1_and_says_what_is_not_covered(
    ask: Ask, centre: Path, old: str, new: str, said: str
) -> None:
    add_assignment(centre, ASSIGNMENT.replace(old, new))
    answer = ask("matrix", "T-IA")
    assert answer.code == 1
    assert said in answer.out
    assert ask("matrix", "T-IA", "--json").code == 1


@pytest.mark.parametrize(("code", "said"), [("nope", "no assignment nope"), ("", "no assignment")])
def test_the_matrix_of_an_assignment_that_is_not_there_is_wrong_use(ask: Ask, code: str, said: str) -> None:
    answer = ask("matrix", code)
    assert answer.code == 2
    assert said in answer.err
    assert "It has T-IA." in answer.err


def test_an_assignment_that_names_a_missing_unit_has_its_sheet_and_is_not_marked_by(ask: Ask, centre: Path) -> None:
    named = ASSIGNMENT.replace("units: [T-101, T-102]", "units: [T-101, T-102, T-999]")
    add_assignment(centre, named.replace("- T-102: 1.2\n", "- T-102: 1.2\n- T-999: 1.1-1.3\n"))
    register(centre, "AAA1", assignments="[T-IA]")
    refused = ask("mark", "AAA1", "102", "1.2", "pass", "--assignment", "T-IA", "--task", "2", *ASHA)
    assert refused.code == 2
    assert "They are on no assignment with a sound sheet" in refused.err
    assert ask("mark", "AAA1", "102", "1.2", "pass", *ASHA).code == 0
    sheet = ask("sheet", "AAA1", "--assignment", "T-IA").out
    assert "| Unit T-999 | not marked: the learner's mark sheet of this unit is missing |" in sheet
    assert "*Not marked: 1.1, 1.2, 1.3. The learner's mark sheet of this unit is missing.*" in sheet
    matrix = ask("matrix", "T-IA")
    assert matrix.code == 1
    assert "The sheet of this assignment has errors: markterm check names them." in matrix.err


def test_a_task_that_was_removed_while_half_marked_leaves_its_decisions_counting(ask: Ask, centre: Path) -> None:
    ask("mark", "AAA1", "101", "2.1", "pass", "--assignment", "T-IA", "--task", "2", *ASHA)
    add_assignment(centre, ASSIGNMENT.partition("## Task 2")[0])
    sheet = ask("sheet", "AAA1", "--assignment", "T-IA").out
    tasks, not_covered = sheet.split("## Not covered by any task")
    assert "2.1 Pour the tea" not in tasks
    assert "#### 2.1 Pour the tea\n\n**Decision: ✓ Pass**\n\nAssessor feedback (Asha Patel" in not_covered
    assert "decided in T-IA, task 2" in not_covered
    assert "Criteria of all units, each counted once: 1 passed, 4 open of 5." in sheet
    assert ask("show", "AAA1", "101", "--json").json["units"][0]["outcomes"][1]["criteria"][0]["state"] == "pass"


def test_a_wording_that_changed_after_marking_began_is_said_on_both_sheets(ask: Ask, centre: Path) -> None:
    ask("mark", "AAA1", "101", "1.1", "pass", *IN_TASK_1, *ASHA)
    reworded = UNITS["T-101"].replace("Boil the water", "Bring the water to the boil")
    (centre / "mark_sheets" / "units" / "T-101.md").write_text(reworded, "utf-8")
    for words in (("101",), ("--assignment", "T-IA")):
        sheet = ask("sheet", "AAA1", *words).out
        assert "# 1.1 Bring the water to the boil" in sheet
        assert "**Decision: ≠ Does not fit the sheet**" in sheet
        assert "*Decided on another wording: Boil the water*" in sheet
        assert "0 of 3 criteria passed" in sheet


def test_a_new_version_of_a_unit_leaves_the_sheet_in_the_version_it_was_begun_in(ask: Ask, centre: Path) -> None:
    ask("mark", "AAA1", "101", "1.1", "pass", *IN_TASK_1, *ASHA)
    newer = UNITS["T-101"].replace("version: 2026-01", "version: 2027-01").replace("Boil the water", "Heat the water")
    (centre / "mark_sheets" / "units" / "T-101-2027.md").write_text(newer, "utf-8")
    sheet = ask("sheet", "AAA1", "--assignment", "T-IA").out
    assert "Making Tea; version 2026-01" in sheet
    assert "#### 1.1 Boil the water" in sheet
    assert "Heat the water" not in sheet


def _big_coverage(count: int) -> Coverage:
    criteria = tuple(Criterion(f"{number // 10 + 1}.{number % 10 + 1}", "Do it") for number in range(50))
    codes = [f"B-{place:03}" for place in range(count)]
    units = {code: Unit(code, "Big", outcomes=(LearningOutcome(1, "", criteria),)) for code in codes}
    cells = [Cell(code, criterion.number) for code in units for criterion in criteria]
    tasks = tuple(Task(number + 1, f"Task of {number}", cells=tuple(cells[number::40])) for number in range(40))
    return Coverage(Assignment("B-IA", "Big", tuple(units), tasks), units)


def test_a_matrix_of_two_hundred_units_fits_the_screen_and_takes_no_more_for_each() -> None:
    assert grows_evenly(lambda count: list(_big_coverage(count).lines()), 10)
    coverage = _big_coverage(200)
    lines = list(coverage.lines())
    assert max(map(len, lines)) <= 80
    assert not coverage.gaps
    assert sum(line.count("B-") for line in lines) == 201


def test_a_task_that_was_renumbered_since_is_told_as_it_was_recorded(ask: Ask, centre: Path) -> None:
    ask("mark", "AAA1", "101", "1.1", "pass", *IN_TASK_1, *ASHA)
    file = centre / "mark_sheets" / "assignments" / "T-IA.md"
    renumbered = file.read_text("utf-8").replace("## Task 2", "## Task 3").replace("## Task 1", "## Task 2")
    in_front = "## Task 1 Buy the tea\n\nBuy it.\n\n- T-101: 2.1\n\n## Task 2"
    file.write_text(renumbered.replace("## Task 2", in_front, 1).replace("**1.2**, 2.1", "**1.2**"), "utf-8")
    told = "T-IA, task 1 then “Make a pot”"
    assert f", in {told}\n" in ask("show", "AAA1", "101").out
    assert f"decided in {told}" in ask("sheet", "AAA1", "101").out
    combined = ask("sheet", "AAA1", "--assignment", "T-IA").out
    assert f"decided in {told}" in combined[combined.index("## Task 2 Make a pot") :]
    (decision,) = ask("show", "AAA1", "101", "--json").json["units"][0]["outcomes"][0]["criteria"][0]["decisions"]
    assert (decision["task"], decision["task_title"]) == (1, "Make a pot")


def test_what_is_no_longer_on_a_sheet_is_not_told_as_not_covered(ask: Ask, centre: Path) -> None:
    ask("mark", "AAA1", "101", "2.1", "refer", "--note", "Spilt.", *ASHA)
    for file, old, new in (
        ("units/T-101.md", "- **2.1** Pour the tea", "- **2.2** Serve the tea"),
        ("assignments/T-IA.md", ", 2.1", ", 2.2"),
    ):
        path = centre / "mark_sheets" / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
    combined = ask("sheet", "AAA1", "--assignment", "T-IA").out
    gone = combined[combined.index("## No longer on the sheet") :]
    assert "2.1 Pour the tea" in gone
    assert "Spilt." in gone
    assert "## Not covered by any task" not in combined


def test_a_comment_on_a_task_stands_on_the_combined_sheet_until_its_units_are_closed(ask: Ask) -> None:
    on_task = ("comment", "AAA1", "--assignment", "T-IA", "--text", "It holds together.")
    assert ask(*on_task, "--task", "1", *ASHA).code == 0
    assert "> It holds together." in ask("sheet", "AAA1", "--assignment", "T-IA").out
    assert "task 1 of T-IA" in ask("show", "AAA1").out
    assert [each["task"] for each in ask("show", "AAA1", "--json").json["task_comments"]] == [1]
    assert (ask(*on_task, "--task", "99", *ASHA).code, ask(*on_task, "--task", "1", "--as", "ines").code) == (2, 3)
