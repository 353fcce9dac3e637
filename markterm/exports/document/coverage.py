"""What units cover of standards, as a document: sums, the functional map as a picture and a table, each statement with
what covers it, and what is mapped and does not count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from markterm.domain.assessed.mapping import Strength
from markterm.domain.assessed.suite import Suite
from markterm.domain.record.states import CriterionState
from markterm.domain.standards.coverage import Covered, CoveredFunction, CoveredStatement, Share
from markterm.domain.standards.coverage_asked import CoverageAsked
from markterm.exports.document.model import (
    Block,
    Column,
    Document,
    Fact,
    Heading,
    Paragraph,
    Picture,
    Table,
    words,
)
from markterm.exports.picture.bars import Bar, Bars, Look, Part, bars_as_svg

_LOOKS: Mapping[Covered, CriterionState] = MappingProxyType(
    {Covered.FULLY: CriterionState.PASS, Covered.PARTLY: CriterionState.CONFLICT, Covered.NOT: CriterionState.REFER}
)
"""The colour beside the word of a state."""
_COUNTS = (Column("Statements", 1.2), Column("Covered", 1.1), Column("In part"), Column("Not"), Column("Twice"))


def coverage_document(
    asked: CoverageAsked, facts: Iterable[tuple[str, str]], about: str, caveats: tuple[str, ...] = ()
) -> Document:
    """The document; `facts` are whose it is, `about` is that in a line."""
    told = tuple(Fact(name, text) for name, text in facts)
    return Document("Coverage", told, tuple(_blocks(asked)), (*asked.caveats, *caveats), about, across=True)


def _blocks(asked: CoverageAsked) -> Iterator[Block]:
    told = asked.coverage
    yield Heading(2, words("How much is covered"))
    rows = [
        *((str(each.standard.key), each.kind.value, *_counts(each.share)) for each in told.shares),
        *(("all", kind.value, *_counts(told.of_kind(kind))) for kind in told.kinds),
        ("all", "all", *_counts(told.share)),
    ]
    yield Table((Column("Standard", 2), Column("Kind", 2), *_COUNTS), tuple(rows))
    if isinstance(asked.target, Suite) and asked.areas:
        yield from _map(asked, asked.target)
    for standard in told.standards:
        yield Heading(2, words(str(standard.key), " ", standard.title))
        own = [each for each in told.statements if each.standard.key == standard.key]
        yield from _statements(own)
    if told.uncounted:
        yield Heading(2, words("Mapped and not counted"))
        columns = (Column("Unit", 2), Column("Criterion"), Column("Named", 2), Column("Why it does not count", 4))
        yield Table(
            columns, tuple((str(each.unit), each.criterion, each.named, each.why.value) for each in told.uncounted)
        )


def _map(asked: CoverageAsked, suite: Suite) -> Iterator[Block]:
    functions = [each for area in asked.areas for each in area.functions]
    yield Heading(2, words("Functional map of ", suite.code, " ", suite.title))
    if suite.key_purpose:
        yield Paragraph(words(suite.key_purpose))
    bars = Bars("Functions by how far they are covered", tuple(map(_bar, functions)))
    yield Picture(bars_as_svg(bars, "functions"), bars.in_words, bars.lines)
    columns = (
        *(Column("Function"), Column("Title", 4), Column("State", 2), *_COUNTS),
        *(Column("Met by", 2), Column("Not here", 1.2)),
    )
    for area in asked.areas:
        yield Heading(3, words(area.area.code, " ", area.area.title))
        rows = tuple(
            (
                *(each.function.code, each.function.title, each.state.value, *_counts(each.share)),
                *(", ".join(each.function.standards), ", ".join(each.missing)),
            )
            for each in area.functions
        )
        yield Table(columns, rows, tuple(_coloured(len(columns), 2, each.state) for each in area.functions))


def _bar(each: CoveredFunction) -> Bar:
    share = each.share
    parts = (
        Part("covered", "C", share.fully, Look.GOOD),
        Part("covered in part", "P", share.partly, Look.ODD),
        Part("not covered", "N", share.uncovered, Look.BAD),
    )
    said = f"{share.fully} of {share.of}" if share.of else each.state.value
    return Bar(each.function.code, parts, said)


def _statements(statements: list[CoveredStatement]) -> Iterator[Block]:
    if not statements:
        yield Paragraph(words("It has no statement that is asked of anybody.", italic=True))
        return
    columns = (Column("Statement"), Column("Words", 6), Column("State", 1.6), Column("Covered by", 4))
    rows = tuple((each.statement.code, each.statement.text, each.state.value, covered_by(each)) for each in statements)
    yield Table(columns, rows, tuple(_coloured(len(columns), 2, each.state) for each in statements))


def covered_by(statement: CoveredStatement) -> str:
    """The criteria that cover it, each with its unit, and what was noted of it where it covers a part."""
    told = []
    for each in statement.by:
        note = f" ({each.mapped.note})" if each.mapped.note else ""
        part = " in part" if each.mapped.strength is Strength.PARTLY else ""
        told.append(f"{each.unit.code} {each.mapped.criterion}{part}{note}")
    return "; ".join(told)


def _coloured(columns: int, place: int, state: Covered) -> tuple[CriterionState | None, ...]:
    return tuple(_LOOKS.get(state) if number == place else None for number in range(columns))


def _counts(share: Share) -> tuple[str, ...]:
    return tuple(map(str, (share.of, share.fully, share.partly, share.uncovered, share.twice)))
