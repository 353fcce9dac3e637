"""A report: a table of figures, what lies behind each row of it, and what has to be said beside them.

The one form of every report: tables, plots, JSON and CSV are made from it, on the command line and on the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.words.foreign_text import one_line

Cell = str | int | Fraction | date | None
"""What stands in a row under a column; None where there is nothing to say."""


class Shape(StrEnum):
    """What the cells of a column are: words, how many, a part of a whole, another number, or a day."""

    TEXT = "text"
    COUNT = "count"
    SHARE = "share"
    NUMBER = "number"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name for programs, what people read above it, and what its cells are.

    `absent` is shown where a cell is None. What is not `shown` is in JSON and CSV alone: a table has eighty cells.
    """

    name: str
    heading: str
    shape: Shape = Shape.TEXT
    absent: str = "–"
    shown: bool = True


class Entry(NamedTuple):
    """One of the things that a figure counts: of whom, about what, on which day, what it says, by whom, and its uid in
    the record."""

    learner: str
    unit: UnitKey
    criterion: str
    on: date | None
    what: str
    by: str
    uid: str


def _nothing() -> Iterator[Entry]:
    return iter(())


@dataclass(frozen=True, slots=True)
class Row:
    """A row of figures. `behind` gives what they count, which is looked for when it is asked for; `said` is what has to
    be said beside the row, in a sentence."""

    cells: tuple[Cell, ...]
    behind: Callable[[], Iterator[Entry]] = field(default=_nothing, compare=False, repr=False)
    said: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A report by its `name`, with the `title` that says what was asked.

    `notes` say how it is counted, `warnings` what could not be counted; `plotted` names the column that a plot shows,
    `over` that which it stands over: neither where there is nothing to plot. `behind` gives all that it counts.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    plotted: str = ""
    over: str = ""
    behind: Callable[[], Iterator[Entry]] = field(default=_nothing, compare=False, repr=False)


def in_words(column: Column, cell: Cell) -> str:
    """What people read of a cell: `1,234`, `25 %`, `0.43`, `2026-03-02`, or the words on one line."""
    if cell is None:
        return column.absent
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str):
        return one_line(cell)
    if column.shape is Shape.SHARE:
        return percent(Fraction(cell))
    return f"{float(cell):.2f}" if isinstance(cell, Fraction) else f"{cell:,}"


def percent(share: Fraction) -> str:
    """A part of a whole in per cent, where all and none are said of all and none alone."""
    rounded = round(100 * share)
    if rounded == 0 and share:
        return "under 1 %"
    return "over 99 %" if rounded == 100 and share != 1 else f"{rounded} %"


def as_number(part: Fraction) -> float:
    """What programs read of a part or another number, in every form the same: to six digits that say something, for
    what is under a millionth is not nothing."""
    return float(f"{float(part):.6g}")


def share(of: int, among: int) -> Fraction | None:
    """How much of a whole that is; None where there is no whole."""
    return Fraction(of, among) if among else None
