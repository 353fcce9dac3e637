"""What people read of a figure."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from markterm.domain.reports.report import Cell, Column, Shape, in_words, share


@pytest.mark.parametrize(
    ("shape", "cell", "words"),
    [
        (Shape.SHARE, Fraction(1, 4), "25 %"),
        (Shape.SHARE, Fraction(1, 1000), "under 1 %"),
        (Shape.SHARE, Fraction(999, 1000), "over 99 %"),
        (Shape.SHARE, Fraction(1), "100 %"),
        (Shape.SHARE, Fraction(0), "0 %"),
        (Shape.NUMBER, Fraction(43, 100), "0.43"),
        (Shape.COUNT, 1234567, "1,234,567"),
        (Shape.DAY, date(2026, 3, 2), "2026-03-02"),
        (Shape.TEXT, "two\nlines\x1b[2J", "two lines␛[2J"),
        (Shape.NUMBER, None, "undefined"),
    ],
)
def test_a_cell_in_words(shape: Shape, cell: Cell, words: str) -> None:
    assert in_words(Column("x", "x", shape, absent="undefined"), cell) == words


def test_of_nothing_there_is_no_share() -> None:
    assert share(0, 0) is None
    assert share(1, 2) == Fraction(1, 2)
