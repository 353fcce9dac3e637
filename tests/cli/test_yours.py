"""`markterm yours`: what whoever acts has to do, one thing a line, as the screen lists it."""

from __future__ import annotations

from datetime import date

import pytest

from markterm.centre.duties import Duty, DutyKind
from markterm.cli.yours import _line
from tests.cli.conftest import Ask

ASHA = ("--as", "asha")

pytestmark = pytest.mark.usefixtures("centre")


def test_nothing_is_for_somebody_of_whom_nothing_is_asked_but_that_learners_wait(ask: Ask) -> None:
    answer = ask("yours", *ASHA)
    waiting = "Of the learners 3 wait for you, 3 with new files. markterm status shows them."
    assert (answer.code, answer.out, answer.err.splitlines()) == (
        0,
        "",
        ["0 things for asha to do, 0 overdue.", waiting],
    )


def test_what_came_back_an_action_and_a_report_are_listed_each_with_where_it_is(ask: Ask) -> None:
    ask("mark", "AAA1", "T-101", "1.1,1.2,2.1", "pass", *ASHA)
    ask("declare", "AAA1", "--form", "sheet", *ASHA)
    assert ask("close", "AAA1", "T-101", "--no-feedback", *ASHA).code == 0
    assert ask("sample", "AAA1", "T-101", "--why", "routine", "--as", "ines").code == 0
    assert ask("verify", "AAA1", "T-101", "--not-agreed", "1.1", "No water.", "--as", "ines").code == 0
    late = ask("action", "AAA1", "T-101", "2.1", "--set", "Look.", "--due", "2999-01-31", "--as", "ines")
    assert late.code == 0, late.err
    lines = ask("yours", *ASHA).out.splitlines()
    assert lines[0] == "came back, AAA1 T-101 1.1: No water."
    assert lines[1].startswith("action ")
    assert lines[1].endswith(", AAA1 T-101 2.1, due 2999-01-31: Look.")
    assert lines[2].startswith("report, AAA1 T-101: by ines: ")
    told = ask("yours", *ASHA, "--json").json
    assert [(each["kind"], each["criterion"], each["overdue"]) for each in told[:2]] == [
        ("came back", "1.1", False),
        ("action", "2.1", False),
    ]
    assert told[1]["action"] == ask("action", "AAA1", "--json").json[0]["uid"]
    assert ask("yours", "--as", "ben").out == ""
    assert "markterm yours lists it." in ask("status", *ASHA).err


def test_what_is_overdue_is_marked_by_a_word() -> None:
    duty = Duty(DutyKind.OBSERVATION, "asha, in person", date(2026, 3, 1))
    assert _line(duty, date(2026, 3, 1)) == "observe, the centre, due 2026-03-01: asha, in person"
    assert _line(duty, date(2026, 3, 2)) == "! overdue observe, the centre, due 2026-03-01: asha, in person"


def test_whose_it_is_has_to_be_said(ask: Ask) -> None:
    answer = ask("yours")
    assert (answer.code, "--as" in answer.err) == (2, True)
