"""The report of a sample: one form with what was looked at, answered and asked for, and places for names and dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, timedelta

import pytest

from markterm.domain.assessed.learner import Learner
from markterm.domain.record.bodies.claiming import Claimed, ClaimStep
from markterm.domain.record.bodies.leaving import Left, LeftStep
from markterm.domain.record.bodies.verifying import Report, Sight
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.rules import actions, marking, verification
from markterm.domain.rules.answering import Said
from markterm.domain.words.errors import Refused
from markterm.exports.document.verification_report import verification_report
from markterm.exports.markdown.render import render
from tests.domain.test_acting import DECIDED, DUE, act, amended, closed, not_agreed, verified, with_action
from tests.domain.test_verification import sampled
from tests.samples import ASSESSOR, AT, LEARNER, UNIT, VERIFIER

CENTRE = CentreDetails(number="012345", name="Test Centre", members=(ASSESSOR, VERIFIER))


def report(portfolio: Portfolio, today: date = DUE) -> str:
    learner = Learner(LEARNER, "Rosalind *Jones*")
    return render(verification_report(CENTRE, learner, UNIT, portfolio, today, zone=UTC))


def test_a_report_says_what_was_looked_at_what_is_good_and_what_is_to_be_done() -> None:
    said = Said(
        agreed=("1.1",),
        not_agreed={"2.1": "Nine | hours."},
        looked={"1.1": Sight.STATED, "2.1": Sight.STATED},
        report=Report("Clear *notes*.", "Say where.", valid=("valid", "current"), feedback=()),
    )
    text = report(with_action(verified(closed(), said)), DUE + timedelta(1))
    for line in (
        "| Learner name | Rosalind \\*Jones\\* |",
        "| Assessor | Jo Marsh |",
        "| Verifier | Vera Dunn |",
        "| 1.1 | pass | Jo Marsh | stated |  | agreed |  |",
        "| 2.1 | pass | Jo Marsh | stated |  | not agreed | Nine \\| hours. |",
        "**Not agreed**",
        "Evidence found to be: valid, current.",
        "Feedback found to be: none of what was looked for.",
        "> Clear \\*notes\\*.",
        "> Say where.",
        f"| Decide it again. | 2.1 | Jo Marsh | {DUE.isoformat()} | overdue |",
    ):
        assert line in text.split("\n"), line
    assert text.endswith("\\_ |\n"), "the assessor has not signed it"


def test_strengths_and_development_have_their_places_also_when_all_is_agreed() -> None:
    text = report(verified(closed(), Said(True)))
    assert "**Agreed**" in text
    assert "The unit as a whole." in text
    assert text.count("> *Nothing was said.*") == 2
    assert "None." in text


def test_the_assessor_who_has_read_it_stands_in_it() -> None:
    portfolio = not_agreed()
    read = portfolio.with_event(actions.acknowledge(act("read", ASSESSOR), UNIT, portfolio, "I see."))
    text = report(read)
    assert "> I see." in text
    assert "| Assessor | Jo Marsh | \\_" in text


def test_what_does_not_stand_any_more_and_what_was_answered_before_is_said() -> None:
    again = amended(not_agreed())
    assert "does not stand as it was any more: 2.1" in report(again)
    text = report(verified(again, Said(agreed=("2.1",)), "second"))
    assert "does not stand as it was any more" not in text.split("## Answered before")[0]
    assert "2.1 not agreed: Nine hours are shown." in text.split("## Answered before")[1]


def test_a_report_on_a_unit_of_who_left_says_so_until_they_are_back() -> None:
    portfolio = not_agreed()
    for step, is_said in ((LeftStep.LEFT, True), (LeftStep.BACK, False)):
        body = Left(step, AT.date(), "Moved away.").write()
        heads = portfolio.departure.heads if portfolio.departure is not None else ()
        event = Event(step.value, Kind.LEFT.value, LEARNER, AT, "carol", "coordinator", body=body, supersedes=heads)
        portfolio = portfolio.with_event(event)
        assert (f"The learner left on {AT.date()}." in report(portfolio)) is is_said


def test_an_interim_look_has_its_report_and_nothing_verified_has_none() -> None:
    looked = DECIDED.with_event(verification.look(act("look"), UNIT, DECIDED, Said(agreed=("1.1",))))
    assert "| Stage | interim |" in report(looked)
    with pytest.raises(Refused, match="Nothing was verified"):
        report(DECIDED)


def test_a_report_says_that_two_verifiers_answered_differently() -> None:
    start = sampled(closed())
    first = start.with_event(verification.verify(act("one"), UNIT, start, Said(not_agreed={"2.1": "Thin."})))
    other = act("other", replace(VERIFIER, id="omar"))
    both = first.with_event(verification.verify(other, UNIT, start, Said(agreed=("2.1",))))
    assert "**Two verifiers answered differently about 2.1" in report(both)
    assert "Two verifiers" not in report(first)


def test_a_report_on_what_was_claimed_and_is_not_that_any_more_says_so() -> None:
    portfolio = verified(closed(), Said(True))
    closing = portfolio.unit(UNIT.key).closing
    assert closing is not None
    said = Claimed(ClaimStep.CLAIMED, number="17", rests_on=(closing.uid,)).write()
    claim = Event("claim", Kind.CLAIMED.value, LEARNER, AT, "cora", "coordinator", Subject(UNIT.key), said)
    claimed = portfolio.with_event(claim)
    assert "laimed" not in report(claimed)
    reopened = claimed.with_event(marking.reopen(act("again", ASSESSOR), UNIT, claimed, "An appeal."))
    assert f"**Claimed, number 17, {AT.date()}: it was reopened since it was claimed.**" in report(reopened)
