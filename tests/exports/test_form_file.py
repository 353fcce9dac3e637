"""A form as a file: what is not filled is copied as it was packed, however it was, and by whomever it was made."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.words.errors import Refused, Unreadable
from markterm.evidence.conversion.program import folder_of_its_own
from markterm.evidence.machine import libreoffice
from markterm.exports.form import zip_copy
from markterm.exports.form.form import Form
from tests.exports.forms import UNIT, form
from tests.exports.test_form import found, opened, parts, rows, values

REAL = libreoffice.libreoffice_found()
_COMMENT = b"made for a test"
_NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0/\\"), min_size=1, max_size=8)


class _Streamed(io.RawIOBase):
    """Takes what is written and cannot go back: sizes follow the data then."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self.data += bytes(data)  # type: ignore[call-overload]
        return len(bytes(data))  # type: ignore[call-overload]


def _packed(files: dict[str, bytes], method: int, *, streamed: bool = False) -> bytes:
    into = _Streamed() if streamed else io.BytesIO()
    with zipfile.ZipFile(into, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        archive.comment = _COMMENT
    return bytes(into.data) if isinstance(into, _Streamed) else into.getvalue()


@given(
    files=st.dictionaries(_NAMES, st.binary(max_size=40), min_size=1, max_size=4),
    data=st.binary(max_size=40),
    method=st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]),
    streamed=st.booleans(),
)
def test_one_entry_is_replaced_and_the_others_are_copied(
    files: dict[str, bytes], data: bytes, method: int, streamed: bool
) -> None:
    before = _packed(files, method, streamed=streamed)
    name = sorted(files)[0]
    with zipfile.ZipFile(io.BytesIO(zip_copy.replaced(before, {name: data}))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == list(files)
        assert {each: archive.read(each) for each in archive.namelist()} == files | {name: data}
        assert archive.comment == _COMMENT
    assert zip_copy.replaced(before, {}) == before


@given(st.binary(max_size=200), st.integers(0, 150))
def test_a_damaged_archive_is_told_apart(junk: bytes, cut: int) -> None:
    whole = _packed({"a": b"one", "b": b"two"}, zipfile.ZIP_DEFLATED)
    for damaged in (junk, whole[:cut], whole[: len(whole) - len(_COMMENT) - cut - 1]):
        with pytest.raises(zip_copy.NotCopied):
            zip_copy.replaced(damaged, {"a": b""})


def test_a_form_that_was_streamed_is_filled(tmp_path: Path) -> None:
    streamed = _packed(parts(form()), zipfile.ZIP_DEFLATED, streamed=True)
    assert rows(opened(tmp_path / "f.docx", streamed).fill(values()).data)[2][3][4] == "On 1.1."


def _as_word_on_the_web_names_it(data: bytes) -> bytes:
    """The same form with its main part called `document2.xml`, and named from the root, as Word on the web saves it."""
    renamed = {
        "word/document.xml": "word/document2.xml",
        "word/_rels/document.xml.rels": "word/_rels/document2.xml.rels",
    }
    packed = {}
    for name, part in parts(data).items():
        if name == "_rels/.rels":
            part = part.replace(b'"word/document.xml"', b'"/word/document2.xml"')
        elif name == "[Content_Types].xml":
            part = part.replace(b"/word/document.xml", b"/word/document2.xml")
        packed[renamed.get(name, name)] = part
    assert b"document2" in packed["_rels/.rels"]
    return _packed(packed, zipfile.ZIP_DEFLATED)


def test_a_form_that_was_saved_by_word_on_the_web_is_filled_and_its_other_parts_are_as_they_were(
    tmp_path: Path,
) -> None:
    ours, theirs = form(), _as_word_on_the_web_names_it(form())
    filled = opened(tmp_path / "web.docx", theirs).fill(values())
    assert filled.not_filled == ()
    before, after = parts(theirs), parts(filled.data)
    assert [name for name, part in after.items() if before[name] != part] == ["word/document2.xml"]
    as_desktop = parts(opened(tmp_path / "desktop.docx", ours).fill(values()).data)["word/document.xml"]
    assert after["word/document2.xml"] == as_desktop


def test_without_libreoffice_a_pdf_is_refused_and_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    from markterm.centre.export import forms

    monkeypatch.setattr(libreoffice, "libreoffice_found", lambda: None)
    with pytest.raises(Refused, match="not installed"):
        forms._check_libreoffice()


def test_a_template_and_a_macro_form_are_told_apart(tmp_path: Path) -> None:
    def as_kind(kind: str) -> bytes:
        plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        own = parts(form())
        own["[Content_Types].xml"] = own["[Content_Types].xml"].replace(plain, kind.encode())
        return _packed(own, zipfile.ZIP_DEFLATED)

    with pytest.raises(Unreadable, match="template"):
        opened(
            tmp_path / "f.docx",
            as_kind("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
        )
    opened(tmp_path / "f.docx", as_kind("application/vnd.ms-word.document.macroEnabled.main+xml"))
    with pytest.raises(Unreadable):
        opened(tmp_path / "f.docx", as_kind("application/vnd.oasis.opendocument.text"))


@pytest.mark.long
@pytest.mark.skipif(REAL is None, reason="LibreOffice is not installed")
def test_a_form_that_libreoffice_wrote_is_read_and_filled_the_same_and_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert REAL is not None
    monkeypatch.setattr(libreoffice, "libreoffice_found", lambda: REAL)
    (tmp_path / "f.docx").write_bytes(form())
    for suffix, source in ((".odt", "f.docx"), (".docx", "evidence.odt")):
        with folder_of_its_own() as folder:
            given, stop = tmp_path / source, Event()
            made = libreoffice._made(REAL, "LibreOffice", given, suffix, folder, stop, low=lambda: False)
            (tmp_path / made.name).write_bytes(made.read_bytes())
    word, other = opened(tmp_path / "f.docx", form()), Form.open(tmp_path / "evidence.docx", UNIT)
    assert found(other) == found(word)
    mine, theirs = word.fill(values()).data, other.fill(values()).data
    assert rows(mine) == rows(theirs)
    before = parts((tmp_path / "evidence.docx").read_bytes())
    assert [name for name, part in parts(theirs).items() if before[name] != part] == ["word/document.xml"]
    assert libreoffice.as_pdf(theirs).startswith(b"%PDF")
