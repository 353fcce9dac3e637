"""A store of events in PostgreSQL, for a centre that outgrew its folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

import psycopg

from markterm.domain.record.event import Event
from markterm.domain.record.record_format import NEWEST
from markterm.domain.words.errors import NotSaved
from markterm.domain.words.finding import Finding
from markterm.records.folder.segment import name_in
from markterm.records.folder.writer_state import WriterStates, written_here
from markterm.records.open_records import OpenRecords
from markterm.records.postgres.bringing import bring, brought_from, go_on
from markterm.records.postgres.database import Database
from markterm.records.postgres.faults import not_saved
from markterm.records.postgres.keys import key_of, name_of
from markterm.records.postgres.record_lines import RecordLines
from markterm.records.postgres.rows import Row, commit
from markterm.records.postgres.telling import Listener, Teller
from markterm.records.stamps_by_record import StampsByRecord
from markterm.records.store import Head, RawFile, Unclaimed
from markterm.system.platform import folder_name, remove_folder

_STAMPS = "SELECT record, turn, hash FROM markterm.head WHERE centre = %s"
_STAMP = f"{_STAMPS} AND record = %s"
_FIRST = "SELECT raw FROM markterm.line WHERE record = %s AND centre = %s AND turn = 1"
_FILES = """
SELECT file, sum(length(raw))::bigint, max(n) FROM markterm.line WHERE record = %s AND centre = %s
GROUP BY file ORDER BY file
"""
_AHEAD = """
SELECT record, turn, file, n, uid, before, raw FROM markterm.line WHERE centre = %s AND record = ANY (%s)
ORDER BY record, turn
"""
_REMOVE = "SELECT markterm.remove(%s, %s, %b)"
_OF_FILE = "SELECT raw FROM markterm.line WHERE record = %s AND centre = %s AND file = %s AND n <= %s ORDER BY n"


class PostgresStore(OpenRecords[RecordLines]):
    """The records of a centre in a database, as one process has them; every process sees what others committed.

    `record_format` is the format that it writes; it reads every one that there was. Satisfies `EventStore`. In
    the folder `states` this machine keeps how far it wrote: a database that was put back to an earlier day has no line
    that says so.
    """

    def __init__(self, url: str, centre: str, record_format: int = NEWEST, states: Path | None = None) -> None:
        super().__init__(record_format)
        self.database = Database(url, centre)
        self._states = states or Path(os.devnull)  # In which nothing can be kept.
        self._ahead: dict[str, RecordLines] = {}
        self._teller = Teller(self.database, self._note)
        self._listener: Listener | None = None

    def to_verify(self) -> tuple[str, ...]:
        """The names of the records, sorted, with those that this machine wrote and that are gone."""
        self._note()
        return tuple(sorted({*self.stamps(), *written_here(self._states)}))

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
        ahead = {record: self._unread(record) for record in records}
        for lines in ahead.values():
            lines.hear_witness()
        rows = self.database.rows(_AHEAD, self.database.centre, list(keys))
        of_each = {key: list(own) for key, own in groupby(rows, lambda row: row[0])}
        for key, record in keys.items():
            own = of_each.get(key, [])
            ahead[record].take_ahead([Row(*row) for _, *row in own])
        with self._lock:
            self._ahead = {record: lines for record, lines in ahead.items() if record not in self._open}

    def append(self, record: str, event: Event) -> None:
        """Add the event; return when it is durable."""
        self._record(record).append(event)
        self._teller.tell(record)

    def verify(self, record: str, witnesses: Iterable[tuple[str, Mapping[str, Head]]] = ()) -> tuple[Finding, ...]:
        """What is wrong with the record, read anew from its first line: by itself, by the count that the database
        keeps, by what this machine and this process know of it, and by others."""
        # The witnesses speak before the reading: what another process appends in between is no contradiction.
        known = self._record(record)
        every = [("this machine", self.witnessed(record)), ("this session", known.heads), *witnesses]
        fresh = self._unread(record)
        fresh.refresh()
        self._know(record, known, fresh)
        return (*fresh.check(every), *fresh.check_head(), *self._missed_by(fresh))

    def place(self, record: str, segment: str = "") -> Path | None:  # noqa: ARG002  # as every store has it
        """None: no file holds it."""
        return None

    def elsewhere(self, record: str) -> tuple[Finding, ...]:  # noqa: ARG002  # as every store has it
        """Nothing: a database has no elsewhere."""
        return ()

    def parts_in(self, unclaimed: Unclaimed) -> tuple[str, ...]:  # noqa: ARG002  # as every store has it
        """None: every line is its record's own."""
        return ()

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

    def witnessed(self, record: str) -> dict[str, Head]:
        """The heads of the segments to which this machine added, as it left them."""
        self._note()
        return WriterStates(self._states / folder_name(record)).witnesses()

    def remove(self, record: str) -> None:
        """Remove the record by the one way that the database has for it: the centre's record has to say so first."""
        with self._lock:
            self._open.pop(record, None)
            self._ahead.pop(record, None)
        name = record.encode("utf-8", "surrogatepass")
        parameters = [self.database.centre, key_of(record), name]
        try:
            if self.stamp(record):
                commit(self.database, lambda connection: connection.execute(_REMOVE, parameters))
            if self._states.is_dir():
                remove_folder(self._states / folder_name(record))
        except psycopg.Error as error:
            told = not_saved(error)
            raise NotSaved("The record was not destroyed", told.what, told.next_step, hint=told.hint) from error
        except OSError as error:
            raise NotSaved(
                "The record was not destroyed",
                f"It is gone, and what this machine knows of writing it is not: {error.strerror or error}.",
                "Do it again: it goes on where it stopped.",
                file=self._states,
            ) from error

    def hear(self, tell: Callable[[Container[str]], object]) -> None:
        """Have `tell` called with the records to which others added, within moments."""
        with self._lock:
            if self._listener is not None:
                self._listener.close()
            self._listener = Listener(self.database, self._teller.me, tell)

    def close(self) -> None:
        """Let go of every record and every connection."""
        with self._lock:
            listener, self._listener = self._listener, None
        if listener is not None:
            listener.close()
        self._teller.close()
        self._note()
        with self._lock:
            self._open.clear()
            self._ahead.clear()
        self.database.close()

    def _note(self) -> None:
        """Keep how far this machine wrote. Not while a record is removed, of which nothing is kept."""
        with self._lock:
            for each in self._open.values():
                each.note()

    def _let_go(self, record: str, opened: RecordLines) -> None:  # noqa: ARG002  # as every store has it
        opened.note()

    def _name_of(self, key: str) -> str:
        name = name_of(key)
        if name is None:
            rows = self.database.rows(_FIRST, key, self.database.centre)
            name = name_in(row[0] for row in rows)
        return key if name is None else name

    def _unread(self, record: str) -> RecordLines:
        return RecordLines(self.database, record, self._format, WriterStates(self._states / folder_name(record)))

    def _begun(self, record: str) -> RecordLines:
        return self._ahead.pop(record, None) or self._unread(record)

    def _in_memory(self) -> Iterable[RecordLines]:
        return (*super()._in_memory(), *self._ahead.values())


def _stamp(turn: int, digest: str) -> str:
    return f"{turn}:{digest[:16]}"
