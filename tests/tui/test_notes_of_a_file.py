"""What a reader has to say of a file: counted beside its name, and read whole in the list of files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.centres import make_centre_in
from tests.evidence.made_more import pdf
from tests.tui.sitting import NARROW, WIDE, sitting

SIZES = pytest.mark.parametrize("size", [NARROW, pytest.param(WIDE, marks=pytest.mark.long)], ids=["narrow", "wide"])
LAST = "Page 45 has no text: it is a scan, a picture or empty."


def _centre(folder: Path) -> Path:
    make_centre_in(folder)
    evidence = folder / "learners" / "AAA1" / "evidence"
    evidence.mkdir(parents=True, exist_ok=True)
    (evidence / "a-scan.pdf").write_bytes(pdf([[]] * 45))
    (evidence / "broken.docx").write_bytes(b"PK")
    return folder


@SIZES
async def test_every_note_can_be_read_whole_with_the_keys_alone(tmp_path: Path, size: tuple[int, int]) -> None:
    async with sitting(tmp_path, size=size, make=_centre, learner="AAA1") as at:
        if size == WIDE:
            assert "⚑ 46 notes, whole with E" in at.text
        await at.press("E")
        await at.shows("· Page 1 has no text: it is a scan, a picture or empty.")
        assert LAST not in at.text
        await at.press(*["J"] * 50)
        await at.shows(LAST)
        await at.press(*["K"] * 50)
        await at.shows("· Page 1 has no text")
        await at.press("j", "j")
        await at.shows("· Nothing to know about it but its text.")
        await at.press("k", "end")
        assert at.app.screen.query("#notes")
        await at.press("enter")
        assert not at.app.screen.query("#notes")


async def test_why_a_file_cannot_be_read_stands_there_too(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_centre, learner="AAA1") as at:
        await at.press("E", "j")
        await at.shows("broken.docx: It is damaged or cut short")


async def test_a_file_without_notes_says_nothing_of_them(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=make_centre_in, learner="AAA1") as at:
        assert "⚑" not in at.text
