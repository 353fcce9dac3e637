"""Learners who leave: nothing is asked of them any more, nothing of theirs goes, and they come back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.policy import Policy
from markterm.domain.record.bodies.cases import CaseAbout
from markterm.domain.record.bodies.leaving import LeftStep
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.rules.act import Act
from markterm.domain.rules.cases import open_case
from markterm.domain.rules.due_days import set_due
from markterm.domain.rules.leaving import leave
from markterm.domain.views.caseload_filter import filter_rows, not_shown_in_words
from markterm.domain.views.caseload_row import caseload_row
from markterm.domain.views.due import Step
from markterm.domain.views.event_told import event_told
from markterm.domain.views.waiting import NOTHING_SPECIAL, steps_due
from markterm.domain.words.errors import Refused
from markterm.domain.words.local_time import local
from tests.samples import ASSESSOR, AT, LEARNER, UNIT, decision

WHO = Learner(LEARNER, "Rosalind Jones", registered=date(2024, 9, 1))
TODAY = local(AT).date()
MARKED = fold([decision("a"), decision("b", "1.2")])


def left(
    portfolio: Portfolio = MARKED,
    step: LeftStep = LeftStep.LEFT,
    on: date = TODAY,
    why: str = "Moved away.",
    uid: str = "left",
    learner: Learner = WHO,
) -> Portfolio:
    event = leave(Act(ASSESSOR, LEARNER, AT, uid), learner, portfolio, step, on, why)
    return portfolio.with_event(event)


def test_whoever_left_waits_for_nobody_and_keeps_everything() -> None:
    away = left()
    assert steps_due(UNIT, MARKED, Policy())
    assert steps_due(UNIT, away, Policy()) == ()
    assert away.units == MARKED.units
    assert event_told(away.events[-1]) == f"left on {TODAY}"
    assert away.departure is not None
    assert away.departure.in_words == f"left on {TODAY}: Moved away."


def test_nothing_is_set_as_due_of_who_left() -> None:
    with pytest.raises(Refused, match="They left"):
        set_due(Act(ASSESSOR, LEARNER, AT, "due"), UNIT, left(), TODAY)


def test_a_case_of_a_learner_who_left_is_still_to_be_resolved() -> None:
    case = open_case(Act(ASSESSOR, LEARNER, AT, "case"), MARKED, CaseAbout.COMPLAINT, "Nobody answered.")
    assert [each.step for each in steps_due(UNIT, left(MARKED.with_event(case)), Policy())] == [Step.RESOLVE]


def test_whoever_comes_back_waits_as_before() -> None:
    back = left(left(), LeftStep.BACK, why="", uid="back")
    assert not back.is_away
    assert steps_due(UNIT, back, Policy()) == steps_due(UNIT, MARKED, Policy())


def test_of_two_who_had_not_seen_each_other_whoever_says_that_the_learner_is_here_holds() -> None:
    away = left()
    back = left(away, LeftStep.BACK, why="", uid="a back").events[-1]
    again = left(away, LeftStep.TRANSFERRED, why="To another course.", uid="b again").events[-1]
    for order in ((back, again), (again, back)):
        assert not fold((*away.events, *order)).is_away
    seen = left(fold((*away.events, back, again)), why="Gone.", uid="seen")
    assert seen.is_away


@pytest.mark.parametrize(
    ("step", "on", "why", "title"),
    [
        (LeftStep.LEFT, TODAY + timedelta(1), "Will move.", "This day has not come yet"),
        (LeftStep.LEFT, date(2024, 8, 31), "Never came.", "Nobody leaves before they came"),
        (LeftStep.LEFT, TODAY, " ", "Leaving has a reason"),
        (LeftStep.BACK, TODAY, "", "They have not left"),
    ],
)
def test_what_cannot_be_is_refused(step: LeftStep, on: date, why: str, title: str) -> None:
    with pytest.raises(Refused) as refused:
        left(step=step, on=on, why=why)
    assert refused.value.title == title


def test_nobody_comes_back_before_they_left_or_leaves_twice_in_the_same_words() -> None:
    away = left()
    with pytest.raises(Refused, match="Nobody comes back"):
        left(away, LeftStep.BACK, TODAY - timedelta(1), uid="back")
    with pytest.raises(Refused, match="recorded already"):
        left(away, uid="again")


def test_the_caseload_shows_who_left_where_that_is_asked_for() -> None:
    rows = [
        caseload_row(name, replace(WHO, registration=name), (UNIT,), portfolio, Policy(), NOTHING_SPECIAL)
        for name, portfolio in (("HERE1", MARKED), ("AWAY1", left()))
    ]

    def found(text: str) -> list[str]:
        return [row.registration for row in filter_rows(rows, text)]

    assert found("") == found("-state:left") == found("state:marking") == ["HERE1"]
    assert found("state:left") == found("state:le") == ["AWAY1"]
    assert found("state:") == ["HERE1"]
    assert not_shown_in_words(rows, "") == "1 who left is not shown"
    assert not_shown_in_words(rows, "state:left") == ""
    assert rows[1].left == f"left on {TODAY}"


def test_what_was_decided_before_the_registration_is_told_beside_the_unit() -> None:
    later = replace(WHO, registered=TODAY + timedelta(3))
    row = caseload_row("A", later, (UNIT,), MARKED, Policy(), NOTHING_SPECIAL)
    assert row.units[0].before_registration == f"decided on {TODAY}, before the registration on {later.registered}"
    assert filter_rows([row], "state:before-registration") == [row]
    assert not caseload_row("A", WHO, (UNIT,), MARKED, Policy(), NOTHING_SPECIAL).units[0].before_registration
