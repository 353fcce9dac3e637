"""The lines of somebody beside a role: by function where there is a map, and below each its statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from markterm.domain.standards.gap import Gap, GapState, StatementGap
from markterm.domain.words.foreign_text import one_line
from markterm.tui.widgets.line_list import LineList, Piece, fit

_CODE, _SAID, _LEAST_SAID = 7, 24, 14
_WIDE = 100
SIGNS = {
    GapState.NONE: ("✓", "sign--pass"),
    GapState.PART: ("◐", "sign--heading"),
    GapState.GAP: ("✗", "sign--refer"),
    GapState.NOT_SAID: ("·", "sign--open"),
    GapState.GONE: ("!", "sign--refer"),
}


class GapLine(NamedTuple):
    """A statement beside somebody, or the function or standard that stands above some."""

    text: str
    statement: StatementGap | None = None


def lines_of(found: Gap, *, only_gaps: bool) -> Iterator[GapLine]:
    """Every statement under its standard, with `only_gaps` without those that are none; functions stand above, each
    with how many gaps it has."""
    for each in found.by_function:
        told = f"{each.gaps} of {len(each.statements)} missing" if each.statements else "nothing of it is here"
        yield GapLine(f"  {each.function.code} {each.function.title}: {told}")
    standard = None
    for one in found.statements:
        if only_gaps and not one.is_gap:
            continue
        own = (one.link.standard, one.link.version)
        if own != standard:
            standard = own
            yield GapLine(f"{one.link.standard} ({one.link.version})" if one.link.version else one.link.standard)
        yield GapLine("", one)


class GapList(LineList):
    """Draws the lines in sight; the cursor stands on statements alone."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[GapLine] = ()

    def show(self, lines: Iterable[GapLine]) -> None:
        """Show these, with the cursor on the statement that it was on, or on the first."""
        before = self.chosen.link if self.chosen is not None else None
        self._lines = tuple(lines)
        self.lines_changed()
        places = [n for n, each in enumerate(self._lines) if each.statement is not None]
        same = (n for n in places if (own := self._lines[n].statement) is not None and own.link == before)
        if places:
            self.move_to(next(same, places[0]))

    @property
    def chosen(self) -> StatementGap | None:
        """The statement under the cursor."""
        return self._lines[self.cursor].statement if self.cursor < len(self._lines) else None

    def can_stand_on(self, index: int) -> bool:
        return 0 <= index < len(self._lines) and self._lines[index].statement is not None

    def line_count(self) -> int:
        return len(self._lines)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        text, each = self._lines[index]
        if each is None:
            is_function = text.startswith("  ")
            yield fit(f"{'  ' * is_function}{one_line(text)}", width), "sign--quiet" if is_function else "sign--heading"
            return
        said = _SAID if width >= _WIDE else _LEAST_SAID
        code = one_line(each.link.statement)
        room = max(_CODE, cell_len(code) + 1)
        sign, style = SIGNS[each.state]
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        yield f"{sign} ", style
        yield fit(code, room), ""
        words = each.statement.text if each.statement is not None else "the centre has no such statement any more"
        planned = "✎ " if each.is_planned else "  "
        yield fit(one_line(words), max(width - 4 - room - said - 3, 0)) + " ", ""
        yield planned, "sign--heading"
        yield fit(_said(each, with_day=width >= _WIDE), said), "sign--quiet"


def _said(each: StatementGap, *, with_day: bool) -> str:
    """What they say of themselves on it, with the day where there is room."""
    if each.rating is None:
        return "not rated"
    return one_line(f"{each.rating.rating}, {each.rating.on.isoformat()}" if with_day else each.rating.rating)
