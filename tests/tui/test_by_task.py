"""Marking by the tasks of an integrated assignment, several criteria at once, and by marks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.widgets import TextArea

from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.domain.assessed.assignment import Assignment, Cell, Task
from markterm.domain.assessed.learner import Learner
from markterm.domain.record.event import Kind, Result
from markterm.domain.record.portfolio import Portfolio
from markterm.tui.widgets.criteria_list import CriteriaList
from tests.centres import make_centre_in
from tests.samples import LEARNER, UNIT
from tests.tui.sitting import NARROW, WIDE, Sitting, sitting

SIZES = pytest.mark.parametrize("size", [NARROW, pytest.param(WIDE, marks=pytest.mark.long)], ids=["narrow", "wide"])

ASSIGNMENT = """\
---
kind: assignment
code: T-IA
title: A tea party
units: [T-101, T-102]
approval: 2026-03-02 ref TEA-1
---

## Task 1 Before the guests come

Boil and warm, and rinse what is dusty.

- T-101: 1.1, 1.2
- T-102: 1.1
- evidence: photographs

## Task 2 When they are there

Pour, and tell how the water was.

- T-101: 1.1, 2.1

## Task 3 Afterwards

- T-102: 1.2
"""


def with_an_assignment(folder: Path) -> Path:
    make_centre_in(folder)
    (folder / "mark_sheets" / "assignments").mkdir()
    (folder / "mark_sheets" / "assignments" / "T-IA.md").write_text(ASSIGNMENT, "utf-8")
    learner = folder / "learners" / "AAA1" / "learner.md"
    learner.write_text(learner.read_text("utf-8").replace("assessor:", "assignment: [T-IA]\nassessor:"), "utf-8")
    return folder


def _made(at: Sitting) -> list[tuple[str, str | None, object, object]]:
    """Unit, criterion, assignment and task of every decision on the disk."""
    return [
        (event.subject.unit.code, event.subject.criterion, event.body.get("assignment"), event.body.get("task"))
        for event in at.events()
        if event.kind == Kind.DECIDED and event.subject.unit is not None
    ]


@SIZES
async def test_criteria_of_all_units_are_marked_task_by_task(tmp_path: Path, size: tuple[int, int]) -> None:
    async with sitting(tmp_path, size=size, make=with_an_assignment, learner="AAA1") as at:
        await at.press("t")
        assert "1 Before the guests" in at.text
        assert "T-IA 0/5" in at.text
        await at.press("p", "p", "p")
        assert _made(at) == [("T-101", "1.1", "T-IA", 1), ("T-101", "1.2", "T-IA", 1), ("T-102", "1.1", "T-IA", 1)]
        assert any("Every criterion of task 1 is decided" in told for told in at.told)
        await at.press("space")
        assert at.at == "T-101 2.1", "1.1 was decided in the first task, and is one decision"
        assert "T-IA 3/5" in at.text
        await at.press("p", "space", "p")
        assert "T-IA 5/5" in at.text


@pytest.mark.long
async def test_a_criterion_of_several_tasks_says_where_else_it_is_evidenced(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=with_an_assignment, learner="AAA1") as at:
        await at.press("t")
        assert "also evidenced in task 2" in " ".join(at.text.split())
        await at.press("p", "space")
        rows = [line for line in at.lines if "101 1.1" in line]
        assert len(rows) == 2
        assert all("1.1   ✓ Boil the water" in row for row in rows)


@pytest.mark.long
@SIZES
async def test_the_open_criteria_of_a_task_are_passed_at_once_and_undone_at_once(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with sitting(tmp_path, size=size, make=with_an_assignment, learner="AAA1") as at:
        await at.press("t", "P")
        assert "3 of 3 will be passed" in at.text
        assert "T-101 1.1 (task 2 decides it)  Boil the water" in at.text
        await at.press("j", "space")
        assert "2 of 3 will be passed" in at.text
        await at.press("enter")
        assert [made[:2] for made in _made(at)] == [("T-101", "1.1"), ("T-102", "1.1")]
        batches = {event.body["batch"] for event in at.events()}
        assert len(batches) == 1
        assert at.at == "T-101 1.2"
        at.a_while_later()
        await at.press("u")
        await at.shows("Take back all 2 decisions of task 1 that you made at once")
        await at.type("too soon")
        await at.press("enter")
        assert [event.body["reason"] for event in at.events()[2:]] == ["too soon", "too soon"]
        assert [event.kind for event in at.events()] == ["decided", "decided", "withdrawn", "withdrawn"]
        assert "T-IA 0/5" in at.text


@pytest.mark.long
async def test_those_passed_at_once_are_taken_back_at_once_without_a_reason_within_ten_seconds(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=with_an_assignment, learner="AAA1") as at:
        await at.press("t", "P", "enter")
        assert len(_made(at)) == 3
        await at.press("u")
        await at.until(lambda: len(at.events()) == 6)
        taken = at.events()[3:]
        assert [(event.kind, event.body["reason"]) for event in taken] == [("withdrawn", "slip")] * 3
        assert at.at == "T-102 1.1", "the last of them"


@pytest.mark.long
async def test_one_of_those_passed_at_once_is_marked_again_alone(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=with_an_assignment, learner="AAA1") as at:
        await at.press("t", "P", "enter", "home", "r")
        await at.type("too cold")
        await at.press("enter")
        assert at.decided() == ["1.1 pass", "1.2 pass", "1.1 pass", "1.1 refer"]
        await at.press("home", "U")
        assert "Withdraw the decision on T-101 1.1" in at.text


async def test_what_somebody_referred_while_the_list_was_open_is_not_replaced(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=with_an_assignment, learner="AAA1") as at:
        await at.press("t", "P")
        at.as_other("ben").marking.mark("AAA1", "T-101", "1.1", Result.REFER, "lukewarm")
        await at.press("enter")
        assert at.decided() == ["1.1 refer", "1.1 pass", "1.2 pass", "1.1 pass"]
        assert at.events()[1].supersedes == ()
        assert "! conflict" in at.text


async def test_a_criterion_in_conflict_is_not_passed_with_the_others(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=with_an_assignment, learner="AAA1") as at:
        ours, theirs = at.as_other("asha"), at.as_other("ben")
        shown = (
            theirs.learners.portfolio("AAA1").portfolio.unit(theirs.sheets.units.units["T-101"].key).criterion("1.1")
        )
        ours.marking.mark("AAA1", "T-101", "1.1", Result.PASS)
        theirs.marking.mark("AAA1", "T-101", "1.1", Result.REFER, "lukewarm", shown=shown)
        await at.until(lambda: "! conflict" in at.text)
        await at.press("t", "P")
        assert "2 of 2 will be passed" in at.text


@pytest.mark.long
async def test_a_note_kept_for_the_decision_goes_with_it_also_when_several_are_passed(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=with_an_assignment, learner="AAA1") as at:
        await at.press("t", "n")
        await at.type("it boils")
        await at.press("enter", "P", "enter")
        assert [event.body["note"] for event in at.events()] == ["it boils", "", ""]
        await at.press("home")
        assert "Note kept for the decision" not in at.text


async def test_leaving_the_list_passes_nothing(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=with_an_assignment, learner="AAA1") as at:
        await at.press("t", "P", "escape")
        assert at.events() == ()
        await at.press("P", "space", "space", "space", "enter")
        assert at.events() == ()


@pytest.mark.long
async def test_the_brief_of_the_task_is_at_hand(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=with_an_assignment, learner="AAA1") as at:
        await at.press("T")
        assert any("A brief belongs to a task" in told for told in at.told)
        await at.press("t", "T")
        assert "Boil and warm, and rinse what is dusty." in at.text
        assert "Evidence: photographs" in at.text


@pytest.mark.long
async def test_by_task_and_by_unit_keep_the_criterion(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=with_an_assignment, learner="AAA1") as at:
        await at.press("end", "t")
        assert at.at == "T-102 1.2"
        await at.press("t")
        assert at.at == "T-102 1.2"
        await at.press("p")
        assert _made(at) == [("T-102", "1.2", None, None)]


@pytest.mark.long
async def test_without_an_assignment_there_are_no_tasks(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=with_an_assignment, learner="BBB2") as at:
        await at.press("t")
        assert any("on no integrated assignment" in told for told in at.told)
        await at.press("P")
        assert any("t marks by task" in told for told in at.told)
        assert at.events("BBB2") == ()


@pytest.mark.long
async def test_the_next_learner_begins_unit_by_unit(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=with_an_assignment, learner="AAA1") as at:
        await at.press("t")
        assert "T-IA" in at.text
        await at.press("greater_than_sign")
        await at.until(lambda: "AAA1" not in at.lines[0])
        assert "T-IA" not in at.text


@pytest.mark.long
async def test_a_unit_is_closed_on_its_own_while_another_is_open(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=with_an_assignment, learner="AAA1") as at:
        await at.press("t", "P", "enter", "P", "enter", "home", "D", "enter", "enter", "F")
        assert "Close T-101 as PASS" in at.text
        await at.press("enter", "enter", "enter", "enter")
        assert at.events()[-1].kind != "closed", "Enter asked, so that Enter again is no yes to it"
        await at.press("enter", "y")
        assert [event.kind for event in at.events()][-1] == "closed"


# Marks


def _with_marks(folder: Path) -> Path:
    with_an_assignment(folder)
    unit = folder / "mark_sheets" / "units" / "T-101.md"
    unit.write_text(unit.read_text("utf-8").replace("Boil the water", "Boil the water {20/10}"), "utf-8")
    (folder / "mark_sheets" / "assignments" / "T-IA.md").unlink()
    return folder


@pytest.mark.long
async def test_marks_are_given_and_converted(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=_with_marks, learner="AAA1") as at:
        assert "20 marks, 10 to pass" in at.text
        await at.press("M")
        await at.type("9")
        await at.press("enter")
        assert "A referral needs a note" in at.text
        await at.type(" lukewarm")
        await at.press("enter")
        assert (at.events()[0].body["result"], at.events()[0].body["marks"]) == ("refer", 9)
        await at.press("home", "M")
        await at.type("twelve")
        await at.press("enter")
        assert "No number of marks" in at.text
        await at.press("escape", "M")
        assert at.app.screen.query_one(TextArea).text == "twelve", "what was begun is there again"
        await at.press("ctrl+x", "j", "enter", "M")
        await at.type("12")
        await at.press("enter")
        assert at.decided() == ["1.1 refer", "1.1 pass"]
        assert "12 marks" in " ".join(at.text.split()) or at.at != "T-101 1.1"


@pytest.mark.long
async def test_an_assignment_refuses_marks_and_says_why(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=with_an_assignment, learner="AAA1") as at:
        await at.press("t", "M")
        assert any("units of different size and level do not add up" in told for told in at.told)


@pytest.mark.long
async def test_braces_go_from_task_to_task_and_g_to_a_criterion_of_any(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=with_an_assignment, learner="AAA1") as at:
        await at.press("t", "p", "p", "right_curly_bracket")
        assert at.app.marking.work.place is not None
        assert at.app.marking.work.place.task is not None
        assert at.app.marking.work.place.task.number == 2
        assert at.at == "T-101 2.1", "the first that is open in it"
        await at.press("left_curly_bracket")
        assert at.at == "T-102 1.1"
        await at.press("g")
        await at.type("101 2")
        await at.press("enter")
        assert at.at == "T-101 2.1"
        await at.press("m", "home", "enter")
        assert at.at == "T-101 1.1"


@pytest.mark.parametrize(
    ("codes", "width", "shown"),
    [
        (("D/650/2301", "J/650/2304"), 36, ("2301 1.1", "2304 1.1")),
        (("D/650/2301", "J/650/2304"), 27, ("2301 1.1", "2304 1.1")),
        (("D/650/2301", "J/650/2301"), 36, ("D/6…2301 1.1", "J/6…2301 1.1")),
        (("8580-501", "CRAFT-07"), 27, ("501   1.1", "CR…07 1.1")),
        (("8580-501", "8580-502"), 27, ("501 1.1", "502 1.1")),
    ],
)
def test_by_tasks_it_is_read_of_each_criterion_which_unit_it_is_of_whatever_the_codes_are_like(
    codes: tuple[str, str], width: int, shown: tuple[str, str]
) -> None:
    units = tuple(replace(UNIT, code=code) for code in codes)
    task = Task(1, "One", cells=tuple(Cell(code, "1.1") for code in codes))
    listed = CriteriaList()
    held = LearnerPortfolio(Learner(LEARNER, "Rosalind Jones"), units, Portfolio())
    listed.show(held, Assignment("T-IA", "A tea party", tasks=(task,)))
    lines = ["".join(text for text, _ in listed.line(number, width)) for number in (1, 2)]
    assert [line[3:].startswith(told) for line, told in zip(lines, shown, strict=True)] == [True, True], lines
    assert all(cell_len(line) <= width for line in lines)
