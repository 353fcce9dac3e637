"""A paste is no row of commands: outside a field it is offered as a note or dropped, in a field it does not end it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from markterm.domain.record.event import Kind
from markterm.tui.pasting.screen import PastedScreen
from tests.at_length import at_length
from tests.tui.sitting import NARROW, WIDE, Sitting, sitting

PASTE = "Applied well, proper work."
LINES = "Applied well.\nproper p reports\n"


async def paste_as_typed(at: Sitting, text: str) -> None:
    """What a terminal without bracketed paste sends."""
    names = {" ": "space", "\n": "enter", ".": "full_stop", ",": "comma", "?": "question_mark"}
    await at.burst(*(names.get(character, character) for character in text))


@pytest.mark.parametrize("size", at_length([NARROW, WIDE]), ids=["narrow", "wide"])
@pytest.mark.parametrize("text", [PASTE, LINES], ids=["words", "lines"])
async def test_a_paste_marks_nothing_and_is_offered_as_a_note(tmp_path: Path, size: tuple[int, int], text: str) -> None:
    async with sitting(tmp_path, size=size, learner="AAA1") as at:
        await paste_as_typed(at, text)
        assert at.events() == ()
        assert "That looked like pasted text, and marked nothing" in at.text
        assert at.at == "T-101 1.1"
        await at.press("p")
        assert at.events() == (), "nothing but the two answers is obeyed there"
        await at.press("n")
        assert "Applied well" in at.app.screen.query_one(TextArea).text
        await at.press("enter", "p")
        assert at.events()[0].body["note"] == text.strip("\n")


@pytest.mark.long
async def test_esc_drops_it(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await paste_as_typed(at, PASTE)
        await at.press("escape")
        assert at.app.screen is at.app.marking
        assert at.events() == ()
        assert "✐" not in at.text


async def test_more_of_a_paste_answers_nothing_and_is_added(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await paste_as_typed(at, PASTE)
        await paste_as_typed(at, " no answer, a second piece")
        assert isinstance(at.app.screen, PastedScreen)
        await at.press("n")
        assert at.app.screen.query_one(TextArea).text == "Applied well, proper work. no answer, a second piece"


async def test_the_last_keys_of_a_paste_are_no_answer_though_they_are_few(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await paste_as_typed(at, PASTE)
        at.clock -= 0.9
        await at.burst("space", "n", "o")
        assert isinstance(at.app.screen, PastedScreen)
        await at.press("n")
        assert at.app.screen.query_one(TextArea).text == f"{PASTE} no"


async def test_a_bracketed_paste_outside_a_field_is_offered_too(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.paste("The pot is warm.")
        await at.press("n", "enter", "p")
        assert at.events()[0].body["note"] == "The pot is warm."


@pytest.mark.long
async def test_where_no_note_can_be_it_is_dropped_with_a_word(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        await paste_as_typed(at, "Jones\nwas here, quite so")
        assert at.app.screen is at.app.caseload
        assert any("They were dropped" in told for told in at.told)
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("l")
        await paste_as_typed(at, PASTE)
        assert any("They were dropped" in told for told in at.told)
        await at.press("escape")
        assert at.app.screen is at.app.marking
        assert at.events() == ()


async def test_a_paste_into_a_note_does_not_end_it_at_a_line_end(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("r")
        await paste_as_typed(at, "Which pot?\npp\nAnd when?\n")
        assert at.events() == ()
        assert at.app.screen.query_one(TextArea).text == "Which pot?\npp\nAnd when?\n"
        await at.press("enter")
        (event,) = at.events()
        assert (event.kind, event.body["result"]) == (Kind.DECIDED, "refer")


async def test_a_paste_into_a_field_of_one_line_does_not_go_on_as_commands(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("slash")
        await paste_as_typed(at, "made tea\npp")
        assert at.events() == ()
        assert at.app.focused is not None
        assert isinstance(at.app.focused, Input)
        assert at.app.focused.value == "made tea pp"


async def test_bursts_of_commands_and_a_repeated_key_are_obeyed(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.burst("p", "p", "j")
        assert at.decided() == ["1.1 pass", "1.2 pass"]
        await at.burst(*"jkjkjk", "p")
        assert len(at.decided()) == 3
        await at.burst(*"aaaaaa")
        assert at.app.screen is at.app.marking
