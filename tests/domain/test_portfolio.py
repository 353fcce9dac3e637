"""The fold: the same events come to the same portfolio, in whatever order they arrive."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import reduce
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.event import Event, Json, Kind, Result, Subject
from markterm.domain.record.outcome import count, outcome, unit_state
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.record.states import CriterionState, UnitState
from tests.samples import AT, KEY, LEARNER, UNIT, decision, uids, withdrawal

CRITERIA = ("1.1", "1.2", "2.1")


def states(portfolio: Portfolio) -> dict[str, tuple[CriterionState, frozenset[str]]]:
    """Where each criterion stands, and on which decisions."""
    record = portfolio.unit(KEY)
    return {
        number: (record.criterion(number).state, frozenset(d.uid for d in record.criterion(number).standing))
        for number in CRITERIA
    }


def state(*events: Event) -> CriterionState:
    return fold(events).unit(KEY).criterion("1.1").state


@dataclass
class History:
    """What several members did, each with what they had seen at the time, by uid."""

    events: list[Event] = field(default_factory=list)
    seen: dict[str, frozenset[str]] = field(default_factory=dict)


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Members mark and withdraw on what they have seen, and now and then see what the others did."""
    history = History()
    known: dict[str, list[Event]] = {member: [] for member in ("jm", "ak", "vd")}
    for number in range(draw(st.integers(0, 14))):
        member = draw(st.sampled_from(sorted(known)))
        if draw(st.booleans()):
            other = draw(st.sampled_from(sorted(known)))
            known[member] += [event for event in known[other] if event not in known[member]]
            order = {event.uid: place for place, event in enumerate(history.events)}
            known[member].sort(key=lambda event: order[event.uid])
        criterion = draw(st.sampled_from(CRITERIA))
        record = fold(known[member]).unit(KEY).criterion(criterion)
        uid = f"e{number}"
        if record.live and draw(st.integers(0, 3)) == 0:
            event = withdrawal(uid, (record.standing or record.live)[-1].uid, criterion, actor=member)
        else:
            result = draw(st.sampled_from(Result))
            replaced = [standing.uid for standing in record.standing]
            event = decision(uid, criterion, result, actor=member, supersedes=replaced)
        history.seen[uid] = frozenset(known_event.uid for known_event in known[member])
        history.events.append(event)
        known[member].append(event)
    return history


def another_order(history: History, random: Random) -> list[Event]:
    """The events in an order in which nobody's event comes before what its author had seen."""
    waiting, delivered, order = list(history.events), set[str](), list[Event]()
    while waiting:
        event = random.choice([event for event in waiting if history.seen[event.uid] <= delivered])
        waiting.remove(event)
        delivered.add(event.uid)
        order.append(event)
    return order


@given(histories(), st.randoms(use_true_random=False))
def test_any_order_of_delivery_that_keeps_causes_first_comes_to_the_same(history: History, random: Random) -> None:
    assert states(fold(another_order(history, random))) == states(fold(history.events))


@given(histories(), st.integers(0, 14))
def test_one_event_more_comes_to_the_same_as_all_from_the_start(history: History, first: int) -> None:
    begun = fold(history.events[:first])
    assert reduce(Portfolio.with_event, history.events[first:], begun) == fold(history.events)


@given(histories(), st.randoms(use_true_random=False), st.integers(0, 14))
def test_one_event_more_comes_to_the_same_also_when_what_takes_it_back_was_read_before_it(
    history: History, random: Random, first: int
) -> None:
    events = list(history.events)
    random.shuffle(events)
    assert reduce(Portfolio.with_event, events[first:], fold(events[:first])) == fold(events)


@given(histories())
def test_withdrawing_a_new_decision_brings_back_what_stood_before(history: History) -> None:
    before = fold(history.events)
    for number in CRITERIA:
        stood = [standing.uid for standing in before.unit(KEY).criterion(number).standing]
        marked = before.with_event(decision("new", number, Result.REFER, note="More.", supersedes=stood))
        assert states(marked)[number] == (CriterionState.REFER, frozenset({"new"}))
        assert states(marked.with_event(withdrawal("undo", "new", number))) == states(before)


