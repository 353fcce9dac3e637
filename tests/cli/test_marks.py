"""Marks on the command line, where a sheet has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.assignments import MARKED_UNIT, add_assignment, register
from tests.cli.conftest import Ask

ASHA = ("--as", "asha")


@pytest.fixture(autouse=True)
def with_marks(centre: Path) -> Path:
    """The tiny centre, T-102 of which has marks and is in an assignment that AAA1 is on."""
    (centre / "mark_sheets" / "units" / "T-102.md").write_text(MARKED_UNIT, "utf-8")
    add_assignment(centre)
    register(centre, "AAA1", units="[]", assignments="[T-IA]")
    return centre


def test_marks_from_the_minimum_on_are_a_pass_and_the_conversion_is_said(ask: Ask) -> None:
    answer = ask("mark", "AAA1", "102", "1.1", "--marks", "10", *ASHA)
    assert answer.code == 0
    assert "T-102 1.1 decided ✓ pass, from 10 of 20 marks, 10 to pass, recorded" in answer.out
    assert "from 10 of 20 marks, 10 to pass" in ask("show", "AAA1", "102").out
    assert "from 10 of 20 marks, 10 to pass" in ask("log", "AAA1").out
    (decision,) = ask("show", "AAA1", "102", "--json").json["units"][0]["outcomes"][0]["criteria"][0]["decisions"]
    assert (decision["result"], decision["marks"], decision["maximum"], decision["minimum"]) == ("pass", 10, 20, 10)


def test_marks_below_the_minimum_are_a_referral_that_needs_a_note(ask: Ask) -> None:
    refused = ask("mark", "AAA1", "102", "1.1", "--marks", "9", *ASHA)
    assert refused.code == 3
    assert "A referral needs a note" in refused.err
    answer = ask("mark", "AAA1", "102", "1.1", "--marks", "9", "--note", "The handle is sticky.", *ASHA)
    assert "decided ✗ refer, from 9 of 20 marks, 10 to pass" in answer.out


def test_a_criterion_below_its_minimum_refers_the_unit_whatever_the_total(ask: Ask) -> None:
    ask("mark", "AAA1", "102", "1.1", "--marks", "20", *ASHA)
    ask("mark", "AAA1", "102", "1.2", "--marks", "4", "--note", "One cup is wet.", *ASHA)
    ask("declare", "AAA1", "--form", "signed sheet", *ASHA)
    assert ask("close", "AAA1", "102", "--no-feedback", *ASHA, "--json").json["body"]["outcome"] == "refer"
    sheet = ask("sheet", "AAA1", "102").out
    assert "20 of 20 marks, 10 to pass: Pass\n" in sheet
    assert "4 of 10 marks, 5 to pass: Referral\n" in sheet
    assert "Marks in total: 24 of 30, over 2 of 2 criteria. The total rescues nothing" in sheet
    assert "**REFERRAL**" in sheet


def test_the_combined_sheet_has_no_marks(ask: Ask) -> None:
    ask("mark", "AAA1", "102", "1.1", "--marks", "20", *ASHA)
    assert "marks" not in ask("sheet", "AAA1", "--assignment", "T-IA").out


@pytest.mark.parametrize("more", [("--assignment", "T-IA", "--task", "1"), ("--assignment", "T-IA"), ("--task", "1")])
def test_an_assignment_refuses_marks_and_says_why(ask: Ask, more: tuple[str, ...]) -> None:
    answer = ask("mark", "AAA1", "102", "1.1", "--marks", "12", *more, *ASHA)
    assert answer.code == 3
    assert "units differ in size and level, so their numbers do not add up" in answer.err
    assert ask("log", "AAA1").out == ""


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("102", "1.1"), 2, "Pass or refer?"),
        (("102", "1.1", "pass", "--marks", "12"), 2, "Marks or a result"),
        (("102", "1.1,1.2", "--marks", "5"), 2, "Marks are for one criterion"),
        (("102", "9.9", "--marks", "5"), 2, "No such criterion"),
        (("102", "1.1", "--marks", "21"), 3, "has 0 to 20 marks; 21 is not one of them"),
        (("102", "1.1", "--marks", "-1"), 3, "has 0 to 20 marks; -1 is not one of them"),
        (("102", "1.1", "--marks", "many"), 2, "not a valid integer"),
        (("101", "1.1", "--marks", "5"), 3, "The sheet of T-101 gives 1.1 a pass or a referral, and no marks."),
    ],
)
def test_marks_that_make_no_sense_are_refused(ask: Ask, words: tuple[str, ...], code: int, said: str) -> None:
    answer = ask("mark", "AAA1", *words, *ASHA)
    assert answer.code == code
    assert said in answer.err
    assert ask("log", "AAA1").out == ""


def test_a_sheet_whose_marks_changed_since_says_what_they_were(ask: Ask, centre: Path) -> None:
    ask("mark", "AAA1", "102", "1.1", "--marks", "12", *ASHA)
    changed = MARKED_UNIT.replace("{20/10}", "{40/20}")
    (centre / "mark_sheets" / "units" / "T-102.md").write_text(changed, "utf-8")
    assert "12 of 20 marks, 10 to pass: Pass\n" in ask("sheet", "AAA1", "102").out
