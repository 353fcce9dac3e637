"""That others are told of what was recorded is beside it: it is durable without, and known without."""

from __future__ import annotations

from collections.abc import Container
from contextlib import closing
from queue import Queue
from typing import Any

import pytest

from tests.pace import PATIENCE
from tests.samples import LEARNER, decision, uids
from tests.servers.postgres import CENTRE, PostgresServer, database_of
from tests.servers.test_postgres_store import asked_last, until

psycopg = pytest.importorskip("psycopg", reason="the extra server is not installed")
pytestmark = pytest.mark.server


class _WithoutListen:
    """A connection to a database that does not know LISTEN: YugabyteDB and CockroachDB answer so."""

    def __init__(self, asked: Queue[str]) -> None:
        self._asked = asked

    def execute(self, statement: Any) -> None:
        self._asked.put(statement.as_string(None))
        raise psycopg.errors.FeatureNotSupported("LISTEN is not supported yet")

    def close(self) -> None:
        """Nothing is open."""


def test_in_a_database_without_listen_and_notify_what_others_record_is_known_by_its_stamp(
    postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from markterm.records.postgres.database import Database
    from markterm.records.postgres.store import PostgresStore

    asked: Queue[str] = Queue()
    monkeypatch.setattr(Database, "listening", lambda _: _WithoutListen(asked))
    url = postgres.prepared()
    postgres.execute("REVOKE EXECUTE ON FUNCTION pg_notify(text, text) FROM PUBLIC", database_of(url))
    told: list[Container[str]] = []
    with closing(PostgresStore(url, CENTRE)) as looking, closing(PostgresStore(url, CENTRE)) as recording:
        looking.hear(told.append)
        assert asked.get(timeout=PATIENCE).startswith("LISTEN")
        before = looking.stamps()
        for uid in "abc":
            recording.append(LEARNER, decision(uid))
        after = looking.stamps()
        assert set(before) == set()
        assert after[LEARNER] == recording.stamp(LEARNER)
        assert uids(looking.load(LEARNER)) == ["a", "b", "c"]
    # Who is told once that nobody tells anything does not ask again and again.
    assert asked.empty()
    assert told == []


def test_what_is_told_is_committed_before(postgres: PostgresServer) -> None:
    from markterm.records.postgres.store import PostgresStore

    url = postgres.prepared()
    reading = PostgresStore(url, CENTRE)
    heard: Queue[list[str]] = Queue()

    def look(records: Container[str]) -> None:
        heard.put(uids(reading.load(LEARNER)) if LEARNER in records else [])

    with (
        closing(PostgresStore(url, CENTRE)) as listening,
        closing(PostgresStore(url, CENTRE)) as recording,
        closing(reading),
    ):
        listening.hear(look)
        until(lambda: "LISTEN" in asked_last(postgres, url))
        for uid in "abc":
            recording.append(LEARNER, decision(uid))
        recording.close()
        while (there := heard.get(timeout=PATIENCE)) != ["a", "b", "c"]:
            assert there == ["a", "b", "c"][: len(there)]


def test_the_stamps_of_all_records_are_one_question_to_the_server(
    postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from markterm.records.postgres.database import Database
    from markterm.records.postgres.store import PostgresStore

    asked: list[str] = []
    real = Database.rows

    def counted(database: Database, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
        asked.append(statement)
        return real(database, statement, *parameters)

    with postgres.lent() as url, closing(PostgresStore(url, CENTRE)) as store:
        for number in range(12):
            store.append(f"L{number}", decision("a", learner=f"L{number}"))
        monkeypatch.setattr(Database, "rows", counted)
        assert len(list(store.stamps())) == 12
    assert len(asked) == 1
