"""A learner's portfolio by standard: for each statement what evidences it, where it stands, and who accepted it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo

from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.mapping import Strength
from markterm.domain.assessed.standard import Standard
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.citation import Citation, since_cited
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.standards.evidenced import ShownBy, StatementOfLearner
from markterm.domain.standards.portfolio_index import EvidenceSort, PortfolioIndex, in_words, why_left
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.local_time import local
from markterm.exports.document.model import (
    Block,
    Bullets,
    Column,
    Document,
    Fact,
    Heading,
    Item,
    Paragraph,
    Table,
    words,
)

_COLUMNS = (
    Column("Statement", 3),
    Column("Unit and criterion", 1.6),
    Column("Evidence, and where in it", 2),
    Column("Words", 3),
    Column("Accepted by", 1.6),
)
_INCOMPLETE = "The record behind this index is incomplete: decisions may be missing from it."
_OF_THE_CENTRE = (
    "This index is the centre's own document: it tells of decisions that have not been released to the learner too."
)


def portfolio_index(
    centre: CentreDetails,
    learner: Learner,
    name: str,
    index: PortfolioIndex,
    portfolio: Portfolio,
    files: Mapping[str, str],
    *,
    damaged: bool = False,
    zone: tzinfo | None = None,
) -> Document:
    """The index by what was called `name`. `files` are the SHA-256 of the learner's files by name. Days are those of
    `zone`, or of this machine."""
    who, registration = one_line(learner.name), one_line(learner.registration)
    facts = (
        Fact("Centre number", centre.number),
        Fact("Centre name", centre.name),
        Fact("Learner registration number", registration),
        Fact("Learner name", who),
        Fact("Standards", "; ".join(one_line(f"{each.key} {each.title}") for each in index.standards)),
        Fact("Evidenced", in_words(index.statements)),
    )
    return Document(
        one_line(f"Portfolio index {name}"),
        facts,
        tuple(_Index(centre, index, portfolio, files, zone).blocks()),
        caveats=(_OF_THE_CENTRE, *((_INCOMPLETE,) if damaged else ()), *map(one_line, index.caveats)),
        about=", ".join(filter(None, (who, registration))),
        across=True,
    )


class _Index:
    def __init__(
        self,
        centre: CentreDetails,
        index: PortfolioIndex,
        portfolio: Portfolio,
        files: Mapping[str, str],
        zone: tzinfo | None,
    ) -> None:
        self._centre = centre
        self._index = index
        self._portfolio = portfolio
        self._files = files
        self._zone = zone

    def blocks(self) -> Iterator[Block]:
        for standard in self._index.standards:
            yield Heading(2, words(one_line(f"{standard.key} {standard.title}")))
            yield Paragraph(words(in_words(self._index.of(standard)), "."))
            for sort in EvidenceSort:
                yield from self._sort(standard, sort)
        yield Heading(2, words("What remains"))
        if not self._index.remaining:
            yield Paragraph(words("Nothing: every statement is evidenced."))
            return
        yield Bullets(tuple(map(_remaining, self._index.remaining)))

    def _sort(self, standard: Standard, sort: EvidenceSort) -> Iterator[Block]:
        own = self._index.of(standard, sort)
        if not own:
            return
        yield Heading(3, words(sort.value))
        yield Table(_COLUMNS, tuple(row for each in own for row in self._rows(each)))

    def _rows(self, statement: StatementOfLearner) -> Iterator[tuple[str, ...]]:
        told = f"{statement.statement.code} {statement.state.sign} {statement.state.value}: {statement.statement.text}"
        counting = [each for each in statement.by if each.counts]
        if not counting:
            yield one_line(told), "", "", "", ""
        for each in counting:
            for row in self._evidence(each):
                yield (one_line(told), *row)
                told = ""

    def _evidence(self, shown: ShownBy) -> Iterator[tuple[str, str, str, str]]:
        decision = shown.decision
        assert decision is not None, "only what counts is told with its evidence"
        by = one_line(f"{self._centre.name_of(decision.actor, decision.at)}, {self._day(decision.at)}")
        by = f"{by}; {shown.unit_words}"
        place = one_line(f"{shown.unit.code} {shown.criterion.number}")
        partly = "" if shown.mapped.strength is Strength.FULLY else f", {shown.mapped.strength.value}"
        note = f"Note: {one_line(decision.note)}" if decision.note.strip() else ""
        if not shown.citations:
            yield f"{place}{partly}", "no words cited", note, by
            return
        for number, citation in enumerate(shown.citations):
            quoted = f"“{one_line(citation.passage.quote)}”"
            first = number == 0
            said = " ".join(filter(None, (quoted, note if first else "")))
            yield f"{place}{partly}" if first else "", self._file(shown, citation), said, by if first else ""

    def _file(self, shown: ShownBy, citation: Citation) -> str:
        destroyed = self._portfolio.destroyed_of(shown.unit.key) is not None
        told = one_line(f"{citation.passage.file}, {citation.passage.locator}")
        since = since_cited(citation.passage, self._files, destroyed=destroyed)
        since = one_line(", ".join(filter(None, (since, self._portfolio.accounts.doubt(citation.passage)))))
        return f"{told} ({since})" if since else told

    def _day(self, at: datetime) -> str:
        return local(at, self._zone).date().isoformat()


def _remaining(statement: StatementOfLearner) -> Item:
    own = f"{statement.standard.key} {statement.statement.code} {statement.statement.text}"
    return Item(words(one_line(own)), (words(one_line(why_left(statement))),))
