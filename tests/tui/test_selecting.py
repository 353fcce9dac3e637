"""Text is selected with the mouse and copied as it was written, without what a terminal obeys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
from textual import events
from textual.app import App
from textual.content import Content

from markterm.centre.centre import Centre
from markterm.domain.record.event import Result
from markterm.tui.widgets.bar import is_bar, top_of_bar
from markterm.tui.widgets.hanging import hung, unhung
from markterm.tui.widgets.reading import ReadingScreen
from tests.centres import make_centre_in, places_in
from tests.tui.sitting import WIDE, Sitting, sitting

_LONG = (
    "I had agreed with my client that we would meet every second week, and that she would bring the log of what she "
    "tried, of what came of it, and of what she would do otherwise the next time."
)


def event(kind: type[events.MouseEvent], cell: tuple[int, int], button: int = 1) -> events.MouseEvent:
    x, y = cell
    return kind(None, x, y, 0, 0, button, shift=False, meta=False, ctrl=False, screen_x=x, screen_y=y)


async def drag(at: Sitting, *cells: tuple[int, int]) -> None:
    """Hold the button on the first cell, and let it go on the last."""
    app = at.app
    app.post_message(event(events.MouseDown, cells[0]))
    await at.pilot.pause(0)
    for cell in cells[1:]:
        app.post_message(event(events.MouseMove, cell))
        await at.pilot.pause(0)
    app.post_message(event(events.MouseUp, cells[-1]))
    await at.settled()


def where(at: Sitting, words: str) -> tuple[int, int]:
    """The cell of the screen in which these words begin."""
    found = [(line.index(words), y) for y, line in enumerate(at.lines) if words in line]
    assert found, f"{words!r} is not there:\n{at.text}"
    return found[0]


def with_evidence(text: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        made = make_centre_in(folder)
        evidence = made / "learners" / "AAA1" / "evidence"
        for each in evidence.iterdir():
            each.unlink()
        (evidence / "log.md").write_text(text, "utf-8")
        return made

    return make


def test_lines_that_hang_are_copied_as_they_were() -> None:
    text = "the log shows averyveryverylongword and more of it"
    for width in range(4, 60):
        assert unhung(hung(Content(text), width, 3).plain) == text


def test_the_bar_goes_where_it_is_dragged() -> None:
    for height, count in ((10, 11), (10, 40), (24, 1000), (3, 4)):
        assert top_of_bar(0, height, count) == 0
        assert top_of_bar(height - 1, height, count) == count - height
        for y in range(height):
            assert is_bar(y, top_of_bar(y, height, count), height, count)
    assert top_of_bar(5, 10, 8) == 0


async def test_evidence_is_copied_across_its_rows_as_one_line_and_marks_nothing(tmp_path: Path) -> None:
    text = f"# My log\n\n{_LONG}\n\n- first \x1b]52;c;eA==\x07 thing\n- second\n"
    async with sitting(tmp_path, size=WIDE, learner="AAA1", make=with_evidence(text)) as at:
        x, y = where(at, "I had agreed")
        end = where(at, "• second")
        await drag(at, (x + 2, y), (x + 9, y + 1), (end[0] + 7, end[1]))
        await at.press("ctrl+c")
        copied = at.app.clipboard
        assert copied.startswith(f"{_LONG[2:]}\n\nfirst ")
        assert copied.endswith("thing\nsecond")
        assert "\x1b" not in copied
        assert "Copied" in at.text
        # A click takes the selection away, and a drag with the words before them gives the same words.
        await drag(at, (x, y))
        assert not at.app.screen.selections
        assert at.decided() == []


@pytest.mark.long
async def test_a_table_is_copied_as_a_spreadsheet_takes_it(tmp_path: Path) -> None:
    table = "| Session | Hours |\n| --- | --- |\n| first | 1.5 |\n| second | 2.0 |\n"
    async with sitting(tmp_path, size=WIDE, learner="AAA1", make=with_evidence(table)) as at:
        x, y = where(at, "Session")
        _, last = where(at, "second")
        await drag(at, (x, y), (x + 30, last))
        assert at.app.screen.get_selected_text() == "Session\tHours\nfirst\t1.5\nsecond\t2.0"


@pytest.mark.long
async def test_what_is_selected_stays_selected_in_a_smaller_terminal(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, learner="AAA1", make=with_evidence(_LONG)) as at:
        x, y = where(at, "agreed")
        await drag(at, (x, y), (x + 5, y))
        await at.resize(120, 30)
        await at.settled()
        assert at.app.screen.get_selected_text() == "agreed"
        x, y = where(at, "agreed")
        styles = [segment.style for segment in at.app.screen._compositor.render_strips()[y].crop(x, x + 6)]
        assert all(style is not None and style.bgcolor not in (None, style.color) for style in styles)
        beside = next(iter(at.app.screen._compositor.render_strips()[y].crop(x + 7, x + 8))).style
        assert beside is not None
        assert all(style.bgcolor != beside.bgcolor and style.color == beside.color for style in styles if style)


@pytest.mark.long
async def test_a_note_and_the_words_of_a_criterion_are_copied_whole_and_lists_by_their_lines(tmp_path: Path) -> None:
    def noted(folder: Path) -> Path:
        made = make_centre_in(folder)
        centre = Centre.open(made, member="asha", places=places_in(tmp_path / "first"))
        centre.marking.mark("AAA1", "T-101", "1.1", Result.PASS, _LONG)
        centre.close_down()
        return made

    async with sitting(tmp_path, size=WIDE, learner="AAA1", make=noted) as at:
        at.app.marking.work.go_to("T-101", "1.1")
        await at.settled()
        x, y = where(at, "I had agreed")
        await drag(at, (x, y), (x + 4, y + 30))
        assert _LONG in (at.app.screen.get_selected_text() or "")
        x, y = where(at, "1.2")
        before = at.at
        await drag(at, (x, y), (x + 8, y))
        assert (at.app.screen.get_selected_text() or "").startswith("1.2")
        assert at.at == before


async def test_a_text_to_read_is_copied_in_whole_lines(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        await at.app.push_screen(ReadingScreen("To read", Content(f"  {_LONG}")))
        await at.settled()
        x, y = where(at, "I had agreed")
        await drag(at, (x, y), (x + 3, y + 2))
        chosen = at.app.screen.get_selected_text() or ""
        assert chosen == _LONG[: len(chosen)]
        assert len(chosen) > 80


async def test_nobody_is_named_in_what_is_copied_blind(tmp_path: Path) -> None:
    async with sitting(tmp_path, blind=True, learner="AAA1") as at:
        name = at.app.marking.work.desk.shown.learner.name  # type: ignore[union-attr]
        with patch.object(App, "copy_to_clipboard") as goes_out:
            at.app.copy_to_clipboard(f"Written by {name}.")
        (text,) = goes_out.call_args.args
        assert name not in text


async def test_without_a_selection_it_is_said_how_one_is_made(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        await at.press("ctrl+c")
        assert "Nothing is selected" in at.text


@pytest.mark.long
async def test_the_bar_of_a_list_can_be_dragged_and_the_cursor_stays(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=(80, 10), learner="AAA1") as at:
        criteria = at.app.marking.work.criteria
        bar = criteria.region.right - 2
        at_first = at.at
        await drag(at, (bar, criteria.region.y), (bar, criteria.region.bottom - 1))
        assert criteria.in_sight.stop == criteria.line_count()
        assert at.at == at_first


@pytest.mark.long
async def test_nothing_is_held_any_more_when_something_opens_while_the_button_is_down(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, learner="AAA1") as at:
        x, y = where(at, "I made tea")
        at.app.post_message(event(events.MouseDown, (x, y)))
        await at.settled()
        await at.press("question_mark", "escape")
        at.app.post_message(event(events.MouseMove, (x + 4, y), button=0))
        await at.settled()
        assert not at.app.screen.selections


async def test_what_a_terminal_obeys_never_reaches_the_clipboard_from_anywhere(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        at.app.copy_to_clipboard("a\x1b]52;c;eA==\x07\u202eb\udc80\nc")
        assert at.app.clipboard == "a␛]52;c;eA==␇⇄b\ufffd\nc"


@pytest.mark.long
async def test_a_line_of_a_list_is_copied_without_the_sign_of_the_cursor(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        _, y = where(at, "▸ 1.1")
        await drag(at, (0, y), (24, y))
        assert at.app.screen.get_selected_text() == "1.1   · open"


@pytest.mark.long
async def test_what_is_selected_in_a_field_is_copied_by_the_same_key(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("n")
        await at.type("warm pot")
        await at.press("ctrl+shift+left", "ctrl+c")
        assert at.app.clipboard == "pot"
