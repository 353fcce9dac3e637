"""One record: the folder of its segments, merged as they grow."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import RLock

from markterm.domain.errors import NotSaved, Unreadable
from markterm.domain.event import Event, Json
from markterm.domain.finding import Finding, Severity
from markterm.domain.record_format import NEWEST, check_writable
from markterm.records.canonical import canonical
from markterm.records.codec import as_read, to_json
from markterm.records.line import encode
from markterm.records.platform import folder_name
from markterm.records.segment import MISSING, SUFFIX, UNFINISHED, USED_TWICE, Entry, Segment
from markterm.records.segment_writer import Disturbed, SegmentWriter
from markterm.records.store import Head, ImmutableRecord
from markterm.records.writer_state import WriterStates

_TRIES = 4


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
        self._segments: dict[str, Segment] = {}
        self._entries: list[Entry] = []
        self._events: dict[str, Event] = {}
        self._used_twice: list[Finding] = []
        self._lost: list[Finding] = []
        self._writers: dict[str, SegmentWriter] = {}
        self._left: dict[str, tuple[str, Head]] = {}
        self._unsaved: set[str] = set()
        self._news = False
        self._clock = 0
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
            return {name: segment.head for name, segment in self._segments.items()}

    def refresh(self) -> bool:
        """Read what others appended; whether there was anything. Raises `Unreadable`."""
        with self._lock:
            sizes = self._sizes()
            for name, segment in self._segments.items():
                if sizes.get(name, 0) < segment.offset:
                    self._lose(segment)
            added: list[Entry] = []
            try:
                for name, size in sizes.items():
                    known = self._segments.get(name)
                    if known is not None and size == known.offset + known.unfinished:
                        continue
                    segment = known or Segment(self.folder / (name + SUFFIX), self.record)
                    try:
                        added += segment.read_on()
                    except FileNotFoundError:
                        continue  # Removed since it was listed.
                    except OSError as error:
                        raise _unreadable(segment.path, error) from error
                    self._segments[name] = segment
                    self._found = None
            finally:
                # A segment that cannot be read must not take with it what was read of the others: it is read once.
                if added:
                    self._merge(added)
                    self._news = True
            return bool(added)

    def take_news(self) -> bool:
        """Whether a refresh, also one before an append, brought something since this was asked last."""
        with self._lock:
            news, self._news = self._news, False
            return news

    def append(self, event: Event) -> None:
        """Add the event; return when it is durable. Raises `NotSaved`, `Unreadable`, `UpgradeNeeded` and
        `ImmutableRecord`."""
        if event.learner != self.record:
            raise ImmutableRecord(f"This event is {event.learner}'s; it cannot be in the record of {self.record}.")
        check_writable(event.kind, self.record_format)
        event = as_read(event)
        with self._lock:
            self.refresh()
            known = self._events.get(event.uid)
            if known is not None and canonical(to_json(known)) != canonical(to_json(event)):
                raise ImmutableRecord("Another event bears this identifier; it cannot be replaced.")
            # An event that we failed to save may be read all the same: that it is there says not that it is durable.
            if known is not None and event.uid not in self._unsaved:
                return
            self._unsaved.add(event.uid)
            self._append_durably(folder_name(event.actor), event)
            self._unsaved.discard(event.uid)

    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the record as last read. Found once for what was read, however often it is asked."""
        with self._lock:
            if self._found is None:
                self._found = self.check(())
            return self._found

    def check(self, witnesses: Iterable[tuple[str, Mapping[str, Head]]]) -> tuple[Finding, ...]:
        """What is wrong with the record as read: lines that do not verify, and what witnesses miss.

        `witnesses` are further heads that were seen, each with who saw them; the segments' own are always heard.
        """
        with self._lock:
            found = [finding for _, segment in sorted(self._segments.items()) for finding in segment.findings]
            explained = {left[0]: left[1].lines for left in self._continued()}
            for name, segment in sorted(self._segments.items()):
                if not segment.digests and not segment.unfinished:
                    found.append(Finding(UNFINISHED, Severity.ERROR, "the file is empty: it was cut off", segment.path))
                if segment.unfinished and explained.get(name) != len(segment.digests):
                    message = f"the last {segment.unfinished} bytes are no whole line: cut off, or never finished"
                    number = len(segment.digests) + 1
                    found.append(Finding(UNFINISHED, Severity.ERROR, message, segment.path, number))
            heads: dict[tuple[str, Head], str] = {}
            for name, segment in self._segments.items():
                for other, head, line in segment.seen:
                    heads.setdefault((other, head), f"line {line} of {name}")
            for kept, head in self._continued():
                heads.setdefault((kept, head), "the segment that goes on from there")
            for witness, seen in witnesses:
                for name, head in seen.items():
                    heads.setdefault((name, head), witness)
            missing: dict[str, str] = {}
            for (name, head), who in heads.items():
                lack = self._missing(name, head, who)
                if lack is not None:
                    missing.setdefault(name, lack)
            found += [
                Finding(MISSING, Severity.ERROR, message, self.folder / (name + SUFFIX))
                for name, message in sorted(missing.items())
            ]
            return (*found, *self._used_twice, *self._lost)

    def close(self) -> None:
        """Let go of the segments this process writes, so that a later one can go on in them."""
        with self._lock:
            for writer in self._writers.values():
                writer.release()
            self._writers.clear()

    def _append_durably(self, writer_name: str, event: Event) -> None:
        waiting = {event.uid: event}
        for _ in range(_TRIES):
            try:
                for each in waiting.values():
                    self._append_once(writer_name, each)
                return
            except Disturbed:
                # Whatever stands there now is not what we made durable: the event goes into a new segment, and before
                # it what was acknowledged and is no longer there.
                left = self._leave(writer_name)
                self.refresh()
                waiting = {each.uid: each for each in self._gone_from(left)} | waiting
            except OSError as error:
                self._leave(writer_name)
                raise _not_saved(self.folder, error) from error
        raise _not_saved(self.folder, OSError(errno.EBUSY, "something else keeps changing the record's files"))

    def _append_once(self, writer_name: str, event: Event) -> None:
        writer = self._writers.get(writer_name)
        if writer is None or self._segments[writer.name].record_format < self.record_format:
            writer = self._begin(writer_name)
        seen: dict[str, Json] = {}
        for name, segment in self._segments.items():
            lines = len(segment.digests)
            if name != writer.name and writer.told.get(name, 0) < lines:
                seen[name] = [lines, segment.digests[-1]]
        body = to_json(event)
        body["prev"] = writer.head.digest
        body["lc"] = self._clock + 1
        if seen:
            body["seen"] = seen
        digest, line = encode(body)
        writer.append(line, digest)
        writer.told.update((name, len(self._segments[name].digests)) for name in seen)
        segment = self._segments[writer.name]
        segment.digests.append(digest)
        segment.offset += len(line)
        segment.seen.extend(
            (name, Head(len(other.digests), other.digests[-1]), len(segment.digests))
            for name in seen
            if (other := self._segments[name])
        )
        self._clock += 1
        self._entries.append(Entry(self._clock, writer.name, len(segment.digests), event))
        self._events.setdefault(event.uid, event)

    def _begin(self, writer_name: str) -> SegmentWriter:
        self._leave(writer_name)
        of_this_format = {
            name: segment.head
            for name, segment in self._segments.items()
            if segment.record_format >= self.record_format
        }
        writer = SegmentWriter.go_on(self.folder, writer_name, of_this_format, self._states)
        if writer is None:
            left = self._left.get(writer_name) or self._torn(writer_name) or self._outgrown(writer_name)
            writer = SegmentWriter.create(self.folder, self.record, writer_name, self._states, left, self.record_format)
            segment = Segment(writer.path, self.record)
            segment.read_on()
            self._segments[writer.name] = segment
        else:
            for other, head, _ in self._segments[writer.name].seen:
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
        left = {name for name, _ in self._continued()}
        for name, head in self._states.witnesses().items():
            segment = self._segments.get(name)
            if segment is None or not segment.unfinished or name in left or name.rpartition(".")[0] != writer_name:
                continue
            if self._missing(name, head, "this machine") is None:
                return name, segment.head
        return None

    def _outgrown(self, writer_name: str) -> tuple[str, Head] | None:
        """A segment of an older format than is written now, left in order by this machine, that nobody goes on from."""
        left = {name for name, _ in self._continued()}
        for name, head in self._states.witnesses().items():
            segment = self._segments.get(name)
            if segment is None or name in left or name.rpartition(".")[0] != writer_name:
                continue
            if segment.record_format < self.record_format and segment.head == head:
                return name, head
        return None

    def _gone_from(self, segment: str | None) -> list[Event]:
        there: set[str] = set()
        with suppress(OSError):  # What cannot be read counts as gone: written twice, an event is still read once.
            there = {entry.event.uid for entry in Segment(self.folder / f"{segment}{SUFFIX}", self.record).read_on()}
        return [entry.event for entry in self._entries if entry.segment == segment and entry.event.uid not in there]

    def _continued(self) -> list[tuple[str, Head]]:
        return [segment.continues for segment in self._segments.values() if segment.continues is not None]

    def _missing(self, name: str, head: Head, witness: str) -> str | None:
        segment = self._segments.get(name)
        if segment is None:
            return f"this segment is gone; {witness} had seen {head.lines} lines of it"
        digests = segment.digests
        if len(digests) < head.lines:
            return f"it has {len(digests)} lines where {witness} had seen {head.lines}: its end was cut off"
        if digests[head.lines - 1] != head.digest:
            return f"line {head.lines} is not the one that {witness} had seen"
        return None

    def _lose(self, segment: Segment) -> None:
        message = f"the file lost lines while it was open: there were {len(segment.digests)}; they are still shown here"
        if not any(finding.file == segment.path for finding in self._lost):
            self._found = None
            self._lost.append(Finding(MISSING, Severity.ERROR, message, segment.path))

    def _merge(self, added: list[Entry]) -> None:
        self._entries += added
        self._entries.sort()
        self._clock = max(self._clock, self._entries[-1].lc)
        self._events.clear()
        self._used_twice.clear()
        for entry in self._entries:
            known = self._events.setdefault(entry.event.uid, entry.event)
            if known is not entry.event and known != entry.event:
                path = self.folder / (entry.segment + SUFFIX)
                message = "this entry bears the identifier of another one; the earlier one counts"
                self._used_twice.append(Finding(USED_TWICE, Severity.ERROR, message, path, entry.line))

    def _sizes(self) -> dict[str, int]:
        sizes: dict[str, int] = {}
        try:
            with os.scandir(self.folder) as entries:
                for entry in entries:
                    if entry.name.endswith(SUFFIX):
                        # Not entry.stat(): the size that Windows keeps in the folder lags while the file is open.
                        with suppress(FileNotFoundError):
                            status = os.stat(entry.path)  # noqa: PTH116  # a Path for it would cost more than the call
                            sizes[entry.name.removesuffix(SUFFIX)] = status.st_size
        except FileNotFoundError:
            pass  # No folder yet: nobody has added anything.
        except OSError as error:
            raise _unreadable(self.folder, error) from error
        return sizes


def _unreadable(path: Path, error: OSError) -> Unreadable:
    return Unreadable(
        "The record cannot be read",
        f"The system said: {error.strerror or error}.",
        "Check that the folder is there and that you may read it, then try again.",
        file=path,
    )


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
