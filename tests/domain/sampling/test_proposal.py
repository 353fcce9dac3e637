"""What is proposed: by the strategy, shared among who may look, and explained for ever by what was adopted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from markterm.domain.assessed.strategy import Always, Risk, Strategies, Strategy
from markterm.domain.record.bodies.planning import PlanChange, PlanChanged, Planned
from markterm.domain.record.plans import Adopted, ByHand, Given, Key, StandingPlan
from markterm.domain.record.states import VerificationState
from markterm.domain.sampling.assessed_unit import Answered, AssessedUnit
from markterm.domain.sampling.candidate import Stage
from markterm.domain.sampling.candidates import candidates_of
from markterm.domain.sampling.drawn import drawn_part
from markterm.domain.sampling.proposal import Proposal, proposal
from markterm.domain.sampling.rules import rules_of, to_draw
from markterm.domain.sampling.table import Table, Where, sampled_without, table
from markterm.domain.sampling.why import why

AGREED, NOT_AGREED = VerificationState.AGREED, VerificationState.NOT_AGREED
BEGINS, ENDS, TODAY = date(2026, 9, 1), date(2027, 8, 31), date(2026, 10, 1)
EMPTY = StandingPlan(BEGINS, ENDS)
NOON = datetime(2026, 10, 1, 12, tzinfo=UTC)


def amber(_assessor: str, _unit: str) -> Risk:
    return Risk.AMBER


def assessed(learner: str, unit: str = "T-101", assessor: str = "asha", **more: Any) -> AssessedUnit:
    closed = date(2026, 9, 20)
    said = AssessedUnit(learner, unit, "T-CERT", assessor, (assessor,), ((assessor, closed),), closed, "pass")
    return said._replace(**more)


def units(learners: int, seed: int = 0) -> list[AssessedUnit]:
    random = Random(seed)
    return [
        assessed(f"L{number:05}", unit, f"a{random.randrange(4)}", outcome=random.choice(["pass", "pass", "refer"]))
        for number in range(learners)
        for unit in ("T-101", "T-102")
    ]


def proposed(
    every: list[AssessedUnit],
    stands: StandingPlan = EMPTY,
    strategies: Strategies = Strategies(),  # noqa: B008  # frozen, and never changed
    verifiers: tuple[str, ...] = ("ines", "omar"),
    now_called: dict[Key, Key] | None = None,
    done: dict[Key, str] | None = None,
    day: date = TODAY,
) -> Proposal:
    people = {each.key: each.people for each in every}

    def may_not(verifier: str, key: Key) -> str:
        return f"{verifier} decided in it" if verifier in people.get(key, ()) else ""

    return proposal(
        candidates_of(every, BEGINS, ENDS, TODAY, amber, strategies),
        strategies,
        stands,
        verifiers,
        may_not,
        seed="2026",
        day=day,
        heads="h",
        now_called=now_called or {},
        done=done or {},
    )


def adopted(said: Planned, *changes: PlanChanged) -> StandingPlan:
    by_hand = tuple(ByHand(f"c{number}", "ines", NOON, each) for number, each in enumerate(changes))
    return StandingPlan(BEGINS, ENDS, (Adopted("p", "ines", NOON, said),), by_hand)


def changed(what: PlanChange, key: Key, **more: object) -> PlanChanged:
    return PlanChanged(BEGINS, ENDS, *key, what, "a reason", **more)  # type: ignore[arg-type]  # as it takes them


def keys(said: Planned) -> list[Key]:
    return [(each.learner, each.unit) for each in said.samples]


@pytest.mark.parametrize("learners", [0, 1, 17, 18, 19, 100, 101])
def test_of_any_number_each_rule_gets_what_it_asks_and_every_sample_has_a_verifier(learners: int) -> None:
    said = proposed(units(learners)).said
    assert all(rule.got >= min(rule.asked, rule.of) for rule in said.rules)
    assert all(each.because and each.verifier and each.due == date(2026, 10, 29) for each in said.samples)
    shares = [sum(each.verifier == who for each in said.samples) for who in ("ines", "omar")]
    assert max(shares) - min(shares) <= 1
    assert said.drawn_from == 2 * learners
    assert sum(len(group.learners) for group in said.candidates) == 2 * learners


def test_what_was_closed_in_the_period_or_is_open_is_chosen_from_and_nothing_else() -> None:
    every = [
        assessed("NOW"),
        assessed("OPEN", closed=None, outcome="", began=(("asha", date(2020, 1, 1)),)),
        assessed("BEFORE", closed=date(2026, 8, 31), began=(("asha", date(2026, 8, 1)),)),
        assessed("AFTER", closed=date(2027, 9, 1)),
    ]
    found = candidates_of(every, BEGINS, ENDS, TODAY, amber, Strategies())
    assert [(each.learner, each.stage) for each in found] == [("NOW", Stage.SUMMATIVE), ("OPEN", Stage.INTERIM)]
    edges = [assessed("FIRST", closed=BEGINS), assessed("LAST", closed=ENDS), assessed("OPEN", closed=None, outcome="")]
    found = candidates_of(edges, BEGINS, ENDS, ENDS, amber, Strategies())
    assert [each.learner for each in found] == ["FIRST", "LAST", "OPEN"], "the first and the last day are days of it"
    over = candidates_of(every, BEGINS, ENDS, date(2027, 9, 1), amber, Strategies())
    assert [each.learner for each in over] == ["NOW"], "what is open now was not assessed in a period that is over"


def test_labels_are_as_the_centre_calls_them_and_several_may_be_one_or_none() -> None:
    labels = {"evidence": {".docx": "written work", ".pdf": "written work", ".tmp": ""}, "location": {"2": "Depot"}}
    own = (("evidence", ".docx"), ("evidence", ".pdf"), ("evidence", ".tmp"), ("location", "2"), ("method", "log"))
    (found,) = candidates_of([assessed("L1", labels=own)], BEGINS, ENDS, TODAY, amber, Strategies(labels=labels))
    assert found.labels == {("evidence", "written work"), ("location", "Depot"), ("method", "log")}
    plan = proposed([assessed("L1", labels=own)], strategies=Strategies(labels=labels))
    assert plan.said.strategy["labels"] == labels, "what was asked stays said"
    assert any(each.words == "one of every kind: location Depot" for each in plan.said.rules)


def test_the_first_unit_of_an_assessor_is_their_first_also_when_it_was_before_the_period() -> None:
    old, new = assessed("OLD", closed=date(2020, 1, 1), began=(("asha", date(2020, 1, 1)),)), assessed("NEW")
    (candidate,) = candidates_of([old, new], BEGINS, ENDS, TODAY, amber, Strategies())
    assert Always.FIRST_DECISIONS not in candidate.always
    (candidate,) = candidates_of([new], BEGINS, ENDS, TODAY, amber, Strategies())
    assert Always.FIRST_DECISIONS in candidate.always


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"attempt": 2}, Always.RESUBMISSIONS),
        ({"in_training": True}, Always.IN_TRAINING),
        ({"not_agreed": True}, Always.NOT_AGREED_BEFORE),
        ({"has_open_case": True}, Always.OPEN_CASE),
    ],
)
def test_what_is_always_sampled_is_in_the_plan_and_says_so(more: dict[str, Any], reason: Always) -> None:
    every = [*units(60), assessed("ZZZ", **more)]
    (sample,) = [each for each in proposed(every).said.samples if each.learner == "ZZZ"]
    assert (sample.how, reason.words in sample.because) == ("always", True)
    never = Strategies(Strategy(always=frozenset(Always) - {reason}))
    assert reason.words not in [rule.words for rule in proposed(every, strategies=never).said.rules]


def test_a_learner_who_joins_adds_and_what_stands_stays_as_it_was() -> None:
    every = units(50)
    before = proposed(every).said
    joined = [*every, assessed("ZZZ", assessor="new"), assessed("AAA", "T-102", "a1")]
    after = proposed(joined, adopted(before), day=date(2026, 12, 1))
    assert [each for each in after.said.samples if (each.learner, each.unit) in keys(before)] == list(before.samples)
    assert after.new == tuple(key for key in keys(after.said) if key not in keys(before))
    assert ("ZZZ", "T-101") in after.new


def test_what_was_dropped_by_hand_stays_out_and_what_was_added_stays_in() -> None:
    every = units(50)
    before = proposed(every).said
    out = keys(before)[0]
    added = next(each.key for each in every if each.key not in keys(before))
    stands = adopted(before, changed(PlanChange.DROPPED, out), changed(PlanChange.ADDED, added))
    after = proposed(every, stands).said
    assert out not in keys(after)
    assert added in keys(after)
    assert next(each for each in after.samples if (each.learner, each.unit) == added).because == (
        "added by ines on 2026-10-01: a reason",
    )
    assert drawn_part(adopted(before)) == drawn_part(adopted(after)), "what is dropped was drawn all the same"


def test_a_rule_that_lacks_what_was_dropped_says_so() -> None:
    every = [assessed("AAA"), assessed("BBB")]
    before = proposed(every).said
    after = proposed(every, adopted(before, changed(PlanChange.DROPPED, ("AAA", "T-101")))).said
    assert {rule.why for rule in after.rules if rule.got < rule.asked} == {"1 of them dropped by hand"}


def test_a_verifier_who_left_or_decided_in_it_hands_on_and_whoever_may_keeps_theirs() -> None:
    every = units(30)
    before = proposed(every).said
    left = proposed(every, adopted(before), verifiers=("omar",)).said
    assert {each.verifier for each in left.samples} == {"omar"}
    decided = [each._replace(people=(*each.people, "omar")) if each.learner < "L00010" else each for each in every]
    kept = proposed(decided, adopted(before)).said
    for was, now in zip(before.samples, kept.samples, strict=True):
        assert now.verifier == ("ines" if now.learner < "L00010" else was.verifier)


def test_two_who_swap_look_at_each_others_and_of_one_person_it_is_said() -> None:
    every = [assessed("AAA", assessor="ann"), assessed("BBB", assessor="bob")]
    swapped = proposed(every, verifiers=("ann", "bob")).said
    assert {each.learner: each.verifier for each in swapped.samples} == {"AAA": "bob", "BBB": "ann"}
    alone = proposed(every[:1], verifiers=("ann",))
    assert alone.nobody == {("AAA", "T-101"): "ann decided in it"}
    assert proposed(every[:1], verifiers=()).nobody == {("AAA", "T-101"): "the centre has no verifier"}


def test_what_was_looked_at_by_somebody_who_left_stays_theirs() -> None:
    every = [assessed("AAA")]
    before = proposed(every, verifiers=("old",)).said
    after = proposed(every, adopted(before), verifiers=("ines",), done={("AAA", "T-101"): "old"})
    assert after.said.samples[0].verifier == "old"


def test_a_unit_that_was_renumbered_is_the_same_sample_and_a_learner_who_left_stays_in_it() -> None:
    every = [assessed("AAA"), assessed("GONE")]
    before = proposed(every).said
    after = proposed([assessed("AAA", "T-201")], adopted(before), now_called={("AAA", "T-101"): ("AAA", "T-201")}).said
    assert keys(after) == [("AAA", "T-201"), ("GONE", "T-101")]


def test_a_qualification_has_its_own_strategy() -> None:
    every = [*units(40), *(assessed(f"D{number}")._replace(cohort="T-DIP") for number in range(40))]
    strategies = Strategies(own={"T-DIP": Strategy(by_root=True, drawn=0, always=frozenset())})
    found = candidates_of(every, BEGINS, ENDS, TODAY, amber, Strategies())
    words = [rule.words for rule in rules_of(strategies, found)]
    assert "the square root of 40 learners in T-101, T-DIP" in words
    assert not any("assessed at" in each and "T-DIP" in each for each in words)
    assert to_draw(strategies, found) == to_draw(Strategies(), [each for each in found if each.cohort == "T-CERT"])


def test_it_is_said_of_every_unit_why_it_is_in_the_plan_or_is_not_and_the_same_a_year_later() -> None:
    every = units(40)
    stands = adopted(proposed(every).said)
    answers = {each.key: why(stands, each.key) for each in every}
    for key, answer in answers.items():
        assert answer.sampled is (key in stands.samples)
        assert answer.because
        assert answer.rules
        assert (answer.of, 1 <= answer.place <= 80) == (80, True)
        assert (answer.place <= stands.adopted[0].said.drawn) is (key in drawn_part(stands))
    assert sorted(answer.place for answer in answers.values()) == list(range(1, 81))
    nobody = why(stands, ("LATER", "T-101"))
    assert (nobody.sampled, nobody.rules) == (False, ())
    assert "none of the 80 units" in nobody.because[0]
    written = Planned.read(stands.adopted[0].said.write())
    assert {key: why(adopted(written), key) for key in answers} == answers, "from the record alone"


def test_what_was_changed_by_hand_is_told() -> None:
    every = units(40)
    said = proposed(every).said
    first, second = keys(said)[:2]
    stands = adopted(said, changed(PlanChange.DROPPED, first), changed(PlanChange.DATED, second, day=date(2026, 12, 1)))
    assert why(stands, first).because == ("dropped by ines on 2026-10-01: a reason",)
    assert "planned for 2026-12-01 by ines on 2026-10-01: a reason" in why(stands, second).because


def test_the_table_says_where_each_sample_stands_and_what_the_drawn_part_proves() -> None:
    every = units(40)
    stands = adopted(proposed(every).said)
    drawn = sorted(drawn_part(stands))
    answered = {drawn[0]: False, **dict.fromkeys(drawn[1:], True)}
    states = {key: Answered(TODAY, "ines", AGREED if agrees else NOT_AGREED) for key, agrees in answered.items()}
    now = [each._replace(answered=states.get(each.key)) for each in every]
    shown = table(stands, now, (), {}, date(2026, 12, 1), Strategies(), lambda *_: "")
    where = {row.sample.key: row.where for row in shown.rows}
    assert where[drawn[0]] is Where.NOT_AGREED
    assert {where[key] for key in drawn[1:]} == {Where.AGREED}
    assert {place for key, place in where.items() if key not in answered} == {Where.OVERDUE}
    assert f"{len(drawn)} of 80 drawn and looked at, 1 not agreed: at most" in shown.proves
    assert shown.others == (len(stands.samples) - len(drawn), 0, 0, 0, 0, 0)
    assessors = [row.sample.planned.assessor for row in shown.rows]
    assert assessors == sorted(assessors)


def test_what_was_dropped_from_the_drawn_part_counts_as_not_agreed() -> None:
    every = [each._replace(answered=Answered(TODAY, "ines", AGREED)) for each in units(40)]
    said = proposed(every).said
    first = min(drawn_part(adopted(said)))
    shown = table(adopted(said, changed(PlanChange.DROPPED, first)), every, (), {}, TODAY, Strategies(), lambda *_: "")
    assert ", 1 not agreed" in shown.proves
    assert "1 of the drawn were dropped by hand" in shown.proves


def test_a_sample_whose_learner_is_gone_says_so() -> None:
    stands = adopted(proposed([assessed("AAA")]).said)
    for learners, where in (((), Where.NOT_THERE), (("AAA",), Where.NOT_DECIDED)):
        (row,) = table(stands, [], learners, {}, TODAY, Strategies(), lambda *_: "").rows
        assert row.where is where
    (row,) = table(stands, [], ("AAA",), {}, TODAY, Strategies(), lambda *_: "", left={"AAA"}).rows
    assert row.where is Where.LEFT
    assert replace(row, where=Where.PLANNED) != row


def test_what_somebody_sampled_without_a_plan_stands_in_it_and_counts() -> None:
    every = [each._replace(sampled="") for each in units(40)]
    taken = next(each.key for each in every if each.key not in keys(proposed(every).said))
    by_hand = [each._replace(sampled="sampled by ines: a visit") if each.key == taken else each for each in every]
    said = proposed(by_hand).said
    (sample,) = [each for each in said.samples if (each.learner, each.unit) == taken]
    assert (sample.how, sample.because) == ("standing", ("sampled by ines: a visit",))


def test_what_was_dropped_is_not_proposed_again_because_its_record_says_that_it_was_sampled() -> None:
    every = units(40)
    before = proposed(every).said
    out = keys(before)[0]
    stands = adopted(before, changed(PlanChange.DROPPED, out))
    still = [each._replace(sampled="sampled by ines: a rule") if each.key == out else each for each in every]
    after = proposed(still, stands)
    assert out not in (*keys(after.said), *after.new)


def shown(every: list[AssessedUnit], now: list[AssessedUnit], today: date = TODAY) -> Table:
    return table(adopted(proposed(every).said), now, (), {}, today, Strategies(), lambda *_: "")


def test_what_is_open_is_looked_at_once_it_is_closed_and_then_has_its_days() -> None:
    open_unit = assessed("AAA", closed=None, outcome="")
    (row,) = shown([open_unit], [open_unit], date(2026, 12, 1)).rows
    assert (row.sample.planned.stage, row.where) == ("summative", Where.NOT_CLOSED)
    closed = [assessed("AAA", closed=date(2026, 11, 20))]
    (row,) = shown([open_unit], closed, date(2026, 12, 1)).rows
    assert (row.where, row.by) == (Where.PLANNED, date(2026, 12, 18))
    (row,) = shown([open_unit], closed, date(2026, 12, 19)).rows
    assert row.where is Where.OVERDUE


def test_so_many_are_looked_at_in_between_as_the_strategy_asks() -> None:
    every = [assessed(f"L{number}", closed=None, outcome="") for number in range(8)]
    said = proposed(every, strategies=Strategies(Strategy(interim=25))).said
    assert [each.stage for each in said.samples].count("interim") == 2
    assert {each.stage for each in proposed(every).said.samples} == {"summative"}


@pytest.mark.parametrize(
    ("state", "where", "said"),
    [
        (VerificationState.STALE, Where.STALE, ""),
        (VerificationState.CONFLICT, Where.CONFLICT, "1 in conflict of the drawn: not counted yet."),
        (VerificationState.UNCOUNTERSIGNED, Where.NOT_COUNTERSIGNED, "1 not countersigned of the drawn: not counted"),
    ],
)
def test_an_answer_that_is_stale_or_contradicted_is_shown_as_such_and_proves_nothing(
    state: VerificationState, where: Where, said: str
) -> None:
    every = [assessed("AAA")]
    told = shown(every, [each._replace(answered=Answered(TODAY, "ines", state)) for each in every])
    assert told.rows[0].where is where
    assert not told.rows[0].is_looked_at
    assert "nothing is proved" in told.proves
    assert said in told.proves


def test_an_interim_look_proves_nothing_of_the_whole_unit() -> None:
    every = [assessed("AAA", closed=None, outcome="")]
    now = [each._replace(answered=Answered(TODAY, "ines", AGREED, interim=True)) for each in every]
    told = shown(every, now)
    assert told.rows[0].where is Where.AGREED
    assert "nothing is proved" in told.proves


def test_what_was_drawn_stays_drawn_whatever_the_strategy_says_by_now_and_whatever_was_dropped() -> None:
    every = units(40)
    before = proposed(every).said
    last = next(key for key in drawn_part(adopted(before)) if why(adopted(before), key).place == before.drawn)
    dropped = proposed(every, adopted(before, changed(PlanChange.DROPPED, last)), Strategies(Strategy(drawn=0))).said
    assert dropped.drawn == before.drawn
    assert drawn_part(adopted(proposed(every, adopted(dropped)).said)) == drawn_part(adopted(before))


def test_who_has_less_to_look_at_gets_what_is_new() -> None:
    every = units(30)
    before = proposed(every, verifiers=("ines",)).said
    after = proposed([*every, *(assessed(f"Z{number}", assessor="new") for number in range(3))], adopted(before))
    assert {each.verifier for each in after.said.samples if (each.learner, each.unit) in after.new} == {"omar"}


def test_of_few_learners_so_many_are_drawn_as_the_least_says() -> None:
    found = candidates_of([assessed(f"L{number}") for number in range(3)], BEGINS, ENDS, TODAY, amber, Strategies())
    assert to_draw(Strategies(Strategy(drawn=100)), found) == 3
    assert to_draw(Strategies(Strategy(drawn=0)), found) == 0


GIVEN = Given(NOON - timedelta(days=1), "summative", "omar", date(2027, 3, 1))
SINCE = GIVEN._replace(at=NOON + timedelta(days=1))


def test_what_was_sampled_by_hand_keeps_its_day_in_the_plan() -> None:
    every = [assessed("AAA", sampled="sampled by ines: risk", given=GIVEN)]
    assert [each.due for each in proposed(every).said.samples] == [GIVEN.due]
    interim = [assessed("AAA", sampled="sampled by ines: risk", given=GIVEN._replace(stage="interim"))]
    assert [each.due for each in proposed(interim).said.samples] == [date(2026, 10, 29)], "that is of another look"


def test_whoever_said_last_who_verifies_and_until_when_is_right_the_plan_or_the_learners_record() -> None:
    every = [assessed("AAA")]
    said = proposed(every).said
    (planned,) = said.samples
    for given, verifier, day in (
        (GIVEN, planned.verifier, planned.due),
        (SINCE, "omar", SINCE.due),
        (SINCE._replace(verifier="", due=None), planned.verifier, planned.due),
    ):
        now = [each._replace(sampled="sampled by ines: risk", given=given) for each in every]
        (row,) = table(adopted(said), now, (), {}, TODAY, Strategies(), lambda *_: "").rows
        assert (row.sample.verifier, row.by) == (verifier, day)
        (again,) = proposed(now, adopted(said)).said.samples
        assert (again.verifier, again.due) == (verifier, day)


def test_what_was_sampled_by_hand_stays_with_whom_it_was_given_to() -> None:
    every = [assessed(f"L{number}", sampled="sampled by ines: risk", given=GIVEN) for number in range(4)]
    assert {each.verifier for each in proposed(every).said.samples} == {"omar"}
    own = [each._replace(people=("asha", "omar")) for each in every]
    assert {each.verifier for each in proposed(own).said.samples} == {"ines"}, "omar may not"


def test_what_was_sampled_without_the_plan_is_told_alike_beside_it_and_in_what_is_proposed() -> None:
    stands = adopted(proposed(units(40)).said)
    free = next(each.key for each in units(40) if each.key not in stands.samples)
    now = [each._replace(sampled="sampled by ines: wider") if each.key == free else each for each in units(40)]

    def where(plan: StandingPlan, **more: Any) -> dict[Key, Where]:
        shown = table(plan, now, (), {}, TODAY, Strategies(), lambda *_: "", **more)
        return {row.sample.key: row.where for row in shown.rows}

    again = proposed(now, stands)
    would_stand = where(again.as_it_would_stand(stands, NOON), new=again.new)
    stands_now = where(stands, without=sampled_without(stands, now, {}, TODAY))
    assert stands_now[free] is Where.SAMPLED
    assert would_stand == stands_now
    assert sampled_without(adopted(again.said), now, {}, TODAY) == (), "once adopted it is in the plan"
    out = adopted(again.said, changed(PlanChange.DROPPED, free))
    assert sampled_without(out, now, {}, TODAY) == ()
