"""A connection to PostgreSQL that goes dead at any byte: what was acknowledged is there, and nothing is there twice."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from markterm.domain.words.errors import MarkTermError, NotSaved, Unreadable
from tests.samples import LEARNER, decision
from tests.servers.cutting_proxy import CuttingProxy
from tests.servers.postgres import CENTRE, PostgresServer

if TYPE_CHECKING:
    from markterm.records.postgres.store import PostgresStore

pytest.importorskip("psycopg", reason="the extra server is not installed")
pytestmark = pytest.mark.server

_MOST_BYTES = 20_000
# Some bytes each time, and every one where there is time for it.
_STEPS = [pytest.param(211, id="some"), pytest.param(1, id="every", marks=pytest.mark.long)]


@pytest.fixture
def url(postgres: PostgresServer) -> Iterator[str]:
    """A database with no record."""
    with postgres.lent() as url:
        yield url


@pytest.fixture
def proxy(postgres: PostgresServer) -> Iterator[CuttingProxy]:
    """What stands between."""
    with CuttingProxy(postgres) as proxy:
        yield proxy


def _store(url: str) -> PostgresStore:
    from markterm.records.postgres.store import PostgresStore

    return PostgresStore(url, CENTRE)


def _check(url: str, record: str, uids: list[str]) -> None:
    """Each of them is there once and nothing else, and all of it verifies."""
    store = _store(url)
    assert [event.uid for event in store.load(record)] == uids
    assert [line.event.uid for line in store.lines(record)] == uids
    assert store.verify(record) == ()
    store.close()


@pytest.mark.parametrize("step", [pytest.param(13, id="some"), _STEPS[1]])
@pytest.mark.parametrize("to_server", [True, False])
def test_a_decision_that_is_cut_off_at_any_byte_is_recorded_once(
    url: str, proxy: CuttingProxy, step: int, *, to_server: bool
) -> None:
    store = _store(proxy.address(url))
    store.append(LEARNER, decision("first"))
    acknowledged, number = ["first"], 0
    for number in itertools.count(0, step):
        uid = f"uid-{number}"
        proxy.cut_after(number, to_server=to_server)
        try:
            store.append(LEARNER, decision(uid, note=uid))
        except NotSaved as error:
            # The cut may have been of a spare connection, which was tried later, and the next one then of this.
            _is_told(error)
            store.append(LEARNER, decision(uid, note=uid))
        acknowledged.append(uid)
        if not proxy.was_cut():
            break
        assert number < _MOST_BYTES
    assert number
    _check(url, LEARNER, acknowledged)
    store.close()


@pytest.mark.parametrize("step", [_STEPS[0], pytest.param(41, id="many", marks=pytest.mark.long)])
@pytest.mark.parametrize("to_server", [True, False])
def test_a_connection_that_is_cut_off_while_it_is_made_loses_nothing(
    url: str, proxy: CuttingProxy, step: int, *, to_server: bool
) -> None:
    number = 0
    for number in itertools.count(0, step):
        learner = f"L{number}"  # A record of its own: what is read of it is as long each time.
        event = decision("uid", learner=learner)
        store = _store(proxy.address(url))
        proxy.cut_after(number, to_server=to_server)
        try:
            store.append(learner, event)
        except (NotSaved, Unreadable) as error:
            _is_told(error)
            there = _store(url)
            assert there.load(learner) in ((), (event,))
            there.close()
        was_cut = proxy.was_cut()
        # Whatever was told: the same again is there once.
        store.append(learner, event)
        store.close()
        _check(url, learner, ["uid"])
        if not was_cut:
            break
        assert number < _MOST_BYTES
    assert number > step


@pytest.mark.parametrize("step", _STEPS)
def test_a_record_that_is_cut_off_at_any_byte_is_read_whole_or_not_at_all(
    url: str, proxy: CuttingProxy, step: int
) -> None:
    writing = _store(url)
    for number in range(5):
        writing.append(LEARNER, decision(f"uid-{number}", note="x" * 200))
    whole = writing.load(LEARNER)
    for number in itertools.count(0, step):
        store = _store(proxy.address(url))
        store.stamp("nobody")
        proxy.cut_after(number, to_server=False)
        try:
            assert store.load(LEARNER) == whole
        except Unreadable as error:
            _is_told(error)
        was_cut = proxy.was_cut()
        assert store.load(LEARNER) == whole
        store.close()
        if not was_cut:
            break
        assert number < _MOST_BYTES


@pytest.mark.parametrize("to_server", [True, False])
def test_a_decision_that_is_swallowed_without_a_word_is_recorded_once_by_another_connection(
    url: str, proxy: CuttingProxy, monkeypatch: pytest.MonkeyPatch, *, to_server: bool
) -> None:
    monkeypatch.setattr("markterm.records.postgres.rows._WITHIN", 0.2)
    monkeypatch.setattr("markterm.records.postgres.connection._STOPS_WITHIN", 0.2)
    # What tells others has a connection of its own to lose.
    monkeypatch.setattr("markterm.records.postgres.telling.Teller.tell", lambda *_: None)
    store = _store(proxy.address(url))
    store.append(LEARNER, decision("first"))
    proxy.cut_after(1, to_server=to_server, is_silent=True)
    store.append(LEARNER, decision("second"))
    assert proxy.was_cut()
    store.close()
    _check(url, LEARNER, ["first", "second"])


def _is_told(error: MarkTermError) -> None:
    assert error.what
    assert error.next_step
