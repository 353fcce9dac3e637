"""The least of an assessor and of a unit counts what was looked at or planned in twelve months, not in one plan."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from markterm.domain.assessed.strategy import Band, Strategies, Strategy
from markterm.domain.record.bodies.planning import Planned, PlannedSample
from markterm.domain.record.plans import Adopted, StandingPlan
from markterm.domain.record.states import VerificationState
from markterm.domain.sampling.assessed_unit import Answered, AssessedUnit
from markterm.domain.sampling.before import LookedAtBefore, looked_at_before
from markterm.domain.sampling.candidate import Candidate
from markterm.domain.sampling.plan import propose
from markterm.domain.sampling.rules import rules_of

NOVEMBER = StandingPlan(date(2026, 11, 1), date(2026, 11, 30))
NO_SHARE = (Band(None, 0),)
LEAST_TWO = Strategies(
    Strategy(red=NO_SHARE, amber=NO_SHARE, green=NO_SHARE, least_of_assessor=2, least_of_unit=0, least=0)
)
TWO = (Candidate("L1", "T-101", "asha", "CERT"), Candidate("L2", "T-101", "asha", "CERT"))


def unit(learner: str, answered: date | None = None, assessor: str = "asha") -> AssessedUnit:
    day = date(2025, 9, 1)
    answer = Answered(answered, "ines", VerificationState.AGREED) if answered is not None else None
    return AssessedUnit(
        learner, "T-101", "CERT", assessor, (assessor,), ((assessor, day),), day, "pass", answered=answer
    )


def plan(begins: date, ends: date, *samples: PlannedSample) -> StandingPlan:
    said = Planned(begins, ends, "s", begins, samples=samples)
    return StandingPlan(begins, ends, (Adopted("p", "ines", datetime(2026, 1, 1, tzinfo=UTC), said),))


def before(*units: AssessedUnit, plans: tuple[StandingPlan, ...] = ()) -> LookedAtBefore:
    return looked_at_before(units, plans, NOVEMBER, {("OLD1", "T-101"): ("L9", "T-101")}, {each.key for each in TWO})


@pytest.mark.parametrize(
    ("on", "counts"),
    [
        (date(2025, 11, 30), 0),
        (date(2025, 12, 1), 1),
        (date(2026, 11, 30), 1),
        (date(2026, 12, 1), 0),
    ],
)
def test_what_was_looked_at_counts_for_twelve_months(on: date, counts: int) -> None:
    assert before(unit("L9", on)).get(("asha", "T-101", "CERT"), 0) == counts


def test_what_another_plan_holds_for_a_day_of_these_months_counts_once_under_whatever_name() -> None:
    sample = PlannedSample("OLD1", "T-101", assessor="ben", due=date(2026, 10, 20))
    october = plan(date(2026, 10, 1), date(2026, 10, 31), sample)
    assert before(unit("L9", date(2026, 10, 12)), plans=(october,)) == {("ben", "T-101", "CERT"): 1}
    long_ago = plan(date(2024, 9, 1), date(2025, 11, 30), PlannedSample("L9", "T-101", due=date(2025, 10, 1)))
    assert before(unit("L9"), plans=(long_ago,)) == {}


@pytest.mark.parametrize("ends", [date.min, date.max])
def test_a_plan_that_somebody_wrote_for_the_edge_of_the_calendar_is_reckoned_with(ends: date) -> None:
    asked = StandingPlan(ends, ends)
    assert looked_at_before([unit("L1", ends)], (), asked, {}, ()) == {("asha", "T-101", "CERT"): 1}


def test_what_the_plan_itself_chooses_from_and_holds_is_not_counted_twice() -> None:
    assert before(unit("L1", date(2026, 11, 12))) == {}
    own = plan(*NOVEMBER.period, PlannedSample("L9", "T-101", due=date(2026, 11, 20)))
    assert before(unit("L9"), plans=(own,)) == {}


def test_the_last_day_of_february_has_a_year_before_it() -> None:
    leap = StandingPlan(date(2028, 2, 1), date(2028, 2, 28))
    assert looked_at_before([unit("L9", date(2027, 2, 28))], (), leap, {}, ()) != {}
    assert looked_at_before([unit("L9", date(2027, 2, 27))], (), leap, {}, ()) == {}


@pytest.mark.parametrize(("counted", "chosen"), [(0, 2), (1, 1), (2, 0), (3, 0)])
def test_a_plan_adds_what_the_least_lacks_beside_what_was_looked_at(counted: int, chosen: int) -> None:
    rules = rules_of(LEAST_TWO, TWO, {("asha", "T-101", "CERT"): counted, ("ben", "T-101", "CERT"): 5})
    proposed = propose(TWO, rules, "s", 0)
    assert len(proposed.samples) == proposed.lower_bound == chosen
    answer = next(each for each in proposed.answers if "assessed by asha" in each.rule.words)
    assert (answer.rule.asked, answer.got, answer.why) == (2, counted + chosen, "")


def test_what_was_looked_at_on_a_qualification_with_its_own_strategy_counts_there_alone() -> None:
    own = Strategies(LEAST_TWO.usual, {"DIP": LEAST_TWO.usual})
    rules = rules_of(own, TWO, {("asha", "T-101", "DIP"): 2, ("asha", "T-103", "OTHER"): 1})
    (rule,) = (each for each in rules if "assessed by asha" in each.words)
    assert (rule.before, rule.words) == (1, "at least 2 assessed by asha in 12 months, 1 of them beside this plan")


def test_what_was_enough_before_explains_no_sample() -> None:
    rules = rules_of(LEAST_TWO, TWO, {("asha", "T-101", "CERT"): 2})
    (sample,) = propose(TWO, rules, "s", 0, standing={("L1", "T-101"): ("by hand",)}).samples
    assert sample.because == ("by hand",)
    (drawn,) = propose(TWO, rules, "s", 1).samples
    assert drawn.because == ("drawn at random",)
