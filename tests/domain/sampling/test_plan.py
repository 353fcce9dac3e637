"""A plan: every rule is met that can be, it says why, and a learner who joins moves nobody."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from markterm.domain.assessed.strategy import Always, Risk, Strategies
from markterm.domain.sampling.candidate import Candidate
from markterm.domain.sampling.cover import Lacks
from markterm.domain.sampling.plan import EXACT_UP_TO, How, Plan, propose
from markterm.domain.sampling.rules import Rule, rules_of


def candidates(learners: int, seed: int = 0) -> list[Candidate]:
    """Learners of two units, six assessors, three locations, with every outcome and risk."""
    random = Random(seed)
    return [
        Candidate(
            f"L{number:05}",
            unit,
            f"a{random.randrange(6)}",
            "CERT",
            outcome=random.choice(["pass", "pass", "refer"]),
            risk=random.choice(list(Risk)),
            labels=frozenset({("location", f"s{number % 3}"), ("method", random.choice(["report", "observation"]))}),
            always=frozenset({Always.RESUBMISSIONS} if random.random() < 0.03 else ()),
        )
        for number in range(learners)
        for unit in ("8580-500", "8580-501")
    ]


def planned(some: list[Candidate], **more: object) -> Plan:
    return propose(some, rules_of(Strategies(), some), "2026-27", len(some) // 20, **more)  # type: ignore[arg-type]  # as propose takes them


def keys(plan: Plan) -> set[tuple[str, str]]:
    return {each.candidate.key for each in plan.samples}


@pytest.mark.parametrize("learners", [0, 1, 2, 17, 18, 19, 100, 101])
def test_every_rule_gets_what_it_asks(learners: int) -> None:
    plan = planned(candidates(learners))
    assert all(answer.got >= min(answer.rule.asked, len(answer.rule.among)) for answer in plan.answers)
    assert all(answer.why for answer in plan.answers if answer.got < answer.rule.asked)
    assert all(each.because for each in plan.samples), "each sample says why"
    assert plan.lower_bound <= len(plan.samples) <= 2 * learners


def test_a_rule_that_cannot_be_met_says_why() -> None:
    some = candidates(3)
    (answer,) = propose(some, [Rule("seven of them", 7, (0, 1, 2))], "s", 0).answers
    assert (answer.got, answer.why) == (3, "there are only 3")


def test_the_same_question_has_the_same_plan_in_whatever_order_the_learners_come() -> None:
    some = candidates(60)
    mixed = Random(3).sample(some, len(some))
    assert planned(some).samples == planned(mixed).samples
    assert keys(planned(some)) != keys(propose(some, rules_of(Strategies(), some), "another seed", 6))


def test_a_learner_who_joins_moves_nobody() -> None:
    some = candidates(80)
    before = planned(some)
    more = [*some, Candidate("NEW1", "8580-500", "a9", "CERT", outcome="refer")]
    standing = {each.candidate.key: each.because for each in before.samples}
    after = planned(more, standing=standing, drawn_before=before.drawn)
    assert keys(before) <= keys(after)
    assert ("NEW1", "8580-500") in keys(after), "the only work of a new assessor"


def test_the_drawn_part_stays_a_beginning_of_the_random_order() -> None:
    some = candidates(80)
    first = planned(some)
    assert len(first.drawn) == len(some) // 20
    without = [each for each in some if each.key not in list(first.drawn)[:2]]
    later = propose(without, rules_of(Strategies(), without), "2026-27", 0, drawn_before=first.drawn)
    assert later.drawn == first.drawn & {each.key for each in without}
    assert later.drawn_from == len(without)


def test_what_is_always_sampled_is_all_in_it() -> None:
    some = candidates(100)
    resubmitted = {each.key for each in some if Always.RESUBMISSIONS in each.always}
    assert resubmitted
    assert resubmitted <= keys(planned(some))


def test_a_sample_says_whether_it_stood_was_drawn_or_chosen() -> None:
    some = candidates(40)
    plan = planned(some, standing={some[0].key: ("by hand: the centre's first learner",)})
    first = next(each for each in plan.samples if each.candidate == some[0])
    assert first.how is How.STANDING
    assert first.because == ("by hand: the centre's first learner",)
    assert {each.how for each in plan.samples} >= {How.STANDING, How.DRAWN, How.CHOSEN}


def random_rules(random: Random, count: int) -> list[Rule]:
    rules = []
    for number in range(random.randint(1, 6)):
        among = tuple(sorted(random.sample(range(count), random.randint(1, count))))
        rules.append(Rule(f"rule {number}", random.randint(0, len(among)), among))
    return rules


def fewest(rules: list[Rule], count: int) -> int:
    for size in range(count + 1):
        for some in combinations(range(count), size):
            if all(len(set(rule.among) & set(some)) >= rule.asked for rule in rules):
                return size
    return count


def test_of_few_candidates_no_plan_is_smaller() -> None:
    random = Random(1971)
    for _ in range(60):
        count = random.randint(1, 9)
        some = [Candidate(f"L{number}", "u", "a") for number in range(count)]
        rules = random_rules(random, count)
        plan = propose(some, rules, "s", 0)
        assert len(plan.samples) == plan.lower_bound == fewest(rules, count)


def test_of_many_the_plan_meets_every_rule_and_stays_above_its_bound() -> None:
    random = Random(7)
    for _ in range(40):
        count = random.randint(EXACT_UP_TO + 1, 60)
        some = [Candidate(f"L{number}", "u", "a") for number in range(count)]
        rules = random_rules(random, count)
        plan = propose(some, rules, "s", 0)
        assert all(answer.got >= answer.rule.asked for answer in plan.answers)
        assert plan.lower_bound <= len(plan.samples)


def test_later_plans_of_few_are_the_smallest_that_hold_what_stands() -> None:
    random = Random(1960)
    for _ in range(40):
        count = random.randint(3, 9)
        some = [Candidate(f"L{number}", "u", "a") for number in range(count)]
        rules, stood = random_rules(random, count), random.sample(range(count), 2)
        left = [
            Rule(each.words, each.asked - len(set(stood) & set(each.among)), tuple(set(each.among) - set(stood)))
            for each in rules
        ]
        plan = propose(some, rules, "s", 0, standing={some[place].key: ("stood",) for place in stood})
        assert len(plan.samples) == len(stood) + fewest(left, count)


def test_what_no_choice_can_do_without_is_never_more_than_the_smallest_choice() -> None:
    random = Random(230)
    close = 0
    for _ in range(60):
        count = random.randint(4, 9)
        rules = random_rules(random, count)
        lacks, smallest = Lacks(rules, count, ()), fewest(rules, count)
        assert lacks.least_more() <= smallest
        assert lacks.least_more_by_weights(smallest) <= smallest
        assert len(lacks.greedy(range(count))) >= smallest
        close += max(lacks.least_more(), lacks.least_more_by_weights(smallest)) == smallest
    assert close > 55, "nearly always it is just that"


def test_whom_later_choices_made_needless_is_not_chosen() -> None:
    # 0 is taken first, for two rules; whoever is taken for the other two serves these as well.
    rules = [Rule("a", 1, (0, 1)), Rule("b", 1, (0, 2)), Rule("c", 1, (1, 3)), Rule("d", 1, (2, 4))]
    assert sorted(Lacks(rules, 5, ()).greedy(range(5))) == [1, 2]
