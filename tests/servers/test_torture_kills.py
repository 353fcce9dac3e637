"""Clients and servers that are killed, a server that takes over, a disk that is full: nothing acknowledged is lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.event import Result
from markterm.domain.words.errors import NotSaved
from tests.centres import make_centre_in, places_in
from tests.samples import LEARNER, decision
from tests.servers.postgres import CENTRE, OWNER, PostgresServer, folder_for_a_cluster
from tests.servers.writers import Writers, check_saved

if TYPE_CHECKING:
    from markterm.records.postgres.store import PostgresStore

OperationalError = pytest.importorskip("psycopg", reason="the extra server is not installed").OperationalError
pytestmark = pytest.mark.server

_PATIENCE = 120.0
_IN = ("local all all trust", "local replication all trust", "host all all 127.0.0.1/32 scram-sha-256")


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A server that waits for its disk, and that a test may kill."""
    server = PostgresServer.start(durable=True)
    yield server
    server.remove()


def _store(url: str) -> PostgresStore:
    from markterm.records.postgres.store import PostgresStore

    return PostgresStore(url, CENTRE)


def _wait_for(what: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not what():
        assert time.monotonic() < end
        time.sleep(0.05)


def _wait_for_acknowledged(writers: Writers, least: int) -> None:
    """However slow the machine is: as long as more are acknowledged, it goes on."""
    known, end = 0, time.monotonic() + _PATIENCE
    while (number := len(writers.acknowledged())) < least:
        if number > known:
            known, end = number, time.monotonic() + _PATIENCE
        assert time.monotonic() < end, f"{number} of {least}"
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("kills", "least"), [pytest.param(6, 100, id="6"), pytest.param(300, 10_000, id="300", marks=pytest.mark.long)]
)
def test_nothing_acknowledged_is_lost_or_doubled_when_clients_and_servers_are_killed(
    server: PostgresServer, tmp_path: Path, kills: int, least: int
) -> None:
    url = server.prepared()
    writers = Writers(url, tmp_path, processes=4)
    rng = random.Random(300)
    try:
        _wait_for_acknowledged(writers, 21)
        for number in range(kills):
            if number % 2:
                server.end(signal.SIGKILL)
                server.begin_again()
            else:
                writers.kill(rng.randrange(4))
            time.sleep(rng.random() * 0.3)
        _wait_for_acknowledged(writers, least)
    finally:
        writers.end()
    store = _store(url)
    saved = check_saved(store, writers)
    store.close()
    assert saved >= least
    print(f"\n{saved:,} acknowledged over {kills} kills: 0 lost, 0 doubled")  # noqa: T201  # for whoever runs it by hand


def test_a_synchronous_standby_takes_over_with_everything_that_was_acknowledged(
    server: PostgresServer, tmp_path: Path
) -> None:
    url = server.prepared()
    standby = _standby_of(server)
    try:
        server.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
        server.reload()
        both = url.replace(f"host={server.folder}&port={server.port}", _hosts(server, standby))
        writers = Writers(both, tmp_path, processes=4, threads=4)
        try:
            _wait_for_acknowledged(writers, 401)
            server.end(signal.SIGKILL)
            before = len(writers.acknowledged())
            standby.run("pg_ctl", "promote", "-w", "-D", str(standby.data))
            _wait_for_acknowledged(writers, before + 401)
        finally:
            writers.end()
        store = _store(both)
        assert check_saved(store, writers) > before + 400
        store.close()
    finally:
        standby.remove()