@given(histories())
def test_a_decision_that_supersedes_all_that_stands_always_stands_alone(history: History) -> None:
    portfolio = fold(history.events)
    stood = [standing.uid for standing in portfolio.unit(KEY).criterion("1.1").standing]
    settled = portfolio.with_event(decision("new", supersedes=stood))
    assert states(settled)["1.1"] == (CriterionState.PASS, frozenset({"new"}))


@given(histories())
def test_no_event_is_dropped(history: History) -> None:
    record = fold(history.events).unit(KEY)
    kept = [event for criterion in record.criteria.values() for event in criterion.events]
    assert sorted(uids(kept)) == sorted(uids(history.events))


def test_a_criterion_that_nobody_decided_is_open() -> None:
    assert state() is CriterionState.OPEN
    assert fold(()).unit(KEY).criterion("1.1").decision is None


def test_a_decision_stands_and_a_later_one_that_saw_it_replaces_it() -> None:
    first, second = decision("a"), decision("b", result=Result.REFER, supersedes=["a"])
    assert state(first) is CriterionState.PASS
    assert state(first, second) is CriterionState.REFER


def test_two_decisions_that_did_not_see_each_other_are_a_conflict_until_a_third_saw_both() -> None:
    first, second = decision("a"), decision("b", actor="ak")
    assert state(first, second) is CriterionState.CONFLICT
    assert fold((first, second)).unit(KEY).criterion("1.1").decision is None
    assert state(first, second, decision("c", supersedes=["a"])) is CriterionState.CONFLICT
    assert state(first, second, decision("c", supersedes=["a", "b"])) is CriterionState.PASS


def test_two_equal_decisions_that_did_not_see_each_other_are_a_conflict_too() -> None:
    assert state(decision("a"), decision("b")) is CriterionState.CONFLICT


def test_withdrawing_brings_back_what_stood_before() -> None:
    first, second = decision("a"), decision("b", result=Result.REFER, supersedes=["a"])
    assert state(first, withdrawal("w", "a")) is CriterionState.OPEN
    assert state(first, second, withdrawal("w", "b")) is CriterionState.PASS
    assert state(first, second, withdrawal("w", "b"), withdrawal("x", "a")) is CriterionState.OPEN


def test_withdrawing_the_settlement_of_a_conflict_brings_the_conflict_back() -> None:
    events = [decision("a"), decision("b"), decision("c", supersedes=["a", "b"]), withdrawal("w", "c")]
    assert state(*events) is CriterionState.CONFLICT
    assert state(*events, withdrawal("x", "b")) is CriterionState.PASS


def test_withdrawing_on_one_criterion_touches_no_other() -> None:
    portfolio = fold([decision("a", "1.1"), withdrawal("w", "a", "1.2")])
    assert portfolio.unit(KEY).criterion("1.1").state is CriterionState.PASS


@pytest.mark.parametrize(
    "event",
    [
        Event("n", "moderated", LEARNER, AT, "jm", "moderator", Subject(KEY, "1.1")),
        replace(decision("n"), body={"result": "distinction"}),
        replace(decision("n"), body={}),
        replace(decision("n"), subject=Subject(KEY)),
        replace(decision("n"), subject=Subject(None, "1.1")),
        replace(withdrawal("n", "a"), subject=Subject(KEY)),
        Event("n", Kind.CLOSED.value, LEARNER, AT, "jm", "assessor", Subject(KEY, "1.1"), {"outcome": "pass"}),
        Event("n", Kind.CLOSED.value, LEARNER, AT, "jm", "assessor", Subject(KEY), {"outcome": "merit"}),
        Event("n", Kind.REOPENED.value, LEARNER, AT, "jm", "assessor", Subject(KEY, "1.1")),
    ],
)
def test_an_event_that_this_version_cannot_fold_is_kept_and_changes_nothing(event: Event) -> None:
    before = fold([decision("a")])
    after = before.with_event(event)
    assert after.unknown == (event,)
    assert after.last is event
    assert after.units == before.units


