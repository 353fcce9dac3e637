"""The demo is the same whenever and wherever it is made."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.demo.centre import make_demo
from tests.centres import places_in
from tests.demo.test_demo_centre import NOW, events

pytestmark = pytest.mark.long


def test_whatever_the_time_of_day_and_the_zone_no_event_is_in_the_future(tmp_path: Path) -> None:
    now = datetime(2026, 1, 5, 0, 1, tzinfo=timezone(timedelta(hours=13)))
    make_demo(tmp_path / "demo", places_in(tmp_path), now)
    centre = Centre.open(tmp_path / "demo", places=places_in(tmp_path))
    assert max(event.at for each in events(centre) for event in each) < now


def test_two_demos_have_the_same_content_apart_from_their_dates(tmp_path: Path) -> None:
    def told(now: datetime) -> list[list[object]]:
        folder = tmp_path / f"{now:%d}"
        make_demo(folder / "demo", places_in(folder), now)
        centre = Centre.open(folder / "demo", places=places_in(folder))
        return [
            [(event.kind, event.actor, event.subject, event.body.get("note")) for event in each]
            for each in events(centre)
        ]

    assert told(NOW + timedelta(days=7)) == told(NOW)
