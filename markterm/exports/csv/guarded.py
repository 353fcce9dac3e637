"""Texts in CSV that a spreadsheet would compute, told apart from what is meant to be computed.

Where lists are written with semicolons, a spreadsheet takes a file with commas for one of semicolons: it begins a cell
behind every semicolon and every end of a line in a text, whatever quotes stand around it.
"""

from __future__ import annotations

import re

_GUARD = "'"
_COMPUTED = re.compile("([=+@＝＋－＠'-])")
"""With what a cell begins that a spreadsheet takes for a formula; and the guard itself."""
_BEFORE = "".join(sign for sign in map(chr, range(0x3001)) if sign.isspace()) + '";'
"""What may stand between the beginning of a cell and that."""
_BEGINS = re.compile(r"[;\r\n]")
_GUARDED = re.compile(rf"(\A|[;\r\n]){_GUARD}")


def guarded(text: str) -> str:
    """The text as the cell of a CSV file: with an apostrophe in front where a spreadsheet would compute it, also
    behind white space, and where there is one already, so that `unguarded` gives the very text back."""
    *pieces, last = _COMPUTED.split(text)
    found: list[str] = []
    for number, piece in enumerate(pieces):
        said = piece.rstrip(_BEFORE)
        before = _BEGINS.sub(rf"\g<0>{_GUARD}", piece[len(said) :])
        found += [said, before] if number or said else [_GUARD, before]
    if text[:1] in ("\t", "\n") and found[:1] != [_GUARD]:
        found.insert(0, _GUARD)
    return "".join((*found, last))


def with_codes(text: str, code: str) -> str:
    """The text with what would be computed in its middle as codes, such as `&#{};`, of a language in which these are
    the signs themselves: nothing is put between its words."""
    *pieces, last = _COMPUTED.split(text)
    found: list[str] = []
    begins = False
    for number, piece in enumerate(pieces):
        if number % 2:
            found.append(code.format(ord(piece)) if begins else piece)
            continue
        said = piece.rstrip(_BEFORE)
        # Behind a code there may be a semicolon, which begins a cell too.
        begins = _BEGINS.search(piece, len(said)) is not None or (begins and not said)
        found.append(piece)
    return "".join((*found, last))


def unguarded(cell: str) -> str:
    """The text that was written as that cell."""
    text = _GUARDED.sub(r"\1", cell)
    return text if guarded(text) == cell else cell
