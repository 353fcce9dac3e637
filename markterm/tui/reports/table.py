"""The table of a report, with its bars beside it where there is room, or a plot of the bars alone."""

from __future__ import annotations

from collections.abc import Iterable

from markterm.domain.reports.report import Row, Shape
from markterm.tui.reports.laid_out import LaidOut, Lines
from markterm.tui.widgets.line_list import LineList, Piece, fit

_CURSOR = 2


class ReportTable(LineList):
    """A line for each row."""

    def __init__(self) -> None:
        super().__init__(id="table")
        self.laid: LaidOut | None = None
        self.is_plot = False
        """Whether the figures but for the plotted one give way to the bars."""
        self._seen: dict[object, Row] = {}
        self._made: tuple[object, Lines] = (None, Lines())

    def show(self, laid: LaidOut | None) -> None:
        """Show that report, with the cursor on the row of the same as when it was shown last."""
        if self.laid is not None and self.selected is not None:
            self._seen[self.laid.of] = self.selected
        self.laid = laid
        before = self._seen.get(laid.of) if laid is not None else None
        place = laid.same(before) if laid is not None and before is not None else None
        self.move_to(place if place is not None else 0)

    @property
    def selected(self) -> Row | None:
        """The row under the cursor."""
        rows = self.laid.rows if self.laid is not None else ()
        return rows[self.cursor] if self.cursor < len(rows) else None

    def line_count(self) -> int:
        """One a row."""
        return len(self.laid.rows) if self.laid is not None else 0

    def header(self, width: int) -> str:
        """The titles of the columns for that width."""
        if self.laid is None:
            return ""
        lines = self._lines(width)
        titles = [fit(each.column.heading, each.width, right=each.is_right) for each in lines.places]
        if lines.bar:
            titles.append(fit(self.laid.title_of_bars(), lines.bar))
        return "  " + (" " * lines.between).join(titles) + (" …" if lines.left_out else "")

    def line(self, index: int, width: int) -> Iterable[Piece]:
        """A row."""
        if self.laid is None:
            return
        lines = self._lines(width)
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        cells = self.laid.cells[index]
        for each in lines.places:
            yield fit(cells[each.number], each.width, right=each.is_right) + " " * lines.between, ""
        if lines.bar:
            yield self.laid.bar(index, lines.bar), "sign--heading"

    @property
    def row_in_words(self) -> str:
        """What the row under the cursor is of, and its figures."""
        if self.laid is None or not self.laid.rows:
            return ""
        cells = zip(self.laid.report.columns, self.laid.cells[self.cursor], strict=True)
        return ", ".join(
            cell if column.shape is Shape.TEXT else f"{column.heading} {cell}" for column, cell in cells if column.shown
        )

    def left_out(self, width: int) -> str:
        """What the row under the cursor says in the columns for which there is no room in that width."""
        if self.laid is None or not self.laid.rows:
            return ""
        cells, lines = self.laid.cells[self.cursor], self._lines(width)
        return ", ".join(f"{each.column.heading} {cells[each.number]}" for each in lines.left_out)

    def _lines(self, width: int) -> Lines:
        """How the lines are made in that width, worked out once."""
        key = (id(self.laid), width, self.is_plot)
        if self.laid is not None and self._made[0] != key:
            self._made = (key, self.laid.in_cells(width - _CURSOR, plotted=self.is_plot))
        return self._made[1]
