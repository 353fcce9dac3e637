"""The lines of a learner's portfolio by standard: performance apart from knowledge, and below each its statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.cells import cell_len

from markterm.domain.assessed.standard import StandardKey, StatementKind
from markterm.domain.standards.evidenced import Evidenced, StatementOfLearner
from markterm.domain.standards.portfolio_index import EvidenceSort, PortfolioIndex, in_words
from markterm.domain.words.foreign_text import one_line
from markterm.tui.standards.statement_list import StatementList, coded
from markterm.tui.widgets.line_list import Piece, fit

_BY, _LEAST_BY = 30, 16
_STYLES = {
    Evidenced.FULLY: "sign--pass",
    Evidenced.PARTLY: "sign--heading",
    Evidenced.WAITS: "sign--open",
    Evidenced.NOT_COVERED: "sign--quiet",
}


def lines_of(index: PortfolioIndex, *, only_remaining: bool) -> Iterator[str | StatementOfLearner]:
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
        yield f"{standard.key} {standard.title}: {in_words(index.of(standard))}"
        for duty in standard.of_kind(StatementKind.DUTY) if not only_remaining else ():
            yield f"  {duty.code} {duty.text}"
        for sort, own in shown:
            if own:
                yield f" {sort.value}"
                yield from own


class IndexList(StatementList[StatementOfLearner]):
    """A statement a line: how far it is evidenced, its words, and by which criteria."""

    def name_of(self, each: StatementOfLearner) -> tuple[StandardKey, str]:
        return each.standard.key, each.statement.code

    def pieces(self, each: StatementOfLearner, width: int) -> Iterable[Piece]:
        by = _BY if self.is_wide else _LEAST_BY
        code = coded(each.statement.code)
        yield f"{each.state.sign} ", _STYLES[each.state]
        yield code, ""
        yield fit(one_line(each.statement.text), max(width - 2 - cell_len(code) - by - 1, 0)) + " ", ""
        yield fit(one_line(_by(each)), by), "sign--quiet"


def _by(each: StatementOfLearner) -> str:
    """The criteria that evidence it, or where none does those that could."""
    own = [shown for shown in each.by if shown.counts] or each.by
    return ", ".join(f"{shown.unit.code} {shown.criterion.number}" for shown in own) or "in no unit"
