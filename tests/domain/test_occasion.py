"""Decisions made in an assignment, several at once, and by marks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from markterm.domain.assessed.unit import Criterion, LearningOutcome, Marks, Unit
from markterm.domain.record.decision import Occasion
from markterm.domain.record.event import Result
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.record.states import CriterionState
from markterm.domain.rules import marking, withdrawal
from markterm.domain.rules.act import Act
from markterm.domain.words.errors import Refused
from tests.samples import ASSESSOR, AT, KEY, LEARNER, UNIT, decision

IN_TASK = Occasion("8580-IA-CERT", 2)
MARKED = replace(
    UNIT, outcomes=(LearningOutcome(1, "Explain", (Criterion("1.1", "Define coaching", marks=Marks(20, 10)),)),)
)


def act(uid: str = "new") -> Act:
    return Act(ASSESSOR, LEARNER, AT, uid)


def passed(portfolio: Portfolio, number: str, occasion: Occasion, uid: str, unit: Unit = UNIT) -> Portfolio:
    return portfolio.with_event(marking.decide(act(uid), unit, portfolio, number, Result.PASS, "", occasion=occasion))


def test_a_decision_in_an_assignment_says_so_and_counts_in_the_unit() -> None:
    after = passed(Portfolio(), "1.1", IN_TASK, "a")
    record = after.unit(KEY).criterion("1.1")
    assert record.state is CriterionState.PASS
    assert record.decision is not None
    assert record.decision.occasion == IN_TASK


def test_a_decision_in_its_unit_says_nothing_of_an_assignment() -> None:
    event = marking.decide(act(), UNIT, Portfolio(), "1.1", Result.PASS, "")
    assert not {"assignment", "task", "batch"} & set(event.body)


def test_decisions_made_at_once_are_found_again_by_their_batch() -> None:
    at_once = Occasion("8580-IA-CERT", 1, "batch")
    portfolio = passed(passed(passed(Portfolio(), "1.1", at_once, "a"), "1.2", at_once, "b"), "2.1", IN_TASK, "c")
    assert [(number, made.uid) for _, number, made in portfolio.batch("batch")] == [("1.1", "a"), ("1.2", "b")]
    assert portfolio.batch("") == ()


def test_one_decision_of_a_batch_is_withdrawn_by_its_uid() -> None:
    at_once = Occasion("8580-IA-CERT", 1, "batch")
    portfolio = passed(fold([decision("old", actor="ak")]), "1.1", at_once, "a")
    event = withdrawal.withdraw_decision(act("w"), UNIT, portfolio, "1.1", "a", "slip")
    assert event.supersedes == ("a",)
    after = portfolio.with_event(event).unit(KEY).criterion("1.1")
    assert [each.uid for each in after.standing] == ["old"], "what stood before stands again"


@pytest.mark.parametrize(("marks", "result"), [(20, "pass"), (10, "pass"), (9, "refer"), (0, "refer")])
def test_marks_are_converted_by_the_criterions_own_minimum(marks: int, result: str) -> None:
    event = marking.decide_by_marks(act(), MARKED, Portfolio(), "1.1", marks, "half the models are missing")
    assert event.body["result"] == result
    assert (event.body["marks"], event.body["maximum"], event.body["minimum"]) == (marks, 20, 10)
    (made,) = fold([event]).unit(KEY).criterion("1.1").standing
    assert made.marks == marks


def test_marks_below_the_minimum_need_a_note() -> None:
    with pytest.raises(Refused, match="needs a note"):
        marking.decide_by_marks(act(), MARKED, Portfolio(), "1.1", 9, "")


@pytest.mark.parametrize("marks", [-1, 21])
def test_marks_that_the_sheet_does_not_have_are_refused(marks: int) -> None:
    with pytest.raises(Refused, match="has 0 to 20 marks"):
        marking.decide_by_marks(act(), MARKED, Portfolio(), "1.1", marks, "")


def test_a_criterion_without_marks_takes_none() -> None:
    with pytest.raises(Refused, match="no marks"):
        marking.decide_by_marks(act(), UNIT, Portfolio(), "1.1", 5, "")
