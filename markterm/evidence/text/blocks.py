"""A chunk of evidence as blocks of styled text, each with the lines it came from.

Nothing of the file is hidden or obeyed: raw HTML, comments, link definitions and footnotes stand where they are, an
image is its words and its address, a link shows where it leads. What Markdown itself would drop is shown as it stands.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from markterm.domain.words.foreign_text import clean


class BlockKind(StrEnum):
    """What a block is; the containers it stands in (quotes, list items) are told apart from it."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LINES = "lines"
    CODE = "code"
    RAW = "raw"
    DEFINITION = "definition"
    TABLE = "table"
    RULE = "rule"


class ContainerKind(StrEnum):
    """What a block can stand in."""

    QUOTE = "quote"
    ITEM = "item"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Span:
    """Text with the names of its styles, outermost first (`strong`, `link`, `raw`, …)."""

    text: str
    styles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Container:
    """A quote, list item or footnote around a block. `opens` on the first block in it, which shows the marker."""

    kind: ContainerKind
    marker: str
    width: int
    """Characters kept for the marker: the widest of its list."""
    line: int
    opens: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a page. `first` and `last` are its lines in the source, from 0."""

    kind: BlockKind
    spans: tuple[Span, ...]
    first: int
    last: int
    containers: tuple[Container, ...] = ()
    gap: bool = False
    """Whether a blank line stands before it."""
    level: int = 0
    """Of a heading, 1 to 6."""
    label: str = ""
    """What the block is, where it does not show: the language of code, `raw HTML`."""
    breaks: tuple[int, ...] = ()
    """Where in the text each further line of the source begins."""
    rows: tuple[tuple[tuple[Span, ...], ...], ...] = ()
    """Of a table: cells of spans, which are also, one after the other, the block's own."""
    header: bool = False
    """Whether the first row of a table is its header."""
    aligns: tuple[str, ...] = ()
    """Of a table's columns: `left`, `right`, `center` or empty."""

    @property
    def text(self) -> str:
        """The text that is shown, without decoration. Cells are divided by a line end."""
        return "".join(span.text for span in self.spans)

    def span_of(self, first: int, last: int) -> tuple[int, int]:
        """From where to where in the text the lines `first` to `last` of the source are shown."""
        begin = self.breaks[min(first - self.first, len(self.breaks)) - 1] if first > self.first and self.breaks else 0
        end = last - self.first
        return begin, self.breaks[end] if 0 <= end < len(self.breaks) else len(self.text)

    def line_of(self, offset: int) -> int:
        """The line in the source of the character at `offset` in the text."""
        return min(self.first + bisect_right(self.breaks, offset), self.last)


def verbatim(
    kind: BlockKind,
    lines: Sequence[str],
    first: int,
    *,
    last: int | None = None,
    label: str = "",
    gap: bool = False,
) -> Block:
    """A block of lines that keep their own ends. Tabs become spaces: a terminal would make of them what it likes."""
    shown = [line.expandtabs(4) for line in lines]
    breaks = []
    offset = 0
    for line in shown[:-1]:
        offset += len(line) + 1
        breaks.append(offset)
    last = first + len(lines) - 1 if last is None else last
    text = "\n".join(shown)
    spans = (Span(text),) if text else ()
    return Block(kind, spans, first, last, gap=gap, label=label, breaks=tuple(breaks))


_TO_SPACES = str.maketrans("\t\n", "  ")


def safe(text: str) -> str:
    """Text that an entity may have put a control character into (`&#27;`, `&#8238;`), made safe again."""
    return clean(text).text.translate(_TO_SPACES)
