"""What taking back one's own last act comes to, what stays, and what others did since."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from markterm.domain.assessed.member import Member
from markterm.domain.record.citation import Passage
from markterm.domain.record.event import Event, Json, Kind, Result, Subject
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.rules import marking
from markterm.domain.rules.act import Act
from markterm.domain.rules.citing import cite, take_back_citations
from markterm.domain.rules.conflict import settle
from markterm.domain.rules.taking_back import TakingBack, Undo, is_slip, taking_back
from markterm.domain.words.errors import Refused
from markterm.domain.words.hint import Way
from tests.samples import ASSESSOR, AT, KEY, LEARNER, SECOND_ASSESSOR, UNIT, decision, declaration, uids, withdrawal

MINE = decision("a")
DECIDED = (declaration(), MINE, decision("b", "1.2"), decision("c", "2.1"))
CLOSING = marking.close(Act(ASSESSOR, LEARNER, AT, "closing"), UNIT, fold(DECIDED), "Sound.")
CLOSED = (*DECIDED, CLOSING)


def act(uid: str, member: Member = ASSESSOR) -> Act:
    return Act(member, LEARNER, AT, uid)


def of_unit(kind: Kind, uid: str = "later", actor: str = "jm", **body: Json) -> Event:
    return Event(uid, kind.value, LEARNER, AT, actor, "assessor", Subject(KEY), {"attempt": 1, **body})


def taken_back(made: Event, *after: Event, before: tuple[Event, ...] = ()) -> TakingBack | None:
    return taking_back([made], fold((*before, made, *after)))


def test_a_decision_that_stands_is_withdrawn() -> None:
    assert taken_back(MINE) == TakingBack(Undo.WITHDRAW, KEY, "1.1", (MINE,))


def test_of_decisions_made_at_once_all_that_still_stand_are_withdrawn() -> None:
    other = decision("b", "1.2")
    every = taking_back([MINE, other], fold([MINE, other]))
    assert every is not None
    assert uids(every.events) == ["a", "b"]
    rest = taking_back([MINE, other], fold([MINE, other, withdrawal("w", "b", "1.2")]))
    assert rest == TakingBack(Undo.WITHDRAW, KEY, "1.1", (MINE,))


def test_what_one_took_back_oneself_is_not_taken_back_again() -> None:
    assert taken_back(MINE, withdrawal("w", "a")) is None


def test_what_somebody_else_took_back_is_said() -> None:
    with pytest.raises(Refused, match="ak took back what you recorded of 8580-501"):
        taken_back(MINE, withdrawal("w", "a", actor="ak"))


def test_what_was_decided_again_since_is_not_taken_away_from_under_it() -> None:
    with pytest.raises(Refused, match="decided again by ak") as refused:
        taken_back(MINE, decision("z", result=Result.REFER, actor="ak", supersedes=["a"]))
    assert refused.value.hint is not None
    assert refused.value.hint.way is Way.WITHDRAW


def test_the_unit_and_criterion_that_are_told_are_those_of_the_last_that_still_stands() -> None:
    other = decision("b", "1.2")
    every = taking_back([MINE, other], fold([MINE, other]))
    assert every is not None
    assert every.criterion == "1.2"


def test_only_the_decisions_of_an_act_are_withdrawn_whatever_became_of_its_citation() -> None:
    theirs = take_back_citations(act("not", SECOND_ASSESSOR), UNIT, fold([CITED]), "1.1", ["cited"])
    taking = taking_back([CITED, MINE], fold([CITED, MINE, theirs]))
    assert taking is not None
    assert uids(taking.events) == ["a"]


def test_a_settlement_is_withdrawn_too_and_the_conflict_stands_again() -> None:
    both = (MINE, decision("z", result=Result.REFER, note="No.", actor="ak"))
    settled = settle(act("s"), UNIT, fold(both), "1.1", Result.PASS, "We talked.")
    taking = taken_back(settled, before=both)
    assert taking is not None
    assert (taking.undo, uids(taking.events)) == (Undo.WITHDRAW, ["s"])


PASSAGE = Passage("diary.md", "0" * 64, 1, 2, "I made tea.", "line 1", ())
CITED = cite(act("cited"), UNIT, Portfolio(), "1.1", PASSAGE)
NOT_CITED = take_back_citations(act("not"), UNIT, fold([CITED]), "1.1", ["cited"])


def test_a_citation_is_taken_back_and_its_taking_back_cites_again() -> None:
    assert taken_back(CITED) == TakingBack(Undo.TAKE_BACK, KEY, "1.1", (CITED,))
    assert taken_back(CITED, NOT_CITED) is None
    assert taken_back(NOT_CITED, before=(CITED,)) == TakingBack(Undo.CITE_AGAIN, KEY, "1.1", (NOT_CITED,), (PASSAGE,))


def test_a_citation_or_a_closing_that_somebody_else_took_back_is_said() -> None:
    theirs = take_back_citations(act("not", SECOND_ASSESSOR), UNIT, fold([CITED]), "1.1", ["cited"])
    with pytest.raises(Refused, match=r"ak took back what you recorded of 8580-501 1\.1"):
        taken_back(CITED, theirs)
    reopened = marking.reopen(act("reopened", SECOND_ASSESSOR), UNIT, fold(CLOSED), "Look again.")
    with pytest.raises(Refused, match="ak took back what you recorded of 8580-501"):
        taking_back([CLOSING], fold((*CLOSED, reopened)))


def test_a_closing_that_was_closed_again_since_is_not_taken_back() -> None:
    reopened = marking.reopen(act("reopened"), UNIT, fold(CLOSED), "Look again.")
    again = marking.close(act("again"), UNIT, fold((*CLOSED, reopened)), "Sound still.")
    assert taking_back([CLOSING], fold((*CLOSED, reopened, again))) is None


def test_a_passage_that_was_cited_twice_is_cited_again_once() -> None:
    twice = replace(CITED, uid="twice")
    gone = take_back_citations(act("not"), UNIT, fold([CITED, twice]), "1.1", ["cited", "twice"])
    taking = taken_back(gone, before=(CITED, twice))
    assert taking is not None
    assert (taking.undo, taking.passages) == (Undo.CITE_AGAIN, (PASSAGE,))


def test_the_record_says_of_a_citation_taken_back_what_it_was_and_why() -> None:
    assert NOT_CITED.body["reason"] == "citation taken back"
    why = take_back_citations(act("not"), UNIT, fold([CITED]), "1.1", ["cited"], "slip")
    assert why.body["reason"] == "citation taken back: slip"


def test_the_withdrawal_of_a_decision_and_a_reopening_are_second_thoughts_already() -> None:
    assert taken_back(withdrawal("w", "a"), before=(MINE,)) is None
    reopened = marking.reopen(act("reopened"), UNIT, fold(CLOSED), "Look again.")
    assert taken_back(reopened, before=CLOSED) is None
    assert taking_back([CLOSING], fold((*CLOSED, reopened))) is None


def test_a_closing_is_reopened() -> None:
    assert taking_back([CLOSING], fold(CLOSED)) == TakingBack(Undo.REOPEN, KEY, "", (CLOSING,))


@pytest.mark.parametrize(
    "after",
    [
        of_unit(Kind.SAMPLED, actor=ASSESSOR.id),
        of_unit(Kind.CLAIMED, actor=ASSESSOR.id, step="claimed", rests_on=["another"], on="2026-01-05"),
    ],
    ids=["one's own act", "a claim that rests on another closing"],
)
def test_a_closing_on_which_nothing_rests_is_reopened_whatever_followed(after: Event) -> None:
    assert taking_back([CLOSING], fold((*CLOSED, after))) == TakingBack(Undo.REOPEN, KEY, "", (CLOSING,))


@pytest.mark.parametrize(
    ("after", "why"),
    [
        (of_unit(Kind.RELEASED, text="Well done.", rests_on=["closing"]), "the feedback on it was released"),
        (of_unit(Kind.SAMPLED, actor="vd"), "vd recorded something about it"),
        (of_unit(Kind.VERIFIED, actor="vd", rests_on=["closing"], agrees=True), "vd recorded something about it"),
        (
            of_unit(Kind.CLAIMED, actor="co", step="claimed", rests_on=["closing"], on="2026-01-05"),
            "it was claimed",
        ),
        (
            of_unit(Kind.BADGE, actor="co", step="issued", credential="{}", rests_on="closing"),
            "a badge of it was issued",
        ),
    ],
    ids=["released", "sampled", "verified", "claimed", "a badge"],
)
def test_a_closing_that_something_rests_on_stays(after: Event, why: str) -> None:
    with pytest.raises(Refused, match=why) as refused:
        taking_back([CLOSING], fold((*CLOSED, after)))
    assert refused.value.hint is not None
    assert refused.value.hint.way is Way.REOPEN


@pytest.mark.parametrize("kind", [Kind.SUBMITTED, Kind.RELEASED, Kind.DECLARED, Kind.COMMENTED, Kind.ACKNOWLEDGED])
def test_what_was_told_to_others_stays(kind: Kind) -> None:
    with pytest.raises(Refused, match="It is not taken back"):
        taking_back([of_unit(kind)], fold(CLOSED))


@pytest.mark.parametrize(
    ("after", "is_one"),
    [
        (timedelta(), True),
        (timedelta(seconds=10), True),
        (timedelta(seconds=10, microseconds=1), False),
        (timedelta(seconds=-1), False),
    ],
)
def test_a_slip_is_taken_back_within_ten_seconds_and_not_by_a_clock_that_went_back(
    after: timedelta, is_one: bool
) -> None:
    assert is_slip(AT, AT + after) is is_one
