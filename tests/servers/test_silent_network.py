"""Something on the way to the database takes every byte and answers none: nobody waits without end or a word."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from io import BytesIO
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from markterm.domain.words.errors import MarkTermError, NotSaved
from markterm.records.store import RawFile
from tests.samples import LEARNER, decision, uids
from tests.servers.cutting_proxy import CuttingProxy
from tests.servers.postgres import CENTRE, PostgresServer

if TYPE_CHECKING:
    from markterm.records.postgres.store import PostgresStore

pytest.importorskip("psycopg", reason="the extra server is not installed")
pytestmark = pytest.mark.server

_ENDS_WITHIN = 10.0
_FILE = RawFile("asha.12345678.log", 0, BytesIO)
ASKED: Mapping[str, Callable[[PostgresStore], object]] = {
    "load": lambda store: store.load(LEARNER),
    "stamps": lambda store: store.stamps(),
    "verify": lambda store: store.verify(LEARNER),
    "append": lambda store: store.append(LEARNER, decision("b")),
    "bring": lambda store: store.bring({"B": [_FILE]}),
    "remove": lambda store: store.remove(LEARNER),
}


_OFTEN = ("append",)  # The others where there is time: each waits until a connection is not made.


@pytest.fixture
def nowhere() -> Iterator[str]:
    """Where somebody listens by TCP who never says anything."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"postgresql://markterm@127.0.0.1:{listening.getsockname()[1]}/x?connect_timeout=1"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for an answer as long as a person would."""
    from markterm.records.postgres import connection, database, rows
    from markterm.records.postgres.database import Database

    monkeypatch.setattr(connection.PatientConnection, "answers_within", 0.3)
    monkeypatch.setattr(connection, "_STOPS_WITHIN", 0.3)
    monkeypatch.setattr(rows, "_WITHIN", 0.3)
    monkeypatch.setattr(database, "_WAITS_SECONDS", 1.0)
    for asks in (Database.once, rows.commit):
        monkeypatch.setattr(asks, "__defaults__", (0.3,))


@pytest.mark.parametrize(
    "asked", [pytest.param(asked, marks=() if asked in _OFTEN else pytest.mark.long) for asked in ASKED]
)
def test_whoever_never_gets_a_connection_is_told_so(nowhere: str, asked: str) -> None:
    from markterm.records.postgres.store import PostgresStore

    store = PostgresStore(nowhere, CENTRE)
    told = _told(lambda: ASKED[asked](store))
    assert "cannot be reached" in f"{told.title} {told.what}"
    _in_time(store.close)


@pytest.mark.long
def test_whoever_prepares_a_database_that_never_answers_is_told_so(nowhere: str) -> None:
    from markterm.records.postgres.schema import prepare

    assert _told(lambda: prepare(nowhere, CENTRE, "markterm")).next_step


@pytest.mark.parametrize(
    "asked", [pytest.param(asked, marks=() if asked in _OFTEN else pytest.mark.long) for asked in ASKED]
)
def test_a_network_that_goes_dead_under_a_connection_is_told_and_once_it_is_back_the_same_is_recorded_once(
    postgres: PostgresServer, asked: str
) -> None:
    from markterm.records.postgres.store import PostgresStore

    with postgres.lent() as url, CuttingProxy(postgres) as proxy:
        store = PostgresStore(f"{proxy.by_network(url)}?connect_timeout=1", CENTRE)
        store.append(LEARNER, decision("a"))
        proxy.is_dead = True
        _told(lambda: ASKED[asked](store))
        proxy.is_dead = False
        for _ in range(3):
            with suppress(NotSaved):  # A connection that died meanwhile may be noticed by this alone.
                store.append(LEARNER, decision("b"))
                break
        store.close()
        direct = PostgresStore(url, CENTRE)
        assert uids(direct.load(LEARNER)) == ["a", "b"]
        assert direct.verify(LEARNER) == ()
        direct.close()


def _told(do: Callable[[], object]) -> MarkTermError:
    """What is told, in bounded time."""
    with pytest.raises(MarkTermError) as raised:
        _in_time(do)
    assert raised.value.next_step
    return raised.value


def _in_time(do: Callable[[], object]) -> None:
    ended: list[BaseException | None] = []

    def go() -> None:
        try:
            do()
        except BaseException as error:  # a thread's, raised again
            ended.append(error)
        else:
            ended.append(None)

    thread = Thread(target=go, daemon=True)
    thread.start()
    thread.join(_ENDS_WITHIN)
    assert ended, "it waits without end"
    if ended[0] is not None:
        raise ended[0]
