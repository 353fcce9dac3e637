"""What actions come to: how many are open, how old they are, and how long they took."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from markterm.domain.record.actions import ActionState
from markterm.domain.reports.asked import Asked, Axis
from markterm.domain.reports.followed_up import ActionAt, followed_up
from markterm.domain.reports.report import Report
from markterm.domain.reports.workload import SetAction
from tests.domain.reports.records import rows
from tests.samples import AT, KEY, LEARNER

SET_ON = AT.date()
TODAY = SET_ON + timedelta(30)
OWNER = Asked((Axis.OWNER,))


def action(
    state: ActionState = ActionState.OPEN, owner: str = "jm", *, due: int = 60, took: int = 0, left: bool = False
) -> ActionAt:
    """An action as it stands, with the days in which it is due, and in which it was accepted."""
    accepted = AT + timedelta(took) if state is ActionState.ACCEPTED else None
    due_on = SET_ON + timedelta(due)
    said = SetAction(LEARNER, KEY, "1.1", owner, "vd", AT, state, due_on, accepted, False, "Read page 2.", "set")
    return ActionAt(said, TODAY, left)


DONE, ACCEPTED = ActionState.DONE, ActionState.ACCEPTED
EVERY = (
    action(),
    action(due=10),
    action(DONE),
    action(ACCEPTED, took=2),
    action(ACCEPTED, took=5),
    action(owner="gone", left=True),
    action(ACCEPTED, owner="gone", left=True, took=1),
)


def report(asked: Asked = OWNER) -> Report:
    return followed_up(EVERY, asked, str.upper)


def test_the_actions_of_an_owner_are_told_apart_by_where_they_stand() -> None:
    names = ("owner", "actions", "open", "overdue", "done", "accepted", "owner_left", "oldest_days", "median_days")
    assert [tuple(each[name] for name in names) for each in rows(report())] == [
        ("gone", 2, 1, 0, 0, 1, 1, 30, 1),
        ("jm", 5, 2, 1, 1, 2, 0, 30, Fraction(7, 2)),
    ]


def test_whose_owner_has_left_is_said() -> None:
    (said,) = report().warnings
    assert said == "1 action of who is no member of the centre wait for another one: gone."
    assert report(replace(OWNER, assessor="jm")).warnings == ()


def test_ages_are_in_steps_in_their_order() -> None:
    ages = followed_up(
        [EVERY[0], action(ACCEPTED, took=9), EVERY[3], EVERY[0]._replace(today=SET_ON + timedelta(91))],
        Asked((Axis.AGE,)),
        str,
    )
    assert [each["age"] for each in rows(ages)] == ["0–7 days", "8–14 days", "29–90 days", "91 days or more"]


def test_an_age_is_never_less_than_nothing_where_clocks_differ() -> None:
    assert EVERY[0]._replace(today=SET_ON - timedelta(1)).days == 0


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        (replace(OWNER, assessor="jm"), 5),
        (replace(OWNER, verifier="vd"), 7),
        (replace(OWNER, verifier="jm"), 0),
        (replace(OWNER, unit="8580-503"), 0),
        (replace(OWNER, until=date(2025, 3, 3)), 0),
    ],
)
def test_only_what_is_asked_for_is_counted_and_lies_behind_it(asked: Asked, count: int) -> None:
    told = report(asked)
    assert len(list(told.behind())) == count == sum(len(list(each.behind())) for each in told.rows)


def test_behind_a_figure_are_the_actions_with_their_ids() -> None:
    open_one, overdue, *_ = report().behind()
    assert (open_one.unit, open_one.criterion, open_one.on, open_one.uid) == (KEY, "1.1", SET_ON, "set")
    assert open_one.what == "open, due 2025-05-03: Read page 2."
    assert overdue.what == "overdue, due 2025-03-14: Read page 2."
