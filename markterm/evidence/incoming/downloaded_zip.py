"""A zip that was downloaded: each file of it by itself, and none that would land elsewhere or swell without end."""

from __future__ import annotations

import io
import re
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from markterm.domain.words.errors import Unreadable
from markterm.evidence.conversion.zip_check import HIGHEST_RATIO
from markterm.evidence.conversion.zip_end import zip_end
from markterm.evidence.conversion.zip_names import likely_name_in, opened_zip
from markterm.evidence.incoming.coming import LARGEST, MOST_FILES, ComingFile, LeftFile
from markterm.evidence.left_behind import lies_left_behind

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_LARGEST_LIST = 64 * 1024 * 1024
_PIECE = 128 * 1024
_RATIO_FROM = 4 * 1024 * 1024
_ENCRYPTED = 0x1
_CUT_SHORT = "It is cut short or damaged: a download that did not end looks so."
_OUTSIDE = re.compile(r"[/\\]|[A-Za-z]:")
_FAULTS = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError, OSError)


class DownloadedZip:
    """The zip at `path`, open until it is closed. Raises `Unreadable` where it is cut short or no zip."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept = ExitStack()
        self._copies: dict[ComingFile, IO[bytes]] = {}
        try:
            with path.open("rb") as stream:
                end = zip_end(stream)
            if end is not None and (end.size > _LARGEST_LIST and end.size != 0xFFFFFFFF):
                raise self._unreadable("It lists more than any download does.", "Download fewer submissions at once.")
            self._archive = self._kept.enter_context(opened_zip(path))
        except _FAULTS as error:
            raise self._unreadable(_CUT_SHORT, "Download it again.") from error
        if min((entry.header_offset for entry in self._archive.infolist()), default=0) > 0:
            # The list that was found is that of a zip within, for the one of this zip is missing.
            self.close()
            raise self._unreadable(_CUT_SHORT, "Download it again.")
        if len(self._archive.infolist()) > MOST_FILES:
            self.close()
            raise self._unreadable(f"It holds more than {MOST_FILES:,} files.", "Download fewer submissions at once.")

    def close(self) -> None:
        """Let the file go."""
        self._kept.close()

    def files(self) -> Iterator[ComingFile | LeftFile]:
        """What is in it, in its order."""
        for entry in self._archive.infolist():
            if entry.is_dir():
                continue
            name = likely_name_in(entry).replace("\\", "/")
            why = _why_left(entry, name)
            if why:
                yield LeftFile(name, why)
                continue
            file = ComingFile(name, entry.file_size, partial(self._opened, entry, name))
            yield replace(file, opened=partial(self._unpacked, file)) if file.is_mailbox() else file

    @contextmanager
    def _opened(self, entry: zipfile.ZipInfo, name: str) -> Iterator[BinaryIO]:
        damaged = Unreadable(
            "A file in the zip is damaged", f"{name} cannot be unpacked whole.", "Download it again.", file=self._path
        )
        try:
            packed = self._archive.open(entry)
        except _FAULTS as error:
            raise damaged from error
        with packed, io.BufferedReader(_Unpacked(cast("BinaryIO", packed), damaged), _PIECE) as stream:
            yield stream

    @contextmanager
    def _unpacked(self, mailbox: ComingFile) -> Iterator[BinaryIO]:
        """The bytes of a mailbox, of which each message is looked for: out of a copy without a name, unpacked once."""
        copy = self._copies.get(mailbox)
        if copy is None:
            copy = TemporaryFile()  # noqa: SIM115  # it is open until the zip is closed
            self._kept.callback(copy.close)
            try:
                with mailbox.opened() as packed:
                    shutil.copyfileobj(packed, copy, _PIECE)
            except OSError as error:
                what = f"{mailbox.name} cannot be unpacked: {error.strerror or error}."
                raise self._unreadable(what, "Make room where temporary files lie, or unpack it by hand.") from error
            self._copies[mailbox] = copy
        with io.BufferedReader(_From(copy), _PIECE) as stream:
            yield stream

    def _unreadable(self, what: str, then: str) -> Unreadable:
        return Unreadable("The download cannot be read", what, then, file=self._path)


class _Unpacked(io.RawIOBase):
    """What is unpacked from `packed`, where only a fault of that is one: whoever writes it elsewhere has their own."""

    def __init__(self, packed: BinaryIO, damaged: Unreadable) -> None:
        self._packed = packed
        self._damaged = damaged

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go there. Raises `Unreadable`."""
        try:
            return self._packed.seek(offset, whence)
        except _FAULTS as error:
            raise self._damaged from error

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read what is next. Raises `Unreadable`."""
        view = memoryview(buffer)
        try:
            data = self._packed.read(len(view))
        except _FAULTS as error:
            raise self._damaged from error
        view[: len(data)] = data
        return len(data)


class _From(io.RawIOBase):
    """A file that others read at the same time, read from a place of one's own."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._at = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go there."""
        self._at = offset if whence == io.SEEK_SET else self._at + offset
        return self._at

    def tell(self) -> int:
        """Where one is."""
        return self._at

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read what is next."""
        view = memoryview(buffer)
        self._file.seek(self._at)
        data = self._file.read(len(view))
        view[: len(data)] = data
        self._at += len(data)
        return len(data)


def _why_left(entry: zipfile.ZipInfo, name: str) -> str:
    if _OUTSIDE.match(entry.filename) or ".." in re.split(r"[/\\]", entry.filename):
        return "it is named to land outside its folder"
    if lies_left_behind(name):
        return "what a program leaves behind, and no evidence"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "a link, which is not followed"
    if entry.flag_bits & _ENCRYPTED:
        return "protected by a password: ask for a copy without one"
    if entry.file_size > LARGEST:
        return f"larger than {LARGEST // 1024**3} GB"
    if entry.file_size > _RATIO_FROM and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1):
        return f"it unpacks to over {HIGHEST_RATIO} times its size: it is made to do harm"
    return ""
