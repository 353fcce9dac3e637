"""A folder of what was downloaded or shared, which somebody may be writing to while it is read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from markterm.domain.words.errors import Unreadable
from markterm.evidence.folder import EvidenceFile, EvidenceKind
from markterm.evidence.incoming.coming import LARGEST, ComingFile, LeftFile
from markterm.evidence.left_behind import is_left_behind, kept_in_cloud
from markterm.evidence.opened import opened

_HALF = (".part", ".partial", ".crdownload", ".opdownload", ".download", ".filepart", ".aria2", ".!ut")
# What Windows says of a file that a program of a cloud has and this machine has not.
_ELSEWHERE = 0x1000 | 0x40000 | 0x400000


def files_in(folder: Path) -> Iterator[ComingFile | LeftFile]:
    """What lies under `folder`, each folder in the order of names. Links are told and not followed."""
    waiting = [folder]
    while waiting:
        at = waiting.pop()
        try:
            with os.scandir(at) as entries:
                here = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield LeftFile(_told(at, folder), f"a folder that cannot be listed: {error.strerror or error}")
            continue
        inner = []
        for entry in here:
            path = Path(entry.path)
            if not is_left_behind(entry.name) and entry.is_dir(follow_symlinks=False):
                inner.append(path)
                continue
            yield file_at(path, _told(path, folder))
        waiting += reversed(inner)


def file_at(path: Path, name: str) -> ComingFile | LeftFile:
    """The file at `path`, called so; or why it is left."""
    if whole := kept_in_cloud(path.name):
        return LeftFile(name, f"{whole} lies in iCloud and not on this machine: have it downloaded")
    if path.name.lower().endswith(_HALF):
        return LeftFile(name, "a download that did not end: download it again")
    if is_left_behind(path.name):
        return LeftFile(name, "what a program leaves behind, and no evidence")
    try:
        facts = path.lstat()
    except OSError as error:
        return LeftFile(name, f"it cannot be looked at: {error.strerror or error}")
    if stat.S_ISLNK(facts.st_mode):
        return LeftFile(name, "a link, which is not followed")
    if not stat.S_ISREG(facts.st_mode):
        return LeftFile(name, "no file: a pipe, a device, or a folder")
    if getattr(facts, "st_file_attributes", 0) & _ELSEWHERE:
        return LeftFile(name, "it lies in the cloud and not on this machine: have it downloaded")
    if facts.st_size > LARGEST:
        return LeftFile(name, f"larger than {LARGEST // 1024**3} GB")
    return ComingFile(name, facts.st_size, partial(_opened, path, name, facts))


@contextmanager
def _opened(path: Path, name: str, before: os.stat_result) -> Iterator[BinaryIO]:
    """Its bytes, as long as it is the file that was listed."""
    file = EvidenceFile(name, path, before.st_size, before.st_mtime_ns, EvidenceKind.OTHER)
    with opened(file) as stream:
        _require_same(os.fstat(stream.fileno()), before, name, path)
        yield stream
        _require_same(os.fstat(stream.fileno()), before, name, path)


def _require_same(now: os.stat_result, before: os.stat_result, name: str, path: Path) -> None:
    if (now.st_size, now.st_mtime_ns) != (before.st_size, before.st_mtime_ns) or not stat.S_ISREG(now.st_mode):
        raise Unreadable(
            "It changed while it was read",
            f"Somebody is writing to {name}.",
            "Wait until the folder is synchronised, and receive it again.",
            file=path,
        )


def _told(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix() if path != folder else folder.name
