"""progress, and the credits in status."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from markterm.cli import progress
from tests.assignments import add_qualifications, register
from tests.cli.conftest import Ask

ASHA = ("--as", "asha")
TODAY = date.today()


@pytest.fixture(autouse=True)
def on_two_qualifications(centre: Path) -> Path:
    """The tiny centre with two qualifications, and AAA1 on both since 100 days."""
    add_qualifications(centre)
    since = (TODAY - timedelta(days=100)).isoformat()
    register(centre, "AAA1", qualifications="[T-AWARD, T-CERT]", registered=since)
    return centre


def finish(ask: Ask, unit: str, numbers: str) -> None:
    """Pass the criteria and close the unit."""
    ask("mark", "AAA1", unit, numbers, "pass", *ASHA)
    ask("declare", "AAA1", "--form", "signed sheet", *ASHA)
    assert ask("close", "AAA1", unit, *ASHA).code == 0


def test_a_unit_passed_once_counts_in_both_qualifications(ask: Ask) -> None:
    finish(ask, "101", "1.1,1.2,2.1")
    award, certificate = ask("progress", "AAA1", "--json").json["qualifications"]
    assert (award["credits"], award["needed"], award["complete"]) == (1, 1, True)
    assert award["sentence"] == "It is complete, with 1 credit."
    assert (certificate["credits"], certificate["needed"], certificate["complete"]) == (1, 3, False)
    assert [unit["code"] for unit in certificate["gained_by"]] == ["T-101"]
    assert certificate["missing"] == [{"code": "T-102", "title": "Washing Up", "credit": 2}]
    assert certificate["sentence"] == "Pass T-102 (2 credits) to complete it."


def test_progress_is_told_with_what_is_missing_and_the_days_left_and_a_bar_where_it_is_looked_at(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish(ask, "101", "1.1,1.2,2.1")
    assert "\n1 of 3 credits\n" in ask("progress", "AAA1").out
    monkeypatch.setattr(progress, "draws", lambda: True)
    answer = ask("progress", "AAA1")
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0] == "Rosalind Jones AAA1 T-AWARD T-CERT"
    certificate = lines[lines.index("T-CERT Certificate in Tea") + 1 :]
    assert certificate[0] == "█" * 13 + "░" * 27 + " 1 of 3 credits"
    assert "  T-101 Making Tea, 1 credit" in certificate
    assert "  T-102 Washing Up, 2 credits" in certificate
    assert "  · All of group 1 (2 units): 1 passed." in certificate
    ends = (TODAY - timedelta(days=100)).replace(year=(TODAY - timedelta(days=100)).year + 3)
    assert certificate[-2] == f"Time: {(ends - TODAY).days} days left, to {ends}."
    assert certificate[-1] == "Pass T-102 (2 credits) to complete it."


def test_a_unit_that_is_passed_and_not_closed_gives_no_credits_yet(ask: Ask) -> None:
    ask("mark", "AAA1", "101", "1.1,1.2,2.1", "pass", *ASHA)
    assert [each["credits"] for each in ask("progress", "AAA1", "--json").json["qualifications"]] == [0, 0]


def test_a_unit_that_was_reopened_gives_no_credits_any_more(ask: Ask) -> None:
    finish(ask, "101", "1.1,1.2,2.1")
    ask("reopen", "AAA1", "101", "--reason", "A page was missing.", *ASHA)
    assert [each["complete"] for each in ask("progress", "AAA1", "--json").json["qualifications"]] == [False, False]


def test_time_that_is_over_is_said(ask: Ask, centre: Path) -> None:
    register(centre, "AAA1", qualifications="[T-CERT]", registered="2010-02-28")
    assert "Time: over since 2013-02-28, " in ask("progress", "AAA1").out
    assert ask("progress", "AAA1", "--json").json["qualifications"][0]["days_left"] < 0


def test_of_who_left_no_time_runs(ask: Ask) -> None:
    assert "days left, to" in ask("progress", "AAA1").out
    ask("learner", "left", "AAA1", "--why", "Moved away.", *ASHA)
    assert "Time:" not in ask("progress", "AAA1").out
    assert ask("progress", "AAA1", "--json").json["qualifications"][0]["days_left"] is None


def test_a_qualification_without_a_sheet_is_named_and_stops_no_other(ask: Ask, centre: Path) -> None:
    register(centre, "AAA1", qualifications="[T-AWARD, T-LOST]")
    answer = ask("progress", "AAA1")
    assert answer.code == 0
    assert "T-LOST: there is no sound sheet for this qualification" in answer.out
    shown = ask("progress", "AAA1", "--json").json
    assert shown["without_sheet"] == ["T-LOST"]
    assert [each["code"] for each in shown["qualifications"]] == ["T-AWARD"]


def test_a_learner_on_no_qualification_is_told_so(ask: Ask) -> None:
    answer = ask("progress", "BBB2")
    assert (answer.code, answer.out) == (0, "Nneka Okafor BBB2\n")
    assert "`qualification:` in learner.md" in answer.err
    assert ask("progress", "nobody at all").code == 2


def test_nobody_is_told_of_progress_by_a_sheet_that_can_never_be_reached(ask: Ask, centre: Path) -> None:
    file = centre / "mark_sheets" / "qualifications" / "T-CERT.md"
    file.write_text(file.read_text("utf-8").replace("total: 3 credits", "total: 300 credits"), "utf-8")
    assert ask("progress", "AAA1", "--json").json["without_sheet"] == ["T-CERT"]
    assert (
        "T-CERT: there is no sound sheet for this qualification; markterm check says why" in ask("progress", "AAA1").out
    )


def test_status_has_the_credits_of_each_qualification(ask: Ask) -> None:
    finish(ask, "101", "1.1,1.2,2.1")
    assert "T-AWARD 1/1 ✓, T-CERT 1/3" in ask("status", "AAA1").out
    (row,) = ask("status", "AAA1", "--json").json
    assert row["credits"] == [
        {"qualification": "T-AWARD", "gained": 1, "needed": 1, "complete": True},
        {"qualification": "T-CERT", "gained": 1, "needed": 3, "complete": False},
    ]
    assert ask("status", "AAA1", "--json").json == [row], "the index tells the same"


def test_a_sheet_of_a_qualification_that_changed_changes_the_credits(ask: Ask, centre: Path) -> None:
    finish(ask, "101", "1.1,1.2,2.1")
    assert ask("status", "AAA1", "--json").json[0]["credits"][0]["complete"] is True
    file = centre / "mark_sheets" / "qualifications" / "T-AWARD.md"
    certificate = (centre / "mark_sheets" / "qualifications" / "T-CERT.md").read_text("utf-8")
    file.write_text(certificate.replace("T-CERT", "T-AWARD"), "utf-8")
    assert ask("status", "AAA1", "--json").json[0]["credits"][0] == {
        "qualification": "T-AWARD",
        "gained": 1,
        "needed": 3,
        "complete": False,
    }
