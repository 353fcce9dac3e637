"""What the readers of spreadsheets share: how much of a sheet is shown, and what its rows and columns are called."""

from __future__ import annotations

from collections.abc import Sequence

MOST_ROWS = 10_000
MOST_COLUMNS = 250
"""Of a sheet. Only rows and columns with something in them count, wherever they stand."""
MOST_LETTERS = 8_000_000
"""Of all sheets of a file: a cell can say that it stands in every row and column."""
_MOST_NAMED = 8


def column_name(column: int) -> str:
    """The letters of a column, the first of which is 1."""
    name = ""
    while column > 0:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def some(names: Sequence[int | str]) -> str:
    """The first few of them, and how many more there are."""
    shown = ", ".join(map(str, names[:_MOST_NAMED]))
    return f"{shown} and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else shown
