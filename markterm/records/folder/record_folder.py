"""One record: the folder of its segments, merged as they grow."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from markterm.domain.record.bodies.kinds import check_writable
from markterm.domain.record.event import Event, Json, Kind
from markterm.domain.record.record_format import NEWEST
from markterm.domain.record.renaming import Renaming, gone_on, renaming_of, successor
from markterm.domain.words.errors import NotSaved
from markterm.domain.words.finding import Finding, Severity
from markterm.records.canonical import canonical
from markterm.records.codec import as_read, to_json
from markterm.records.finding_codes import USED_TWICE, troubling
from markterm.records.folder.line import encode
from markterm.records.folder.record_check import Witness, check_record, continued
from markterm.records.folder.record_files import RecordFiles
from markterm.records.folder.segment import LAST_COUNT, SUFFIX, Entry, Segment, Unread, writer_of
from markterm.records.folder.segment_copies import holds
from markterm.records.folder.segment_writer import Disturbed, SegmentWriter
from markterm.records.folder.writer_state import WriterStates
from markterm.records.store import Head, ImmutableRecord
from markterm.system.platform import folder_name

if TYPE_CHECKING:
    from markterm.domain.record.who_did_what import Line

_TRIES = 4
_MOST_TOLD = 200
_NOTHING: Mapping[str, Head] = {}


class RecordFolder:
    """A record as this process has read it, and its way to append to it. Safe to use from several threads.

    `record_format` is the format of what it writes: no segment of an older one is gone on with.
    """

    def __init__(self, folder: Path, record: str, states: WriterStates, record_format: int = NEWEST) -> None:
        self.record_format = record_format
        self.folder = folder
        self.record = record
        self._states = states
        self._lock = RLock()
        self._files = RecordFiles(folder, record)
        self._entries: list[Entry] = []
        self._events: dict[str, Event] = {}
        self._used_twice: list[Finding] = []
        self._writers: dict[str, SegmentWriter] = {}
        self._left: dict[str, tuple[str, Head]] = {}
        self._unsaved: set[str] = set()
        self._renamings: list[Renaming] = []
        self._clock = 0
        self._witnessed: Mapping[str, Head] | None = None
        self._found: tuple[Finding, ...] | None = None

    @property
    def events(self) -> tuple[Event, ...]:
        """Every event once, in the record's order; without one that this process failed to make durable."""
        with self._lock:
            if self._unsaved:
                return tuple(event for uid, event in self._events.items() if uid not in self._unsaved)
            return tuple(self._events.values())

    @property
    def heads(self) -> dict[str, Head]:
        """The head of every segment."""
        with self._lock:
            return {name: segment.head for name, segment in self._files.by_name.items()}

    @property
    def segments(self) -> Mapping[str, Segment]:
        """For each segment's name the file that tells how far it goes."""
        with self._lock:
            return dict(self._files.by_name)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every event with its place, in the record's order."""
        from markterm.domain.record.who_did_what import Line  # For an audit alone.

        with self._lock:
            return tuple(Line(*entry) for entry in self._entries)

    def holds(self, segment: str, head: Head) -> bool:
        """Whether that line of the segment stands there."""
        with self._lock:
            return holds([each for each in self._files.by_file.values() if each.name == segment], head)

    @property
    def strays(self) -> tuple[str, ...]:
        """The names of what lies in the folder and is no part of the record, sorted."""
        with self._lock:
            return self._files.strays

    @property
    def renamings(self) -> Sequence[Renaming]:
        """What the record says about going on as another one, or from another one, in its order."""
        return self._renamings

    @property
    def is_there(self) -> bool:
        """Whether there was any segment when it was read."""
        return bool(self._files.by_file)

    def refresh(self) -> bool:
        """Read what others appended; whether there was anything. Raises `Unreadable`."""
        with self._lock:
            if self._witnessed is None:
                # They speak before the reading: what another process appends in between is no contradiction.
                self._witnessed = self._states.witnesses()
            added = self._files.read_on([writer.path.name for writer in self._writers.values()])
            if added:
                self._merge(added)
            if self._files.changed:
                self._files.changed = False
                self._found = None
            return bool(added)

    def append(self, event: Event) -> None:
        """Add the event; return when it is durable. Raises `NotSaved`, `Unreadable`, `UpgradeNeeded`,
        `ImmutableRecord`, and `Refused` when the record goes on as another one."""
        if event.learner != self.record:
            raise ImmutableRecord(f"This event is {event.learner}'s; it cannot be in the record of {self.record}.")
        check_writable(event, self.record_format)
        event = as_read(event)
        with self._lock:
            self.refresh()
            known = self._events.get(event.uid)
            if known is not None and canonical(to_json(known)) != canonical(to_json(event)):
                raise ImmutableRecord("Another event bears this identifier; it cannot be replaced.")
            # An event that we failed to save may be read all the same: that it is there says not that it is durable.
            if known is not None and event.uid not in self._unsaved:
                return
            if self._renamings and (new := successor(self._renamings)):
                renaming = renaming_of(event)
                if renaming is None or (renaming.goes_on_from != new and not renaming.goes_on_as):
                    raise gone_on(self.record, new)
            self._unsaved.add(event.uid)
            self._append_durably(folder_name(event.actor), event)
            self._unsaved.discard(event.uid)

    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the record as last read, also by what this machine knew of it when it was first read;
        without what is said for information.

        Found once for what was read, however often it is asked.
        """
        with self._lock:
            if self._found is None:
                self._found = troubling(self.check((("this machine", self._witnessed or {}),)))
            return self._found

    def check(self, witnesses: Iterable[Witness]) -> tuple[Finding, ...]:
        """What is wrong with the record as read: lines that do not verify, and what witnesses miss.

        `witnesses` are further heads that were seen, each with who saw them; the segments' own are always heard.
        """
        with self._lock:
            return (*check_record(self.folder, self._files, self._entries, witnesses), *self._used_twice)

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
        self._clock = self._next_count()
        self._entries.append(Entry(self._clock, writer.name, len(segment.digests), event))
        self._events.setdefault(event.uid, event)
        if event.kind == Kind.RENAMED:
            self._note_renamings()

    def _note_renamings(self) -> None:
        told = (renaming_of(event) for event in self._events.values() if event.kind == Kind.RENAMED)
        self._renamings = [renaming for renaming in told if renaming is not None]

    def _next_count(self) -> int:
        # Nobody comes to the last count by recording; somebody may have written it into a line.
        return min(self._clock + 1, LAST_COUNT)

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

    def _merge(self, added: list[Entry]) -> None:
        self._entries += added
        if self._files.all_in_their_place:
            self._entries.sort()
        else:
            self._entries.sort(key=_place)
        self._clock = max(self._clock, self._entries[-1].lc)
        self._events.clear()
        self._used_twice.clear()
        for entry in self._entries:
            known = self._events.setdefault(entry.event.uid, entry.event)
            if known is not entry.event and known != entry.event:
                path = self.folder / (entry.segment + SUFFIX)
                message = "this entry bears the identifier of another one; the earlier one counts"
                if len(self._used_twice) < _MOST_TOLD:
                    self._used_twice.append(Finding(USED_TWICE, Severity.ERROR, message, path, entry.line))
        self._note_renamings()


def _place(entry: Entry) -> tuple[int, str, int, str]:
    """Where it stands in the record's order, also where copies of a segment have the same line twice."""
    return entry.lc, entry.segment, entry.line, entry.event.uid


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
