"""What stands in the cells of a register: days as the British write them, names in either order."""

from __future__ import annotations

from datetime import date

import pytest

from markterm.domain.register.values import (
    day_of,
    has_numbers_alone,
    is_changed_number,
    months_first,
    name_of,
    yes_or_no,
)

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-01-31", date(2026, 1, 31)),
        ("2026-01-31 00:00:00", date(2026, 1, 31)),
        ("03/06/2024", date(2024, 6, 3)),
        ("3.6.24", date(2024, 6, 3)),
        ("3-6-2024", date(2024, 6, 3)),
        ("3 Jun 2024", date(2024, 6, 3)),
        ("3rd June 2024", date(2024, 6, 3)),
        ("Monday, 3 June 2024", date(2024, 6, 3)),
        ("45446", date(2024, 6, 3)),
        ("45446.0", date(2024, 6, 3)),
        ("20240603", date(2024, 6, 3)),
        ("03062024", None),
        ("3/6/2024 14:05", date(2024, 6, 3)),
        ("2024-06-03T00:00:00Z", date(2024, 6, 3)),
        ("2024-06-02T23:00:00Z", None),
        ("13/25/2024", None),
        ("31/02/2024", None),
        ("soon", None),
        ("2024", None),
    ],
)
def test_a_day_is_read_in_british_order_or_not_at_all(said: str, day: date | None) -> None:
    assert day_of(said, TODAY, is_past=False) == day


def test_it_is_told_where_days_have_the_month_first_and_one_slip_does_not_say_so() -> None:
    assert months_first(["02/13/1990", "02/03/1990", "soon"])
    assert not months_first(["13/02/1990", "02/13/1990", "02/03/1990"])
    assert not months_first(["02/03/1990", "02.13.1990", "1990-02-13"])
    assert [has_numbers_alone(each) for each in ("2/3/90", "2-3-1990 10:30", "2.3.90", "1990-02-03", "2 Mar 1990")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_a_year_in_two_digits_is_one_that_was_where_somebody_was_born() -> None:
    assert day_of("1/2/90", TODAY, is_past=True) == date(1990, 2, 1)
    assert day_of("1/2/05", TODAY, is_past=True) == date(2005, 2, 1)
    assert day_of("1/2/30", TODAY, is_past=False) == date(2030, 2, 1)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Jones, Rosalind", "Rosalind Jones"),
        ("van der Berg, Anna Maria", "Anna Maria van der Berg"),
        ("Rosalind Jones", "Rosalind Jones"),
        ("Rosalind Jones, Jr.", "Rosalind Jones, Jr."),
        ("Jones,", "Jones,"),
        ("李文", "李文"),
    ],
)
def test_a_name_is_told_in_the_order_in_which_it_is_spoken(said: str, name: str) -> None:
    assert name_of(said) == name


def test_what_a_spreadsheet_made_of_a_number_is_told_from_one() -> None:
    assert [is_changed_number(each) for each in ("1.23E+09", "204100.0", "0041", "JON2041", "12E5A")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert (yes_or_no("Y"), yes_or_no("private"), yes_or_no("perhaps")) == (True, False, None)
