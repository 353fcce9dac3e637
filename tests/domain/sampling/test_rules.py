"""What a strategy asks for: each rule alone, so that none can go missing behind the others."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from markterm.domain.assessed.strategy import Band, Risk, Strategies, Strategy
from markterm.domain.sampling.before import LookedAtBefore
from markterm.domain.sampling.candidate import Candidate, Stage
from markterm.domain.sampling.plan import propose
from markterm.domain.sampling.rules import Rule, rules_of, to_draw

NO_SHARE = (Band(None, 0),)
NOTHING = Strategy(
    NO_SHARE, NO_SHARE, NO_SHARE, least=0, least_of_assessor=0, least_of_unit=0, drawn=0, always=frozenset()
)


def asks(**more: object) -> Strategies:
    """A strategy that asks for nothing but that."""
    said = {field: getattr(NOTHING, field) for field in Strategy.__dataclass_fields__}
    return Strategies(Strategy(**(said | more)))


def some(count: int, unit: str = "T-101", **more: object) -> list[Candidate]:
    """So many learners of a unit, each with an assessor of their own."""
    candidates = [Candidate(f"L{number:03}", unit, f"a{number}", "T-CERT") for number in range(count)]
    return [each._replace(**more) for each in candidates]  # type: ignore[arg-type]  # as it takes them


def sampled(strategies: Strategies, candidates: list[Candidate], before: LookedAtBefore | None = None) -> int:
    """How many samples a plan of these candidates has."""
    rules = rules_of(strategies, candidates, before or {})
    return len(propose(candidates, rules, "s", to_draw(strategies, candidates)).samples)


def test_a_strategy_that_asks_for_nothing_samples_nothing() -> None:
    assert rules_of(asks(), some(20)) == ()
    assert sampled(asks(), some(20)) == 0


@pytest.mark.parametrize(("of", "asked"), [(0, 0), (1, 1), (2, 2), (3, 3), (4, 3), (100, 3)])
def test_at_least_three_of_a_unit_and_cohort_or_all_of_fewer(of: int, asked: int) -> None:
    assert sampled(asks(least=3), some(of)) == asked
    assert sampled(asks(least=3), [*some(of), *some(of, cohort="T-DIP")]) == 2 * asked, "of each cohort"


def test_of_each_unit_at_least_so_many_are_sampled() -> None:
    candidates = [*some(5), *some(5, "T-102"), *some(1, "T-103")]
    assert sampled(asks(least_of_unit=2), candidates) == 2 + 2 + 1
    assert [rule.words for rule in rules_of(asks(least_of_unit=2), candidates)] == [
        f"at least 2 of unit {unit} in 12 months" for unit in ("T-101", "T-102", "T-103")
    ]


def test_of_each_assessor_at_least_so_many_are_sampled() -> None:
    candidates = [*some(5, assessor="asha"), *some(5, "T-102", assessor="bela"), *some(2, "T-103", assessor="")]
    assert sampled(asks(least_of_assessor=2), candidates) == 2 + 2, "and nothing of nobody's"


def test_what_was_looked_at_before_counts_for_its_own_assessor_and_unit_and_strategy() -> None:
    candidates = [*some(5, assessor="asha"), *some(5, "T-102", assessor="bela")]
    before: Mapping[tuple[str, str, str], int] = {("asha", "T-101", "T-CERT"): 1, ("asha", "T-103", "T-DIP"): 1}
    assert sampled(asks(least_of_assessor=2), candidates, before) == 0 + 2
    assert sampled(asks(least_of_unit=2), candidates, before) == 1 + 2
    own = Strategies(asks(least_of_assessor=2).usual, {"T-DIP": asks(least_of_assessor=2).usual})
    assert sampled(own, candidates, before) == 1 + 2, "a qualification with a strategy of its own counts its own"


@pytest.mark.parametrize(("of", "asked"), [(1, 1), (9, 1), (10, 1), (11, 2), (100, 10), (101, 11)])
@pytest.mark.parametrize("stage", Stage)
def test_the_shares_of_what_is_open_and_of_what_is_closed_are_rounded_up(stage: Stage, of: int, asked: int) -> None:
    others = some(7, "T-102", stage=next(each for each in Stage if each is not stage))
    candidates = [*some(of, stage=stage), *others]
    strategies = asks(**{stage.value: 10})
    assert sampled(strategies, candidates) == asked
    (rule,) = rules_of(strategies, candidates)
    assert (rule.asked, len(rule.among), rule.stage) == (asked, of, stage)


def test_each_risk_has_its_own_bands() -> None:
    strategies = asks(red=(Band(None, 50),), amber=(Band(None, 30),), green=(Band(None, 10),))
    for risk, asked in ((Risk.RED, 10), (Risk.AMBER, 6), (Risk.GREEN, 2)):
        assert sampled(strategies, some(20, risk=risk)) == asked
    together = [*some(20, risk=Risk.RED), *(each._replace(learner=f"G{each.learner}") for each in some(20))]
    together[20:] = [each._replace(risk=Risk.GREEN) for each in together[20:]]
    rules = rules_of(strategies, together)
    assert [(rule.asked, len(rule.among)) for rule in rules] == [(10, 20), (2, 20)], "each of its own learners"


def test_every_outcome_of_every_unit_is_covered() -> None:
    candidates = [
        each._replace(outcome="refer" if number == 7 else "pass")
        for unit in ("T-101", "T-102")
        for number, each in enumerate(some(20, unit))
    ]
    plan = propose(candidates, rules_of(asks(), candidates), "s", 0)
    covered = {(each.candidate.unit, each.candidate.outcome) for each in plan.samples}
    assert covered == {(unit, outcome) for unit in ("T-101", "T-102") for outcome in ("pass", "refer")}
    assert len(plan.samples) == 4
    assert all(
        each.because == (f"one of every kind: {each.candidate.unit} with the outcome {each.candidate.outcome}",)
        for each in plan.samples
    )


def test_every_label_is_covered_and_what_is_open_has_no_outcome_to_cover() -> None:
    candidates = some(20, labels=frozenset({("location", "Leeds")}))
    candidates[3] = candidates[3]._replace(labels=frozenset({("location", "York"), ("method", "log")}))
    plan = propose(candidates, rules_of(asks(), candidates), "s", 0)
    covered = {label for each in plan.samples for label in each.candidate.labels}
    assert covered == {("location", "Leeds"), ("location", "York"), ("method", "log")}
    assert len(plan.samples) == 2


@pytest.mark.parametrize(("percent", "drawn"), [(0, 0), (1, 1), (50, 5), (51, 6), (100, 10)])
def test_so_much_of_what_the_shares_ask_for_is_drawn_rounded_up(percent: int, drawn: int) -> None:
    assert to_draw(asks(amber=(Band(None, 50),), drawn=percent), some(20)) == drawn


def test_of_the_drawn_no_more_are_asked_for_than_there_are() -> None:
    two = [*some(1), *some(1, "T-102")]
    assert to_draw(asks(least=3, drawn=100), two) == 2


def test_the_root_asks_of_each_unit_and_cohort_and_asks_for_no_share_beside_it() -> None:
    strategies = asks(by_root=True, amber=(Band(None, 100),))
    assert sampled(strategies, [*some(17), *some(4, "T-102")]) == 5 + 2


def test_what_is_dropped_comes_back_by_no_rule() -> None:
    candidates = some(4)
    rules = [Rule("always", 4, (0, 1, 2, 3), always=True), Rule("all", 4, (0, 1, 2, 3))]
    out = candidates[0].key
    for drawn in (0, 4):
        plan = propose(candidates, rules, "s", drawn, dropped=[out])
        assert [each.candidate.key for each in plan.samples] == [each.key for each in candidates[1:]]
        assert [answer.why for answer in plan.answers] == ["1 of them dropped by hand"] * 2
        assert (out in plan.drawn) is (drawn == 4), "what was drawn stays drawn"
