"""A learner's portfolio by standard: opened from the palette, read, narrowed to what remains, and gone on from."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.citation import Passage
from markterm.domain.record.event import Result
from markterm.tui.requests import ShowPortfolioIndex
from tests.centres import make_centre_in, places_in
from tests.standards import add_mapping, add_standard, add_suite
from tests.tui.sitting import NARROW, WIDE, Sitting, sitting


def centre_with_a_standard(path: Path) -> Path:
    """The tiny centre with TEA01 in the suite TEA, to which T-101 is mapped."""
    make_centre_in(path)
    add_standard(path)
    add_mapping(path)
    add_suite(path)
    return path


async def opened_from_the_palette(at: Sitting) -> None:
    """Open the index of whoever is under the cursor, by its words."""
    await at.press("ctrl+p")
    await at.type("portfolio by standard")
    await at.press("enter")
    await at.until(lambda: "boil fresh water" in at.text)


async def test_from_the_caseload_it_shows_what_evidences_each_statement_and_goes_on_at_what_does_not(
    tmp_path: Path,
) -> None:
    async with sitting(tmp_path, size=NARROW, make=centre_with_a_standard) as at:
        asha = at.as_other("asha")
        asha.marking.mark("AAA1", "T-101", "1.1", Result.PASS, "It boils.")
        asha.marking.mark("AAA1", "T-101", "2.1", Result.REFER, "It was spilt.")
        await at.press("ctrl+r")
        await at.press("slash", *"rosalind", "enter")
        await opened_from_the_palette(at)
        assert "1 of 5 statements evidenced" in at.text
        (boil,) = [line for line in at.lines if "boil fresh" in line and "T-101 1.1" in line]
        assert "✓ P1" in boil
        assert "T-101 1.1: ✓ pass, Asha Patel" in at.text
        await at.press("f")
        assert "boil fresh" not in at.text
        assert "only what remains" in at.text
        assert "T-101 2.1: referred (unit marking)" in " ".join(at.text.split())
        await at.press("enter")
        await at.until(lambda: "TEA01 (1.0) P2" in at.text)
        await at.press("escape", "X")
        await at.until(lambda: "Portfolio by a standard" in at.text)
        await at.press("enter")
        await at.until(lambda: "Standard      TEA01" in at.text)
        await at.press("escape", "escape", "o")
        await at.opened("AAA1")
        await at.until(lambda: "T-101 2.1" in at.text)


async def test_a_file_that_was_renamed_since_it_was_cited_is_told_so_once_the_files_are_known(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=centre_with_a_standard) as at:
        asha = at.as_other("asha")
        diary = at.folder / "learners" / "AAA1" / "evidence" / "diary.md"
        asha.marking.mark("AAA1", "T-101", "1.1", Result.PASS, "It boils.")
        of_bytes = sha256(diary.read_bytes()).hexdigest()
        passage = Passage("diary.md", of_bytes, 3, 3, "I made tea.", headings=("Diary",))
        asha.marking.cite("AAA1", "T-101", "1.1", passage)
        diary.rename(diary.with_name("log.md"))
        await at.app.answer(ShowPortfolioIndex("AAA1", "TEA01"))
        await at.until(lambda: "diary.md, line 3, Diary (renamed: log.md)" in " ".join(at.text.split()))


@pytest.mark.long
async def test_another_standard_is_chosen_and_a_centre_without_one_says_so(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=centre_with_a_standard) as at:
        await opened_from_the_palette(at)
        await at.press("s")
        await at.until(lambda: "By which standard?" in at.text)
        await at.press("k", "enter")
        await at.until(lambda: "by TEA:" in at.text)
        assert "TEA02: the centre has no sheet of this standard." in at.text
    async with sitting(tmp_path / "other", size=NARROW) as at:
        await at.app.action_do("app.portfolio-index")
        await at.until(lambda: "The centre has no standards yet." in " ".join(at.text.split()))


async def test_marked_blind_it_tells_nobody_who_the_learner_is(tmp_path: Path) -> None:
    def make(path: Path) -> Path:
        centre_with_a_standard(path)
        asha = Centre.open(path, member="asha", places=places_in(path.parent / "first"))
        asha.marking.mark("AAA1", "T-101", "1.1", Result.PASS, "Rosalind Jones (AAA1) boiled it.")
        asha.marking.cite("AAA1", "T-101", "1.1", Passage("R Jones-AAA1.md", "0" * 64, 3, 3, "I, Rosalind, made tea."))
        asha.close_down()
        return path

    async with sitting(tmp_path, size=WIDE, make=make, blind=True, learner="AAA1") as at:
        await opened_from_the_palette(at)
        for keys in ((), ("enter",), ("escape", "f"), ("X",)):
            await at.press(*keys)
            assert [word for word in ("rosalind", "jones", "aaa1") if word in at.text.casefold()] == [], at.text
