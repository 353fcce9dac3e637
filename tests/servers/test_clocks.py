"""Machines whose clocks are days apart, on one database: later is what saw the other, and not what says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.decision import OPEN_CRITERION, CriterionRecord
from markterm.domain.record.event import Result
from tests.centres import make_centre_in, places_in
from tests.servers.postgres import PostgresServer

pytest.importorskip("psycopg", reason="the extra server is not installed")
pytestmark = pytest.mark.server


@pytest.fixture
def url(postgres: PostgresServer) -> Iterator[str]:
    """A database with no record."""
    with postgres.lent() as url:
        yield url


def test_a_clock_that_is_a_day_ahead_decides_nothing(url: str, tmp_path: Path) -> None:
    folder = make_centre_in(tmp_path / "centre")
    toml = folder / "centre.toml"
    toml.write_text(f'{toml.read_text("utf-8")}\n[record]\nstore = "{url}"\n', "utf-8")
    now = datetime.now(UTC)

    def machine(member: str, clock: datetime) -> Centre:
        return Centre.open(folder, member=member, places=places_in(tmp_path / member), clock=lambda: clock)

    asha, ben = machine("asha", now + timedelta(days=1)), machine("ben", now - timedelta(days=1))
    asha.marking.mark("AAA1", "T-101", "1.1", Result.PASS, "Well said.", shown=OPEN_CRITERION)
    seen = _criterion(ben)
    assert seen.decision is not None
    ben.marking.mark("AAA1", "T-101", "1.1", Result.REFER, "Not yet: say when.", shown=seen)
    for each in (asha, ben, machine("asha", now)):
        assert [(one.actor, one.result) for one in _criterion(each).standing] == [("ben", Result.REFER)]
        assert [event.actor for event in each.learners.portfolio("AAA1").portfolio.events] == ["asha", "ben"]
        each.close_down()


def _criterion(centre: Centre) -> CriterionRecord:
    shown = centre.learners.portfolio("AAA1")
    return shown.portfolio.units[shown.unit("T-101").key].criterion("1.1")
