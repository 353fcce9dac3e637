"""Three pictures of the screens. After a change that is meant, run this file with `--snapshot-update`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import pytest
from textual.pilot import Pilot

from markterm.centre.centre import Centre
from markterm.domain.record.event import Result
from markterm.tui.app import MarkTermApp
from markterm.tui.caseload import table as caseload_table
from tests.centres import make_centre_in, places_in

Compare = Callable[..., bool]

# Another version draws the same with other bytes.
pytestmark = [
    pytest.mark.skipif(version("textual") != "8.2.8", reason="the pictures were taken with Textual 8.2.8"),
    pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows cannot change its time zone for a test"),
]

_NOW = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)


class _Fixed(datetime):
    @classmethod
    def now(cls, _zone: object = None) -> datetime:  # type: ignore[override]  # always the same moment
        return _NOW


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MarkTermApp]:
    """The app on a centre with a learner who is half marked, at a fixed time and place."""
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.delenv("NO_COLOR", raising=False)
    time.tzset()
    monkeypatch.setattr(caseload_table, "datetime", _Fixed)
    times = (_NOW - timedelta(days=3) + timedelta(minutes=minute) for minute in range(100))
    places = places_in(tmp_path / "own")
    folder = make_centre_in(tmp_path / "centre")
    centre = Centre.open(folder, member="asha", places=places, clock=lambda: next(times))
    centre.marking.mark("AAA1", "T-101", "1.1", Result.PASS, "Rolling boil in session 2.")
    centre.marking.mark("AAA1", "T-101", "1.2", Result.REFER, "Nothing says that the pot was warm.")
    for number in ("1.1", "1.2", "2.1"):
        centre.marking.mark("CCC3", "T-101", number, Result.PASS)
    centre.attempts.declare("CCC3", "e-mail")
    centre.closings.close("CCC3", "T-101", "Well done.")
    centre.attempts.declare("AAA1", "signed sheet")
    centre.caseload.now()
    yield MarkTermApp(centre, places)
    centre.close_down()
    monkeypatch.undo()
    time.tzset()


async def _read(pilot: Pilot[None]) -> None:
    """All that is looked at in the background is known, new files among it."""
    for _ in range(3):
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def _open(pilot: Pilot[None]) -> None:
    """The learner whose unit is half marked, on the criterion that was referred."""
    await _read(pilot)
    await pilot.press("j", "enter", "k")
    await _read(pilot)


def test_the_caseload(app: MarkTermApp, snap_compare: Compare) -> None:
    assert snap_compare(app, terminal_size=(80, 24), run_before=_read)


@pytest.mark.long
def test_marking_in_a_narrow_terminal(app: MarkTermApp, snap_compare: Compare) -> None:
    assert snap_compare(app, terminal_size=(80, 24), run_before=_open)


@pytest.mark.long
def test_marking_in_a_wide_terminal(app: MarkTermApp, snap_compare: Compare) -> None:
    assert snap_compare(app, terminal_size=(160, 45), run_before=_open)
