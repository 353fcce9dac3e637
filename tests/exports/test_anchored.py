"""An export says from which heads it was made, whatever it is; and whether its own files are as they were written."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from markterm.centre.audits import read_kept
from markterm.domain.words.errors import WrongUse
from markterm.exports import anchored
from markterm.exports.anchor import in_a_word
from markterm.exports.anchored import Manifest, heads_with, manifest_of
from markterm.exports.export import Export, Made, Piece
from markterm.exports.placing import MANIFEST
from markterm.exports.writing import write_export
from markterm.records.store import Head
from tests.examples import examples

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


def test_a_mark_is_found_wherever_in_a_large_file_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anchored, "_PIECE", 20_000)
    for before in (0, 19_995, 40_100):
        (tmp_path / "a.pdf").write_bytes(b"%PDF" + b"." * before + in_a_word(_HEADS).encode() + b"." * 50_000)
        assert heads_with(tmp_path / "a.pdf") == _HEADS


def test_a_document_attached_to_a_mail_carries_them(tmp_path: Path) -> None:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("docProps/core.xml", f"<keywords>{in_a_word(_HEADS)}</keywords>")
    mail = EmailMessage()
    mail.add_attachment(packed.getvalue(), maintype="application", subtype="octet-stream", filename="a.docx")
    (tmp_path / "a.eml").write_bytes(bytes(mail))
    assert heads_with(tmp_path / "a.eml") == _HEADS


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_is_in_a_zip_twice_is_told_as_changed(tmp_path: Path) -> None:
    export = _export(tmp_path / "out.zip", as_zip=True)
    with ZipFile(export, "a") as archive:
        archive.writestr("a.csv", "words")
    assert manifest_of(export) == Manifest(3, ("a.csv",), (), ())


def _bomb(path: Path) -> None:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("docProps/core.xml", b"0" * 3_000_000)


def _cut(path: Path) -> None:
    path.write_bytes(_export(path.with_name("whole.zip"), as_zip=True).read_bytes()[20:])


def _locked(path: Path) -> None:
    data = bytearray(_export(path.with_name("whole.zip"), as_zip=True).read_bytes())
    at = data.index(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 1)
    path.write_bytes(bytes(data))


def _of_many_files(path: Path) -> None:
    with ZipFile(path, "w") as archive:
        for number in range(40):
            archive.writestr(f"{number}.csv", "")


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _with_a_long_manifest(path: Path) -> None:
    path.mkdir()
    (path / MANIFEST).write_text("".join(f"{'a' * 64}  {number}\n" for number in range(40)))


@pytest.mark.parametrize("hostile", [_bomb, _cut, _locked, _of_many_files, _pipe, _with_a_long_manifest])
def test_what_is_made_to_do_harm_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hostile: Callable[[Path], None]
) -> None:
    monkeypatch.setattr(anchored, "_RATIO_FROM", 1_000_000)
    monkeypatch.setattr(anchored, "_MOST_FILES", 30)
    hostile(tmp_path / "out.zip")
    with pytest.raises(WrongUse) as refused:
        read_kept(tmp_path / "out.zip")
    assert refused.value.title == "The kept heads cannot be read"


def test_links_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    export = _export(tmp_path / "out")
    (tmp_path / "elsewhere").mkdir()
    (export / "in/b.csv").rename(tmp_path / "elsewhere/b.csv")
    (export / "in").rmdir()
    (export / "in").symlink_to(tmp_path / "elsewhere")
    (export / "a.csv").rename(tmp_path / "elsewhere/a.csv")
    (export / "a.csv").symlink_to(tmp_path / "elsewhere/a.csv")
    assert manifest_of(export) == Manifest(3, (), ("a.csv", "in/b.csv"), ("in",))


@given(st.binary(max_size=300), st.integers(0, 200))
@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_end_in_anything_but_words(tmp_path: Path, noise: bytes, at: int) -> None:
    whole = tmp_path / "whole.zip"
    if not whole.exists():
        _export(whole, as_zip=True)
    data = whole.read_bytes()
    (tmp_path / "a.eml").write_bytes(noise)
    (tmp_path / "a.zip").write_bytes(data[:at] + noise + data[at + len(noise) :])
    for name in ("a.eml", "a.zip"):
        with suppress(OSError):
            heads_with(tmp_path / name)
        with suppress(OSError):
            manifest_of(tmp_path / name)
