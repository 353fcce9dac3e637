"""A million entries go from a folder to PostgreSQL and back; and what one database bears of many centres.

pytest -n 0 -m "benchmark and server" -s tests/benchmarks/test_copy_benchmark.py
"""

# ruff: noqa: T201 - what was measured is told

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import quantiles
from typing import Any

import pytest

from markterm.records.copying import copy_records
from markterm.records.folder.store import FolderStore
from tests.benchmarks.written_lines import write_record
from tests.samples import decision
from tests.servers.postgres import CENTRE, ROLE, PostgresServer

pytest.importorskip("psycopg", reason="the extra server is not installed")
pytestmark = [pytest.mark.benchmark, pytest.mark.server]

_LEARNERS, _EVENTS = 10_000, 100
_MOST_SECONDS = 300
_MOST_MEMORY = 200
_NOTE = "What is said of coaching is your own: when and with whom you used the model. " * 2
_CENTRES, _LEARNERS_OF_CENTRE, _EVENTS_OF_LEARNER = 40, 250, 60
_WRITERS, _SECONDS = 16, 20


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A server that waits for its disk."""
    server = PostgresServer.start(durable=True, settings={"max_wal_size": "4GB", "shared_buffers": "256MB"})
    yield server
    server.remove()


def _timed(what: str, do: Callable[[], Any]) -> float:
    begun = time.monotonic()
    do()
    took = time.monotonic() - begun
    print(f"{what}: {took:.1f} s")
    return took


def test_a_million_entries_there_and_back(server: PostgresServer, tmp_path: Path) -> None:
    from markterm.records.postgres.store import PostgresStore

    for number in range(_LEARNERS):
        name = f"LRN{number:06d}"
        write_record(tmp_path, name, (decision(f"{name}-{n}", learner=name, note=_NOTE) for n in range(_EVENTS)))
    folder = FolderStore(tmp_path / "records", tmp_path / "nobody")
    back = FolderStore(tmp_path / "back/records", tmp_path / "nobody")
    database = PostgresStore(server.prepared(), CENTRE)
    equal = []
    took = _timed("\nfolder to PostgreSQL", lambda: equal.append(copy_records(folder, database).compared))
    took += _timed("PostgreSQL to folder", lambda: equal.append(copy_records(database, back).compared))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"together {took:.1f} s (at most {_MOST_SECONDS}), {memory} MB of memory at most")
    assert all(each.are_equal and each.events == _LEARNERS * _EVENTS for each in equal)
    assert took <= _MOST_SECONDS
    assert memory <= _MOST_MEMORY


def test_one_database_bears_the_load_of_many_centres(server: PostgresServer, tmp_path: Path) -> None:
    """A shard of small centres: how large it is, and how long decisions of 16 writers over all of them take."""
    from markterm.records.postgres.schema import prepare
    from markterm.records.postgres.store import PostgresStore

    url = server.prepared()
    name = url.partition("?")[0].rpartition("/")[2]
    for number in range(_LEARNERS_OF_CENTRE):
        learner = f"L{number:04d}"
        entries = (decision(f"{learner}-{n}", learner=learner, note=_NOTE) for n in range(_EVENTS_OF_LEARNER))
        write_record(tmp_path, learner, entries)
    folder = FolderStore(tmp_path / "records", tmp_path / "nobody")
    centres = [f"9{number:05d}" for number in range(_CENTRES)]
    for centre in centres:
        prepare(server.by_socket(name), centre, ROLE)
        store = PostgresStore(url, centre)
        store.bring({record: folder.raw(record) for record in folder.stamps()})
        store.close()
    every = _CENTRES * _LEARNERS_OF_CENTRE * _EVENTS_OF_LEARNER
    size = int(server.run("psql", "-At", "-c", f"SELECT pg_database_size('{name}')", server.by_socket(name)))
    learners = _CENTRES * _LEARNERS_OF_CENTRE
    print(f"\n{_CENTRES} centres, {learners:,} learners, {every:,} entries: {size / 2**20:,.0f} MB")
    print(f"{size / every:,.0f} bytes an entry")
    with ProcessPoolExecutor(_WRITERS) as writers:
        took = [each for many in writers.map(_marks, [url] * _WRITERS, [centres] * _WRITERS) for each in many]
    cuts = quantiles(took, n=100)
    print(f"{_WRITERS} writers over all centres: {len(took) / _SECONDS:,.0f} decisions a second")
    print(f"median {cuts[49] * 1000:.1f} ms, 95th {cuts[94] * 1000:.1f} ms, 99th {cuts[98] * 1000:.1f} ms")
    store = PostgresStore(url, centres[0])
    _timed("stamps of a centre", store.stamps)
    store.close()


def _marks(url: str, centres: list[str]) -> list[float]:
    """Decide without a pause, each time somebody of another centre, for some seconds; how long each decision took."""
    from markterm.records.postgres.store import PostgresStore

    stores = [PostgresStore(url, centre) for centre in centres[os.getpid() % 8 :: 8]]
    for store in stores:
        store.stamp("L0000")
    took: list[float] = []
    number, end = 0, time.monotonic() + _SECONDS
    while time.monotonic() < end:
        store = stores[number % len(stores)]
        learner = f"L{(os.getpid() + number) % _LEARNERS_OF_CENTRE:04d}"
        event = decision(f"new-{os.getpid()}-{number}", learner=learner, actor=f"a{os.getpid()}", note=_NOTE)
        begun = time.monotonic()
        store.append(learner, event)
        took.append(time.monotonic() - begun)
        number += 1
    for store in stores:
        store.close()
    return took
