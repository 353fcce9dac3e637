"""Tables as a document, so that they can be printed: one with more columns than a page is wide goes on in parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markterm.domain.record.states import CriterionState
from markterm.exports.document import model
from markterm.exports.document.model import Block, Document, Fact, Heading, Label, Paragraph, words
from markterm.exports.table.model import Cell, Column, Row, Sign, Table, Tables, Tone, in_letters, on_a_page

_PAGE = 150
"""Characters of a row of small print on a page across."""
_WIDEST, _NARROWEST = 45, 5
_STATES = {
    Tone.PASS: CriterionState.PASS,
    Tone.REFER: CriterionState.REFER,
    Tone.WAITING: CriterionState.OPEN,
    Tone.ATTENTION: CriterionState.CONFLICT,
}


def as_document(tables: Tables) -> Document:
    """The tables one after the other, on pages across."""
    facts = tuple(Fact(name, text) for name, text in tables.facts)
    blocks = tuple(block for table in tables.tables for block in _blocks(on_a_page(table)))
    return Document(tables.title, facts, blocks, tables.caveats, tables.about, across=True)


def _blocks(table: Table) -> Iterator[Block]:
    yield Heading(2, words(table.title))
    for note in table.notes:
        yield Paragraph(words(note))
    rows = tuple(table.rows())
    if not rows:
        yield Paragraph(words("Nothing.", italic=True))
        return
    parts = tuple(_parts(table))
    for number, places in enumerate(parts, 1):
        states = tuple(tuple(_state(row[place]) for place in places) for row in rows)
        if len(parts) > 1:
            yield Label(f"Part {number} of {len(parts)}")
        columns = tuple(_column(table.columns[place]) for place in places)
        cells = tuple(_cells(row, places) for row in rows)
        if len(parts) > 1:  # So that a row is found again in the next part.
            columns = (model.Column("No.", _NARROWEST), *columns)
            cells = tuple((str(row), *own) for row, own in enumerate(cells, 1))
            states = tuple((None, *own) for own in states)
        yield model.Table(columns, cells, states)


def _parts(table: Table) -> Iterator[Sequence[int]]:
    """The columns of each part, in which the first of the table say again what a row is about."""
    who = tuple(range(table.frozen))
    rest = [place for place in range(len(table.columns)) if place not in who]
    room = _PAGE - _NARROWEST - sum(_width(table.columns[place]) for place in who)
    taken, part = 0, list[int]()
    for place in rest:
        width = _width(table.columns[place])
        if part and taken + width > room:
            yield (*who, *part)
            taken, part = 0, []
        part.append(place)
        taken += width
    yield (*who, *part)


def _state(cell: Cell) -> CriterionState | None:
    return _STATES[cell.tone] if isinstance(cell, Sign) else None


def _column(column: Column) -> model.Column:
    return model.Column(column.title, _width(column))


def _width(column: Column) -> int:
    longest = max(map(len, column.title.split()), default=0)  # A head that is wider than its column runs into the next.
    return max(min(column.width, _WIDEST), _NARROWEST, min(longest + 1, _WIDEST))


def _cells(row: Row, places: Sequence[int]) -> tuple[str, ...]:
    return tuple(in_letters(row[place]) for place in places)
