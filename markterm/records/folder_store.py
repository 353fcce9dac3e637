"""A store of events in a folder, which may lie on a share or in a sync client's care."""

from __future__ import annotations

import os
from collections import OrderedDict
from pathlib import Path
from threading import RLock

from tinydb import where
from tinydb.queries import QueryInstance

from markterm.domain.event import Event
from markterm.domain.finding import Finding
from markterm.domain.record_format import NEWEST
from markterm.records.ledger import Ledger, event_of
from markterm.records.platform import CENTRE_RECORD, folder_name
from markterm.records.record_folder import RecordFolder
from markterm.records.segment import SUFFIX, record_name
from markterm.records.store import Head
from markterm.records.writer_state import WriterStates

_MOST_OPEN = 32


class FolderStore:
    """Records in `folder`; `states` is a local folder that is not shared, for what this machine knows of its writing.

    `record_format` is the format that it writes, the centre's; it reads every one that there was. Satisfies
    `EventStore`. Keeps the records used last in memory.
    """

    def __init__(self, folder: Path, states: Path, record_format: int = NEWEST) -> None:
        self._format = record_format
        self.folder = folder
        self._states = states
        self._open: OrderedDict[str, tuple[RecordFolder, Ledger]] = OrderedDict()
        self._lock = RLock()

    @property
    def record_format(self) -> int:
        """The format of what is written from now on."""
        return self._format

    @record_format.setter
    def record_format(self, record_format: int) -> None:
        with self._lock:
            self._format = record_format
            for folder, _ in self._open.values():
                folder.record_format = record_format

    def records(self) -> tuple[str, ...]:
        """The names of the records, as their segments give them, sorted; also of those that this machine wrote and that
        are gone."""
        names = {folder.name for folder in _folders(self._states) if folder_name(folder.name) == folder.name}
        names = {name for name in (*names, CENTRE_RECORD) if WriterStates(self._states / folder_name(name)).witnesses()}
        for folder in _folders(self.folder):
            names.update(records_in(folder))
        return tuple(sorted(names))

    def load(self, record: str) -> tuple[Event, ...]:
        """Every event of the record, in order."""
        folder, _ = self._record(record)
        folder.refresh()
        folder.take_news()
        return folder.events

    def poll(self, record: str) -> bool:
        """Whether others added events, also those that an append found on its way."""
        folder, _ = self._record(record)
        folder.refresh()
        return folder.take_news()

    def append(self, record: str, event: Event) -> None:
        """Add the event through the ledger's table; return when it is durable."""
        self._record(record)[1].events.record(event)

    def select(
        self, record: str, *, unit: str | None = None, criterion: str | None = None, kind: str | None = None
    ) -> tuple[Event, ...]:
        """The events about that unit, criterion or of that kind, in order."""
        folder, ledger = self._record(record)
        folder.refresh()
        query: QueryInstance | None = None
        for field, value in (("unit", unit), ("criterion", criterion), ("kind", kind)):
            if value is not None:
                condition = where(field) == value
                query = condition if query is None else query & condition
        if query is None:
            return folder.events
        return tuple(event_of(document) for document in ledger.events.search(query))

    def findings(self, record: str) -> tuple[Finding, ...]:
        """What the last reading found wrong."""
        return self._record(record)[0].findings()

    def verify(self, record: str) -> tuple[Finding, ...]:
        """What is wrong on disk now, by the segments' own witness, this machine's and this process's."""
        known, _ = self._record(record)
        states = WriterStates(self._states / folder_name(record))
        fresh = RecordFolder(known.folder, record, states)
        # The witnesses speak before the reading: what another process appends in between is no contradiction.
        witnesses = [("this machine", states.witnesses()), ("this session", known.heads)]
        fresh.refresh()
        return fresh.check(witnesses)

    def heads(self, record: str) -> dict[str, Head]:
        """The head of every segment."""
        folder, _ = self._record(record)
        folder.refresh()
        return folder.heads

    def close(self) -> None:
        """Let go of every record."""
        with self._lock:
            for folder, _ in self._open.values():
                folder.close()
            self._open.clear()

    def _record(self, record: str) -> tuple[RecordFolder, Ledger]:
        with self._lock:
            if record in self._open:
                self._open.move_to_end(record)
                return self._open[record]
            name = folder_name(record)
            folder = RecordFolder(self.folder / name, record, WriterStates(self._states / name), self._format)
            self._open[record] = (folder, Ledger(folder))
            if len(self._open) > _MOST_OPEN:
                _, (oldest, _) = self._open.popitem(last=False)
                oldest.close()
            return self._open[record]


def records_in(folder: Path) -> set[str]:
    """The record that lies in a folder: the folder's name, or what its segments say where that could not name one."""
    if folder_name(folder.name) == folder.name:
        return {folder.name}
    said = (record_name(path) for path in sorted(folder.glob(f"*{SUFFIX}")))
    return {name for name in said if name is not None and folder_name(name) == folder.name}


def _folders(place: Path) -> list[Path]:
    if not place.is_dir():
        return []
    with os.scandir(place) as entries:
        return [Path(entry) for entry in entries if entry.is_dir()]
