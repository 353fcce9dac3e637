"""A backup becomes a centre's folder again: whole or not at all, where nothing was."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path, PurePosixPath
from zipfile import ZipFile, ZipInfo

from markterm.domain.words.errors import NotSaved, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.backup.checking import not_whole, opened_backup, sums_of
from markterm.exports.backup.form import EVIDENCE_SUMS, OF_THE_BACKUP, real_name
from markterm.exports.placing import clear_left, work_folder
from markterm.system.platform import make_folders, sync_folder, sync_together

_PIECE = 2**20
_STAYS_IN_IT = OF_THE_BACKUP - {EVIDENCE_SUMS}


def restore_backup(
    file: Path,
    into: Path,
    comes: Callable[[PurePosixPath], bool],
    settle: Callable[[Path], None] = lambda _: None,
) -> None:
    """Make the centre of a backup that was checked in the folder `into`, which is not there or empty: of its files
    those that `comes` lets. `settle` is given the folder before it takes its place. Return when all is durable.

    Raises `WrongUse` when something is in the folder, `Unreadable`, `NotSaved`, and what `settle` raises: nothing is
    left then.
    """
    into = into.absolute()
    check_empty(into)
    try:
        make_folders(into.parent)
        clear_left(into.parent)
        work = work_folder(into.parent)
        work.mkdir()
        try:
            whole = work / "centre"
            whole.mkdir()
            written = _unpacked(file, whole, comes)
            settle(whole)
            sync_together(written)
            for folder, _, _ in os.walk(whole, topdown=False):
                sync_folder(Path(folder))
            with suppress(FileNotFoundError):  # An empty folder gives way on some systems and not on others.
                into.rmdir()
            whole.rename(into)
        finally:
            shutil.rmtree(work, ignore_errors=True)
        sync_folder(into.parent)
    except OSError as error:
        raise NotSaved(
            "The centre could not be restored",
            f"The system said: {error.strerror or error}. Nothing of it was left behind.",
            "Check that the folder may be written to and that the disk has room, then do it again.",
            file=into,
        ) from error


def _unpacked(file: Path, whole: Path, comes: Callable[[PurePosixPath], bool]) -> list[Path]:
    """Unpack these files, and return where they are. Raises `Unreadable`, and OSError when they cannot be written."""
    written: list[Path] = []
    not_written: OSError | None = None
    with opened_backup(file) as (archive, facts):
        sums = sums_of(archive)
        for each in archive.infolist():
            if not each.is_dir() and each.filename not in _STAYS_IN_IT and comes(PurePosixPath(each.filename)):
                try:
                    place, digest = _unpack(archive, each, whole / real_name(facts, each.filename))
                except OSError as error:  # Within the block it would be told as the backup's.
                    not_written = error
                    break
                if digest != sums.get(each.filename):
                    raise not_whole(file, f"{one_line(each.filename)} changed since the backup was checked.")
                written.append(place)
    if not_written is not None:
        raise not_written
    return written


def check_empty(into: Path) -> None:
    """Raises `WrongUse` when something is in that folder, or something else is called so."""
    if into.is_symlink() or (into.exists() and not into.is_dir()) or (into.is_dir() and any(into.iterdir())):
        raise WrongUse(
            "There is something already",
            f"{into} is not empty, and stays as it is.",
            "Name a folder that is not there, or an empty one.",
            file=into,
        )


def _unpack(archive: ZipFile, member: ZipInfo, place: Path) -> tuple[Path, str]:
    """Unpack a file that was checked to that place, and return the SHA-256 of it, too."""
    place.parent.mkdir(parents=True, exist_ok=True)
    digest = sha256()
    with archive.open(member) as source, place.open("xb") as into:
        while piece := source.read(_PIECE):
            digest.update(piece)
            into.write(piece)
    with suppress(OSError, OverflowError, ValueError):  # When it was written is no part of what it says.
        at = time.mktime((*member.date_time, 0, 0, -1))
        os.utime(place, (at, at))
    return place, digest.hexdigest()
