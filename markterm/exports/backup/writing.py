"""Writing a backup: beside its place, in one go, synced, read back from the disk, and only then under its name."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from markterm.domain.words.errors import MarkTermError, NotSaved, Unreadable
from markterm.exports.backup.checking import CheckedBackup, check_backup
from markterm.exports.backup.form import EVIDENCE_SUMS, FACTS, RECORDS, BackupFacts, as_text, is_text
from markterm.exports.placing import HEADS, MANIFEST, check_free, clear_left, put, work_folder
from markterm.records import kept_heads
from markterm.records.chain import Chain
from markterm.records.store import Head, RawFile
from markterm.system.platform import folder_name, make_folders, read_from_disk, sync_file, sync_folder
from markterm.system.regular_file import open_regular

_PIECE = 2**20
_QUICKEST = 1
"""How hard it packs: hashes and what is packed already get no smaller, and a nightly backup has to end."""
_EARLIEST = (1980, 1, 1, 0, 0, 0)


class CannotBeRead(Exception):
    """A file of the centre's that the system does not let us read, or not to its end."""


class WrittenMeanwhile(CannotBeRead):
    """A file that somebody wrote to while it was read: half of it would be of before, and half of after."""


@dataclass
class BackupWriter:
    """A backup that is being written. `unread` are files that could not be read, and `links` what leads elsewhere."""

    archive: ZipFile
    heads: dict[str, dict[str, Head]] = field(default_factory=dict)
    records: int = 0
    events: int = 0
    files: int = 0
    evidence_files: int = 0
    names: dict[str, bytes] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    destroyed: int = 0
    _folders: set[str] = field(default_factory=set)
    _sums: dict[str, str] = field(default_factory=dict)
    _evidence_sums: dict[str, str] = field(default_factory=dict)

    @property
    def beside(self) -> tuple[str, ...]:
        """The folders among those of the records that hold none of the records that were put in."""
        paths = (PurePosixPath(name) for name in self._sums)
        folders = {path.parts[1] for path in paths if path.parts[0] == RECORDS and len(path.parts) == 3}
        return tuple(sorted(folders - self._folders))

    @property
    def size(self) -> int:
        """How many bytes it has come to."""
        return self.archive.fp.tell() if self.archive.fp is not None else 0

    def has(self, path: PurePosixPath) -> bool:
        """Whether that file is in it."""
        return str(path) in self._sums

    def record(self, record: str, files: Sequence[RawFile]) -> None:
        """Put in a record, segment by segment, and note how far it goes. Raises OSError, and `Unreadable` when a
        segment is shorter than it was."""
        self.records += 1
        self._folders.add(folder_name(record))
        counted: dict[str, int] = {}
        for file in files:
            path = PurePosixPath(RECORDS, folder_name(record), file.name)
            chain, left = Chain(file.name), file.size
            with file.open() as source, self._entry(path, time.time()) as into:
                while left > 0 and (line := source.readline(left)):
                    left -= len(line)
                    into.write(line)
                    if line.endswith(b"\n"):
                        chain.add(line)
            if left:
                raise Unreadable(
                    "The record became shorter",
                    f"{file.name} had {file.size:,} bytes a moment ago, and lacks {left:,} of them now.",
                    "Verify the record, put the file back from the last good copy, and do it again.",
                )
            if chain.lines:
                self._note(record, chain, counted)
        self.events += sum(counted.values())

    def _note(self, record: str, chain: Chain, counted: dict[str, int]) -> None:
        own = self.heads.setdefault(record, {})
        # Of a segment and its copies the longest one counts.
        if chain.segment not in own or own[chain.segment].lines < chain.head.lines:
            own[chain.segment] = chain.head
            counted[chain.segment] = chain.events

    def file(self, path: PurePosixPath, source: Path) -> None:
        """Put in a file of the centre's. Raises FileNotFoundError, `CannotBeRead` and `WrittenMeanwhile`: nothing of it
        is in it then, and OSError where it cannot be written."""
        with _opened(source) as file, self._entry(path, (before := os.fstat(file.fileno())).st_mtime) as into:
            for piece in _pieces(file):
                into.write(piece)
            after = os.fstat(file.fileno())
            if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
                raise WrittenMeanwhile
        self.files += 1

    def evidence_by_hash(self, path: PurePosixPath, source: Path) -> None:
        """Put in the hash of a file that is kept in another way. Raises FileNotFoundError and `CannotBeRead`."""
        digest = sha256()
        with _opened(source) as file:
            for piece in _pieces(file):
                digest.update(piece)
        self._evidence_sums[self._called(path)] = digest.hexdigest()
        self.evidence_files += 1

    def end(self, facts: BackupFacts, heads: str) -> None:
        """Put in what tells later that it is whole."""
        if self._evidence_sums:
            self._text(EVIDENCE_SUMS, _as_sums(self._evidence_sums))
        self._text(HEADS, heads.encode("utf-8"))
        self._text(FACTS, facts.render())
        sums = _as_sums(self._sums)
        self._text(MANIFEST, sums)

    def _text(self, name: str, data: bytes) -> None:
        with self._entry(PurePosixPath(name), time.time()) as into:
            into.write(data)

    @contextmanager
    def _entry(self, path: PurePosixPath, written: float) -> Iterator[_Hashed]:
        name = self._called(path)
        if name in self._sums:
            raise OSError(f"two files are called {name}")
        entry = ZipInfo(name, max(time.localtime(written)[:6], _EARLIEST))
        # What learners hand in is not packed: most of it is already, and what a few bytes could unpack to would have
        # the whole backup taken for one that is made to do harm.
        entry.compress_type = ZIP_DEFLATED if path.parts[0] == RECORDS or len(path.parts) == 1 else ZIP_STORED
        entry.external_attr = 0o644 << 16
        hashed = _Hashed()
        try:
            with self.archive.open(entry, "w", force_zip64=True) as into:
                hashed.into = into
                yield hashed
        except CannotBeRead:
            # What was begun stays in the zip as bytes that nothing in its list leads to.
            self.archive.filelist.remove(entry)
            del self.archive.NameToInfo[name]
            raise
        self._sums[name] = hashed.digest.hexdigest()

    def _called(self, path: PurePosixPath) -> str:
        """What it is called in the zip: as it is, or, where that is no text for every program, so that it can be told
        from all others."""
        if is_text(str(path)):
            return str(path)
        real = os.fsencode(str(path))
        name = as_text(real)
        while name in self.names or name in self._sums:
            name += "%"
        self.names[name] = real
        return name


