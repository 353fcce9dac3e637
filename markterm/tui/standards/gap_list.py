"""The lines of somebody beside a role: by function where there is a map, and below each its statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.cells import cell_len

from markterm.domain.assessed.standard import StatementLink
from markterm.domain.standards.gap import Gap, GapState, StatementGap
from markterm.domain.words.foreign_text import one_line
from markterm.tui.local_time import date_told
from markterm.tui.standards.statement_list import StatementList, coded
from markterm.tui.widgets.line_list import Piece, fit

_SAID, _LEAST_SAID = 25, 14
SIGNS = {
    GapState.NONE: ("✓", "sign--pass"),
    GapState.PART: ("◐", "sign--heading"),
    GapState.GAP: ("✗", "sign--refer"),
    GapState.NOT_SAID: ("·", "sign--open"),
    GapState.GONE: ("!", "sign--refer"),
}


def lines_of(found: Gap, *, only_gaps: bool) -> Iterator[str | StatementGap]:
    """Every statement under its standard, with `only_gaps` without those that are none; functions stand above, each
    with how many gaps it has."""
    for each in found.by_function:
        told = f"{each.gaps} of {len(each.statements)} missing" if each.statements else "nothing of it is here"
        yield f"  {each.function.code} {each.function.title}: {told}"
    standard = None
    for one in found.statements:
        if only_gaps and not one.is_gap:
            continue
        own = (one.link.standard, one.link.version)
        if own != standard:
            standard = own
            yield f"{one.link.standard} ({one.link.version})" if one.link.version else one.link.standard
        yield one


class GapList(StatementList[StatementGap]):
    """A statement a line: how far it is evidenced, its words, and what they say of themselves on it."""

    def name_of(self, each: StatementGap) -> StatementLink:
        return each.link

    def pieces(self, each: StatementGap, width: int) -> Iterable[Piece]:
        said = _SAID if self.is_wide else _LEAST_SAID
        code = coded(each.link.statement)
        sign, style = SIGNS[each.state]
        words = each.statement.text if each.statement is not None else "the centre has no such statement any more"
        yield f"{sign} ", style
        yield code, ""
        yield fit(one_line(words), max(width - 2 - cell_len(code) - said - 3, 0)) + " ", ""
        yield "✎ " if each.is_planned else "  ", "sign--heading"
        yield fit(_said(each, with_day=self.is_wide), said), "sign--quiet"


def _said(each: StatementGap, *, with_day: bool) -> str:
    """What they say of themselves on it, with the day where there is room."""
    if each.rating is None:
        return "not rated"
    return one_line(f"{each.rating.rating}, {date_told(each.rating.on)}" if with_day else each.rating.rating)
