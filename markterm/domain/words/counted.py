"""How many there are of something, in words that agree with the number."""

from __future__ import annotations

from collections.abc import Sequence


def counted(number: int, one: str, several: str = "") -> str:
    """`1 file`, `2 files`; `several` is the word for more than one where it has no s at its end."""
    return f"{number} {one if number == 1 else several or f'{one}s'}"


def first_of(names: Sequence[str], most: int, between: str = ",") -> str:
    """The first of these, no more than so many, and how many there are beside them: `Ada, Ben and 3 more`, and with a
    semicolon `between` them `one; another; and 3 more`."""
    shown, left = f"{between} ".join(names[:most]), len(names) - most
    return f"{shown}{between.strip(',')} and {left} more" if left > 0 else shown
