"""Find in all files of a learner, with the keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.tui.evidence.found_list import FoundList
from tests.centres import make_centre_in
from tests.evidence.made_more import pdf
from tests.tui.sitting import NARROW, WIDE, Sitting, sitting
from tests.tui.test_hostile_input import TEXTS, assert_harmless, hostile_centre

EVIDENCE = Path("learners", "AAA1", "evidence")


def portfolio(folder: Path) -> Path:
    """A diary, a log in which the kettle stands three times, one of them far down, and a PDF of two pages."""
    centre = make_centre_in(folder)
    filling = "".join(f"Line {number} of my day.\n\n" for number in range(100))
    log = f"# Log\n\nThe kettle was on.\n\n{filling}I descaled the *Kettle* in {'March ' * 2_000}and the kettle sang.\n"
    (centre / EVIDENCE / "log.md").write_text(log, "utf-8")
    (centre / EVIDENCE / "witness.pdf").write_bytes(pdf((["First page."], ["She filled", "the kettle."])))
    return centre


def cursor_line(at: Sitting) -> str:
    """The line of the screen that the list's cursor is on."""
    found = at.app.screen.query_one(FoundList)
    return at.lines[found.region.y + found.cursor - found._top]


def pane_title(at: Sitting) -> str:
    return next(line for line in at.lines if " of " in line and "/3" in line)


@pytest.mark.parametrize("size", [NARROW, pytest.param(WIDE, marks=pytest.mark.long)])
async def test_words_are_counted_in_all_files_and_one_place_is_opened(tmp_path: Path, size: tuple[int, int]) -> None:
    async with sitting(tmp_path, make=portfolio, learner="AAA1", size=size) as at:
        assert "diary.md" in at.text
        await at.press("ctrl+f")
        assert "3 files read" in at.text
        await at.type("kettle")
        assert "4 places in 2 files" in at.text
        assert "log.md  3 places" in at.text
        assert "witness.pdf  1 place\n" in at.text
        assert "line 3" in cursor_line(at)
        await at.press("down")
        assert "line 205" in cursor_line(at)
        assert "descaled the *Kettle* in March" in cursor_line(at)
        await at.press("down")
        # Twelve thousand characters into the paragraph.
        assert "March and the kettle sang." in cursor_line(at)
        await at.press("down")
        assert "page 2" in cursor_line(at)
        await at.press("down", "up", "enter")
        assert at.app.screen is at.app.marking
        assert "3 of 3" in pane_title(at)
        assert "the kettle sang" in at.text
        await at.press("right_parenthesis")
        assert "1 of 3" in pane_title(at)
        assert "The kettle was on." in at.text
        await at.press("left_parenthesis", "left_parenthesis")
        assert "2 of 3" in pane_title(at)
        await at.press("escape", "n")
        assert "Note on T-101 1.1" in at.text


@pytest.mark.parametrize(
    ("kind", "size"),
    [("odd", WIDE), *(pytest.param(kind, NARROW, marks=pytest.mark.long) for kind in ("breaks", "long"))],
)
async def test_foreign_text_is_shown_and_never_obeyed(tmp_path: Path, kind: str, size: tuple[int, int]) -> None:
    text = TEXTS[kind]
    async with sitting(tmp_path, size=size, make=lambda path: hostile_centre(path, text), learner="AAA1") as at:
        for words in (text[:20], "red", "e", "z", text):
            await at.press("ctrl+f")
            await at.paste(words)
            assert_harmless(at)
            await at.press("down", "pagedown")
            assert_harmless(at)
            await at.press("escape")
        await at.press("ctrl+f")
        await at.paste("e")
        await at.press("enter")
        assert_harmless(at)
        assert at.app.screen is at.app.marking
