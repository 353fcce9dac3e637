"""A store of events in a folder, which may lie on a share or in a sync client's care."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from markterm.domain.record.event import Event
from markterm.domain.record.record_format import NEWEST
from markterm.domain.words.errors import NotNow, NotSaved, Unreadable
from markterm.domain.words.finding import Finding
from markterm.domain.words.foreign_text import one_line
from markterm.records.finding_codes import troubling
from markterm.records.folder.called_like import CalledLike
from markterm.records.folder.elsewhere import Elsewhere, look_elsewhere, look_into, told_of_parts, told_of_strays
from markterm.records.folder.record_listing import RecordListing
from markterm.records.folder.record_names import RecordNames
from markterm.records.folder.segment import SUFFIX
from markterm.records.folder.stamps import FolderStamps, stamp_of_files, stamp_of_record
from markterm.records.folder.taking_in import TakingIn
from markterm.records.folder.writer_state import WriterStates, written_here
from markterm.records.open_records import OpenRecords
from markterm.records.query import Query
from markterm.records.renamed import events_as_one
from markterm.records.store import Head, RawFile, Unclaimed
from markterm.system.platform import CENTRE_RECORD, folder_name, make_folders, remove_folder
from markterm.system.regular_file import open_regular

if TYPE_CHECKING:
    from markterm.records.folder.record_folder import RecordFolder
    from markterm.records.ledger import Ledger

_MOST_OPEN = 32
_TRIES = 20


class FolderStore(OpenRecords["RecordFolder"]):
    """Records in `folder`; `states` is a local folder that is not shared, for what this machine knows of its writing.

    `record_format` is the format that it writes, the centre's; it reads every one that there was. Satisfies
    `EventStore`.
    """

    def __init__(self, folder: Path, states: Path, record_format: int = NEWEST) -> None:
        super().__init__(record_format)
        self.folder = folder
        self._states = states
        self._ledgers: dict[str, Ledger] = {}
        self._elsewhere: Elsewhere | None = None
        self._called_like = CalledLike(folder)
        self._names = RecordNames(folder)
        self._lying: dict[str, tuple[str, tuple[Finding, ...]]] = {}
        self._taking_in = TakingIn(folder)
        self._taking_in.complete()

    def to_verify(self) -> tuple[str, ...]:
        """The records to verify in an audit of everything, sorted: those that there are, those that this machine wrote
        and that are gone, and those of which parts lie elsewhere. What belongs to nobody is told of with the centre's
        own record."""
        self._taking_in.complete()
        self._elsewhere = elsewhere = look_elsewhere(self.folder)
        names = self._records(elsewhere.folders) | elsewhere.parts.keys()
        return tuple(sorted(names | {CENTRE_RECORD} if elsewhere.strays else names))

    def _records(self, not_in: Collection[str]) -> set[str]:
        names = written_here(self._states)
        for folder in _folders(self.folder):
            if folder.name not in not_in:
                names.update(self._names.in_folder(folder.name))
        return names

    def stamp(self, record: str) -> str:
        """What changes whenever a file of the record does, or of a folder that is called like its own."""
        own = folder_name(record)
        return stamp_of_record(own, self._called_like.of(own), lambda name: stamp_of_files(f"{self.folder}/{name}"))

    def stamps(self) -> FolderStamps:
        """The stamps of every record, by one look at each folder."""
        self._taking_in.complete()
        try:
            return FolderStamps(str(self.folder), self._names.in_folder)
        except OSError as error:
            raise _cannot_be_listed(self.folder, error) from error

    def read_ahead(self, records: Sequence[str]) -> None:
        """Nothing: each is read as quickly by itself."""

    def append(self, record: str, event: Event) -> None:
        """Add the event through the ledger's table; return when it is durable."""
        self._ledger(record).events.record(event)

    def select(self, record: str, query: Query) -> tuple[Event, ...]:
        """The events that the query takes, in order: looked up by the ledger."""
        folder = self._record(record)
        folder.refresh()
        if folder.renamings:
            every = events_as_one(record, self.earlier(record), self._refreshed)
            return tuple(filter(query.takes, every))
        from markterm.records.ledger import condition_of

        condition = condition_of(query)
        return folder.events if condition is None else self._ledger(record).events.found(condition)

    def findings(self, record: str) -> tuple[Finding, ...]:
        """What the last reading found wrong, and what lies in folders that are called like the record's."""
        found = [*super().findings(record), *self._lying_elsewhere(record)]
        for each in self.earlier(record):
            found += self._lying_elsewhere(each)
        return tuple(dict.fromkeys(found))

    def verify(self, record: str, witnesses: Iterable[tuple[str, Mapping[str, Head]]] = ()) -> tuple[Finding, ...]:
        """What is wrong on disk now, by the segments' own witness, this machine's, this process's, and others'.

        Also what lies elsewhere under `records/`: as `to_verify` found it, or in folders called like this record's.
        """
        known = self._record(record)
        fresh = self._unread(record)
        # The witnesses speak before the reading: what another process appends in between is no contradiction.
        every = [("this machine", self.witnessed(record)), ("this session", known.heads), *witnesses]
        fresh.refresh()
        self._know(record, known, fresh)
        found = (*fresh.check(every), *self._missed_by(fresh))
        elsewhere = self._elsewhere or self._look_for(record)
        return (
            *found,
            *told_of_strays(fresh.folder, fresh.strays),
            *told_of_parts(record, elsewhere.parts.get(record, []), fresh.segments, fresh.folder),
            *(elsewhere.strays if record == CENTRE_RECORD else ()),
        )

    def _know(self, record: str, known: RecordFolder, fresh: RecordFolder) -> None:
        with self._lock:
            if record not in self._ledgers:  # Which looks its events up in what is known.
                super()._know(record, known, fresh)

    def elsewhere(self, record: str) -> tuple[Finding, ...]:
        """What somebody has to do about parts of the record in folders that are called like its own, looked for now."""
        self._called_like.look_again()
        return self._told_elsewhere(record)

    def _told_elsewhere(self, record: str) -> tuple[Finding, ...]:
        files = self._look_for(record).parts.get(record, [])
        return self._parts(record, files) if files else ()

    def _look_for(self, record: str) -> Elsewhere:
        """What lies in folders that are called like the record's, and in no record's own."""
        return look_into(*(self.folder / name for name in self._called_like.of(folder_name(record))))

    def _lying_elsewhere(self, record: str) -> tuple[Finding, ...]:
        """As `elsewhere`, looked at again only when something changed: it is asked at every reading."""
        if not self._called_like.of(folder_name(record)):
            return ()
        stamp = self.stamp(record)
        known = self._lying.get(record)
        if known is None or known[0] != stamp:
            known = self._lying[record] = (stamp, self._told_elsewhere(record))
        return known[1]

    def parts_in(self, unclaimed: Unclaimed) -> tuple[str, ...]:
        """The records of which that folder holds lines that they lack; none of a record's own."""
        name = folder_name(unclaimed.name) if unclaimed.is_record else unclaimed.name
        parts = look_into(self.folder / name).parts
        return tuple(sorted(record for record, files in parts.items() if self._parts(record, files)))

    def _parts(self, record: str, files: list[Path]) -> tuple[Finding, ...]:
        folder = self._record(record)
        folder.refresh()
        return troubling(told_of_parts(record, files, folder.segments, folder.folder))

    def place(self, record: str, segment: str = "") -> Path:
        """The record's folder, or the file in which that segment lies, or would."""
        folder = self.folder / folder_name(record)
        return folder / (segment + SUFFIX) if segment else folder

    def raw(self, record: str) -> tuple[RawFile, ...]:
        """The files of the record's folder that are parts of it, as they stood at one moment."""
        folder = self.folder / folder_name(record)
        for _ in range(_TRIES):
            before = self.stamp(record)
            try:
                listed = RecordListing(folder, record).look()
            except OSError as error:
                raise _cannot_be_listed(folder, error) from error
            if self.stamp(record) == before:
                return tuple(
                    RawFile(name, each.size, partial(open_regular, folder / name))
                    for name, each in sorted(listed.items())
                    if not each.fault
                )
        raise NotNow(
            "The record does not stand still",
            f"While the files of {one_line(record)} were looked at, others added to them again and again.",
            "Try it again in a moment.",
            file=folder,
        )

    def take_in(self, records: Path) -> None:
        """Move the folders in it to their places, all of them or none; return when that is durable."""
        make_folders(self.folder)
        self._taking_in.take(records)

    def bring(self, records: Mapping[str, Sequence[RawFile]]) -> None:
        """Have these records, of which there is nothing: all of them or none, and durable."""
        from markterm.records.folder.bringing import gathered  # For a copy alone.

        self.take_in(gathered(self.folder, records))

    def go_on(self, record: str, files: Sequence[RawFile]) -> None:
        """Have the rest of that record, of which there is the beginning of each file, or nothing; durable."""
        from markterm.records.folder.bringing import go_on

        go_on(self.folder, record, files)

    def witnessed(self, record: str) -> dict[str, Head]:
        """The heads of the segments that this machine wrote of the record."""
        return WriterStates(self._states / folder_name(record)).witnesses()

    def remove(self, record: str) -> None:
        """Remove the record's folder with everything in it, then what this machine knows of its writing."""
        place = self.folder / folder_name(record)
        with self._lock:
            if (opened := self._open.pop(record, None)) is not None:
                opened.close()
            self._ledgers.pop(record, None)
            self._lying.pop(record, None)
            self._elsewhere = None
            try:
                for each in (place, self._states / folder_name(record)):
                    remove_folder(each)
            except OSError as error:
                raise NotSaved(
                    "The record was not destroyed",
                    f"{error.strerror or error}. What of it is gone is gone.",
                    "Close what has files of the record open, then do it again: it goes on where it stopped.",
                    file=place,
                ) from error

    def hear(self, tell: Callable[[Container[str]], object]) -> None:
        """Nothing is told: whoever wants to know looks at stamps."""

    def close(self) -> None:
        """Let go of every record."""
        with self._lock:
            for folder in self._open.values():
                folder.close()
            self._open.clear()
            self._ledgers.clear()

    def _unread(self, record: str) -> RecordFolder:
        from markterm.records.folder.record_folder import RecordFolder

        states = WriterStates(self._states / folder_name(record))
        return RecordFolder(self.folder / folder_name(record), record, states, self._format)

    def _let_go(self, record: str, opened: RecordFolder) -> None:
        self._ledgers.pop(record, None)
        opened.close()

    def _ledger(self, record: str) -> Ledger:
        with self._lock:
            folder = self._record(record)
            # Most of ten thousand records are only read: no ledger is made for those, and TinyDB loaded for none.
            if record not in self._ledgers:
                from markterm.records.ledger import Ledger

                self._ledgers[record] = Ledger(folder)
            return self._ledgers[record]


def _folders(place: Path) -> list[Path]:
    """The folders in a place; none where there is nothing yet. Raises `Unreadable`."""
    try:
        with os.scandir(place) as entries:
            return [path for path in map(Path, entries) if path.is_dir()]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _cannot_be_listed(place, error) from error


def _cannot_be_listed(place: Path, error: OSError) -> Unreadable:
    return Unreadable(
        "The records cannot be listed",
        f"The system said: {error.strerror or error}.",
        "Check that it is a folder and that you may read it, then try again.",
        file=place,
    )


def written_in(states: Path) -> Iterator[tuple[str, dict[str, Head]]]:
    """The records that were written by whoever keeps `states`, each with how far they came in it."""
    for record in written_here(states):
        yield record, WriterStates(states / folder_name(record)).witnesses()
