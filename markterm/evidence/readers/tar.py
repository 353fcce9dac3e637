"""Tar archives, packed or not, and single files that were packed. Nothing is unpacked to a place."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, BinaryIO, cast

from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.folder import size_words
from markterm.evidence.left_behind import lies_left_behind
from markterm.evidence.readers.archive import MOST_ENTRIES, list_of
from markterm.evidence.readers.attached import Attached
from markterm.evidence.readers.draft import damage_said

LARGEST = 512 * 1024 * 1024
"""Bytes of all that is in it, read or not."""
_GZIP = b"\x1f\x8b"
_FLAGS, _HAS_MORE, _HAS_NAME, _NAME_AT = 3, 4, 8, 10
_Unpack = Callable[[Path], BinaryIO]
_PACKED: tuple[tuple[bytes, _Unpack], ...] = (
    (_GZIP, lambda path: cast(BinaryIO, gzip.GzipFile(path))),
    (b"BZh", lambda path: cast(BinaryIO, bz2.BZ2File(path))),
    (b"\xfd7zXZ\0", lambda path: cast(BinaryIO, lzma.LZMAFile(path))),  # noqa: SIM115  # whoever asks for it closes it
)
_DAMAGE = (tarfile.TarError, EOFError, OSError, ValueError, zlib.error, lzma.LZMAError)
_CUT = "It is cut short or damaged: what comes after the last file in the list is missing."
_PIECE = 1024 * 1024
_BLOCK = 512
_MARK = slice(257, 262)


class _Counted(io.RawIOBase):
    """A stream that gives so many bytes and no more."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._left = LARGEST
        self.last = b"?"
        """The last bytes that were read, no more than a block."""

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # of any buffer
        """The next bytes. Raises NotReadable when they are too many."""
        data = self._stream.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise NotReadable(f"It unpacks to more than {LARGEST // 1024 // 1024} MB: ask for its files themselves.")
        self.last = (self.last + data)[-_BLOCK:] if data else self.last
        buffer[: len(data)] = data
        return len(data)


def read(path: Path) -> Converted:
    """The entries of `path`, and as attachments those that can be had. Raises NotReadable when it is no archive."""
    with damage_said("an archive"):
        with path.open("rb") as stream:
            head = stream.read(_BLOCK)
        unpacked = next((unpack for mark, unpack in _PACKED if head.startswith(mark)), None)
        with unpacked(path) if unpacked is not None else path.open("rb") as stream:
            counted = _Counted(stream)
            content = io.BufferedReader(counted, 1024 * 1024)
            if content.peek(_BLOCK)[_MARK] == b"ustar" or unpacked is None:
                return _archive(cast(IO[bytes], content), counted)
            return _single(cast(IO[bytes], content), _name_of(head))


def _archive(content: IO[bytes], counted: _Counted) -> Converted:
    attached = Attached(keeps_folders=True)
    rows: list[list[str]] = []
    left: list[str] = []
    notes = [_CUT]
    with suppress(*_DAMAGE), tarfile.open(fileobj=content, mode="r|", encoding="utf-8", errors="replace") as archive:
        for entry in archive:
            if entry.isdir():
                continue
            if lies_left_behind(entry.name):
                left.append(entry.name)
                continue
            if len(rows) >= MOST_ENTRIES:
                raise NotReadable(f"The archive holds more than {MOST_ENTRIES:,} files: open it outside.")
            kept = _kept(archive, entry, attached)
            if kept.startswith("left out"):
                attached.leave_out(entry.name, kept)
            rows.append([entry.name, size_words(entry.size), _changed(entry), kept])
        while content.read(_PIECE):
            pass
        if not any(counted.last):  # It ends with zeros; the library ends at the first thing that it does not know.
            notes = []
    if not rows and notes:
        raise NotReadable("This is not a tar archive, or it is cut short before its first file ends.")
    read = list_of(rows, left, attached)
    return replace(read, notes=(*notes, *read.notes))


def _kept(archive: tarfile.TarFile, entry: tarfile.TarInfo, attached: Attached) -> str:
    """The name that an entry's bytes are kept under, or why it is left out."""
    if not entry.isreg():
        return "left out: it is a link, not a file" if entry.issym() or entry.islnk() else "left out: it is no file"
    if refusal := attached.refusal(entry.size):
        return refusal
    stream = archive.extractfile(entry)
    return attached.add(entry.name, stream.read() if stream is not None else b"")


def _single(content: IO[bytes], name: str) -> Converted:
    """A file that was packed by itself, under that name."""
    attached = Attached()
    data = content.read(attached.room + 1)
    kept = attached.refusal(len(data)) or attached.add(name, data)
    if kept.startswith("left out"):
        attached.leave_out(name, kept)
    return list_of([[name, size_words(len(data)), "", kept]], [], attached)


def _name_of(head: bytes) -> str:
    """The name that gzip keeps of what it packed (RFC 1952, 2.3); `unpacked.txt` where it keeps none, for whatever else
    it is, that is found out when it is read."""
    if head.startswith(_GZIP) and head[_FLAGS] & (_HAS_NAME | _HAS_MORE) == _HAS_NAME:
        return head[_NAME_AT:].partition(b"\0")[0].decode("utf-8", "replace")
    return "unpacked.txt"


def _changed(entry: tarfile.TarInfo) -> str:
    try:
        return f"{datetime.fromtimestamp(entry.mtime, UTC):%Y-%m-%d %H:%M}"
    except (ValueError, OverflowError, OSError):
        return ""
