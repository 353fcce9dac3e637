"""The lines of a document that was converted to Markdown, as a paper prints them: without marks, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator

from markterm.domain.texts.marked_text import cells_of, is_heading, lines_in, unmarked
from markterm.domain.texts.printed_lines import Line, lines_of


def lines_of_marked(text: str) -> tuple[Line, ...]:
    """The lines of Markdown that have words, each with the number that it has in `text`. A cell of a table is a line of
    its own, and a line that is a heading, or bold and nothing else, says so."""
    return tuple(_lines(text))


def _lines(text: str) -> Iterator[Line]:
    for number, raw in enumerate(text.splitlines(), 1):
        cells = cells_of(raw)
        if cells is None:
            yield from _line(number, raw, 0)
            continue
        for place, cell in enumerate(cells, 1):
            for part in lines_in(cell):
                yield from _line(number, part, place)


def _line(number: int, marked: str, cell: int) -> Iterator[Line]:
    # What is a bullet and what an address is told in one place: there the text has one line.
    for line in lines_of(unmarked(marked)):
        yield Line(number, line.text, line.is_item, cell, is_heading(marked))
