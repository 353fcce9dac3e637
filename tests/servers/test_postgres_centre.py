"""A centre whose records are in a database: what its own folder still has of them is never taken for what stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from markterm.centre.centre import Centre
from markterm.centre.restoring import restore
from markterm.domain.record.event import Result
from markterm.domain.words.errors import Unreadable
from tests.centres import make_centre_in, places_in
from tests.servers.postgres import CENTRE, PASSWORD, ROLE, PostgresServer

pytest.importorskip("psycopg", reason="the extra server is not installed")
pytestmark = pytest.mark.server


def test_records_that_were_not_copied_are_not_passed_over_and_those_that_were_are_told(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    from markterm.records.postgres.store import PostgresStore

    path, places = make_centre_in(tmp_path / "centre"), places_in(tmp_path / "user")
    centre = Centre.open(path, member="asha", places=places)
    centre.marking.mark("AAA1", "T-101", "1.1", Result.PASS)
    centre.close_down()
    file = path / "centre.toml"
    with postgres.lent() as url:
        file.write_text(f'{file.read_text("utf-8")}\n[record]\nstore = "{url}"\n', "utf-8")
        with pytest.raises(Unreadable, match="are not in the database"):
            Centre.open(path, member="asha", places=places).marking.mark("AAA1", "T-101", "1.2", Result.PASS)
        store = PostgresStore(url, CENTRE)
        store.take_in(path / "records")
        store.close()
        moved = Centre.open(path, member="asha", places=places)
        assert [row.decided for row in moved.caseload.now()] == [1, 0, 0]
        moved.marking.mark("AAA1", "T-101", "1.2", Result.PASS)
        assert [each.file for each in moved.check.findings() if each.code == "MC48"] == [path / "records"]
        moved.close_down()


def test_whoever_opens_the_records_in_a_database_closes_them(
    postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from markterm.records.postgres.store import PostgresStore

    path, places = make_centre_in(tmp_path / "centre"), places_in(tmp_path / "user")
    file = path / "centre.toml"
    backup = tmp_path / "backup.zip"
    centre = Centre.open(path, member="asha", places=places)
    centre.marking.mark("AAA1", "T-101", "1.1", Result.PASS)
    centre.backups.write(backup)
    centre.close_down()
    opened: list[PostgresStore] = []
    closed: list[PostgresStore] = []
    begin, end = PostgresStore.__init__, PostgresStore.close

    def begins(store: PostgresStore, *of: Any) -> None:
        opened.append(store)
        begin(store, *of)

    def ends(store: PostgresStore) -> None:
        closed.append(store)
        end(store)

    monkeypatch.setattr(PostgresStore, "__init__", begins)
    monkeypatch.setattr(PostgresStore, "close", ends)
    with postgres.lent() as url:
        file.write_text(f'{file.read_text("utf-8")}\n[record]\nstore = "{url}"\n', "utf-8")
        centre = Centre.open(path, member="asha", places=places)
        with pytest.raises(Unreadable, match="are not in the database"):
            centre.caseload.now()
        assert centre.custody.status().kind == "PostgreSQL"
        centre.custody.reach()
        centre.close_down()
        (path / "records").rename(tmp_path / "elsewhere")
        restore(backup, tmp_path / "again", newer=path, places=places)
    assert len(opened) >= 4
    assert opened == closed


def test_an_audit_on_a_server_names_whose_record_lost_what_a_member_wrote_in_a_session_there(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    path, places = make_centre_in(tmp_path / "centre"), places_in(tmp_path / "user")
    file = path / "centre.toml"
    before = postgres.made()
    from markterm.records.postgres.schema import prepare

    prepare(postgres.by_socket(before), CENTRE, ROLE, PASSWORD)
    text = file.read_text("utf-8")
    file.write_text(f'{text}\n[record]\nstore = "{postgres.by_socket(before, ROLE)}"\n', "utf-8")
    in_browser = Centre.open(path, member="asha", places=places.of_member("asha"))
    in_browser.marking.mark("AAA1", "T-101", "1.1", Result.PASS)
    in_browser.close_down()
    put_back = postgres.made(before)
    in_browser = Centre.open(path, member="asha", places=places.of_member("asha"))
    in_browser.marking.mark("AAA1", "T-101", "1.2", Result.PASS)
    in_browser.close_down()
    file.write_text(f'{text}\n[record]\nstore = "{postgres.by_socket(put_back, ROLE)}"\n', "utf-8")
    centre = Centre.open(path, places=places)
    (found,) = [each.message for audited in centre.audits.every() for each in audited.findings if each.code == "MR04"]
    assert found.startswith("AAA1: segment asha.")
    assert "a session on this machine had seen" in found
    centre.close_down()
