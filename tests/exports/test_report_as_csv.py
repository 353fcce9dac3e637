"""Reports as CSV."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.reports.report import Column, Entry, Report, Row, Shape
from markterm.exports.csv.report import entries_as_csv, report_as_csv
from markterm.exports.plain.report import report_as_json


def of(*cells: object) -> str:
    """The line of a row with these cells."""
    report = Report("x", "X", tuple(Column(f"c{place}", "") for place, _ in enumerate(cells)), (Row(cells),))  # type: ignore[arg-type]  # any cell
    return "".join(report_as_csv(report)).partition("\r\n")[2]


def test_figures_are_plain_and_what_is_absent_is_empty() -> None:
    assert of("asha", 12, Fraction(1, 3), date(2026, 3, 2), None, -5) == "asha,12,0.333333,2026-03-02,,-5\r\n"


@pytest.mark.parametrize("part", [Fraction(10, 209), Fraction(-2, 23), Fraction(1, 3), Fraction(1, 10**9), Fraction(1)])
def test_csv_and_json_say_the_same_number_and_never_nothing_of_little(part: Fraction) -> None:
    report = Report("x", "X", (Column("rate", "rate", Shape.SHARE),), (Row((part,)),))
    (row,) = report_as_json(report)["rows"]  # type: ignore[misc]  # a list of one
    assert row["rate"] == float(of(part)) != 0  # type: ignore[has-type]  # of an object


def test_commas_quotes_and_line_ends_are_quoted_or_gone() -> None:
    assert of('a,"b"', "two\r\nlines") == '"a,""b""",two lines\r\n'


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t=", " =", "＝", "\x1b="])
def test_no_text_is_computed_by_a_spreadsheet(begins: str) -> None:
    written = of(f"{begins}1+1")
    assert written[0] not in "=+-@＝\t"
    assert "\x1b" not in written


def test_what_lies_behind_has_a_line_each() -> None:
    entry = Entry("AAA1", UnitKey("T-101", ""), "1.1", date(2026, 3, 2), "pass", "asha", "f" * 32)
    assert "".join(entries_as_csv([entry])) == (
        f"learner,unit,criterion,on,what,by,uid\r\nAAA1,T-101,1.1,2026-03-02,pass,asha,{'f' * 32}\r\n"
    )
