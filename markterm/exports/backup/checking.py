"""Whether a backup is whole: every byte that it says it has, and every record to the end that was noted of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO
from zipfile import ZipFile, is_zipfile

from markterm.domain.words.counted import counted
from markterm.domain.words.errors import Unreadable, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.anchored import opened_zip
from markterm.exports.backup.form import FACTS, RECORDS, BackupFacts, as_text, read_facts
from markterm.exports.placing import HEADS, MANIFEST
from markterm.records import kept_heads
from markterm.records.chain import Chain
from markterm.records.kept_heads import Heads
from markterm.records.store import Head
from markterm.system.platform import folder_name

_LARGEST_LIST = 512 * 2**20
_PIECE = 2**20
_LONGEST_LINE = 64 * 2**20
_MOST_NAMED = 3
_SUM = 64


@dataclass(frozen=True)
class CheckedBackup:
    """A backup that is whole: what it says of itself, how far its records go, and from which line on files of them did
    not verify when it was made already: then they did not in the centre either."""

    facts: BackupFacts
    heads: Heads
    damaged: Mapping[str, int]
    members: tuple[str, ...]
    size: int


def check_backup(file: Path) -> CheckedBackup:
    """Read all of a backup. Raises `WrongUse` when it is none, `Refused` when a newer MarkTerm wrote it, and
    `Unreadable` when it is not as it was written."""
    with opened_backup(file) as (archive, facts):
        sums = sums_of(archive)
        heads = kept_heads.parse(_read(archive, HEADS))
        listed = [each.filename for each in archive.infolist() if not each.is_dir()]
        if len(set(listed)) != len(listed) or set(listed) != {*sums, MANIFEST}:
            raise not_whole(file, "It does not have the files that it had.")
        for name in listed:
            real = facts.names.get(name)
            is_called_so = real is None or (b"\0" not in real and as_text(real) == name.rstrip("%"))
            if not is_within(name) or not is_called_so:
                raise not_whole(file, f"A file of it is called {one_line(name)}, and would lie elsewhere.")
        ends: dict[tuple[str, str], Head] = {}
        damaged: dict[str, int] = {}
        changed: list[str] = []
        for name, digest in sums.items():
            own = PurePosixPath(name)
            chain = Chain(own.name) if own.parts[0] == RECORDS and len(own.parts) == 3 else None
            if _digest(archive, name, chain) != digest:
                changed.append(name)
            if chain is not None:
                if chain.broken:
                    damaged[name] = chain.broken
                known = ends.get(key := (own.parts[1], chain.segment))
                if known is None or known.lines < chain.lines:
                    ends[key] = chain.head
        if changed:
            named = ", ".join(one_line(each) for each in changed[:_MOST_NAMED])
            raise not_whole(file, f"{counted(len(changed), 'file')} of it changed since: {named}.")
        for record, segments in heads.items():
            for segment, head in segments.items():
                if ends.get((folder_name(record), segment)) != head:
                    whose = one_line(record) or "the centre"
                    raise not_whole(file, f"The record of {whose} does not end as was noted of it.")
        noted = {(folder_name(record), segment) for record, segments in heads.items() for segment in segments}
        lines_of = (each for each, head in ends.items() if head.lines and each[0] not in facts.beside)
        if more := next((each for each in lines_of if each not in noted), None):
            raise not_whole(file, f"Of {one_line('/'.join(more))} nothing was noted.")
        return CheckedBackup(facts, heads, damaged, tuple(listed), file.stat().st_size)


@contextmanager
def opened_backup(file: Path) -> Iterator[tuple[ZipFile, BackupFacts]]:
    """The zip, and what it says of itself. Raises `WrongUse`, `Refused` and `Unreadable`."""
    try:
        if not file.is_file():
            raise WrongUse("No such file", f"{file} is no file.", "Name a backup.", file=file)
        if not is_zipfile(file):
            raise not_whole(file, "It is no zip, or its end was cut off.")
        with opened_zip(file) as archive:
            if FACTS not in archive.namelist():
                raise WrongUse(
                    "No backup", f"{file} does not say that it is one: it has no {FACTS}.", "Name a backup.", file=file
                )
            yield archive, read_facts(_read(archive, FACTS))
    except OSError as error:
        raise not_whole(file, f"The system said: {error.strerror or error}.") from error


def is_within(name: str) -> bool:
    """Whether a file called so lies within whatever it is unpacked to, on any system."""
    path = PurePosixPath(name)
    return (
        bool(path.parts)
        and not path.is_absolute()
        and "\\" not in name
        and "\0" not in name
        and ".." not in path.parts
        and ":" not in path.parts[0]
        and str(path) == name
    )


def sums_of(archive: ZipFile) -> Mapping[str, str]:
    """The SHA-256 of each file of a backup, by what it is called there."""
    found: dict[str, str] = {}
    for line in _read(archive, MANIFEST).decode("utf-8", "replace").split("\n"):
        digest, name = line[:_SUM], line[_SUM + 2 :]
        if line:
            found[name] = digest
    return found


def _read(archive: ZipFile, name: str) -> bytes:
    if name not in archive.namelist():
        raise OSError(f"{name} is missing")
    with archive.open(name) as opened:
        data = opened.read(_LARGEST_LIST)
        if opened.read(1):
            raise OSError(f"{name} has no end")
        return data


def _digest(archive: ZipFile, name: str, chain: Chain | None) -> str:
    whole = sha256()
    with archive.open(name) as opened:
        for piece in _lines(opened) if chain is not None else _pieces(opened):
            whole.update(piece)
            if chain is not None and piece.endswith(b"\n"):
                chain.add(piece)
    return whole.hexdigest()


def _lines(opened: IO[bytes]) -> Iterator[bytes]:
    begun = b""
    while piece := opened.read(_PIECE):
        *lines, begun = (begun + piece).split(b"\n")
        if len(begun) > _LONGEST_LINE:
            raise OSError("a line of a record has no end")
        yield from (line + b"\n" for line in lines)
    if begun:
        yield begun


def _pieces(opened: IO[bytes]) -> Iterator[bytes]:
    while piece := opened.read(_PIECE):
        yield piece


def not_whole(file: Path, what: str) -> Unreadable:
    """That a backup is not as it was written."""
    return Unreadable("The backup is not whole", what, "Take another copy of it, or an earlier one.", file=file)
