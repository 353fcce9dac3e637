"""d on the marking screen: what changed in the evidence since the attempt before."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.tui.differences.screen import DifferencesScreen
from tests.centres import make_centre_in, places_in
from tests.evidence.made import docx, paragraph
from tests.tui.sitting import NARROW, WIDE, Sitting, sitting
from tests.tui.test_hostile_input import assert_harmless
from tests.tui.test_selecting import drag, where

SIZES = pytest.mark.parametrize("size", [NARROW, pytest.param(WIDE, marks=pytest.mark.long)], ids=["narrow", "wide"])
EVIDENCE = Path("learners", "AAA1", "evidence")


def _submitted(folder: Path) -> Path:
    """T-101 handed in once; since then a second plan came, and a photograph, and the diary was changed."""
    evidence = make_centre_in(folder) / EVIDENCE
    days = [f"On day {number} I made tea for the team and wrote it down." for number in range(40)]
    (evidence / "plan(1).md").write_text("\n\n".join(["# Plan", *days]), "utf-8")
    centre = Centre.open(folder, member="asha", places=places_in(folder.parent / "own"))
    centre.attempts.submit("AAA1", "T-101")
    centre.close_down()
    days[3] = days[3].replace("made tea", "made coffee")
    days[30] = "Nobody wanted any, for it was hot."
    (evidence / "plan(2).md").write_text("\n\n".join(["# Plan", *days, "And that was all."]), "utf-8")
    (evidence / "photo.md").write_text("A photograph.\n", "utf-8")
    (evidence / "diary.md").write_text("# Diary\n\nI made coffee.\n", "utf-8")
    return folder


def _line_with(at: Sitting, text: str) -> str:
    return next((line for line in at.lines if text in line), "")


@SIZES
async def test_the_files_and_their_changed_words_are_one_key_away(tmp_path: Path, size: tuple[int, int]) -> None:
    async with sitting(tmp_path, size=size, make=_submitted, learner="AAA1") as at:
        await at.press("d")
        assert "Differences · T-101 · attempt 1" in at.text
        assert "▸ ~ diary.md" in at.text
        assert "  + photo.md" in at.text
        assert "+2" in _line_with(at, "+ photo.md")
        assert "I made [-tea-] {+coffee+}." in at.text.replace("[-tea.-] {+coffee.+}", "[-tea-] {+coffee+}.")
        await at.press("right_square_bracket", "right_square_bracket")
        assert "▸ ~ plan(2).md" in at.text
        text = " ".join(at.text.split())
        assert "changed plan(2).md (before: plan(1).md)" in text
        assert "… 4 paragraphs unchanged" in text
        assert "On day 3 I made [-tea-] {+coffee+} for the team" in text
        assert "change 1 of" in text
        await at.press("left_square_bracket")
        assert "{+A photograph.+}" in at.text
        await at.press("escape")
        assert at.app.screen is at.app.marking
        assert at.events()[1:] == ()


@pytest.mark.long
async def test_one_goes_from_change_to_change(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_submitted, learner="AAA1") as at:
        await at.press("d", "right_square_bracket", "right_square_bracket")
        assert "change 1 of 4" in at.text
        await at.press("right_parenthesis")
        assert "change 2 of 4" in at.text
        await at.press("j")
        assert "Nobody wanted any" in at.text
        await at.burst("right_parenthesis", "j", "right_parenthesis")
        assert "change 4 of 4" in at.text
        assert "{+And that was all.+}" in at.text
        await at.burst("left_parenthesis", "k", "k", "left_parenthesis")
        assert "change 1 of 4" in at.text


@pytest.mark.long
async def test_unchanged_paragraphs_are_folded_and_unfolded(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_submitted, learner="AAA1") as at:
        await at.press("d", "right_square_bracket", "right_square_bracket")
        assert "On day 2 I" not in at.text
        await at.press("w")
        assert "On day 2 I" in at.text
        assert "change 1 of" in at.text, "it stays where it was"
        await at.press("w")
        assert "On day 2 I" not in at.text


@pytest.mark.long
async def test_a_paragraph_is_copied_whole_however_it_is_broken(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_submitted, learner="AAA1") as at:
        await at.press("d", "right_square_bracket", "right_square_bracket")
        await at.resize(44, 24)
        x, y = where(at, "On day 3 I")
        assert "it down" not in at.lines[y], "it is broken"
        await drag(at, (x, y), (x, y + 1), (40, y + 2))
        copied = at.app.screen.get_selected_text() or ""
        assert copied.startswith("On day 3 I made [-tea-] {+coffee+} for the team and")
        assert "\n" not in copied


@pytest.mark.long
async def test_enter_opens_the_file_at_the_change(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=_submitted, learner="AAA1") as at:
        await at.press(
            "d", "right_square_bracket", "right_square_bracket", "right_parenthesis", "right_parenthesis", "enter"
        )
        assert at.app.screen is at.app.marking
        assert "plan(2).md" in at.text
        assert "Nobody wanted any" in at.text
        await at.press("d", "right_square_bracket", "right_square_bracket", "right_parenthesis", "enter")
        assert at.app.screen is at.app.marking
        assert "plan(1).md" in at.text, "what was removed is read where it still stands"


@pytest.mark.long
@SIZES
async def test_without_an_earlier_submission_it_says_so(tmp_path: Path, size: tuple[int, int]) -> None:
    async with sitting(tmp_path, size=size, learner="AAA1") as at:
        await at.press("d")
        assert "No earlier submission. T-101 was not submitted yet" in at.text
        await at.press("right_parenthesis", "left_parenthesis", "right_square_bracket", "w", "enter", "down")
        assert isinstance(at.app.screen, DifferencesScreen)
        await at.press("q")
        assert not isinstance(at.app.screen, DifferencesScreen)


@pytest.mark.long
async def test_when_nothing_changed_it_says_so(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        at.as_other("asha").attempts.submit("AAA1", "T-101")
        await at.press("d")
        assert "Nothing changed from attempt 1" in at.text


@pytest.mark.long
async def test_two_documents_of_different_names_are_compared_without_any_submission(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        for number, words in ((1, "I made tea."), (2, "I made green tea.")):
            name = f"R Jones-AAA1-012345-101({number}).docx"
            (at.folder / EVIDENCE / name).write_bytes(docx(paragraph(words)))
        await at.press("d")
        assert "▸ ~ R Jones-AAA1-012345-101(2).docx" in at.text
        assert "I made {+green+} tea." in at.text


@pytest.mark.long
@pytest.mark.parametrize("size", [(40, 10), (6, 2)], ids=str)
async def test_it_works_in_a_small_terminal(tmp_path: Path, size: tuple[int, int]) -> None:
    async with sitting(tmp_path, size=size, make=_submitted, learner="AAA1") as at:
        await at.press("d", "right_square_bracket", "right_square_bracket")
        assert_harmless(at)
        await at.press("right_parenthesis", "left_parenthesis", "w", "pagedown", "end", "home")
        assert_harmless(at)
        await at.resize(*WIDE)
        await at.settled()
        assert "On day 3 I made [-tea-] {+coffee+} for the team" in at.text


async def test_what_the_evidence_holds_is_shown_and_never_obeyed(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_submitted, learner="AAA1") as at:
        words = "late [red]work[/] [/x] $error [bold \x1b]0;mine\x07 \u202eevil " + "x" * 300
        (at.folder / EVIDENCE / "photo.md").write_text(words, "utf-8")
        await at.press("d", "right_square_bracket")
        assert "late [red]work[/] [/x] $error [bold" in at.text
        assert_harmless(at)


def _submitted_elsewhere(folder: Path) -> Path:
    """The same, handed in on another machine: its text is not kept on this one."""
    _submitted(folder)
    shutil.rmtree(folder.parent / "own")
    return folder


async def test_a_text_that_was_overwritten_elsewhere_is_said_to_be_gone(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_submitted_elsewhere, learner="AAA1") as at:
        await at.press("d")
        assert "changed diary.md: The text of diary.md as it was handed in is gone" in " ".join(at.text.split())
