"""The store over PostgreSQL: the contract of every store, on a real server, and what is its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Container, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from queue import Queue
from typing import Any

import pytest

from markterm.domain.record.bodies.retaining import Destroyed, DestructionStep, What
from markterm.domain.record.destructions import name_hash
from markterm.domain.record.event import Event, Kind
from markterm.domain.words.errors import NotSaved, Refused
from markterm.records.finding_codes import MISSING
from markterm.records.store import EventStore
from markterm.system.platform import CENTRE_RECORD
from tests.pace import PATIENCE
from tests.records.contract import EventStoreContract, OpenStore
from tests.samples import AT, LEARNER, decision, uids
from tests.servers.postgres import CENTRE, ROLE, PostgresServer, database_of

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
def open_store(url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenStore]:
    """The store on it, as another process has it each time."""
    from markterm.records.postgres.store import PostgresStore

    opened: list[PostgresStore] = []
    written_here = tmp_path_factory.mktemp("written here")

    def opener() -> EventStore:
        opened.append(PostgresStore(url, CENTRE, states=written_here))
        return opened[-1]

    yield opener
    for store in opened:
        store.close()


class TestPostgresStore(EventStoreContract):
    """The contract, over a database, which lets nothing go before the centre's record says so."""

    def before_it_is_removed(self, store: EventStore, record: str) -> None:
        store.append(CENTRE_RECORD, destruction_begun(record))


def test_what_this_machine_wrote_and_a_database_that_was_put_back_does_not_have_is_told_for_good(
    postgres: PostgresServer, url: str, tmp_path: Path
) -> None:
    from markterm.records.postgres.store import PostgresStore

    here, elsewhere = tmp_path / "here", tmp_path / "elsewhere"

    def written(url: str, record: str, *uids: str) -> None:
        with closing(PostgresStore(url, CENTRE, states=here)) as store:
            for uid in uids:
                store.append(record, replace(decision(uid), learner=record))

    def told(url: str, states: Path, record: str) -> list[str]:
        with closing(PostgresStore(url, CENTRE, states=states)) as store:
            store.load(record)
            assert [each.code for each in store.findings(record)] == [each.code for each in store.verify(record)]
            return [each.code for each in store.verify(record)]

    written(url, LEARNER, "a")
    put_back = postgres.by_socket(postgres.made(database_of(url)), ROLE)
    assert told(put_back, here, LEARNER) == []
    written(url, LEARNER, "b", "c")
    written(url, "NEW1", "d")
    assert told(url, here, LEARNER) == []
    assert told(put_back, here, LEARNER) == [MISSING]
    assert told(put_back, elsewhere, LEARNER) == []  # Who never saw it cannot know.
    with closing(PostgresStore(put_back, CENTRE, states=here)) as store:
        assert "NEW1" in store.to_verify()
        assert [each.code for each in store.verify("NEW1")] == [MISSING]
    written(put_back, LEARNER, "e")
    assert told(put_back, here, LEARNER) == [MISSING]
    written(put_back, LEARNER, "f", "g")
    assert told(put_back, here, LEARNER)  # As long as what was lost, and another: that is told as well.


def test_a_record_goes_only_where_its_very_name_is_said_and_the_centres_own_never(url: str) -> None:
    from markterm.records.postgres.store import PostgresStore

    store = PostgresStore(url, CENTRE)
    store.append(LEARNER, decision("a"))
    for said in ("ENR9", ""):
        store.append(CENTRE_RECORD, destruction_begun(said))
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        for record, called in ((LEARNER, "ENR9"), ("", "")):
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="no such record can be removed"):
                connection.execute("SELECT markterm.remove(%s, %s, %b)", [CENTRE, record, called.encode()])
    assert sorted(store.to_verify()) == sorted([CENTRE_RECORD, LEARNER])
    store.close()


@pytest.mark.parametrize(
    ("done", "told"),
    [
        ("UPDATE markterm.line SET raw = set_byte(raw, 80, 88) WHERE turn = 3", "put in another order"),
        ("DELETE FROM markterm.line WHERE turn = 3", "put in another order"),
        ("DELETE FROM markterm.line WHERE turn = 4", "the database counts 4 lines"),
        ("UPDATE markterm.line SET uid = NULL WHERE turn = 3", "another identifier in the database's table"),
        ("UPDATE markterm.line SET uid = 'x' WHERE turn = 3", "another identifier in the database's table"),
        ("UPDATE markterm.line SET uid = 'x' WHERE turn = 1", "another identifier in the database's table"),
        ("UPDATE markterm.head SET turn = 3", "the database counts 3 lines"),
    ],
)
def test_what_the_owner_of_the_tables_changed_is_told(
    postgres: PostgresServer, url: str, open_store: OpenStore, done: str, told: str
) -> None:
    store = open_store()
    for uid in "abc":
        store.append(LEARNER, decision(uid))
    postgres.execute(f"SET session_replication_role = replica; {done}", database_of(url))
    assert any(told in finding.message for finding in open_store().verify(LEARNER))


