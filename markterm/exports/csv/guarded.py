"""Texts in CSV that a spreadsheet would compute, told apart from what is meant to be computed."""

from __future__ import annotations

_COMPUTED = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""With what a cell begins that a spreadsheet takes for a formula."""
_GUARD = "'"


def guarded(text: str) -> str:
    """The text as the cell of a CSV file: with an apostrophe in front where a spreadsheet would compute it, also
    behind white space, and where there is one already, so that `unguarded` gives the very text back."""
    beginning = text.lstrip()
    return f"{_GUARD}{text}" if beginning.startswith((*_COMPUTED, _GUARD)) or text[:1] in ("\t", "\n") else text


def unguarded(cell: str) -> str:
    """The text that was written as that cell."""
    return cell[1:] if cell.startswith(_GUARD) and guarded(cell[1:]) == cell else cell
