"""The lines of a learner's portfolio by standard: performance apart from knowledge, and below each its statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from markterm.domain.assessed.standard import StandardKey, StatementKind
from markterm.domain.standards.evidenced import Evidenced, StatementOfLearner
from markterm.domain.standards.portfolio_index import EvidenceSort, PortfolioIndex, in_words
from markterm.domain.words.foreign_text import one_line
from markterm.tui.widgets.line_list import LineList, Piece, fit

_CODE, _BY, _LEAST_BY = 7, 30, 16
_WIDE = 100
_STYLES = {
    Evidenced.FULLY: "sign--pass",
    Evidenced.PARTLY: "sign--heading",
    Evidenced.WAITS: "sign--open",
    Evidenced.NOT_COVERED: "sign--quiet",
}


class IndexLine(NamedTuple):
    """A statement of the learner's, or what stands above some or below them."""

    text: str
    statement: StatementOfLearner | None = None


def lines_of(index: PortfolioIndex, *, only_remaining: bool) -> Iterator[IndexLine]:
    """The lines of an index, with `only_remaining` without what is evidenced as a whole; duties stand above, for what
    they ask for is what the statements ask for."""
    for standard in index.standards:
        shown = [
            (
                sort,
                [each for each in index.of(standard, sort) if not only_remaining or each.state is not Evidenced.FULLY],
            )
            for sort in EvidenceSort
        ]
        if not any(own for _, own in shown):
            continue
        yield IndexLine(f"{standard.key} {standard.title}: {in_words(index.of(standard))}")
        for duty in standard.of_kind(StatementKind.DUTY) if not only_remaining else ():
            yield IndexLine(f"  {duty.code} {duty.text}")
        for sort, own in shown:
            if own:
                yield IndexLine(f" {sort.value}")
                yield from (IndexLine("", each) for each in own)


class IndexList(LineList):
    """Draws the lines in sight; the cursor stands on statements alone."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[IndexLine] = ()

    def show(self, lines: Iterable[IndexLine]) -> None:
        """Show these, with the cursor on the statement that it was on, or on the first."""
        before = _name(self.chosen) if self.chosen is not None else None
        self._lines = tuple(lines)
        self.lines_changed()
        places = [n for n, each in enumerate(self._lines) if each.statement is not None]
        same = (n for n in places if (own := self._lines[n].statement) is not None and _name(own) == before)
        if places:
            self.move_to(next(same, places[0]))

    @property
    def chosen(self) -> StatementOfLearner | None:
        """The statement under the cursor."""
        return self._lines[self.cursor].statement if self.cursor < len(self._lines) else None

    def can_stand_on(self, index: int) -> bool:
        return 0 <= index < len(self._lines) and self._lines[index].statement is not None

    def line_count(self) -> int:
        return len(self._lines)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        text, each = self._lines[index]
        if each is None:
            yield fit(one_line(text), width), "sign--quiet" if text.startswith("  ") else "sign--heading"
            return
        by = _BY if width >= _WIDE else _LEAST_BY
        code = one_line(each.statement.code)
        room = max(_CODE, cell_len(code) + 1)
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        yield f"{each.state.sign} ", _STYLES[each.state]
        yield fit(code, room), ""
        yield fit(one_line(each.statement.text), max(width - 4 - room - by - 1, 0)) + " ", ""
        yield fit(one_line(_by(each)), by), "sign--quiet"


def _name(each: StatementOfLearner) -> tuple[StandardKey, str]:
    return each.standard.key, each.statement.code


def _by(each: StatementOfLearner) -> str:
    """The criteria that evidence it, or where none does those that could."""
    own = [shown for shown in each.by if shown.counts] or each.by
    return ", ".join(f"{shown.unit.code} {shown.criterion.number}" for shown in own) or "in no unit"
