"""Reading zip archives."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from markterm.evidence.converted import Attachment, Converted, NotReadable, Place
from markterm.evidence.readers import archive
from tests.evidence import made_more


def _read(folder: Path, data: bytes) -> Converted:
    path = folder / "unit.zip"
    path.write_bytes(data)
    return archive.read(path)


def test_entries_are_listed_and_are_files_of_their_own(tmp_path: Path) -> None:
    read = _read(tmp_path, made_more.zip_of([("unit 1/", b""), ("unit 1/plan|a.txt", b"plan"), ("diary.md", b"# x")]))
    assert read.markdown.split("\n") == [
        "| File | Size | Changed | Kept as |",
        "| --- | --- | --- | --- |",
        "| unit 1/plan\\|a.txt | 4 bytes | 2024-06-03 09:30 | unit 1/plan_a.txt |",
        "| diary.md | 3 bytes | 2024-06-03 09:30 | diary.md |",
        "",
    ]
    assert read.attachments == (Attachment("unit 1/plan_a.txt", b"plan"), Attachment("diary.md", b"# x"))
    assert read.places == (Place(0, "the list"), Place(2, "entry 1"), Place(3, "entry 2"))


def test_two_of_a_name_are_told_apart(tmp_path: Path) -> None:
    read = _read(tmp_path, made_more.zip_of([("a/plan.docx", b"1"), ("A/Plan.docx", b"2"), ("./a//plan.docx", b"3")]))
    assert [file.name for file in read.attachments] == ["a/plan.docx", "A/Plan (2).docx", "a/plan (3).docx"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [("/etc/passwd", "etc/passwd"), ("../../x", "x"), ("a/../../x", "a/x"), ("C:\\b\\x", "b/x"), ("..\\x", "x")],
)
def test_names_that_lead_out_are_made_harmless(tmp_path: Path, name: str, kept: str) -> None:
    read = _read(tmp_path, made_more.zip_of([(name, b"x"), ("good.txt", b"good")]))
    assert read.attachments == (Attachment(kept, b"x"), Attachment("good.txt", b"good"))
    assert read.notes == ()


def test_a_file_that_is_called_like_a_folder_is_told_apart_from_it(tmp_path: Path) -> None:
    read = _read(tmp_path, made_more.zip_of([("a.eml", b"1"), ("a.eml/b", b"2"), ("c/d", b"3"), ("c", b"4")]))
    assert [file.name for file in read.attachments] == ["a.eml", "a.eml (2)/b", "c/d", "c (2)"]


def test_an_encrypted_entry_is_said(tmp_path: Path) -> None:
    data = bytearray(made_more.zip_of([("secret.txt", b"x")]))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    read = _read(tmp_path, bytes(data))
    assert read.attachments == ()
    assert read.notes == ("secret.txt is left out: it is encrypted.",)


def test_a_link_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "unit.zip"
    with zipfile.ZipFile(path, "w") as made:
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")
    assert archive.read(path).notes == ("link is left out: it is a link, not a file.",)


def test_a_damaged_entry_does_not_take_the_others_with_it(tmp_path: Path) -> None:
    data = made_more.zip_of([("bad.txt", b"some words" * 9), ("good.txt", b"good")])
    place = data.index(b"bad.txt") + len("bad.txt")
    read = _read(tmp_path, data[:place] + b"\xff" * 4 + data[place + 4 :])
    assert [file.name for file in read.attachments] == ["good.txt"]
    assert "bad.txt is left out: it is damaged" in read.notes[0]


def test_what_does_not_fit_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("markterm.evidence.readers.attached.MOST_FILES", 1)
    read = _read(tmp_path, made_more.zip_of([("a", b"a"), ("b", b"b")]))
    assert read.attachments == (Attachment("a", b"a"),)
    assert read.notes == ("b is left out: more than 1 files.",)


def test_an_entry_that_is_too_large_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("markterm.evidence.readers.attached.MOST_BYTES", 2_000)
    read = _read(tmp_path, made_more.zip_of([("zeros", bytes(2_001))]))
    assert read.attachments == ()
    assert read.notes == ("zeros is left out: more than 2.0 KB of files in all.",)


def test_a_hundred_thousand_entries_are_refused_at_once(tmp_path: Path) -> None:
    empty = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 46 * 100_000, 0, 0)
    with pytest.raises(NotReadable, match="more than 20,000 files"):
        _read(tmp_path, empty)


def test_a_count_that_lies_is_not_believed(tmp_path: Path) -> None:
    data = bytearray(made_more.zip_of((f"{number:05}", b"") for number in range(archive.MOST_ENTRIES + 1)))
    end = data.rindex(b"PK\x05\x06")
    struct.pack_into("<HH", data, end + 8, 3, 3)
    with pytest.raises(NotReadable, match="more than 20,000 files"):
        _read(tmp_path, bytes(data))


def test_a_comment_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "unit.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.comment = b"# from Zoe"
    assert archive.read(path).markdown.endswith("\n\n\\# from Zoe\n")


def test_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match="not a zip archive"):
        _read(tmp_path, b"hello")


def _without_the_sign_of_utf_8(data: bytes) -> bytes:
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.index(mark) + offset
        struct.pack_into("<H", changed, place, struct.unpack_from("<H", changed, place)[0] & ~0x800)
    return bytes(changed)


def test_names_that_macos_wrote_are_read_as_it_wrote_them(tmp_path: Path) -> None:
    read = _read(tmp_path, _without_the_sign_of_utf_8(made_more.zip_of([("Zoë/plan – 1.txt", b"x")])))
    assert [file.name for file in read.attachments] == ["Zoë/plan – 1.txt"]
    dos = made_more.zip_of([("xx.txt", b"x")]).replace(b"xx.txt", b"Zo\x89txt"[:3] + b".tx")
    assert [file.name for file in _read(tmp_path, dos).attachments] == ["Zoë.tx"]


def test_an_empty_archive_is_said_to_be(tmp_path: Path) -> None:
    assert _read(tmp_path, made_more.zip_of([])).notes == ("There is no file in it.",)
