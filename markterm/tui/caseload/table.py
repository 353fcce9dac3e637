"""The caseload's rows, drawn as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache

from rich.cells import cell_len
from textual.content import Content
from textual.filter import LineFilter
from textual.reactive import reactive
from textual.widget import Widget

from markterm.domain.views.caseload import CaseloadRow, Order, UnitProgress
from markterm.domain.words.code import short_codes
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.how_long import how_long
from markterm.domain.words.local_time import local
from markterm.tui.blindfold import uncovered
from markterm.tui.caseload.columns import Columns, cells, columns_for
from markterm.tui.local_time import date_told, day
from markterm.tui.signs import CPD_SIGN, NEW_SIGN, UNIT_SIGNS, sign_of
from markterm.tui.widgets.line_list import LineList, Piece, fit

_SIGNED = 8
"""A name that has no more cells has no sign beside it."""


class ColumnTitles(Widget):
    """The titles of the columns above the rows, with a sign before that of the order."""

    DEFAULT_CSS = "ColumnTitles { height: 1; color: $quiet; }"

    order = reactive(Order.NAME)

    def render(self) -> Content:
        """As they are for this width."""
        return Content(columns_for(max(self.size.width - 1, 1)).header(self.order))


class CaseloadTable(LineList):
    """One line a learner: who, on what, how far, and whom it waits for."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self.rows: Sequence[CaseloadRow] = ()
        self._now = datetime.now(UTC)
        self.by_due = False
        """Whether the last column tells when work is due, and not since when it waits."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Learners stand here by the name or the label that they are shown under, and nobody's words."""
        return uncovered(super().get_line_filters())

    def show(self, rows: Sequence[CaseloadRow], place: int | None) -> None:
        """Show these rows, with the cursor at that place, where the learner is whom it was on if they are still
        there."""
        self.rows = rows
        self._now = datetime.now(UTC)
        self.move_to(place if place is not None else min(self.cursor, max(len(rows) - 1, 0)))

    @property
    def selected(self) -> CaseloadRow | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def line_count(self) -> int:
        """One a learner."""
        return len(self.rows)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        """A learner."""
        row = self.rows[index]
        columns = columns_for(width)
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        if columns.registration:
            yield fit("" if row.alias else one_line(row.registration), columns.registration) + " ", ""
        new, late = "", ""
        if columns.name > _SIGNED:
            new = f" {NEW_SIGN}" if row.new else ""
            late = CPD_SIGN if row.cpd_overdue(local(self._now).date()) else ""
        yield fit(row.alias or one_line(row.name) or "?", columns.name - len(new) - 2 * len(late)), ""
        yield new, "sign--heading"
        if late:
            yield " ", ""
            yield late, "sign--conflict"
        if row.is_unread:
            yield f" ! {one_line(row.problem)}", "sign--refer"
            return
        yield cells(one_line(", ".join(row.progress)), columns.qualification), "sign--quiet"
        yield from _units(row.units, columns)
        if columns.bar:
            done = row.decided * columns.bar // row.criteria if row.criteria else 0
            yield " " + "█" * done, "sign--pass"
            yield "░" * (columns.bar - done), "sign--quiet"
        yield cells(f"{row.decided}/{row.criteria}", columns.decided), ""
        if row.problem and not row.lacks_sheets:
            yield f" ! {one_line(row.problem)}", "sign--refer"
            return
        due, day = row.next, row.due_day if self.by_due else None
        told = (row.left or "nobody") if due is None else str(due) if columns.person else f"to {due.step}"
        if row.lacks_sheets:
            told = f"{told} ! no sheet"
        yield cells(told, columns.waiting), "sign--refer" if row.lacks_sheets else ""
        if self.by_due:
            told, style = _due(day, local(self._now).date(), columns) if day is not None else ("", "")
            yield cells(told, columns.since), style
        elif due is not None and due.since is not None:
            yield cells(_since(due.since, self._now, columns), columns.since), ""


def _since(since: datetime, now: datetime, columns: Columns) -> str:
    if not columns.days_in_words:
        days = (now - since).days
        return "today" if days < 1 else f"{days} d"
    told = how_long(since, now)
    return f"{told:<9} {day(since)}" if columns.dated else told


def _due(due: date, today: date, columns: Columns) -> tuple[str, str]:
    """How far off the day is, late ones with a sign and a style of their own."""
    days = (due - today).days
    if not columns.days_in_words:
        told = "today" if not days else f"! {-days} d" if days < 0 else f"{days} d"
    else:
        told = "! today" if not days else f"! {counted(-days, 'day')}" if days < 0 else f"in {counted(days, 'day')}"
    return f"{told:<9} {date_told(due)}" if columns.dated else told, "sign--refer" if days <= 0 else ""


def _units(units: Sequence[UnitProgress], columns: Columns) -> Iterable[Piece]:
    """The units in exactly the cells of their column: as many as fit, and how many more there are, with the sign of
    what among those asks for a person."""
    if not columns.units:
        return
    shown = _that_fit(tuple(unit.code for unit in units), columns.units, columns.spaced)
    space = " " if columns.spaced else ""
    left = columns.units
    yield " ", ""
    for code, unit in zip(shown, units, strict=False):
        sign = sign_of(unit)
        after = " " if left > cell_len(code) + len(space) + 1 else ""
        yield code + space, ""
        yield sign.glyph, sign.style
        yield after, ""
        left -= cell_len(code) + len(space) + 1 + len(after)
    if hidden := units[len(shown) :]:
        more = f"+{len(hidden)}"
        yield fit(more, min(len(more), left)), "sign--quiet"
        left -= min(len(more), left)
        asking = next((sign for unit in hidden if (sign := sign_of(unit)) is not UNIT_SIGNS[unit.state]), None)
        if asking is not None and left:
            yield asking.glyph, asking.style
            left -= 1
    yield " " * left, ""


@lru_cache(maxsize=1024)
def _that_fit(codes: tuple[str, ...], width: int, spaced: bool) -> tuple[str, ...]:
    """The short codes of the first units, as many as fit with their signs and, where some are left out, with how many:
    a centre's learners are on few different sets of units."""
    short = short_codes(codes)
    shown = tuple(one_line(short[code]) for code in codes)
    lengths = [cell_len(code) + 2 + spaced for code in shown]
    for count in range(len(shown), 0, -1):
        more = len(f"+{len(shown) - count}!") if count < len(shown) else -1
        if sum(lengths[:count]) + more <= width:
            return shown[:count]
    return ()
