"""A document as the pieces that one reads: what is text, and what only says what other text is for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from markterm.evidence.text.blocks import Block, BlockKind, ContainerKind
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text.passages import Extent, extent

_MOST_CHUNKS = 150
_AROUND = 4  # chunks that are read around a line of a document that is larger
_WHITE = re.compile(r"\s+")
_PARAGRAPH = re.compile(r"\n[ \t]*\n")


class PieceKind(Enum):
    """What a piece is."""

    TEXT = auto()
    ROW = auto()
    HEAD = auto()
    """The first row of a table that has one."""
    HEADING = auto()
    NOTE = auto()
    """A footnote."""
    OTHER = auto()
    """What is no text of the learner: a rule, a comment, a definition."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage of a document: its lines, and its words in one line."""

    kind: PieceKind
    extent: Extent
    text: str
    level: int = 0
    """Of a heading, 1 to 6."""
    marker: str = ""
    """Of a footnote."""
    is_item: bool = False
    """Whether it stands in a list."""


class EvidencePage:
    """The pieces of a document in order. Of one that is very long, those around the `lines` that are asked for."""

    def __init__(self, document: EvidenceDocument, lines: Iterable[int]) -> None:
        self.document = document
        count = len(document.chunks)
        wanted: Iterable[int] = range(count)
        if count > _MOST_CHUNKS:
            around = {document.chunk_at(document.line_start(line)) for line in lines}
            wanted = sorted({each for at in around for each in range(max(at - _AROUND, 0), min(at + _AROUND, count))})
        self.pieces = tuple(piece for chunk in wanted for block in document.blocks(chunk) for piece in _pieces(block))

    def at(self, line: int) -> int | None:
        """The number of the piece that has `line` in it, or the first after it; None after the last."""
        number = bisect_left(self.pieces, line, key=lambda piece: piece.extent.last)
        return number if number < len(self.pieces) else None

    def section(self, number: int) -> range:
        """The pieces that stand under a heading: up to the next one of its level or above."""
        level = self.pieces[number].level
        end = number + 1
        while end < len(self.pieces) and not 0 < self.pieces[end].level <= level:
            end += 1
        return range(number + 1, end)

    def part(self, number: int) -> range:
        """The pieces between the heading above a piece, without it, and the next heading."""
        begin = end = number
        while begin > 0 and not self.pieces[begin - 1].level:
            begin -= 1
        while end < len(self.pieces) and not self.pieces[end].level:
            end += 1
        return range(begin, end)

    def headings(self, number: int) -> str:
        """The words of the heading that a piece stands under, unless it is the title, and of the head of its table."""
        words = []
        place = number
        if self.pieces[number].kind is PieceKind.ROW:
            while place > 0 and self.pieces[place].kind is PieceKind.ROW:
                place -= 1
            if self.pieces[place].kind is PieceKind.HEAD:
                words.append(self.pieces[place].text)
        while place >= 0 and not self.pieces[place].level:
            place -= 1
        return " ".join((*words, self.pieces[place].text if place > 0 else ""))

    def noted(self, marker: str) -> int | None:
        """The piece in which the number of a footnote stands."""
        return next(
            (i for i, piece in enumerate(self.pieces) if piece.kind is not PieceKind.NOTE and marker in piece.text),
            None,
        )


def _pieces(block: Block) -> Iterator[Piece]:
    note = next((each.marker for each in block.containers if each.kind is ContainerKind.NOTE), "")
    if block.kind is BlockKind.TABLE:
        for row, (begin, end) in enumerate(pairwise(sorted({0, *block.breaks, len(block.text)}))):
            line = block.line_of(begin)
            words = _one_line(block.text[begin:end].strip("\n").replace("\n", " | "))
            kind = PieceKind.HEAD if block.header and row == 0 else PieceKind.ROW
            yield Piece(kind, Extent(line, line), words)
        return
    if block.kind is BlockKind.LINES:
        begin = 0
        for gap in (*_PARAGRAPH.finditer(block.text), None):
            end = gap.start() if gap is not None else len(block.text)
            if words := _one_line(block.text[begin:end]):
                at = begin + len(block.text[begin:end]) - len(block.text[begin:end].lstrip("\n "))
                yield Piece(PieceKind.TEXT, extent(block, block.line_of(at)), words)
            begin = gap.end() if gap is not None else end
        return
    words = _one_line(block.text)
    if not words:
        return
    place = Extent(block.first, block.last)
    if block.kind is BlockKind.HEADING:
        yield Piece(PieceKind.HEADING, place, words, block.level)
    elif note:
        yield Piece(PieceKind.NOTE, place, words, marker=note)
    elif block.kind in (BlockKind.RULE, BlockKind.RAW, BlockKind.DEFINITION):
        yield Piece(PieceKind.OTHER, place, words)
    else:
        is_item = any(each.kind is ContainerKind.ITEM for each in block.containers)
        yield Piece(PieceKind.TEXT, place, words, is_item=is_item)


def _one_line(text: str) -> str:
    return _WHITE.sub(" ", text).strip()
