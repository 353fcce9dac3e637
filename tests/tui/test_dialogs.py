"""Dialogs in terminals of any size: what to press is always in sight and can be clicked, and nothing that they say ends
without a sign."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.fitted import Fitted
from markterm.tui.widgets.keys_line import KeysLine
from markterm.tui.widgets.modal import Modal
from markterm.tui.widgets.writing import WritingScreen
from tests.at_length import at_length
from tests.gallery.drawing import at_a_fixed_moment, go_to, leave, sat_down
from tests.gallery.pictures import SITTINGS, Picture, Sat
from tests.tui.sitting import NARROW, Sitting, sitting
from tests.tui.test_closing import pass_all

LOW = (60, 20)


async def _nothing(_: str) -> None:
    pass


def _keys(at: Sitting) -> str:
    return str(at.app.screen.query_one(KeysLine).content)


async def _click(at: Sitting, words: str) -> None:
    """Click those words in the line of keys."""
    line = at.app.screen.query_one(KeysLine)
    assert await at.pilot.click(KeysLine, offset=(_keys(at).index(words) + line.styles.padding.left, 0))
    await at.settled()


@pytest.mark.parametrize("size", at_length([NARROW, LOW, (40, 14)]), ids=str)
async def test_what_to_press_has_one_line_with_how_one_gets_away_and_where_the_rest_is(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with sitting(tmp_path, size=size, learner="AAA1") as at:
        await at.press("n")
        line = at.app.screen.query_one(KeysLine)
        assert line.region.height == 1
        assert at.app.screen.region.contains_region(line.region)
        assert _keys(at).startswith("Enter saves · ")
        assert "Esc keeps draft" in _keys(at)
        assert _keys(at).endswith("F1 all keys") or size[0] < 60
        assert len(_keys(at)) <= line.content_size.width
        await at.resize(160, 45)
        assert "throws it away" in _keys(at)
        assert "all keys" not in _keys(at)


@pytest.mark.long
async def test_a_click_in_the_line_of_keys_does_what_the_key_does(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=(160, 45), learner="AAA1") as at:
        await at.press("n")
        await at.type("Warm")
        await _click(at, "new line")
        await at.type("pot")
        await _click(at, "throws it away")
        assert "Throw this text away?" in at.text
        await _click(at, "leaves")
        assert isinstance(at.app.screen, WritingScreen)
        await _click(at, "Enter saves")
        assert at.app.marking.is_current
        assert "Warm" in at.text


@pytest.mark.long
async def test_of_two_commands_that_are_named_together_a_click_does_the_one_under_it(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=(160, 45), learner="AAA1") as at:
        turned: list[int] = []
        writing = WritingScreen("Note", "About", "", _nothing, turn_page=turned.append)
        await at.app.push_screen(writing)
        await at.settled()
        await _click(at, "PgDn")
        await _click(at, "PgUp")
        await _click(at, "evidence")
        assert turned == [1, -1, 1]


@pytest.mark.long
async def test_a_click_on_the_key_that_tells_the_rest_tells_it(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=LOW, learner="AAA1") as at:
        await at.press("n")
        await _click(at, "F1 all keys")
        assert "Cut what is chosen" in at.text


@pytest.mark.long
async def test_what_is_cut_ends_with_a_sign_and_is_read_whole(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, learner="AAA1") as at:
        detail = "\n".join(f"fact {number}" for number in range(9))
        await at.app.push_screen(WritingScreen("Close", detail, "", _nothing))
        await at.settled()
        assert "fact 2 … 6 more lines, F2" in at.text
        assert "fact 3" not in at.text
        await at.press("f2")
        assert "fact 8" in at.text
        await at.press("escape")
        assert isinstance(at.app.screen, WritingScreen)
        at.app.pop_screen()
        await at.app.push_screen(ChoiceScreen("Which?", ["one", "two"], meanings=["short", detail], foot="a foot"))
        await at.settled()
        assert "more lines" not in at.text
        await at.press("down")
        assert "fact 1 … 7 more lines, F2" in at.text


@pytest.mark.long
async def test_nothing_is_to_be_read_whole_where_nothing_is_cut(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, learner="AAA1") as at:
        await at.app.push_screen(WritingScreen("Note", "About", "", _nothing))
        await at.settled()
        writing = at.app.screen
        await at.press("f2")
        assert at.app.screen is writing


@pytest.mark.long
async def test_closing_names_every_file_that_cannot_be_fixed_and_says_where_there_is_no_room_for_all(
    tmp_path: Path,
) -> None:
    async with sitting(tmp_path, size=NARROW, learner="AAA1") as at:
        await pass_all(at)
        for number in range(9):
            placeholder = at.folder / "learners" / "AAA1" / "evidence" / f"a-plan-with-a-long-name-{number}.gdoc"
            placeholder.write_text('{"doc_id": "1"}', "utf-8")
        await at.press("F")
        if isinstance(at.app.screen, ChoiceScreen):
            await at.press("end", "enter")
        assert isinstance(at.app.screen, WritingScreen)
        assert "9 cannot be read, and not be fixed: a-plan-with-a-long-name-0.gdoc" in " ".join(at.text.split())
        assert "more lines, F2" in at.text
        await at.press("f2")
        assert "a-plan-with-a-long-name-8.gdoc" in at.text


def _silently_cut(at: Sitting) -> list[str]:
    """What stands on the screen with fewer lines than it has, and no sign of it."""
    screen, found = at.app.screen, []
    for each in screen.query(Static):
        width, height = each.content_size
        content = each.content
        is_seen = each.is_on_screen and width > 0 and not any(isinstance(up, VerticalScroll) for up in each.ancestors)
        if not is_seen or isinstance(each, Fitted) or not isinstance(content, Content | str):
            continue
        lines = Content(content) if isinstance(content, str) else content
        if each.styles.text_wrap != "nowrap" and height < len(lines.wrap(width)):
            found.append(f"{type(screen).__name__} {each.id or each.classes}: {lines.plain[:60]}")
        if not screen.region.contains_region(each.region):
            found.append(f"{type(screen).__name__} {each.id or each.classes} is below the screen")
    return found


@pytest.mark.long
@pytest.mark.parametrize("size", [NARROW, LOW], ids=str)
async def test_no_screen_of_the_gallery_cuts_anything_without_a_sign(tmp_path: Path, size: tuple[int, int]) -> None:
    found: list[str] = []
    with at_a_fixed_moment():
        for sat in SITTINGS:
            for pictures in _that_can_follow(sat):
                async with sat_down(sat, tmp_path) as at:
                    await at.resize(*size)
                    for picture in pictures:
                        await go_to(at, picture)
                        found += [f"{picture.name}: {told}" for told in _silently_cut(at)]
                        if isinstance(at.app.screen, Modal):
                            line = at.app.screen.query_one(KeysLine)
                            if line.region.height != 1 or not at.app.screen.region.contains_region(line.region):
                                found.append(f"{picture.name}: the line of keys is {line.region}")
                        await leave(at)
    assert found == []


def _that_can_follow(sat: Sat) -> list[tuple[Picture, ...]]:
    # What was written asks whether it may be written over.
    return [tuple(each for each in sat.pictures if each.name != "export-over")]
