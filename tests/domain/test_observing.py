"""Observations of assessors, and interviews about their work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from markterm.domain.record.bodies.observing import AssessorObserved, ObservingStep, SeenHow
from markterm.domain.record.event import CENTRE, Event
from markterm.domain.record.observation import Observation, ObservationState, observations
from markterm.domain.rules.act import Act
from markterm.domain.rules.observing import drop, plan, record
from markterm.domain.words.errors import Refused
from tests.samples import ASSESSOR, AT, SECOND_ASSESSOR, VERIFIER

TODAY = AT.date()
PLAN = AssessorObserved(ObservingStep.PLANNED, "jm", SeenHow.LEARNER, learner="AAA1", due=TODAY, text="Each year.")
SEEN = AssessorObserved(ObservingStep.RECORDED, "jm", SeenHow.OBSERVATION, on=TODAY, text="She waits for answers.")
WITNESS = replace(SEEN, how=SeenHow.WITNESS, witness="Mr Ode")
BY_VERA, BY_ALI, BY_JO = (Act(member, CENTRE, AT, member.id) for member in (VERIFIER, SECOND_ASSESSOR, ASSESSOR))
PLANNED = plan(BY_ALI, ASSESSOR, VERIFIER, PLAN, TODAY)


def told(*events: Event) -> Observation:
    (only,) = observations(events)
    return only


def test_what_is_planned_is_overdue_when_its_day_is_over_and_not_before() -> None:
    waiting = told(PLANNED)
    assert (waiting.state, waiting.said.verifier) == (ObservationState.PLANNED, "vd")
    assert not waiting.is_overdue(TODAY)
    assert waiting.is_overdue(TODAY + timedelta(days=1))
    done = told(PLANNED, record(BY_VERA, ASSESSOR, waiting, SEEN, TODAY))
    assert not done.is_overdue(TODAY + timedelta(days=1))


def test_what_is_recorded_is_about_what_was_planned() -> None:
    done = told(PLANNED, record(BY_VERA, ASSESSOR, told(PLANNED), SEEN, TODAY))
    assert done.state is ObservationState.RECORDED
    assert (done.said.how, done.said.learner, done.said.text) == (SeenHow.LEARNER, "AAA1", "She waits for answers.")
    assert done.plan is not None
    assert done.plan.due == TODAY


def test_what_nobody_planned_is_recorded_all_the_same() -> None:
    assert told(record(BY_VERA, ASSESSOR, None, WITNESS, TODAY)).plan is None


def test_of_two_who_had_not_seen_each_other_both_records_are_kept_and_a_drop_does_not_undo_them() -> None:
    one, other = (replace(record(BY_VERA, ASSESSOR, told(PLANNED), SEEN, TODAY), uid=uid) for uid in "ab")
    dropped = replace(drop(BY_ALI, told(PLANNED), "She has left."), uid="d")
    assert told(PLANNED, dropped).state is ObservationState.DROPPED
    for order in ((one, dropped, other), (dropped, one, other)):
        both = told(PLANNED, *order)
        assert (both.state, len(both.records), both.dropped) == (ObservationState.RECORDED, 2, "She has left.")


@pytest.mark.parametrize(
    "verb",
    [
        lambda: plan(BY_JO, ASSESSOR, VERIFIER, PLAN, TODAY),
        lambda: plan(BY_ALI, SECOND_ASSESSOR, None, PLAN, TODAY),
        lambda: plan(BY_VERA, ASSESSOR, ASSESSOR, PLAN, TODAY),
        lambda: plan(BY_VERA, SECOND_ASSESSOR, ASSESSOR, PLAN, TODAY),
        lambda: plan(BY_ALI, VERIFIER, None, PLAN, TODAY),
        lambda: plan(BY_VERA, ASSESSOR, None, PLAN, TODAY + timedelta(days=1)),
        lambda: record(BY_JO, ASSESSOR, None, SEEN, TODAY),
        lambda: record(BY_ALI, SECOND_ASSESSOR, None, SEEN, TODAY),
        lambda: record(BY_VERA, ASSESSOR, None, replace(SEEN, text=" "), TODAY),
        lambda: record(BY_VERA, ASSESSOR, None, replace(SEEN, on=None), TODAY),
        lambda: record(BY_VERA, ASSESSOR, None, SEEN, TODAY - timedelta(days=1)),
        lambda: record(BY_VERA, ASSESSOR, None, replace(WITNESS, witness=""), TODAY),
        lambda: record(BY_VERA, ASSESSOR, None, replace(SEEN, how=SeenHow.LEARNER), TODAY),
        lambda: drop(BY_JO, told(PLANNED), "Why."),
        lambda: drop(BY_VERA, told(PLANNED), " "),
        lambda: drop(BY_VERA, told(record(BY_VERA, ASSESSOR, None, SEEN, TODAY)), "Why."),
    ],
)
def test_what_is_no_observation_is_refused(verb: Callable[[], Event]) -> None:
    with pytest.raises(Refused):
        verb()
