"""Paragraphs, cells and tables in the markup of Word, from texts that are never markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from markterm.domain.words.foreign_text import one_line
from markterm.exports.document.model import Run, Words, words

WIDTH = 10_090
"""Of what stands between the margins of an A4 page, in twentieths of a point."""

_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff"
# With what stands between two of its words, as long as that is no letter or digit of another script.
_RIGHT_TO_LEFT_WORDS = re.compile(rf"[{_RIGHT_TO_LEFT}](?:\W*[{_RIGHT_TO_LEFT}])*")
_FIRST_LETTER = re.compile(rf"(?P<right>[{_RIGHT_TO_LEFT}])|[^\W\d_]")
# What is left of clean text that XML has no place for.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def text(value: str) -> str:
    """The text as XML has it; what XML refuses is a sign that is seen."""
    return escape(_REFUSED.sub("▯", value))


def plain(value: str) -> Words:
    """A text on one line as a line of text."""
    return words(one_line(value))


def paragraph(
    line: Words, style: str = "", *, after: str = "", shade: str = "", more: str = "", keep: bool = True
) -> str:
    """A paragraph of that style, which runs from right to left where its first letter does.

    `after` stands behind its text, as markup; `shade` is the colour behind it, and `more` are spacing and indents.
    Without `keep` it may be parted from what follows, whatever its style says.
    """
    first = _FIRST_LETTER.search("".join(run.text for run in line))
    # In the order of the schema: a file in which they stand otherwise is damaged for Word.
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties += "" if keep else '<w:keepNext w:val="0"/>'
    properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    properties += "<w:bidi/>" if first is not None and first["right"] else ""
    properties += more
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs(line)}{after}</w:p>"


def of_lines(lines: Sequence[str], style: str = "") -> str:
    """A paragraph of several lines."""
    first, *others = lines
    return paragraph((Run(first),), style, after="".join(f"<w:r><w:br/></w:r>{runs((Run(each),))}" for each in others))


def runs(line: Words) -> str:
    """The pieces of a line, each in its style and its direction."""
    return "".join(_piece(said, to_left, run) for run in line for said, to_left in _by_direction(run.text))


def _by_direction(said: str) -> Iterator[tuple[str, bool]]:
    """The pieces of a text, and whether each runs from right to left."""
    ends = [0, *(end for found in _RIGHT_TO_LEFT_WORDS.finditer(said) for end in found.span()), len(said)]
    for count, (start, end) in enumerate(pairwise(ends)):
        if start != end:
            yield said[start:end], count % 2 == 1


def _piece(said: str, right_to_left: bool, run: Run) -> str:
    properties = ("<w:b/><w:bCs/>" if run.bold else "") + ("<w:i/><w:iCs/>" if run.italic else "")
    properties += "<w:rtl/>" if right_to_left else ""
    properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text(said)}</w:t></w:r>'


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its paragraphs as markup, over how many columns it goes, and the colour behind it (`E8EEF4`)."""

    content: str
    span: int = 1
    shade: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table. A `head` is repeated on every page; one that is `whole` is not parted by the end of a page;
    `height` is the least it has, in twentieths of a point."""

    cells: tuple[Cell, ...]
    head: bool = False
    whole: bool = False
    height: int = 0


def table(widths: Sequence[float], rows: Iterable[Row]) -> str:
    """A table with columns of these widths, beside each other."""
    whole = sum(widths)
    columns = [round(WIDTH * each / whole) for each in widths]
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in columns)
    properties = (
        f'<w:tblStyle w:val="Sheet"/><w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        ' w:noHBand="1" w:noVBand="1"/>'
    )
    content = "".join(_row(each, columns) for each in rows)
    # Two tables that follow each other would be one: a narrow paragraph stands between.
    made = f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{content}</w:tbl>"
    return made + paragraph((), "Between")


def _row(row: Row, columns: Sequence[int]) -> str:
    properties = "<w:cantSplit/>" if row.whole or row.head else ""
    properties += f'<w:trHeight w:val="{row.height}" w:hRule="atLeast"/>' if row.height else ""
    properties += "<w:tblHeader/>" if row.head else ""
    cells, at = [], 0
    for cell in row.cells:
        cells.append(_cell(cell, sum(columns[at : at + cell.span])))
        at += cell.span
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>"


def _cell(cell: Cell, width: int) -> str:
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    properties += f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.shade}"/>' if cell.shade else ""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{cell.content or paragraph((), 'Cell')}</w:tc>"
