"""across and next: one criterion of every learner, and the next open one anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.centres import add_learner
from tests.cli.conftest import Ask, put_in_conflict

ASHA = ("--as", "asha")
NOTE = "Nneka Okafor warmed no pot, says BBB2; her diary.md is nokafor-diary.md."


@pytest.fixture(autouse=True)
def decided(centre: Path, ask: Ask) -> Path:
    """The tiny centre, in which 1.2 is referred for BBB2."""
    assert ask("mark", "BBB2", "101", "1.2", "refer", "--note", NOTE, *ASHA).code == 0
    return centre


def test_who_waits_and_what_was_decided_stand_below_the_criterion(ask: Ask) -> None:
    answer = ask("across", "101", "1.2")
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0] == "T-101 1.2 Warm the pot"
    assert lines[2:5] == ["Waiting: 2", "  AAA1  Rosalind Jones  · open", "  CCC3  Zoé Núñez       · open"]
    assert lines[6] == "Decided: 0 pass, 1 refer"
    assert lines[7].startswith("  BBB2  Nneka Okafor  ✗ refer  ")
    assert lines[7].endswith("  asha")
    assert lines[8] == f"      {NOTE}"


def test_only_the_decisions_are_shown_when_that_is_asked_for(ask: Ask) -> None:
    assert "Waiting" not in ask("across", "101", "1.2", "--decided").out
    assert "waiting" not in ask("across", "101", "1.2", "--decided", "--json").json


def test_it_is_told_as_json(ask: Ask, centre: Path) -> None:
    put_in_conflict(centre)
    told = ask("across", "T-101", "1.2", "--json").json
    assert (told["unit"], told["version"], told["criterion"]) == ("T-101", "2026-01", "1.2")
    assert {(each["registration"], each["state"]) for each in told["waiting"]} == {
        ("AAA1", "conflict"),
        ("CCC3", "open"),
    }
    (decision,) = told["decided"]
    assert (decision["name"], decision["result"], decision["note"], decision["by"]) == (
        "Nneka Okafor",
        "refer",
        NOTE,
        "asha",
    )
    assert (told["pass"], told["refer"]) == (0, 1)


def test_blind_it_says_nothing_of_who_they_are(ask: Ask) -> None:
    for words in (("--blind",), ("--blind", "--json")):
        answer = ask("across", "101", "1.2", *words)
        for tell in ("AAA1", "BBB2", "CCC3", "Rosalind", "Jones", "Nneka", "kafor", "Zo", "N\u00fa"):
            assert tell not in answer.out, tell
    told = ask("across", "101", "1.2", "--blind", "--json").json
    names = {each["name"] for each in (*told["waiting"], *told["decided"])}
    assert names == {"Learner 1", "Learner 2", "Learner 3"}
    (decision,) = told["decided"]
    label = decision["name"]
    # An id leads to the record, and a reason or the title of a task may hold a name.
    assert not decision.keys() & {"uid", "reason", "task_title", "batch"}
    assert decision["note"] == f"{label} warmed no pot, says {label}; her diary.md is {label}-diary.md."


def test_a_unit_or_a_criterion_that_there_is_not_is_wrong_use(ask: Ask) -> None:
    for unit, number in (("999", "1.1"), ("101", "9.9")):
        answer = ask("across", unit, number)
        assert answer.code == 2
        assert "What to do" in answer.err


def test_the_next_open_criterion_is_the_first_in_the_order_of_the_caseload(ask: Ask) -> None:
    answer = ask("next")
    assert (answer.code, answer.out.splitlines()) == (0, ["Nneka Okafor BBB2", "T-101 1.1 Boil the water"])
    assert ask("next", "waiting:assessor", "jones").out.startswith("Rosalind Jones AAA1")
    assert ask("next", "no:such").code == 2
    assert ask("next", "--sort", "registration", "--json").json == {
        "registration": "AAA1",
        "name": "Rosalind Jones",
        "cpd_overdue": 0,
        "unit": "T-101",
        "version": "2026-01",
        "criterion": "1.1",
        "text": "Boil the water",
        "state": "open",
        "due_on": None,
        "new_files": 1,
    }


def test_when_nothing_is_open_it_says_so_and_ends_with_1(ask: Ask, centre: Path) -> None:
    for learner in ("AAA1", "BBB2", "CCC3"):
        for unit, numbers in (("101", "1.1,1.2,2.1"), ("102", "1.1,1.2")):
            assert ask("mark", learner, unit, numbers, "pass", *ASHA).code == 0
    add_learner(centre, "DDD4", "Dai Davies", evidence="")
    answer = ask("next")
    assert (answer.code, answer.out) == (1, "")
    assert "Nothing is open" in answer.err
    assert ask("next", "--json").json == {}
