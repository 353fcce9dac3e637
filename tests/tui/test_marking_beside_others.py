"""What others do meanwhile appears by itself, and nothing that arrived unseen is replaced."""

from __future__ import annotations

import asyncio
import shutil
import threading
from pathlib import Path

import pytest
from textual.widgets import TextArea

from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.learners import Learners
from markterm.domain.record.decision import OPEN_CRITERION
from markterm.domain.record.event import Result
from tests.pace import PATIENCE
from tests.tui.sitting import sitting
from tests.tui.test_marking_promises import line_of

pytestmark = pytest.mark.usefixtures("looks_soon")


async def test_what_another_process_decides_appears_by_itself(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        other = at.as_other("ben")
        other.marking.mark("AAA1", "T-101", "1.2", Result.REFER, "cold pot")
        await at.until(lambda: "✗ refer" in line_of(at, "1.2"))
        assert any("ben" in told for told in at.told)
        assert at.at == "T-101 1.1"
        other.marking.withdraw("AAA1", "T-101", "1.2", "slip")
        await at.until(lambda: "· open" in line_of(at, "1.2"))


async def test_a_look_that_comes_back_late_does_not_take_a_mark_off_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, let_go = threading.Event(), threading.Event()
    news = Learners.news

    def late(learners: Learners, shown: LearnerPortfolio) -> LearnerPortfolio | None:
        found = news(learners, shown)
        if found is not None:
            reached.set()
            assert let_go.wait(PATIENCE)
        return found

    async with sitting(tmp_path, learner="AAA1") as at:
        monkeypatch.setattr(Learners, "news", late)
        at.as_other("ben").marking.mark("AAA1", "T-101", "2.1", Result.PASS)
        assert await asyncio.to_thread(reached.wait, PATIENCE)
        pressed = asyncio.create_task(at.burst("p"))
        await asyncio.sleep(1.2)  # longer than it is until the next look
        let_go.set()
        await pressed
        await at.until(lambda: any("ben" in told for told in at.told))
        assert "✓ pass" in line_of(at, "1.1")
        assert "✓ pass" in line_of(at, "2.1")


async def test_a_decision_that_arrived_unseen_makes_a_conflict_that_a_reason_settles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Learners, "news", lambda _learners, _shown: None)
    async with sitting(tmp_path, learner="AAA1") as at:
        at.as_other("ben").marking.mark("AAA1", "T-101", "1.1", Result.REFER, "lukewarm, says ben")
        await at.press("n")
        await at.type("hot, says asha")
        await at.press("enter", "p")
        assert "! conflict" in line_of(at, "1.1")
        await at.press("home")
        assert "lukewarm, says ben" in at.text
        assert "hot, says asha" in at.text
        await at.press("p")
        assert "Decided by ben and asha, neither having seen the other" in at.text
        await at.press("enter")
        assert "Settling needs a reason" in at.text
        assert len(at.events()) == 2
        await at.type("measured together")
        await at.press("enter", "home")
        assert "✓ pass" in line_of(at, "1.1")
        assert len(at.events()) == 3
        assert (at.events()[-1].body["note"], at.events()[-1].body["reason"]) == ("hot, says asha", "measured together")
        assert set(at.events()[-1].supersedes) == {event.uid for event in at.events()[:2]}


@pytest.mark.parametrize("result", [Result.PASS, Result.REFER])
async def test_a_note_that_was_written_on_a_conflict_is_recorded_with_what_settles_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, result: Result
) -> None:
    monkeypatch.setattr(Learners, "news", lambda _learners, _shown: None)
    async with sitting(tmp_path, learner="AAA1") as at:
        at.as_other("ben").marking.mark("AAA1", "T-101", "1.1", Result.REFER, "lukewarm, says ben")
        await at.press("p", "home", "n")
        assert "Kept until you pass or refer the criterion, and recorded with it." in at.text
        await at.type("hot enough")
        await at.press("enter")
        if result is Result.PASS:
            await at.press("p")
            assert "Your note goes with it." in " ".join(at.text.split())
        else:
            await at.press("r", "enter")
            assert "Your note goes with it, in the place of what was noted." in " ".join(at.text.split())
        await at.type("measured together")
        await at.press("enter", "home")
        last = at.events()[-1]
        assert (last.body["result"], last.body["note"], last.body["reason"]) == (
            result.value,
            "hot enough",
            "measured together",
        )
        assert "draft" not in at.text


async def test_settling_as_refer_forgets_no_note_but_the_one_that_is_recorded(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("r")
        await at.type("too cold to drink")
        await at.press("escape", "n")
        await at.type("praise the tray")
        await at.press("enter")
        at.as_other("ben").marking.mark("AAA1", "T-101", "1.1", Result.REFER, "lukewarm, says ben")
        at.as_other("asha").marking.mark("AAA1", "T-101", "1.1", Result.PASS, shown=OPEN_CRITERION)
        await at.until(lambda: "! conflict" in line_of(at, "1.1"))
        await at.press("r")
        assert "too cold to drink" in at.text, "what was begun is opened"
        await at.press("enter")
        await at.type("measured together")
        await at.press("enter", "home")
        assert (at.events()[-1].body["note"], at.events()[-1].body["reason"]) == (
            "too cold to drink",
            "measured together",
        )
        work = at.app.marking.work
        assert work.place is not None
        assert work.drafts.kept_note(work.place) == "praise the tray"


@pytest.mark.long
async def test_a_note_that_was_begun_is_opened_before_a_conflict_is_settled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Learners, "news", lambda _learners, _shown: None)
    async with sitting(tmp_path, learner="AAA1") as at:
        at.as_other("ben").marking.mark("AAA1", "T-101", "1.1", Result.REFER, "lukewarm, says ben")
        await at.press("p", "home", "n")
        await at.type("hot enough")
        await at.press("escape", "p")
        assert at.app.screen.query_one(TextArea).text == "hot enough"
        await at.press("enter")
        await at.type("measured together")
        await at.press("enter", "home")
        assert (at.events()[-1].body["result"], at.events()[-1].body["note"]) == ("pass", "hot enough")
        assert "draft" not in at.text


async def test_what_arrived_while_a_note_was_written_is_not_replaced_unseen(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("r")
        at.as_other("ben").marking.mark("AAA1", "T-101", "1.1", Result.PASS, "fine, says ben")
        await at.type("cold")
        await at.press("enter")
        assert "! conflict" in line_of(at, "1.1")
        assert len(at.events()) == 2


async def test_a_learner_who_was_removed_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        shutil.move(at.folder / "learners" / "AAA1", tmp_path / "elsewhere")
        await at.press("p")
        assert any("No such learner" in told for told in at.told)
        await at.press("r")
        await at.type("cold")
        await at.press("enter")
        assert "No such learner" in at.text
        assert at.app.screen.query_one(TextArea).text == "cold"
        await at.press("escape", "right_square_bracket", "E", "f", "o", "l")
        assert at.events() == ()
        shutil.move(tmp_path / "elsewhere", at.folder / "learners" / "AAA1")
        await at.press("escape", "p", "enter")
        assert at.decided() == ["1.1 pass"]
