"""Figures above and below the line, as every reader shows them."""

from __future__ import annotations

_PLAIN_SIGNS = "0123456789+-=()"
_RAISED = {
    "superscript": str.maketrans(f"{_PLAIN_SIGNS}−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾⁻"),
    "subscript": str.maketrans(f"{_PLAIN_SIGNS}−", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎₋"),
}


def in_place(text: str, place: str) -> str:
    """`text` that stands at `place`, which is `superscript`, `subscript`, or anything else for in the line.

    Figures above or below the line as such: without that, ten to the third is a hundred and three.
    """
    signs = _RAISED.get(place)
    return text.translate(signs) if signs and all(ord(letter) in signs for letter in text.strip()) else text
