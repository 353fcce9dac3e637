"""The rating of an assessor in a unit, with its grounds in words."""

from __future__ import annotations

from datetime import date

import pytest

from markterm.domain.assessed.strategy import Risk, RiskPoints
from markterm.domain.sampling.risk import Grounds, Override, rating

TODAY = date(2026, 11, 28)
SETTLED = Grounds(decisions=80, referrals=8, looked_at=12, standardised=date(2026, 6, 1))


def test_somebody_experienced_whom_verifiers_agree_with_is_green() -> None:
    rated = rating(SETTLED, RiskPoints(), TODAY)
    assert (rated.risk, rated.points) == (Risk.GREEN, 0)
    assert rated.grounds == ("all 12 criteria looked at were agreed",)


def test_somebody_new_is_red_and_it_is_said_why() -> None:
    rated = rating(Grounds(decisions=2), RiskPoints(), TODAY)
    assert rated.risk is Risk.RED
    assert rated.grounds == (
        "2 decisions in the unit: fewer than 10 (3 points)",
        "never took part in a standardisation (2 points)",
    )


@pytest.mark.parametrize(
    ("grounds", "words"),
    [
        (Grounds(80, 8, 12, 1, standardised=TODAY), "1 of 12 criteria looked at were not agreed (2 points)"),
        (Grounds(80, 8, 12, standardised=date(2025, 1, 1)), "696 days since the last standardisation (2 points)"),
        (Grounds(80, 60, 12, 0, False, TODAY, 100, 10), "refers 60 of 80, the others 10 of 100 (1 points)"),
        (Grounds(80, in_training=True, standardised=TODAY), "in training for the unit (4 points)"),
    ],
)
def test_each_ground_is_told(grounds: Grounds, words: str) -> None:
    assert words in rating(grounds, RiskPoints(), TODAY).grounds


def test_few_decisions_say_nothing_about_a_rate() -> None:
    few = Grounds(19, 19, 12, 0, False, TODAY, 100, 10)
    assert not any("refers" in each for each in rating(few, RiskPoints(), TODAY).grounds)


def test_a_person_overrides_it_until_a_day() -> None:
    own = Override(Risk.RED, "New job.", "iris", TODAY)
    assert rating(SETTLED, RiskPoints(), TODAY, own).risk is Risk.RED
    assert rating(SETTLED, RiskPoints(), TODAY, own).grounds == ("iris set it until 2026-11-28: New job.",)
    assert rating(SETTLED, RiskPoints(), date(2026, 11, 29), own).risk is Risk.GREEN
