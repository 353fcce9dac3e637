"""What a plan keeps: what stands as it was planned, who looked at what, and the strategy that it was made by."""

from __future__ import annotations

from datetime import date

from markterm.domain.assessed.strategy import Always, Band, Strategies, Strategy
from tests.domain.sampling.test_proposal import adopted, assessed, proposed


def test_what_stands_keeps_what_was_planned_though_it_would_be_planned_otherwise_by_now() -> None:
    every = [assessed(f"L{number:02}", closed=None, outcome="") for number in range(20)]
    strategies = Strategies(Strategy(interim=20))
    before = proposed(every, strategies=strategies).said
    by_task = (("assignment", "IA-1"),)
    closed = [each._replace(closed=date(2026, 11, 1), outcome="pass", labels=by_task) for each in every]
    after = proposed(closed, adopted(before), day=date(2026, 12, 1)).said
    kept = {(each.learner, each.unit): each for each in after.samples}
    assert {each.stage for each in before.samples} == {"interim", "summative"}
    for was in before.samples:
        now = kept[was.learner, was.unit]
        told = now.how, now.stage, now.risk, now.method, now.verifier, now.due
        assert told == (was.how, was.stage, was.risk, was.method, was.verifier, was.due)
        assert now.drawn or not was.drawn, "what was drawn stays drawn"


def test_how_a_sample_is_verified_names_its_integrated_assignments_and_nothing_else() -> None:
    of_two = (("assignment", "IA-2"), ("assignment", "IA-1"), ("method", "log"))
    (first, second) = proposed(
        [assessed("AAA", labels=of_two), assessed("BBB", labels=(("method", "log"),))]
    ).said.samples
    assert (first.method, second.method) == ("by task of IA-1, IA-2", "evidence and decisions")


def test_what_was_looked_at_is_no_load_of_whoever_looked_and_nobody_has_to_look_again() -> None:
    every = [assessed(f"L{number:02}") for number in range(12)]
    done = {each.key: "ines" for each in every[:6]}
    strategies = Strategies(Strategy(amber=(Band(None, 100),)))
    said = proposed(every, strategies=strategies, done=done).said
    theirs = [each.verifier for each in said.samples if (each.learner, each.unit) not in done]
    assert (theirs.count("ines"), theirs.count("omar")) == (3, 3)
    gone = proposed(every[:1], strategies=strategies, verifiers=(), done={every[0].key: "old"})
    assert gone.nobody == {}


def test_the_plan_keeps_the_strategy_as_it_was() -> None:
    shares = {risk: [[None, 50]] for risk in ("red", "amber", "green")}
    half = (Band(None, 50),)
    said = proposed([assessed("AAA")], strategies=Strategies(Strategy(half, half, half, always=frozenset()))).said
    usual = said.strategy["usual"]
    assert isinstance(usual, dict)
    assert (usual["shares"], usual["always"], "square_root" in usual) == (shares, [], False)
    by_root = Strategies(Strategy(by_root=True, always=frozenset({Always.OPEN_CASE})))
    usual = proposed([assessed("AAA")], strategies=by_root).said.strategy["usual"]
    assert isinstance(usual, dict)
    assert (usual["square_root"], usual["always"], "shares" in usual) == (True, ["open_case"], False)
