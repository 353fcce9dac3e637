"""A report laid out for the screen: every cell in words, how wide each column is, and how long the bars are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from rich.cells import cell_len

from markterm.domain.reports.report import Cell, Column, Report, Row, Shape, in_words
from markterm.exports.plot.bar import bar

_LEAST_OF_WORDS, _LEAST_OF_BAR, _MOST_OF_BAR = 8, 16, 40
_BETWEEN = 2


@dataclass(frozen=True, slots=True)
class Place:
    """A column where it stands: which it is of all, and how many cells it takes."""

    number: int
    column: Column
    width: int

    @property
    def is_right(self) -> bool:
        """Whether its cells are figures, and stand at its right."""
        return self.column.shape not in (Shape.TEXT, Shape.DAY)


@dataclass(frozen=True, slots=True)
class Lines:
    """How the lines of a table are made: the columns, how many cells are between them, how many a bar has, 0 for none,
    and the columns for which there is no room."""

    places: tuple[Place, ...] = ()
    between: int = 2
    bar: int = 0
    left_out: tuple[Place, ...] = ()


@dataclass(frozen=True)
class LaidOut:
    """A report with its cells in words and the widths of its columns; `most` is what the longest bar stands for, 0
    where nothing is plotted. Made once of a report: no key waits for it."""

    report: Report
    cells: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    bars: tuple[float, ...]
    most: float

    @property
    def rows(self) -> Sequence[Row]:
        """The rows of the report."""
        return self.report.rows

    @property
    def of(self) -> object:
        """What tells it apart from other reports: its name, and what its rows are."""
        return self.report.name, tuple(each.name for each in self.report.columns)

    def in_cells(self, width: int, *, plotted: bool = False) -> Lines:
        """How a line is made of so many cells: in a plot of what the rows are of, and what is plotted.

        Where there is little room columns stand closer, names of people go, words are cut, and at last the columns at
        the right are left out. Of what has no bars the figures stay.
        """
        plotted = plotted and self.most > 0
        shown = [
            Place(number, column, self.widths[number])
            for number, column in enumerate(self.report.columns)
            if (column.name == self.report.plotted if plotted and not _is_key(column) else column.shown)
        ]
        between = _BETWEEN if _width(shown, _BETWEEN) <= width else 1
        if _width(shown, between) > width:
            shown = [each for each in shown if not each.column.name.endswith("_name")]
        while (over := _width(shown, between) - width) > 0:
            words = [each for each in shown if not each.is_right and each.width > _LEAST_OF_WORDS]
            if not words:
                break
            widest = max(words, key=lambda each: each.width)
            less = max(widest.width - over, _LEAST_OF_WORDS)
            shown = [Place(each.number, each.column, less) if each is widest else each for each in shown]
        left_out: list[Place] = []
        while _width(shown, between) > width and len(shown) > 1:
            left_out.insert(0, shown.pop())
        room = min(width - _width(shown, between) - between, _MOST_OF_BAR)
        return Lines(tuple(shown), between, room if self.most and room >= _LEAST_OF_BAR else 0, tuple(left_out))

    def bar(self, row: int, room: int) -> str:
        """The bar of a row, in so many cells."""
        return bar(self.bars[row] / self.most, room) if self.most else ""

    def title_of_bars(self) -> str:
        """What the bars show, and what the longest one is."""
        column = next(each for each in self.report.columns if each.name == self.report.plotted)
        most = max((row.cells[self.report.columns.index(column)] for row in self.rows), key=_number)
        return f"{column.heading}, to {in_words(column, most)}"

    def same(self, row: Row) -> int | None:
        """The number of the row that is of the same as one of it when it was made before; None where there is none."""
        wanted = self._of(row.cells)
        return next((number for number, each in enumerate(self.rows) if self._of(each.cells) == wanted), None)

    def _of(self, cells: Sequence[Cell]) -> list[Cell]:
        return [cell for cell, column in zip(cells, self.report.columns, strict=True) if _is_key(column)]


def laid_out(report: Report) -> LaidOut:
    """The report, laid out."""
    cells = tuple(
        tuple(in_words(column, cell) for column, cell in zip(report.columns, row.cells, strict=True))
        for row in report.rows
    )
    widths = tuple(
        max(cell_len(column.heading), *(cell_len(row[number]) for row in cells), 0)
        for number, column in enumerate(report.columns)
    )
    plotted = next((number for number, each in enumerate(report.columns) if each.name == report.plotted), None)
    bars = tuple(_number(row.cells[plotted]) if plotted is not None else 0.0 for row in report.rows)
    return LaidOut(report, cells, widths, bars, max(bars, default=0.0))


def _number(cell: Cell) -> float:
    return float(cell) if isinstance(cell, int | Fraction) else 0.0


def _is_key(column: Column) -> bool:
    """Whether it says what a row is of."""
    return column.shape is Shape.TEXT


def _width(places: Sequence[Place], between: int) -> int:
    return sum(each.width + between for each in places) - between
