"""From a published document to what somebody is to do next, with the keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.centres import make_centre_in
from tests.domain.papers.test_qualification_paper import PAPER as SPECIFICATION
from tests.tui.sitting import NARROW, sitting

DOCUMENT = """Overview
This standard is about tea for guests.
Performance criteria
You must be able to:
P1 boil fresh water for the tea
P2 clear the table
Knowledge and understanding
You need to know and understand:
K1 how long leaves stand
Developed by The Tea Board
Version number 1.0
Original URN KTL TEA01
"""


def with_a_document(path: Path) -> Path:
    (make_centre_in(path) / "tea.txt").write_text(DOCUMENT, "utf-8")
    return path


@pytest.mark.long
async def test_a_standard_is_taken_in_mapped_evidenced_and_its_gap_planned_for(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=with_a_document) as at:
        await at.press("4", "N")
        await at.shows("The centre has no standards yet")
        await at.press("i")
        await at.type("tea.txt")
        await at.press("enter")
        await at.shows("tea.txt: 1 standard, 2 performance criteria, 1 knowledge")
        assert "Enter writes the sheets" in at.text
        assert not (at.folder / "mark_sheets" / "standards").exists()
        await at.press("enter")
        await at.shows("0 of 3 statements covered")
        await at.press("m")
        await at.shows("T-101 beside KTLTEA01")
        await at.press("enter")
        await at.shows("Proposed, ")
        await at.press("f")
        await at.shows("1 of 3 criteria mapped")
        await at.press("q")
        await at.shows("1 of 3 statements covered")
        await at.press("enter")
        await at.shows("1 of 3 covered")
        await at.press("escape", "escape", "1", "slash", *"rosalind", "enter", "enter")
        await at.opened("AAA1")
        await at.press("home", "p")
        await at.press("1", "ctrl+p")
        await at.type("development")
        await at.press("enter")
        await at.shows("✓ P1")
        await at.press("d")
        await at.shows("Nothing is planned for it")
        await at.press("n")
        for words in ("Clearing up", "with Ben", "2099-01-01", "a photograph"):
            await at.type(words)
            await at.press("tab")
        await at.press("enter")
        await at.shows("CPD planned, by 01 Jan 2099: Clearing up")
        told = at.as_other("asha").development
        assert [item.said.what for item in told.of(told.person("AAA1")).cpd.items] == ["Clearing up"]


async def test_a_document_that_gives_no_standard_is_told_in_the_form_and_its_path_stays(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=with_a_document) as at:
        (at.folder / "party.txt").write_text("A tea party.\n", "utf-8")
        await at.app.action_do("app.standards")
        await at.shows("The centre has no standards yet")
        await at.press("i")
        await at.type("party.txt")
        await at.press("enter")
        await at.shows("No standard was found in the document")
        await at.press(*["backspace"] * 9)
        await at.type("tea.txt")
        await at.press("enter")
        await at.shows("1 standard")
        await at.press("escape")
        await at.shows("The centre has no standards yet")


async def test_what_is_here_is_not_written_over(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=with_a_document) as at:
        at.as_other("asha").published_standards.keep(
            [at.as_other("asha").published_standards.read(at.folder / "tea.txt")]
        )
        (at.folder / "tea.txt").write_text(DOCUMENT.replace("the table", "the tables"), "utf-8")
        sheet = at.folder / "mark_sheets" / "standards" / "KTLTEA01.md"
        before = sheet.read_bytes()
        await at.app.action_do("app.standards")
        await at.shows("0 of 3 statements covered")
        await at.press("i")
        await at.type("tea.txt")
        await at.press("enter")
        await at.shows("is there, and says something else")
        await at.press("enter")
        await at.until(lambda: any("Nothing was written" in each for each in at.told))
        assert sheet.read_bytes() == before


def with_papers(path: Path) -> Path:
    centre = make_centre_in(path)
    (centre / "tea.txt").write_text("Unit 3 Serve tea\n\nLO1 Be able to pour\n\n1.1 Pour a cup\n", "utf-8")
    (centre / "award.txt").write_text(SPECIFICATION, "utf-8")
    return path


@pytest.mark.long
async def test_a_unit_is_taken_in_at_the_screen_and_asks_in_its_form_for_the_code_that_it_lacks(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=with_papers) as at:
        await at.app.action_do("app.take-in-unit")
        await at.type("tea.txt")
        await at.press("enter")
        await at.shows("The unit has no code")
        await at.press("tab")
        await at.type("TEA-3")
        await at.press("enter")
        await at.shows("TEA-3 Serve tea (new)")
        await at.shows("1.1 Pour a cup")
        sheet = at.folder / "mark_sheets" / "units" / "TEA-3.md"
        assert not sheet.exists()
        await at.press("enter")
        await at.until(lambda: any("1 sheet written." in each for each in at.told))
        assert "- **1.1** Pour a cup" in sheet.read_text("utf-8")


@pytest.mark.long
async def test_a_qualification_is_taken_in_at_the_screen_and_left_without_a_trace(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=with_papers) as at:
        await at.app.action_do("app.take-in-qualification")
        await at.type("award.txt")
        await at.press("enter")
        await at.shows("award.txt: 2 qualifications")
        await at.press("escape")
        assert not (at.folder / "mark_sheets" / "qualifications").exists()
        await at.app.action_do("app.take-in-qualification")
        await at.type("award.txt")
        await at.press("enter")
        await at.shows("award.txt: 2 qualifications")
        await at.press("enter")
        await at.until(lambda: any("written." in each for each in at.told))
        assert (at.folder / "mark_sheets" / "qualifications").exists()
