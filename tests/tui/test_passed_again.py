"""Marking at the screen what is marked already: what is not written, what is asked, and whose words a note is."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import TextArea

from markterm.domain.record.decision import OPEN_CRITERION
from markterm.domain.record.event import Kind, Result
from markterm.tui.widgets.criterion_detail import CriterionDetail
from tests.tui.sitting import WIDE, Sitting, sitting
from tests.tui.test_resubmission import hand_in_again, refer_and_release, with_an_essay

pytestmark = pytest.mark.usefixtures("looks_soon")


def _detail(at: Sitting) -> str:
    return at.app.marking.query_one(CriterionDetail).content(60).plain


async def _decided_by_ben(at: Sitting, note: str = "Boils, says Ben.", result: Result = Result.PASS) -> None:
    at.as_other("ben").marking.mark("AAA1", "T-101", "1.1", result, note)
    await at.until(lambda: "ben, " in _detail(at))


async def test_p_on_ones_own_pass_writes_nothing_and_says_so(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("n")
        await at.type("boils well")
        await at.press("enter", "p", "home", "p", "home", "p", "home")
        assert at.decided() == ["1.1 pass"]
        assert any("1.1 is a pass of yours already" in told for told in at.told)
        assert "boils well" in at.text


async def test_p_on_a_colleagues_pass_asks_whose_note_it_is(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await _decided_by_ben(at)
        await at.press("p")
        assert "ben's note: “Boils, says Ben.”" in " ".join(at.text.replace("│", " ").split())
        await at.press("enter")
        assert len(at.events()) == 1, "it is left as it is unless somebody chooses otherwise"
        await at.press("p", "j", "enter", "home")
        kept = at.events()[-1]
        assert (kept.actor, kept.body["note"], kept.body["note_by"]) == ("asha", "Boils, says Ben.", ["ben"])
        assert "in the words of ben" in _detail(at)
        await at.press("l")
        assert "In the words of ben" in at.text


@pytest.mark.long
async def test_a_colleagues_note_goes_by_choice_or_makes_room_for_ones_own(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await _decided_by_ben(at)
        await at.press("p", "end", "enter")
        assert at.app.screen.query_one(TextArea).text == "", "not with somebody else's words"
        assert "It takes the place of ben's note" in " ".join(at.text.split())
        await at.type("Seen it boil.")
        await at.press("enter", "home")
        assert (at.events()[-1].body["note"], "note_by" in at.events()[-1].body) == ("Seen it boil.", False)
        at.as_other("ben").marking.mark("AAA1", "T-101", "1.1", Result.PASS, "Boils, says Ben.")
        await at.until(lambda: "ben, " in _detail(at))
        await at.press("p", "j", "j", "enter")
        assert at.events()[-1].body["note"] == ""


async def test_n_and_r_on_a_colleagues_decision_begin_empty_and_say_whose_note_goes(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await _decided_by_ben(at, "Lukewarm.", Result.REFER)
        for key in ("r", "n"):
            await at.press(key)
            assert at.app.screen.query_one(TextArea).text == ""
            assert "ben's note: “Lukewarm.”" in " ".join(at.text.split())
            await at.press("escape")
        await at.press("n", "enter")
        assert "Somebody else's note stands" in at.text
        assert len(at.events()) == 1


async def test_a_note_that_was_kept_as_a_colleagues_does_not_go_with_an_empty_field(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await _decided_by_ben(at)
        await at.press("p", "j", "enter", "home", "n")
        assert at.app.screen.query_one(TextArea).text == ""
        assert "It takes the place of ben's note" in " ".join(at.text.split())
        await at.press("enter", "home", "p", "home")
        assert len(at.events()) == 2
        assert "in the words of ben" in _detail(at)


@pytest.mark.long
async def test_ones_own_note_is_emptied_by_emptying_it(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("n")
        await at.type("hot")
        await at.press("enter", "p", "home", "n")
        await at.press("backspace", "backspace", "backspace", "enter")
        assert at.events()[-1].body["note"] == ""


@pytest.mark.long
async def test_u_in_a_conflict_is_asked_as_settling(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await _decided_by_ben(at)
        at.as_other("asha").marking.mark("AAA1", "T-101", "1.1", Result.REFER, "cold", shown=OPEN_CRITERION)
        await at.until(lambda: "! conflict" in at.text)
        await at.press("u")
        assert "neither holds" in at.text
        await at.press("enter")
        assert "Settling needs a reason" in at.text
        assert len(at.events()) == 2
        await at.type("wrong learner")
        await at.press("enter", "home")
        assert at.events()[-1].supersedes == tuple(event.uid for event in at.events()[:2])
        assert "· open" in next(line[:27] for line in at.lines if " 1.1 " in line[:27])


@pytest.mark.long
async def test_settling_as_refer_asks_for_the_note_first_where_nobody_wrote_one(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await _decided_by_ben(at, "")
        at.as_other("asha").marking.mark("AAA1", "T-101", "1.1", Result.PASS, "", shown=OPEN_CRITERION)
        await at.until(lambda: "! conflict" in at.text)
        await at.press("home", "r", "enter")
        assert "A referral needs a note" in at.text
        await at.type("Which pot?")
        await at.press("enter")
        assert "The learner does not read this." in " ".join(at.text.split())
        await at.type("seen together")
        await at.press("enter", "home")
        settled = at.events()[-1].body
        assert (settled["result"], settled["note"], settled["reason"]) == ("refer", "Which pot?", "seen together")
        assert "Settled: seen together" in _detail(at)


@pytest.mark.long
async def test_a_pass_of_an_earlier_attempt_is_withdrawn_with_a_reason_before_it_is_decided_anew(
    tmp_path: Path,
) -> None:
    async with sitting(tmp_path, size=WIDE, make=with_an_essay, learner="AAA1") as at:
        await at.press("J", "c")
        await refer_and_release(at)
        hand_in_again(at)
        await at.press("S")
        await at.shows("were listed: new")
        await at.press("S", "enter", "enter", "enter")
        await at.until(lambda: at.events()[-1].kind == Kind.SUBMITTED)
        await at.settled()
        await at.press("home")
        assert at.at == "T-101 1.1"
        assert "cited at attempt 1" in _detail(at)
        before = len(at.events())
        for key in ("p", "r", "n"):
            await at.press(key)
            assert at.app.screen is at.app.marking
            assert any("passed at attempt 1" in told for told in at.told)
        assert len(at.events()) == before
        await at.press("U")
        assert "passed at attempt 1 by asha, and is to be decided anew" in " ".join(at.text.split())
        await at.type("copied")
        await at.press("enter")
        withdrawn = at.events()[-1]
        assert (withdrawn.kind, withdrawn.body) == (Kind.WITHDRAWN, {"reason": "copied", "attempt": 2})
        await at.press("r")
        await at.type("Whose words?")
        await at.press("enter")
        assert (at.events()[-1].body["result"], at.events()[-1].body["attempt"]) == ("refer", 2)
