"""Where an export cannot be written, what was there stays and it is told in words."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path, PurePosixPath

import pytest

from markterm.domain.words.errors import NotSaved
from markterm.exports import placing, writing
from markterm.exports.export import Export, Made, Piece
from markterm.exports.placing import HEADS, MANIFEST
from markterm.exports.writing import write_export
from markterm.records.store import Head


def _piece(path: str) -> Piece:
    def write(to: Path) -> Made:
        to.write_text("words", "utf-8")
        return Made({"JON2041": {"asha": Head(3, "a" * 64)}})

    return Piece(PurePosixPath(path), "a text", write)


_FOLDER = Export("Texts", "texts", [_piece("a.txt"), _piece("in/b.txt")], manifest=True)
_FILE = Export("A text", "a.txt", [_piece("a.txt")], one_file=True)


def _write(export: Export, target: Path, *, force: bool = False, as_zip: bool = False) -> None:
    now = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
    write_export(export, target, centre="A college", now=now, force=force, as_zip=as_zip)


class _FullAt:
    """A disk that is full when it is asked for the so-manieth time."""

    def __init__(self, stage: int) -> None:
        self.left = stage

    def before(self, step: Callable[..., object]) -> Callable[..., object]:
        def asked(*words: object, **more: object) -> object:
            self.left -= 1
            if self.left == 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            return step(*words, **more)

        return asked


@pytest.mark.parametrize("how", ["folder", "zip", "file"])
def test_a_disk_that_is_full_at_any_stage_leaves_what_was_there_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    target = tmp_path / {"folder": "out", "zip": "out.zip", "file": "a.txt"}[how]
    export = _FILE if how == "file" else _FOLDER
    _write(export, target, as_zip=how == "zip")

    def there() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    before = there()
    for stage in count(1):
        disk = _FullAt(stage)
        with monkeypatch.context() as patched:
            for name in ("make_folders", "work_folder", "sync_file", "check_may_go", "put"):
                patched.setattr(writing, name, disk.before(getattr(writing, name)))
            patched.setattr(writing._Writing, "_write", disk.before(writing._Writing._write))
            patched.setattr(placing, "_place", disk.before(placing._place))
            try:
                _write(export, target, as_zip=how == "zip", force=True)
            except NotSaved:
                assert there() == before, stage
            else:
                break
    assert stage > 6
    assert there().keys() == before.keys()


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS, errno.EDQUOT])
def test_a_place_that_may_not_be_written_to_is_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refused(folder: Path, *_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code), str(folder))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "mkdir", refused)  # Whoever runs the tests may be allowed everything.
        with pytest.raises(NotSaved, match=f"{os.strerror(code)}. Nothing of it was left behind"):
            _write(_FOLDER, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there, a path is as long as its settings say")
def test_a_path_of_more_than_260_characters_is_written_to_and_one_that_is_too_long_is_told_in_words(
    tmp_path: Path,
) -> None:
    deep = tmp_path.joinpath(*(f"{number} {'long ' * 16}" for number in range(5))).with_name("out")
    assert len(str(deep)) > 260
    _write(_FOLDER, deep)
    assert sorted(path.name for path in deep.iterdir()) == [MANIFEST, "a.txt", "in", HEADS]
    with pytest.raises(NotSaved, match="too long"):
        _write(_FOLDER, tmp_path / ("x" * 300))
    assert not [path for path in tmp_path.iterdir() if path.name.startswith((".", "x"))]


@pytest.mark.parametrize("how", ["folder", "zip", "file"])
def test_what_is_at_its_place_when_the_last_step_fails_is_said_to_be_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    target = tmp_path / {"folder": "out", "zip": "out.zip", "file": "a.txt"}[how]
    export = _FILE if how == "file" else _FOLDER

    def failing(folder: Path) -> None:
        if folder == tmp_path:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patched:
        patched.setattr(writing, "sync_folder", failing)
        with pytest.raises(NotSaved, match="All of it was written to its place") as told:
            _write(export, target, as_zip=how == "zip")
    assert "left behind" not in told.value.what
    assert target.exists()
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]
