"""TinyDB over a record: every query it knows, and no way to change what is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import reduce
from operator import and_
from types import MappingProxyType
from typing import Any, NoReturn

from tinydb import Storage, TinyDB, where
from tinydb.queries import QueryInstance
from tinydb.table import Document, Table

from markterm.domain.record.event import Event
from markterm.domain.words.code import is_code
from markterm.records.codec import NotAnEvent, from_json, to_json
from markterm.records.folder.record_folder import RecordFolder
from markterm.records.query import Query
from markterm.records.store import ImmutableRecord

TABLE = "events"
_TEXTS = frozenset(("uid", "kind", "learner", "actor", "role"))


class EventDocument(Mapping[str, Any]):
    """An event as TinyDB sees it. It cannot be changed, and nothing of it is copied before it is asked for."""

    __slots__ = ("event",)

    def __init__(self, event: Event) -> None:
        self.event = event

    def __getitem__(self, name: str) -> Any:
        # What every event has, and most queries are about, is there as it is.
        return getattr(self.event, name) if name in _TEXTS else _frozen(to_json(self.event)[name])

    def __iter__(self) -> Iterator[str]:
        return iter(to_json(self.event))

    def __len__(self) -> int:
        return len(to_json(self.event))


Documents = dict[str, EventDocument]


class LedgerStorage(Storage):
    """The events of a record as TinyDB documents, by uid. What it hands out cannot be changed."""

    def __init__(self, folder: RecordFolder) -> None:
        self._folder = folder
        self._events: tuple[Event, ...] = ()
        self._documents: Documents = {}

    def read(self) -> dict[str, Documents]:
        """The one table there is, with every event in the record's order."""
        events = self._folder.events
        # Not by how many there are: of two that bear one identifier, a later reading may find the other one first.
        if events != self._events:
            known = self._documents
            self._documents = {
                event.uid: kept
                if (kept := known.get(event.uid)) is not None and kept.event is event
                else EventDocument(event)
                for event in events
            }
            self._events = events
        return {TABLE: dict(self._documents)}

    def event(self, uid: str) -> Event:
        """The event of that uid, as it was last read."""
        return self._documents[uid].event

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

    def found(self, condition: QueryInstance) -> tuple[Event, ...]:
        """The events whose documents meet the condition, in the record's order."""
        storage = self._storage
        assert isinstance(storage, LedgerStorage)
        return tuple(storage.event(str(document.doc_id)) for document in self.search(condition))

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


def condition_of(query: Query) -> QueryInstance | None:
    """What a document has to meet to be one of those that are asked for; None when every one is."""
    conditions: list[QueryInstance] = []
    if query.kinds:
        conditions.append(where("kind").one_of(list(query.kinds)))
    if query.actor:
        conditions.append(where("actor") == query.actor)
    if query.unit:
        conditions.append(where("unit").test(lambda code: is_code(query.unit, str(code))))
    if query.criterion:
        conditions.append(where("criterion") == query.criterion)
    # Times are written in one way and in UTC: their texts are in the order of the times.
    if query.since is not None:
        conditions.append(where("at") >= _written(query.since))
    if query.until is not None:
        conditions.append(where("at") < _written(query.until))
    return reduce(and_, conditions) if conditions else None


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


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
