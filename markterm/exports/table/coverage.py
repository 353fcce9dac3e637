"""What units cover of standards, as tables: statement by unit, function by function, the sums, and what is mapped and
does not count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from markterm.domain.assessed.mapping import Mapped, Strength
from markterm.domain.standards.coverage import Coverage, Covered, CoveredArea, Share
from markterm.domain.standards.coverage_asked import CoverageAsked
from markterm.exports.table.model import Column, Row, Sign, Table, Tone

STATES: Mapping[Covered, Sign] = MappingProxyType(
    {
        Covered.FULLY: Sign("C", Covered.FULLY.value, Tone.PASS),
        Covered.PARTLY: Sign("P", Covered.PARTLY.value, Tone.ATTENTION),
        Covered.NOT: Sign("N", Covered.NOT.value, Tone.REFER),
        Covered.ELSEWHERE: Sign("E", Covered.ELSEWHERE.value, Tone.WAITING),
        Covered.UNKNOWN: Sign("?", Covered.UNKNOWN.value, Tone.ATTENTION),
    }
)
"""The sign of each state in a cell."""
_SHARE = (
    *(Column("Statements", 10), Column("Covered", 8), Column("In part", 8), Column("Not covered", 8)),
    Column("More than once", 8),
)


def coverage_tables(asked: CoverageAsked) -> tuple[Table, ...]:
    """The tables of what was asked; of a suite with a table of its functional map. What a criterion covers stands
    behind it in a word, and a statement has its full name: a spreadsheet makes another number of 1.10 alone."""
    told = asked.coverage
    functions = (_functions(asked.areas),) if asked.areas else ()
    uncounted = (_uncounted(told),) if told.uncounted else ()
    return (_statements(told), *functions, _sums(told), *uncounted)


def criteria(mapped: Sequence[Mapped]) -> str:
    """The criteria of a cell, each with how far it covers the statement: `1.1 fully; 1.2 partly`."""
    return "; ".join(f"{each.criterion} {each.strength}" for each in mapped)


def _statements(told: Coverage) -> Table:
    columns = (
        *(Column("Standard", 14), Column("Statement", 18), Column("Words", 45)),
        *(Column("Kind", 14), Column("Coverage", 8)),
        *(Column(str(unit.key), 14) for unit in told.units),
        Column("Covered fully by", 8),
    )

    def rows() -> Iterator[Row]:
        for each in told.statements:
            cells = (criteria(each.of_unit(unit.key)) or None for unit in told.units)
            key = str(each.standard.key)
            who = (key, f"{key} {each.statement.code}", each.statement.text)
            fully = sum(own.mapped.strength is Strength.FULLY for own in each.by)
            yield *who, each.statement.kind.value, STATES[each.state], *cells, fully

    states = (Covered.FULLY, Covered.PARTLY, Covered.NOT)
    return Table("Statements", "Statement by unit", columns, rows, 3, (legend(states),))


def _functions(areas: Sequence[CoveredArea]) -> Table:
    columns = (
        *(Column("Area", 6), Column("Function", 8), Column("Title", 45), Column("Coverage", 8)),
        *(*_SHARE, Column("Met by", 24), Column("Not here", 14)),
    )

    def rows() -> Iterator[Row]:
        for area in areas:
            for each in area.functions:
                who = (area.area.code, each.function.code, each.function.title, STATES[each.state])
                yield *who, *_counts(each.share), ", ".join(each.function.standards), ", ".join(each.missing)

    return Table("Functions", "Functional map", columns, rows, 2, (legend(tuple(Covered)),))


def _sums(told: Coverage) -> Table:
    columns = (Column("Standard", 14), Column("Title", 40), Column("Kind", 20), *_SHARE)

    def rows() -> Iterator[Row]:
        for each in told.shares:
            standard = each.standard
            yield str(standard.key), standard.title, each.kind.value, *_counts(each.share)
        for kind in told.kinds:
            yield "all", None, kind.value, *_counts(told.of_kind(kind))
        yield "all", None, "all", *_counts(told.share)

    return Table("Sums", "How much is covered", columns, rows, 2)


def _uncounted(told: Coverage) -> Table:
    columns = (Column("Unit", 14), Column("Criterion", 8), Column("Named", 24), Column("Why it does not count", 45))

    def rows() -> Iterator[Row]:
        for each in told.uncounted:
            yield str(each.unit), f"criterion {each.criterion}" if each.criterion else None, each.named, each.why.value

    return Table("Not counted", "Mapped and not counted", columns, rows, 2)


def _counts(share: Share) -> tuple[int, ...]:
    return share.of, share.fully, share.partly, share.uncovered, share.twice


def legend(states: Sequence[Covered]) -> str:
    """What the letters of these states mean, in a sentence."""
    return f"Signs: {', '.join(f'{STATES[state].letter} {STATES[state].word}' for state in states)}."
