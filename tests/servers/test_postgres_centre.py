"""A centre whose records are in a database: what its own folder still has of them is never taken for what stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.event import Result
from markterm.domain.words.errors import Unreadable
from tests.centres import make_centre_in, places_in
from tests.servers.postgres import CENTRE, PostgresServer

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
