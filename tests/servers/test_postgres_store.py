"""The store over PostgreSQL: the contract of every store, on a real server, and what is its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from markterm.domain.record.bodies.retaining import Destroyed, DestructionStep, What
from markterm.domain.record.destructions import name_hash
from markterm.domain.record.event import Event, Kind
from markterm.records.store import EventStore
from markterm.system.platform import CENTRE_RECORD
from tests.records.contract import EventStoreContract, OpenStore
from tests.samples import AT
from tests.servers.postgres import CENTRE, PostgresServer

psycopg = pytest.importorskip("psycopg", reason="the extra server is not installed")
pytestmark = pytest.mark.server


def destruction_begun(record: str) -> Event:
    """What the centre's own record says when that record is about to go."""
    records = {name_hash("salt", record): {"asha.00000000": (2, "0" * 64)}}
    body = Destroyed(DestructionStep.BEGUN, What.RECORD, "salt", name_hash("salt", record), "first", records=records)
    return Event(f"gone-{record}", Kind.DESTROYED, CENTRE_RECORD, AT, "cora", "coordinator", body=body.write())


@pytest.fixture
def url(postgres: PostgresServer) -> Iterator[str]:
    """A database with no record."""
    with postgres.lent() as url:
        yield url


@pytest.fixture
def open_store(url: str) -> Iterator[OpenStore]:
    """The store on it, as another process has it each time."""
    from markterm.records.postgres.store import PostgresStore

    opened: list[PostgresStore] = []

    def opener() -> EventStore:
        opened.append(PostgresStore(url, CENTRE))
        return opened[-1]

    yield opener
    for store in opened:
        store.close()


class TestPostgresStore(EventStoreContract):
    """The contract, over a database, which lets nothing go before the centre's record says so."""

    def before_it_is_removed(self, store: EventStore, record: str) -> None:
        store.append(CENTRE_RECORD, destruction_begun(record))
