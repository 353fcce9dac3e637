"""The units in a paper: most have one, a specification has many, and some print no numbers of criteria."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from markterm.domain.papers.paper_headings import is_mark
from markterm.domain.papers.paper_rows import Row, rows_of
from markterm.domain.papers.unit_paper import UnitRead, UnitReading
from markterm.domain.papers.unnumbered import with_numbers


def read_units(text: str) -> tuple[UnitRead, ...]:
    """The units in the text of a paper, as the readers of evidence give it; none where it has no criteria."""
    rows = rows_of(text)
    if not rows:
        return ()
    read = tuple(_units_in(rows))
    units = [unit for _, unit in read if unit is not None]
    begin, last = read[-1]
    if last is None:
        units += _unnumbered([row for row in rows if row.line >= begin])
    return tuple(units)


def _unnumbered(rows: Sequence[Row]) -> Iterator[UnitRead]:
    """The units in those rows when their criteria get numbers, each with what is to be looked at for it."""
    numbered = with_numbers(rows)
    if not numbered.doubts:
        return
    read = tuple(_units_in(numbered.rows))
    ends = [begin for begin, _ in read[1:]] + [rows[-1].line + 1]
    for (begin, unit), end in zip(read, ends, strict=True):
        if unit is not None:
            own = (each for each in numbered.doubts if begin <= each.line < end)
            yield replace(unit, doubts=(*own, *unit.doubts))


def _units_in(rows: Sequence[Row]) -> Iterator[tuple[int, UnitRead | None]]:
    """Each unit with the line that it begins in; None for what has no criteria that have numbers."""
    said = Counter(row.words for row in rows if not row.table)
    furniture = frozenset(words for words, times in said.items() if times > 1)
    is_marked = any(is_mark(row) for row in rows)
    begin, reading = 0, UnitReading(furniture, was_open=is_marked)
    for place, row in enumerate(rows):
        below = rows[place + 1] if place + 1 < len(rows) else None
        if reading.is_left_by(row, below):
            yield begin, reading.result()
            begin, reading = row.line, UnitReading(furniture, was_open=is_marked)
        reading.read(row, below)
    yield begin, reading.result() if reading.criteria else None
