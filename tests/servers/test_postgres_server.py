"""The server of the tests is a real one, and each test has a database of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from markterm.domain.words.errors import NotNow
from tests.servers.postgres import CENTRE, PASSWORD, PostgresServer, folder_for_a_cluster

psycopg = pytest.importorskip("psycopg", reason="the extra server is not installed")
pytestmark = pytest.mark.server


def test_every_test_has_an_empty_database_of_its_own(postgres: PostgresServer) -> None:
    one, two = postgres.fresh(), postgres.fresh()
    with psycopg.connect(one) as connection:
        connection.execute("CREATE TABLE a (b int)")
    with psycopg.connect(two) as connection:
        assert connection.execute("SELECT to_regclass('a')").fetchone() == (None,)


def test_over_the_network_a_password_is_asked_for(postgres: PostgresServer) -> None:
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(postgres.by_network())
    psycopg.connect(postgres.by_network(), password=PASSWORD).close()


def test_what_a_process_that_was_killed_left_goes_with_the_next_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left, another = tmp_path / f"markterm-pg-{gone.pid}-abc", tmp_path / f"markterm-pg-{os.getppid()}-abc"
    for folder in (left, another):
        folder.mkdir()
    own = folder_for_a_cluster()
    assert sorted(tmp_path.iterdir()) == sorted([another, own])


@pytest.mark.slow
def test_what_was_committed_on_a_durable_server_is_there_after_it_was_killed() -> None:
    server = PostgresServer.start(durable=True)
    try:
        server.execute("CREATE TABLE a AS SELECT 1 AS b")
        pid = server.pid
        server.end(signal.SIGKILL)
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
        server.begin_again()
        with psycopg.connect(server.by_socket()) as connection:
            assert connection.execute("SELECT b FROM a").fetchone() == (1,)
    finally:
        server.remove()


@pytest.mark.slow
def test_while_it_is_away_whoever_asks_again_is_told_at_once_and_goes_on_once_it_is_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from markterm.records.postgres import database as of_databases
    from markterm.records.postgres.database import Database

    # Whoever waited for a pool would wait for an hour.
    monkeypatch.setattr(of_databases, "_WAITS_SECONDS", 3_600.0)
    rests: list[float] = []
    monkeypatch.setattr(of_databases, "sleep", rests.append)
    server = PostgresServer.start()
    database = Database(server.prepared(), CENTRE)
    try:
        assert database.rows("SELECT 1") == [(1,)]
        server.end(signal.SIGKILL)
        for _ in range(3):
            with pytest.raises(NotNow, match="cannot be reached"):
                database.rows("SELECT 1")
        assert rests == list(of_databases._RESTS)
        server.begin()
        assert database.rows("SELECT 1") == [(1,)]
    finally:
        database.close()
        server.remove()
