"""The file that is shown first: one that can be read, and the one with the passage that is for the criterion."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from markterm.evidence.folder import EvidenceFile
from markterm.tui.requests import OpenLearner
from tests.centres import make_centre_in
from tests.evidence.made import docx, paragraph
from tests.tui.gated import FILES, Gates, evidence_shown, line, send
from tests.tui.sitting import sitting


def _with(**files: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        evidence = make_centre_in(folder) / "learners" / "AAA1" / "evidence"
        for name, data in files.items():
            (evidence / name.replace("__", ".")).write_bytes(data)
        return folder

    return make


async def test_a_file_that_fails_or_is_empty_is_not_the_one_that_is_shown(tmp_path: Path) -> None:
    make = _with(a__docx=b"PK\x03\x04 no document", b__md=b"", c__zip=b"PK\x05\x06" + bytes(18))
    async with sitting(tmp_path, make=make, learner="AAA1") as at:
        assert "diary.md  4/4" in at.text
        assert "I made tea." in at.text
        await at.press("right_square_bracket")
        assert "a.docx" in at.text, "it is there, and says why it cannot be read"


@pytest.mark.long
async def test_until_it_is_known_which_file_is_first_the_one_that_stands_there_is_told(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_with(second__md=b"# Second\n"), learner="AAA1") as at:
        reader = at.app.marking.work.reader
        await at.press("right_square_bracket")
        told = list[EvidenceFile | None]()
        before, first_of = reader.file, reader.first_of

        def first(files: Sequence[EvidenceFile]) -> Sequence[EvidenceFile | None]:
            told.append(reader.file)
            return first_of(files)

        reader.first_of = first
        await at.app.answer(OpenLearner("BBB2"))
        await at.opened("BBB2")
        assert before is not None
        assert told == [before]
        assert reader.file is not None
        assert reader.file.path.parents[1].name == "BBB2"


@pytest.mark.long
async def test_where_no_file_can_be_read_the_first_says_why(tmp_path: Path) -> None:
    def make(folder: Path) -> Path:
        evidence = make_centre_in(folder) / "learners" / "AAA1" / "evidence"
        (evidence / "diary.md").unlink()
        (evidence / "film.xyz").write_bytes(b"\x00\x01")
        return folder

    async with sitting(tmp_path, make=make, learner="AAA1") as at:
        assert "film.xyz" in at.text
        assert "1/1" in at.text


@pytest.mark.long
async def test_the_passage_for_the_criterion_is_shown_in_its_file_without_a_key(tmp_path: Path) -> None:
    make = _with(z__docx=docx(paragraph("It boils. (T-101: 1.1)")))
    async with sitting(tmp_path, make=make, learner="AAA1") as at:
        await at.until(lambda: "z.docx" in at.text and "▌  It boils." in at.text)
        await at.press("c", "p")
        assert [each.kind for each in at.events()] == ["cited", "decided"]


def _read_one_by_one(folder: Path) -> Path:
    evidence = make_centre_in(folder) / "learners" / "AAA1" / "evidence"
    (evidence / "diary.md").unlink()
    for name, text in FILES.items():
        (evidence / name).write_text(text, "utf-8")
    (evidence / "1 story.md").write_text("I descaled it. " * 300 + "\n\nTwice.\n", "utf-8")
    (evidence / "4 more.md").write_text("More of it.\n", "utf-8")
    return folder


@pytest.mark.long
@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ((), "I warmed the pot."),
        (("J",), "Twice."),
        (("v",), "Twice."),
        (("tab",), "Twice."),
        (("pagedown",), "Twice."),
        (("slash", "T", "w", "enter"), "Twice."),
        (("left_square_bracket",), "More of it."),
        (("p",), "I poured it."),
    ],
    ids=["nothing", "bar", "selection", "pane", "page", "find", "file", "next"],
)
async def test_whoever_has_begun_to_read_is_not_torn_away(
    tmp_path: Path, gates: Gates, keys: tuple[str, ...], shown: str
) -> None:
    async with sitting(tmp_path, make=_read_one_by_one) as at:
        await at.app.answer(OpenLearner("AAA1"))
        await at.until(lambda: "2 log.rtf" in line(at))
        await send(at, "j", *keys)
        gates.open(*list(FILES)[1:])
        await at.until(lambda: line(at) == "" and at.app.marking.work.evidence.references is not None)
        await at.settled()
        assert shown in evidence_shown(at)
