"""Numbers of lists in letters: `a` to `z` and `aa`, and in Roman figures."""

from __future__ import annotations

_MOST_LETTERS = 40
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
HIGHEST_ROMAN = 3_999


def letters(number: int) -> str:
    """A number from 1 on in small letters: after `z` comes `aa`, then `bb`."""
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, _MOST_LETTERS)


def roman(number: int) -> str:
    """A number from 1 to `HIGHEST_ROMAN` in small Roman figures."""
    figures = ""
    for worth, sign in _ROMAN:
        figures += sign * (number // worth)
        number %= worth
    return figures
