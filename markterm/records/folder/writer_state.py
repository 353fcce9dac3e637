"""What this machine knows of the segments it wrote: kept locally, never in the shared folder, never roaming.

A segment has one owner. Who wants to go on in a segment claims it by renaming its state from `.idle` to `.busy`, which
only one process can do; who lets go renames it back. A process that was killed leaves `.busy` behind: nobody goes on in
that segment, and its state remains as a witness of how far it had come.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from markterm.records.folder.segment import writer_of
from markterm.records.store import Head
from markterm.system.platform import CENTRE_RECORD, folder_name
from markterm.system.regular_file import read_regular

_IDLE = ".idle"
_BUSY = ".busy"
_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class SegmentState:
    """A segment as this machine left it: its size in bytes, and its head."""

    size: int
    head: Head

    def encode(self) -> bytes:
        """Always the same length, so that it is overwritten in place in one write."""
        return f"{self.size:>16} {self.head.lines:>10} {self.head.digest}\n".encode("ascii")

    @classmethod
    def decode(cls, text: str) -> SegmentState | None:
        """The state of that text, or None when it is torn."""
        parts = text.split()
        if len(parts) != 3 or not parts[0].isdigit() or not parts[1].isdigit() or len(parts[2]) != 64:
            return None
        return cls(int(parts[0]), Head(int(parts[1]), parts[2]))


class SegmentClaim:
    """The right of this process to append to one segment, with the state it leaves behind."""

    def __init__(self, path: Path) -> None:
        self._busy = path.with_name(path.name + _BUSY)
        self._idle = path.with_name(path.name + _IDLE)
        self._descriptor = os.open(self._busy, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)

    def note(self, state: SegmentState) -> None:
        """Keep how far the segment has come. Not synced: losing it costs a new segment, never an event."""
        with suppress(OSError):
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, state.encode())

    def release(self) -> None:
        """Let somebody else go on in the segment."""
        self.abandon()
        with suppress(OSError):
            self._busy.rename(self._idle)

    def abandon(self) -> None:
        """Let nobody go on in the segment."""
        with suppress(OSError):
            os.close(self._descriptor)


def _text(path: Path) -> str:
    return read_regular(path, _LONGEST).decode("ascii", "replace")


class WriterStates:
    """The states of the segments of one record that this machine wrote. Without a folder to keep them nothing is lost:
    every session then starts a segment of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def begin(self, segment: str) -> SegmentClaim | None:
        """The claim of a segment that this process has just made; None when no state can be kept."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            return SegmentClaim(self._folder / segment)
        except OSError:
            return None

    def claim(self, writer: str) -> tuple[str, SegmentState, SegmentClaim] | None:
        """A segment of that writer that nobody is writing, with its state as it was left; None when there is none."""
        for name in self._names():
            segment = name.removesuffix(_IDLE)
            if segment == name or writer_of(segment) != writer:
                continue
            with suppress(OSError):
                busy = self._folder / (segment + _BUSY)
                (self._folder / name).rename(busy)
                state = SegmentState.decode(_text(busy))
                if state is not None:
                    return segment, state, SegmentClaim(self._folder / segment)
        return None

    def witnesses(self) -> dict[str, Head]:
        """The heads of the segments that this machine wrote, by segment."""
        heads: dict[str, Head] = {}
        names = self._names()
        for suffix in (_BUSY, _IDLE):
            for name in names:
                if name.endswith(suffix):
                    with suppress(OSError):
                        state = SegmentState.decode(_text(self._folder / name))
                        if state is not None:
                            heads[name.removesuffix(suffix)] = state.head
        return heads

    def note(self, segment: str, digests: Sequence[str]) -> None:
        """Keep how far a segment has come, to which any machine adds and this one just did; `digests` are those of its
        lines. It is a witness alone: nobody goes on in a segment by it. One that the segment contradicts stays, for
        what this machine wrote there is gone. Not synced, like all that is kept here."""
        lines = len(digests)  # Another thread may add to them.
        with suppress(OSError):
            descriptor = self._opened(self._folder / (segment + _BUSY))
            try:
                known = SegmentState.decode(os.read(descriptor, _LONGEST).decode("ascii", "replace"))
                if known is None or known.head.digest in digests[known.head.lines - 1 : known.head.lines]:
                    os.lseek(descriptor, 0, os.SEEK_SET)
                    os.write(descriptor, SegmentState(0, Head(lines, digests[lines - 1])).encode())
            finally:
                os.close(descriptor)

    def _opened(self, path: Path) -> int:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
        try:
            return os.open(path, flags, 0o600)
        except FileNotFoundError:
            self._folder.mkdir(parents=True, exist_ok=True)
            return os.open(path, flags, 0o600)

    def _names(self) -> list[str]:
        try:
            return sorted(os.listdir(self._folder))  # noqa: PTH208  # once for every record that is read
        except OSError:
            return []


def written_here(states: Path) -> set[str]:
    """The names of the records that this machine wrote, as far as their folders among its `states` tell them. A machine
    that can keep nothing wrote nothing."""
    with suppress(OSError):
        names = {each.name for each in states.iterdir() if folder_name(each.name) == each.name}
        names.add(CENTRE_RECORD)
        return {name for name in names if WriterStates(states / folder_name(name)).witnesses()}
    return set()
