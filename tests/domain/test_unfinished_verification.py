"""A verification that its verifier goes on with: the unit waits until they finish, and what is not agreed counts at
once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from markterm.domain.assessed.policy import Policy
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.verifying import Answer, Override, Report, Sight, Verified
from markterm.domain.record.disagreement import unread_report
from markterm.domain.record.event import Json, Kind, Subject
from markterm.domain.record.interest import Interest, Interests
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.record.so_far import so_far
from markterm.domain.record.states import VerificationState
from markterm.domain.record.understanding import is_understood
from markterm.domain.record.verifying import INTERIM, Verification
from markterm.domain.rules import actions, verification
from markterm.domain.rules.act import entry
from markterm.domain.rules.answering import Asked, Said
from markterm.domain.rules.separation import LetPass, Separation
from markterm.domain.views.answers import contradicted, given
from markterm.domain.views.due import Person, Step
from markterm.domain.views.verified import in_a_line, told, waits_for
from markterm.domain.views.waiting import steps_due
from markterm.domain.words.errors import Refused, WrongUse
from tests.domain.test_verification import DECIDED, act, closed, reopened
from tests.domain.test_verified_by_criterion import CLOSED, OTHER, amended, answered, answers, looked, state
from tests.samples import ASSESSOR, AT, KEY, LEARNER, SECOND_ASSESSOR, UNIT, VERIFIER

SOME = Said(agreed=("1.1",), looked={"1.1": Sight.SEEN}, unfinished=True)
FINISH = Said()
LEAD = replace(SECOND_ASSESSOR, id="iva", lead=True, roles=VERIFIER.roles)


def steps(portfolio: Portfolio, policy: Policy | None = None) -> list[tuple[Step, Person]]:
    due = steps_due(UNIT, portfolio, policy or Policy(feedback_waits_for_verification=True))
    return [(each.step, each.person) for each in due]


def only(portfolio: Portfolio) -> Verification:
    (verified,) = portfolio.unit(KEY).after.verifications
    return verified


def test_while_it_is_unfinished_and_all_agreed_the_unit_waits_for_its_verifier() -> None:
    after = answered(CLOSED, SOME)
    record = after.unit(KEY)
    assert state(after) is VerificationState.UNFINISHED
    assert record.awaits_verification
    assert steps(after) == [(Step.VERIFY, Person.VERIFIER)]
    held = verification.held(Policy(feedback_waits_for_verification=True), LEARNER, UNIT, record)
    assert held is not None
    assert "vd has answered 1 of 3 so far" in held.what
    assert waits_for(record) == ("vd",)
    assert in_a_line(only(after), str) == "verified, not finished, attempt 1: agrees to 1.1, by vd"
    assert "! answered 1 of 3 so far" in tuple(told(only(after), record, str))


def test_what_is_not_agreed_counts_at_once_and_the_verifier_still_has_to_finish() -> None:
    after = answered(answered(CLOSED, SOME), Said(not_agreed={"1.2": "no case"}, unfinished=True), "second")
    assert state(after) is VerificationState.NOT_AGREED
    assert steps(after) == [(Step.SETTLE, Person.ASSESSOR), (Step.VERIFY, Person.VERIFIER)]
    assert steps(answered(after, FINISH, "third")) == [
        (Step.SETTLE, Person.ASSESSOR),
        (Step.ACKNOWLEDGE, Person.ASSESSOR),
    ]


def test_it_is_finished_as_it_stands_with_its_report() -> None:
    before = answered(answered(CLOSED, SOME), Said(agreed=("1.2",), unfinished=True), "second")
    after = answered(before, Said(report=Report("Clear notes.")), "third")
    assert state(after) is VerificationState.AGREED
    assert answers(after) == {"1.1": (True, ""), "1.2": (True, "")}
    assert only(after).answers[0] == Answer("1.1", "d1.1", True, "", Sight.SEEN)
    assert only(after).report.strengths == "Clear notes."


def test_agreeing_to_the_whole_unit_finishes_with_the_answers_that_agree() -> None:
    after = answered(answered(CLOSED, SOME), Said(True), "second")
    assert state(after) is VerificationState.AGREED
    assert [each.criterion for each in only(after).answers] == ["1.1"]
    whole = answered(answered(CLOSED, SOME), Said(False, "All of it."), "second")
    assert (only(whole).answers, state(whole)) == ((), VerificationState.NOT_AGREED)


def test_nothing_is_finished_that_was_not_begun_and_no_whole_unit_is_unfinished() -> None:
    with pytest.raises(Refused, match="No verification of 8580-501"):
        answered(CLOSED, FINISH)
    with pytest.raises(Refused, match="No verification of 8580-501"):
        answered(answered(CLOSED, Said(True)), FINISH, "second")
    with pytest.raises(WrongUse, match="criterion by criterion"):
        answered(CLOSED, Said(True, unfinished=True))


def test_what_the_centre_asks_for_is_asked_when_it_is_finished() -> None:
    asked = Asked(vacsr=True)
    begun = CLOSED.with_event(verification.verify(act("a"), UNIT, CLOSED, SOME, asked=asked))
    with pytest.raises(Refused, match="Nothing was said of the evidence"):
        verification.verify(act("b"), UNIT, begun, FINISH, asked=asked)
    ticked = answered(begun, replace(SOME, report=Report(valid=("valid",))), "c")
    assert verification.verify(act("d"), UNIT, ticked, FINISH, asked=asked).kind == Kind.VERIFIED


def test_a_reason_that_was_given_goes_on_until_it_is_finished() -> None:
    against = answered(CLOSED, Said(not_agreed={"1.1": "thin"}, unfinished=True))
    with pytest.raises(Refused, match="vd did not agree"):
        answered(against, SOME, "second")
    again = answered(against, replace(SOME, reason="I read it again."), "second")
    done = answered(answered(again, Said(agreed=("1.2",), unfinished=True), "third"), FINISH, "fourth")
    assert (only(done).reason, state(done)) == ("I read it again.", VerificationState.AGREED)


@pytest.mark.parametrize("order", [0, 1])
def test_two_verifiers_at_once_of_whom_one_has_not_finished(order: int) -> None:
    own = verification.verify(act("answer"), UNIT, CLOSED, SOME)
    unseen = verification.verify(act("other", OTHER), UNIT, CLOSED, Said(agreed=("1.1", "1.2")))
    first, second = (own, unseen) if order else (unseen, own)
    both = CLOSED.with_event(first).with_event(second)
    assert fold([*CLOSED.events, first, second]) == both
    assert state(both) is VerificationState.UNFINISHED
    done = answered(both, FINISH, "third")
    assert state(done) is VerificationState.AGREED
    assert answers(done)["1.2"] == (True, "vo")
    against = verification.verify(act("not", OTHER), UNIT, CLOSED, Said(not_agreed={"1.1": "thin"}, unfinished=True))
    assert state(CLOSED.with_event(own).with_event(against)) is VerificationState.CONFLICT


def test_another_verifier_finishes_it_with_what_the_first_one_answered_as_theirs() -> None:
    after = answered(answered(CLOSED, SOME), Said(agreed=("1.2",)), "second", OTHER)
    assert answers(after) == {"1.1": (True, "vd"), "1.2": (True, "")}
    assert state(after) is VerificationState.AGREED


def test_what_was_unfinished_is_stale_when_the_unit_is_reopened_and_begun_anew_after_it() -> None:
    again = amended(reopened(answered(CLOSED, SOME)))
    assert state(again) is VerificationState.STALE
    new = closed(again, "closed again")
    assert state(new) is VerificationState.STALE
    begun = answered(new, Said(agreed=("1.2",), unfinished=True), "second")
    assert state(begun) is VerificationState.UNFINISHED
    assert so_far(begun.unit(KEY).after.verifications[-1], begun.unit(KEY)) == (1, 3)
    assert state(answered(begun, FINISH, "third")) is VerificationState.AGREED


def test_an_interim_look_that_is_unfinished_is_still_to_be_taken() -> None:
    sample = DECIDED.with_event(verification.sample(act("s"), UNIT, DECIDED, "high risk", stage=INTERIM))
    begun = looked(sample, SOME)
    assert state(begun) is VerificationState.UNFINISHED
    assert (Step.LOOK, Person.VERIFIER) in steps(begun)
    done = begun.with_event(verification.look(act("done"), UNIT, begun, FINISH))
    assert state(done) is VerificationState.AGREED
    assert (Step.LOOK, Person.VERIFIER) not in steps(done)
    with pytest.raises(Refused, match="Nothing was said of any criterion"):
        verification.look(act("x"), UNIT, sample, Said(True))


def test_a_report_is_read_by_the_assessor_once_it_is_finished() -> None:
    begun = answered(CLOSED, SOME)
    assert unread_report(begun.unit(KEY)) is None
    with pytest.raises(Refused, match="vd goes on with the verification"):
        actions.acknowledge(act("x", ASSESSOR), UNIT, begun)
    assert unread_report(answered(begun, FINISH, "second").unit(KEY)) is not None


def test_a_rule_that_was_let_pass_when_it_was_begun_is_named_when_it_is_finished() -> None:
    known = Interests((Interest("i", "vd", LEARNER, "her nephew", "co", AT),))
    around = Separation((LEARNER,), known, let_pass=LetPass(LEAD, "Alone."))
    begun = CLOSED.with_event(verification.verify(act("a"), UNIT, CLOSED, SOME, around))
    done = answered(begun, FINISH, "b")
    assert only(done).overrides == (Override("interest", "iva", "Alone."),)


def test_whoever_goes_on_is_not_stopped_by_how_many_units_they_verified_running() -> None:
    around = Separation(running=("jm",), most_running=1)
    with pytest.raises(Refused, match="units running"):
        verification.verify(act("a"), UNIT, CLOSED, SOME, around)
    begun = answered(CLOSED, SOME)
    assert verification.verify(act("b"), UNIT, begun, FINISH, around).kind == Kind.VERIFIED


def test_a_version_that_does_not_know_it_takes_it_for_not_agreed() -> None:
    event = verification.verify(act("a"), UNIT, CLOSED, SOME)
    assert (event.body["agrees"], event.body["unfinished"]) == (False, True)
    said = said_in(event, Verified)
    assert said is not None
    assert (said.agrees, said.unfinished) == (True, True)
    older = entry(act("older"), VERIFIER, Kind.VERIFIED, Subject(KEY), Verified("closing", True, 1))
    assert "unfinished" not in older.body


def test_two_contradictions_are_settled_one_at_a_time_while_it_is_unfinished() -> None:
    own = verification.verify(act("own"), UNIT, CLOSED, Said(agreed=("1.1", "1.2"), unfinished=True))
    against = Said(not_agreed={"1.1": "thin", "1.2": "no case"}, unfinished=True)
    both = CLOSED.with_event(own).with_event(verification.verify(act("other", OTHER), UNIT, CLOSED, against))
    assert contradicted(both.unit(KEY)) == ("1.1", "1.2")
    with pytest.raises(Refused, match=r"Neither had seen the other's answer to 1\.1"):
        answered(both, Said(agreed=("1.1",), unfinished=True), "a")
    one = answered(both, Said(agreed=("1.1",), reason="Read again.", unfinished=True), "a")
    assert contradicted(one.unit(KEY)) == ("1.2",)
    assert state(one) is VerificationState.CONFLICT
    assert {each.answer.by or each.verification.actor for each in given(one.unit(KEY))["1.2"]} == {"vd", "vo"}
    elsewhere = answered(one, Said(agreed=("2.1",), unfinished=True), "b")
    assert contradicted(elsewhere.unit(KEY)) == ("1.2",), "an answer to another criterion settles nothing"
    with pytest.raises(Refused, match=r"Neither had seen the other's answer to 1\.2"):
        answered(elsewhere, FINISH, "c")
    settled = answered(elsewhere, Said(not_agreed={"1.2": "no case is named"}, unfinished=True), "c")
    assert contradicted(settled.unit(KEY)) == ()
    assert state(answered(settled, FINISH, "d")) is VerificationState.NOT_AGREED


def test_no_report_is_to_be_acknowledged_while_verifiers_contradict_each_other() -> None:
    yes, no = Said(agreed=("1.1", "1.2")), Said(not_agreed={"1.2": "no case"})
    both = CLOSED.with_event(verification.verify(act("own"), UNIT, CLOSED, yes))
    both = both.with_event(verification.verify(act("other", OTHER), UNIT, CLOSED, no))
    assert unread_report(both.unit(KEY)) is None
    assert (Step.ACKNOWLEDGE, Person.ASSESSOR) not in steps(both)
    with pytest.raises(Refused, match=r"neither had seen the other's answer about 1\.2"):
        actions.acknowledge(act("x", ASSESSOR), UNIT, both)
    settled = answered(both, Said(not_agreed={"1.2": "no case is named"}), "settled")
    assert unread_report(settled.unit(KEY)) is not None


@pytest.mark.parametrize("field", ["unfinished", "in_training", "countersigns"])
@pytest.mark.parametrize("said", [1, "yes", [], ["iva"], {}, 0])
@pytest.mark.parametrize("kind", [Kind.VERIFIED, Kind.LOOKED])
def test_what_holds_a_verification_back_and_is_not_understood_agrees_with_nothing(
    field: str, said: Json, kind: Kind
) -> None:
    if (field, said) == ("countersigns", "yes"):
        return  # A text is an id.
    event = answered(CLOSED, Said(True, agreed=("1.1", "1.2", "2.1"))).unit(KEY).events[-1]
    written = replace(event, uid="by hand", kind=kind, body={**event.body, field: said})
    assert not is_understood(written)
    assert is_understood(replace(written, body={**event.body, field: None}))
