"""Days as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from markterm.domain.words.day_said import day_said
from markterm.domain.words.errors import WrongUse

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-01-31", date(2027, 1, 31)),
        (" 3/12 ", date(2026, 12, 3)),
        ("3/11", date(2027, 11, 3)),
        ("29/11", TODAY),
        ("3.12.", date(2026, 12, 3)),
        ("3.11.2026", date(2026, 11, 3)),
        ("03/11/2028", date(2028, 11, 3)),
        ("3 Dec", date(2026, 12, 3)),
        ("3dec", date(2026, 12, 3)),
        ("3 december 2027", date(2027, 12, 3)),
        ("29 feb", date(2028, 2, 29)),
        ("+14", date(2026, 12, 13)),
        ("+2 weeks", date(2026, 12, 13)),
        ("+2w", date(2026, 12, 13)),
        ("+0", TODAY),
    ],
)
def test_a_day_is_understood_as_people_write_it(text: str, day: date) -> None:
    assert day_said(text, TODAY) == day


@pytest.mark.parametrize(
    "text", ["", "soon", "311", "31/2", "31/4/2027", "3 foo", "0/1", "32/1", "3/13", "-3", "+99999", "2026-13-01"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(WrongUse, match="is no day"):
        day_said(text, TODAY)
