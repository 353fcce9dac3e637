"""The lines of a document that was converted to Markdown, as a paper prints them: without marks, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markterm.domain.texts.printed_lines import Line, lines_of

_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(?=\S)")
_LINK = re.compile(r"!?\[((?:\\.|[^\[\]\\])*)\]\((?:<(?:\\.|[^<>\\])*>|[^()\s]*)\)")
_STRONG = re.compile(r"(?<![\\*])(\*{1,3})(?=[^\s*])((?:\\.|[^\\*])*?[^\s\\*])\1(?!\*)")
_LEANING = re.compile(r"(?<![\\\w])(_{1,3})(?=[^\s_])((?:\\.|[^\\_])*?[^\s\\_])\1(?!\w)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_RULE = re.compile(r"[|:\s-]+")
_CELL = re.compile(r"(?<!\\)\|")
_SHORTEST_ROW = 3


def lines_of_marked(text: str) -> tuple[Line, ...]:
    """The lines of Markdown that have words, each with the number that it has in `text`. A cell of a table is a line of
    its own, and a line that is a heading, or bold and nothing else, says so."""
    return tuple(_lines(text))


def _lines(text: str) -> Iterator[Line]:
    for number, raw in enumerate(text.splitlines(), 1):
        row = raw.strip()
        if len(row) >= _SHORTEST_ROW and row.startswith("|") and row.endswith("|"):
            if not _RULE.fullmatch(row):
                for place, cell in enumerate(_CELL.split(row[1:-1]), 1):
                    for part in _BREAK.split(cell):
                        yield from _line(number, part, place)
        else:
            yield from _line(number, raw.removesuffix("\\"), 0)


def _line(number: int, marked: str, cell: int) -> Iterator[Line]:
    bare = _LINK.sub(r"\1", marked)
    heading = _HEADING.match(bare)
    whole = _STRONG.fullmatch(bare.strip())
    shown = _without_stars(bare[heading.end() :] if heading is not None else bare)
    # What is a bullet and what an address is told in one place: there the text has one line.
    for line in lines_of(_ESCAPED.sub(r"\1", shown)):
        is_heading = heading is not None or (whole is not None and len(whole[1]) > 1)
        yield Line(number, line.text, line.is_item, cell, is_heading)


def _without_stars(text: str) -> str:
    return _LEANING.sub(r"\2", _STRONG.sub(r"\2", text))
