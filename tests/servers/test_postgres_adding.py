"""How what is recorded gets into the database: by a connection that is kept, again where the server took it back, and
noted behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Barrier, Event
from typing import TYPE_CHECKING

import pytest

from markterm.domain.words.errors import NotNow, NotSaved
from markterm.system.platform import CENTRE_RECORD
from tests.pace import PATIENCE
from tests.samples import LEARNER, decision, uids
from tests.servers.postgres import CENTRE, ROLE, PostgresServer, database_of
from tests.servers.test_postgres_store import cut, destruction_begun, until

if TYPE_CHECKING:
    from markterm.records.postgres.database import Database

pytest.importorskip("psycopg", reason="the extra server is not installed")
pytestmark = pytest.mark.server

_AT_ONCE = 4
"""Connections that a process may have."""


def taken_back(postgres: PostgresServer, url: str, state: str, times: int) -> None:
    """Have the server take back what is added so many times, as it does so that others' work can go on."""
    body = (
        f"BEGIN IF nextval('tries') <= {times} THEN RAISE 'again' USING ERRCODE = '{state}'; END IF; RETURN NULL; END"
    )
    postgres.execute(
        f"""
        CREATE SEQUENCE tries; GRANT USAGE ON tries TO PUBLIC;
        CREATE FUNCTION takes_back() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$ {body} $$;
        CREATE TRIGGER takes_back AFTER INSERT ON markterm.line FOR EACH STATEMENT EXECUTE FUNCTION takes_back();
        """,
        database_of(url),
    )


@pytest.mark.parametrize("state", ["40001", "40P01"])
def test_what_the_server_took_back_for_others_is_recorded_once(postgres: PostgresServer, state: str) -> None:
    from markterm.records.postgres.store import PostgresStore

    url = postgres.prepared()
    with closing(PostgresStore(url, CENTRE)) as store:
        taken_back(postgres, url, state, times=2)
        store.append(LEARNER, decision("a"))
        assert uids(store.load(LEARNER)) == ["a"]
        assert store.verify(LEARNER) == ()


def test_what_the_server_takes_back_again_and_again_is_told_and_not_recorded(
    postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from markterm.records.postgres.store import PostgresStore

    monkeypatch.setattr("markterm.records.postgres.database.sleep", lambda _: None)
    url = postgres.prepared()
    with closing(PostgresStore(url, CENTRE)) as store:
        store.append(LEARNER, decision("a"))
        taken_back(postgres, url, "40001", times=6)
        with pytest.raises(NotSaved, match="too busy"):
            store.append(LEARNER, decision("b"))
        assert uids(store.load(LEARNER)) == ["a"]
        store.append(LEARNER, decision("b"))
        assert uids(store.load(LEARNER)) == ["a", "b"]


def test_who_records_keeps_a_connection_for_a_while_and_reads_by_it(
    postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from markterm.records.postgres.store import PostgresStore

    monkeypatch.setattr("markterm.records.postgres.telling._KEEPS_SECONDS", 0.01)
    url = postgres.prepared()
    store = PostgresStore(url, CENTRE)
    store.load(LEARNER)
    assert store.database._at_hand is None
    store.append(LEARNER, decision("a"))
    until(lambda: store.database._at_hand is None)  # Given back by the one who tells others.
    store._teller.close()
    store.database.once(lambda _: None, keeps=True)
    kept = vars(store.database)["_at_hand"]
    assert store.load(LEARNER)
    assert store.database._at_hand == kept
    cut(postgres, url)
    assert store.load(LEARNER)
    assert store.database._at_hand is None
    store.close()
    assert kept.closed


def test_what_this_machine_wrote_is_noted_behind_who_records_and_nothing_of_what_is_removed(
    postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from markterm.records.folder.writer_state import WriterStates
    from markterm.records.postgres.store import PostgresStore

    def noted(record: str) -> list[int]:
        return [head.lines for head in WriterStates(tmp_path / record).witnesses().values()]

    with closing(PostgresStore(postgres.prepared(), CENTRE, states=tmp_path)) as store:
        store.append(LEARNER, decision("a"))
        until(lambda: noted(LEARNER) == [2])
        # From here on nobody does it but who has to.
        monkeypatch.setattr("markterm.records.postgres.telling.Teller.tell", lambda *_: None)
        store.append(LEARNER, decision("b"))
        assert [head.lines for head in store.witnessed(LEARNER).values()] == noted(LEARNER) == [3]
        store.append("ENR2", decision("c", learner="ENR2"))
        store.append(CENTRE_RECORD, destruction_begun("ENR2"))
        store.remove("ENR2")
        monkeypatch.setattr("markterm.records.open_records._MOST_OPEN", 1)
        store.append(LEARNER, decision("d"))
        store.append("ENR3", decision("e", learner="ENR3"))
        store.load("ENR4")  # Only now it is among those that were used last no more.
        assert noted(LEARNER) == [4]
    assert noted("ENR3") == [2]
    assert not (tmp_path / "ENR2").exists()


@contextmanager
def all_in_use(database: Database, waits: float = 0.01) -> Iterator[Callable[[], object]]:
    """As many ask something at once as one process may, and are not answered before the end; what it gives has one of
    them answered, who keeps the connection. Whoever comes then `waits` so many seconds."""
    ends = [Event() for _ in range(_AT_ONCE)]
    begun = Barrier(_AT_ONCE + 1)

    def ask(end: Event) -> None:
        database.once(lambda _: (begun.wait(PATIENCE), end.wait(PATIENCE)), keeps=True)

    with ThreadPoolExecutor(_AT_ONCE) as at_once:
        asked = [at_once.submit(ask, end) for end in ends]
        begun.wait(PATIENCE)
        try:
            vars(database)["_pool"].timeout = waits
            yield ends[0].set
        finally:
            for end in ends:
                end.set()
        for each in asked:
            each.result()


def test_where_every_connection_is_in_use_nobody_is_told_that_the_database_cannot_be_reached(
    postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from markterm.records.postgres.store import PostgresStore

    monkeypatch.setattr("markterm.records.postgres.database.sleep", lambda _: None)
    with closing(PostgresStore(postgres.prepared(), CENTRE)) as store:
        store.append(LEARNER, decision("a"))
        with all_in_use(store.database):
            with pytest.raises(NotNow, match="too busy"):
                store.load(LEARNER)
            with pytest.raises(NotSaved, match="too busy"):
                store.append(LEARNER, decision("b"))
        store.append(LEARNER, decision("b"))
        assert uids(store.load(LEARNER)) == ["a", "b"]
        with all_in_use(store.database):
            store.database.url = f"postgresql://{ROLE}@127.0.0.1:1/x"
            with pytest.raises(NotNow, match="cannot be reached"):
                store.load(LEARNER)


def test_who_keeps_a_connection_leaves_it_to_who_waits_for_one(postgres: PostgresServer) -> None:
    from markterm.records.postgres.store import PostgresStore

    with (
        closing(PostgresStore(postgres.prepared(), CENTRE)) as store,
        all_in_use(store.database, PATIENCE) as let_one_go,
        ThreadPoolExecutor(1) as at_once,
    ):
        other = at_once.submit(store.load, LEARNER)
        until(lambda: store.database._waiting == 1)
        let_one_go()
        assert other.result(PATIENCE) == ()
