"""Appending to a segment: a line counts when the disk has it; a surprise ends the segment and mends nothing."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path

from markterm.domain.record.event import Json
from markterm.records.folder.line import NO_LINE, encode
from markterm.records.folder.segment import LARGEST, NOT_YET, SUFFIX, Times, times_of
from markterm.records.folder.writer_state import SegmentClaim, SegmentState, WriterStates
from markterm.records.store import Head
from markterm.system import platform

_SOMETHING_ELSE = {errno.ENOENT, errno.ELOOP, errno.ENOTDIR}


class Disturbed(Exception):
    """Somebody else changed the segment that only we append to: a sync client, a restored backup, a person."""


class SegmentWriter:
    """The one writer of one segment.

    `name` is the segment's, `told` how many lines of each other segment its own lines have witnessed.
    """

    def __init__(
        self, path: Path, descriptor: int, state: SegmentState, claim: SegmentClaim | None, inode: int
    ) -> None:
        self.path = path
        self.name = path.name.removesuffix(SUFFIX)
        self.head = state.head
        self.told: dict[str, int] = {}
        self._where = os.fspath(path)
        self._descriptor = descriptor
        self._size = state.size
        self._claim = claim
        self._inode = inode
        self.times: Times = (0, 0)
        """Those that the file bore after the last line."""

    @classmethod
    def create(
        cls,
        folder: Path,
        record: str,
        writer: str,
        states: WriterStates,
        left: tuple[str, Head] | None,
        record_format: int,
    ) -> SegmentWriter:
        """The writer of a new segment of that format, durable with its header. `left` is the segment it continues.

        Raises OSError.
        """
        platform.make_folders(folder)
        name = _unused_name(folder, writer)
        path = folder / (name + SUFFIX)
        beside = folder / (name + NOT_YET)
        header: dict[str, Json] = {"format": record_format, "record": record, "segment": name, "prev": NO_LINE}
        if left is not None:
            header["continues"] = {left[0]: [left[1].lines, left[1].digest]}
        digest, line = encode(header)
        # The segment gets its name when its header is whole: one that is empty was emptied, and the audit says so.
        try:
            descriptor = platform.create_for_append(beside)
            try:
                _write_all(descriptor, line)
                platform.sync_file(descriptor)
            finally:
                os.close(descriptor)  # Windows renames no file that is open.
            os.rename(beside, path)  # noqa: PTH104  # the tests watch the calls of the system
            platform.sync_folder(folder)
            descriptor = platform.open_for_append(path)
        except OSError:
            # Nothing was acknowledged in it and nobody else writes it: a shell would only puzzle the audit.
            for shell in (beside, path):
                with suppress(OSError):
                    shell.unlink()
            raise
        state = SegmentState(len(line), Head(1, digest))
        created = cls(path, descriptor, state, states.begin(name), os.fstat(descriptor).st_ino)
        created._note()
        return created

    @classmethod
    def go_on(cls, folder: Path, writer: str, heads: dict[str, Head], states: WriterStates) -> SegmentWriter | None:
        """The writer of a segment that this machine left in order and that is still exactly as it was left, or None."""
        while (claimed := states.claim(writer)) is not None:
            name, state, claim = claimed
            path = folder / (name + SUFFIX)
            with suppress(OSError):
                status = path.stat()
                # A segment that grew long is not gone on with: beyond a size nobody would read it.
                if status.st_size == state.size < LARGEST // 2 and heads.get(name) == state.head:
                    return cls(path, platform.open_for_append(path), state, claim, status.st_ino)
            claim.abandon()
        return None

    def append(self, line: bytes, digest: str) -> None:
        """Append a line; return when it is durable. Raises `Disturbed` or OSError: the segment is then to be left."""
        self._expect(self._size)
        _write_all(self._descriptor, line)
        platform.sync_file(self._descriptor)
        self._expect(self._size + len(line))
        self._size += len(line)
        self.head = Head(self.head.lines + 1, digest)
        self._note()

    def release(self) -> None:
        """Let go of the segment, in order."""
        os.close(self._descriptor)
        if self._claim is not None:
            self._claim.release()

    def abandon(self) -> None:
        """Let go of the segment for good."""
        with suppress(OSError):
            os.close(self._descriptor)
        if self._claim is not None:
            self._claim.abandon()

    def _expect(self, size: int) -> None:
        try:
            status = os.stat(self._where)  # noqa: PTH116  # twice for every decision, and a Path's takes longer
        except OSError as error:
            if error.errno in _SOMETHING_ELSE:
                raise Disturbed from None
            raise
        if status.st_size != size or status.st_ino != self._inode:
            raise Disturbed
        self.times = times_of(status)

    def _note(self) -> None:
        if self._claim is not None:
            self._claim.note(SegmentState(self._size, self.head))


def _unused_name(folder: Path, writer: str) -> str:
    while True:
        name = f"{writer}.{secrets.token_hex(4)}"
        if not (folder / (name + SUFFIX)).exists() and not (folder / (name + NOT_YET)).exists():
            return name


def _write_all(descriptor: int, data: bytes) -> None:
    """Write every byte or raise: a short write is followed by another, which says what is wrong."""
    while data:
        data = data[os.write(descriptor, data) :]
