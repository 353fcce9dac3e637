"""A table laid out to a width: columns with wrapped cells, or each cell under its header where those are narrow."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from markterm.evidence.text.blocks import Block, Span
from markterm.tui.evidence.rows import Part, SpanCutter, padded
from markterm.tui.evidence.wrap import wrap

_BETWEEN = " │ "
_CROSSING = "─┼─"
_NARROWEST = 10  # narrower columns break most words

Line = tuple[list[Part], int]
"""The parts of a row and the offset in the block where it begins."""


class _Cell:
    """A cell's spans, its place in the block's text, and that text."""

    def __init__(self, spans: Sequence[Span], offset: int) -> None:
        self.spans = spans
        self.offset = offset
        self.text = "".join(span.text for span in spans)
        self.width = max(map(cell_len, self.text.split("\n")))

    def lines(self, width: int, styles: tuple[str, ...]) -> list[list[Part]]:
        cutter = SpanCutter(self.spans, styles, self.offset)
        return [cutter.parts(self.offset + start, self.offset + end) for start, end in wrap(self.text, width)]


def table_lines(block: Block, width: int) -> list[Line]:
    """The rows of a table in at most `width` cells."""
    cells = _cells(block)
    count = max(map(len, cells))
    natural = [max((row[n].width for row in cells if n < len(row)), default=0) for n in range(count)]
    room = width - len(_BETWEEN) * (count - 1)
    if room < sum(min(wanted, _NARROWEST) for wanted in natural):
        return _one_by_one(block, cells, width)
    return _in_columns(block, cells, _shares(natural, room))


def _cells(block: Block) -> list[list[_Cell]]:
    offset = 0
    rows = []
    for row in block.rows:
        cells = []
        for spans in row:
            cell = _Cell(spans, offset)
            cells.append(cell)
            offset += len(cell.text) + 1
        rows.append(cells)
    return rows


def _shares(natural: Sequence[int], room: int) -> list[int]:
    """The width of each column: what it wants when that is no more than its share, else a part of what is left,
    by how much it wants."""
    widths = [0] * len(natural)
    open_columns = set(range(len(natural)))
    while open_columns:
        share = room // len(open_columns)
        content = [column for column in open_columns if natural[column] <= share]
        if not content:
            break
        for column in content:
            widths[column] = max(natural[column], 1)
            room -= natural[column]
            open_columns.remove(column)
    if open_columns:
        for column in open_columns:
            widths[column] = _NARROWEST
        room -= _NARROWEST * len(open_columns)
        wanted = sum(natural[column] - _NARROWEST for column in open_columns)
        for column in open_columns:
            widths[column] += max(room, 0) * (natural[column] - _NARROWEST) // wanted
    return widths


def _in_columns(block: Block, cells: list[list[_Cell]], widths: list[int]) -> list[Line]:
    lines: list[Line] = []
    # A row of several lines is told from the rows beside it by a line.
    wrapped = [any(cell.width > widths[n] or "\n" in cell.text for n, cell in enumerate(row)) for row in cells]
    # A header without a word takes two lines, and says nothing.
    is_bare = block.header and len(cells) > 1 and not any(cell.text.strip() for cell in cells[0])
    for number, row in enumerate(cells[is_bare:], is_bare):
        is_header = block.header and number == 0
        styles = ("table-header",) if is_header else ()
        columns: list[list[list[Part]]] = [
            row[n].lines(width, styles) if n < len(row) else [[]] for n, width in enumerate(widths)
        ]
        offset = row[0].offset
        for height in range(max(map(len, columns))):
            parts: list[Part] = []
            for n, column in enumerate(columns):
                if n:
                    parts.append(Part(_BETWEEN, ("table-line",)))
                cell = column[height] if height < len(column) else []
                align = block.aligns[n] if n < len(block.aligns) else ""
                parts.extend(padded(cell, widths[n], align, styles))
            begins = next((part.offset for part in parts if part.offset >= 0), offset)
            lines.append((parts, begins if lines or not is_bare else cells[0][0].offset))
        if is_header:
            lines.append(([Part(_CROSSING.join("─" * width for width in widths), ("table-line",))], offset))
        elif any(wrapped[number : number + 2]) and number < len(cells) - 1:
            lines.append(([Part("┈" * (sum(widths) + 3 * (len(widths) - 1)), ("table-line",))], offset))
    return lines


def _one_by_one(block: Block, cells: list[list[_Cell]], width: int) -> list[Line]:
    """`header: cell`, one under the other, with a line between two rows of the table."""
    lines: list[Line] = []
    header = cells[0] if block.header else []
    body = cells[1:] if block.header and len(cells) > 1 else cells
    for number, row in enumerate(body):
        if number:
            lines.append(([Part("┈" * width, ("table-line",))], row[0].offset))
        for n, cell in enumerate(row):
            if row is not header and n < len(header) and header[n].text:
                title = header[n]
                for parts in title.lines(max(width - 1, 2), ("table-header",)):
                    lines.append((parts, cell.offset))
                lines[-1][0].append(Part(":", ("table-header",)))
            if cell.text or not header:
                for parts in cell.lines(max(width - 2, 2), ()):
                    lines.append(([Part("  ", ()), *parts], cell.offset))
    return lines
