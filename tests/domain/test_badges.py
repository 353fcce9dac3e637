"""Badges: what is recorded of them, and when one is to be revoked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from markterm.domain.assessed.member import Role
from markterm.domain.assessed.policy import Policy
from markterm.domain.claims.badges import BadgeState, badge_of_unit, passed_in, standing_of, why_to_revoke
from markterm.domain.claims.badging import agree, issue, revoke
from markterm.domain.claims.told import told_of_unit
from markterm.domain.record.badges import BadgeIssued
from markterm.domain.record.event import Event, Kind, Result
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.rules.act import Act
from markterm.domain.rules.marking import close, reopen
from markterm.domain.views.event_told import event_told
from markterm.domain.words.errors import MarkTermError, Refused, WrongUse
from tests.domain.test_claimable import passed_and_told
from tests.domain.test_waiting import Way
from tests.graded import MERITS, PASSES, decided, graded_unit
from tests.samples import ASSESSOR, AT, LEARNER, declaration
from tests.samples import UNIT as SAMPLE

UNIT = replace(graded_unit(), regulated=False)
MARKER = replace(ASSESSOR, units=frozenset({UNIT.code}))
COORDINATOR = replace(ASSESSOR, id="cora", roles=frozenset({Role.COORDINATOR}))
MARKED = (declaration(), *(decided(each, each, Result.PASS) for each in PASSES))


def act(uid: str, member: object = COORDINATOR) -> Act:
    return Act(member, LEARNER, AT + timedelta(days=1), uid)  # type: ignore[arg-type]  # a member, or nobody


def closed() -> list[Event]:
    events = list(MARKED)
    events.append(close(act("closed", MARKER), UNIT, fold(events), "All there."))
    return events


def agreed() -> list[Event]:
    events = closed()
    return [*events, agree(act("agreed"), UNIT, "Rosalind", "e-mail")]


def issued() -> list[Event]:
    events = agreed()
    return [*events, issue(act("issued"), UNIT, fold(events), Policy(), lambda _: "{}")]


def told(events: list[Event]) -> str:
    portfolio = fold(events)
    badge = portfolio.badges.standing(UNIT.key)
    return why_to_revoke(badge, portfolio) if badge is not None else "none"


def test_the_steps_of_a_badge_are_entries_that_are_told() -> None:
    events = issued()
    assert [event_told(each) for each in events[-2:]] == [
        "badge agreed to by Rosalind, e-mail on 2025-03-05",
        "badge issued",
    ]
    assert told(events) == ""


def test_a_badge_is_to_be_revoked_once_its_unit_is_not_what_it_was() -> None:
    events = issued()
    reopened = [*events, reopen(act("reopened", MARKER), UNIT, fold(events), "A mistake.")]
    assert told(reopened) == "it was reopened since the badge was issued"
    anew = [*reopened, close(act("anew", MARKER), UNIT, fold(reopened), "Again.")]
    assert told(anew) == "it was closed anew since the badge was issued"
    gone = [*anew, revoke(act("revoked"), UNIT, fold(anew).badges.standing(UNIT.key), "Closed anew.")]
    assert told(gone) == "none"
    assert [each.revoked is not None for each in fold(gone).badges.of(UNIT.key)] == [True]
    second = [*gone, issue(act("second"), UNIT, fold(gone), Policy(), lambda _: "{}")]
    assert told(second) == ""


@pytest.mark.parametrize(
    ("events", "title"),
    [(closed, "The learner has not agreed"), (issued, "It is issued already"), (lambda: list(MARKED), "not agreed")],
)
def test_what_is_not_ready_is_not_issued(events: object, title: str) -> None:
    portfolio = fold(events())  # type: ignore[operator]  # a function
    with pytest.raises(Refused) as refused:
        issue(act("x"), UNIT, portfolio, Policy(), lambda _: "{}")
    assert title in refused.value.title


def test_a_unit_that_is_open_has_no_badge_though_the_learner_agreed() -> None:
    events = [*MARKED, agree(act("agreed"), UNIT, "Rosalind", "e-mail")]
    with pytest.raises(Refused, match="it is not closed"):
        issue(act("x"), UNIT, fold(events), Policy(), lambda _: "{}")


def test_each_step_is_a_coordinators_and_needs_what_it_says() -> None:
    def why(verb: object) -> MarkTermError:
        with pytest.raises(MarkTermError) as refused:
            verb()  # type: ignore[operator]  # a function
        return refused.value

    regulated = replace(UNIT, regulated=True)
    portfolio: Portfolio = fold(agreed())
    badge = fold(issued()).badges.standing(UNIT.key)
    assert isinstance(why(lambda: agree(act("x", ASSESSOR), UNIT, "R", "e-mail")), Refused)
    assert isinstance(why(lambda: issue(act("x", ASSESSOR), UNIT, portfolio, Policy(), lambda _: "{}")), Refused)
    assert isinstance(why(lambda: revoke(act("x", ASSESSOR), UNIT, badge, "why")), Refused)
    assert "regulated" in why(lambda: agree(act("x"), regulated, "R", "e-mail")).title
    assert "regulated" in why(lambda: issue(act("x"), regulated, portfolio, Policy(), lambda _: "{}")).title
    assert isinstance(why(lambda: agree(act("x"), UNIT, " ", "e-mail")), WrongUse)
    assert isinstance(why(lambda: agree(act("x"), UNIT, "R", "")), WrongUse)
    assert isinstance(why(lambda: agree(act("x"), UNIT, "R", "e-mail", date(2999, 1, 1))), Refused)
    assert isinstance(why(lambda: revoke(act("x"), UNIT, badge, " ")), WrongUse)
    assert isinstance(why(lambda: revoke(act("x"), UNIT, None, "why")), Refused)


def test_a_badge_names_the_criteria_that_were_passed_and_none_for_a_grade_that_was_not_reached() -> None:
    named = [each.number for each in passed_in(UNIT, fold(closed()))]
    assert named == list(PASSES)
    assert not set(named) & set(MERITS)


def test_what_holds_the_feedback_holds_the_badge(monkeypatch: pytest.MonkeyPatch) -> None:
    held = Refused("Held by a case", "It is open.", "Close it.")
    monkeypatch.setattr("markterm.domain.claims.badging.held_back", lambda *_: held)
    with pytest.raises(Refused, match="It is open"):
        issue(act("x"), UNIT, fold(agreed()), Policy(), lambda _: "{}")


def test_where_a_badge_stands_is_told_from_the_offer_to_the_revocation() -> None:
    def state(events: list[Event]) -> BadgeState | None:
        standing = badge_of_unit(UNIT, fold(events))
        return standing.state if standing is not None else None

    assert state(list(MARKED)) is None
    assert badge_of_unit(replace(UNIT, regulated=True), fold(closed())) is None
    assert state(closed()) is BadgeState.OFFERED
    assert state(agreed()) is BadgeState.AGREED
    events = issued()
    assert state(events) is BadgeState.ISSUED
    reopened = [*events, reopen(act("reopened", MARKER), UNIT, fold(events), "A mistake.")]
    assert state(reopened) is BadgeState.TO_REVOKE
    assert list(told_of_unit(UNIT.key, fold(reopened))) == [
        ("Badge to be revoked: it was reopened since the badge was issued.", True)
    ]
    gone = [*reopened, revoke(act("r"), UNIT, fold(reopened).badges.standing(UNIT.key), "Reopened.")]
    assert state(gone) is BadgeState.REVOKED
    assert list(told_of_unit(UNIT.key, fold(gone))) == [("Badge revoked: Reopened.", False)]


@pytest.mark.parametrize(
    ("after", "why"),
    [
        (lambda way: way, ""),
        (lambda way: way.decide("1.1"), "decisions were changed since the badge was issued"),
        (lambda way: way.clash("1.1"), "decisions were changed since the badge was issued"),
        (lambda way: way.sample().verify(agrees=False), "a verifier does not agree"),
        (lambda way: way.sample().verify().verify(agrees=False), "two verifiers answered differently"),
        (
            lambda way: way.add(Kind.CASE, {"step": "opened", "about": "malpractice", "text": "So."}),
            "a case holds it since the badge was issued",
        ),
    ],
)
def test_a_badge_asks_what_a_claim_asks(after: Callable[[Way], Way], why: str) -> None:
    way = passed_and_told()
    own = next(event.uid for event in way.events if event.kind == Kind.CLOSED)
    badge = BadgeIssued("b", SAMPLE.key, AT, "cora", "{}", own)
    assert why_to_revoke(badge, after(way).portfolio) == why


def test_a_badge_that_rests_on_no_closing_of_the_record_is_to_be_revoked() -> None:
    badge = BadgeIssued("b", SAMPLE.key, AT, "cora", "{}", "of another learner")
    standing = standing_of(badge, passed_and_told().portfolio)
    assert (standing.state, standing.why) == (
        BadgeState.TO_REVOKE,
        "the closing that it rests on is not in the record",
    )


def test_what_would_keep_a_unit_from_being_claimed_keeps_its_badge_from_being_issued() -> None:
    own = replace(SAMPLE, regulated=False)
    way = passed_and_told().sample()
    way.events.append(agree(act("agreed"), own, "Rosalind", "e-mail"))
    with pytest.raises(Refused, match="no verifier has agreed"):
        issue(act("x"), own, way.portfolio, Policy(feedback_waits_for_verification=False), lambda _: "{}")