def test_a_synchronous_standby_that_stays_away_is_told_and_the_same_again_is_recorded_once_when_it_is_back(
    server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("markterm.records.postgres.rows._WITHIN", 0.3)
    url = server.prepared()
    store = _store(url)
    store.append(LEARNER, decision("first"))
    server.execute("ALTER SYSTEM SET synchronous_standby_names = 'away'")
    server.reload()
    store.stamp(LEARNER)
    for _ in range(2):
        with pytest.raises(NotSaved, match="with one server alone") as told:
            store.append(LEARNER, decision("second"))
        assert "recorded once" in told.value.next_step
        assert [event.uid for event in store.load(LEARNER)] == ["first"]
    server.execute("ALTER SYSTEM RESET synchronous_standby_names")
    server.reload()
    store.append(LEARNER, decision("second"))
    store.close()
    fresh = _store(url)
    assert [event.uid for event in fresh.load(LEARNER)] == ["first", "second"]
    assert fresh.verify(LEARNER) == ()
    fresh.close()


def test_a_server_that_is_up_again_in_a_moment_has_the_decision_at_the_first_try(server: PostgresServer) -> None:
    url = server.prepared()
    store = _store(url)
    store.append(LEARNER, decision("first"))
    server.end(signal.SIGINT)
    with ThreadPoolExecutor(1) as beside:
        adding = beside.submit(store.append, LEARNER, decision("second"))
        time.sleep(0.1)
        server.begin_again()
        adding.result()
    assert [event.uid for event in store.load(LEARNER)] == ["first", "second"]
    store.close()


def test_a_decision_that_a_longer_recovery_left_open_is_the_same_event_when_it_is_made_again(
    server: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from markterm.records.postgres import database, record_lines, rows

    path = make_centre_in(tmp_path / "centre")
    file = path / "centre.toml"
    file.write_text(f'{file.read_text("utf-8")}\n[record]\nstore = "{server.prepared()}"\n', "utf-8")
    centre = Centre.open(path, member="asha", places=places_in(tmp_path / "own"))
    centre.marking.mark("AAA1", "T-101", "1.1", Result.PASS)
    add_rows = rows.add_rows

    def killed_behind(*arguments: object) -> bool:
        add_rows(*arguments)  # type: ignore[arg-type]
        server.end(signal.SIGKILL)
        raise OperationalError("server closed the connection unexpectedly")

    with monkeypatch.context() as away:
        away.setattr(record_lines, "add_rows", killed_behind)
        away.setattr(database, "sleep", lambda _: None)  # Longer than all of its tries.
        with pytest.raises(NotSaved, match="cannot be reached"):
            centre.marking.mark("AAA1", "T-101", "1.2", Result.REFER, "What is missing.")
    server.begin_again()
    centre.marking.mark("AAA1", "T-101", "1.2", Result.REFER, "What is missing.")
    decided = [event for event in centre.history.of("AAA1") if event.subject.criterion == "1.2"]
    assert len(decided) == 1
    centre.close_down()


def test_a_standby_that_nobody_waits_for_is_warned_of(server: PostgresServer, tmp_path: Path) -> None:
    from markterm.records.postgres.status import status_of

    url = server.prepared()
    folder = make_centre_in(tmp_path / "centre")
    toml = (folder / "centre.toml").read_text("utf-8")
    (folder / "centre.toml").write_text(f'{toml}\n[record]\nstore = "{url}"\n', "utf-8")
    standby = _standby_of(server)
    try:
        store = _store(url)
        _wait_for(lambda: bool(status_of(store.database).standbys))
        assert any("can be lost when one of them takes over" in each for each in status_of(store.database).caveats)
        found = Centre.open(folder, places=places_in(tmp_path)).check.findings()
        assert [each.code for each in found if "takes over" in each.message] == ["MC23"]
        server.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
        server.reload()
        _wait_for(lambda: not any("takes over" in each for each in status_of(store.database).caveats))
        store.close()
    finally:
        standby.remove()


def _standby_of(server: PostgresServer) -> PostgresServer:
    """Another server that has what that one has, and goes on from it."""
    server.allow(*_IN)
    server.reload()
    folder = folder_for_a_cluster()
    owner = server.folder.stat()
    os.chown(folder, owner.st_uid, owner.st_gid)
    standby = PostgresServer(folder, server.programs, server.settings)
    place = ("-h", str(server.folder), "-p", str(server.port), "-U", OWNER)
    server.run("pg_basebackup", "-D", str(standby.data), "-R", "-X", "stream", "-c", "fast", *place)
    standby.begin()
    return standby


def _hosts(*servers: PostgresServer) -> str:
    hosts = ",".join(str(each.folder) for each in servers)
    ports = ",".join(str(each.port) for each in servers)
    return f"host={hosts}&port={ports}&target_session_attrs=read-write"


@pytest.fixture
def small_disk(server: PostgresServer) -> Iterator[Path]:
    """A disk of 48 MB, the server's. Skips the test where none can be mounted."""
    folder = server.folder / "disk"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", folder], check=False, capture_output=True)
    if made.returncode:
        pytest.skip("no disk can be mounted here to be filled: that needs root, and a system that lets it")
    owner = server.folder.stat()
    os.chown(folder, owner.st_uid, owner.st_gid)
    yield folder
    server.end()
    subprocess.run(["umount", "-l", folder], check=False, capture_output=True)


def test_a_full_disk_is_told_in_words_and_what_was_acknowledged_before_is_there(
    server: PostgresServer, small_disk: Path
) -> None:
    server.execute(f"CREATE TABLESPACE small LOCATION '{small_disk}'")
    url = server.prepared()
    name = url.partition("?")[0].rpartition("/")[2]
    server.execute("ALTER TABLE markterm.line SET TABLESPACE small", name)
    store = _store(url)
    acknowledged: list[str] = []
    text = random.Random(1).randbytes(400_000).hex()  # What does not pack.
    told = ""
    while not told and len(acknowledged) < 200:
        try:
            store.append(LEARNER, decision(f"uid-{len(acknowledged)}", note=text))
        except NotSaved as error:
            told = error.what
        else:
            acknowledged.append(f"uid-{len(acknowledged)}")
    assert "disk is full" in told
    assert acknowledged
    fresh = _store(url)
    assert [event.uid for event in fresh.load(LEARNER)] == acknowledged
    server.execute("ALTER TABLE markterm.line SET TABLESPACE pg_default", name)
    store.append(LEARNER, decision(f"uid-{len(acknowledged)}", note=text))
    fresh.load(LEARNER)
    assert len(fresh.lines(LEARNER)) == len(acknowledged) + 1
    assert fresh.verify(LEARNER) == ()
    for each in (store, fresh):
        each.close()
