"""What opened over a screen is left once, whatever was pressed ahead: no other screen goes with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.tui.evidence.file_list import EvidenceListScreen
from markterm.tui.evidence.find_all import FindAllScreen
from markterm.tui.widgets.choice import ChoiceScreen
from tests.tui.sitting import Sitting, sitting

OPENS = {"file_list": ("E", EvidenceListScreen), "settings": ("comma", ChoiceScreen), "who": ("W", ChoiceScreen)}


def at_marking(at: Sitting) -> bool:
    return at.app.screen is at.app.marking


@pytest.mark.parametrize("dialog", OPENS)
async def test_enter_that_bounces_chooses_once_and_the_learner_stays_open(tmp_path: Path, dialog: str) -> None:
    key, screen = OPENS[dialog]
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press(key)
        assert isinstance(at.app.screen, screen)
        await at.burst("enter", "enter", "enter")
        while not at_marking(at):
            # The settings come again after each that was changed.
            assert isinstance(at.app.screen, ChoiceScreen)
            await at.press("escape")
        await at.press("p")
        assert at.decided() == ["1.1 pass"]


async def test_a_choice_made_just_before_the_palette_opens_leaves_the_list_behind_it(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("E")
        await at.burst("enter", "ctrl+p")
        await at.press("escape")
        assert at_marking(at)
        await at.press("p")
        assert at.decided() == ["1.1 pass"]


async def test_files_that_are_read_after_find_was_left_are_searched_no_more(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("ctrl+f")
        find = at.app.screen
        assert isinstance(find, FindAllScreen)
        await at.press("escape")
        find.end_reading(FindAllScreen.AllRead(at.app.centre.evidence.listed("AAA1")))
        await at.settled()
        assert at_marking(at)