def test_a_decision_with_odd_details_is_folded_with_what_it_has() -> None:
    odd = replace(decision("a"), body={"result": "pass", "attempt": "second", "note": None})
    (standing,) = fold([odd]).unit(KEY).criterion("1.1").standing
    assert (standing.result, standing.attempt, standing.wording) == (Result.PASS, 1, "")


def test_the_same_code_in_another_version_is_another_unit() -> None:
    other = replace(decision("b"), subject=Subject(KEY._replace(version="2"), "1.1"))
    portfolio = fold([decision("a"), other])
    assert len(portfolio.units) == 2
    assert state(decision("a"), other) is CriterionState.PASS


def test_the_last_declaration_counts() -> None:
    declared = Event("d", "declared", LEARNER, AT, "jm", "assessor", body={"form": "e-mail", "refuses_use": True})
    again = replace(declared, uid="e", body={"form": "signed sheet"})
    assert fold([declared]).declaration == fold([again, declared]).declaration
    last = fold([declared, again]).declaration
    assert last is not None
    assert (last.uid, last.form, last.refuses_use) == ("e", "signed sheet", False)
    assert fold([]).declaration is None


@pytest.mark.parametrize(
    ("decided", "reached", "shown"),
    [
        ({}, CriterionState.OPEN, UnitState.NOT_STARTED),
        ({"1.1": "p"}, CriterionState.OPEN, UnitState.MARKING),
        ({"1.1": "r"}, CriterionState.OPEN, UnitState.MARKING),
        ({"1.1": "p", "1.2": "p", "2.1": "p"}, CriterionState.PASS, UnitState.DECIDED),
        ({"1.1": "p", "1.2": "r", "2.1": "p"}, CriterionState.REFER, UnitState.DECIDED),
        ({"1.1": "r", "1.2": "r", "2.1": "r"}, CriterionState.REFER, UnitState.DECIDED),
        ({"1.1": "pp", "1.2": "p", "2.1": "p"}, CriterionState.CONFLICT, UnitState.MARKING),
        ({"1.1": "pr"}, CriterionState.CONFLICT, UnitState.MARKING),
    ],
)
def test_a_unit_comes_to_what_its_criteria_come_to(
    decided: dict[str, str], reached: CriterionState, shown: UnitState
) -> None:
    results = {"p": Result.PASS, "r": Result.REFER}
    events = [
        decision(f"{number}{place}", number, results[letter])
        for number, letters in decided.items()
        for place, letter in enumerate(letters)
    ]
    record = fold(events).unit(KEY)
    assert outcome(UNIT, record) is reached
    assert unit_state(UNIT, record) is shown
    assert count(UNIT, record, *CriterionState) == 3
    assert count(UNIT, record, CriterionState.OPEN) == 3 - len(decided)


def test_a_unit_without_criteria_is_never_passed() -> None:
    empty = replace(UNIT, outcomes=())
    assert outcome(empty, fold(()).unit(KEY)) is CriterionState.OPEN


@pytest.mark.parametrize("said", [None, 3, [], ["pass"], {}, {"pass": "pass"}, "merit"])
def test_a_result_that_is_none_is_kept_and_not_folded(said: Json) -> None:
    decided = replace(decision("a"), body={"result": said})
    closed = Event("c", "closed", LEARNER, AT, "jm", "assessor", Subject(KEY), {"outcome": said})
    portfolio = fold([decided, closed])
    assert portfolio.unknown == (decided, closed)
    assert not portfolio.units


def test_the_latest_time_is_that_of_any_event_and_the_version_that_of_the_last_one() -> None:
    other = KEY._replace(version="2")
    slow = replace(decision("b"), subject=Subject(other, "1.1"), at=AT - timedelta(days=400))
    portfolio = fold([decision("a"), slow])
    assert portfolio.latest == AT
    assert portfolio.begun == {KEY.code: other}
    assert fold([decision("a")]).with_event(slow) == portfolio


def test_the_units_stand_in_the_order_of_the_record_however_their_names_are_hashed() -> None:
    keys = [UnitKey(code, "1") for code in "qwertyuiop"]
    events = [replace(decision(key.code), subject=Subject(key, "1.1")) for key in keys]
    assert list(fold(events).units) == keys
