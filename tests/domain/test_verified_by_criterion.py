"""Verification decision by decision: what a verifier's answers are to, what they come to, and when they are stale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from markterm.domain.assessed.policy import Policy
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.verifying import Answer, Report, Sight, Verified
from markterm.domain.record.event import Event, Result
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.record.states import VerificationState
from markterm.domain.record.verifying import INTERIM
from markterm.domain.rules import marking, verification
from markterm.domain.rules.answering import Asked, Said
from markterm.domain.views.due import Owed, Step
from markterm.domain.views.owed import owed
from markterm.domain.views.verified import (
    by_criterion,
    in_a_line,
    not_agreed_as_a_whole,
    same_results,
    told,
    what_holds,
)
from markterm.domain.words.errors import Refused, WrongUse
from tests.domain.test_verification import DECIDED, act, closed, reopened, sampled
from tests.samples import ASSESSOR, AT, KEY, LEARNER, SECOND_ASSESSOR, UNIT, VERIFIER, decision

OTHER = replace(VERIFIER, id="vo", name="Otto Verity")
CLOSED = sampled(closed())
PARTS = Said(agreed=("1.1",), not_agreed={"1.2": "no case is named"}, looked={"1.1": Sight.STATED})


def answered(portfolio: Portfolio, said: Said, uid: str = "answer", by: object = VERIFIER) -> Portfolio:
    assert by in (VERIFIER, OTHER)
    who = OTHER if by is OTHER else VERIFIER
    return portfolio.with_event(verification.verify(act(uid, who), UNIT, portfolio, said))


def looked(portfolio: Portfolio, said: Said, uid: str = "look") -> Portfolio:
    return portfolio.with_event(verification.look(act(uid), UNIT, portfolio, said))


def amended(portfolio: Portfolio, number: str = "1.2") -> Portfolio:
    again = marking.decide(act("again", ASSESSOR), UNIT, portfolio, number, Result.REFER, "Name a case.")
    return portfolio.with_event(again)


def state(portfolio: Portfolio) -> VerificationState:
    return portfolio.unit(KEY).verification


def answers(portfolio: Portfolio) -> dict[str, tuple[bool, str]]:
    (verified,) = portfolio.unit(KEY).after.verifications
    return {each.criterion: (each.agrees, each.by) for each in verified.answers}


def test_an_answer_names_the_decision_that_was_looked_at_and_how() -> None:
    said = said_in(verification.verify(act("answer"), UNIT, CLOSED, PARTS), Verified)
    assert said is not None
    assert said.answers == (
        Answer("1.1", "d1.1", True, "", Sight.STATED),
        Answer("1.2", "d1.2", False, "no case is named"),
    )
    assert (said.closing, said.agrees) == ("closing", False)


def test_a_unit_is_agreed_when_every_answer_is() -> None:
    assert state(CLOSED) is VerificationState.OPEN
    assert state(answered(CLOSED, PARTS)) is VerificationState.NOT_AGREED
    some = answered(CLOSED, Said(agreed=("1.1", "2.1")))
    assert state(some) is VerificationState.AGREED
    assert not some.unit(KEY).awaits_verification


def test_what_was_looked_at_is_agreed_to_at_once() -> None:
    event = verification.verify(act("x"), UNIT, CLOSED, Said(True, looked={"1.1": Sight.SEEN, "2.1": Sight.SEEN}))
    said = said_in(event, Verified)
    assert said is not None
    assert [(each.criterion, each.agrees) for each in said.answers] == [("1.1", True), ("2.1", True)]


def test_an_own_result_is_compared_with_the_assessors() -> None:
    own = {"1.1": Result.PASS, "1.2": Result.REFER}
    after = answered(CLOSED, Said(own=own, not_agreed={"1.2": "no case is named"}))
    (verified,) = after.unit(KEY).after.verifications
    assert {each.criterion: each.agrees for each in verified.answers} == {"1.1": True, "1.2": False}
    assert [each.criterion for each in same_results(verified, after.unit(KEY))] == ["1.1"]
    assert "independent second assessment: 1.1 pass, 1.2 refer; 1 of 2 as the assessor" in tuple(
        told(verified, after.unit(KEY), str)
    )
    with pytest.raises(Refused, match=r"why 8580-501 1\.2"):
        verification.verify(act("x"), UNIT, CLOSED, Said(own=own))
    with pytest.raises(Refused, match="and you agree"):
        verification.verify(act("x"), UNIT, CLOSED, Said(agreed=("1.2",), own=own))


def test_a_verification_is_stale_when_a_decision_that_it_looked_at_was_made_again() -> None:
    after = amended(reopened(answered(CLOSED, PARTS)))
    record = after.unit(KEY)
    (verified,) = record.after.verifications
    assert record.why_stale(verified) == "1.2 amended by the assessor since"
    assert record.verification is VerificationState.STALE
    assert "! stale: 1.2 amended by the assessor since" in tuple(told(verified, record, str))
    again = closed(after, "closed again")
    assert again.unit(KEY).verification is VerificationState.STALE
    agreed = answered(again, Said(agreed=("1.2",)), "second")
    assert agreed.unit(KEY).verification is VerificationState.AGREED


def test_a_verification_of_a_whole_unit_is_stale_once_that_is_reopened_or_decided_past_it() -> None:
    whole = answered(CLOSED, Said(True))
    (verified,) = whole.unit(KEY).after.verifications
    assert whole.unit(KEY).why_stale(verified) == ""
    assert "reopened" in reopened(whole).unit(KEY).why_stale(verified)
    late = whole.with_event(decision("late", "1.1", actor="ak"))
    assert late.unit(KEY).why_stale(verified) == "decisions were made since"
    assert late.unit(KEY).awaits_verification


def test_what_was_answered_before_goes_on_beside_the_rest_as_its_verifiers_own() -> None:
    after = answered(answered(CLOSED, PARTS), Said(agreed=("2.1",)), "second", OTHER)
    assert answers(after) == {"1.1": (True, "vd"), "1.2": (False, "vd"), "2.1": (True, "")}
    assert state(after) is VerificationState.NOT_AGREED
    own = answered(answered(CLOSED, PARTS), Said(agreed=("2.1",)), "second")
    assert answers(own) == {"1.1": (True, ""), "1.2": (False, ""), "2.1": (True, "")}


def test_what_was_not_agreed_is_agreed_to_with_a_reason() -> None:
    before = answered(CLOSED, PARTS)
    with pytest.raises(Refused, match="vd did not agree"):
        answered(before, Said(agreed=("1.2",)), "second")
    after = answered(before, Said(agreed=("1.2",), reason="We read it together."), "second")
    assert state(after) is VerificationState.AGREED


def test_the_report_that_was_given_before_goes_on() -> None:
    first = replace(PARTS, report=Report("Clear notes.", "", ("valid",), None))
    event = verification.verify(
        act("second"), UNIT, answered(CLOSED, first), Said(agreed=("2.1",), report=Report("", "Depth.", None, ()))
    )
    said = said_in(event, Verified)
    assert said is not None
    assert said.report == Report("Clear notes.", "Depth.", ("valid",), ())


def test_two_verifiers_at_once_who_differ_are_a_conflict_that_is_settled_with_a_reason() -> None:
    unseen = verification.verify(act("other", OTHER), UNIT, CLOSED, Said(agreed=("1.2",)))
    both = answered(CLOSED, PARTS).with_event(unseen)
    assert state(both) is VerificationState.CONFLICT
    assert both.unit(KEY).awaits_verification
    assert "about 1.2" in what_holds(both.unit(KEY))
    with pytest.raises(Refused, match="Neither had seen"):
        answered(both, Said(agreed=("1.1",)), "third")
    with pytest.raises(Refused, match="Neither had seen"):
        answered(both, Said(agreed=("1.2",)), "third")
    settled = answered(both, Said(agreed=("1.2",), reason="Read again, with both."), "third")
    assert state(settled) is VerificationState.AGREED
    assert answers(settled) == {"1.1": (True, ""), "1.2": (True, "")}


@pytest.mark.parametrize("order", [0, 1])
def test_answers_of_two_come_to_the_same_in_any_order_and_after_one_more(order: int) -> None:
    own = verification.verify(act("answer"), UNIT, CLOSED, PARTS)
    unseen = verification.verify(act("other", OTHER), UNIT, CLOSED, Said(agreed=("1.2",)))
    first, second = (own, unseen) if order else (unseen, own)
    by_one = CLOSED.with_event(first).with_event(second)
    assert fold([*CLOSED.events, first, second]) == by_one
    assert state(by_one) is VerificationState.CONFLICT
    waits = verification.held(Policy(), LEARNER, UNIT, by_one.unit(KEY))
    assert waits is not None
    assert waits.title == "Two verifiers answered differently"


def test_two_verifiers_at_once_on_different_criteria_are_none() -> None:
    unseen = verification.verify(act("other", OTHER), UNIT, CLOSED, Said(agreed=("2.1",)))
    both = answered(CLOSED, Said(agreed=("1.1",))).with_event(unseen)
    assert state(both) is VerificationState.AGREED
    assert what_holds(both.unit(KEY)) == ""


def test_an_interim_look_comes_before_the_closing_and_holds_nothing() -> None:
    before = DECIDED.with_event(verification.sample(act("s"), UNIT, DECIDED, "high risk", stage=INTERIM))
    assert (state(before), before.unit(KEY).is_sampled) == (VerificationState.INTERIM, False)
    after = looked(before, Said(agreed=("1.1",)))
    assert state(after) is VerificationState.AGREED
    (look,) = after.unit(KEY).after.looks
    assert in_a_line(look, str) == "interim look, attempt 1: agrees to 1.1, by vd"
    against = looked(after, Said(not_agreed={"1.2": "no case is named"}), "second")
    assert state(against) is VerificationState.NOT_AGREED
    assert {each.criterion for each in against.unit(KEY).after.looks[0].answers} == {"1.1", "1.2"}
    assert state(amended(against)) is VerificationState.STALE
    assert not closed(against).unit(KEY).awaits_verification, "an interim look holds no feedback"


def test_a_sample_is_given_to_another_verifier_by_sampling_it_again() -> None:
    due = AT.date() + timedelta(days=9)
    first = verification.sample(act("s1"), UNIT, DECIDED, "routine", verifier=VERIFIER)
    again = verification.sample(act("s2"), UNIT, DECIDED.with_event(first), "she is away", verifier=OTHER, due=due)
    assert again.supersedes == ("s1",)
    (sample,) = DECIDED.with_event(first).with_event(again).unit(KEY).after.samples
    assert (sample.verifier, sample.due, sample.why) == ("vo", due, "she is away")


REFUSED: dict[str, tuple[Callable[[], Event], type[Exception], str]] = {
    "a criterion that there is not": (
        lambda: verification.verify(act("x"), UNIT, CLOSED, Said(agreed=("9.9",))),
        WrongUse,
        "no criterion 9.9",
    ),
    "both agreed and not": (
        lambda: verification.verify(act("x"), UNIT, CLOSED, Said(agreed=("1.1",), not_agreed={"1.1": "thin"})),
        WrongUse,
        "Both were said",
    ),
    "looked at without an answer": (
        lambda: verification.verify(act("x"), UNIT, CLOSED, Said(agreed=("1.1",), looked={"1.2": Sight.STATED})),
        WrongUse,
        "nothing was said of it",
    ),
    "not agreed as a whole, and every part is": (
        lambda: verification.verify(act("x"), UNIT, CLOSED, Said(False, "no", agreed=("1.1",))),
        WrongUse,
        "every criterion that was named is",
    ),
    "not agreed without a reason": (
        lambda: verification.verify(act("x"), UNIT, CLOSED, Said(not_agreed={"1.1": " "})),
        Refused,
        "Nothing was said of why",
    ),
    "a look at an open criterion": (
        lambda: verification.look(act("x"), UNIT, Portfolio(), Said(agreed=("1.1",))),
        Refused,
        "1.1 is open",
    ),
    "a look at nothing": (
        lambda: verification.look(act("x"), UNIT, DECIDED, Said(True)),
        Refused,
        "Nothing was said of any criterion",
    ),
    "a look at a closed unit": (
        lambda: verification.look(act("x"), UNIT, CLOSED, Said(agreed=("1.1",))),
        Refused,
        "an interim look comes before",
    ),
    "an interim sample of a closed unit": (
        lambda: verification.sample(act("x"), UNIT, closed(), "routine", stage=INTERIM),
        Refused,
        "is closed",
    ),
    "a day that has passed": (
        lambda: verification.sample(act("x"), UNIT, DECIDED, "routine", due=date(2020, 1, 1)),
        Refused,
        "2020-01-01",
    ),
    "given to an assessor": (
        lambda: verification.sample(act("x"), UNIT, DECIDED, "routine", verifier=ASSESSOR),
        Refused,
        "is no verifier",
    ),
    "given to somebody who marked it": (
        lambda: verification.sample(
            act("x"), UNIT, DECIDED.with_event(decision("o", "1.1", actor="ak")), "routine", verifier=SECOND_ASSESSOR
        ),
        Refused,
        "decided criteria of",
    ),
    "without the ticks that the centre asks for": (
        lambda: verification.verify(act("x"), UNIT, CLOSED, Said(True), asked=Asked(vacsr=True)),
        Refused,
        "Nothing was said of the evidence",
    ),
    "a tick that there is not": (
        lambda: verification.verify(act("x"), UNIT, CLOSED, Said(True, report=Report(valid=("pretty",)))),
        WrongUse,
        "pretty is not looked for",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_answered_is_refused_in_words(case: str) -> None:
    verb, kind, words = REFUSED[case]
    with pytest.raises(kind) as refused:
        verb()
    assert words in refused.value.what  # type: ignore[attr-defined]  # both are errors of ours


@pytest.mark.parametrize("days", [-1, 1])
def test_clocks_that_are_apart_by_a_day_change_nothing_of_what_was_answered(days: int) -> None:
    there = replace(act("answer"), at=AT + timedelta(days=days))
    after = CLOSED.with_event(verification.verify(there, UNIT, CLOSED, PARTS))
    assert state(after) is VerificationState.NOT_AGREED
    due = AT.date()
    sample = verification.sample(replace(act("s"), at=there.at), UNIT, DECIDED, "routine", due=due)
    assert sample.kind == "sampled"


def test_nothing_of_it_is_an_answer_for_another_learner() -> None:
    assert verification.verify(act("x"), UNIT, CLOSED, PARTS).learner == LEARNER


def by_number(portfolio: Portfolio) -> dict[str, tuple[VerificationState, bool]]:
    return {number: (each.state, each.answers[0].stands) for number, each in by_criterion(portfolio.unit(KEY)).items()}


def test_each_criterion_says_what_its_answers_come_to_beside_what_stands_now() -> None:
    before = answered(CLOSED, PARTS)
    assert by_number(before) == {
        "1.1": (VerificationState.AGREED, True),
        "1.2": (VerificationState.NOT_AGREED, True),
    }
    assert [(each.step, each.member, each.criterion) for each in owed(before.unit(KEY))] == [
        (Step.SETTLE, ASSESSOR.id, "1.2"),
        (Step.ACKNOWLEDGE, ASSESSOR.id, ""),
    ]
    after = amended(reopened(before))
    assert by_number(after) == {
        "1.1": (VerificationState.AGREED, True),
        "1.2": (VerificationState.STALE, False),
    }
    assert Step.SETTLE not in [each.step for each in owed(after.unit(KEY))]


def test_two_verifiers_who_differ_about_a_criterion_are_shown_at_that_criterion() -> None:
    start = CLOSED
    first = answered(start, Said(agreed=("1.1", "1.2")), "one")
    second = answered(start, Said(not_agreed={"1.2": "No pot."}), "two", OTHER)
    both = first.with_event(next(each for each in second.events if each.uid == "two"))
    assert by_number(both)["1.2"] == (VerificationState.CONFLICT, True)
    assert by_number(both)["1.1"] == (VerificationState.AGREED, True)
    assert Step.SETTLE not in [each.step for each in owed(both.unit(KEY))], "a verifier answers again first"


def test_an_answer_to_the_whole_unit_comes_back_to_whoever_closed_it() -> None:
    portfolio = answered(CLOSED, Said(agrees=False, reason="The notes say nothing."))
    record = portfolio.unit(KEY)
    assert by_criterion(record) == {}
    assert [each.reason for each in not_agreed_as_a_whole(record)] == ["The notes say nothing."]
    assert owed(record) == (Owed(Step.SETTLE, ASSESSOR.id),)
