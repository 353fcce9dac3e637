"""Observations of assessors at the command line: planned, due and recorded."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.bodies.observing import AssessorObserved, ObservingStep, SeenHow
from tests.cli.conftest import Ask

TODAY = date.today()
PLAN = ("assessor-observation", "asha", "--plan", str(TODAY), "--unit", "101", "--why", "Each year.", "--as", "ines")

pytestmark = pytest.mark.usefixtures("centre")


def test_what_is_planned_is_recorded_with_strengths_and_development(ask: Ask) -> None:
    assert ask("assessor-observation").out == "Nothing is planned or recorded.\n"
    planned = ask(*PLAN, "--json").json
    assert (planned["state"], planned["unit"], planned["verifier"]) == ("planned", "T-101", "ines")
    listed = ask("assessor-observation", "asha").out
    assert f" observation of asha, T-101: planned until {TODAY}, by ines (Each year.)\n" in listed
    assert ask("assessor-observation", "ben", "--json").json == []
    done = ask(
        *("assessor-observation", "--planned", planned["id"][:8], "--on", str(TODAY), "--record", "She waits."),
        *("--strengths", "Open questions.", "--development", "Say what comes next.", "--as", "ines"),
    )
    assert done.out == (
        f"{planned['id'][:8]} observation of asha, T-101: recorded\n  {TODAY} by ines: She waits.\n"
        "    strengths: Open questions.\n    development: Say what comes next.\n"
    )


def test_a_learner_and_a_witness_are_asked(ask: Ask) -> None:
    words = ("assessor-observation", "asha", "--on", str(TODAY), "--record", "Fair.", "--as", "ines", "--how")
    assert "learner interview of asha, AAA1: recorded" in ask(*words, "learner", "--learner", "rosalind").out
    assert "witness interview of asha, Mr Ode: recorded" in ask(*words, "witness", "--witness", "Mr Ode").out
    assert ask(*words, "witness").code == 3


def test_what_is_overdue_is_named_until_it_is_recorded_or_dropped(ask: Ask, centre: Path) -> None:
    before = Centre.open(centre, member="ines", clock=lambda: datetime.now(UTC) - timedelta(days=9))
    due = TODAY - timedelta(days=5)
    said = AssessorObserved(ObservingStep.PLANNED, "ben", SeenHow.OBSERVATION, due=due)
    uid = before.observations.plan(said).uid
    before.close_down()
    assert f"! overdue since {due}, by ines" in ask("assessor-observation").out
    assert f"MC42 warning the observation of ben by ines was planned until {due}" in ask("check").out
    words = ("assessor-observation", "--planned", uid, "--drop", "--why", "Ben has left.", "--as", "ines")
    assert "dropped, Ben has left." in ask(*words).out
    assert "MC42" not in ask("check").out


@pytest.mark.parametrize(
    ("words", "code", "title"),
    [
        ((*PLAN, "--record", "x"), 2, "What is to be done?"),
        (("assessor-observation", "asha", "--on", str(TODAY)), 2, "What is to be done?"),
        (("assessor-observation", "--record", "x", "--as", "ines"), 2, "Of whom?"),
        (("assessor-observation", "--drop", "--as", "ines"), 2, "Which one?"),
        (("assessor-observation", "--drop", "--planned", "ffff"), 2, "No such observation"),
        (("assessor-observation", "nobody"), 2, "No such member"),
        ((*PLAN[:3], "soon", "--as", "ines"), 2, "Which day?"),
        ((*PLAN[:3], "2020-01-01", "--as", "ines"), 3, "That day is over"),
        ((*PLAN[:-1], "asha"), 3, "Only a verifier plans observations"),
        (("assessor-observation", "ines", *PLAN[2:]), 3, "Only assessors are observed"),
        (("assessor-observation", "asha", "--record", "x", "--as", "ines"), 3, "What was seen, and on which day?"),
    ],
)
def test_what_is_none_is_refused_in_words(ask: Ask, words: tuple[str, ...], code: int, title: str) -> None:
    answer = ask(*words, "--json")
    assert (answer.code, answer.error["title"]) == (code, title)
