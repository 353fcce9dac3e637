"""The records that a store has open, whatever keeps them, and what is said of each by what was read of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from threading import RLock
from typing import TYPE_CHECKING, Generic, TypeVar

from markterm.domain.record.event import Event
from markterm.domain.record.renaming import Renaming, successor
from markterm.domain.words.finding import Finding
from markterm.records.finding_codes import troubling
from markterm.records.query import Query
from markterm.records.renamed import earlier_records, events_as_one, witness
from markterm.records.store import Head

if TYPE_CHECKING:
    # Whoever asks for stamps alone, as a caseload that the index knows does, loads nothing that reads a record.
    from markterm.domain.record.who_did_what import Line
    from markterm.records.record_as_read import RecordAsRead

_MOST_OPEN = 32
_Record = TypeVar("_Record", bound="RecordAsRead")  # type: ignore[type-arg]  # whatever it is read from


class OpenRecords(ABC, Generic[_Record]):
    """The records used last, in memory. Safe to use from several threads."""

    def __init__(self, record_format: int) -> None:
        self._format = record_format
        self._open: OrderedDict[str, _Record] = OrderedDict()
        self._lock = RLock()

    @abstractmethod
    def _unread(self, record: str) -> _Record:
        """That record, of which nothing is read yet."""

    def _begun(self, record: str) -> _Record:
        """The record, which is not open, with what was read of it already."""
        return self._unread(record)

    def _let_go(self, record: str, opened: _Record) -> None:
        """Have what belongs to a record that is not open any more end."""

    def _in_memory(self) -> Iterable[_Record]:
        return self._open.values()

    @property
    def record_format(self) -> int:
        """The format of what is written from now on."""
        return self._format

    @record_format.setter
    def record_format(self, record_format: int) -> None:
        with self._lock:
            self._format = record_format
            for each in self._in_memory():
                each.record_format = record_format

    def load(self, record: str) -> tuple[Event, ...]:
        """Every event of the record, in order."""
        opened = self._record(record)
        opened.refresh()
        if opened.renamings:
            return events_as_one(record, self.earlier(record), self._refreshed)
        return opened.events

    def select(self, record: str, query: Query) -> tuple[Event, ...]:
        """The events that the query takes, in order."""
        return tuple(filter(query.takes, self.load(record)))

    def findings(self, record: str) -> tuple[Finding, ...]:
        """What the last reading found wrong."""
        opened = self._read(record)
        found = list(opened.findings())
        if opened.renamings:
            earlier = self.earlier(record)
            for each in (record, *earlier):
                for old in self._renamings(each):
                    if old.goes_on_from in earlier:
                        found += troubling(self._read(old.goes_on_from).check([witness(each, old)]))
        return tuple(dict.fromkeys(found))

    def lines(self, record: str) -> tuple[Line, ...]:
        """The record's own events with their places, as last read."""
        return self._record(record).lines

    def holds(self, record: str, segment: str, head: Head) -> bool:
        """Whether that line of the segment stands there, as last read."""
        return self._record(record).holds(segment, head)

    def earlier(self, record: str) -> tuple[str, ...]:
        """The records that this one goes on from, as last read."""
        return earlier_records(record, self._renamings)

    def goes_on_as(self, record: str) -> str:
        """The record that this one goes on as, as last read."""
        return successor(self._renamings(record))

    def heads(self, record: str) -> Mapping[str, Head]:
        """The head of every segment."""
        opened = self._record(record)
        opened.refresh()
        return opened.heads

    def _know(self, record: str, known: _Record, fresh: _Record) -> None:
        """Have what was read anew be what is known of the record, where nothing was read of it before: whoever verifies
        everybody's asks for its entries next."""
        with self._lock:
            if not known.is_read and self._open.get(record) is known:
                self._open[record] = fresh

    def _missed_by(self, fresh: _Record) -> Iterator[Finding]:
        """What the record knew of those that it goes on from, and is not there now.

        What is wrong with their lines themselves is a finding of the record they stand in.
        """
        for old in fresh.renamings:
            if old.goes_on_from:
                earlier = self._record(old.goes_on_from)
                earlier.refresh()
                known_there = earlier.check(())
                yield from (each for each in earlier.check([witness(fresh.record, old)]) if each not in known_there)

    def _refreshed(self, record: str) -> tuple[Event, ...]:
        opened = self._record(record)
        opened.refresh()
        return opened.events

    def _renamings(self, record: str) -> Sequence[Renaming]:
        return self._read(record).renamings

    def _read(self, record: str) -> _Record:
        """The record as last read: it may not have been, or was let go of since."""
        opened = self._record(record)
        if not opened.is_read:
            opened.refresh()
        return opened

    def _record(self, record: str) -> _Record:
        with self._lock:
            opened = self._open.get(record)
            if opened is None:
                opened = self._open[record] = self._begun(record)
                if len(self._open) > _MOST_OPEN:
                    self._let_go(*self._open.popitem(last=False))
            self._open.move_to_end(record)
            return opened