def test_of_many_who_add_at_once_everybody_is_in_once_and_in_one_chain(
    open_store: OpenStore, postgres: PostgresServer
) -> None:
    errors = postgres.log.count("ERROR")
    stores = [open_store() for _ in range(6)]

    def add(number: int) -> None:
        for each in range(15):
            stores[number].append(LEARNER, decision(f"{number}-{each}", actor=("jm", "ak")[number % 2]))

    with ThreadPoolExecutor(len(stores)) as pool:
        list(pool.map(add, range(len(stores))))
    fresh = open_store()
    assert sorted(uids(fresh.load(LEARNER))) == sorted(f"{number}-{each}" for number in range(6) for each in range(15))
    assert fresh.verify(LEARNER) == ()
    assert len(fresh.heads(LEARNER)) == 2
    for store in stores:
        assert uids(store.load(LEARNER)) == uids(fresh.load(LEARNER))
    # Who comes second is told so: it is nothing that whoever looks after the server has to read.
    assert postgres.log.count("ERROR") == errors


def test_what_was_sent_and_not_answered_is_in_once(open_store: OpenStore, monkeypatch: pytest.MonkeyPatch) -> None:
    from markterm.records.postgres.database import Database

    store = open_store()
    store.append(LEARNER, decision("a"))
    lost: list[Any] = []
    real = Database.once

    def answer_lost(database: Database, do: Callable[[Any], Any], *within: float, **keeps: bool) -> Any:
        answer = real(database, do, *within, **keeps)
        if not lost:
            lost.append(answer)
            raise psycopg.OperationalError("server closed the connection unexpectedly")
        return answer

    monkeypatch.setattr(Database, "once", answer_lost)
    store.append(LEARNER, decision("b"))
    assert lost
    assert uids(open_store().load(LEARNER)) == ["a", "b"]
    assert open_store().verify(LEARNER) == ()


