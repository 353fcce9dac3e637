"""One record: the folder of its segments, merged as they grow."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from markterm.domain.record.event import Event, Json
from markterm.domain.record.record_format import NEWEST
from markterm.domain.record.renaming import check_goes_on_here
from markterm.domain.words.errors import NotSaved
from markterm.records.codec import to_json
from markterm.records.folder.line import encode
from markterm.records.folder.record_check import Witness, continued
from markterm.records.folder.record_files import RecordFiles
from markterm.records.folder.segment import SUFFIX, Entry, Segment, Unread, writer_of
from markterm.records.folder.segment_copies import holds
from markterm.records.folder.segment_writer import Disturbed, SegmentWriter
from markterm.records.folder.writer_state import WriterStates
from markterm.records.record_as_read import RecordAsRead
from markterm.records.store import Head
from markterm.system.platform import folder_name

_TRIES = 4
_MOST_TOLD = 200
_NOTHING: Mapping[str, Head] = {}


class RecordFolder(RecordAsRead[RecordFiles]):
    """A record as this process has read it from its folder, and its way to append to it.

    No segment of an older format than `record_format` is gone on with.
    """

    def __init__(self, folder: Path, record: str, states: WriterStates, record_format: int = NEWEST) -> None:
        super().__init__(folder, record, record_format, RecordFiles(folder, record))
        self._states = states
        self._writers: dict[str, SegmentWriter] = {}
        self._left: dict[str, tuple[str, Head]] = {}
        self._witnessed: Mapping[str, Head] | None = None

    @property
    def segments(self) -> Mapping[str, Segment]:
        """For each segment's name the file that tells how far it goes."""
        with self._lock:
            return dict(self._files.by_name)

    @property
    def strays(self) -> tuple[str, ...]:
        """The names of what lies in the folder and is no part of the record, sorted."""
        with self._lock:
            return self._files.strays

    def refresh(self) -> None:
        """Read what others appended. Raises `Unreadable`."""
        with self._lock:
            if self._witnessed is None:
                # They speak before the reading: what another process appends in between is no contradiction.
                self._witnessed = self._states.witnesses()
            added = self._files.read_on([writer.path.name for writer in self._writers.values()])
            self._merge(added)
            if self._files.changed:
                self._files.changed = False
                self._found = None
            self._is_read = True

    def append(self, event: Event) -> None:
        """Add the event; return when it is durable. Raises `NotSaved`, `Unreadable`, `UpgradeNeeded`,
        `ImmutableRecord`, and `Refused` when the record goes on as another one."""
        event = self._to_add(event)
        with self._lock:
            self.refresh()
            # An event that we failed to save may be read all the same: that it is there says not that it is durable.
            if self._was_read(event) and event.uid not in self._unsaved:
                return
            check_goes_on_here(self.record, self._renamings, event)
            self._unsaved.add(event.uid)
            self._append_durably(folder_name(event.actor), event)
            self._unsaved.discard(event.uid)

    def close(self) -> None:
        """Let go of the segments this process writes, so that a later one can go on in them."""
        with self._lock:
            for writer in self._writers.values():
                writer.release()
            self._writers.clear()

    def _append_durably(self, writer_name: str, event: Event) -> None:
        waiting = {event.uid: event}
        restored: dict[str, Head] = {}
        for _ in range(_TRIES):
            try:
                *before, last = waiting.values()
                for each in before:
                    self._append_once(writer_name, each)
                self._append_once(writer_name, last, restored)
                return
            except Disturbed:
                # Whatever stands there now is not what we made durable: the event goes into a new segment, and before
                # it what was acknowledged and is no longer there.
                left = self._leave(writer_name)
                self.refresh()
                waiting = {each.uid: each for each in self._gone_from(left)} | waiting
                known = self._files.by_file.get(f"{left}{SUFFIX}")
                if left is not None and known is not None and not known.findings:
                    restored[left] = known.head
            except OSError as error:
                self._leave(writer_name)
                raise _not_saved(self.folder, error) from error
        raise _not_saved(self.folder, OSError(errno.EBUSY, "something else keeps changing the record's files"))

    def _append_once(self, writer_name: str, event: Event, restored: Mapping[str, Head] = _NOTHING) -> None:
        writer = self._writers.get(writer_name)
        if writer is None or self._format_of(writer) < self.record_format:
            writer = self._begin(writer_name)
        seen: dict[str, Json] = {}
        for name, segment in self._files.by_name.items():
            lines = len(segment.digests)
            if lines and name != writer.name and writer.told.get(name, 0) < lines:
                seen[name] = [lines, segment.digests[-1]]
        body = to_json(event)
        body["prev"] = writer.head.digest
        body["lc"] = self._next_count()
        if seen:
            body["seen"] = seen
        if restored:
            body["restored"] = {name: [head.lines, head.digest] for name, head in restored.items()}
        digest, line = encode(body)
        writer.append(line, digest)
        writer.told.update((name, len(self._files.by_name[name].digests)) for name in seen)
        segment = self._files.by_file[writer.path.name]
        segment.digests.append(digest)
        segment.offset += len(line)
        segment.times = writer.times
        segment.restored += restored.items()
        segment.seen.extend(
            (name, Head(len(other.digests), other.digests[-1]), len(segment.digests))
            for name in seen
            if (other := self._files.by_name[name])
        )
        self._merge([Entry(self._next_count(), writer.name, len(segment.digests), event)])

    def _known_here(self) -> Iterable[Witness]:
        return (("this machine", self._witnessed or {}),)

    def _format_of(self, writer: SegmentWriter) -> int:
        return self._files.by_file[writer.path.name].record_format

    def _begin(self, writer_name: str) -> SegmentWriter:
        self._leave(writer_name)
        of_this_format = {
            segment.name: segment.head
            for segment in self._files.by_file.values()
            if segment.is_in_its_place and segment.record_format >= self.record_format
        }
        writer = SegmentWriter.go_on(self.folder, writer_name, of_this_format, self._states)
        if writer is None:
            left = self._left.get(writer_name) or self._torn(writer_name) or self._outgrown(writer_name)
            writer = SegmentWriter.create(self.folder, self.record, writer_name, self._states, left, self.record_format)
            segment = Segment(writer.path, self.record)
            segment.read_on()
            self._files.add(segment)
        else:
            for other, head, _ in self._files.by_file[writer.path.name].seen:
                writer.told[other] = head.lines
        self._writers[writer_name] = writer
        return writer

    def _leave(self, writer_name: str) -> str | None:
        writer = self._writers.pop(writer_name, None)
        if writer is None:
            return None
        self._left[writer_name] = (writer.name, writer.head)
        writer.abandon()
        return writer.name

    def _torn(self, writer_name: str) -> tuple[str, Head] | None:
        """A segment that a process of this machine was killed in, in the middle of a line, and that nobody left yet."""
        left = {name for name, _ in continued(self._files)}
        for name, head in self._states.witnesses().items():
            segment = self._files.by_file.get(name + SUFFIX)
            if segment is None or not segment.unfinished or name in left or writer_of(name) != writer_name:
                continue
            if holds([segment], head):
                return name, segment.head
        return None

    def _outgrown(self, writer_name: str) -> tuple[str, Head] | None:
        """A segment of an older format than is written now, left in order by this machine, that nobody goes on from."""
        left = {name for name, _ in continued(self._files)}
        for name, head in self._states.witnesses().items():
            segment = self._files.by_file.get(name + SUFFIX)
            if segment is None or name in left or writer_of(name) != writer_name:
                continue
            if segment.record_format < self.record_format and segment.head == head:
                return name, head
        return None

    def _gone_from(self, segment: str | None) -> list[Event]:
        there: set[str] = set()
        # What cannot be read counts as gone: written twice, an event is still read once.
        with suppress(OSError, Unread):
            there = {entry.event.uid for entry in Segment(self.folder / f"{segment}{SUFFIX}", self.record).read_on()}
        return [entry.event for entry in self._entries if entry.segment == segment and entry.event.uid not in there]


def _not_saved(folder: Path, error: OSError) -> NotSaved:
    next_steps = {
        errno.ENOSPC: "Free some space on that disk, then mark it again.",
        errno.EDQUOT: "Your space on that disk is used up: free some, then mark it again.",
        errno.EFBIG: "A limit on the size of files stopped it: lift it, then mark it again.",
        errno.EACCES: "You may not write in that folder: ask whoever looks after it, then mark it again.",
        errno.EPERM: "You may not write in that folder: ask whoever looks after it, then mark it again.",
        errno.EROFS: "That folder can only be read: open the centre from where it can be written.",
    }
    return NotSaved(
        "Not saved",
        f"The record could not be written: {error.strerror or error}.",
        next_steps.get(error.errno or 0, "Check the disk or the connection to the share, then mark it again."),
        file=folder,
    )
