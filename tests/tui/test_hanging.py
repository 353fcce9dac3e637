"""Texts to read, whose long lines go on below where they begin."""

from __future__ import annotations

from pathlib import Path

from textual.content import Content, Span

from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.hanging import HangingText
from markterm.tui.widgets.reading import ReadingScreen
from markterm.tui.widgets.several import SeveralScreen
from tests.tui.sitting import sitting


def test_a_line_that_is_too_long_goes_on_below_where_it_begins() -> None:
    content = Content.assemble(
        "Said of it\n  ", Content.styled("refer", "$error"), " nothing says how anybody sees it\n\nx"
    )
    laid = HangingText(content).laid_out(20)
    assert laid.plain.replace("\u00a0", " ") == "Said of it\n  refer nothing says\n  how anybody sees\n  it\n\nx"
    assert laid.spans == [Span(13, 18, "$error")]


def test_in_a_narrow_terminal_a_deep_indent_leaves_room_for_the_words() -> None:
    laid = HangingText(Content(" " * 30 + "These are words.")).laid_out(10)
    assert "".join(laid.plain.split()) == "Thesearewords."
    assert max(len(line) for line in laid.plain.split("\n")) <= 10


async def test_however_much_there_is_to_read_or_choose_from_the_keys_stay_in_sight(tmp_path: Path) -> None:
    many = [f"line {number}" for number in range(200)]
    long = "A title that is as long as the one that says why a unit of a learner is in the sampling plan, and when"
    async with sitting(tmp_path) as at:
        for screen in (
            ReadingScreen(long, Content("\n".join(many))),
            ChoiceScreen("Which?", many),
            SeveralScreen(long, many, [True] * len(many), "does it", "will be done."),
        ):
            await at.app.push_screen(screen)
            await at.settled()
            assert "Esc leaves" in at.text
            await at.press("escape")
