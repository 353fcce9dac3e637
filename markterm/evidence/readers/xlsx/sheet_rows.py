"""The rows of the first sheet of a workbook that is seen, each cell as it was shown: for whoever reads a table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from markterm.evidence.converted import NotReadable
from markterm.evidence.readers.office import OfficeFile
from markterm.evidence.readers.xlsx.cells import Cells, place_of, read_cells
from markterm.evidence.readers.xlsx.texts import unmarked
from markterm.evidence.readers.xlsx.xlsx import book_of, sheets_of

_MOST_LETTERS = 64 * 1024 * 1024


def sheet_rows(path: Path, most_rows: int) -> Iterator[tuple[int, list[str], bool]]:
    """The rows of the first sheet that has any and is not hidden, each with its number and whether it is hidden itself,
    as by a filter; a cell that was merged says the same in every row that it takes. Raises NotReadable when it is not a
    workbook, and what a damaged package raises."""
    with path.open("rb") as stream:
        office = OfficeFile(stream)
        main = office.main("a workbook")
        workbook = office.root(main)
        if workbook is None:
            raise NotReadable("This is not a workbook.")
        book = book_of(office, main, workbook)
        for sheet in sheets_of(office, main, workbook):
            if sheet.is_hidden or sheet.relation is None:
                continue
            cells = read_cells(office, sheet.relation.target, book, most_rows, _MOST_LETTERS)
            if cells.rows:
                _spread(cells)
                width = max(cells.columns)
                for number, row in sorted(cells.rows.items()):
                    said = [unmarked(row.get(column, "")) for column in range(1, width + 1)]
                    yield number, said, number in cells.hidden_rows
                return
    raise NotReadable("No sheet of it that is shown has anything in it.")


def _spread(cells: Cells) -> None:
    """Have what a merged cell says stand in every row that it takes: not in its other columns, which have headings of
    their own."""
    for merged in cells.merged:
        first, _, last = merged.partition(":")
        begin, end = place_of(first), place_of(last)
        if begin is None or end is None:
            continue
        text = cells.rows.get(begin[0], {}).get(begin[1], "")
        for number in range(begin[0] + 1, end[0] + 1):
            if text and number in cells.rows:
                cells.rows[number].setdefault(begin[1], text)
