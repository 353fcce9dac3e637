"""A verifier in training: what they answer holds the unit until a verifier who is not has countersigned it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from markterm.domain.assessed.policy import Policy
from markterm.domain.record.bodies.verifying import Verified
from markterm.domain.record.disagreement import unread_report
from markterm.domain.record.event import Event
from markterm.domain.record.member_history import MemberHistory, MemberSince
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.record.separated import Known, broken
from markterm.domain.record.states import VerificationState
from markterm.domain.record.verifying import INTERIM
from markterm.domain.record.who_did_what import Line
from markterm.domain.rules import verification
from markterm.domain.rules.actions import acknowledge
from markterm.domain.rules.answering import Said
from markterm.domain.views.due import Step
from markterm.domain.views.to_verify import to_verify
from markterm.domain.views.verified import in_a_line
from markterm.domain.views.waiting import Circumstances, steps_due
from markterm.domain.words.errors import Refused
from markterm.domain.words.hint import Hint, Way
from tests.domain.test_verification import DECIDED, act, closed, sampled
from tests.samples import ASSESSOR, AT, KEY, LEARNER, SECOND_ASSESSOR, UNIT, VERIFIER

TRAINEE = replace(VERIFIER, id="tia", name="Tia Moss", learning_to_verify=True)
CLOSED = sampled(closed())
EVERY = ("1.1", "1.2", "2.1")
POLICY = Policy(feedback_waits_for_verification=True)


def verified(portfolio: Portfolio, said: Said, uid: str = "trained", by: object = TRAINEE) -> Portfolio:
    who = VERIFIER if by is VERIFIER else TRAINEE
    return portfolio.with_event(verification.verify(act(uid, who), UNIT, portfolio, said))


def countersigned(portfolio: Portfolio, note: str = "") -> Portfolio:
    return portfolio.with_event(verification.countersign(act("signed"), UNIT, portfolio, note))


def state(portfolio: Portfolio) -> VerificationState:
    return portfolio.unit(KEY).verification


def due(portfolio: Portfolio) -> list[Step]:
    return [each.step for each in steps_due(UNIT, portfolio, POLICY, Circumstances())]


TRAINED = verified(CLOSED, Said(True, looked={}, agreed=EVERY))


def test_what_was_agreed_in_training_waits_for_its_countersignature() -> None:
    assert state(TRAINED) is VerificationState.UNCOUNTERSIGNED
    held = verification.held(POLICY, LEARNER, UNIT, TRAINED.unit(KEY))
    assert held is not None
    assert "tia answered in training" in held.what
    assert Step.VERIFY in due(TRAINED)
    assert Step.RELEASE not in due(TRAINED)


def test_a_version_that_does_not_know_it_reads_that_it_is_not_agreed() -> None:
    (event,) = [event for event in TRAINED.events if event.kind == "verified"]
    assert event.body["agrees"] is False
    assert Verified.read(event.body).agrees is True


def test_countersigned_it_is_agreed_with_the_answers_of_whoever_gave_them() -> None:
    signed = countersigned(TRAINED, "Read with her.")
    assert state(signed) is VerificationState.AGREED
    (answer,) = signed.unit(KEY).after.verifications
    assert (answer.actor, answer.countersigns, answer.reason) == ("vd", "tia", "Read with her.")
    assert [(each.criterion, each.by) for each in answer.answers] == [(number, "tia") for number in EVERY]
    assert verification.held(POLICY, LEARNER, UNIT, signed.unit(KEY)) is None
    assert in_a_line(answer, str) == f"verified, countersigns tia, attempt 1: agrees to {', '.join(EVERY)}, by vd"


def test_what_was_not_agreed_in_training_counts_at_once() -> None:
    against = verified(CLOSED, Said(agreed=("1.1",), not_agreed={"2.1": "It is too thin."}))
    assert state(against) is VerificationState.NOT_AGREED
    assert Step.SETTLE in due(against)
    signed = countersigned(against)
    assert state(signed) is VerificationState.NOT_AGREED
    assert signed.unit(KEY).after.verifications[0].why_not == "2.1: It is too thin."


def test_an_interim_look_in_training_waits_too() -> None:
    open_one = DECIDED.with_event(verification.sample(act("interim"), UNIT, DECIDED, "New.", stage=INTERIM))
    looked = open_one.with_event(verification.look(act("look", TRAINEE), UNIT, open_one, Said(agreed=EVERY)))
    assert state(looked) is VerificationState.UNCOUNTERSIGNED
    assert Step.LOOK in due(looked)
    signed = countersigned(looked)
    assert state(signed) is VerificationState.AGREED
    assert Step.LOOK not in due(signed)


def test_answers_in_training_that_go_on_beside_those_of_another_still_wait() -> None:
    beside = verified(TRAINED, Said(agreed=("1.1",)), "own", VERIFIER)
    assert state(beside) is VerificationState.UNCOUNTERSIGNED
    own = verified(TRAINED, Said(agreed=EVERY), "own", VERIFIER)
    assert state(own) is VerificationState.AGREED, "all of it was looked at anew"


def test_its_report_is_read_once_it_is_countersigned() -> None:
    said = Said(agreed=EVERY, report=replace(Said().report, strengths="Clear notes."))
    trained = verified(CLOSED, said)
    assert unread_report(trained.unit(KEY)) is None
    with pytest.raises(Refused, match="in training"):
        acknowledge(act("read", ASSESSOR), UNIT, trained)
    report = unread_report(countersigned(trained).unit(KEY))
    assert report is not None
    assert report.report.strengths == "Clear notes."


def test_in_the_queue_it_is_anybodys_but_theirs() -> None:
    record = TRAINED.unit(KEY)
    (step,) = to_verify(record, steps_due(UNIT, TRAINED, POLICY, Circumstances()))
    assert (step.verifier, "tia" in step.people) == ("", True)


def test_a_lead_countersigns_what_anybody_verified_once_and_a_verifier_does_not() -> None:
    ines = verified(CLOSED, Said(agreed=EVERY), by=VERIFIER)
    iva = replace(VERIFIER, id="iva", name="Iva Nowak", lead=True)
    signed = ines.with_event(verification.countersign(act("looked", iva), UNIT, ines))
    (answer,) = signed.unit(KEY).after.verifications
    assert (answer.actor, answer.countersigns, state(signed)) == ("iva", "vd", VerificationState.AGREED)
    against = verified(CLOSED, Said(False, "It is too thin."), by=VERIFIER)
    signed_against = against.with_event(verification.countersign(act("looked", iva), UNIT, against))
    assert state(signed_against) is VerificationState.NOT_AGREED
    assert signed_against.unit(KEY).after.verifications[0].why_not == "It is too thin."
    with pytest.raises(Refused, match="No verification"):
        verification.countersign(act("again", replace(iva, id="max")), UNIT, signed)
    with pytest.raises(Refused, match="No verification"):
        verification.countersign(act("other", replace(VERIFIER, id="omar")), UNIT, ines)


NOT_KNOWN = MemberHistory()


def found(*events: Event, history: MemberHistory = NOT_KNOWN) -> list[str]:
    every = (*CLOSED.events, *events)
    lines = [Line(number, "s", number, event) for number, event in enumerate(every)]
    return [told.code for told in broken(lines, every, Known(history))]


def test_whoever_countersigned_their_own_by_hand_is_found() -> None:
    (made,) = (event for event in TRAINED.events if event.kind == "verified")
    signed = verification.countersign(act("signed"), UNIT, TRAINED)
    assert found(made, signed) == []
    assert found(made, replace(signed, actor="tia")) == ["MR37"]


def test_whoever_verified_in_training_as_if_they_were_not_is_found() -> None:
    (made,) = (event for event in TRAINED.events if event.kind == "verified")
    as_if = replace(made, body={**made.body, "in_training": False, "agrees": True})
    before = AT - timedelta(days=1)
    learning = MemberHistory((MemberSince("tia", before, TRAINEE),))
    approved = MemberHistory((MemberSince("tia", before, replace(TRAINEE, learning_to_verify=False)),))
    assert found(made, history=learning) == []
    assert found(as_if, history=learning) == ["MR37"]
    assert found(as_if, history=approved) == found(as_if) == []


REFUSALS: dict[str, tuple[Callable[[], Event | Portfolio], str]] = {
    "as a whole": (lambda: verified(CLOSED, Said(True)), "In training, criterion by criterion"),
    "nothing waits": (
        lambda: verification.countersign(act("x"), UNIT, CLOSED),
        "Nothing to countersign",
    ),
    "agreed by one who is not in training": (
        lambda: countersigned(verified(CLOSED, Said(True), by=VERIFIER)),
        "Nothing to countersign",
    ),
    "another trainee": (
        lambda: verification.countersign(
            act("x", replace(TRAINEE, id="tom")),
            UNIT,
            TRAINED,
        ),
        "In training themselves",
    ),
    "their own, approved since": (
        lambda: verification.countersign(act("x", replace(TRAINEE, learning_to_verify=False)), UNIT, TRAINED),
        "Nobody countersigns their own verification",
    ),
    "not finished": (
        lambda: countersigned(verified(CLOSED, Said(agreed=("1.1",), unfinished=True))),
        "Not finished",
    ),
    "an assessor": (
        lambda: verification.countersign(act("x", ASSESSOR), UNIT, TRAINED),
        "Only a verifier verifies",
    ),
    "who marked it": (
        lambda: verification.countersign(act("x", replace(SECOND_ASSESSOR, id="jm")), UNIT, TRAINED),
        "Nobody verifies their own decisions",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_what_is_no_countersignature_is_refused(case: str) -> None:
    verb, title = REFUSALS[case]
    with pytest.raises(Refused) as refused:
        verb()
    assert refused.value.title == title


def test_what_was_not_agreed_in_training_waits_for_a_countersignature_beside_its_assessor() -> None:
    against = verified(CLOSED, Said(agreed=("1.1", "1.2"), not_agreed={"2.1": "It is too thin."}))
    assert {Step.SETTLE, Step.VERIFY} <= set(due(against))
    (step,) = to_verify(against.unit(KEY), steps_due(UNIT, against, POLICY, Circumstances()))
    assert "tia" in step.people, "nobody countersigns themselves"
    signed = countersigned(against)
    assert Step.VERIFY not in due(signed)


def test_what_holds_the_feedback_until_then_says_how_it_is_countersigned() -> None:
    held = verification.held(POLICY, LEARNER, UNIT, TRAINED.unit(KEY))
    assert held is not None
    assert held.hint == Hint(Way.COUNTERSIGN_VERIFICATION, learner=LEARNER, unit=UNIT.code)


def test_to_countersign_stays_with_the_verifier_whom_the_sample_was_given_to() -> None:
    other = act("given", replace(VERIFIER, id="iva"))
    given = TRAINED.with_event(verification.sample(other, UNIT, TRAINED, "Hers.", verifier=VERIFIER))
    (step,) = to_verify(given.unit(KEY), steps_due(UNIT, given, POLICY, Circumstances()))
    assert step.verifier == VERIFIER.id
