"""Marking in training, and the countersignature that it waits for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from markterm.domain.assessed.member import Member, Role
from markterm.domain.record.citation import Passage
from markterm.domain.record.decision import OPEN_CRITERION, Decision
from markterm.domain.record.event import Event, Kind, Result
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.record.states import CriterionState
from markterm.domain.rules import citing, marking, withdrawal
from markterm.domain.rules.act import Act
from markterm.domain.rules.countersignature import countersign, countersigned, waiting
from markterm.domain.words.errors import Refused, WrongUse
from tests.samples import ASSESSOR, AT, KEY, LEARNER, SECOND_ASSESSOR, UNIT, VERIFIER, decision, declaration

TRAINEE = Member("ti", "Tia Lund", frozenset({Role.ASSESSOR}), training=frozenset({UNIT.code}))
OTHER_TRAINEE = replace(TRAINEE, id="tu", name="Tuan Vo")
NOTHING = Portfolio()


def act(uid: str, member: Member | None) -> Act:
    return Act(member, LEARNER, AT, uid)


def by_trainee(
    uid: str = "t", number: str = "1.1", portfolio: Portfolio = NOTHING, result: Result = Result.PASS
) -> Event:
    return marking.decide(act(uid, TRAINEE), UNIT, portfolio, number, result, "Tia's note")


WAITS = NOTHING.with_event(by_trainee())


def signed(portfolio: Portfolio = WAITS, member: Member = ASSESSOR, number: str = "1.1") -> Portfolio:
    return portfolio.with_event(countersign(act("sign", member), UNIT, portfolio, number, "Read."))


def stands(portfolio: Portfolio, number: str = "1.1") -> Decision:
    standing = portfolio.unit(KEY).criterion(number).decision
    assert standing is not None
    return standing


def test_a_decision_in_training_says_so_and_waits() -> None:
    assert by_trainee().body["training"] is True
    assert stands(WAITS).in_training
    assert stands(WAITS).waits_for_countersignature
    assert countersigned(stands(WAITS)) == "waits for countersignature"
    assert [(number, each.uid) for number, each in waiting(UNIT, WAITS)] == [("1.1", "t")]
    assert WAITS.unit(KEY).criterion("1.1").state is CriterionState.PASS


def test_a_decision_with_approval_neither_says_so_nor_waits() -> None:
    event = marking.decide(act("a", ASSESSOR), UNIT, NOTHING, "1.1", Result.PASS, "")
    assert "training" not in event.body
    after = NOTHING.with_event(event)
    assert countersigned(stands(after)) == ""
    assert list(waiting(UNIT, after)) == []


def test_a_countersignature_names_the_decision_and_who_gave_it() -> None:
    event = countersign(act("sign", ASSESSOR), UNIT, WAITS, "1.1", "Read.")
    assert (event.kind, event.actor, event.role) == (Kind.COUNTERSIGNED, "jm", "assessor")
    assert (event.subject.unit, event.subject.criterion) == (KEY, "1.1")
    assert event.body == {"decision": "t", "note": "Read."}
    after = WAITS.with_event(event)
    assert stands(after).countersigned_by == "jm"
    assert countersigned(stands(after), str.upper) == "countersigned by JM"
    assert list(waiting(UNIT, after)) == []
    assert after.unknown == ()


def test_the_fold_is_the_same_event_by_event_and_at_once() -> None:
    events = [by_trainee(), countersign(act("sign", ASSESSOR), UNIT, WAITS, "1.1")]
    assert fold(events).unit(KEY) == NOTHING.with_event(events[0]).with_event(events[1]).unit(KEY)


def test_another_decision_in_training_needs_a_countersignature_of_its_own() -> None:
    after = signed()
    again = after.with_event(by_trainee("t2", portfolio=after, result=Result.REFER))
    assert [each.uid for _, each in waiting(UNIT, again)] == ["t2"]
    back = again.with_event(withdrawal.withdraw(act("w", TRAINEE), UNIT, again, "1.1", "slip"))
    assert stands(back).countersigned_by == "jm"


def test_an_approved_member_who_marks_it_again_needs_no_countersignature() -> None:
    event = marking.decide(act("a", ASSESSOR), UNIT, WAITS, "1.1", Result.REFER, "No.")
    assert list(waiting(UNIT, WAITS.with_event(event))) == []


def test_a_member_in_training_cites_and_withdraws_what_was_decided_in_training() -> None:
    passage = Passage("diary.md", "0" * 64, 3, 3, "I made tea.")
    assert citing.cite(act("c", TRAINEE), UNIT, WAITS, "1.1", passage).kind == Kind.CITED
    event = withdrawal.withdraw(act("w", OTHER_TRAINEE), UNIT, WAITS, "1.1", "wrong row")
    assert WAITS.with_event(event).unit(KEY).criterion("1.1").state is CriterionState.OPEN


def test_a_member_in_training_does_not_withdraw_the_decision_of_one_who_is_approved() -> None:
    with pytest.raises(Refused, match="Not while in training"):
        withdrawal.withdraw(act("w", TRAINEE), UNIT, fold([decision("a")]), "1.1", "I think otherwise")


def test_a_member_in_training_does_not_withdraw_what_was_countersigned() -> None:
    with pytest.raises(Refused, match="Not while in training") as refusal:
        withdrawal.withdraw(act("w", TRAINEE), UNIT, signed(), "1.1", "I think otherwise")
    assert "countersigned by jm" in refusal.value.what
    assert withdrawal.withdraw(act("w", ASSESSOR), UNIT, signed(), "1.1", "slip").supersedes == ("t",)


def test_a_member_in_training_neither_closes_nor_reopens() -> None:
    with pytest.raises(Refused, match="Not while in training"):
        marking.close(act("x", TRAINEE), UNIT, fold([decision("a")]), "")
    with pytest.raises(Refused, match="Not while in training"):
        marking.reopen(act("x", TRAINEE), UNIT, fold([decision("a")]), "appeal")


def test_a_unit_is_closed_only_when_every_decision_in_training_is_countersigned() -> None:
    decided = fold([declaration(), decision("b", "1.2"), decision("c", "2.1"), by_trainee()])
    with pytest.raises(Refused, match="countersignature") as refusal:
        marking.close(act("x", ASSESSOR), UNIT, decided, "")
    assert "1 of 3 criteria" in refusal.value.what
    assert "(1.1)" in refusal.value.what
    assert marking.close(act("x", ASSESSOR), UNIT, signed(decided), "").body["outcome"] == "pass"


NOBODY = Member("no", "No One", frozenset({Role.ASSESSOR}))
APPROVED_SINCE = replace(TRAINEE, units=TRAINEE.training, training=frozenset())


@pytest.mark.parametrize(
    ("member", "title"),
    [
        (None, "Who is marking?"),
        (NOBODY, "Not approved for this unit"),
        (VERIFIER, "Only an assessor marks"),
        (OTHER_TRAINEE, "Not while in training"),
        (TRAINEE, "Not while in training"),
        (APPROVED_SINCE, "Not your own decision"),
    ],
)
def test_only_another_member_who_is_approved_countersigns(member: Member | None, title: str) -> None:
    with pytest.raises(Refused) as refusal:
        countersign(act("sign", member), UNIT, WAITS, "1.1")
    assert refusal.value.title == title


@pytest.mark.parametrize(
    ("portfolio", "number", "what"),
    [
        (WAITS, "1.2", "is open"),
        (fold([decision("a")]), "1.1", "was decided by jm"),
        (signed(), "1.1", "is countersigned by jm"),
    ],
)
def test_a_countersignature_is_refused_where_nothing_waits(portfolio: Portfolio, number: str, what: str) -> None:
    with pytest.raises(Refused, match="Nothing to countersign") as refusal:
        countersign(act("again", SECOND_ASSESSOR), UNIT, portfolio, number)
    assert what in refusal.value.what


def test_a_conflict_is_settled_before_it_is_countersigned() -> None:
    both = WAITS.with_event(decision("a", actor="ak"))
    with pytest.raises(Refused, match="in conflict"):
        countersign(act("sign", ASSESSOR), UNIT, both, "1.1")


def test_only_what_was_read_is_countersigned() -> None:
    again = WAITS.with_event(by_trainee("t2", portfolio=WAITS, result=Result.REFER))
    with pytest.raises(Refused, match="Decided again since"):
        countersign(act("s", ASSESSOR), UNIT, again, "1.1", shown=WAITS.unit(KEY).criterion("1.1"))
    with pytest.raises(Refused, match="Decided again since"):
        countersign(act("s", ASSESSOR), UNIT, WAITS, "1.1", shown=OPEN_CRITERION)
    assert countersign(act("s", ASSESSOR), UNIT, again, "1.1", shown=again.unit(KEY).criterion("1.1")).actor == "jm"


def test_a_criterion_that_the_unit_does_not_have_is_no_criterion() -> None:
    with pytest.raises(WrongUse, match="No such criterion"):
        countersign(act("s", ASSESSOR), UNIT, WAITS, "9.9")


def test_what_was_decided_in_training_waits_whatever_became_of_the_member() -> None:
    decided = signed(fold([declaration(), decision("b", "1.2"), decision("c", "2.1"), by_trainee()]))
    # Neither the fold nor the closing knows a list of members: both go by the events.
    assert stands(decided).actor == "ti"
    assert marking.close(act("x", SECOND_ASSESSOR), UNIT, decided, "").kind == Kind.CLOSED


def test_a_countersignature_that_names_no_decision_is_kept_as_unknown() -> None:
    odd = replace(countersign(act("s", ASSESSOR), UNIT, WAITS, "1.1"), body={"note": "Read."})
    after = WAITS.with_event(odd)
    assert after.unknown == (odd,)
    assert stands(after).waits_for_countersignature
