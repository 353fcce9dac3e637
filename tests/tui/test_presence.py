"""Two people at once: what the other records appears by itself, and who is there is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.domain.record.event import Result
from tests.tui.sitting import NARROW, WIDE, sitting


@pytest.mark.parametrize("size", [NARROW, pytest.param(WIDE, marks=pytest.mark.long)], ids=["narrow", "wide"])
async def test_who_else_is_on_the_learner_is_said_while_they_are(tmp_path: Path, size: tuple[int, int]) -> None:
    async with sitting(tmp_path, size=size, learner="AAA1") as at:
        ben = at.as_other("ben")
        ben.presence.be_on("ben", "AAA1")
        await at.until(lambda: "ben here too" in at.text)
        ben.presence.leave()
        await at.until(lambda: "here too" not in at.text)


@pytest.mark.long
async def test_others_see_who_is_here_until_the_learner_is_left(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        ben = at.as_other("ben")
        await at.until(lambda: ben.presence.others_on("AAA1") == ("asha",))
        await at.press("q")
        await at.until(lambda: ben.presence.others_on("AAA1") == ())


@pytest.mark.long
async def test_others_see_nobody_here_any_more_when_the_list_across_learners_is_left(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        ben = at.as_other("ben")
        await at.press("h", "enter", "enter")
        await at.until(lambda: "3 wait" in at.lines[0])
        await at.press("enter")
        await at.until(lambda: at.app.marking.work.desk.shown is not None)
        registration = (
            at.app.marking.work.desk.shown.learner.registration if at.app.marking.work.desk.shown is not None else ""
        )
        await at.until(lambda: ben.presence.others_on(registration) == ("asha",))
        await at.press("q", "q")
        assert at.app.screen is at.app.caseload
        await at.until(lambda: ben.presence.others_on(registration) == ())


@pytest.mark.long
async def test_what_another_decided_appears_by_itself_once_the_dialog_is_left(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("r")
        at.as_other("ben").marking.mark("AAA1", "T-101", "2.1", Result.PASS, "poured")
        await at.type("cold")
        # As its timer does, however long the note takes.
        await at.app.marking._look().wait()
        await at.settled()
        assert not at.told
        await at.press("escape")
        await at.until(lambda: any("ben added to this portfolio" in told for told in at.told))
        assert at.decided() == ["2.1 pass"]
