"""How words are compared where nobody minds capitals and accents: names above all."""

from __future__ import annotations

import unicodedata

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_LETTERS |= dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060"), "")
"""Letters that are no other letter with an accent; and signs without width, which are none."""


def plain(text: str) -> str:
    """`text` in lower case and without accents, so that zoe finds Zoé and Łukasz stands with the L."""
    if text.isascii():
        return text.casefold()
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
