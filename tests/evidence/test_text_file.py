"""Reading a learner's text file."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from markterm.domain.words.errors import Unreadable
from markterm.domain.words.foreign_text import clean
from markterm.evidence import text_file
from markterm.evidence.folder import EvidenceFile, EvidenceKind
from markterm.evidence.text_file import read_evidence


def _file(path: Path, data: bytes, kind: EvidenceKind = EvidenceKind.TEXT) -> EvidenceFile:
    path.write_bytes(data)
    return EvidenceFile(path.name, path, len(data), 0, kind)


def test_utf_8_is_read_without_a_note(tmp_path: Path) -> None:
    data = "Zoë’s diary\r\nline two\n".encode()
    read = read_evidence(_file(tmp_path / "a.md", data))
    assert (read.text, read.replaced, read.encoding_note) == ("Zoë’s diary\nline two\n", 0, "")
    assert read.sha256 == hashlib.sha256(data).hexdigest()


def test_a_byte_order_mark_is_not_text(tmp_path: Path) -> None:
    assert read_evidence(_file(tmp_path / "a.md", b"\xef\xbb\xbfhello")).text == "hello"


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_read_and_said(tmp_path: Path, order: str) -> None:
    data = ("\ufeff" + "Zoë").encode(order)
    read = read_evidence(_file(tmp_path / "a.txt", data))
    assert (read.text, read.encoding_note) == ("Zoë", "Read as UTF-16.")


def test_half_a_character_of_utf_16_is_counted(tmp_path: Path) -> None:
    read = read_evidence(_file(tmp_path / "a.txt", b"\xff\xfea\x00b"))
    assert read.text == "a\ufffd"
    assert "1 character could not be read" in read.encoding_note


def test_windows_text_is_read_and_said(tmp_path: Path) -> None:
    read = read_evidence(_file(tmp_path / "a.txt", "caf\xe9 – “so”".encode("cp1252")))
    assert read.text == "café – “so”"
    assert "Windows-1252" in read.encoding_note


def test_a_byte_that_windows_text_does_not_have_is_counted(tmp_path: Path) -> None:
    read = read_evidence(_file(tmp_path / "a.txt", b"caf\xe9 \x81"))
    assert read.text == "café \ufffd"
    assert "1 character could not be read" in read.encoding_note


def test_escape_codes_are_replaced_and_counted(tmp_path: Path) -> None:
    read = read_evidence(_file(tmp_path / "a.txt", b"\x1b]0;title\x07 and \xe2\x80\xae turned"))
    assert read.text == "␛]0;title␇ and ⇄ turned"
    assert read.replaced == 3


@pytest.mark.parametrize("data", [b"a\x00b", b"\x89PNG\r\n\x1a\n\x01\x02\x03\x04\xff" * 9, b"\xff\xfea\x00\x00\x00"])
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_evidence(_file(tmp_path / "a.txt", data))
    assert refusal.value.title == "Not a text"


def test_the_largest_text_is_read_and_one_byte_more_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_file, "LARGEST", 10)
    assert read_evidence(_file(tmp_path / "a.txt", b"x" * 10)).text == "x" * 10
    with pytest.raises(Unreadable, match="Too large"):
        read_evidence(_file(tmp_path / "a.txt", b"x" * 11))


def test_a_file_that_went_away_says_what_to_do(tmp_path: Path) -> None:
    file = _file(tmp_path / "a.txt", b"x")
    file.path.unlink()
    with pytest.raises(Unreadable) as refusal:
        read_evidence(file)
    assert refusal.value.file == file.path
    assert "Look at the folder again" in refusal.value.next_step


def test_no_permission_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = _file(tmp_path / "a.txt", b"x")

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(Unreadable, match="permission"):
        read_evidence(file)


def test_a_link_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="link"):
        read_evidence(_file(tmp_path / "a.txt", b"x", EvidenceKind.LINK))


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="the system cannot open a file without following a link")
def test_a_link_that_took_the_place_of_a_file_is_not_followed(tmp_path: Path) -> None:
    file = _file(tmp_path / "a.txt", b"x")
    (tmp_path / "secret.txt").write_bytes(b"secret")
    file.path.unlink()
    file.path.symlink_to(tmp_path / "secret.txt")
    with pytest.raises(Unreadable):
        read_evidence(file)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes of this kind")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    os.mkfifo(path)
    with pytest.raises(Unreadable, match="Not a text"):
        read_evidence(EvidenceFile("a.txt", path, 0, 0, EvidenceKind.TEXT))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_clean_text_or_unreadable(tmp_path: Path, data: bytes) -> None:
    try:
        read = read_evidence(_file(tmp_path / "a.txt", data))
    except Unreadable:
        return
    assert clean(read.text).replaced == 0


@pytest.mark.parametrize("name", ["meeting.ics", "ann.VCF"])
def test_the_lines_of_a_calendar_are_whole_and_its_signs_are_read(tmp_path: Path, name: str) -> None:
    data = b"SUMMARY:Coaching with a very lo\r\n ng name\\, and mo\r\n\tre\r\nNOTE:We agreed\\nthree C:\\\\goals\r\n"
    assert read_evidence(_file(tmp_path / name, data)).text == (
        "SUMMARY:Coaching with a very long name, and more\nNOTE:We agreed\nthree C:\\goals\n"
    )
