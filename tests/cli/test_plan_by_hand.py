"""`markterm plan`: what is changed by hand, and what that does in the learners' records."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from markterm.centre.recorder import Recorded
from markterm.centre.verification import Verification
from markterm.domain.words.errors import Refused
from tests.centres import add_learner
from tests.cli.conftest import Ask
from tests.cli.planned import DAYS, adopted, not_in_it


@pytest.mark.usefixtures("assessed")
def test_by_hand_a_sample_is_added_dated_assigned_and_dropped_each_with_a_reason(ask: Ask) -> None:
    adopted(ask)
    learner, unit = not_in_it(ask)
    asked = ("--why", "a visit", "--as", "ines")
    assert ask("plan", "--add", learner, unit, "--on", "2030-11-03", "--to", "omar", *asked).code == 0
    samples = ask("plan", "--json").json["samples"]
    (sample,) = [each for each in samples if (each["registration"], each["unit"]) == (learner, unit)]
    assert (sample["planned_for"], sample["verifier"]) == ("2030-11-03", "omar")
    assert sample["because"] == [f"added by ines on {date.today()}: a visit"]
    assert ask("plan", "--date", learner, unit, "--on", "2031-01-05", *asked).code == 0
    assert ask("plan", "--assign", learner, unit, "--to", "ines", *asked).code == 0
    assert ask("plan", "--method", learner, unit, "--by", " ", *asked).code == 2
    assert ask("plan", "--method", learner, unit, "--by", "interview", *asked).code == 0
    (sample,) = [
        each
        for each in ask("plan", "--json").json["samples"]
        if each["registration"] == learner and each["unit"] == unit
    ]
    assert (sample["method"], sample["verifier"]) == ("interview", "ines")
    assert "2031-01-05" in ask("plan").out
    assert ask("plan", "--drop", learner, unit, *asked).code == 0
    why = ask("why", learner, unit)
    assert f"{unit} of {learner} is not in the sampling plan 2020-01-01 to 2099-12-31, because" in why.out
    assert "dropped by ines" in why.out
    ask("plan", "--adopt", "--as", "ines")
    assert (learner, unit) == not_in_it(ask), "what was dropped by hand is not proposed again"


@pytest.mark.usefixtures("assessed")
def test_what_is_added_without_a_day_or_a_verifier_has_the_usual_day_and_whoever_has_the_fewest(ask: Ask) -> None:
    samples = adopted(ask)
    key = not_in_it(ask)
    fewest = min(("ines", "omar"), key=lambda who: (sum(each["verifier"] == who for each in samples), who))
    due = date.today() + timedelta(28)
    answer = ask("plan", "--add", *key, "--why", "a visit", "--as", "ines")
    assert f"{' '.join(key)}: added for {due} to {fewest} in the plan" in answer.out
    (sample,) = [each for each in ask("plan", "--json").json["samples"] if (each["registration"], each["unit"]) == key]
    assert (sample["assessor"], sample["stage"], sample["due"]) == ("asha", "summative", str(due))
    assert sample["risk"] in ("red", "amber", "green")


@pytest.mark.usefixtures("assessed")
def test_several_are_changed_at_once_and_what_one_does_not_take_stops_no_other(ask: Ask) -> None:
    samples = adopted(ask)
    first, second = [(str(each["registration"]), str(each["unit"])) for each in samples[:2]]
    assert ask("plan", "--drop", *first, "--why", "away", "--as", "ines").code == 0
    answer = ask("plan", "--drop", *first, "--drop", *second, "--why", "away", "--as", "ines")
    assert answer.code == 3
    assert f"{' '.join(first)} was not changed: {first[1]} of {first[0]} was dropped by ines" in answer.err
    assert f"{' '.join(second)}: dropped in the plan for 2020-01-01 to 2099-12-31." in answer.out
    added = ask("plan", "--add", *first, "--add", *second, "--why", "back", "--json", "--as", "ines").json
    assert [(each["body"]["learner"], each["body"]["unit"]) for each in added] == [first, second]


def is_sampled(ask: Ask, learner: str, unit: str) -> bool:
    """Whether the caseload says that the unit is sampled."""
    rows: list[dict[str, Any]] = ask("status", "--json").json
    units = next(row["units"] for row in rows if row["registration"] == learner)
    return any(each["sampled"] for each in units if each["code"] == unit)


@pytest.mark.usefixtures("assessed")
def test_what_is_dropped_is_sampled_no_more_in_the_learners_record_until_it_is_added_again(ask: Ask) -> None:
    adopted(ask)
    assert is_sampled(ask, "AAA1", "T-101")
    dropped = ask("plan", "--drop", "AAA1", "T-101", "--why", "She left.", "--as", "ines")
    assert "AAA1 T-101 is sampled no more" in dropped.err
    assert not is_sampled(ask, "AAA1", "T-101")
    told = ask("log", "AAA1", "--unit", "T-101").out
    assert "attempt 1 is sampled no more" in told
    assert "dropped from the sampling plan: She left." in told
    shown = {(each["registration"], each["unit"]) for each in ask("plan", "--json").json["samples"]}
    assert ("AAA1", "T-101") not in shown
    assert ask("plan", "--add", "AAA1", "T-101", "--why", "She came back.", "--as", "ines").code == 0
    assert is_sampled(ask, "AAA1", "T-101")


@pytest.mark.usefixtures("assessed")
def test_what_somebody_looked_at_stays_sampled_when_it_is_dropped(ask: Ask) -> None:
    adopted(ask)
    assert ask("verify", "AAA1", "T-101", "--agree", "--as", "ines").code == 0
    dropped = ask("plan", "--drop", "AAA1", "T-101", "--why", "It was the wrong one.", "--as", "ines")
    assert (dropped.code, "no more" in dropped.err) == (0, False)
    assert is_sampled(ask, "AAA1", "T-101")


@pytest.mark.usefixtures("assessed")
def test_what_one_record_does_not_take_is_told_and_the_next_ones_go_on(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    samples = ask("plan", *DAYS, "--json").json["samples"]
    sample, first = Verification.sample, samples[0]

    def refusing(own: Verification, learner: str, unit: str, why: str, **more: Any) -> Recorded:
        if (learner, unit) == (first["registration"], first["unit"]):
            raise Refused("No", "It is held.", "Wait.")
        return sample(own, learner, unit, why, **more)

    with monkeypatch.context() as patched:
        patched.setattr(Verification, "sample", refusing)
        answer = ask("plan", *DAYS, "--adopt", "--as", "ines")
    assert f"{first['registration']} {first['unit']} is in the plan, and its record does not say so: It is held." in (
        answer.err
    )
    assert f"Recorded as sampled in {len(samples) - 1} unit" in answer.err
    assert "Recorded as sampled in 1 unit." in ask("plan", "--adopt", "--as", "ines").err, "done the next time"
    assert ask("plan", "--adopt", "--as", "asha").code == 3


def test_what_is_added_before_anything_is_decided_waits_for_that(assessed: Path, ask: Ask) -> None:
    adopted(ask)
    add_learner(assessed, "DDD4", "Ben Ode")
    assert ask("plan", "--add", "DDD4", "101", "--why", "the assessor is new", "--as", "ines").code == 0
    (sample,) = [each for each in ask("plan", "--json").json["samples"] if each["registration"] == "DDD4"]
    assert sample["state"] == "nothing decided yet"
