"""`u`: one's own last act of this sitting is taken back, wherever it was; what stays says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.domain.record.event import Kind, Result
from markterm.tui.marking.sitting import Entered
from markterm.tui.marking.sitting import Sitting as ActsOfSitting
from tests.samples import decision
from tests.tui.sitting import NARROW, WIDE, Sitting, sitting


def _kinds(at: Sitting) -> list[str]:
    return [event.kind for event in at.events()]


def _last_told(at: Sitting) -> str:
    return at.told[-1]


async def test_a_slip_is_taken_back_at_once_and_the_cursor_goes_to_it(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, learner="AAA1") as at:
        await at.press("p", "r")
        await at.type("cold")
        await at.press("enter", "end", "u")
        assert at.at == "T-101 1.2"
        assert _last_told(at) == "Taken back: the referral of T-101 1.2. It is open again."
        await at.press("end", "u")
        assert at.at == "T-101 1.1"
        assert [event.body["reason"] for event in at.events()[2:]] == ["slip", "slip"]
        assert _kinds(at) == ["decided", "decided", "withdrawn", "withdrawn"]
        await at.press("u")
        assert "is open: there is nothing to withdraw" in _last_told(at)


@pytest.mark.long
async def test_what_was_said_of_it_does_not_stand_when_it_is_decided_again_and_what_others_did_does(
    tmp_path: Path,
) -> None:
    async with sitting(tmp_path, size=NARROW, learner="AAA1") as at:
        await at.press("p", "u")
        at.app.clear_notifications()  # That u is another key by now.
        await at.press("p", "u")
        await at.shows("Taken back: the pass of T-101 1.1. It is open again.")
        at.app.marking.notify("ben added to this portfolio just now.")
        await at.until(lambda: at.app.notices.others == 1)
        await at.press("p")
        await at.shows("ben added to this portfolio just now.")
        assert at.app.notices.others == 0, "it is passed"


@pytest.mark.long
async def test_later_one_is_asked_why_and_told_what_is_taken_back(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, learner="AAA1") as at:
        await at.press("p")
        at.a_while_later()
        await at.press("end", "u")
        await at.shows("Take back the pass of T-101 1.1")
        assert at.at == "T-101 1.1"
        await at.press("enter")
        assert "A withdrawal needs a reason" in at.text
        await at.type("wrong row")
        await at.press("enter")
        assert at.events()[-1].body["reason"] == "wrong row"
        assert at.events()[-1].supersedes == (at.events()[0].uid,)


async def test_what_stood_before_a_change_of_mind_stands_again(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, learner="AAA1") as at:
        at.as_other("ben").marking.mark("AAA1", "T-101", "1.1", Result.REFER, "lukewarm")
    async with sitting(tmp_path, size=NARROW, learner="AAA1") as at:
        await at.press("home", "p", "u")
        assert "The referral by ben stands again." in _last_told(at)
        await at.press("u")
        await at.shows("Withdraw the decision on T-101 1.1")
        assert "by ben stays in the history" in " ".join(at.text.split()), "of this sitting there is none: as it stands"


@pytest.mark.long
async def test_acts_are_taken_back_in_their_order_over_learners_and_units(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, learner="AAA1") as at:
        await at.press("end", "p", "greater_than_sign")
        await at.opened("CCC3")
        await at.press("u")
        assert "there is nothing to withdraw" in _last_told(at), "what was done on another learner stays"
        await at.press("less_than_sign")
        await at.opened("AAA1")
        await at.press("home", "u")
        assert at.at == "T-102 1.2"
        assert _kinds(at) == ["decided", "withdrawn"]


async def test_a_note_that_waits_for_the_decision_becomes_a_draft_and_is_not_lost(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, learner="AAA1") as at:
        await at.press("n")
        await at.type("boils well")
        await at.press("enter", "p", "u")
        work = at.app.marking.work
        assert work.place is not None
        assert work.drafts.kept_note(work.place) == "boils well", "with the mark the note is not taken back"
        await at.press("end", "u")
        assert at.at == "T-101 1.1"
        assert "is no longer kept" in _last_told(at)
        assert work.drafts.kept_note(work.place) == ""
        await at.press("n")
        assert "boils well" in at.text


async def test_what_was_begun_behind_a_kept_note_is_not_lost_when_the_note_is_taken_back(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, learner="AAA1") as at:
        await at.press("n")
        await at.type("boils well")
        await at.press("enter", "n")
        await at.type(" and pours")
        await at.press("escape", "u", "n")
        await at.shows("boils well and pours")


@pytest.mark.long
async def test_of_a_kept_note_that_was_written_anew_the_one_before_is_kept_again(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, learner="AAA1") as at:
        await at.press("n")
        await at.type("boils")
        await at.press("enter", "n")
        await at.type(" well")
        await at.press("enter", "u")
        work = at.app.marking.work
        assert work.place is not None
        assert work.drafts.kept_note(work.place) == "boils"
        assert (
            _last_told(at)
            == "The note on T-101 1.1 is kept as it was before. What you wrote is a draft, which n opens."
        )
        await at.press("n")
        await at.shows("boils well")


async def test_a_note_that_was_recorded_with_a_mark_is_not_told_as_no_longer_kept(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, learner="AAA1") as at:
        await at.press("n")
        await at.type("boils well")
        await at.press("enter", "p", "home", "U")
        await at.type("wrong row")
        await at.press("enter", "u")
        assert "there is nothing to withdraw" in _last_told(at), "with the pass it went into the record"
        work = at.app.marking.work
        assert work.place is not None
        assert work.drafts.begun_of_criterion(work.place) == ()


@pytest.mark.long
async def test_what_a_referral_said_that_is_taken_back_is_not_typed_again(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, learner="AAA1") as at:
        await at.press("r")
        await at.type("which water?")
        await at.press("enter", "u", "r")
        assert "which water?" in at.text
        await at.press("enter")
        assert [event.body.get("note") for event in at.events() if event.kind == "decided"] == ["which water?"] * 2


@pytest.mark.long
async def test_a_citation_that_was_taken_back_by_its_own_key_is_cited_again(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, learner="AAA1") as at:
        await at.press("J", "c", "c", "u")
        assert _kinds(at) == ["cited", "withdrawn", "cited"]
        assert at.events()[0].body["quote"] == at.events()[2].body["quote"]


@pytest.mark.long
async def test_a_citation_of_a_while_ago_is_taken_back_with_a_reason(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, learner="AAA1") as at:
        await at.press("J", "c")
        at.a_while_later()
        await at.press("u")
        await at.shows("Take back the citation for T-101 1.1: diary.md")
        await at.press("enter")
        assert _kinds(at) == ["cited"]
        await at.type("another criterion")
        await at.press("enter")
        assert at.events()[-1].body["reason"] == "citation taken back: another criterion"


async def _closed(at: Sitting) -> None:
    await at.press("p", "p", "p", "D", "enter", "enter", "k", "F")
    await at.type("Sound.")
    await at.press("enter")
    await at.until(lambda: at.events()[-1].kind == Kind.CLOSED)


@pytest.mark.long
async def test_a_closing_is_reopened_and_goes_on_to_the_mark_before_it(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, learner="AAA1") as at:
        await _closed(at)
        await at.press("end", "u")
        reopened = at.events()[-1]
        assert (reopened.kind, reopened.body["reason"]) == (Kind.REOPENED, "slip")
        assert _last_told(at) == "Taken back: the closing of T-101. T-101 is open again."
        await at.press("u")
        assert "What was declared stays" in _last_told(at)
        await at.press("u")
        assert at.at == "T-101 2.1"
        assert at.events()[-1].kind == Kind.WITHDRAWN


async def test_what_was_released_stays_and_so_does_its_closing(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, learner="AAA1") as at:
        await _closed(at)
        await at.press("f", "y", "j", "enter", "q")
        assert at.events()[-1].kind == Kind.RELEASED
        before = at.events()
        await at.press("u")
        assert "What was released stays" in _last_told(at)
        await at.press("u")
        assert "the feedback on it was released since" in _last_told(at)
        assert at.events() == before


async def test_a_decision_that_is_in_conflict_by_now_is_settled(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, learner="AAA1") as at:
        ben = at.as_other("ben")
        seen = ben.learners.portfolio("AAA1")
        await at.press("p")
        before = seen.portfolio.unit(seen.unit("T-101").key).criterion("1.1")
        ben.marking.mark("AAA1", "T-101", "1.1", Result.REFER, "cold", shown=before)
        await at.press("l", "escape")
        await at.until(lambda: "! conflict" in at.text)
        await at.press("u")
        await at.shows("neither holds")


def test_what_another_member_did_at_this_machine_is_not_ones_own_last_act() -> None:
    sitting_of_two = ActsOfSitting()
    mine, theirs = decision("a"), decision("b", actor="ak")
    sitting_of_two.take([mine])
    sitting_of_two.take([theirs])
    (own, other) = (sitting_of_two.last(who) for who in ("jm", "ak"))
    assert isinstance(own, Entered)
    assert isinstance(other, Entered)
    assert (own.events, other.events) == ((mine,), (theirs,))
    assert sitting_of_two.last("jm", "ANOTHER") is None
