"""What assessors decided and what verifiers said to it is counted over records."""

from __future__ import annotations

from dataclasses import replace

from markterm.domain.record.bodies.closing import Closed
from markterm.domain.record.bodies.verifying import Answer, Looked, Verified
from markterm.domain.record.event import Event, Kind, Result, Subject
from markterm.domain.record.portfolio import fold
from markterm.domain.sampling.risk import Grounds
from markterm.domain.sampling.track_record import TrackRecords, counts_of
from tests.samples import AT, KEY, LEARNER, decision, withdrawal

UNIT = KEY.code
THREE = (
    decision("a", "1.1"),
    decision("b", "1.2", Result.REFER, note="Say how.", actor="ak"),
    decision("c", "2.1"),
)


def event(kind: Kind, body: Looked | Verified | Closed, uid: str = "v") -> Event:
    return Event(uid, kind.value, LEARNER, AT, "vd", "verifier", Subject(KEY), body.write())


def counted(*events: Event, assessor: str = "jm") -> Grounds:
    counts = TrackRecords()
    counts.add(counts_of(fold(events)))
    return counts.grounds(assessor, UNIT, in_training=False, standardised=None)


CLOSED = event(Kind.CLOSED, Closed(Result.REFER, "", 1, ("a", "b", "c")), "closed")


def test_each_assessors_decisions_are_counted_beside_those_of_the_others() -> None:
    assert counted(*THREE) == Grounds(decisions=2, referrals=0, others_decisions=1, others_referrals=1)
    assert counted(*THREE, assessor="ak") == Grounds(1, 1, others_decisions=2)


def test_a_change_of_mind_is_no_second_decision_and_a_withdrawn_one_is_none() -> None:
    again = decision("d", "1.1", Result.REFER, note="No.", supersedes=["a"])
    assert counted(*THREE, again).referrals == 1
    assert counted(*THREE, again).decisions == 2
    assert counted(*THREE, withdrawal("w", "c", "2.1")).decisions == 1


def test_what_was_not_agreed_is_counted_for_whoever_decided_it() -> None:
    answers = (Answer("1.1", "a", True), Answer("1.2", "b", False, "It is there."))
    looked = event(Kind.LOOKED, Looked(answers, 1))
    assert (counted(*THREE, looked).looked_at, counted(*THREE, looked).not_agreed) == (1, 0)
    others = counted(*THREE, looked, assessor="ak")
    assert (others.looked_at, others.not_agreed) == (1, 1)


def test_the_last_answer_to_a_decision_counts_once() -> None:
    no, yes = (Answer("1.1", "a", agrees, "" if agrees else "No.") for agrees in (False, True))
    first, second = event(Kind.LOOKED, Looked((no,), 1)), event(Kind.VERIFIED, Verified("closed", True, 1), "v2")
    assert counted(*THREE, first).not_agreed == 1
    both = counted(*THREE, first, CLOSED, replace(second, body=Verified("closed", True, 1, answers=(yes,)).write()))
    assert (both.looked_at, both.not_agreed) == (1, 0)


def test_a_unit_that_was_verified_as_a_whole_was_looked_at_as_a_whole() -> None:
    agreed = counted(*THREE, CLOSED, event(Kind.VERIFIED, Verified("closed", True, 1)))
    assert (agreed.looked_at, agreed.not_agreed) == (2, 0)
    not_agreed = counted(*THREE, CLOSED, event(Kind.VERIFIED, Verified("closed", False, 1, "2.1 is wrong.")))
    assert (not_agreed.looked_at, not_agreed.not_agreed) == (2, 1)


def test_what_verifiers_contradict_each_other_about_or_agreed_with_in_training_was_not_looked_at_yet() -> None:
    yes, no = Answer("1.1", "a", True), Answer("1.1", "a", False, "No.")
    one = event(Kind.VERIFIED, Verified("closed", True, 1, answers=(yes,)), "v1")
    other = event(Kind.VERIFIED, Verified("closed", False, 1, answers=(no,)), "v2")
    assert counted(*THREE, CLOSED, one, other).looked_at == 0
    assert counted(*THREE, CLOSED, one, replace(other, supersedes=("v1",))).not_agreed == 1
    trainee = event(Kind.VERIFIED, Verified("closed", True, 1, answers=(yes,), in_training=True))
    assert counted(*THREE, CLOSED, trainee).looked_at == 0
