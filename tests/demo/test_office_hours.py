"""The clock of the demo."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.demo.centre import make_demo
from markterm.demo.office_hours import OfficeHours
from tests.centres import places_in


@pytest.mark.parametrize("now", [datetime(2026, 11, 29, 19, tzinfo=UTC), datetime(2026, 11, 24, 10, tzinfo=UTC)])
def test_whatever_is_done_in_the_demo_was_done_before_now(now: datetime) -> None:
    hours = OfficeHours(now)
    hours.go_to(1)
    told = [hours() for _ in range(300)]
    assert told == sorted(set(told))
    assert told[-1] < now


def test_a_day_to_which_it_goes_again_goes_on() -> None:
    hours = OfficeHours(datetime(2026, 11, 30, 9, tzinfo=UTC))
    told = []
    for days_ago in (3, 2, 1):  # All of them are that Friday.
        hours.go_to(days_ago)
        told += [hours() for _ in range(20)]
    assert {each.date() for each in told} == {date(2026, 11, 27)}
    assert told == sorted(set(told))


@pytest.mark.long
@pytest.mark.parametrize("day", range(7))
def test_the_demo_is_found_whole_on_whatever_day_it_is_made(day: int, tmp_path: Path) -> None:
    now = datetime(2026, 11, 30, 0, 13, tzinfo=UTC) + timedelta(days=day)
    make_demo(tmp_path / "demo", places_in(tmp_path), now)
    centre = Centre.open(tmp_path / "demo", places=places_in(tmp_path), clock=lambda: now)
    assert [each for looked in centre.audits.every() for each in looked.findings if each.code == "MR22"] == []
