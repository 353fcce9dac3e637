"""The caseload screen on records in a database: what another one decides arrives in the row where it stands, and order
and filter hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from markterm.domain.record.event import Result
from markterm.domain.views.caseload import Order
from markterm.tui.caseload.table import CaseloadTable, ColumnTitles
from tests.centres import make_centre_in
from tests.servers.postgres import PostgresServer
from tests.tui.sitting import Sitting, sitting

pytest.importorskip("psycopg", reason="the extra server is not installed")
pytestmark = pytest.mark.server


def _kept_in(url: str) -> Callable[[Path], Path]:
    def made(path: Path) -> Path:
        file = make_centre_in(path) / "centre.toml"
        file.write_text(f'{file.read_text("utf-8")}\n[record]\nstore = "{url}"\n', "utf-8")
        return path

    return made


def _listed(at: Sitting) -> list[tuple[str, int]]:
    """Who is listed, in that order, with how much is decided of them."""
    return [(row.registration, row.decided) for row in at.app.screen.query_one(CaseloadTable).rows]


async def test_anothers_decision_arrives_in_its_row_and_order_cursor_and_filter_hold(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    with postgres.lent() as url:
        async with sitting(tmp_path, make=_kept_in(url)) as at:
            await at.shows("3 learners")
            ben, table = at.as_other("ben"), at.app.screen.query_one(CaseloadTable)
            while at.app.screen.query_one(ColumnTitles).order is not Order.OPEN:
                await at.press("s")
            assert [name for name, _ in _listed(at)] == ["BBB2", "AAA1", "CCC3"]
            table.cursor = 0
            ben.marking.mark("BBB2", "T-101", "1.1", Result.PASS)
            await at.until(lambda: _listed(at) == [("AAA1", 0), ("CCC3", 0), ("BBB2", 1)])
            assert table.selected is not None
            assert table.selected.registration == "BBB2"
            await at.press("slash")
            await at.type("okafor")
            await at.press("enter")
            ben.marking.mark("AAA1", "T-101", "1.1", Result.PASS)
            ben.marking.mark("BBB2", "T-101", "1.2", Result.PASS)
            await at.until(lambda: _listed(at) == [("BBB2", 2)])
            await at.shows("1 of 3 learners")
            ben.close_down()
