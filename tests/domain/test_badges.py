"""Badges: what is recorded of them, and when one is to be revoked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from markterm.domain.assessed.member import Role
from markterm.domain.assessed.policy import Policy
from markterm.domain.claims.badges import passed_in, why_to_revoke
from markterm.domain.record.event import Event, Result
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.rules.act import Act
from markterm.domain.rules.badging import agree, issue, revoke
from markterm.domain.rules.marking import close, reopen
from markterm.domain.views.event_told import event_told
from markterm.domain.words.errors import MarkTermError, Refused, WrongUse
from tests.graded import MERITS, PASSES, decided, graded_unit
from tests.samples import ASSESSOR, AT, LEARNER, declaration

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
    assert told(reopened) == "the unit was reopened since"
    anew = [*reopened, close(act("anew", MARKER), UNIT, fold(reopened), "Again.")]
    assert told(anew) == "the unit was closed anew since"
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
    with pytest.raises(Refused, match="not closed with a pass"):
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
    monkeypatch.setattr("markterm.domain.rules.badging.held_back", lambda *_: held)
    with pytest.raises(Refused, match="It is open"):
        issue(act("x"), UNIT, fold(agreed()), Policy(), lambda _: "{}")
