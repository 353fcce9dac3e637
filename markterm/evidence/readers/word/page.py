"""The Markdown of a Word file while it is written, and that of a cell, in which everything is one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from markterm.evidence.converted import Place
from markterm.evidence.readers.escape import escape_inline, escape_line_start, markdown_table
from markterm.evidence.readers.word.numbering import Label
from markterm.evidence.readers.word.words import Piece, line, lines


class Sheet(Protocol):
    """What blocks are written on."""

    def at(self, label: str) -> None:
        """What is written next stands at that place of the file."""

    def left(self) -> None:
        """Nothing more is written at the place that was named last."""

    def heading(self, pieces: Sequence[Piece], level: int) -> None:
        """A heading, when it has words."""

    def paragraph(self, pieces: Sequence[Piece]) -> None:
        """A paragraph, when it has words."""

    def quote(self, pieces: Sequence[Piece]) -> None:
        """What somebody said."""

    def item(self, pieces: Sequence[Piece], label: Label) -> None:
        """A paragraph of a list."""

    def table(self, rows: Sequence[Sequence[str]], *, has_header: bool) -> None:
        """Rows of cells of one line of Markdown each."""

    def markdown(self, text: str) -> None:
        """What another reader wrote."""


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph of plain text, which stands beside another one."""

    text: str

    def write(self, sheet: Sheet) -> None:
        """On a sheet."""
        sheet.paragraph([Piece(self.text)])


@dataclass(frozen=True, slots=True)
class Rows:
    """A table of plain text, whose first row is its header."""

    rows: Sequence[Sequence[str]]

    def write(self, sheet: Sheet) -> None:
        """On a sheet."""
        sheet.table([[escape_inline(" ".join(cell.split())) for cell in row] for row in self.rows], has_header=True)


@dataclass(slots=True)
class _Open:
    """A list that goes on as long as its items follow."""

    level: int
    indent: int
    inner: int
    """Where the text of its items begins, and what stands in them."""
    is_numbered: bool


@dataclass(slots=True)
class Page:
    """Blocks with a blank line between them, and the places they came from."""

    lines: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    _labels: list[str] = field(default_factory=list)
    _lists: list[_Open] = field(default_factory=list)
    _in_quote: bool = False

    def at(self, label: str) -> None:
        """What is written next stands at that place of the file."""
        self._labels.append(label)

    def left(self) -> None:
        """Nothing more is written at the place that was named last."""
        self._labels.clear()

    def heading(self, pieces: Sequence[Piece], level: int) -> None:
        """A heading, when it has words."""
        if text := line(pieces, starts=False):
            self.block(f"{'#' * level} {text}")

    def paragraph(self, pieces: Sequence[Piece]) -> None:
        """A paragraph, when it has words."""
        if text := _words(pieces):
            self.block(text)

    def quote(self, pieces: Sequence[Piece]) -> None:
        """What somebody said."""
        if not (text := _words(pieces)):
            return
        if self._in_quote:
            self.lines[-1] = ">"
        self.block("\n".join(f"> {one}" for one in text.split("\n")))
        self._in_quote = True

    def item(self, pieces: Sequence[Piece], label: Label) -> None:
        """A paragraph of a list: a number of Markdown, or else the label that Word shows, behind a dash."""
        if text := _words(pieces):
            self.numbered(text, label)

    def numbered(self, text: str, label: Label) -> None:
        """An item of a list that is Markdown already."""
        mark = label.number or "-"
        if not label.number and label.text != "-":
            text = f"{escape_line_start(escape_inline(label.text))} {text}"
        while self._lists and self._lists[-1].level > label.level:
            self._lists.pop()
        before = self._lists[-1] if self._lists else None
        is_numbered = bool(label.number)
        follows = before is not None and before.level == label.level
        indent = 0
        if before is not None:
            indent = before.indent if follows else before.inner
        inner = indent + len(mark) + 1
        # A list that begins with another number than 1 would go on with the words of the item above it.
        apart = before is None or (
            before.is_numbered != is_numbered and not indent
            if follows
            else is_numbered and not mark.startswith(("1.", "1)"))
        )
        if follows:
            self._lists.pop()
        opened = [*self._lists, _Open(label.level, indent, inner, is_numbered)]
        first, *rest = text.split("\n")
        written = [f"{' ' * indent}{mark} {first}", *(f"{' ' * inner}{one}" if one else "" for one in rest)]
        if not apart and self.lines and not self.lines[-1]:
            self.lines.pop()
        self.block("\n".join(written))
        self._lists = opened

    def table(self, rows: Sequence[Sequence[str]], *, has_header: bool) -> None:
        """Rows of cells of one line of Markdown each. The first is the header when it is filled."""
        rows = [row for row in rows if any(row)]
        if not rows:
            return
        # The corner of a table whose rows have names is empty.
        is_filled = all(rows[0][1:]) and len(rows[0]) == max(map(len, rows))
        header = len(rows) > 1 and (has_header or is_filled)
        self.block(markdown_table(rows, header), ahead=0 if header else 2)

    def markdown(self, text: str) -> None:
        """What another reader wrote."""
        if text.strip():
            self.block(text.strip("\n"))

    def append(self, other: Page) -> None:
        """All of another page below this one."""
        self._lists.clear()
        self._in_quote = False
        self.places.extend(Place(place.line + len(self.lines), place.label) for place in other.places)
        self.lines.extend(other.lines)

    def block(self, text: str, *, ahead: int = 0) -> None:
        """A block of Markdown; the places that were named begin `ahead` lines below its first."""
        self._lists.clear()
        self._in_quote = False
        self.places.extend(Place(len(self.lines) + ahead, label) for label in self._labels)
        self._labels.clear()
        self.lines.extend(text.split("\n"))
        self.lines.append("")


@dataclass(slots=True)
class Cell:
    """A cell of a table, whatever stands in it."""

    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of it, in one line of Markdown."""
        return " ".join(" ".join(self.parts).split())

    def at(self, label: str) -> None:
        """A cell has no places of its own."""

    def left(self) -> None:
        """A cell has no places of its own."""

    def heading(self, pieces: Sequence[Piece], level: int) -> None:  # noqa: ARG002 - the same for all sheets
        """Its words."""
        self.paragraph(pieces)

    def paragraph(self, pieces: Sequence[Piece]) -> None:
        """Its words."""
        if text := line(pieces):
            self.parts.append(text)

    quote = paragraph

    def item(self, pieces: Sequence[Piece], label: Label) -> None:
        """The number or the dash that stands before it, and its words."""
        if text := line(pieces):
            self.parts.append(f"{label.number or escape_inline(label.text)} {text}")

    def table(self, rows: Sequence[Sequence[str]], *, has_header: bool) -> None:  # noqa: ARG002
        """Markdown has no table in a table: its cells, row after row."""
        self.parts.extend("; ".join(filter(None, row)) for row in rows if any(row))

    def markdown(self, text: str) -> None:
        """What another reader wrote, whose tables and lists are no more than their words here."""
        words = escape_inline(" ".join(text.split()))
        if words:
            self.parts.append(words)


def _words(pieces: Sequence[Piece]) -> str:
    text = lines(pieces)
    return text if text.strip() else ""
