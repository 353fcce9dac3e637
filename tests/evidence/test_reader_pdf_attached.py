"""Files within a PDF."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.evidence.converted import Converted
from markterm.evidence.readers import attached
from markterm.evidence.readers.pdf import pdf
from tests.evidence import made_pdf

_PRINTED = "BT /F1 12 Tf 60 800 Td (See the files) Tj ET"


def _file(number: int, name: str) -> str:
    return f"<< /Type /Filespec /F ({name}) /UF ({name}) /EF << /F {number} 0 R /UF {number} 0 R >> >>"


_LOG: dict[int, str | bytes] = {100: _file(110, "log.txt"), 110: made_pdf.stream("On Monday")}


def _listed(names: int) -> str:
    pairs = " ".join(f"(n{number}) {100 + number} 0 R" for number in range(names))
    return f"/Names << /EmbeddedFiles << /Names [{pairs}] >> >>"


def _read(
    folder: Path, objects: dict[int, str | bytes], *, catalog: str = "", annotations: tuple[str, ...] = ()
) -> Converted:
    path = folder / "holds.pdf"
    path.write_bytes(made_pdf.one_page(_PRINTED, catalog=catalog, annotations=annotations, more=objects))
    return pdf.read(path)


def test_files_of_the_pdf_are_named_in_the_text_and_can_be_opened(tmp_path: Path) -> None:
    files: dict[int, str | bytes] = {100: _file(110, "log.txt"), 101: _file(111, "../log.txt")}
    contents: dict[int, str | bytes] = {110: made_pdf.stream("On Monday"), 111: made_pdf.stream("On Tuesday")}
    read = _read(tmp_path, files | contents, catalog=_listed(2))
    assert read.markdown == "See the files\n\n- [attached: log.txt]\n- [attached: log (2).txt]\n"
    assert [(one.name, one.content) for one in read.attachments] == [
        ("log.txt", b"On Monday"),
        ("log (2).txt", b"On Tuesday"),
    ]
    assert (read.notes, read.places[-1].label) == ((), "attachments")


def test_a_file_on_a_page_stands_where_somebody_put_it(tmp_path: Path) -> None:
    note = "<< /Type /Annot /Subtype /FileAttachment /T (Zoe) /Contents (My log) /FS 100 0 R /Rect [60 60 80 80] >>"
    read = _read(tmp_path, _LOG, annotations=(note,))
    assert read.markdown == "See the files\n\n- Attached by Zoe: [attached: log.txt]: My log\n"
    assert [one.content for one in read.attachments] == [b"On Monday"]


@pytest.mark.parametrize("catalog", ["/PageMode /UseAttachments", "/Collection << /Type /Collection >>"])
def test_the_cover_of_a_portfolio_is_not_taken_for_the_work(tmp_path: Path, catalog: str) -> None:
    read = _read(tmp_path, _LOG, catalog=f"{_listed(1)} {catalog}")
    assert [note for note in read.notes if "cover" in note]
    assert not _read(tmp_path, _LOG, catalog=_listed(1)).notes


def test_what_cannot_be_taken_out_is_named_and_so_is_what_is_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    objects: dict[int, str | bytes] = {
        100: "<< /Type /Filespec /UF (gone.txt) /F (gone.txt) >>",
        101: _file(110, "log.txt"),
        110: _LOG[110],
    }
    read = _read(tmp_path, objects, catalog=_listed(2))
    assert "- [attached: gone.txt, left out" in read.markdown
    assert [note for note in read.notes if note.startswith("gone.txt is left out")]
    monkeypatch.setattr(attached, "MOST_BYTES", 5)
    read = _read(tmp_path, objects, catalog=_listed(2))
    assert [note for note in read.notes if note.startswith("log.txt is left out: more than 5 bytes")]
    assert read.attachments == ()
