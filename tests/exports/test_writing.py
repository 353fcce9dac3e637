"""An export is complete or absent, whatever happens while it is written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from threading import Event
from zipfile import ZipFile

import pytest

from markterm.domain.words.errors import NotSaved, WrongUse
from markterm.exports.export import Export, Made, Piece
from markterm.exports.writing import HEADS, MANIFEST, ExportStopped, Progress, Written, write_export
from markterm.records import kept_heads
from markterm.records.store import Head

_NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
_HEADS = {"JON2041": {"asha": Head(3, "a" * 64)}}


def _piece(path: str, text: str = "words", made: Made | None = None) -> Piece:
    def write(to: Path) -> Made:
        to.write_text(text, "utf-8")
        return made if made is not None else Made(_HEADS)

    return Piece(PurePosixPath(path), "a text", write)


def _failing(path: str, failure: Exception) -> Piece:
    def write(to: Path) -> Made:
        to.write_text("half of it", "utf-8")
        raise failure

    return Piece(PurePosixPath(path), "a text", write)


def _write(export: Export, target: Path, **how: object) -> Written:
    return write_export(export, target, centre="A college", now=_NOW, **how)  # type: ignore[arg-type]  # options


def _folder(*pieces: Piece, manifest: bool = False) -> Export:
    return Export("Texts", "texts", pieces, manifest=manifest)


def test_a_folder_holds_every_piece_and_the_heads_they_were_made_from(tmp_path: Path) -> None:
    written = _write(_folder(_piece("a.txt", "one"), _piece("in/b.txt", "two")), tmp_path / "out")
    assert (tmp_path / "out/a.txt").read_text() == "one"
    assert (tmp_path / "out/in/b.txt").read_text() == "two"
    assert kept_heads.parse((tmp_path / "out" / HEADS).read_bytes()) == _HEADS == written.heads
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_one_file_that_cannot_carry_its_heads_has_them_beside_it(tmp_path: Path) -> None:
    _write(Export("A text", "a.csv", [_piece("a.csv")], one_file=True), tmp_path / "mine.csv")
    assert (tmp_path / "mine.csv").read_text() == "words"
    assert kept_heads.parse((tmp_path / "mine.csv.heads").read_bytes()) == _HEADS


def test_one_file_that_carries_its_heads_is_alone(tmp_path: Path) -> None:
    _write(Export("A text", "a.pdf", [_piece("a.pdf", made=Made(_HEADS, True))], one_file=True), tmp_path / "mine.pdf")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.pdf"]


def test_a_zip_holds_the_same_and_opens(tmp_path: Path) -> None:
    _write(_folder(_piece("a.txt", "one"), _piece("in/b.txt", "two"), manifest=True), tmp_path / "o.zip", as_zip=True)
    with ZipFile(tmp_path / "o.zip") as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["a.txt", "in/b.txt", HEADS, MANIFEST]
        assert archive.read("in/b.txt") == b"two"
    assert [path.name for path in tmp_path.iterdir()] == ["o.zip"]


def test_the_manifest_has_the_hash_of_every_other_file(tmp_path: Path) -> None:
    _write(_folder(_piece("a.txt", "one"), _piece("in/b.txt", "two"), manifest=True), tmp_path / "out")
    lines = (tmp_path / "out" / MANIFEST).read_text().splitlines()
    told = {path: digest for digest, path in (line.split("  ") for line in lines)}
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file() and path.name != MANIFEST]
    assert told == {
        path.relative_to(tmp_path / "out").as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }


@pytest.mark.parametrize("as_zip", [False, True])
@pytest.mark.parametrize(
    ("failure", "told"),
    [
        (OSError(28, "No space left on device"), NotSaved),
        (WrongUse("No such unit", "It is gone.", "Look."), WrongUse),
        (RuntimeError("a fault"), RuntimeError),
    ],
)
def test_what_fails_half_way_leaves_nothing(tmp_path: Path, failure: Exception, told: type, as_zip: bool) -> None:
    pieces = [*(_piece(f"{number}.txt") for number in range(9)), _failing("bad.txt", failure), _piece("last.txt")]
    with pytest.raises(told):
        _write(_folder(*pieces), tmp_path / "out", as_zip=as_zip)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("as_zip", [False, True])
def test_what_is_stopped_leaves_nothing(tmp_path: Path, as_zip: bool) -> None:
    stop = Event()
    with pytest.raises(ExportStopped):
        _write(
            _folder(*(_piece(f"{number}.txt") for number in range(40))),
            tmp_path / "out",
            as_zip=as_zip,
            stop=stop,
            told=lambda _: stop.set(),
        )
    assert list(tmp_path.iterdir()) == []


def _a_file(path: Path) -> None:
    path.write_text("mine")


def _a_folder(path: Path) -> None:
    path.mkdir()
    (path / "mine.txt").write_text("mine")


def _a_link(path: Path) -> None:
    path.symlink_to("nowhere")


@pytest.mark.parametrize("there", [_a_file, _a_folder, _a_link])
@pytest.mark.parametrize("as_zip", [False, True])
def test_what_is_there_is_left_unless_it_may_go(tmp_path: Path, there: Callable[[Path], None], as_zip: bool) -> None:
    target = tmp_path / "out"
    there(target)
    with pytest.raises(WrongUse, match="there already"):
        _write(_folder(_piece("a.txt")), target, as_zip=as_zip)
    before = sorted(path.name for path in tmp_path.rglob("*"))
    with pytest.raises(NotSaved):
        _write(_folder(_failing("a.txt", OSError(28, "No space left on device"))), target, as_zip=as_zip, force=True)
    assert sorted(path.name for path in tmp_path.rglob("*")) == before
    _write(_folder(_piece("a.txt")), target, as_zip=as_zip, force=True)
    assert target.is_file() if as_zip else (target / "a.txt").read_text() == "words"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_of_two_that_write_to_one_place_at_once_the_second_is_told(tmp_path: Path) -> None:
    def another(to: Path) -> Made:
        _write(_folder(_piece("a.txt", "the first")), tmp_path / "out")
        to.write_text("the second")
        return Made()

    with pytest.raises(WrongUse, match="there already"):
        _write(_folder(Piece(PurePosixPath("a.txt"), "a text", another)), tmp_path / "out")
    assert (tmp_path / "out/a.txt").read_text() == "the first"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_progress_is_told_after_each_file(tmp_path: Path) -> None:
    told: list[Progress] = []
    _write(_folder(_piece("a.txt"), _piece("b.txt")), tmp_path / "out", told=told.append)
    assert told == [Progress(1, 2, "a.txt"), Progress(2, 2, "b.txt")]
