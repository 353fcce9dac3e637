"""What is counted of a record whose decisions were carried to another sheet, and of one that says odd things."""

from __future__ import annotations

from dataclasses import replace

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.bodies.verifying import Answer
from markterm.domain.record.carrying import carried_over
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.settlement import Settlement, Settling
from markterm.domain.reports.counted import Counted
from tests.domain.reports.records import REFER, at_attempt, counted, decided, looked
from tests.samples import AT, KEY, LEARNER

NEWER = UnitKey(KEY.code, "2")
THREE = (decided("a", "1.1"), decided("b", "1.2", REFER), decided("c", "2.1"))


def settled(*settlements: Settlement) -> Event:
    """That these decisions were settled when the sheet became a newer version."""
    body = carried_over(KEY, NEWER, "Renumbered.", settlements).write()
    return Event("settled", Kind.CARRIED, LEARNER, AT, "jm", "assessor", Subject(KEY), body)


CARRIED = settled(
    Settlement("1.1", Settling.CARRIED, ("a",), (), "3.1", "Words"),
    Settlement("1.2", Settling.ANEW, ("b",), ("a citation",)),
    Settlement("2.1", Settling.NOT_ASKED, ("c",), ()),
)


def where(record: Counted) -> list[tuple[UnitKey, str, str]]:
    """Where each decision is counted."""
    return [(each.unit, each.criterion, each.uid) for each in record.decided]


def test_a_decision_that_was_carried_is_counted_once_where_it_stands() -> None:
    record = counted(*THREE, CARRIED)
    assert where(record) == [(NEWER, "3.1", "a")]
    assert record.set_aside == 2
    assert len(where(counted(*THREE))) == 3


def test_an_answer_goes_with_the_decision_that_was_carried() -> None:
    answers = looked("l", Answer("1.1", "a", True), Answer("1.2", "b", False, "It is there."))
    found = {each.decision: each for each in counted(*THREE, answers, CARRIED).answered}
    assert (found["a"].unit, found["a"].criterion) == (NEWER, "3.1")
    assert (found["b"].unit, found["b"].criterion, found["b"].amended) == (KEY, "1.2", True)


def test_what_was_referred_at_first_is_counted_though_the_resubmission_was_carried_elsewhere() -> None:
    again = at_attempt(decided("b", "1.1", supersedes="a"), 2)
    carried = settled(Settlement("1.1", Settling.CARRIED, ("b",), (), "3.1", "Words"))
    found = where(counted(decided("a", "1.1", REFER), again, carried))
    assert sorted(uid for *_, uid in found) == ["a", "b"]
    assert (NEWER, "3.1", "b") in found
    changed_mind = decided("b", "1.1", supersedes="a")
    assert where(counted(decided("a", "1.1", REFER), changed_mind, carried)) == [(NEWER, "3.1", "b")]


def test_what_was_not_agreed_is_amended_though_what_was_decided_then_was_carried_elsewhere() -> None:
    answers = looked("l", Answer("1.1", "a", False, "Look."))
    carried = settled(Settlement("1.1", Settling.CARRIED, ("b",), (), "3.1", "Words"))
    now = counted(decided("a", "1.1", REFER), answers, decided("b", "1.1", supersedes="a"), carried)
    assert [each.amended for each in now.answered] == [True]


def test_what_a_newer_version_wrote_is_counted_as_nothing() -> None:
    odd = replace(decided("d", "1.1"), body={"result": "merit"})
    answers = replace(looked("l", Answer("1.1", "a", True)), body={"answers": "yes"})
    assert (where(counted(odd, answers)), counted(odd, answers).answered) == ([], ())
