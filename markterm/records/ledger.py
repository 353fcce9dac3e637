"""TinyDB over a record: every query it knows, and no way to change what is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, NoReturn

from tinydb import Storage, TinyDB
from tinydb.table import Document, Table

from markterm.domain.event import Event
from markterm.records.codec import NotAnEvent, from_json, to_json
from markterm.records.folder.record_folder import RecordFolder
from markterm.records.store import ImmutableRecord

TABLE = "events"

Documents = dict[str, Mapping[str, Any]]


class LedgerStorage(Storage):
    """The events of a record as TinyDB documents, by uid. What it hands out cannot be changed."""

    def __init__(self, folder: RecordFolder) -> None:
        self._folder = folder
        self._documents: Documents = {}

    def read(self) -> dict[str, Documents]:
        """The one table there is, with every event in the record's order."""
        events = self._folder.events
        if len(events) != len(self._documents):
            known = self._documents
            self._documents = {e.uid: known.get(e.uid) or _frozen(to_json(e)) for e in events}
        return {TABLE: dict(self._documents)}

    def write(self, data: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
        """Append the documents that are new. Raises `ImmutableRecord` when one that is there differs or is missing."""
        standing = self.read()[TABLE]
        offered = data.get(TABLE, {})
        if set(data) - {TABLE}:
            raise ImmutableRecord("A record holds events and nothing else.")
        if any(_thawed(offered.get(uid)) != _thawed(document) for uid, document in standing.items()):
            raise ImmutableRecord("An event that was recorded cannot be changed or removed.")
        for uid, document in offered.items():
            if uid not in standing:
                self.append(event_of(document))

    def append(self, event: Event) -> None:
        """Append one event, without reading the others."""
        self._folder.append(event)


class LedgerTable(Table):
    """Events as documents, found by uid; added, never changed."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB declares it as the class int itself

    def __init__(self, storage: Storage, name: str, cache_size: int = 0, persist_empty: bool = False) -> None:
        # No cache of queries: only TinyDB's own writing would empty it, and others write here too. TinyDB's class
        # attribute for it comes too late: it was read when TinyDB was defined.
        super().__init__(storage, name, cache_size, persist_empty)

    def record(self, event: Event) -> None:
        """Add one event; return when it is durable. The cost does not grow with the record."""
        storage = self._storage
        assert isinstance(storage, LedgerStorage)
        storage.append(event)

    def insert(self, document: Mapping[str, Any]) -> str:  # type: ignore[override]  # our identifiers are texts
        """Add an event given as a document; return its uid."""
        event = event_of(document)
        self.record(event)
        return event.uid

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[str]:  # type: ignore[override]  # as above
        """Add events given as documents; return their uids."""
        return [self.insert(document) for document in documents]

    def update(self, *_arguments: object, **_options: object) -> NoReturn:
        """Refused."""
        raise ImmutableRecord("An event that was recorded cannot be updated.")

    def update_multiple(self, *_arguments: object, **_options: object) -> NoReturn:
        """Refused."""
        raise ImmutableRecord("An event that was recorded cannot be updated.")

    def upsert(self, *_arguments: object, **_options: object) -> NoReturn:
        """Refused."""
        raise ImmutableRecord("An event that was recorded cannot be updated.")

    def remove(self, *_arguments: object, **_options: object) -> NoReturn:
        """Refused."""
        raise ImmutableRecord("An event that was recorded cannot be removed.")

    def truncate(self) -> NoReturn:
        """Refused."""
        raise ImmutableRecord("A record cannot be emptied.")

    def _update_table(self, _updater: Callable[[dict[Any, Mapping[str, Any]]], None]) -> NoReturn:
        raise ImmutableRecord("An event that was recorded cannot be changed.")


class Ledger(TinyDB):
    """A record's database. Dropping tables is refused like any other removal."""

    table_class = LedgerTable
    default_table_name = TABLE

    def __init__(self, folder: RecordFolder) -> None:
        super().__init__(folder, storage=LedgerStorage)

    @property
    def events(self) -> LedgerTable:
        """The one table."""
        table = self.table(TABLE)
        assert isinstance(table, LedgerTable)
        return table

    def drop_table(self, name: str) -> NoReturn:
        """Refused."""
        raise ImmutableRecord(f"The table {name} of a record cannot be dropped.")

    def drop_tables(self) -> NoReturn:
        """Refused."""
        raise ImmutableRecord("The tables of a record cannot be dropped.")


def event_of(document: Mapping[str, Any] | Document) -> Event:
    """The event of a document. Raises `ImmutableRecord` when it holds none."""
    try:
        return from_json(_thawed(document))
    except NotAnEvent as error:
        raise ImmutableRecord(f"Only events can be recorded: {error}.") from None


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(each) for key, each in value.items()})
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _thawed(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _thawed(each) for key, each in value.items()}
    return list(map(_thawed, value)) if isinstance(value, (tuple, list)) else value
