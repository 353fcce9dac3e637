"""Several processes and threads write one record at once, with locks and without: nothing is lost."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from markterm.records.folder.record_listing import Listed, RecordListing
from markterm.records.query import Query
from tests.at_length import at_length
from tests.records.torture import RecordOnDisk, in_a_child, wait_for
from tests.samples import LEARNER, decision, uids

PROCESSES = 4
EACH = 60
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def write_at_once(record: RecordOnDisk, actors: list[str], locks_work: bool = True) -> None:
    """Let every actor append `EACH` events in a process of their own, all at the same time."""
    children = []
    for process, actor in enumerate(actors):

        def work(process: int = process, actor: str = actor) -> None:
            if not locks_work:
                take_locks_away()
            store = record.open()
            for number in range(EACH):
                store.append(LEARNER, decision(f"{process}.{number}", actor=actor))
                if number % 20 == 19:
                    store.close()

        children.append(in_a_child(work))
    assert [wait_for(child) for child in children] == [0] * len(actors)


def take_locks_away() -> None:
    """In this process no lock of a file locks anything from now on."""
    import fcntl

    for name in ("flock", "lockf"):
        setattr(fcntl, name, lambda *_arguments: None)


def assert_nothing_is_lost(record: RecordOnDisk) -> None:
    loaded = uids(record.events())
    assert len(loaded) == len(set(loaded))
    for process in range(PROCESSES):
        # Everybody's own events stand in the order in which they were made.
        own = [uid for uid in loaded if uid.startswith(f"{process}.")]
        assert own == [f"{process}.{number}" for number in range(EACH)]
    assert record.audit() == ()


@needs_fork
@pytest.mark.parametrize("locks_work", at_length([False, True]), ids=["locks that do nothing", "locks"])
@pytest.mark.parametrize("same", [False, True], ids=["four members", "one member four times"])
def test_four_processes_in_one_record_lose_nothing(tmp_path: Path, same: bool, locks_work: bool) -> None:
    record = RecordOnDisk(tmp_path)
    write_at_once(record, ["jm"] * PROCESSES if same else ["jm", "ak", "vd", "rb"], locks_work)
    assert_nothing_is_lost(record)


@needs_fork
def test_no_lock_is_ever_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    def asked(*_arguments: object) -> None:
        raise AssertionError("a lock was asked for")

    monkeypatch.setattr(fcntl, "flock", asked)
    monkeypatch.setattr(fcntl, "lockf", asked)
    store = RecordOnDisk(tmp_path).open()
    store.append(LEARNER, decision("a"))
    store.close()
    store.append(LEARNER, decision("b"))
    assert uids(store.load(LEARNER)) == ["a", "b"]


def test_threads_that_append_read_and_search_one_store_lose_nothing(tmp_path: Path) -> None:
    record = RecordOnDisk(tmp_path)
    store, stranger = record.open(), record.open()
    failures: list[BaseException] = []
    done = threading.Event()

    def append(who: str) -> None:
        for number in range(EACH):
            (stranger if number % 3 == 0 else store).append(LEARNER, decision(f"{who}.{number}", actor=who))

    def look() -> None:
        most = 0
        while not done.is_set():
            seen = len(store.load(LEARNER))
            assert seen >= most
            most = seen
            assert len(store.select(LEARNER, Query(criterion="1.1"))) >= seen
            assert store.findings(LEARNER) == ()

    def run(work: Callable[..., None], *arguments: str) -> None:
        try:
            work(*arguments)
        except BaseException as error:
            failures.append(error)

    writers = [threading.Thread(target=run, args=(append, who)) for who in ("jm", "ak")]
    readers = [threading.Thread(target=run, args=(look,)) for _ in range(2)]
    for thread in (*writers, *readers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in readers:
        thread.join()
    assert failures == []
    expected = sorted(f"{who}.{number}" for who in ("jm", "ak") for number in range(EACH))
    assert sorted(uids(store.load(LEARNER))) == sorted(uids(record.events())) == expected
    store.close()
    stranger.close()
    assert record.audit() == ()


def test_what_is_appended_between_listing_and_reading_is_no_loss(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = RecordOnDisk(tmp_path)
    writer, reader = record.open(), record.without_states().open()
    numbers = iter(range(100))
    real = RecordListing.look

    def look(listing: RecordListing) -> dict[str, Listed]:
        listed = real(listing)
        with monkeypatch.context() as plain:
            plain.setattr(RecordListing, "look", real)
            writer.append(LEARNER, decision(f"e{next(numbers)}"))
        return listed

    writer.append(LEARNER, decision("first"))
    monkeypatch.setattr(RecordListing, "look", look)
    for number in range(6):
        assert len(reader.load(LEARNER)) > number
        assert reader.findings(LEARNER) == ()
