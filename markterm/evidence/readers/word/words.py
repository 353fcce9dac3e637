"""The words of a paragraph as Markdown within a line: bold, italic, struck out, links, line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from markterm.evidence.readers.escape import escape_inline, escape_line_start, markdown_link

BREAK = "\x0b"
"""Stands for the end of a line. No XML can hold it."""
_SPACES = re.compile("[ \t\r\n]+")
_WHITE = " \t\r\n"
_MARKS = ("**", "*", "~~")


class Look(NamedTuple):
    """How letters look, and where they lead."""

    address: str = ""
    is_bold: bool = False
    is_italic: bool = False
    is_struck: bool = False


PLAIN = Look()


class Piece(NamedTuple):
    """Letters that look alike."""

    text: str
    look: Look = PLAIN


def lines(pieces: Iterable[Piece]) -> str:
    """A paragraph, which may be of several lines."""
    found = [_marked(_escaped(one, starts=True)).strip(_WHITE) for one in _lines(pieces)]
    return "  \n".join(found).strip(_WHITE)


def line(pieces: Iterable[Piece], *, starts: bool = True) -> str:
    """A paragraph in one line; `starts` when it could begin a list, a heading or a quote where it stands."""
    text = " ".join(_marked(_escaped(one, starts=starts)).strip(_WHITE) for one in _lines(pieces))
    return " ".join(filter(None, text.split(" ")))


def plain(pieces: Iterable[Piece]) -> str:
    """The words alone, in one line, not escaped."""
    return " ".join("".join(piece.text for piece in pieces).replace(BREAK, " ").split())


def _lines(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces of each line."""
    found: list[list[Piece]] = [[]]
    for piece in pieces:
        if BREAK not in piece.text:
            found[-1].append(piece)
            continue
        for number, part in enumerate(piece.text.split(BREAK)):
            if number:
                found.append([])
            found[-1].append(Piece(part, piece.look))
    return found


def _escaped(pieces: Iterable[Piece], *, starts: bool) -> list[Piece]:
    """Each of another look than the one before it, and nothing in it markup."""
    found = []
    for look, group in groupby(pieces, key=_look):
        text = escape_inline(_SPACES.sub(" ", "".join(piece.text for piece in group)))
        if starts:
            text = escape_line_start(text)
            starts = not text.strip()
        found.append(Piece(text, look))
    return found


def _marked(pieces: Sequence[Piece]) -> str:
    """The links, and in them what is bold, in that what is italic, in that what is struck out."""
    if len(pieces) == 1 and pieces[0].look == PLAIN:  # as most paragraphs are
        return pieces[0].text
    parts = []
    for address, group in groupby(pieces, key=lambda piece: piece.look.address):
        text = _emphasised(list(group), 0)
        parts.append(_link(text, address) if address else text)
    return "".join(parts)


def _emphasised(pieces: Sequence[Piece], depth: int, before: str = "", after: str = "") -> str:
    """Marked from this depth on; `before` and `after` are the letters that stand around it."""
    if depth == len(_MARKS):
        return "".join(piece.text for piece in pieces)
    groups = [(is_marked, list(group)) for is_marked, group in groupby(pieces, key=lambda one: one.look[depth + 1])]
    parts: list[str] = []
    for number, (is_marked, group) in enumerate(groups):
        ahead = parts[-1][-1:] if parts else before
        behind = groups[number + 1][1][0].text[:1] if number + 1 < len(groups) else after
        text = _emphasised(group, depth + 1, ahead, behind)
        parts.append(_around(text, _MARKS[depth], ahead, behind) if is_marked else text)
    return "".join(parts)


def _around(text: str, mark: str, before: str, after: str) -> str:
    """The words between marks, unless Markdown would take these for signs of the text."""
    words = text.strip()
    if not words:
        return text
    ended = _ended(words)
    head, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    is_read = _stands(words[0], head or before, mark) and _stands(words[-1], tail or after, mark)
    return f"{head}{mark}{ended}{mark}{tail}" if is_read else text


def _ended(words: str) -> str:
    """Words that a mark can follow: a backslash at their end would take it for a letter."""
    return f"{words}\\" if (len(words) - len(words.rstrip("\\"))) % 2 else words


def _stands(inner: str, outer: str, mark: str) -> bool:
    """Whether a mark between these two is read as one, from either side."""
    if mark == "~~" and "~" in (inner, outer):
        return False
    return inner.isalnum() or not outer.isalnum()


def _look(piece: Piece) -> Look:
    return piece.look


def _link(text: str, address: str) -> str:
    words = text.strip(_WHITE)
    said = escape_inline(address)
    if not words:
        return f"{text}{said}"
    if words in (said, escape_inline(address.removeprefix("mailto:"))):
        return text
    before, after = text[: len(text) - len(text.lstrip(_WHITE))], text[len(text.rstrip(_WHITE)) :]
    return f"{before}{markdown_link(_ended(words), address)}{after}"
