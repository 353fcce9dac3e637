"""The files of a member on the server: nothing is written over, and no name leads anywhere else."""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from markterm.domain.words.errors import NotSaved, Refused, WrongUse
from markterm.web import own_files
from markterm.web.own_files import OwnFiles


async def _pieces(*pieces: bytes) -> AsyncIterator[bytes]:
    for each in pieces:
        yield each


def _take(files: OwnFiles, name: str, *pieces: bytes) -> str:
    return asyncio.run(files.take(name, _pieces(*pieces)))


def test_what_was_sent_is_there_and_the_next_of_its_name_beside_it(tmp_path: Path) -> None:
    files = OwnFiles(tmp_path / "own", 100)
    assert _take(files, "work.zip", b"a", b"b") == "work.zip"
    assert _take(files, "work.zip", b"c") == "work (2).zip"
    assert [_take(files, "work", each) for each in (b"d", b"e")] == ["work", "work (2)"]
    assert (tmp_path / "own" / "work.zip").read_bytes() == b"ab"
    assert {each.name for each in files.list()} == {"work.zip", "work (2).zip", "work", "work (2)"}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\work\\a.docx", "a.docx"),
        (".bashrc", "bashrc"),
        ("..", None),
        ("a\x00\n\x1b[31mb.md", "a␀ ␛[31mb.md"),
        ("x" * 300 + ".md", None),
        ("x" * 300 + ".docx", None),
        ("work.", "work"),
    ],
)
def test_no_name_leads_anywhere_else(tmp_path: Path, sent: str, kept: str | None) -> None:
    files = OwnFiles(tmp_path / "own", 100)
    name = _take(files, sent, b"x")
    assert (tmp_path / "own" / name).is_file()
    assert not name.startswith(".")
    assert "/" not in name
    assert name == kept if kept is not None else sent.endswith(Path(name).suffix)


def test_a_disk_without_links_keeps_them_too_and_writes_over_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError("Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    files = OwnFiles(tmp_path / "own", 100)
    assert [_take(files, "a.md", each) for each in (b"1", b"2")] == ["a.md", "a (2).md"]
    assert (tmp_path / "own" / "a.md").read_bytes() == b"1"
    assert sorted(each.name for each in (tmp_path / "own").iterdir()) == ["a (2).md", "a.md"]


def test_one_that_is_too_large_leaves_nothing(tmp_path: Path) -> None:
    files = OwnFiles(tmp_path / "own", 3)
    with pytest.raises(Refused, match="A file may have"):
        _take(files, "a", b"12", b"34")
    assert list((tmp_path / "own").iterdir()) == []
    for name in "abcd":
        _take(files, name, b"123")
    with pytest.raises(Refused, match="4 times"):
        _take(files, "e", b"1")


def test_of_one_that_is_too_large_no_more_is_written_than_may_be(tmp_path: Path) -> None:
    files, came = OwnFiles(tmp_path / "own", 3), []

    async def pieces() -> AsyncIterator[bytes]:
        for number in range(100):
            came.append(number)
            yield b"12"

    with pytest.raises(Refused, match="A file may have"):
        asyncio.run(files.take("a", pieces()))
    assert came == [0, 1]


def test_it_is_said_to_be_there_when_the_disk_has_it_and_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, synced = tmp_path / "own", []

    def sync_file(descriptor: int) -> None:
        synced.append((os.fstat(descriptor).st_size, (own / "a.md").exists()))

    def sync_folder(_: Path) -> None:
        synced.append(((own / "a.md").stat().st_size, True))

    monkeypatch.setattr(own_files, "sync_file", sync_file)
    monkeypatch.setattr(own_files, "sync_folder", sync_folder)
    _take(OwnFiles(own, 100), "a.md", b"12", b"34")
    assert synced == [(4, False), (4, True)]
    assert (own / "a.md").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("fails", ["make_folders", "sync_file", "give_name", "sync_folder"])
def test_what_the_disk_does_not_take_is_told_as_not_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    files = OwnFiles(tmp_path / "own", 100)
    _take(files, "a.md", b"1")
    monkeypatch.setattr(own_files, fails, full)
    with pytest.raises(NotSaved, match="No space left"):
        _take(files, "b.md", b"2")
    assert [each.name for each in (tmp_path / "own").iterdir() if each.name.startswith(".")] == []
    assert (tmp_path / "own" / "a.md").read_bytes() == b"1"


def test_files_that_come_at_the_same_time_have_no_more_room_than_one_after_the_other(tmp_path: Path) -> None:
    files = OwnFiles(tmp_path / "own", 3)

    async def both() -> list[object]:
        coming = [files.take(name, _pieces(b"123")) for name in "abcdefgh"]
        return await asyncio.gather(*coming, return_exceptions=True)

    assert sum(isinstance(each, str) for each in asyncio.run(both())) <= 4
    assert sum(each.size for each in files.list()) <= 12


def test_nobody_has_files_without_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_files, "MOST_FILES", 2)
    files = OwnFiles(tmp_path / "own", 3)
    _take(files, "a")
    _take(files, "b")
    with pytest.raises(Refused, match="2 here"):
        _take(files, "c")


def test_only_what_is_listed_has_a_name(tmp_path: Path) -> None:
    files = OwnFiles(tmp_path / "own", 100)
    assert files.list() == []
    _take(files, "a.md", b"x")
    (tmp_path / "secret").write_text("s", "utf-8")
    (tmp_path / "own" / "link").symlink_to(tmp_path / "secret")
    for name in ("../secret", "link", ".", "b.md", ""):
        with pytest.raises(WrongUse):
            files.named(name)
    files.remove("a.md")
    assert files.list() == []


def test_what_came_when_a_server_was_killed_goes_and_what_comes_stays(tmp_path: Path) -> None:
    dead, comes, sent = tmp_path / ".coming-dead", tmp_path / ".coming-comes", tmp_path / "sent.csv"
    for each in (dead, comes, sent):
        each.write_bytes(b"x")
    os.utime(dead, (0, 0))
    os.utime(sent, (0, 0))
    OwnFiles(tmp_path, 10).sweep()
    assert sorted(tmp_path.iterdir()) == [comes, sent]
    OwnFiles(tmp_path / "nobody", 10).sweep()
