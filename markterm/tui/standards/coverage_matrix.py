"""Statements down, units across, to move in both ways; and the functional map as lines. Only what is in sight is
drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markterm.domain.assessed.mapping import Mapped, Strength
from markterm.domain.assessed.suite import Suite
from markterm.domain.assessed.unit import Unit, UnitKey
from markterm.domain.standards.coverage import Covered, CoveredArea, CoveredFunction, CoveredStatement
from markterm.domain.words.code import short_codes
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plot.functional_map import MapLine, map_lines
from markterm.tui.widgets.line_list import LineList, Piece, fit

_NARROWEST, _WIDEST = 9, 16
_WORDS = 20
"""So much room is left, or the words of a statement are not said beside its units."""
_SIGN = 4
"""The sign of the cursor and that of the state, each with a space."""
STYLES = {
    Covered.FULLY: "sign--pass",
    Covered.PARTLY: "sign--heading",
    Covered.NOT: "sign--refer",
    Covered.ELSEWHERE: "sign--quiet",
    Covered.UNKNOWN: "sign--refer",
}


class CoverageMatrix(LineList, inherit_bindings=True):
    """A statement a row; the cursor is on one unit of it. The first columns, which say which statement it is, stay."""

    COMPONENT_CLASSES = {"coverage--here"}  # noqa: RUF012  # as Textual declares it
    DEFAULT_CSS = """
    CoverageMatrix > .coverage--here { background: $primary; color: $background; text-style: bold; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._statements: Sequence[CoveredStatement] = ()
        self._units: Sequence[Unit] = ()
        self._codes: Sequence[str] = ()
        self._label = self._across = 0
        self._first = 0
        """The unit of the first column that is in sight."""
        self.column = 0
        """The unit that the cursor is on."""

    def show(self, statements: Sequence[CoveredStatement], units: Sequence[Unit]) -> None:
        """Show these; the cursor stays on its statement and its unit where they are among them."""
        before, unit = self.chosen, self.unit
        self._statements, self._units = statements, units
        short = short_codes(each.code for each in units)
        self._codes = [one_line(short[each.code]) for each in units]
        self._label = max((len(_called(each)) for each in statements), default=0) + 2
        widest = max((*map(len, self._codes), *_widths(statements)), default=0)
        self._across = max(min(widest + 2, _WIDEST), _NARROWEST)
        keys = [each.key for each in units]
        self.column = keys.index(unit.key) if unit is not None and unit.key in keys else 0
        self.lines_changed()
        if before is not None:
            place = next((n for n, each in enumerate(statements) if _same(each, before)), self.cursor)
            self.move_to(place)
        self._bring_column()

    @property
    def chosen(self) -> CoveredStatement | None:
        """The statement under the cursor."""
        return self._statements[self.cursor] if self.cursor < len(self._statements) else None

    @property
    def unit(self) -> Unit | None:
        """The unit under the cursor."""
        return self._units[self.column] if self.column < len(self._units) else None

    def step(self, step: int) -> None:
        """To the unit to the right, or to the left."""
        column = max(0, min(self.column + step, len(self._units) - 1))
        if column == self.column:
            return
        first = self._first
        self.column = column
        self._bring_column()
        if first == self._first:
            self.refresh_index(self.cursor)
        else:
            self.refresh()
        self.post_message(self.Moved(self, self.cursor))

    @property
    def head(self) -> str:
        """The line above it: the codes of the units that are in sight, and whether there are more at a side."""
        width = self.size.width - 1
        codes = "".join(fit(self._codes[each], self._across) for each in self._in_sight(width))
        before = "◂" if self._first else " "
        more = "▸" if self._first + len(self._in_sight(width)) < len(self._units) else ""
        return fit(fit("  Statement", _SIGN + self._label - 1) + before + codes.rstrip() + " " + more, width)

    def _in_sight(self, width: int) -> range:
        room = max((width - _SIGN - self._label) // max(self._across, 1), 1)
        return range(self._first, min(self._first + room, len(self._units)))

    def _bring_column(self) -> None:
        room = max((self.size.width - 1 - _SIGN - self._label) // max(self._across, 1), 1)
        self._first = max(min(self._first, self.column), self.column - room + 1)
        self._first = max(0, min(self._first, len(self._units) - room))

    def on_resize(self) -> None:
        """Keep the cursor's unit in sight too."""
        super().on_resize()
        self._bring_column()

    def clicked(self, x: int, y: int) -> None:
        """Put the cursor on that statement and unit."""
        row = self._top + y
        place = (x - _SIGN - self._label) // max(self._across, 1)
        sight = self._in_sight(self.size.width - 1)
        here = self.column
        if 0 <= place < len(sight):
            self.step(sight[place] - self.column)
        if (row, self.column) != (self.cursor, here):
            self.cursor = row if 0 <= row < len(self._statements) else self.cursor
        else:
            self.action_choose()

    def line_count(self) -> int:
        return len(self._statements)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        each = self._statements[index]
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        yield f"{each.state.sign} ", STYLES[each.state]
        yield fit(_called(each), self._label), ""
        for number in self._in_sight(width):
            cell = fit(in_short(each.of_unit(self._units[number].key)) or "·", self._across - 1)
            is_here = index == self.cursor and number == self.column
            yield cell, "coverage--here" if is_here else "sign--quiet" if cell.startswith("·") else ""
            yield " ", ""
        room = width - _SIGN - self._label - len(self._in_sight(width)) * self._across
        if room >= _WORDS:
            yield fit(one_line(each.statement.text), room), "sign--quiet"


class FunctionalMap(LineList, inherit_bindings=True):
    """The functional map with its coverage, as it is drawn everywhere; the cursor stands on functions."""

    def __init__(self) -> None:
        super().__init__()
        self._of: tuple[Suite, Sequence[CoveredArea]] | None = None
        self._lines: Sequence[MapLine] = ()

    def show(self, suite: Suite, areas: Sequence[CoveredArea]) -> None:
        """Show that map."""
        self._of = suite, areas
        self._lay_out()

    def _lay_out(self) -> None:
        if self._of is not None:
            before = self.chosen
            self._lines = tuple(map_lines(*self._of, max(self.size.width - 3, 40)))
            self.lines_changed()
            same = (
                n
                for n, each in enumerate(self._lines)
                if before is not None and each.of is not None and each.of.function.code == before.function.code
            )
            self.move_to(next(same, self.cursor))

    @property
    def chosen(self) -> CoveredFunction | None:
        """The function under the cursor."""
        return self._lines[self.cursor].of if self.cursor < len(self._lines) else None

    def on_resize(self) -> None:
        """Titles are broken anew."""
        self._lay_out()

    def can_stand_on(self, index: int) -> bool:
        if not 0 <= index < len(self._lines) or self._lines[index].of is None:
            return False
        return index == 0 or self._lines[index - 1].of is not self._lines[index].of

    def line_count(self) -> int:
        return len(self._lines)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        line = self._lines[index]
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        yield from _drawn(line, width - 2, is_first=self.can_stand_on(index))


def _drawn(line: MapLine, width: int, *, is_first: bool) -> Iterator[Piece]:
    if line.of is None:
        yield fit(line.text, width), "sign--heading"
    elif is_first:
        yield fit(line.text, width), STYLES[line.of.state]
    else:
        yield fit(line.text, width), "sign--quiet"


def _widths(statements: Iterable[CoveredStatement]) -> Iterator[int]:
    """How wide the widest cell of each statement is."""
    for each in statements:
        by: dict[UnitKey, int] = {}
        for own in each.by:
            by[own.unit] = by.get(own.unit, 0) + len(in_short((own.mapped,))) + 2
        yield max(by.values(), default=2) - 2


def _called(each: CoveredStatement) -> str:
    return one_line(f"{each.standard.code} {each.statement.code}")


def _same(one: CoveredStatement, other: CoveredStatement) -> bool:
    return one.standard.key == other.standard.key and one.statement.code == other.statement.code


def in_short(mapped: Sequence[Mapped]) -> str:
    """The criteria of a cell, those that cover a part in brackets."""
    told = (each.criterion if each.strength is Strength.FULLY else f"({each.criterion})" for each in mapped)
    return one_line(", ".join(told))
