"""A graded unit on the command line: marked, closed with what it reached, and told so in every answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Ask
from tests.graded import GRADED, PASSES, make_graded_centre_in
from tests.standards import OLD, add_mapping, add_standard

ASHA = ("--as", "asha")
_MAPPING = """\
---
kind: mapping
unit: G-1
---

# G-1

| Criterion | Statement | Covers | Note |
|-----------|-----------|--------|------|
| A.M1      | TEA01 P1  | fully  |      |
"""


@pytest.fixture
def graded(alone: Path, ask: Ask) -> Path:
    """A centre whose learner GRD1 has passed every pass criterion, achieved one merit and not the other."""
    make_graded_centre_in(alone)
    ask("declare", "GRD1", "--form", "signed sheet", *ASHA)
    for number in PASSES:
        assert ask("mark", "GRD1", "G-1", number, "pass", *ASHA).code == 0
    assert "● achieved" in ask("mark", "GRD1", "G-1", "A.M1", "pass", *ASHA).out
    assert "○ not achieved" in ask("mark", "GRD1", "G-1", "B.M2", "refer", *ASHA).out
    return alone


@pytest.mark.usefixtures("graded")
def test_it_waits_to_be_closed_though_a_merit_is_not_achieved_and_distinctions_are_open(ask: Ask) -> None:
    shown = ask("show", "GRD1")
    assert "graded: pass so far" in shown.out
    assert "LO1 Plan a stall (A merit so far)" in shown.out
    assert "LO2 Run a stall (B pass so far)" in shown.out
    assert "B.M2 (merit) ○ not achieved" in shown.out
    assert "waits for assessor to close" in shown.out
    (row,) = (each for each in ask("status", "--json").json if each["registration"] == "GRD1")
    assert (row["units"][0]["higher_open"], row["units"][0]["state"]) == (2, "decided")


def test_what_is_for_a_higher_grade_is_achieved_and_not_passed_in_every_answer(graded: Path, ask: Ask) -> None:
    add_standard(graded, OLD, name="TEA01")
    add_mapping(graded, _MAPPING, "G-1")
    assert "G-1 A.M1: ● achieved by Asha Patel" in ask("portfolio-index", "GRD1", "TEA01").out
    told = "4 of 7 criteria passed or achieved"
    assert told in ask("show", "GRD1", "G-1").out
    assert told in ask("sheet", "GRD1", "G-1").out


@pytest.mark.usefixtures("graded")
def test_a_closing_says_what_is_left_and_names_the_grade(ask: Ask) -> None:
    ask("mark", "GRD1", "G-1", "B.M2", "pass", *ASHA)
    closed = ask("close", "GRD1", "G-1", "--feedback", "A good morning.", *ASHA)
    assert "for a higher grade: A.D1, BC.D2 open" in closed.err
    assert "closed ☆ merit" in closed.out
    assert "G-1: merit" in ask("progress", "GRD1").out
    assert ask("progress", "GRD1", "--json").json["grades"] == [{"unit": "G-1", "grade": "merit"}]
    assert "closed as merit" in ask("attempts", "GRD1", "G-1").out
    assert ask("show", "GRD1", "--json").json["units"][0]["closing"]["grade"] == "merit"
    assert "☆ merit" in ask("status", "state:pass").out, "a merit is a pass as well"
    assert "was closed as merit" in ask("submit", "GRD1", "G-1", "--opened", *ASHA).err


@pytest.mark.usefixtures("graded")
def test_a_referral_of_a_report_is_one_for_a_pass_alone(ask: Ask) -> None:
    ask("mark", "GRD1", "G-1", "A.P2", "refer", "--note", "Say who buys.", *ASHA)
    report = ask("report", "referrals", "--by", "criterion")
    assert "A.P2" in report.out
    assert "B.M2" not in report.out
    told = "2 passed, 1 referred; for a higher grade 1 achieved, 1 not achieved"
    assert told in ask("attempts", "GRD1", "G-1").out


def test_nobody_marks_from_a_sheet_that_does_not_say_what_its_levels_are(graded: Path, ask: Ask) -> None:
    sheet = graded / "mark_sheets" / "units" / "G-1.md"
    sheet.write_text(GRADED.replace("graded: yes\n", ""), "utf-8")
    refused = ask("mark", "GRD1", "G-1", "A.D1", "refer", "--note", "No reasons.", *ASHA)
    assert refused.code == 3
    assert "MS127" in ask("check").out
    assert "A.M1" in ask("show", "GRD1").out, "what was marked stays readable"


@pytest.mark.usefixtures("graded")
def test_marking_by_lines_asks_for_no_note_where_nobody_is_referred(ask: Ask) -> None:
    marked = ask("mark", "GRD1", "G-1", "--interactive", *ASHA, stdin="r\n\nq\n")
    assert "Not achieved, which refers nobody. Note?" in marked.err + marked.out
    assert "A.D1 (distinction) ○ not achieved" in ask("show", "GRD1").out


def test_moodle_is_told_no_pass_of_a_merit(graded: Path, ask: Ask) -> None:
    ask("mark", "GRD1", "G-1", "B.M2", "pass", *ASHA)
    ask("close", "GRD1", "G-1", "--feedback", "A good morning.", *ASHA)
    ask("release", "GRD1", "G-1", *ASHA)
    toml, asked = graded / "centre.toml", ("export", "moodle", "G-1", "--worksheet", "grades.csv", "-o", "out.csv")
    words = '\n[moodle]\npass = "Achieved"\nrefer = "Not yet"\n'
    head = 'Identifier,"Full name",Grade,"Last modified (grade)","Feedback comments"'
    (graded / "grades.csv").write_text(f"{head}\r\nParticipant 7,Grace Reed,-,-,\r\n", "utf-8")
    before = toml.read_text("utf-8")
    toml.write_text(before + words, "utf-8")
    assert "word for merit is not in centre.toml" in ask(*asked).err
    toml.write_text(f'{before}{words}merit = "With merit"\n', "utf-8")
    assert ask(*asked).code == 0
    assert "With merit" in (graded / "out.csv").read_text("utf-8")


def test_a_task_that_is_passed_at_once_leaves_what_is_for_a_higher_grade(alone: Path, ask: Ask) -> None:
    make_graded_centre_in(alone)
    folder = alone / "mark_sheets" / "assignments"
    folder.mkdir()
    head = "---\nkind: assignment\ncode: G-IA\ntitle: Stall\nunits: [G-1, T-102]\nsuites: mixed\n---\n\n# G-IA Stall\n"
    task = "\n## Task 1 Plan\n\nPlan it.\n\n- G-1: A.P1, A.P2, A.M1, A.D1, B.P3, B.M2, BC.D2\n- T-102: 1.1, 1.2\n"
    (folder / "G-IA.md").write_text(head + task, "utf-8")
    learner = alone / "learners" / "GRD1" / "learner.md"
    learner.write_text(learner.read_text("utf-8").replace("units: [G-1]", "assignment: [G-IA]"), "utf-8")
    passed = ask("pass-task", "GRD1", "G-IA", "1", "--yes", *ASHA)
    assert passed.code == 0
    assert passed.out.count("decided ✓ pass") == 5
    assert "achieved" not in passed.out
    assert "marked one by one: G-1 A.M1, G-1 A.D1" in passed.err


def test_a_merit_that_gates_the_unit_by_now_is_told_by_check_and_show_alike(graded: Path, ask: Ask) -> None:
    sheet = graded / "mark_sheets" / "units" / "G-1.md"
    sheet.write_text(GRADED.replace("graded: yes", "graded: no"), "utf-8")
    checked = ask("check").out
    assert "MC12" in checked
    assert "(B.M2)" in checked
    shown = ask("show", "GRD1").out
    assert "decided as not achieved for a merit; by now the criterion is for a pass" in shown
    assert "B.M2 ≠ stale" in shown
    assert "✗ refer" not in shown
    assert "not achieved" in ask("carry", "G-1").out
