"""Text broken into rows by the cells it takes on a terminal."""

from __future__ import annotations

import re

from rich.cells import cell_len, split_graphemes

# Between wide characters (Chinese, Japanese, Korean) a line may end without a space.
_WIDE = (
    "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003fffd"
)
_PIECE = re.compile(f"\n| +|[{_WIDE}]|[^ \n{_WIDE}]+")

Range = tuple[int, int]


def wrap(text: str, width: int, *, keep_indent: bool = False) -> list[Range]:
    """The start and end of each row of `text`, none wider than `width` cells; a line end in the text ends a row.

    Spaces at the end of a row belong to none; with `keep_indent`, those at the start of a line stay.
    A word that is too long for a row is broken.
    """
    rows: list[Range] = []
    start = end = used = 0
    at_line_start = True
    for found in _PIECE.finditer(text):
        piece = found.group()
        if piece == "\n":
            rows.append((start, end))
            start = end = found.end()
            used, at_line_start = 0, True
            continue
        if piece[0] == " ":
            if used or (keep_indent and at_line_start):
                used += len(piece)
            else:
                start = end = found.end()
            continue
        size = cell_len(piece)
        if used + size > width and end > start:
            rows.append((start, end))
            start, used = found.start(), 0
        if used + size > width:
            # An indentation and a word that do not fit together: the indentation gives way.
            start = found.start() if used else start
            for cut in _breaks(piece, width):
                rows.append((start, found.start() + cut))
                start = found.start() + cut
            size, used = cell_len(text[start : found.end()]), 0
        used += size
        end = found.end()
        at_line_start = False
    rows.append((start, end))
    return rows


def wrap_hard(text: str, width: int) -> list[Range]:
    """The start and end of each row of `text`, broken wherever a row is full: every character stays where it is."""
    rows: list[Range] = []
    start = 0
    for line in text.split("\n"):
        begin = start
        for cut in _breaks(line, width):
            rows.append((begin, start + cut))
            begin = start + cut
        rows.append((begin, start + len(line)))
        start += len(line) + 1
    return rows


def _breaks(text: str, width: int) -> list[int]:
    """Where to break `text` so that each piece is at most `width` cells, or one character that is wider."""
    if text.isascii():
        return list(range(width, len(text), width))
    if cell_len(text) <= width:
        return []
    cuts = []
    used = 0
    for begin, _, size in split_graphemes(text)[0]:
        if used + size > width and used:
            cuts.append(begin)
            used = 0
        used += size
    return cuts
