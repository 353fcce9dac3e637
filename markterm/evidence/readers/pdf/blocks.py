"""The lines and tables of a PDF as Markdown: headings, paragraphs and items, as far as size, gap and width tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from markterm.evidence.readers.escape import escape_inline, escape_line_start, markdown_link, table
from markterm.evidence.readers.pdf.lines import BULLET, NUMBER, Line
from markterm.evidence.readers.pdf.table import Table
from markterm.evidence.readers.tick_box import TELLING

# How much larger than the body a heading is, and how much wider than usual the gap before a paragraph.
_LARGER = 1.15
_WIDER = 1.2
_GAP = 1.3
_LONGEST_HEADING = 200


def levels(parts: Iterable[Line | Table]) -> dict[float, int]:
    """For each height of letters that is a heading's, the level of that heading: of the whole file's `parts`."""
    sizes: Counter[float] = Counter()
    for part in parts:
        sizes.update(part.heights if isinstance(part, Table) else {part.height: len(part.text)})
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    larger = sorted((size for size in sizes if size > body * _LARGER), reverse=True)
    return {size: min(level, 6) for level, size in enumerate(larger, 1)}


def blocks(parts: Sequence[Line | Table], levels: dict[float, int]) -> Iterator[str]:
    """The Markdown of a page, block by block."""
    for joined in _joined(parts):
        if isinstance(joined, Table):
            rows = joined.rows
            yield table(rows, header=len(rows) > 1 and all(rows[0]))
        else:
            yield _block(joined, levels.get(joined[0].height, 0))


def _joined(parts: Sequence[Line | Table]) -> Iterator[list[Line] | Table]:
    """Lines as paragraphs, and the tables between them."""
    lines: list[Line] = []
    for part in parts:
        if isinstance(part, Table):
            yield from _paragraphs(lines)
            yield part
            lines = []
        else:
            lines.append(part)
    yield from _paragraphs(lines)


def _paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that belong together, as far as size, gap and width tell."""
    if not lines:
        return
    gaps = [(one.bottom - two.bottom) / one.height for one, two in pairwise(lines) if _goes_on(one, two)]
    widest = max(_GAP, median(gaps) * _WIDER) if gaps else _GAP
    right = max(line.right for line in lines)
    paragraph = [lines[0]]
    for one, two in pairwise(lines):
        is_item = BULLET.match(two.text) or NUMBER.match(two.text)
        is_apart = not _goes_on(one, two) or (one.bottom - two.bottom) / one.height > widest
        if is_item or is_apart or (one.right < right * 0.8 and two.text[0].isupper()):
            yield paragraph
            paragraph = []
        paragraph.append(two)
    yield paragraph


def _goes_on(one: Line, two: Line) -> bool:
    """Whether `two` stands below `one` in letters of the same size."""
    return two.bottom < one.bottom and one.height > 0 and abs(two.height / one.height - 1) < 0.1


def _block(lines: Sequence[Line], level: int) -> str:
    """A heading in one line, or the lines as they are, so that a citation can name them."""
    texts = [_marked_up(line) for line in lines]
    if level and sum(len(line.text) for line in lines) <= _LONGEST_HEADING:
        return "#" * level + " " + " ".join(texts)
    if bullet := BULLET.match(lines[0].text):
        told = f"{bullet[0][0]} " if bullet[0][0] in TELLING else ""
        first = f"- {told}{escape_line_start(_marked_up(lines[0], bullet.end()))}"
        indent = "  "
    elif number := NUMBER.match(lines[0].text):
        # Markdown's numbers and the learner's are written alike; the list shows the learner's.
        mark = number.group().rstrip()
        first = f"{mark} {escape_line_start(_marked_up(lines[0], number.end()))}"
        indent = " " * (len(mark) + 1)
    else:
        first, indent = escape_line_start(texts[0]), ""
    return "\n".join([first, *(indent + escape_line_start(text) for text in texts[1:])])


def _marked_up(line: Line, begin: int = 0) -> str:
    """The words of a line from `begin` on, those with an address behind them as links."""
    pieces = []
    for start, end, address in sorted(line.links):
        start = max(start, begin)
        if start < end:
            # Brackets that do not close would end the words of the link, or make none of it.
            words = re.sub(r"(?<!\\)[\[\]]", r"\\\g<0>", escape_inline(line.text[start:end]))
            pieces.append(f"{escape_inline(line.text[begin:start])}{markdown_link(words, address)}")
            begin = end
    return "".join([*pieces, escape_inline(line.text[begin:])])
