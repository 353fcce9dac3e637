"""The assessor's verbs: what each records, and what each refuses with what to do next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from markterm.domain.assessed.member import Member
from markterm.domain.record.event import Event, Result
from markterm.domain.record.outcome import unit_state
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.record.states import CriterionState, UnitState
from markterm.domain.rules import marking, withdrawal
from markterm.domain.rules.act import Act
from markterm.domain.rules.conflict import settle
from markterm.domain.words.errors import MarkTermError, Refused, WrongUse
from markterm.domain.words.hint import Hint, Way
from tests.samples import ASSESSOR, AT, KEY, LEARNER, SECOND_ASSESSOR, UNIT, VERIFIER, decision, declaration, uids

NOBODY_DID_ANYTHING = Portfolio()
ALL_PASSED = fold([declaration(), decision("a", "1.1"), decision("b", "1.2"), decision("c", "2.1")])
IN_CONFLICT = fold([decision("a", "1.1"), decision("b", "1.1", actor="ak")])


def act(uid: str = "new", member: Member | None = ASSESSOR) -> Act:
    return Act(member, LEARNER, AT, uid)


def closed(portfolio: Portfolio = ALL_PASSED) -> Portfolio:
    return portfolio.with_event(marking.close(act("closing"), UNIT, portfolio, "Well done."))


def test_a_decision_records_who_when_what_and_the_wording_it_was_made_against() -> None:
    event = marking.decide(act(), UNIT, NOBODY_DID_ANYTHING, "1.1", Result.PASS, "p. 4")
    assert (event.uid, event.kind, event.learner, event.at) == ("new", "decided", LEARNER, AT)
    assert (event.actor, event.role) == ("jm", "assessor")
    assert (event.subject.unit, event.subject.criterion) == (KEY, "1.1")
    assert event.body == {"result": "pass", "note": "p. 4", "attempt": 1, "wording": "Define coaching"}
    assert event.supersedes == ()


def test_a_change_of_mind_names_what_it_replaces() -> None:
    event = marking.decide(act(), UNIT, ALL_PASSED, "1.1", Result.REFER, "No model named.")
    assert event.supersedes == ("a",)
    assert ALL_PASSED.with_event(event).unit(KEY).criterion("1.1").state is CriterionState.REFER


def test_a_conflict_is_settled_by_a_decision_that_names_both() -> None:
    event = settle(act(), UNIT, IN_CONFLICT, "1.1", Result.PASS, "We talked about it.")
    assert event.supersedes == ("a", "b")
    assert event.body["reason"] == "We talked about it."
    assert IN_CONFLICT.with_event(event).unit(KEY).criterion("1.1").state is CriterionState.PASS


def test_a_decision_that_was_not_shown_is_not_replaced() -> None:
    shown = NOBODY_DID_ANYTHING.unit(KEY).criterion("1.1")
    event = marking.decide(act(), UNIT, ALL_PASSED, "1.1", Result.REFER, "No model named.", shown)
    assert event.supersedes == ()
    assert ALL_PASSED.with_event(event).unit(KEY).criterion("1.1").state is CriterionState.CONFLICT


def test_a_verifier_who_also_assesses_marks_as_an_assessor() -> None:
    event = marking.decide(act(member=SECOND_ASSESSOR), UNIT, NOBODY_DID_ANYTHING, "1.1", Result.PASS, "")
    assert event.role == "assessor"


def test_a_withdrawal_names_the_last_decision_and_why() -> None:
    event = withdrawal.withdraw(act(), UNIT, ALL_PASSED, "1.1", "wrong row")
    assert (event.kind, event.supersedes, event.body) == ("withdrawn", ("a",), {"reason": "wrong row"})


DECIDED_THREE_TIMES = fold(
    [decision("a"), decision("b", result=Result.REFER, note="No.", supersedes=["a"]), decision("c", supersedes=["b"])]
)


def test_a_decision_that_was_replaced_is_not_withdrawn_from_under_the_one_that_stands() -> None:
    with pytest.raises(Refused, match="Replaced since"):
        withdrawal.withdraw_decision(act(), UNIT, DECIDED_THREE_TIMES, "1.1", "b", "slip")
    event = withdrawal.withdraw_decision(act(), UNIT, DECIDED_THREE_TIMES, "1.1", "c", "slip")
    once = DECIDED_THREE_TIMES.with_event(event)
    again = once.with_event(withdrawal.withdraw_decision(act("again"), UNIT, once, "1.1", "b", "slip"))
    assert [each.uid for each in again.unit(KEY).criterion("1.1").standing] == ["a"]


def test_a_decision_is_not_withdrawn_twice() -> None:
    event = withdrawal.withdraw_decision(act(), UNIT, DECIDED_THREE_TIMES, "1.1", "c", "slip")
    with pytest.raises(Refused, match="Withdrawn already"):
        withdrawal.withdraw_decision(act("again"), UNIT, DECIDED_THREE_TIMES.with_event(event), "1.1", "c", "slip")


def test_closing_a_unit_rests_on_every_decision_that_stands() -> None:
    event = marking.close(act(), UNIT, ALL_PASSED, "Well done.")
    assert event.subject.criterion is None
    assert event.body == {"outcome": "pass", "feedback": "Well done.", "attempt": 1, "rests_on": ["a", "b", "c"]}
    record = ALL_PASSED.with_event(event).unit(KEY)
    assert unit_state(UNIT, record) is UnitState.CLOSED_PASS
    assert not record.changed_since_closing


def test_one_referral_makes_the_unit_a_referral() -> None:
    referred = ALL_PASSED.with_event(decision("d", "2.1", Result.REFER, note="More.", supersedes=["c"]))
    event = marking.close(act(), UNIT, referred, "")
    assert event.body["outcome"] == "refer"
    assert event.body["rests_on"] == ["a", "b", "d"]
    assert unit_state(UNIT, referred.with_event(event).unit(KEY)) is UnitState.CLOSED_REFER


def test_a_decision_that_arrives_after_the_closing_is_said() -> None:
    late = closed().with_event(decision("late", "1.2", Result.REFER, note="More.", actor="ak"))
    assert late.unit(KEY).changed_since_closing
    assert unit_state(UNIT, late.unit(KEY)) is UnitState.CLOSED_PASS


def test_a_unit_that_is_not_closed_has_not_changed_since() -> None:
    assert not ALL_PASSED.unit(KEY).changed_since_closing


def test_reopening_names_the_closing_and_lets_marking_go_on() -> None:
    event = marking.reopen(act("again"), UNIT, closed(), "The learner appealed.")
    assert (event.kind, event.supersedes) == ("reopened", ("closing",))
    portfolio = closed().with_event(event)
    assert portfolio.unit(KEY).closing is None
    assert uids(portfolio.unit(KEY).events) == ["closing", "again"]
    marking.decide(act(), UNIT, portfolio, "1.1", Result.REFER, "On appeal.")
    assert closed(portfolio).unit(KEY).closing is not None


def mark(member: Member | None, portfolio: Portfolio = NOBODY_DID_ANYTHING, number: str = "1.1") -> Event:
    return marking.decide(act(member=member), UNIT, portfolio, number, Result.PASS, "note")


ELSEWHERE = replace(ASSESSOR, units=frozenset({"8580-999"}))
REFUSALS: dict[str, tuple[Callable[[], Event], type[MarkTermError], str, str | Hint]] = {
    "nobody": (lambda: mark(None), Refused, "Who is marking?", Hint(Way.SAY_WHO_ACTS)),
    "a verifier": (lambda: mark(VERIFIER), Refused, "Only an assessor marks", "Ask an assessor"),
    "no role": (lambda: mark(replace(ASSESSOR, roles=frozenset())), Refused, "Only an assessor marks", "centre.toml"),
    "not approved": (lambda: mark(ELSEWHERE), Refused, "Not approved for this unit", "centre.toml"),
    "no such criterion": (lambda: mark(ASSESSOR, number="9.9"), WrongUse, "No such criterion", "1.1, 1.2, 2.1"),
    "a closed unit": (lambda: mark(ASSESSOR, closed()), Refused, "The unit is closed", "Reopen it with a reason"),
    "a referral without a note": (
        lambda: marking.decide(act(), UNIT, NOBODY_DID_ANYTHING, "1.1", Result.REFER, " \n"),
        Refused,
        "A referral needs a note",
        "what is missing",
    ),
    "a conflict in passing": (
        lambda: marking.decide(act(), UNIT, IN_CONFLICT, "1.1", Result.PASS, ""),
        Refused,
        "This criterion is in conflict",
        "Read both notes",
    ),
    "nothing to withdraw": (
        lambda: withdrawal.withdraw(act(), UNIT, NOBODY_DID_ANYTHING, "1.1", "why"),
        Refused,
        "Nothing to withdraw",
        "Mark it pass or refer",
    ),
    "a withdrawal without a reason": (
        lambda: withdrawal.withdraw(act(), UNIT, ALL_PASSED, "1.1", "  "),
        Refused,
        "A withdrawal needs a reason",
        "Say why",
    ),
    "a withdrawal from a closed unit": (
        lambda: withdrawal.withdraw(act(), UNIT, closed(), "1.1", "why"),
        Refused,
        "The unit is closed",
        "Reopen",
    ),
    "a withdrawal on no criterion": (
        lambda: withdrawal.withdraw(act(), UNIT, ALL_PASSED, "9.9", "why"),
        WrongUse,
        "No such criterion",
        "1.1",
    ),
    "a withdrawal by a verifier": (
        lambda: withdrawal.withdraw(act(member=VERIFIER), UNIT, ALL_PASSED, "1.1", "why"),
        Refused,
        "Only an assessor marks",
        "Ask an assessor",
    ),
    "closing with open criteria": (
        lambda: marking.close(act(), UNIT, fold([decision("a")]), ""),
        Refused,
        "The unit cannot be closed yet",
        "Decide each",
    ),
    "closing in conflict": (
        lambda: marking.close(act(), UNIT, ALL_PASSED.with_event(decision("d", "1.2")), ""),
        Refused,
        "The unit cannot be closed yet",
        "Decide each",
    ),
    "closing twice": (
        lambda: marking.close(act(), UNIT, closed(), ""),
        Refused,
        "The unit is closed already",
        "Reopen it with a reason",
    ),
    "closing by nobody": (
        lambda: marking.close(act(member=None), UNIT, ALL_PASSED, ""),
        Refused,
        "Who",
        Hint(Way.SAY_WHO_ACTS),
    ),
    "reopening what is open": (
        lambda: marking.reopen(act(), UNIT, ALL_PASSED, "why"),
        Refused,
        "The unit is not closed",
        "Mark it as it is",
    ),
    "reopening without a reason": (
        lambda: marking.reopen(act(), UNIT, closed(), ""),
        Refused,
        "Reopening needs a reason",
        "Say why",
    ),
    "a unit whose work nobody declared": (
        lambda: marking.close(act(), UNIT, replace(ALL_PASSED, declaration=None), ""),
        Refused,
        "The learner's declaration is missing",
        Hint(Way.DECLARE, learner=LEARNER, unit=UNIT.code),
    ),
}


@pytest.mark.parametrize(("verb", "kind", "title", "next_step"), REFUSALS.values(), ids=REFUSALS.keys())
def test_what_is_refused_says_why_and_what_to_do_next(
    verb: Callable[[], Event], kind: type[MarkTermError], title: str, next_step: str | Hint
) -> None:
    with pytest.raises(kind) as caught:
        verb()
    assert caught.value.title.startswith(title)
    if isinstance(next_step, Hint):
        assert caught.value.hint == next_step
    else:
        assert next_step in caught.value.next_step
    assert caught.value.what.endswith(".")
    assert caught.value.exit_code == (3 if kind is Refused else 2)


def test_a_conflict_says_who_decided() -> None:
    with pytest.raises(Refused, match="jm and ak"):
        marking.decide(act(), UNIT, IN_CONFLICT, "1.1", Result.PASS, "")


def test_a_unit_that_cannot_be_closed_says_which_criteria_wait() -> None:
    with pytest.raises(Refused, match=r"2 of 3 criteria are open \(1\.2, 2\.1\)"):
        marking.close(act(), UNIT, fold([decision("a")]), "")
    with pytest.raises(Refused, match=r"1 of 3 criteria are in conflict \(1\.1\)"):
        marking.close(act(), UNIT, IN_CONFLICT, "")


@pytest.mark.parametrize(
    ("groups", "open_ones", "after", "stay", "expected"),
    [
        (["abc", "de"], "abcde", None, False, "a"),
        (["abc", "de"], "abcde", "a", False, "b"),
        (["abc", "de"], "ade", "b", False, "a"),
        (["abc", "de"], "de", "b", False, "d"),
        (["abc", "de"], "de", "b", True, None),
        (["abc", "de"], "a", "e", False, "a"),
        (["abc", "de"], "b", "b", False, "b"),
        (["abc", "de"], "", "b", False, None),
        (["abc", "cd"], "cd", "d", False, "c"),
        (["abc"], "abc", "z", False, "a"),
        ([], "", None, False, None),
    ],
)
def test_the_next_criterion_that_waits_is_looked_for_onwards_and_round(
    groups: list[str], open_ones: str, after: str | None, stay: bool, expected: str | None
) -> None:
    assert marking.next_open(groups, lambda each: each in open_ones, after, stay=stay) == expected
