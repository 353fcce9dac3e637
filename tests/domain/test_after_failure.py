"""A write that failed may have reached the disk all the same: done again, it is the same event and never a second."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from markterm.domain.record.event import Kind, Result
from markterm.domain.record.portfolio import fold
from markterm.domain.record.states import CriterionState
from markterm.domain.rules.act import after_failure
from tests.samples import AT, KEY, decision, withdrawal

FAILED = decision("failed", note="It boils.")
LATER = AT + timedelta(minutes=2)


def test_the_same_decision_again_is_the_event_that_failed_with_its_own_identifier_and_time() -> None:
    again = replace(FAILED, uid="again", at=LATER)
    assert after_failure(again, (FAILED,)) is FAILED
    assert after_failure(again, (decision("other", "1.2"), FAILED)) is FAILED


def test_any_other_act_done_again_is_the_event_that_failed_too() -> None:
    failed = withdrawal("failed", "a")
    assert after_failure(replace(failed, uid="again", at=LATER), (failed,)) is failed


def test_another_decision_on_the_criterion_replaces_the_one_that_failed() -> None:
    other = decision("new", result=Result.REFER, note="Lukewarm.", supersedes=["standing"])
    recorded = after_failure(other, (FAILED,))
    assert recorded == replace(other, supersedes=("standing", "failed"))
    assert fold([FAILED, recorded]).unit(KEY).criterion("1.1").state is CriterionState.REFER


def test_an_act_on_something_else_is_recorded_as_it_is() -> None:
    for other in (decision("new", "1.2"), withdrawal("new", "a"), replace(FAILED, uid="new", kind=Kind.CITED.value)):
        assert after_failure(other, (FAILED,)) is other
    assert after_failure(FAILED, ()) is FAILED


def test_the_same_decision_of_somebody_else_is_their_own() -> None:
    theirs = replace(FAILED, uid="theirs", actor="ak")
    assert after_failure(theirs, (FAILED,)).uid == "theirs"
