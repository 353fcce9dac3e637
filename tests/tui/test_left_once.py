"""What opens over a screen is left once, and keys that come too early or too late for it are no fault."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.screen import Screen

from markterm.domain.words.errors import MarkTermError
from markterm.tui.differences.screen import DifferencesScreen
from markterm.tui.evidence.file_list import EvidenceListScreen
from markterm.tui.evidence.find_all import FindAllScreen
from markterm.tui.person.who import WhoScreen
from markterm.tui.remarks.screen import BankScreen
from markterm.tui.widgets.choice import MOVES, ChoiceScreen
from markterm.tui.widgets.line_list import LineList
from tests.at_length import at_length
from tests.tui.sitting import Sitting, sitting

OPENS = {"file_list": ("E", EvidenceListScreen), "settings": ("comma", ChoiceScreen), "who": ("W", WhoScreen)}


def at_marking(at: Sitting) -> bool:
    return at.app.screen is at.app.marking


@pytest.mark.parametrize("dialog", at_length(OPENS))
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


@pytest.mark.long
async def test_a_choice_made_just_before_the_palette_opens_leaves_the_list_behind_it(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("E")
        await at.burst("enter", "ctrl+p")
        await at.press("escape")
        assert at_marking(at)
        await at.press("p")
        assert at.decided() == ["1.1 pass"]


def go_on_finding(screen: Screen[object], at: Sitting) -> None:
    assert isinstance(screen, FindAllScreen)
    screen.end_reading(FindAllScreen.AllRead(at.app.centre.evidence.listed("AAA1")))


def go_on_with_the_bank(screen: Screen[object], _: Sitting) -> None:
    assert isinstance(screen, BankScreen)
    screen.take_news(BankScreen.Looked(None))


def go_on_comparing(screen: Screen[object], _: Sitting) -> None:
    assert isinstance(screen, DifferencesScreen)
    screen.take_files(DifferencesScreen.FilesKnown(MarkTermError("Gone", "It is gone.", "Look again.")))


def go_down(screen: Screen[object], _: Sitting) -> None:
    assert isinstance(screen, EvidenceListScreen)
    screen.follow(LineList.Moved(LineList(), 0))


@pytest.mark.parametrize(
    ("key", "go_on"),
    at_length([("ctrl+f", go_on_finding), ("b", go_on_with_the_bank), ("d", go_on_comparing), ("E", go_down)], names=2),
)
async def test_what_comes_after_a_screen_was_left_is_no_fault(
    tmp_path: Path, key: str, go_on: Callable[[Screen[object], Sitting], None]
) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press(key)
        screen = at.app.screen
        await at.press("escape")
        go_on(screen, at)
        await at.settled()
        assert at_marking(at)


@pytest.mark.long
async def test_a_key_that_comes_before_a_list_is_there_moves_nothing(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        opening = at.app.push_screen(ChoiceScreen("Which?", ["this", "that"]))
        assert isinstance(at.app.screen, ChoiceScreen)
        await MOVES[0]().run(at.app.screen)
        await opening
        assert "▸ this" in at.text
