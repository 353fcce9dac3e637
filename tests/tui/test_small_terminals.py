"""Terminals of any size, also while it changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.content import Content
from textual.widgets import TextArea

from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.modal import Scroll
from markterm.tui.widgets.reading import ReadingScreen
from tests.at_length import at_length
from tests.centres import add_learner, make_centre_in
from tests.tui.sitting import NARROW, WIDE, sitting
from tests.tui.test_hostile_input import assert_harmless

KEYS = (
    *("j", "k", "tab", "tab", "tab", "shift+tab", "l", "escape", "m", "escape", "question_mark", "end", "escape"),
    *("m", "l", "j", "h", "k", "enter", "g", "2", "down", "enter", "right_curly_bracket", "left_curly_bracket"),
    *("comma", "j", "escape", "n", "escape", "u", "escape", "E", "escape", "o", "escape", "D", "escape", "slash", "a"),
    *("enter", "n", "escape", "right_square_bracket", "pagedown", "pageup", "J", "K", "ctrl+p", "escape", "home"),
    *("escape", "f", "enter", "x", "escape", "R", "end", "enter", "tab", "k", "q"),
)


@pytest.mark.long
@pytest.mark.parametrize("size", [(6, 2), (80, 10), (60, 12), (40, 10), (20, 5)], ids=str)
async def test_everything_works_in_a_small_terminal(tmp_path: Path, size: tuple[int, int]) -> None:
    async with sitting(tmp_path, size=size) as at:
        assert_harmless(at)
        await at.press("s", "s", "s", "s", "slash", "j", "escape", "enter")
        await at.opened("AAA1")
        for key in KEYS:
            await at.press(key)
            assert_harmless(at)
        assert at.app.screen is at.app.marking
        await at.press("p", "r")
        await at.type("cold")
        assert_harmless(at)
        await at.press("enter")
        assert at.decided() == ["1.1 pass", "1.2 refer"]
        assert_harmless(at)


@pytest.mark.parametrize("size", at_length([(40, 8), (80, 10), (40, 10)]), ids=str)
async def test_what_is_written_and_why_it_failed_are_in_sight(tmp_path: Path, size: tuple[int, int]) -> None:
    async with sitting(tmp_path, size=size, learner="AAA1") as at:
        await at.press("r")
        await at.type("cold")
        assert "cold" in at.text
        assert "Refer T-101 1.1" in at.text
        await at.press(*["backspace"] * 4, "enter")
        assert "A referral needs a note" in at.text
        field = at.app.screen.query_one(TextArea)
        assert field.region.height >= 1
        assert at.app.screen.region.contains_region(field.region)


@pytest.mark.long
async def test_p_and_r_work_in_twenty_columns_and_five_lines_and_are_seen(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=(20, 5), learner="AAA1") as at:
        assert "1.1" in at.text
        await at.press("p", "k")
        assert "✓ pass" in at.text
        await at.press("r")
        await at.type("cold")
        assert "cold" in at.text


@pytest.mark.long
async def test_the_size_may_change_at_any_time(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=(160, 45), learner="AAA1") as at:
        for width, height in ((90, 24), (60, 20), (40, 10), (60, 20), (90, 24), (160, 45), (20, 5), (80, 24)):
            await at.resize(width, height)
            await at.settled()
            assert_harmless(at)
            assert "T-101" in at.text or "101" in at.text
            assert len(at.lines) == height
        await at.press("r")
        for width, height in ((40, 10), (160, 45), (80, 24)):
            await at.resize(width, height)
            await at.type("x")
            assert_harmless(at)
        await at.press("enter", "q")
        await at.resize(40, 10)
        await at.settled()
        assert_harmless(at)
        assert at.events()[-1].body["note"] == "xxx"


@pytest.mark.long
async def test_a_size_that_changed_in_the_caseload_holds_for_marking(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=(160, 45), learner="AAA1") as at:
        await at.press("q")
        await at.resize(60, 20)
        await at.settled()
        await at.press("2")
        assert at.app.marking.has_class("-narrow")
        assert "criteria" in at.text
        assert_harmless(at)


@pytest.mark.long
async def test_in_a_narrow_terminal_tab_shows_one_pane_after_the_other(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=(60, 20), learner="AAA1") as at:
        assert "1.2   · open" in at.text
        await at.press("tab")
        assert "I made tea." in at.text
        await at.press("tab")
        assert "the water boils" in at.text
        assert "I made tea." not in at.text
        await at.press("tab")
        assert "1.2   · open" in at.text
        await at.press("shift+tab")
        assert "the water boils" in at.text
        await at.press("p")
        assert at.decided() == ["1.1 pass"]


@pytest.mark.long
@pytest.mark.parametrize("length", range(28, 34))
async def test_a_name_that_just_fits_cuts_no_unit_off(tmp_path: Path, length: int) -> None:
    def make(folder: Path) -> Path:
        make_centre_in(folder)
        add_learner(folder, "DDD4", "D" * length)
        return folder

    async with sitting(tmp_path, make=make, learner="DDD4") as at:
        assert at.lines[0].rstrip().endswith("101 · 102 ·"), at.lines[0]


@pytest.mark.long
@pytest.mark.parametrize("size", [NARROW, WIDE])
@pytest.mark.parametrize("title", ["Why", "Why this is in the plan, because " * 4])
async def test_a_text_longer_than_the_terminal_leaves_room_for_what_to_press(
    tmp_path: Path, size: tuple[int, int], title: str
) -> None:
    async with sitting(tmp_path, size=size) as at:
        await at.app.push_screen(ReadingScreen(title, Content("\n".join(f"line {n}" for n in range(100)))))
        await at.shows("Esc leaves")
        rows = at.app.screen.query_one(Scroll).size.height
        assert f" 1–{rows} of 100 " in at.text
        await at.press("end")
        assert f" {100 - rows + 1}–100 of 100 " in at.text
        assert "line 99" in at.text
        await at.press("home", "space")
        assert f" {rows}–{2 * rows - 1} of 100 " in at.text
        await at.press("pageup")
        assert f" 1–{rows} of 100 " in at.text
        await at.app.push_screen(ChoiceScreen(title, [f"choice {n}" for n in range(100)]))
        await at.shows("Enter chooses · Esc leaves")
