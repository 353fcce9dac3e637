"""The text of a file that was overwritten: still there as long as this machine keeps it."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.domain.words.errors import Unreadable
from markterm.evidence.text.reading import keep_evidence, kept_evidence, open_evidence
from tests.evidence.made import docx, evidence, paragraph


def test_a_converted_file_is_read_by_its_hash_after_it_was_overwritten(tmp_path: Path) -> None:
    file = evidence(tmp_path / "log.docx", docx(paragraph("I made tea.")))
    read = open_evidence(file, tmp_path / "cache")
    file.path.write_bytes(docx(paragraph("I made coffee.")))
    kept = kept_evidence("log.docx", read.text.sha256, tmp_path / "cache")
    assert kept is not None
    assert (kept.source, kept.text.sha256, kept.places) == (read.source, read.text.sha256, read.places)


def test_a_text_that_was_handed_in_is_read_after_it_was_overwritten(tmp_path: Path) -> None:
    file = evidence(tmp_path / "diary.md", b"# Tea\n\nI made \x1b tea.\n")
    read = open_evidence(file, tmp_path / "cache")
    keep_evidence(file, tmp_path / "cache")
    file.path.write_text("I made coffee.\n", "utf-8")
    kept = kept_evidence("diary.md", read.text.sha256, tmp_path / "cache")
    assert kept is not None
    assert (kept.source, kept.kind) == (read.source, read.kind)


def test_what_was_refused_has_no_text(tmp_path: Path) -> None:
    file = evidence(tmp_path / "log.docx", b"no archive")
    with pytest.raises(Unreadable):
        open_evidence(file, tmp_path / "cache")
    (name,) = (path.name for path in (tmp_path / "cache").iterdir())
    assert kept_evidence("log.docx", name.split(".")[0], tmp_path / "cache") is None


@pytest.mark.parametrize("name", ["diary.md", "log.docx", "film.mp4", "noname"])
@pytest.mark.parametrize("digest", ["aa" * 32, "../../centre", ""])
def test_what_was_never_converted_is_gone(tmp_path: Path, name: str, digest: str) -> None:
    assert kept_evidence(name, digest, tmp_path) is None
