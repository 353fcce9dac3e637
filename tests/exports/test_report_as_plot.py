"""Reports as plots."""

from __future__ import annotations

from fractions import Fraction

import pytest

from markterm.domain.reports.report import Cell, Column, Report, Row, Shape
from markterm.exports.plot.report import report_as_plot

RATE = Column("rate", "rate", Shape.SHARE)
COUNT = Column("open", "open", Shape.COUNT)


def of(*rows: tuple[Cell, ...], over: str = "assessor", figure: Column = RATE) -> tuple[str, ...]:
    columns = tuple(Column(name, name) for name in ("assessor", "assessor_name", "month"))[: len(rows[0]) - 1]
    report = Report("x", "X", (*columns, figure), tuple(map(Row, rows)), plotted=figure.name, over=over)
    return report_as_plot(report, 60, 12)


def test_bars_stand_beside_their_words_and_figures() -> None:
    assert of(("asha", Fraction(1, 2)), ("ben", Fraction(1)), ("tia", None)) == (
        "rate, to 100 %",
        "asha  ███████████████████████▌                          50 %",
        "ben   ███████████████████████████████████████████████  100 %",
        "tia                                                        –",
    )


def test_the_least_is_seen_and_nothing_is_none() -> None:
    least, _, none = of(("asha", Fraction(1, 10_000)), ("ben", Fraction(1)), ("tia", Fraction(0)))[1:]
    assert "▏" in least
    assert none.split() == ["tia", "0", "%"]


def test_counts_go_up_to_the_most() -> None:
    heading, few, most = of(("asha", 1), ("ben", 8), figure=COUNT)
    assert heading == "open, to 8"
    assert most.count("█") == pytest.approx(8 * few.count("█"), abs=8)


def test_over_months_there_is_a_line_for_each_with_its_sign_and_gaps_have_their_width() -> None:
    drawn = of(
        ("asha", "Asha", "2025-11", Fraction(1, 10)),
        ("asha", "Asha", "2026-03", Fraction(1, 5)),
        ("ben", "Ben", "2026-01", None),
        ("ben", "Ben", "2025-12", Fraction(0)),
        over="month",
    )
    assert drawn[0].strip() == "rate"
    assert drawn[-2:] == ("● asha", "○ ben")
    assert drawn[1].lstrip().startswith("┌")
    (months,) = (line.split() for line in drawn if "2025-11" in line)
    assert months == ["2025-11", "2026-01", "2026-03"]
    (top,) = (line for line in drawn if line.startswith("20 %"))
    assert "●" in top
    assert not any("\x1b" in line for line in drawn)


def test_one_month_alone_is_no_line() -> None:
    assert of(("asha", "Asha", "2025-11", Fraction(1, 10)), over="month")[1].startswith("asha 2025-11  ██")


def test_too_much_for_a_plot_is_said() -> None:
    bars = [(f"a{number}", Fraction(1)) for number in range(61)]
    assert of(*bars) == ("61 rows are too many for a plot: ask for less.",)
    lines = [(f"a{number}", "", f"2026-0{month}", Fraction(1)) for number in range(9) for month in (1, 2)]
    assert of(*lines, over="month") == ("9 lines are too many for a plot: ask for less.",)


def test_nothing_is_plotted_of_nothing() -> None:
    assert report_as_plot(Report("x", "X", (RATE,), plotted="rate")) == ()
    assert of(("asha", None)) == ()
    assert report_as_plot(Report("x", "X", (RATE,), (Row((Fraction(1),)),))) == ()


def test_texts_of_others_are_cleaned_and_cut() -> None:
    (_, bar) = of(("a\x1b[2J" + "x" * 60, Fraction(1)))
    assert "\x1b" not in bar
    assert "…" in bar
    assert len(bar) <= 60
