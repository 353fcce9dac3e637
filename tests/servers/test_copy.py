"""A centre's records go from its folder to PostgreSQL and back, whole, whoever is killed in between."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from markterm.domain.record.event import Result
from markterm.domain.words.errors import NotSaved, Refused
from markterm.records.copying import compare_records, copy_records
from markterm.records.folder.store import FolderStore
from markterm.system.platform import CENTRE_RECORD
from tests.benchmarks.written_lines import write_record
from tests.samples import decision
from tests.servers.postgres import CENTRE, PASSWORD, ROLE, PostgresServer

if TYPE_CHECKING:
    from markterm.records.postgres.store import PostgresStore

pytest.importorskip("psycopg", reason="the extra server is not installed")
pytestmark = pytest.mark.server

_COPIES = """
import sys
from pathlib import Path
from markterm.records import copying
from markterm.records.folder.store import FolderStore
from markterm.records.postgres.store import PostgresStore
stores = FolderStore(Path(sys.argv[1]), Path("nobody")), PostgresStore(sys.argv[2], sys.argv[3])
if sys.argv[4] == "back":
    stores = stores[1], stores[0]
copying._AT_ONCE = 5
print("begun", flush=True)
copying.copy_records(*stores, lambda progress: progress.proving or print(progress.done, flush=True))
print("done", flush=True)
"""


@pytest.fixture
def url(postgres: PostgresServer) -> Iterator[str]:
    """A database with no record."""
    with postgres.lent() as url:
        yield url


@pytest.fixture
def database(url: str) -> Iterator[PostgresStore]:
    """The store on it."""
    from markterm.records.postgres.store import PostgresStore

    store = PostgresStore(url, CENTRE)
    yield store
    store.close()


@pytest.fixture
def folder(tmp_path: Path) -> FolderStore:
    """Records by two people, one with a line that was begun, one with a line that was altered, and one of any name."""
    for who in ("jm", "kl"):
        store = FolderStore(tmp_path / "records", tmp_path / who)
        for number, learner in enumerate(("AAA1", "BBB2", "Ünal/3 \\ 4", CENTRE_RECORD)):
            for each in range(number + 1):
                store.append(learner, decision(f"{who}-{learner}-{each}", actor=who, learner=learner))
        store.close()
    torn = next((tmp_path / "records/BBB2").glob("jm.*"))
    torn.write_bytes(torn.read_bytes() + b"0123")
    altered = next((tmp_path / "records/AAA1").glob("kl.*"))
    altered.write_bytes(altered.read_bytes().replace(b'"pass"', b'"refe"'))
    return FolderStore(tmp_path / "records", tmp_path / "nobody")


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_there_and_back_every_byte_is_the_same_and_the_findings_too(
    folder: FolderStore, database: PostgresStore, tmp_path: Path
) -> None:
    assert copy_records(folder, database).compared.are_equal
    assert [each.code for each in database.verify("AAA1")] == [each.code for each in folder.verify("AAA1")]
    assert database.load("Ünal/3 \\ 4") == folder.load("Ünal/3 \\ 4")
    back = FolderStore(tmp_path / "back/records", tmp_path / "nobody")
    copy = copy_records(database, back)
    assert (copy.brought, copy.compared.are_equal) == (4, True)
    assert _bytes(tmp_path / "back/records") == _bytes(tmp_path / "records")


def test_what_was_recorded_since_goes_after_it_either_way(
    folder: FolderStore, database: PostgresStore, tmp_path: Path
) -> None:
    copy_records(folder, database)
    marking = FolderStore(tmp_path / "records", tmp_path / "jm")
    marking.append("AAA1", decision("more", learner="AAA1"))
    copy = copy_records(folder, database)
    assert (copy.brought, copy.completed, copy.compared.are_equal) == (0, 1, True)
    database.append("AAA1", decision("there", learner="AAA1", actor="jm"))
    database.append("AAA1", decision("there-2", learner="AAA1", actor="kl"))
    with pytest.raises(Refused, match="AAA1 is not the beginning"):
        copy_records(folder, database)
    copy = copy_records(database, folder)
    assert (copy.brought, copy.completed, copy.compared.are_equal) == (0, 1, True)
    uids = {each.uid for each in folder.load("AAA1")}
    assert {"more", "there", "there-2"} <= uids
    # Both go on: what the folder's machine wrote last is no part of what the database writes.
    marking.append("AAA1", decision("again", learner="AAA1", result=Result.REFER, note="Say more."))
    assert copy_records(folder, database).compared.are_equal


def test_a_copy_that_is_killed_goes_on_where_it_was_either_way(
    url: str, database: PostgresStore, tmp_path: Path
) -> None:
    for number in range(60):
        learner = f"L{number:03d}"
        write_record(tmp_path, learner, [decision(f"{learner}-{each}", learner=learner) for each in range(20)])
    (tmp_path / "copying.py").write_text(_COPIES)
    rng = random.Random(18)
    back = tmp_path / "back/records"
    for way, records in (("to", tmp_path / "records"), ("back", back)):
        kills = 0
        while not _killed_after(rng.randrange(1, 9), tmp_path / "copying.py", records, url, way):
            kills += 1
            assert kills < 20
        assert kills > 1
        folder = FolderStore(records, tmp_path / "nobody")
        compared = compare_records(folder, database)
        assert (compared.are_equal, len(compared.heads), compared.events) == (True, 60, 1200)
    assert _bytes(back) == _bytes(tmp_path / "records")


def _killed_after(steps: int, program: Path, records: Path, url: str, way: str) -> bool:
    """Copy in a process that is killed after so many batches; whether it was done before."""
    process = subprocess.Popen(
        [sys.executable, program, records, url, CENTRE, way], stdout=subprocess.PIPE, text=True, cwd=program.parent
    )
    assert process.stdout is not None
    with process.stdout as said:
        for number, line in enumerate(said):
            if line == "done\n":
                assert process.wait(60) == 0
                return True
            if number == steps:
                process.send_signal(signal.SIGKILL)
    process.wait(60)
    assert process.returncode == -signal.SIGKILL
    return False


def test_nothing_of_a_batch_is_there_when_the_database_refuses_one_of_it(
    folder: FolderStore, database: PostgresStore, postgres: PostgresServer, url: str
) -> None:
    name = url.partition("?")[0].rpartition("/")[2]
    postgres.execute("ALTER TABLE markterm.line ADD CONSTRAINT no_more CHECK (record <> 'BBB2')", name)
    try:
        with pytest.raises(NotSaved):
            copy_records(folder, database)
        assert set(database.stamps()) == set()
    finally:
        postgres.execute("ALTER TABLE markterm.line DROP CONSTRAINT no_more", name)
    assert copy_records(folder, database).compared.are_equal


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_records_go_to_a_database_of_any_encoding_as_a_server_made_without_a_locale_has(
    folder: FolderStore, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    from markterm.records.postgres.schema import prepare
    from markterm.records.postgres.store import PostgresStore

    monkeypatch.setenv("PGCLIENTENCODING", encoding)  # Whatever somebody's own environment says.
    name = postgres.made(f"template0 ENCODING '{encoding}'")
    prepare(postgres.by_socket(name), CENTRE, ROLE, PASSWORD)
    store = PostgresStore(postgres.by_socket(name, ROLE), CENTRE)
    assert copy_records(folder, store).compared.are_equal
    assert store.load("Ünal/3 \\ 4") == folder.load("Ünal/3 \\ 4")
    store.close()
