"""The rows of a page: text with the names of its styles, and where in the evidence it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len

from markterm.evidence.picture import Line
from markterm.evidence.text.blocks import Span

DECORATION = -1
"""The offset of a part that is not the block's own text."""


class Part(NamedTuple):
    """Text in one style; `offset` is its place in the text of the block."""

    text: str
    styles: tuple[str, ...]
    offset: int = DECORATION


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the screen. `block` counts in the chunk, `offset` in the block's text, `line` in the source."""

    parts: tuple[Part, ...]
    block: int
    offset: int
    line: int
    pixels: tuple[Line, ...] = ()
    """The two lines of pixels of a picture that the row shows in place of parts; the last row may have one."""


class SpanCutter:
    """Cuts the text of spans into parts, for ranges that come in order: a long text is walked through once."""

    def __init__(self, spans: Sequence[Span], base: tuple[str, ...] = (), offset: int = 0) -> None:
        self._spans = spans
        self._base = base
        self._place = 0
        self._offset = offset

    def parts(self, start: int, end: int) -> list[Part]:
        """The parts between two offsets, neither of which is before those asked for last."""
        parts = []
        while self._place < len(self._spans):
            span = self._spans[self._place]
            after = self._offset + len(span.text)
            if after > start and self._offset < end:
                first = max(start, self._offset)
                text = span.text[first - self._offset : end - self._offset]
                parts.append(Part(text, self._base + span.styles, first))
            if after > end:
                break
            self._place += 1
            self._offset = after
        return parts


def padded(parts: list[Part], width: int, align: str = "", styles: tuple[str, ...] = ()) -> list[Part]:
    """`parts` filled with spaces to `width` cells."""
    free = width - sum(cell_len(part.text) for part in parts)
    if free <= 0:
        return parts
    before = free if align == "right" else free // 2 if align == "center" else 0
    left = [Part(" " * before, styles)] if before else []
    right = [Part(" " * (free - before), styles)] if free > before else []
    return [*left, *parts, *right]
