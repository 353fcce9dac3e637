"""Blocks of evidence laid out as rows of a page of some width."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from markterm.evidence.text.blocks import Block, BlockKind, Container, ContainerKind
from markterm.tui.evidence.rows import Part, Row, SpanCutter, padded
from markterm.tui.evidence.table import Line, table_lines
from markterm.tui.evidence.wrap import wrap, wrap_hard

MEASURE = 84
"""Cells. Prose is not set wider: the eye loses the line. Tables and code take the room there is."""
_NARROWEST = 8

_BAR = "▎ "
_UNDERLINES = {1: "━", 2: "─"}


def lay_out(blocks: Sequence[Block], width: int) -> tuple[Row, ...]:
    """The rows of `blocks`, one after the other, none wider than `width` cells."""
    rows: list[Row] = []
    before: tuple[Container, ...] = ()
    for number, block in enumerate(blocks):
        prefix = _Prefix(block.containers, width)
        room = max(width - prefix.width, 2)
        if block.gap:
            bars = _Prefix(_shared(before, block.containers), width).parts(opening=False)
            rows.append(Row(tuple(bars), number, 0, block.first))
        for place, (parts, offset) in enumerate(_lines(block, room)):
            row = (*prefix.parts(opening=place == 0), *parts)
            rows.append(Row(row, number, offset, block.line_of(offset)))
        before = block.containers
    return tuple(rows)


def plain_rows(block: Block, width: int) -> tuple[Row, ...]:
    """The rows of a block of lines without any of the rest of this: for what could not be set out."""
    most = max(width // 2, 1)  # characters; none takes more than two cells
    rows = [
        Row((Part(block.label[start : start + width], ("label",)),), 0, 0, block.first)
        for start in range(0, len(block.label), max(width, 1))
    ]
    offset = 0
    for line in block.text.split("\n"):
        for start in range(0, max(len(line), 1), most):
            part = Part(line[start : start + most], ("raw",), offset + start)
            rows.append(Row((part,), 0, offset + start, block.line_of(offset + start)))
        offset += len(line) + 1
    return tuple(rows)


class _Prefix:
    """What stands left of a block: the bars of quotes, and a marker or the room it takes."""

    def __init__(self, containers: Sequence[Container], width: int) -> None:
        self._containers = list(containers)
        # Where nesting would leave nothing for the text, the outer levels give up their room.
        while self._containers and width - self.width < min(_NARROWEST, width // 2):
            self._containers.pop(0)

    @property
    def width(self) -> int:
        return sum(_room(container) for container in self._containers)

    def parts(self, *, opening: bool) -> list[Part]:
        parts = []
        for container in self._containers:
            if container.kind is ContainerKind.QUOTE:
                parts.append(Part(_BAR, ("quote-bar",)))
            elif opening and container.opens:
                marker = " " * (container.width - len(container.marker)) + container.marker + " "
                parts.append(Part(marker, ("marker",)))
            else:
                parts.append(Part(" " * _room(container), ()))
        return parts


def _room(container: Container) -> int:
    if container.kind is ContainerKind.QUOTE:
        return len(_BAR)
    return max(container.width, len(container.marker)) + 1


def _shared(before: Sequence[Container], after: Sequence[Container]) -> list[Container]:
    shared = []
    for one, other in zip(before, after, strict=False):
        if (one.kind, one.line) != (other.kind, other.line):
            break
        shared.append(other)
    return shared


def _lines(block: Block, width: int) -> list[Line]:
    styles = ("quote",) if any(c.kind is ContainerKind.QUOTE for c in block.containers) else ()
    prose = min(width, MEASURE)
    match block.kind:
        case BlockKind.TABLE:
            return table_lines(block, width)
        case BlockKind.CODE:
            return _code(block, width)
        case BlockKind.RAW | BlockKind.DEFINITION:
            return _label(block, width) + _wrapped(block, wrap(block.text, width, keep_indent=True), ("raw",))
        case BlockKind.RULE:
            return [([Part("─" * prose, ("rule",))], 0)]
        case BlockKind.HEADING:
            return _heading(block, prose)
        case BlockKind.LINES:
            return _wrapped(block, wrap(block.text, width, keep_indent=True), ())
        case BlockKind.PARAGRAPH:
            return _wrapped(block, wrap(block.text, prose), styles)


def _wrapped(block: Block, ranges: Sequence[tuple[int, int]], styles: tuple[str, ...]) -> list[Line]:
    cutter = SpanCutter(block.spans, styles)
    return [(cutter.parts(start, end), start) for start, end in ranges]


def _label(block: Block, width: int) -> list[Line]:
    if not block.label:
        return []
    text = f"┄ {block.label}"
    return [([Part(text[start:end], ("label",))], 0) for start, end in wrap(text, width)]


def _code(block: Block, width: int) -> list[Line]:
    """Code on a ground of its own, as wide as the page. A row that goes on with a line begins with a sign."""
    inner = max(width - 2, 1)
    text = block.text
    ground = ("code-block",)
    lines: list[Line] = []
    for parts, offset in _wrapped(block, wrap_hard(text, inner), ground):
        goes_on = offset > 0 and text[offset - 1] != "\n"
        edge = Part("›" if goes_on else " ", (*ground, "label"))
        lines.append(([edge, *padded(parts, inner, styles=ground), Part(" ", ground)], offset))
    return _label(block, width) + lines


def _heading(block: Block, width: int) -> list[Line]:
    style = f"heading-{block.level}"
    lines = _wrapped(block, wrap(block.text, width), (style,))
    underline = _UNDERLINES.get(block.level)
    if underline is not None:
        longest = max(sum(cell_len(part.text) for part in parts) for parts, _ in lines)
        lines.append(([Part(underline * (width if block.level == 1 else longest), (style,))], len(block.text)))
    return lines
