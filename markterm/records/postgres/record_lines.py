"""One record as this process has read it from the database, and how it goes on."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from random import uniform
from threading import Lock
from time import monotonic, sleep
from typing import NamedTuple

import psycopg

from markterm.domain.record.event import Event, Json
from markterm.domain.record.renaming import check_goes_on_here
from markterm.domain.words.errors import NotSaved, Unreadable
from markterm.domain.words.finding import Finding, Severity
from markterm.domain.words.foreign_text import one_line
from markterm.records.codec import to_json
from markterm.records.finding_codes import BROKEN_CHAIN, CALLED_OTHERWISE, MISSING, NO_SEGMENT
from markterm.records.folder.line import NO_LINE, encode
from markterm.records.folder.record_check import Witness
from markterm.records.folder.segment import LARGEST, SUFFIX, Entry, Segment, Unread
from markterm.records.folder.segment_copies import chiefs
from markterm.records.folder.writer_state import WriterStates
from markterm.records.postgres.database import Database
from markterm.records.postgres.faults import is_lost, not_saved
from markterm.records.postgres.keys import key_of
from markterm.records.postgres.rows import Row, add_rows, confirm, hash_of
from markterm.records.record_as_read import RecordAsRead
from markterm.records.store import Head
from markterm.system.platform import folder_name

_TRIES = 100
"""How often somebody else may come first: at some time they stop, and each time somebody's event is in."""
_MOST_LOST = 3
_REST, _MOST_RESTS = 0.008, 16
"""Seconds that who came second rests at most before they try again, and so many times that when it goes on like that.
Of sixteen who mark one learner without a pause each waits half as long by it."""
_FRESH_SECONDS = 2.0
_MOST_TOLD = 200

_FROM = """
SELECT turn, file, n, uid, before, CASE WHEN turn = %s THEN sha256(raw) ELSE raw END
FROM markterm.line WHERE record = %s AND centre = %s AND turn >= %s ORDER BY turn
"""
_HEAD = "SELECT turn, hash FROM markterm.head WHERE centre = %s AND record = %s"


class _Coming(NamedTuple):
    """Lines that are about to be added, and what they come to."""

    rows: list[Row]
    segment: Segment
    digest: str
    seen: Mapping[str, Head]
    entry: Entry


class _Segments:
    """The segments of a record as they were read. Satisfies `FilesAsRead`."""

    def __init__(self) -> None:
        self.by_file: dict[str, Segment] = {}
        self.by_name: dict[str, Segment] = {}
        self.unread: dict[str, Finding] = {}
        self.lost: dict[str, Finding] = {}
        self.sizes: dict[str, int] = {}

    @property
    def all_in_their_place(self) -> bool:
        """Whether every segment is called as its own header says."""
        return all(each.is_in_its_place for each in self.by_file.values())

    def is_restored(self, name: str, lines: int) -> bool:
        """Whether what stood in so many lines of that segment was recorded again by whoever wrote it."""
        return any(
            name == lost and lines <= head.lines for each in self.by_file.values() for lost, head in each.restored
        )


