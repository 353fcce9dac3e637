"""How a document that was converted to Markdown is read: cells of a row, lines of a cell, words without marks.

What reads standards, units and qualifications reads by this one page, so that a document says the same to all of them.
"""

from __future__ import annotations

import re

_SPACES = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]+")
_BULLET = re.compile(r"^(?:[•·▪●○◦‣⁃\uf0b7*]|[-–—](?= ))\s*")
_POINT_WITHIN = re.compile(r"(?<!\s)\s+(?=[•·▪●○◦]\s)")
_DASH = re.compile(r"\s*[-–—] \S")
_DASH_WITHIN = re.compile(r"(?<=\S)\s+(?=[-–—] \S)")
_BOOKMARK = re.compile(r"\[bookmark: _\w+\]")  # what Word leaves in the text for its own use
_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-", "\u00ad": ""})
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_RULE = re.compile(r"[|:\s-]+")
_CELL = re.compile(r"(?<!\\)\|")
_SHORTEST_ROW = 3
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(?=\S)")
_LINK = re.compile(r"!?\[((?:\\.|[^\[\]\\])*)\]\((?:<(?:\\.|[^<>\\])*>|[^()\s]*)\)")
# A star between two words or figures is a sign of its own: 2*3*4.
_STRONG = re.compile(r"(?<![\\*])(\*{2,3}|(?<!\w)\*)(?=[^\s*])((?:\\.|[^\\*])*?(?:\\.|[^\s\\*]))\1(?!\*)")
_LEANING = re.compile(r"(?<![\\\w])(_{1,3})(?=[^\s_])((?:\\.|[^\\_])*?(?:\\.|[^\s\\_]))\1(?!\w)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def cells_of(line: str) -> tuple[str, ...] | None:
    """The cells of a row of a table, none for the rule below its head; None for any other line."""
    row = line.strip()
    if len(row) < _SHORTEST_ROW or not row.startswith("|") or not row.endswith("|"):
        return None
    return () if _RULE.fullmatch(row) else tuple(_CELL.split(row[1:-1]))


def lines_in(cell: str) -> tuple[str, ...]:
    """The lines of a cell; each point of a list is one, also where they were extracted as one line."""
    return tuple(part for line in _BREAK.split(cell) for part in _points_apart(line))


def _points_apart(line: str) -> list[str]:
    """The points of a line; a dash is the sign of one where the line begins with it."""
    within = _DASH_WITHIN if _DASH.match(line) else _POINT_WITHIN
    return within.split(line)


def is_heading(line: str) -> bool:
    """Whether the document marks a line as a heading, or it is bold and nothing else."""
    bare = _LINK.sub(r"\1", line)
    whole = _STRONG.fullmatch(bare.strip())
    return _HEADING.match(bare) is not None or (whole is not None and len(whole[1]) > 1)


def unmarked(line: str) -> str:
    """The words of a line, without what makes them bold, leaning, a link or a heading, and what they were escaped
    with."""
    shown = line if line.endswith(r"\\") else line.removesuffix("\\")  # It breaks a line, and is no word.
    bare = _HEADING.sub("", _LINK.sub(r"\1", shown), count=1)
    for _ in range(2):  # What leans may stand within what is bold.
        bare = _LEANING.sub(r"\2", _STRONG.sub(r"\2", bare))
    return _ESCAPED.sub(r"\1", bare)


def words_in(text: str) -> tuple[str, bool]:
    """The words of a text with single spaces, and whether a bullet stood before them."""
    words = _SPACES.sub(" ", _BOOKMARK.sub("", text.translate(_HYPHENS))).strip()
    bare = _BULLET.sub("", words)
    return bare, bare != words
