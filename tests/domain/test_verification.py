"""Verification of a unit: who may, of what, and how long the feedback waits for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from markterm.domain.assessed.member import Member
from markterm.domain.assessed.policy import Policy
from markterm.domain.record.event import Event, Json, Kind, Result, Subject
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.rules import marking, verification
from markterm.domain.rules.act import Act
from markterm.domain.rules.answering import Said
from markterm.domain.words.errors import Refused
from markterm.domain.words.hint import Hint, Way
from tests.samples import ASSESSOR, AT, KEY, LEARNER, SECOND_ASSESSOR, UNIT, VERIFIER, decision, declaration

WAITS = Policy(feedback_waits_for_verification=True)
DECIDED = fold([declaration(), *(decision(f"d{number}", number) for number in ("1.1", "1.2", "2.1"))])


def act(uid: str, member: Member | None = VERIFIER) -> Act:
    return Act(member, LEARNER, AT, uid)


def closed(portfolio: Portfolio = DECIDED, uid: str = "closing") -> Portfolio:
    return portfolio.with_event(marking.close(act(uid, ASSESSOR), UNIT, portfolio, "Sound."))


def reopened(portfolio: Portfolio) -> Portfolio:
    return portfolio.with_event(marking.reopen(act("reopening", ASSESSOR), UNIT, portfolio, "2.1 again"))


def sampled(portfolio: Portfolio) -> Portfolio:
    return portfolio.with_event(verification.sample(act("sample"), UNIT, portfolio, "new assessor"))


def verified(portfolio: Portfolio, agrees: bool = True, reason: str = "", uid: str = "answer") -> Portfolio:
    return portfolio.with_event(verification.verify(act(uid), UNIT, portfolio, Said(agrees, reason)))


def resubmitted(portfolio: Portfolio) -> Portfolio:
    """The unit referred at attempt 1, handed in again and decided."""
    referred = portfolio.with_event(decision("r", "2.1", Result.REFER, note="Where is it?", supersedes=["d2.1"]))
    again = closed(referred, "first").with_event(
        Event("s", "submitted", LEARNER, AT, "jm", "assessor", Subject(KEY), {"attempt": 2, "files": {"a.md": "1"}})
    )
    declared = Event("a", "declared", LEARNER, AT, "jm", "assessor", Subject(KEY), {"form": "e-mail", "attempt": 2})
    passed = decision("p", "2.1", supersedes=["r"])
    return again.with_event(declared).with_event(replace(passed, body={**passed.body, "attempt": 2}))


def holds(portfolio: Portfolio, policy: Policy = WAITS) -> Refused | None:
    return verification.held(policy, LEARNER, UNIT, portfolio.unit(KEY))


def test_a_sample_that_was_taken_back_holds_nothing_and_is_sampled_again() -> None:
    taken_back = sampled(closed()).with_event(
        verification.take_back(act("back"), UNIT, sampled(closed()), "Planned by mistake.")
    )
    assert (taken_back.unit(KEY).is_sampled, holds(taken_back)) == (False, None)
    again = taken_back.with_event(verification.sample(act("again"), UNIT, taken_back, "After all."))
    assert again.unit(KEY).is_sampled


def test_a_sample_that_is_given_to_somebody_keeps_its_day_and_one_that_is_dated_its_verifier() -> None:
    day = AT.date() + timedelta(days=9)
    given = sampled(closed()).with_event(
        verification.sample(act("given"), UNIT, sampled(closed()), "For me.", verifier=VERIFIER)
    )
    dated = given.with_event(verification.sample(act("dated"), UNIT, given, "Before the visit.", due=day))
    (now,) = dated.unit(KEY).after.samples
    assert (now.verifier, now.due) == (VERIFIER.id, day)
    again = dated.with_event(
        verification.sample(act("again"), UNIT, dated, "On leave.", verifier=replace(VERIFIER, id="vo"))
    )
    (now,) = again.unit(KEY).after.samples
    assert (now.verifier, now.due) == ("vo", day)


def test_no_sample_is_given_to_who_may_not_verify_it_nor_for_a_day_that_is_over() -> None:
    both = replace(ASSESSOR, roles=ASSESSOR.roles | VERIFIER.roles)
    for verifier in (ASSESSOR, both):
        with pytest.raises(Refused):
            verification.sample(act("given"), UNIT, closed(), "For them.", verifier=verifier)
    with pytest.raises(Refused, match="That day has passed"):
        verification.sample(act("dated"), UNIT, closed(), "Soon.", due=AT.date() - timedelta(days=3))


def test_who_samples_without_having_seen_that_it_was_taken_back_keeps_it() -> None:
    before = sampled(closed())
    taken_back = verification.take_back(act("back"), UNIT, before, "Planned by mistake.")
    given = verification.sample(act("given"), UNIT, before, "For me.", verifier=VERIFIER)
    assert before.with_event(taken_back).with_event(given).unit(KEY).is_sampled
    assert before.with_event(given).with_event(taken_back).unit(KEY).is_sampled


def test_a_sample_says_which_attempt_was_picked_and_why() -> None:
    event = verification.sample(act("sample"), UNIT, DECIDED, "new assessor")
    assert (event.kind, event.role, event.subject.unit) == ("sampled", "verifier", KEY)
    assert event.body == {"attempt": 1, "why": "new assessor"}
    assert holds(DECIDED.with_event(event)) is None, "nothing is held before it is closed"


def test_an_answer_names_the_closing_it_is_to_and_the_sample_it_settles() -> None:
    event = verification.verify(act("answer"), UNIT, sampled(closed()), Said(True, ""))
    assert (event.kind, event.role, event.supersedes) == ("verified", "verifier", ("sample",))
    assert event.body == {"attempt": 1, "agrees": True, "reason": "", "rests_on": ["closing"]}


def test_a_verifier_who_also_assesses_answers_as_a_verifier() -> None:
    event = verification.verify(act("answer", SECOND_ASSESSOR), UNIT, sampled(closed()), Said(True, ""))
    assert event.role == "verifier"


def test_a_later_answer_replaces_the_earlier_one() -> None:
    disagreed = verified(sampled(closed()), agrees=False, reason="2.1 is too thin")
    event = verification.verify(act("later"), UNIT, disagreed, Said(True, "We talked about 2.1."))
    assert event.supersedes == ("answer",)
    assert not disagreed.with_event(event).unit(KEY).awaits_verification


def test_feedback_on_a_picked_unit_waits_until_a_verifier_agrees() -> None:
    waiting = holds(sampled(closed()))
    assert waiting is not None
    assert "vd sampled it (new assessor)" in waiting.what
    assert waiting.hint == Hint(Way.VERIFY, learner=LEARNER, unit=UNIT.code)
    assert holds(verified(sampled(closed()))) is None


def test_feedback_waits_on_while_the_verifier_does_not_agree() -> None:
    waiting = holds(verified(sampled(closed()), agrees=False, reason="2.1 is too thin"))
    assert waiting is not None
    assert "2.1 is too thin" in waiting.what
    assert "Reopen the unit" in waiting.next_step


def test_one_of_two_answers_that_disagrees_is_enough_to_wait() -> None:
    both = verified(sampled(closed()))
    unseen = verification.verify(act("other"), UNIT, sampled(closed()), Said(False, "1.2 names no judgement"))
    assert both.with_event(unseen).unit(KEY).awaits_verification


def test_feedback_on_a_unit_nobody_picked_does_not_wait() -> None:
    assert holds(closed()) is None


def test_feedback_waits_for_nothing_where_the_policy_says_so() -> None:
    assert holds(sampled(closed()), Policy(feedback_waits_for_verification=False)) is None


def test_a_closed_resubmission_is_always_verified() -> None:
    waiting = holds(closed(resubmitted(DECIDED), "second"))
    assert waiting is not None
    assert "every resubmission is verified" in waiting.what
    assert holds(verified(closed(resubmitted(DECIDED), "second"))) is None


def test_the_verification_of_a_closing_does_not_cover_a_later_one() -> None:
    again = closed(reopened(verified(sampled(closed()))), "closed again")
    assert again.unit(KEY).awaits_verification
    assert holds(verified(again, uid="second answer")) is None


REFUSALS: dict[str, tuple[Callable[[], Event], str, str | Hint]] = {
    "an assessor picks": (
        lambda: verification.sample(act("x", ASSESSOR), UNIT, DECIDED, "routine"),
        "Only a verifier verifies",
        "Ask a verifier",
    ),
    "nobody picks": (
        lambda: verification.sample(act("x", None), UNIT, DECIDED, "routine"),
        "Who is marking?",
        Hint(Way.SAY_WHO_ACTS),
    ),
    "picked without a reason": (
        lambda: verification.sample(act("x"), UNIT, DECIDED, " "),
        "A sample needs a reason",
        "Say why",
    ),
    "picked twice": (
        lambda: verification.sample(act("x"), UNIT, sampled(DECIDED), "routine"),
        "Sampled already",
        "Verify it once it is closed;",
    ),
    "picked twice when it is closed": (
        lambda: verification.sample(act("x"), UNIT, sampled(closed()), "routine"),
        "Sampled already",
        "Verify it; or say",
    ),
    "taken back and never sampled": (
        lambda: verification.take_back(act("x"), UNIT, closed(), "A mistake."),
        "Not sampled",
        "Nothing has to be",
    ),
    "taken back without a reason": (
        lambda: verification.take_back(act("x"), UNIT, sampled(closed()), " "),
        "Taking back a sample needs a reason",
        "Say why",
    ),
    "taken back by an assessor": (
        lambda: verification.take_back(act("x", ASSESSOR), UNIT, sampled(closed()), "A mistake."),
        "Only a verifier verifies",
        "Ask a verifier",
    ),
    "taken back after an answer": (
        lambda: verification.take_back(act("x"), UNIT, verified(sampled(closed())), "A mistake."),
        "Looked at already",
        "stays",
    ),
    "an assessor answers": (
        lambda: verification.verify(act("x", ASSESSOR), UNIT, sampled(closed()), Said(True, "")),
        "Only a verifier verifies",
        "Ask a verifier",
    ),
    "not closed": (
        lambda: verification.verify(act("x"), UNIT, sampled(DECIDED), Said(True, "")),
        "The unit is not closed",
        "Close it",
    ),
    "not picked": (
        lambda: verification.verify(act("x"), UNIT, closed(), Said(True, "")),
        "Not sampled for verification",
        Hint(Way.SAMPLE, learner=LEARNER, unit=UNIT.code),
    ),
    "changed since it was closed": (
        lambda: verification.verify(
            act("x"), UNIT, sampled(closed()).with_event(decision("late", actor="ak")), Said(True)
        ),
        "Changed since it was closed",
        "Reopen",
    ),
    "a disagreement without a reason": (
        lambda: verification.verify(act("x"), UNIT, sampled(closed()), Said(False, " ")),
        "A disagreement needs a reason",
        "which criterion",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_what_is_refused_says_what_to_do_next(case: str) -> None:
    verb, title, next_step = REFUSALS[case]
    with pytest.raises(Refused) as refused:
        verb()
    assert refused.value.title == title
    if isinstance(next_step, Hint):
        assert refused.value.hint == next_step
    else:
        assert next_step in refused.value.next_step


def test_nobody_verifies_a_unit_in_which_they_decided_even_if_they_withdrew_it() -> None:
    own = decision("own", "1.2", actor="ak", supersedes=["d1.2"])
    withdrawn = Event("w", "withdrawn", LEARNER, AT, "ak", "assessor", Subject(KEY, "1.2"), {}, ("own",))
    portfolio = sampled(closed(DECIDED.with_event(own).with_event(withdrawn)))
    with pytest.raises(Refused, match="decided criteria of 8580-501"):
        verification.verify(act("x", SECOND_ASSESSOR), UNIT, portfolio, Said(True, ""))


def test_nobody_verifies_a_unit_that_they_closed() -> None:
    by_other = DECIDED.with_event(marking.close(act("closing", SECOND_ASSESSOR), UNIT, DECIDED, ""))
    with pytest.raises(Refused, match="closed 8580-501"):
        verification.verify(act("x", SECOND_ASSESSOR), UNIT, sampled(by_other), Said(True, ""))


def test_an_answer_of_a_newer_version_to_single_criteria_is_kept_and_not_taken_for_one_to_the_unit() -> None:
    body: dict[str, Json] = {"attempt": 1, "agrees": True, "rests_on": ["closing"]}
    newer = Event("n", Kind.VERIFIED.value, LEARNER, AT, "vd", "verifier", Subject(KEY, "1.1"), body)
    vague = replace(newer, uid="v", subject=Subject(KEY), body={"agrees": "partly", "rests_on": ["closing"]})
    portfolio = sampled(closed()).with_event(newer).with_event(vague)
    assert portfolio.unit(KEY).awaits_verification
    assert portfolio.unknown == (newer, vague)
