"""An export says from which heads it was made, whatever it is; and whether its own files are as they were written."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

import pytest

from markterm.exports.anchor import in_a_word
from markterm.exports.anchored import Manifest, heads_with, manifest_of
from markterm.exports.export import Export, Made, Piece
from markterm.exports.writing import MANIFEST, write_export
from markterm.records.store import Head

_HEADS = {"JON2041": {"asha": Head(3, "a" * 64)}}


def _export(target: Path, *, as_zip: bool = False, one_file: bool = False) -> Path:
    def write(to: Path) -> Made:
        to.write_text("words", "utf-8")
        return Made(_HEADS)

    pieces = [
        Piece(PurePosixPath(name), "a text", write) for name in (("a.csv",) if one_file else ("a.csv", "in/b.csv"))
    ]
    export = Export("Texts", "texts", pieces, one_file=one_file, manifest=not one_file)
    write_export(export, target, centre="A college", now=datetime(2026, 5, 4, tzinfo=UTC), as_zip=as_zip)
    return target


@pytest.mark.parametrize("as_zip", [False, True])
def test_a_folder_and_a_zip_have_their_heads_and_a_manifest_that_fits(tmp_path: Path, as_zip: bool) -> None:
    export = _export(tmp_path / "out", as_zip=as_zip)
    assert heads_with(export) == _HEADS
    assert manifest_of(export) == Manifest(3, (), (), ())


def test_a_file_that_cannot_carry_its_heads_has_them_beside_it(tmp_path: Path) -> None:
    assert heads_with(_export(tmp_path / "a.csv", one_file=True)) == _HEADS


@pytest.mark.parametrize("member", ["docProps/custom.xml", "docProps/core.xml"])
def test_a_document_of_an_office_program_carries_them_among_its_properties(tmp_path: Path, member: str) -> None:
    with ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr(member, f"<keywords>{in_a_word(_HEADS)}</keywords>")
    assert heads_with(tmp_path / "a.docx") == _HEADS


def test_a_page_and_a_mail_carry_them(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(f'<meta name="record" content="{in_a_word(_HEADS)}">')
    assert heads_with(tmp_path / "a.html") == _HEADS
    mail = EmailMessage()
    mail.set_content("See the attachment.")
    mail.add_attachment(f"%PDF {in_a_word(_HEADS)}".encode(), maintype="application", subtype="pdf", filename="a.pdf")
    (tmp_path / "a.eml").write_bytes(bytes(mail))
    assert heads_with(tmp_path / "a.eml") == _HEADS


def test_a_file_that_changed_is_gone_or_was_added_is_told(tmp_path: Path) -> None:
    export = _export(tmp_path / "out")
    (export / "a.csv").write_text("other words")
    (export / "in/b.csv").unlink()
    (export / "c.csv").write_text("mine")
    assert manifest_of(export) == Manifest(3, ("a.csv",), ("in/b.csv",), ("c.csv",))


def test_a_name_that_leads_out_of_the_folder_is_not_looked_at(tmp_path: Path) -> None:
    export = _export(tmp_path / "out")
    (tmp_path / "secret").write_text("mine")
    with (export / MANIFEST).open("a") as file:
        file.write(f"{'a' * 64}  ../secret\n{'a' * 64}  /etc/passwd\n")
    assert manifest_of(export) == Manifest(3, (), (), ())


def test_what_is_no_export_has_no_heads(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "empty").mkdir()
    assert heads_with(tmp_path / "a.pdf") == {}
    assert heads_with(tmp_path / "empty") == {}
