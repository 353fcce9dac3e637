"""Actions and cases as their steps tell: whoever acted without having seen the other closes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.policy import Policy
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.actions import ActionRecord, ActionState, actions_of, in_words
from markterm.domain.record.answered_own import answered_own
from markterm.domain.record.bodies.actions import Action, ActionStep
from markterm.domain.record.bodies.body import Body
from markterm.domain.record.bodies.cases import Case, CaseAbout, CaseStep
from markterm.domain.record.cases import CaseRecord
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.portfolio import fold
from markterm.domain.record.who_did_what import Line
from markterm.domain.rules.holding import held_back
from markterm.domain.views.waiting import steps_due
from tests.samples import AT, KEY, LEARNER, UNIT, decision, declaration

DUE = date(2025, 3, 18)
STEPS = [
    Action(ActionStep.SET, "set", text="Decide it again.", owner="jm", due=DUE),
    Action(ActionStep.DONE, "set", text="Done."),
    Action(ActionStep.ACCEPTED, "set"),
    Action(ActionStep.REASSIGNED, "set", owner="ak", due=DUE + timedelta(7)),
]


def event(uid: str, said: Body, supersedes: tuple[str, ...] = (), minutes: int = 0, unit: bool = True) -> Event:
    kind = Kind.ACTION if isinstance(said, Action) else Kind.CASE
    subject = Subject(KEY) if unit else Subject()
    at = AT + timedelta(minutes=minutes)
    return Event(uid, kind.value, LEARNER, at, "vd", "verifier", subject, said.write(), supersedes)


SET = event(
    "set", Action(ActionStep.SET, criterion="1.1", text="Read page 2.", owner="jm", due=DUE, rests_on=("d",), attempt=1)
)


def action(*events: Event) -> ActionRecord:
    (only,) = fold(events).unit(KEY).after.actions
    return only


def test_an_action_is_open_done_and_accepted_step_by_step() -> None:
    done = event("done", STEPS[1], ("set",))
    accepted = event("accepted", STEPS[2], ("done",))
    assert action(SET).state is ActionState.OPEN
    assert action(SET, done).state is ActionState.DONE
    finished = action(SET, done, accepted)
    assert (finished.state, finished.is_finished, finished.holds) == (ActionState.ACCEPTED, True, False)
    assert (finished.owner, finished.due, finished.text) == ("jm", DUE, "Read page 2.")
    assert [each.uid for each in finished.steps] == ["set", "done", "accepted"]


def test_one_that_is_set_again_or_given_to_another_is_open_again() -> None:
    done = event("done", STEPS[1], ("set",))
    again = action(SET, done, event("again", STEPS[0], ("done",)))
    assert (again.state, again.text, again.owner) == (ActionState.OPEN, "Decide it again.", "jm")
    passed_on = action(SET, done, event("given", STEPS[3], ("done",)))
    assert (passed_on.state, passed_on.text) == (ActionState.OPEN, "Read page 2.")
    assert (passed_on.owner, passed_on.due) == ("ak", DUE + timedelta(7))
    assert (passed_on.criterion, passed_on.rests_on, passed_on.attempt) == ("1.1", ("d",), 1)


def test_what_was_accepted_by_one_and_set_again_by_another_who_had_not_seen_it_is_open() -> None:
    done = event("done", STEPS[1], ("set",))
    accepted = event("accepted", STEPS[2], ("done",), 9)
    again = event("again", STEPS[0], ("done",), 5)
    both = action(SET, done, accepted, again)
    assert (both.state, set(both.heads)) == (ActionState.OPEN, {"again", "accepted"})
    assert both == action(SET, done, again, accepted)
    assert both.last.uid == "again"


def test_an_action_is_overdue_the_day_after_its_day_and_not_once_it_is_done() -> None:
    assert not action(SET).is_overdue(DUE)
    assert action(SET).is_overdue(DUE + timedelta(1))
    done = action(SET, event("done", STEPS[1], ("set",)))
    assert not done.is_overdue(DUE + timedelta(1))
    assert (action(SET).in_words(DUE + timedelta(1)), done.in_words(DUE + timedelta(1))) == ("overdue", "done")


def test_an_action_that_rests_on_no_decision_holds_nothing() -> None:
    alone = event("set", Action(ActionStep.SET, text="Come to the meeting.", owner="jm", due=DUE))
    assert action(SET).holds
    assert not action(alone).holds


def test_a_step_of_an_action_that_is_not_there_makes_none() -> None:
    assert actions_of([event("done", STEPS[1], ("set",))]) == ()
    assert actions_of([event("done", replace(STEPS[1], action="done"))]) == ()


def test_a_step_that_stands_before_the_one_that_set_the_action_is_not_taken_for_it() -> None:
    odd = action(event("e1", replace(STEPS[1], action="late")), event("late", Action(ActionStep.SET), ("e1",)))
    assert (odd.first.uid, [each.uid for each in odd.steps]) == ("late", ["e1", "late"])


def test_a_step_is_told_in_a_line() -> None:
    assert in_words(SET) == "action set set on 1.1 for jm, due 2025-03-18"
    assert in_words(event("again", STEPS[0])) == "action set set again for jm, due 2025-03-18"
    assert in_words(event("given", STEPS[3])) == "action set reassigned to ak, due 2025-03-25"
    assert in_words(event("done", STEPS[1])) == "action set done"


@given(st.lists(st.tuples(st.sampled_from(STEPS), st.booleans(), st.integers(0, 3)), max_size=8), st.randoms())
def test_steps_come_to_the_same_in_any_order_that_keeps_causes_first(
    drawn: list[tuple[Action, bool, int]], random: Random
) -> None:
    events = [SET]
    for number, (said, sees_all, minutes) in enumerate(drawn):
        heads = fold(events).unit(KEY).after.actions[0].heads
        events.append(event(f"e{number}", said, heads if sees_all else (random.choice(events).uid,), minutes))
    waiting, told = list(events), list[Event]()
    while waiting:
        ready = [each for each in waiting if {*each.supersedes} <= {one.uid for one in told}]
        told.append(random.choice(ready))
        waiting.remove(told[-1])
    assert action(*told) == action(*events)
    grown = fold(())
    for each in told:
        grown = grown.with_event(each)
    assert grown == fold(told)


OPENED = event("case", Case(CaseStep.OPENED, CaseAbout.APPEAL, criterion="1.1", text="Not fair.", on=DUE))


def case(*events: Event) -> CaseRecord:
    (only,) = fold(events).cases
    return only


def test_a_case_is_open_until_it_is_closed_and_says_what_was_decided() -> None:
    reported = event("told", Case(CaseStep.REPORTED, CaseAbout.APPEAL, "case", to="the organisation"), ("case",))
    decided = event("said", Case(CaseStep.DECIDED, CaseAbout.APPEAL, "case", upheld=False), ("told",))
    closed = event("shut", Case(CaseStep.CLOSED, CaseAbout.APPEAL, "case"), ("said",))
    assert (case(OPENED).state, case(OPENED, reported).state) == ("open", "open")
    assert case(OPENED, reported, decided).state == "open, not upheld"
    assert case(OPENED, reported, decided).holds
    shut = case(OPENED, reported, decided, closed)
    assert (shut.state, shut.is_open, shut.holds) == ("closed, not upheld", False, False)
    assert [each.to for each in shut.steps] == ["", "the organisation", "", ""]


def test_a_case_that_one_closed_and_another_reported_on_unseen_stays_open() -> None:
    closed = event("shut", Case(CaseStep.CLOSED, CaseAbout.APPEAL, "case"), ("case",))
    reported = event("told", Case(CaseStep.REPORTED, CaseAbout.APPEAL, "case"), ("case",))
    assert case(OPENED, closed, reported).is_open
    assert case(OPENED, closed, reported) == case(OPENED, reported, closed)


@pytest.mark.parametrize(
    ("unit", "criterion", "concerned"),
    [(False, "", (True, True, True)), (True, "", (True, True, True)), (True, "1.1", (True, True, False))],
)
def test_a_case_concerns_what_it_is_on(unit: bool, criterion: str, concerned: tuple[bool, bool, bool]) -> None:
    own = case(event("case", Case(CaseStep.OPENED, CaseAbout.MALPRACTICE, criterion=criterion), unit=unit))
    assert (own.concerns(KEY), own.concerns(KEY, "1.1"), own.concerns(KEY, "1.2")) == concerned
    assert own.concerns(UnitKey(KEY.code, "2"))
    assert own.concerns(UnitKey("8580-503", "1")) is not unit


@pytest.mark.parametrize("about", CaseAbout)
def test_malpractice_and_appeals_hold_and_other_cases_do_not(about: CaseAbout) -> None:
    holds = about in (CaseAbout.MALPRACTICE, CaseAbout.APPEAL)
    assert case(event("case", Case(CaseStep.OPENED, about))).holds is holds


def test_one_event_more_of_a_case_comes_to_the_same_as_all_from_the_start() -> None:
    closed = event("shut", Case(CaseStep.CLOSED, CaseAbout.APPEAL, "case"), ("case",))
    events = [OPENED, decision("a"), closed]
    grown = fold(())
    for each in events:
        grown = grown.with_event(each)
    assert grown == fold(events)
    assert not grown.cases[0].is_open


_NAMES = st.sampled_from(["", "e0", "e1", "e2", "e3", "x"])
_ANY_ACTION = st.builds(
    Action, st.sampled_from(ActionStep), _NAMES, st.sampled_from(["", "1.1", "9.9"]), owner=st.sampled_from(["", "jm"])
)
_ANY_CASE = st.builds(Case, st.sampled_from(CaseStep), st.sampled_from(CaseAbout), _NAMES, rests_on=st.just(("e1",)))


@given(st.lists(st.tuples(_ANY_ACTION | _ANY_CASE, st.lists(_NAMES, max_size=2).map(tuple), st.booleans()), max_size=5))
def test_whatever_somebody_wrote_of_actions_and_cases_is_told_and_breaks_nothing(
    drawn: list[tuple[Action | Case, tuple[str, ...], bool]],
) -> None:
    events = [
        event(f"e{number}", said, supersedes, unit=unit or isinstance(said, Action))
        for number, (said, supersedes, unit) in enumerate(drawn)
    ]
    portfolio = fold([declaration(), decision("d"), *events])
    for action in portfolio.unit(KEY).after.actions:
        assert action.first.step is ActionStep.SET
        assert action.in_words(DUE) == action.state.value
        assert action.last in action.steps
    for each in portfolio.cases:
        assert each.first.step is CaseStep.OPENED
        assert each.state.startswith("open" if each.is_open else "closed")
    steps_due(UNIT, portfolio, Policy())
    held_back(Policy(), LEARNER, UNIT, portfolio)
    found = answered_own([Line(n, "x.1", n, each) for n, each in enumerate(events)], events)
    assert {each.code for each in found} <= {"MR31", "MR32", "MR34"}
