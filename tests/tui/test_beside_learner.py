"""The learner under the cursor, beside a wide caseload."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.event import Result
from tests.centres import make_centre_in, places_in
from tests.tui.sitting import NARROW, Sitting, sitting
from tests.tui.test_blind import TELLING

WIDE = (120, 36)


def _make(path: Path) -> Path:
    make_centre_in(path)
    file = path / "learners" / "AAA1" / "learner.md"
    file.write_text(f"{file.read_text('utf-8')}\nRosalind works nights: ring after two.\n", "utf-8")
    (path / "learners" / "AAA1" / "evidence" / "log of rosalind.txt").write_text("Tea.\n", "utf-8")
    other = Centre.open(path, member="asha", places=places_in(path.parent / "first"))
    other.marking.mark("AAA1", "T-101", "1.1", Result.PASS)
    other.marking.mark("AAA1", "T-101", "1.2", Result.REFER, "Cold.")
    other.close_down()
    return path


async def shows_beside(at: Sitting, *words: str) -> None:
    """Wait until all of these stand beside the list, wherever its lines break."""
    await at.until(lambda: all(each in beside(at) for each in words))


def beside(at: Sitting) -> str:
    """What stands beside the list."""
    return " ".join(" ".join(line.partition("▏")[2] for line in at.lines).split())


async def test_the_learner_under_the_cursor_is_told_of(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=_make) as at:
        await at.press("j")
        await shows_beside(at, "ring after two")
        await shows_beside(at, "assessor to mark today", "101 ▸ 2/3 decided", "102 · not started", "2 files")
        await shows_beside(at, "asha 101 1.2 decided ✗ refer")
        await at.press("j")
        await shows_beside(at, "nothing yet")
        assert "ring after" not in beside(at)
        await at.press("slash")
        await at.type("rosalind")
        await shows_beside(at, "ring after two")


@pytest.mark.long
async def test_what_was_done_since_is_told_when_the_caseload_is_come_back_to(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=_make) as at:
        await at.press("j")
        await shows_beside(at, "decided ✗ refer")
        await at.press("enter")
        await at.opened("AAA1")
        await at.press("p", "q")
        await shows_beside(at, "101 2.1 decided ✓ pass")


async def test_a_narrow_caseload_has_the_rows_alone_and_reads_nothing(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=_make) as at:
        await at.press("j")
        assert "Waits for" not in at.text
        await at.pilot.resize_terminal(*WIDE)
        await shows_beside(at, "ring after two")


async def test_a_learner_who_is_marked_blind_is_told_of_under_the_label_and_without_what_tells(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=_make, blind=True) as at:
        for _ in range(3):
            await at.until(lambda: "Done last" in at.text)
            assert [word for word in (*TELLING, "ring after", "log of") if word in at.text.casefold()] == []
            await at.press("j")
