"""Days reckoned from one that somebody said, whatever day that is."""

from __future__ import annotations

from datetime import date

import pytest

from markterm.domain.words.day_reckoned import days_after, months_after


def test_days_are_counted_on_and_back() -> None:
    assert days_after(date(2026, 2, 27), 2) == date(2026, 3, 1)
    assert days_after(date(2026, 3, 1), -1) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
        (date(2025, 3, 1), -12, date(2024, 3, 1)),
        (date(2024, 2, 29), -12, date(2023, 2, 28)),
    ],
)
def test_months_are_counted_on_and_back(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


def test_no_reckoning_leaves_the_calendar() -> None:
    assert days_after(date.max, 1) == months_after(date.max, 1) == months_after(date.max, 120) == date.max
    assert days_after(date.min, -1) == months_after(date.min, -1) == months_after(date.min, -12) == date.min