def test_what_may_not_be_with_those_that_stand_by_is_acknowledged_only_behind_a_later_commit(
    postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from markterm.records.postgres.store import PostgresStore

    url = postgres.prepared()
    store = PostgresStore(url, CENTRE)
    store.append(LEARNER, decision("a"))
    # As the server says it, where somebody ends the wait for a server that stands by.
    body = "BEGIN RAISE WARNING 'The transaction has already committed locally'; RETURN NULL; END"
    postgres.execute(f"CREATE FUNCTION warn() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$", database_of(url))
    trigger = "CREATE TRIGGER warns AFTER INSERT ON markterm.line FOR EACH ROW EXECUTE FUNCTION warn()"
    postgres.execute(trigger, database_of(url))
    with monkeypatch.context() as patched:
        patched.setattr("markterm.records.postgres.rows._CONFIRM", "SELECT 1 / 0")
        with pytest.raises(NotSaved):
            store.append(LEARNER, decision("b"))
        assert uids(store.load(LEARNER)) == ["a"]
    store.append(LEARNER, decision("b"))
    assert uids(store.load(LEARNER)) == ["a", "b"]
    store.close()


def test_records_that_may_not_be_with_those_that_stand_by_are_told_to_be_with_one_server_alone(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    from markterm.records.folder.store import FolderStore
    from markterm.records.postgres.store import PostgresStore

    folder = FolderStore(tmp_path / "records", tmp_path / "states")
    folder.append(LEARNER, decision("a"))
    folder.close()
    url = postgres.prepared()
    body = "BEGIN RAISE WARNING 'The transaction has already committed locally'; RETURN NULL; END"
    postgres.execute(f"CREATE FUNCTION warn() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$", database_of(url))
    trigger = "CREATE TRIGGER warns AFTER INSERT ON markterm.line FOR EACH STATEMENT EXECUTE FUNCTION warn()"
    postgres.execute(trigger, database_of(url))
    store = PostgresStore(url, CENTRE)
    with pytest.raises(NotSaved, match="with one server alone"):
        store.take_in(tmp_path / "records")
    # What is there is said to be there, and not that it was taken in twice.
    with pytest.raises(Refused, match="has lines of"):
        store.take_in(tmp_path / "records")
    store.close()


def test_a_connection_that_is_cut_while_nothing_is_asked_is_not_noticed(
    open_store: OpenStore, postgres: PostgresServer, url: str
) -> None:
    store = open_store()
    store.append(LEARNER, decision("a"))
    cut(postgres, url)
    assert uids(store.load(LEARNER)) == ["a"]
    cut(postgres, url)
    store.append(LEARNER, decision("b"))
    assert uids(store.load(LEARNER)) == ["a", "b"]


def test_a_record_that_was_removed_elsewhere_and_begun_anew_is_read_anew(open_store: OpenStore) -> None:
    one, two = open_store(), open_store()
    one.append("A", decision("1", learner="A"))
    two.load("A")
    one.append(CENTRE_RECORD, destruction_begun("A"))
    one.remove("A")
    assert two.load("A") == ()
    assert two.findings("A") == ()
    one.append("A", decision("2", learner="A"))
    two.append("A", decision("3", learner="A"))
    assert uids(one.load("A")) == uids(two.load("A")) == ["2", "3"]
    assert open_store().verify("A") == ()


def test_what_was_read_ahead_is_asked_for_once_and_then_anew(
    open_store: OpenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    from markterm.records.postgres.database import Database

    one, two = open_store(), open_store()
    one.append(LEARNER, decision("a"))
    two.read_ahead([LEARNER])
    with monkeypatch.context() as patched:
        patched.setattr(Database, "rows", None)
        assert uids(two.load(LEARNER)) == ["a"]
    one.append(LEARNER, decision("b"))
    assert uids(two.load(LEARNER)) == ["a", "b"]
    monkeypatch.setattr("markterm.records.postgres.record_lines._FRESH_SECONDS", 0.0)
    three = open_store()
    three.read_ahead([LEARNER])
    one.append(LEARNER, decision("c"))
    assert uids(three.load(LEARNER)) == ["a", "b", "c"]


def test_nobody_goes_on_in_a_segment_that_ends_within_a_line(open_store: OpenStore, tmp_path: Path) -> None:
    store = open_store()
    store.append(LEARNER, decision("a"))
    (file,) = store.raw(LEARNER)
    with file.open() as opened:
        whole = opened.read()
    store.append(CENTRE_RECORD, destruction_begun(LEARNER))
    store.remove(LEARNER)
    (tmp_path / LEARNER).mkdir()
    (tmp_path / LEARNER / file.name).write_bytes(whole + whole[:70])
    store.take_in(tmp_path)
    store.append(LEARNER, decision("b"))
    fresh = open_store()
    assert uids(fresh.load(LEARNER)) == ["a", "b"]
    assert [each.code for each in fresh.verify(LEARNER)] == ["MR03"]
    assert len(fresh.heads(LEARNER)) == 2


def test_lines_that_the_database_lost_are_missed_by_who_had_seen_them(
    open_store: OpenStore, postgres: PostgresServer, url: str
) -> None:
    store = open_store()
    for uid in "abc":
        store.append(LEARNER, decision(uid))
    store.load(LEARNER)
    assert store.witnessed(LEARNER)  # What is kept behind who records is kept now.
    change(postgres, url, "DELETE FROM markterm.line WHERE turn = 4")
    # By what this machine wrote, and by the database's own count.
    assert [each.code for each in open_store().verify(LEARNER)] == ["MR04"] * 2
    assert [each.code for each in store.verify(LEARNER)] == ["MR04"] * 2
    assert uids(store.load(LEARNER)) == ["a", "b"]
    found = store.findings(LEARNER)
    assert {(finding.code, finding.file) for finding in found} == {("MR04", None)}
    assert any("had seen 4" in finding.message for finding in found)


def test_who_had_read_lines_that_others_stand_for_since_the_database_was_put_back_reads_those_and_tells_it(
    open_store: OpenStore, postgres: PostgresServer, url: str, tmp_path: Path
) -> None:
    from markterm.records.postgres.store import PostgresStore

    one, readers = open_store(), [open_store(), PostgresStore(url, CENTRE, states=tmp_path / "never wrote")]
    for uid in "ab":
        one.append(LEARNER, decision(uid))
    for each in readers:
        assert uids(each.load(LEARNER)) == ["a", "b"]
    change(postgres, url, "DELETE FROM markterm.line WHERE turn = 3; UPDATE markterm.head SET turn = 2, hash = "
           "(SELECT encode(sha256(raw), 'hex') FROM markterm.line WHERE turn = 2)")  # fmt: skip
    with closing(PostgresStore(url, CENTRE, states=tmp_path / "another machine")) as other:
        other.append(LEARNER, decision("c"))
    for each in readers:
        assert uids(each.load(LEARNER)) == ["a", "c"]
        assert any("this session" in finding.message for finding in each.findings(LEARNER))
    readers[1].append(LEARNER, decision("d"))
    assert uids(open_store().load(LEARNER)) == ["a", "c", "d"]
    readers[1].close()


@pytest.mark.parametrize(
    ("how", "codes"),
    [
        (
            "UPDATE markterm.line SET raw = convert_to(replace(convert_from(raw, 'UTF8'), 'pass', 'fail'), 'UTF8')",
            "MR01",
        ),
        ("DELETE FROM markterm.line WHERE turn = 2", "MR02"),
        ("UPDATE markterm.line SET turn = 9 - turn WHERE turn IN (2, 3)", "MR02"),
    ],
)
def test_who_goes_round_the_store_is_found_out(
    open_store: OpenStore, postgres: PostgresServer, url: str, how: str, codes: str
) -> None:
    for uid in "abc":
        open_store().append(LEARNER, decision(uid))
    change(postgres, url, how)
    found = open_store().verify(LEARNER)
    assert codes in {each.code for each in found}
    assert all(each.file is None for each in found)


def test_what_others_record_is_told_at_once_and_names_nobody(
    open_store: OpenStore, postgres: PostgresServer, url: str
) -> None:
    one, two = open_store(), open_store()
    told: Queue[Container[str]] = Queue()
    one.hear(told.put)
    until(lambda: "LISTEN" in asked_last(postgres, url))
    one.append("ENR7654321", decision("b", learner="ENR7654321"))
    two.append(LEARNER, decision("a"))
    heard = told.get(timeout=PATIENCE)
    assert LEARNER in heard
    assert "ENR7654321" not in heard
    assert LEARNER not in asked_last(postgres, url)


def test_who_records_without_a_pause_tells_of_all_of_it_in_a_few_notifications(
    open_store: OpenStore, postgres: PostgresServer, url: str
) -> None:
    one, two = open_store(), open_store()
    told: Queue[Container[str]] = Queue()
    two.hear(told.put)
    until(lambda: "LISTEN" in asked_last(postgres, url))
    names = [f"L{number}" for number in range(40)]
    for name in names:
        one.append(name, decision(name, learner=name))
    heard: list[Container[str]] = []
    while not all(any(name in each for each in heard) for name in names):
        heard.append(told.get(timeout=PATIENCE))
    assert len(heard) < len(names) / 2


def test_after_its_connection_was_lost_whoever_hears_is_told_that_anything_may_have_come(
    open_store: OpenStore, postgres: PostgresServer, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("markterm.records.postgres.telling._LOOKS_UP", 0.05)
    told: Queue[Container[str]] = Queue()
    open_store().hear(told.put)
    until(lambda: "LISTEN" in asked_last(postgres, url))
    cut(postgres, url)
    assert LEARNER in told.get(timeout=PATIENCE)


def test_what_another_role_of_the_database_tells_keeps_nobody_from_hearing_what_is_recorded(
    open_store: OpenStore, postgres: PostgresServer, url: str
) -> None:
    from markterm.records.postgres.telling import _channel

    told: Queue[Container[str]] = Queue()
    open_store().hear(told.put)
    until(lambda: "LISTEN" in asked_last(postgres, url))
    # Anybody who knows the centre's number can say anything there.
    for said in ("", " ", "x", "x y z", "\u202e" * 2_000):
        postgres.execute(f"SELECT pg_notify('{_channel(CENTRE)}', '{said}')", database_of(url))
    open_store().append(LEARNER, decision("a"))
    while LEARNER not in told.get(timeout=PATIENCE):
        pass


def change(postgres: PostgresServer, url: str, how: str) -> None:
    """Do what whoever owns the server can do, and no role of a centre."""
    postgres.execute(f"SET session_replication_role = replica; {how}", database_of(url))


def cut(postgres: PostgresServer, url: str) -> None:
    """End every connection to that database."""
    name = database_of(url)
    postgres.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")


def asked_last(postgres: PostgresServer, url: str) -> str:
    """What each connection to that database asked last."""
    asked = "SELECT string_agg(query, ' ') FROM pg_stat_activity WHERE datname = %s"
    with closing(psycopg.connect(postgres.by_socket())) as connection:
        return str(connection.execute(asked, [database_of(url)]).fetchone()[0])


def until(holds: Callable[[], bool]) -> None:
    """Wait until it holds."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)