class _Hashed:
    into: IO[bytes]

    def __init__(self) -> None:
        self.digest = sha256()

    def write(self, data: bytes) -> None:
        self.digest.update(data)
        self.into.write(data)


def _opened(source: Path) -> BinaryIO:
    try:
        return open_regular(source)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise CannotBeRead(str(error)) from error


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while True:
        try:
            piece = file.read(_PIECE)
        except OSError as error:
            raise CannotBeRead(str(error)) from error
        if not piece:
            return
        yield piece


@contextmanager
def backup_at(target: Path, *, force: bool) -> Iterator[tuple[BackupWriter, list[CheckedBackup]]]:
    """What writes a backup to `target`. When the block ends it is synced, read back and checked, and has its place: the
    list then has what the check found. When the block raises nothing is left.

    Raises `WrongUse` when something is there and `force` does not say that it may go, and `NotSaved`.
    """
    check_free(target, force=force)
    target = target.absolute()
    checked: list[CheckedBackup] = []
    try:
        make_folders(target.parent)
        clear_left(target.parent)
        work = work_folder(target.parent)
        work.mkdir()
        try:
            made = work / "backup.zip"
            made.touch(mode=0o600)  # It is everything about everybody.
            with ZipFile(made, "w", compresslevel=_QUICKEST) as archive:
                yield BackupWriter(archive), checked
            with made.open("rb+") as file:
                sync_file(file.fileno())
                read_from_disk(file.fileno())
            checked.append(_checked(made, target))
            put(made, target, work, force=force)
        finally:
            shutil.rmtree(work, ignore_errors=True)
        sync_folder(target.parent)
    except OSError as error:
        raise NotSaved(
            "The backup could not be written",
            f"The system said: {error.strerror or error}. Nothing of it was left behind.",
            "Check that the folder may be written to and that the disk has room, then do it again.",
            file=target,
        ) from error


def _checked(made: Path, target: Path) -> CheckedBackup:
    try:
        return check_backup(made)
    except MarkTermError as error:
        raise NotSaved(
            "The backup is not what was written",
            f"Read back from the disk, it is damaged: {error.what} Nothing of it was left behind.",
            "Look at the disk, and write it to another one.",
            file=target,
        ) from error


def heads_text(writer: BackupWriter, facts: BackupFacts, centre: str) -> str:
    """The heads of what was written, as they are kept."""
    from datetime import datetime

    return kept_heads.render(writer.heads, centre, datetime.fromisoformat(facts.made_at))


def _as_sums(sums: dict[str, str]) -> bytes:
    return "".join(f"{digest}  {name}\n" for name, digest in sums.items()).encode("utf-8")
