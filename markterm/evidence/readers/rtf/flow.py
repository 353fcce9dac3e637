"""Text as it flows: paragraphs and tables of a rich text file, of one of its notes, or of a text box."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from markterm.evidence.readers.escape import escape_inline, escape_line_start, markdown_link, markdown_table, struck


class Linked(NamedTuple):
    """Words that lead somewhere."""

    words: str
    address: str


class Struck(NamedTuple):
    """Words that are struck out."""

    words: str


Piece = str | Linked | Struck
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LONE = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class Paragraph:
    """A paragraph, or a heading where it has a level."""

    pieces: list[Piece]
    level: int = 0

    def markdown(self) -> str:
        """It in Markdown, its lines as lines; empty when no words are in it."""
        lines = [escape_line_start(line) for line in _lines(self.pieces)]
        if not self.level:
            return "\\\n".join(lines)
        return f"{'#' * self.level} {' '.join(_lines(self.pieces))}" if lines else ""


@dataclass(slots=True)
class Table:
    """Rows of cells, which are Markdown in one line already."""

    rows: list[list[str]]

    def markdown(self) -> str:
        """It in Markdown; its first row is the header when all of it is filled. Empty when nothing is in it."""
        rows = [row for row in self.rows if any(row)]
        return markdown_table(rows, header=bool(rows) and all(rows[0]))


@dataclass(slots=True)
class Flow:
    """Blocks as they are written, the last paragraph and table still open."""

    blocks: list[Paragraph | Table] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    """Of the open paragraph."""
    is_note: bool = False
    """Whether it becomes one line of another text: paragraphs in it are in no table, whatever they say."""
    ended: int = 0
    """How many paragraphs and cells have ended: what began before the last end began in another one."""
    _rows: list[list[str]] = field(default_factory=list)
    _cells: list[str] = field(default_factory=list)
    _cell: list[str] = field(default_factory=list)
    _inner: list[str] = field(default_factory=list)
    _beside: list[Paragraph | Table] = field(default_factory=list)

    def add(self, piece: Piece) -> None:
        """More of the open paragraph."""
        if piece:
            self.pieces.append(piece)

    @property
    def length(self) -> int:
        """How many pieces the open paragraph has."""
        return len(self.pieces)

    def words_from(self, start: int) -> str:
        """The words of the open paragraph from the piece `start` on."""
        return "".join(piece if isinstance(piece, str) else piece.words for piece in self.pieces[start:])

    def link(self, start: int, ended: int, address: str) -> None:
        """Let the pieces from `start` on lead to `address`; all of them when a paragraph has ended since."""
        start = start if ended == self.ended else 0
        words = self.words_from(start)
        del self.pieces[start:]
        self.pieces.append(Linked(words, address))

    def end_paragraph(self, level: int = 0) -> None:
        """What follows is another paragraph, outside of any table."""
        self._end_table()
        if self.pieces:
            self.blocks.append(Paragraph(self.pieces, level))
        self._restart()
        self.blocks.extend(self._beside)
        self._beside.clear()

    def end_line(self) -> None:
        """What follows is another paragraph of the same cell."""
        self._cell.append(_one_line(self.pieces))
        self._restart()

    def end_cell(self) -> None:
        """What follows is another cell."""
        self.end_line()
        self._cells.append(" ".join(filter(None, self._cell)))
        self._cell.clear()

    def end_row(self) -> None:
        """What follows is another row, or no table any more."""
        if self._cell:
            self._cells.append(" ".join(filter(None, self._cell)))
            self._cell.clear()
        self._rows.append(self._cells)
        self._cells = []

    def end_inner_cell(self) -> None:
        """The end of a cell of a table within a cell."""
        self._inner.append(_one_line(self.pieces))
        self._restart()

    def end_inner_row(self) -> None:
        """The end of a row of a table within a cell, which becomes a line."""
        if words := "; ".join(filter(None, self._inner)):
            self._cell.append(words)
        self._inner.clear()

    def beside(self, blocks: Iterable[Paragraph | Table]) -> None:
        """Blocks that stand beside the open paragraph: before it when it has not begun, else after it."""
        is_open = self.pieces or self._rows or self._cells or self._cell
        (self._beside if is_open else self.blocks).extend(blocks)

    def close(self) -> list[Paragraph | Table]:
        """All blocks."""
        if self._inner:
            self.end_inner_row()
        if self._cell or self._cells:
            if self.pieces:
                self.end_cell()
            self.end_row()
        self.end_paragraph()
        return self.blocks

    def in_one_line(self) -> str:
        """All words as plain text in one line."""
        words = (
            "".join(map(_plain, block.pieces))
            if isinstance(block, Paragraph)
            else _ESCAPED.sub(r"\1", " ".join(" ".join(row) for row in block.rows))
            for block in self.close()
        )
        return " ".join(_whole(" ".join(words)).split())

    def _end_table(self) -> None:
        if self._cells or self._cell or self._inner:
            self.end_inner_row()
            self.end_row()
        if self._rows:
            self.blocks.append(Table(self._rows))
            self._rows = []

    def _restart(self) -> None:
        self.pieces = []
        self.ended += 1


def _plain(piece: Piece) -> str:
    if isinstance(piece, Linked):
        return piece.words if piece.words.strip() == piece.address else f"{piece.words} ({piece.address})"
    return piece if isinstance(piece, str) else piece.words


def _one_line(pieces: list[Piece]) -> str:
    return " ".join(_lines(pieces))


def _lines(pieces: list[Piece]) -> list[str]:
    """The lines of a paragraph that are not empty, in Markdown, escaped within them."""
    text = "".join(map(_markdown, _joined(pieces)))
    return [words for line in text.split("\n") if (words := " ".join(line.split()))]


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces with those of one kind put together: what is markup shows only in the whole."""
    for kind, found in groupby(pieces, type):
        if kind is Linked:
            yield from found
        else:
            words = "".join(piece if isinstance(piece, str) else piece.words for piece in found)
            yield words if kind is str else Struck(words)


def _markdown(piece: Piece) -> str:
    if isinstance(piece, str):
        return escape_inline(_whole(piece))
    words = escape_inline(_whole(piece.words))
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    inner = " ".join(words.split())
    if isinstance(piece, Struck):
        return struck(f"{before}{inner}{after}") if inner else words
    address = " ".join(piece.address.split())
    if inner in ("", escape_inline(address), escape_inline(address.removeprefix("mailto:"))):
        return words if inner else escape_inline(address)
    return f"{before}{markdown_link(inner, address)}{after}"


def _whole(text: str) -> str:
    """Text whose signs beyond the first plane came in two halves each, put together; a half alone is none."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") if _LONE.search(text) else text
