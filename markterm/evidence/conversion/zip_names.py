"""The names in a zip, also where it says wrongly in which alphabet they are."""

from __future__ import annotations

import io
import struct
import zipfile
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from unicodedata import category, name

from markterm.evidence.conversion.zip_end import zip_end

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_UTF8 = 0x800
_ENTRY, _ENTRY_SIZE = b"PK\x01\x02", 46
_FLAGS, _LENGTHS, _PLACE = 8, 28, 42
_FLAGS_ITSELF = 6
_UNICODE_PATH, _BEFORE_PATH = 0x7075, 5
_PAGES = ("cp437", "cp850", "cp1252")
"""The alphabets in which programs on Windows write names without saying so, the one of the standard first."""
_TYPED = frozenset("‘’“”–—…£€°©®·")


@contextmanager
def opened_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """The zip at `path`. One that calls names UTF-8 which are none is read as if it did not say so. Raises as
    `zipfile` does."""
    with ExitStack() as opened:
        try:
            archive = opened.enter_context(zipfile.ZipFile(path))
        except UnicodeDecodeError:
            corrected = opened.enter_context(io.BufferedReader(_Corrected(path.open("rb"))))
            archive = opened.enter_context(zipfile.ZipFile(corrected))
        yield archive


def name_in(entry: zipfile.ZipInfo) -> str:
    """The name of an entry. macOS writes UTF-8 and does not say so; the library takes it for the letters of MS-DOS."""
    if entry.flag_bits & _UTF8:
        return entry.filename
    place = 0
    while len(entry.extra) >= place + 4:  # Info-ZIP writes the name once more beside the old one.
        kind, length = struct.unpack_from("<HH", entry.extra, place)
        if kind == _UNICODE_PATH and length > _BEFORE_PATH:
            return entry.extra[place + 4 + _BEFORE_PATH : place + 4 + length].decode("utf-8", "replace")
        place += 4 + length
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def likely_name_in(entry: zipfile.ZipInfo) -> str:
    """The same, in the alphabet of Windows in which it looks like something that people write where it says none."""
    called = name_in(entry)
    if called.isascii() or called != entry.filename or entry.flag_bits & _UTF8:
        return called
    written = called.encode("cp437")
    read = (written.decode(page, "replace") for page in _PAGES)
    return next((each for each in read if _looks_written(each)), called)


def _looks_written(text: str) -> bool:
    """Whether all its letters are Latin, and no capital stands behind a small one."""
    for before, sign in zip(f" {text}", text, strict=False):
        if sign.isascii() or sign in _TYPED:
            continue
        if category(sign)[0] != "L" or not name(sign, "").startswith("LATIN") or (before.islower() and sign.isupper()):
            return False
    return True


class _Corrected(io.RawIOBase):
    """A zip that says of no name that it is UTF-8 where it is not."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._wrong = sorted(_wrong_flags(stream))
        stream.seek(0)

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go there."""
        return self._stream.seek(offset, whence)

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read what is next."""
        view, at = memoryview(buffer), self._stream.tell()
        data = self._stream.read(len(view))
        view[: len(data)] = data
        for place in self._wrong[bisect_left(self._wrong, at) : bisect_left(self._wrong, at + len(data))]:
            view[place - at] &= ~(_UTF8 >> 8)
        return len(data)

    def close(self) -> None:
        """Let the file go."""
        self._stream.close()
        super().close()


def _wrong_flags(stream: BinaryIO) -> Iterator[int]:
    """Where the bytes are that wrongly call a name UTF-8, in the list of entries and before each entry itself."""
    if (end := zip_end(stream)) is None:
        return
    stream.seek(end.begins)
    listed, at = stream.read(end.size), 0
    while listed[at : at + 4] == _ENTRY and at + _ENTRY_SIZE <= len(listed):
        (flags,) = struct.unpack_from("<H", listed, at + _FLAGS)
        lengths = struct.unpack_from("<3H", listed, at + _LENGTHS)
        if flags & _UTF8:
            try:
                listed[at + _ENTRY_SIZE : at + _ENTRY_SIZE + lengths[0]].decode("utf-8")
            except UnicodeDecodeError:
                (itself,) = struct.unpack_from("<I", listed, at + _PLACE)
                yield from (end.begins + at + _FLAGS + 1, itself + _FLAGS_ITSELF + 1)
        at += _ENTRY_SIZE + sum(lengths)
