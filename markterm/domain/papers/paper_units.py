"""The units in a paper: most have one, a specification has many, and some print no numbers of criteria."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from markterm.domain.papers.paper_headings import is_mark
from markterm.domain.papers.paper_rows import Row, rows_of
from markterm.domain.papers.unit_head import told_in
from markterm.domain.papers.unit_paper import UnitRead, UnitReading
from markterm.domain.papers.unnumbered import with_numbers


def read_units(text: str) -> tuple[UnitRead, ...]:
    """The units in the text of a paper, as the readers of evidence give it; none where it has no criteria."""
    units: list[UnitRead] = []
    for own, unit in _units_in(rows_of(text)):
        units += (unit,) if unit is not None else _unnumbered(own)
    return tuple(units)


def _unnumbered(rows: Sequence[Row]) -> Iterator[UnitRead]:
    """The units in those rows when their criteria get numbers, each with what is to be looked at for it."""
    numbered = with_numbers(rows)
    if not numbered.doubts:
        return
    for own, unit in _units_in(numbered.rows):
        if unit is not None:
            told = (each for each in numbered.doubts if own[0].line <= each.line <= own[-1].line)
            yield replace(unit, doubts=(*told, *unit.doubts))


def _units_in(rows: Sequence[Row]) -> Iterator[tuple[Sequence[Row], UnitRead | None]]:
    """The rows of each unit with what they say; None for those whose criteria have no numbers, or that have none."""
    said = Counter(row.words for row in rows if not row.table)
    furniture = frozenset(words for words, times in said.items() if times > 1)
    is_marked = any(is_mark(row) for row in rows)
    reading = UnitReading(furniture, was_open=is_marked)
    begin = named = 0
    names: dict[str, str] = {}
    for place, row in enumerate(rows):
        below = rows[place + 1] if place + 1 < len(rows) else None
        called = {told.what: told.value for told in told_in(row, below) if told.begins}
        is_another = any(names.get(what) != name for what, name in called.items())
        is_left = reading.is_left_by(row, below)
        if is_left or (is_another and not reading.criteria and with_numbers(rows[named:place]).doubts):
            yield rows[begin:place], reading.result() if reading.criteria else None
            begin, reading, names = place, UnitReading(furniture, was_open=is_marked), {}
        if is_another:
            # Of what stands above the next name no more is asked than since this one.
            named = place
        names |= called
        reading.read(row, below)
    if rows:
        yield rows[begin:], reading.result() if reading.criteria else None
