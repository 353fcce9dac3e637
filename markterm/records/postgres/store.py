"""A store of events in PostgreSQL, for a centre that outgrew its folder."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from io import BytesIO
from itertools import groupby
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, BinaryIO

import psycopg

from markterm.domain.record.event import Event
from markterm.domain.record.record_format import NEWEST
from markterm.domain.record.renaming import Renaming, successor
from markterm.domain.words.errors import NotSaved
from markterm.domain.words.finding import Finding
from markterm.records.finding_codes import troubling
from markterm.records.folder.segment import name_in
from markterm.records.postgres.bringing import bring, brought_from, go_on
from markterm.records.postgres.database import Database
from markterm.records.postgres.faults import not_saved
from markterm.records.postgres.keys import key_of, name_of
from markterm.records.postgres.record_lines import RecordLines
from markterm.records.postgres.rows import Row, commit
from markterm.records.postgres.telling import Listener, Teller
from markterm.records.query import Query
from markterm.records.renamed import earlier_records, events_as_one, witness
from markterm.records.stamps_by_record import StampsByRecord
from markterm.records.store import Head, RawFile, Unclaimed

if TYPE_CHECKING:
    from markterm.domain.record.who_did_what import Line

_MOST_OPEN = 32

_STAMPS = "SELECT record, turn, hash FROM markterm.head WHERE centre = %s"
_STAMP = f"{_STAMPS} AND record = %s"
_FIRST = "SELECT raw FROM markterm.line WHERE record = %s AND centre = %s AND turn = 1"
_FILES = """
SELECT file, sum(length(raw))::bigint, max(n) FROM markterm.line WHERE record = %s AND centre = %s
GROUP BY file ORDER BY file
"""
_AHEAD = """
SELECT record, turn, file, n, before, raw FROM markterm.line WHERE centre = %s AND record = ANY (%s)
ORDER BY record, turn
"""
_REMOVE = "SELECT markterm.remove(%s, %s, %b)"
_OF_FILE = "SELECT raw FROM markterm.line WHERE record = %s AND centre = %s AND file = %s AND n <= %s ORDER BY n"


class PostgresStore:
    """The records of a centre in a database, as one process has them; every process sees what others committed.

    `record_format` is the format that it writes; it reads every one that there was. Satisfies `EventStore`. Keeps the
    records used last in memory.
    """

    def __init__(self, url: str, centre: str, record_format: int = NEWEST) -> None:
        self.database = Database(url, centre)
        self._format = record_format
        self._open: OrderedDict[str, RecordLines] = OrderedDict()
        self._ahead: dict[str, RecordLines] = {}
        self._lock = RLock()
        self._teller = Teller(self.database)
        self._listener: Listener | None = None

    @property
    def record_format(self) -> int:
        """The format of what is written from now on."""
        return self._format

    @record_format.setter
    def record_format(self, record_format: int) -> None:
        with self._lock:
            self._format = record_format
            for lines in (*self._open.values(), *self._ahead.values()):
                lines.record_format = record_format

    def to_verify(self) -> tuple[str, ...]:
        """The names of the records, sorted."""
        return tuple(sorted(self.stamps()))

    def stamp(self, record: str) -> str:
        """How many lines the record has, and the hash of the last one."""
        rows = self.database.rows(_STAMP, self.database.centre, key_of(record))
        return _stamp(*rows[0][1:]) if rows else ""

    def stamps(self) -> StampsByRecord:
        """The stamps of every record, by one question."""
        rows = self.database.rows(_STAMPS, self.database.centre)
        return StampsByRecord({self._name_of(key): _stamp(turn, digest) for key, turn, digest in rows})

    def read_ahead(self, records: Sequence[str]) -> None:
        """Read these by one question, for those who load them in the next moment."""
        keys = {key_of(record): record for record in records}
        ahead = {record: RecordLines(self.database, record, self._format) for record in records}
        rows = self.database.rows(_AHEAD, self.database.centre, list(keys))
        of_each = {key: list(own) for key, own in groupby(rows, lambda row: row[0])}
        for key, record in keys.items():
            own = of_each.get(key, [])
            ahead[record].take_ahead([Row(turn, file, n, None, before, raw) for _, turn, file, n, before, raw in own])
        with self._lock:
            self._ahead = {record: lines for record, lines in ahead.items() if record not in self._open}

    def load(self, record: str) -> tuple[Event, ...]:
        """Every event of the record, in order."""
        lines = self._record(record)
        lines.refresh()
        return events_as_one(record, self.earlier(record), self._refreshed) if lines.renamings else lines.events

    def append(self, record: str, event: Event) -> None:
        """Add the event; return when it is durable."""
        self._record(record).append(event)
        self._teller.tell(record)

    def select(self, record: str, query: Query) -> tuple[Event, ...]:
        """The events that the query takes, in order."""
        return tuple(filter(query.takes, self.load(record)))

    def findings(self, record: str) -> tuple[Finding, ...]:
        """What the last reading found wrong."""
        lines = self._record(record)
        if not lines.renamings:
            return lines.findings()
        found = list(lines.findings())
        earlier = self.earlier(record)
        for each in (record, *earlier):
            for old in self._read(each).renamings:
                if old.goes_on_from in earlier:
                    found += troubling(self._read(old.goes_on_from).check([witness(each, old)]))
        return tuple(dict.fromkeys(found))

    def verify(self, record: str, witnesses: Iterable[tuple[str, Mapping[str, Head]]] = ()) -> tuple[Finding, ...]:
        """What is wrong with the record, read anew from its first line: by itself, by the count that the database
        keeps, by what this process had seen, and by others."""
        # The witnesses speak before the reading: what another process appends in between is no contradiction.
        every = [("this session", self._record(record).heads), *witnesses]
        fresh = RecordLines(self.database, record, self._format)
        fresh.refresh()
        found = [*fresh.check(every), *fresh.check_head()]
        for old in fresh.renamings:
            if old.goes_on_from:
                # What is wrong with the lines themselves is a finding of the record they stand in.
                earlier = self._record(old.goes_on_from)
                earlier.refresh()
                known_there = earlier.check(())
                found += [each for each in earlier.check([witness(record, old)]) if each not in known_there]
        return tuple(found)

    def lines(self, record: str) -> tuple[Line, ...]:
        """The record's own events with their places, as last read."""
        return self._record(record).lines

    def holds(self, record: str, segment: str, head: Head) -> bool:
        """Whether that line of the segment stands there, as last read."""
        return self._record(record).holds(segment, head)

    def place(self, record: str, segment: str = "") -> Path | None:  # noqa: ARG002  # as every store has it
        """None: no file holds it."""
        return None

    def elsewhere(self, record: str) -> tuple[Finding, ...]:  # noqa: ARG002  # as every store has it
        """Nothing: a database has no elsewhere."""
        return ()

    def parts_in(self, unclaimed: Unclaimed) -> tuple[str, ...]:  # noqa: ARG002  # as every store has it
        """None: every line is its record's own."""
        return ()

    def earlier(self, record: str) -> tuple[str, ...]:
        """The records that this one goes on from, as last read."""
        return earlier_records(record, self._renamings)

    def goes_on_as(self, record: str) -> str:
        """The record that this one goes on as, as last read."""
        return successor(self._renamings(record))

    def heads(self, record: str) -> dict[str, Head]:
        """The head of every segment."""
        lines = self._record(record)
        lines.refresh()
        return lines.heads

    def raw(self, record: str) -> tuple[RawFile, ...]:
        """A file for each segment, as it stood at one moment."""
        key = key_of(record)

        def opened(file: str, number: int) -> BinaryIO:
            rows = self.database.rows(_OF_FILE, key, self.database.centre, file, number)
            return BytesIO(b"".join(raw for (raw,) in rows))

        return tuple(
            RawFile(name_of(file) or file, size, lambda file=file, number=number: opened(file, number))  # type: ignore[misc]
            for file, size, number in self.database.rows(_FILES, key, self.database.centre)
        )

    def bring(self, records: Mapping[str, Sequence[RawFile]]) -> None:
        """Have these records, line by line as they stand in their files: all of them or none, and durable.

        Raises `Refused` when one of them is there, `NotSaved`, and what reading the files raises.
        """
        bring(self.database, records)

    def go_on(self, record: str, files: Sequence[RawFile]) -> None:
        """Have the rest of that record, of which the database has the beginning of each file, or nothing of it."""
        go_on(self.database, record, files)

    def take_in(self, records: Path) -> None:
        """Have the records whose folders lie in that one: all of them or none."""
        self.bring(brought_from(records))

    def witnessed(self, record: str) -> dict[str, Head]:  # noqa: ARG002  # as every store has it
        """None: no machine keeps what it wrote, the database does."""
        return {}

    def remove(self, record: str) -> None:
        """Remove the record by the one way that the database has for it: the centre's record has to say so first."""
        with self._lock:
            self._open.pop(record, None)
            self._ahead.pop(record, None)
        name = record.encode("utf-8", "surrogatepass")
        parameters = [self.database.centre, key_of(record), name]
        if not self.stamp(record):
            return
        try:
            commit(self.database, lambda connection: connection.execute(_REMOVE, parameters))
        except psycopg.Error as error:
            told = not_saved(error)
            raise NotSaved("The record was not destroyed", told.what, told.next_step, hint=told.hint) from error

    def hear(self, tell: Callable[[Container[str]], object]) -> None:
        """Have `tell` called with the records to which others added, within moments."""
        with self._lock:
            if self._listener is not None:
                self._listener.close()
            self._listener = Listener(self.database, self._teller.me, tell)

    def close(self) -> None:
        """Let go of every record and every connection."""
        with self._lock:
            self._open.clear()
            self._ahead.clear()
            listener, self._listener = self._listener, None
        if listener is not None:
            listener.close()
        self._teller.close()
        self.database.close()

    def _name_of(self, key: str) -> str:
        name = name_of(key)
        if name is None:
            rows = self.database.rows(_FIRST, key, self.database.centre)
            name = name_in(row[0] for row in rows)
        return key if name is None else name

    def _refreshed(self, record: str) -> tuple[Event, ...]:
        lines = self._record(record)
        lines.refresh()
        return lines.events

    def _renamings(self, record: str) -> Sequence[Renaming]:
        return self._read(record).renamings

    def _read(self, record: str) -> RecordLines:
        """The record as last read: it may not have been, or was let go of since."""
        lines = self._record(record)
        if not lines.is_read:
            lines.refresh()
        return lines

    def _record(self, record: str) -> RecordLines:
        with self._lock:
            lines = self._open.get(record)
            if lines is None:
                lines = self._ahead.pop(record, None) or RecordLines(self.database, record, self._format)
                self._open[record] = lines
                if len(self._open) > _MOST_OPEN:
                    self._open.popitem(last=False)
            self._open.move_to_end(record)
            return lines


def _stamp(turn: int, digest: str) -> str:
    return f"{turn}:{digest[:16]}"
