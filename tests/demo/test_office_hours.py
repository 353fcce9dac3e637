"""The clock of the demo."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from markterm.demo.office_hours import OfficeHours


@pytest.mark.parametrize("now", [datetime(2026, 11, 29, 19, tzinfo=UTC), datetime(2026, 11, 24, 10, tzinfo=UTC)])
def test_whatever_is_done_in_the_demo_was_done_before_now(now: datetime) -> None:
    hours = OfficeHours(now)
    hours.go_to(1)
    told = [hours() for _ in range(300)]
    assert told == sorted(set(told))
    assert told[-1] < now