class RecordLines(RecordAsRead[_Segments]):
    """A record as this process has read it from the database, and its way to add to it. `states` is what this machine
    keeps of how far it wrote."""

    def __init__(self, database: Database, record: str, record_format: int, states: WriterStates) -> None:
        super().__init__(Path(), record, record_format, _Segments())
        self._states = states
        self._witnessed: Mapping[str, Head] | None = None
        self._unnoted: dict[str, list[str]] = {}
        self._noting = Lock()
        self._key = key_of(record)
        self._database = database
        self._seen_here: dict[str, Head] = {}
        self._fresh_until = 0.0

    def _begin_anew(self, files: _Segments) -> None:
        super()._begin_anew(files)
        self._turn, self._hash = 0, ""
        self._broken: list[Finding] = []
        self._told: dict[str, tuple[dict[str, int], int]] = {}

    def hear_witness(self) -> None:
        """Look how far this machine wrote, before it is read what is there for the first time: what another process of
        it adds in between is no contradiction."""
        if self._witnessed is None:
            self.note()
            self._witnessed = self._states.witnesses()

    def note(self) -> None:
        """Keep how far this machine wrote. Whoever adds does not wait for it: to write into a file while the database
        brings another one to the disk takes as long as a third of that."""
        with self._noting:
            while self._unnoted:
                self._states.note(*self._unnoted.popitem())

    def _known_here(self) -> Iterable[Witness]:
        return (("this machine", self._witnessed or {}),)

    def take_ahead(self, rows: Sequence[Row]) -> None:
        """Have its lines, which were just read with others': the next refresh, if it comes soon, reads nothing."""
        with self._lock:
            self._take(rows)
            self._is_read = True
            self._fresh_until = monotonic() + _FRESH_SECONDS

    def refresh(self) -> None:
        """Read what was added. Raises `Unreadable`."""
        with self._lock:
            fresh_until, self._fresh_until = self._fresh_until, 0.0
            if monotonic() < fresh_until:
                return
            self.hear_witness()
            rows = self._database.rows(_FROM, self._turn, self._key, self._database.centre, self._turn)
            if self._turn and not (rows and rows[0][0] == self._turn and rows[0][5].hex() == self._hash):
                # What was read is not there any more: it was destroyed, or the database was put back to an earlier day.
                seen = self.heads if rows or not self._is_removed() else {}
                self._begin_anew(_Segments())
                self._seen_here, self._witnessed = seen, None
                self.hear_witness()
                rows = self._database.rows(_FROM, 0, self._key, self._database.centre, 0)
            self._take(list(map(Row._make, rows[bool(self._turn) :])))
            self._is_read = True

    def append(self, event: Event) -> None:
        """Add the event; return when it is durable. Raises `NotSaved`, `Unreadable`, `UpgradeNeeded`,
        `ImmutableRecord`, and `Refused` when the record goes on as another one."""
        event = self._to_add(event)
        with self._lock:
            self._database.require_writable()
            if not self._is_read:
                self.refresh()
            lost = 0
            for number in range(_TRIES):
                if self._is_there(event):
                    return
                check_goes_on_here(self.record, self._renamings, event)
                coming = self._coming(event)
                self._unsaved.add(event.uid)
                try:
                    is_added = add_rows(self._database, self._key, coming.rows)
                except psycopg.errors.UniqueViolation:
                    # The very same event is in, from before a connection was lost.
                    is_added = False
                except psycopg.Error as error:
                    lost += 1
                    if not is_lost(error) or lost > _MOST_LOST:
                        raise not_saved(error) from error
                    # Nobody knows whether it is in. The same event is added again, and is there once.
                    self._after_loss()
                    continue
                if is_added:
                    self._unsaved.discard(event.uid)
                    self._adopt(coming)
                    self._unnoted[coming.segment.name] = coming.segment.digests
                    return
                # Somebody came first. Of many who come again at once all but one would be too late again.
                sleep(uniform(0, min(number + 1, _MOST_RESTS) * _REST))
                self.refresh()
            raise NotSaved(
                "Not saved",
                "Others record here again and again and come first, or the database's own count of the record does not "
                "hold any more.",
                "Do it again in a moment. If that does not help: audit the record.",
            )

    def check(self, witnesses: Iterable[Witness]) -> tuple[Finding, ...]:
        """What is wrong with the record as read, also by what this process had read before and is gone."""
        with self._lock:
            found = [*super().check([("this session", self._seen_here), *witnesses]), *self._broken]
            return tuple(map(_without_file, found))

    def check_head(self) -> Iterator[Finding]:
        """What is missing at the end by what the database itself counts, looked at now. Raises `Unreadable`."""
        with self._lock:
            self.refresh()
            rows = self._database.rows(_HEAD, self._database.centre, self._key)
            turn, head = rows[0] if rows else (0, "")
            if turn < self._turn or (turn == self._turn and head != self._hash):
                yield _finding(MISSING, f"the database counts {turn} lines of the record, and there are {self._turn}")
            elif turn > self._turn:
                self.refresh()
                if turn > self._turn:
                    yield _finding(MISSING, f"the database counts {turn} lines of the record; {self._turn} are there")

    # What is read

    def _take(self, rows: Sequence[Row]) -> None:
        if not rows:
            return
        added: list[Entry] = []
        by_file: dict[str, list[Row]] = {}
        for row in rows:
            if row.turn != self._turn + 1 or row.before != self._hash:
                message = f"before line {row.n} of {row.file} lines were removed, inserted or put in another order"
                self._broken.append(_finding(BROKEN_CHAIN, message))
            by_file.setdefault(row.file, []).append(row)
            self._turn, self._hash = row.turn, hash_of(row.raw)
        called = {row.uid for row in rows}
        for file, own in by_file.items():
            self._read_into(file, own, added, called)
        self._files.by_name = chiefs(self._files.by_file.values())
        self._merge(added)
        self._found = None

    def _read_into(self, file: str, rows: list[Row], added: list[Entry], called: Container[str | None]) -> None:
        segment = self._files.by_file.get(file)
        if segment is None:
            segment = self._files.by_file[file] = Segment(Path(file), self.record)
        first, lines = len(segment.digests) + 1, [row.raw for row in rows]
        known = len(added)
        whole = [line[:-1] for line in lines if line.endswith(b"\n")]
        try:
            segment.read_lines(whole, added)
        except Unread as error:
            self._files.unread[file] = Finding(error.code, Severity.ERROR, str(error), segment.path)
        size = self._files.sizes[file] = self._files.sizes.get(file, 0) + sum(map(len, lines))
        if size > LARGEST:
            message = f"it has {size:,} bytes, and no record is as large"
            self._files.unread[file] = Finding(NO_SEGMENT, Severity.ERROR, message, segment.path)
        if not lines[-1].endswith(b"\n"):
            segment.unfinished, segment.tail = len(lines[-1]), lines[-1][:64]
        uids = {entry.line: entry.event.uid for entry in added[known:]}
        for number, row in enumerate(rows, first):
            if not self._is_called_right(row, uids.get(number), called) and len(self._broken) < _MOST_TOLD:
                message = f"line {number} of {file} has another identifier in the database's table than it has itself"
                self._broken.append(_finding(CALLED_OTHERWISE, message))

    def _is_called_right(self, row: Row, uid: str | None, called: Container[str | None]) -> bool:
        """Whether the table has the identifier of the event that the line holds, if it holds one of the record."""
        if uid is None:  # It begins a segment, or there is a finding of it already.
            return row.uid is None or row.n > 1
        key = key_of(uid)
        # Of lines that repeat an event one alone is called after it.
        return row.uid == key or (row.uid is None and (uid in self._events or key in called))

    def _is_removed(self) -> bool:
        return not self._database.rows(_HEAD, self._database.centre, self._key)

    # What is added

    def _is_there(self, event: Event) -> bool:
        """Whether the event is in the record, and durable. Raises `ImmutableRecord` where another one bears its uid."""
        if not self._was_read(event):
            return False
        if event.uid in self._unsaved:
            try:
                confirm(self._database)
            except psycopg.Error as error:
                raise not_saved(error) from error
            self._unsaved.discard(event.uid)
            segment = next(each.segment for each in self._entries if each.event.uid == event.uid)
            self._unnoted[segment] = self._files.by_name[segment].digests
        return True

    def _coming(self, event: Event) -> _Coming:
        """The line of the event, and before it the one that begins its segment, where there is none."""
        segment, header = self._segment_of(folder_name(event.actor))
        rows: list[Row] = []
        if header is not None:
            rows.append(Row(self._turn + 1, segment.path.name, 1, None, self._hash, header))
        body = to_json(event)
        body["prev"] = segment.digests[-1]
        body["lc"] = lc = self._next_count()
        if seen := self._not_told(segment):
            body["seen"] = {name: [head.lines, head.digest] for name, head in seen.items()}
        digest, raw = encode(body)
        number = len(segment.digests) + 1
        turn, before = (self._turn + 2, hash_of(rows[0].raw)) if rows else (self._turn + 1, self._hash)
        rows.append(Row(turn, segment.path.name, number, key_of(event.uid), before, raw))
        return _Coming(rows, segment, digest, seen, Entry(lc, segment.name, number, event))

    def _segment_of(self, writer: str) -> tuple[Segment, bytes | None]:
        """The segment of that writer which is gone on with, and the line that begins it, where it is a new one.

        Those of another store, from which the record was moved, are left as they are.
        """
        place = self._database.standing().place
        count = 0
        while True:
            name = _segment_name(writer, place, self.record_format, count)
            segment = self._files.by_file.get(name + SUFFIX)
            if segment is None:
                header: dict[str, Json] = {"format": self.record_format, "record": self.record, "segment": name}
                digest, raw = encode({**header, "prev": NO_LINE})
                begun = Segment(Path(name + SUFFIX), self.record, [digest], record_format=self.record_format)
                begun.name = name
                return begun, raw
            if self._files.sizes[segment.path.name] < LARGEST // 2 and not segment.unfinished:
                return segment, None
            count += 1

    def _not_told(self, own: Segment) -> dict[str, Head]:
        """The heads of the other segments that no line of this one has witnessed."""
        nobody: dict[str, int] = {}
        told, known = self._told.get(own.name, (nobody, 0))
        for name, head, _ in own.seen[known:]:
            told[name] = max(told.get(name, 0), head.lines)
        self._told[own.name] = told, len(own.seen)
        return {
            name: each.head
            for name, each in self._files.by_name.items()
            if name != own.name and len(each.digests) > told.get(name, 0)
        }

    def _after_loss(self) -> None:
        """Find out what became of what was sent. Raises `NotSaved`: it may be in, and may not."""
        try:
            self._database.again_after_loss()
            self.refresh()
        except psycopg.Error as error:
            raise not_saved(error) from error
        except Unreadable as error:
            raise NotSaved("Not saved", f"{error.title}. {error.what}", error.next_step, hint=error.hint) from error

    def _adopt(self, coming: _Coming) -> None:
        """Have what was added, as if it had been read."""
        last, segment = coming.rows[-1], coming.segment
        self._turn, self._hash = last.turn, hash_of(last.raw)
        segment.digests.append(coming.digest)
        segment.seen += ((name, head, last.n) for name, head in coming.seen.items())
        self._files.by_file[last.file] = self._files.by_name[segment.name] = segment
        sizes = self._files.sizes
        sizes[last.file] = sizes.get(last.file, 0) + sum(len(row.raw) for row in coming.rows)
        self._merge([coming.entry])
        self._found = None


@lru_cache(maxsize=256)
def _segment_name(writer: str, place: str, record_format: int, count: int) -> str:
    return f"{writer}.{sha256(f'{place} {record_format} {count}'.encode('ascii')).hexdigest()[:8]}"


def _finding(code: str, message: str) -> Finding:
    return Finding(code, Severity.ERROR, one_line(message))


def _without_file(finding: Finding) -> Finding:
    """The finding without a path where there is no file: the segment and the line are said in words."""
    if finding.file is None:
        return finding
    where = finding.file.name.removesuffix(SUFFIX)
    where = f"segment {where}, line {finding.line}" if finding.line is not None else f"segment {where}"
    return replace(finding, message=one_line(f"{where}: {finding.message}"), file=None, line=None)
