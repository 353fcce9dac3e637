"""What a reader has to say of a file: counted beside its name, and read whole in the list of files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from markterm.centre.evidence import Evidence
from markterm.evidence.folder import EvidenceFile
from markterm.evidence.text.document import EvidenceDocument
from tests.centres import make_centre_in
from tests.tui.sitting import NARROW, WIDE, sitting

SIZES = pytest.mark.parametrize("size", [NARROW, pytest.param(WIDE, marks=pytest.mark.long)], ids=["narrow", "wide"])
LAST = "There is a forty-fifth thing to know, longer than any terminal is wide, and it says how it ends at its end."


def _centre(folder: Path) -> Path:
    make_centre_in(folder)
    evidence = folder / "learners" / "AAA1" / "evidence"
    evidence.mkdir(parents=True, exist_ok=True)
    (evidence / "a.txt").write_text("Words", "utf-8")
    (evidence / "diary.md").write_text("# Diary\n\nNobody else has this one.\n", "utf-8")
    (evidence / "broken.docx").write_bytes(b"PK")
    return folder


@pytest.fixture
def notes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that has much to say of one file."""
    read = Evidence.read

    def with_notes(files: Evidence, file: EvidenceFile, *more: Any, **named: Any) -> EvidenceDocument:
        document = read(files, file, *more, **named)
        said = tuple(f"Thing {number} to know." for number in range(1, 45))
        return replace(document, notes=(*said, LAST)) if file.name == "a.txt" else document

    monkeypatch.setattr(Evidence, "read", with_notes)


@SIZES
@pytest.mark.usefixtures("notes")
async def test_every_note_can_be_read_whole_with_the_keys_alone(tmp_path: Path, size: tuple[int, int]) -> None:
    async with sitting(tmp_path, size=size, make=_centre, learner="AAA1") as at:
        if size == WIDE:
            assert "⚑ 45 notes, whole with E" in at.text
        await at.press("E")
        await at.shows("· Thing 1 to know.")
        assert "at its end." not in at.text
        await at.press(*["J"] * 50)
        await at.shows("at its end.")
        await at.press(*["K"] * 50)
        await at.shows("· Thing 1 to know.")
        await at.press("j", "j")
        await at.shows("· Nothing to know about it but its text.")
        await at.press("k", "end")
        assert at.app.screen.query("#notes")
        await at.press("enter")
        assert not at.app.screen.query("#notes")


@pytest.mark.long
@SIZES
@pytest.mark.usefixtures("notes")
async def test_however_many_files_there_are_the_notes_have_half_of_the_height(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    def make(folder: Path) -> Path:
        evidence = _centre(folder) / "learners" / "AAA1" / "evidence"
        for number in range(60):
            (evidence / f"b{number}.txt").write_text("Words", "utf-8")
        return folder

    async with sitting(tmp_path, size=size, make=make, learner="AAA1") as at:
        await at.press("E")
        await at.shows("· Thing 3 to know.")
        assert "J K scroll" in at.text
        await at.press("end")
        await at.shows("· Nothing to know about it but its text.")


@pytest.mark.long
async def test_why_a_file_cannot_be_read_stands_there_too(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_centre, learner="AAA1") as at:
        await at.press("E", "j")
        await at.shows("broken.docx: It is damaged or cut short")


@pytest.mark.long
async def test_a_file_without_notes_says_nothing_of_them(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=make_centre_in, learner="AAA1") as at:
        assert "⚑" not in at.text
