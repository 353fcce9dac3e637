"""What an external quality assurer notes on a visit: each learner is in the list once, and on days of it alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from markterm.domain.assessed.member import Member, Role
from markterm.domain.record.event import CENTRE, Event
from markterm.domain.record.visit_lists import VisitList
from markterm.domain.rules import visit_noting
from markterm.domain.rules.act import Act
from markterm.domain.words.errors import Refused
from tests.samples import AT, VERIFIER

DAY = AT.date()
PAT = Member("pat", "Pat Reed", frozenset({Role.EXTERNAL}), visit=(DAY, DAY))
ACT = Act(PAT, CENTRE, AT, "p")


def told(*events: Event) -> VisitList:
    return visit_noting.list_of(ACT, events, lambda registration, _: registration)


def test_a_learner_is_picked_once_and_put_back_once() -> None:
    picked = visit_noting.pick(ACT, told(), "AAA1", " a resubmission ")
    assert [(each.registration, each.why) for each in told(picked).picked] == [("AAA1", "a resubmission")]
    with pytest.raises(Refused, match="In the list already"):
        visit_noting.pick(ACT, told(picked), "AAA1", "")
    back = visit_noting.put_back(Act(PAT, CENTRE, AT + timedelta(minutes=1), "b"), told(picked), "AAA1", "")
    assert told(picked, back).picked == ()
    with pytest.raises(Refused, match="Not in the list"):
        visit_noting.put_back(ACT, told(picked, back), "AAA1", "")


@pytest.mark.parametrize(
    "member",
    [
        VERIFIER,
        Member("pat", "Pat Reed", frozenset({Role.EXTERNAL})),
        Member("pat", "Pat Reed", frozenset({Role.EXTERNAL}), visit=(DAY + timedelta(days=1),) * 2),
        Member("pat", "Pat Reed", frozenset({Role.EXTERNAL}), visit=(DAY - timedelta(days=1),) * 2),
    ],
)
def test_nobody_notes_anything_who_is_not_on_a_day_of_their_visit(member: Member) -> None:
    for note in (visit_noting.list_of, lambda act, *_: visit_noting.open_them(act, ["AAA1"])):
        with pytest.raises(Refused):
            note(Act(member, CENTRE, AT, "p"), (), lambda registration, _: registration)


def test_who_was_opened_is_told_apart_from_who_was_on_a_list() -> None:
    listed = visit_noting.list_them(ACT, ["AAA1", "BBB2"])
    opened = visit_noting.open_them(Act(PAT, CENTRE, AT + timedelta(minutes=1), "o"), ["BBB2"])
    lines = told(listed, opened).in_lines(str, {}, date.isoformat, lambda at: f"{at:%H:%M}")
    first, second = f"{AT:%H:%M}", f"{AT + timedelta(minutes=1):%H:%M}"
    assert list(lines) == [
        f"visit of pat (pat) from {DAY}: 0 learners picked, 1 opened, 1 only on a list or in a report",
        f"  opened: BBB2, {second}",
        f"  only on a list or in a report: AAA1, {first}",
    ]


def test_what_an_earlier_version_noted_is_neither() -> None:
    look = visit_noting.open_them(ACT, ["AAA1"])
    earlier = replace(look, body={**look.body, "step": "looked"})
    lists = visit_noting.list_them(Act(PAT, CENTRE, AT + timedelta(minutes=1), "o"), ["AAA1"])
    assert [how for how, _ in (each.in_words for each in told(earlier, lists).looked.values())] == ["looked at"]
