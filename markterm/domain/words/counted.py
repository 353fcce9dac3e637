"""How many there are of something, in words that agree with the number."""

from __future__ import annotations

from collections.abc import Sequence

REASONS_APART = "; "
"""What stands between the reasons of a sample."""
_FIRST_REASONS = 2


def counted(number: int, one: str, several: str = "") -> str:
    """`1 file`, `2 files`; `several` is the word for more than one where it has no s at its end."""
    return f"{number} {one if number == 1 else several or f'{one}s'}"


def first_reasons(told: str) -> str:
    """The first of several reasons that stand with semicolons between, and how many more there are: for a list, where
    what is kept and printed has all of them."""
    reasons = told.split(REASONS_APART)
    more = len(reasons) - _FIRST_REASONS
    return f"{REASONS_APART.join(reasons[:_FIRST_REASONS])}; and {counted(more, 'more reason')}" if more > 1 else told


def first_of(names: Sequence[str], most: int, between: str = ",") -> str:
    """The first of these, no more than so many, and how many there are beside them: `Ada, Ben and 3 more`, and with a
    semicolon `between` them `one; another; and 3 more`."""
    shown, left = f"{between} ".join(names[:most]), len(names) - most
    return f"{shown}{between.strip(',')} and {left} more" if left > 0 else shown
