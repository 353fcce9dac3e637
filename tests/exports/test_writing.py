"""An export is complete or absent, whatever happens while it is written."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path, PurePosixPath
from threading import Event
from zipfile import ZipFile

import pytest

from markterm.domain.words.errors import NotSaved, WrongUse
from markterm.exports import placing
from markterm.exports.export import Export, Made, Piece
from markterm.exports.placing import HEADS, MANIFEST, check_free
from markterm.exports.signature import ExportSignature
from markterm.exports.writing import ExportStopped, Progress, Written, write_export
from markterm.records import kept_heads
from markterm.records.store import Head
from tests.pace import grows_evenly

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


def test_the_heads_of_many_records_are_put_together_without_going_through_all_of_them_for_each(tmp_path: Path) -> None:
    places = count()

    def export(records: int) -> None:
        made = [Made({f"L{number}": {"asha": Head(3, "a" * 64)}}) for number in range(records)]
        pieces = [_piece(f"{number}.txt", made=each) for number, each in enumerate(made)]
        assert len(_write(_folder(*pieces), tmp_path / f"{next(places)}").heads) == records

    assert grows_evenly(export, 100)


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
    (path / "a.txt").write_text("of an export before")
    (path / HEADS).write_text("those of an export before")


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


def test_a_signature_is_there_with_what_it_signs_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def sign(of: str, sha256: str, heads: str) -> ExportSignature:
        return ExportSignature(of, sha256, heads, "A college", "asha", "Asha", _NOW.isoformat(), "c" * 64, "uid")

    def write(text: str, *, force: bool = False) -> Written:
        export = Export("A text", "a.csv", [_piece("a.csv", text)], one_file=True)
        return _write(export, tmp_path / "b.csv", sign=sign, force=force)

    written = write("one")
    assert written.signature is not None
    assert (written.signature.of, written.signature.sha256) == ("b.csv", hashlib.sha256(b"one").hexdigest())
    assert written.signature.heads == hashlib.sha256((tmp_path / "b.csv.heads").read_bytes()).hexdigest()
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert sorted(before) == ["b.csv", "b.csv.heads", "b.csv.sig"]
    with monkeypatch.context() as patched:
        patched.setattr(placing, "_place", lambda *_, **__: (_ for _ in ()).throw(OSError(5, "an error")))
        with pytest.raises(NotSaved):
            write("two", force=True)
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
        (tmp_path / "b.csv").unlink()
        with pytest.raises(WrongUse, match=r"b\.csv\.heads"):
            write("two")
        (tmp_path / "b.csv.heads").unlink()
        with pytest.raises(WrongUse, match=r"b\.csv\.sig"):
            write("two")
        (tmp_path / "b.csv.sig").unlink()
        with pytest.raises(NotSaved):
            write("two")
        assert list(tmp_path.iterdir()) == []


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


def test_a_folder_that_is_no_export_does_not_go(tmp_path: Path) -> None:
    mine = tmp_path / "documents"
    mine.mkdir()
    (mine / "letter.txt").write_text("mine")
    with pytest.raises(WrongUse, match="may not have written"):
        _write(_folder(_piece("a.txt")), mine, force=True)
    assert (mine / "letter.txt").read_text() == "mine"


@pytest.mark.parametrize("manifest", [True, False])
@pytest.mark.parametrize("mine", ["note.txt", "in/note.txt", "SHA256SUMS.old"])
def test_an_export_in_which_somebody_put_a_file_of_their_own_does_not_go(
    tmp_path: Path, mine: str, manifest: bool
) -> None:
    export = _folder(_piece("a.txt"), _piece("in/b.txt"), manifest=manifest)
    _write(export, tmp_path / "out")
    (tmp_path / "out" / mine).write_text("what the visitor said")
    with pytest.raises(WrongUse, match=mine):
        _write(export, tmp_path / "out", force=True)
    assert (tmp_path / "out" / mine).read_text() == "what the visitor said"


def test_a_folder_with_sums_that_another_program_made_does_not_go(tmp_path: Path) -> None:
    mine = tmp_path / "photographs"
    mine.mkdir()
    (mine / "one.jpg").write_text("mine")
    (mine / MANIFEST).write_text(f"{hashlib.sha256(b'mine').hexdigest()}  one.jpg\n")
    with pytest.raises(WrongUse, match="may not have written"):
        _write(_folder(_piece("a.txt")), mine, force=True)
    assert (mine / "one.jpg").read_text() == "mine"


@pytest.mark.parametrize("manifest", [True, False])
def test_what_an_earlier_export_wrote_goes_whatever_the_new_one_has(tmp_path: Path, manifest: bool) -> None:
    _write(_folder(_piece("a.txt"), _piece("in/“b”.txt"), manifest=manifest), tmp_path / "out")
    (tmp_path / "out" / "in" / ".DS_Store").write_text("of the system")
    _write(_folder(_piece("c.txt")), tmp_path / "out", force=True)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["c.txt", HEADS]


def test_heads_that_lie_beside_a_file_go_with_it_and_come_back_when_it_cannot_be_written(tmp_path: Path) -> None:
    _write(Export("A text", "a.csv", [_piece("a.csv", "old")], one_file=True), tmp_path / "a.csv")
    before = (tmp_path / "a.csv.heads").read_bytes()
    failing = Export("A text", "a.csv", [_failing("a.csv", OSError(28, "No space left on device"))], one_file=True)
    with pytest.raises(NotSaved):
        _write(failing, tmp_path / "a.csv", force=True)
    assert (tmp_path / "a.csv").read_text() == "old"
    assert (tmp_path / "a.csv.heads").read_bytes() == before
    _write(
        Export("A text", "a", [_piece("a.csv", made=Made(_HEADS, True))], one_file=True), tmp_path / "a.csv", force=True
    )
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_heads_of_somebody_s_own_beside_a_new_file_are_left(tmp_path: Path) -> None:
    (tmp_path / "a.csv.heads").write_text("mine")
    with pytest.raises(WrongUse, match="there already"):
        _write(Export("A text", "a.csv", [_piece("a.csv")], one_file=True), tmp_path / "a.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv.heads"]
    assert (tmp_path / "a.csv.heads").read_text() == "mine"


def test_what_could_not_be_put_in_place_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = Export("A text", "a.csv", [_piece("a.csv")], one_file=True)
    _write(export, tmp_path / "a.csv")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    monkeypatch.setattr(placing, "_place", _no_room)
    with pytest.raises(NotSaved):
        _write(Export("A text", "a.csv", [_piece("a.csv", "new")], one_file=True), tmp_path / "a.csv", force=True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def _no_room(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


def test_what_comes_there_in_the_last_moment_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def somebody_comes(target: Path, *, force: bool) -> None:
        if target.exists():
            check_free(target, force=force)
        target.write_text("the first")

    monkeypatch.setattr(placing, "check_free", somebody_comes)
    with pytest.raises(WrongUse, match="there already"):
        _write(Export("A text", "a.csv", [_piece("a.csv", made=Made())], one_file=True), tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text() == "the first"


_KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from markterm.exports import placing
from markterm.exports.export import Export, Made, Piece
from markterm.exports.writing import write_export
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
placing._place = die
def write(to):
    to.write_text("new")
    return Made()
target = Path(sys.argv[1])
export = Export("Texts", "texts", [Piece(PurePosixPath("a.txt"), "a text", write)])
write_export(export, target, centre="A college", now=datetime(2026, 5, 4, tzinfo=UTC), force=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there, whether a process runs is not asked")
def test_the_next_export_clears_what_a_killed_one_left_and_puts_back_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "out"
    _write(_folder(_piece("a.txt", "old")), target)
    assert subprocess.run([sys.executable, "-c", _KILLED, str(target)], check=False).returncode == -9
    assert not target.exists()
    with pytest.raises(WrongUse, match="there already"):
        _write(_folder(_piece("a.txt", "new")), target)
    assert (target / "a.txt").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_export_that_runs_is_left_alone_by_another_one(tmp_path: Path) -> None:
    def another(to: Path) -> Made:
        _write(_folder(_piece("b.txt")), tmp_path / "other")
        to.write_text("words")
        return Made()

    _write(_folder(Piece(PurePosixPath("a.txt"), "a text", another)), tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "out"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are none in folders")
def test_a_pipe_or_a_device_is_never_written_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(WrongUse, match="pipe"):
        _write(Export("A text", "a.csv", [_piece("a.csv")], one_file=True), tmp_path / "pipe", force=True)
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.parametrize("name", ["/", "..", "a\0b", "\udfff"])
def test_what_nothing_can_be_called_is_refused_in_words(tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongUse, match="no name"):
        _write(_folder(_piece("a.txt")), tmp_path / name, force=True)


def test_what_tells_of_the_others_is_written_when_they_are(tmp_path: Path) -> None:
    begun, done = Event(), []

    def slow(to: Path) -> Made:
        begun.wait(0.05)  # Set only by what must not be written yet.
        to.write_text("words", "utf-8")
        done.append("slow")
        return Made(_HEADS)

    def telling(to: Path) -> Made:
        begun.set()
        to.write_text(" ".join(done), "utf-8")
        return Made(_HEADS)

    last = Piece(PurePosixPath("index.txt"), "a text", telling, is_last=True)
    _write(_folder(last, Piece(PurePosixPath("a.txt"), "a text", slow)), tmp_path / "out")
    assert (tmp_path / "out/index.txt").read_text() == "slow"


def test_what_could_not_be_read_after_all_is_left_out_and_told(tmp_path: Path) -> None:
    gone = Piece(PurePosixPath("gone.txt"), "a film", lambda _: Made(left_out="it is gone"))
    for target in (tmp_path / "out", tmp_path / "out.zip"):
        written = _write(_folder(gone, _piece("a.txt"), manifest=True), target, as_zip=target.suffix == ".zip")
        assert written.caveats == ("Left out: a film: it is gone",)
        assert [str(each.path) for each in written.files] == ["a.txt", HEADS, MANIFEST]
