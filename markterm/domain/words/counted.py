"""How many there are of something, in words that agree with the number."""

from __future__ import annotations


def counted(number: int, one: str, several: str = "") -> str:
    """`1 file`, `2 files`; `several` is the word for more than one where it has no s at its end."""
    return f"{number} {one if number == 1 else several or f'{one}s'}"
