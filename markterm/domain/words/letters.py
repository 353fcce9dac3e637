"""How words are compared where nobody minds capitals, accents, and which of several signs stands for the same thing.

Word processors write `’` where a keyboard has `'`, put no-break spaces and soft hyphens, and join letters (`ﬁ`): what
a person looks for is the same word. Each character is folded by itself, so that the folding of a text is that of its
characters one after the other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

_SIGNS: Mapping[str, str] = {
    # Letters that are no other letter with an accent.
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    **dict.fromkeys("‘’‚‛′ʹʼ´‹›＇", "'"),
    **dict.fromkeys("“”„‟″«»＂〃", '"'),
    **dict.fromkeys("−⁃", "-"),
    "⁄": "/",
    # What `clean` shows in place of signs without width, which are none.
    **dict.fromkeys("▯⇄", ""),
}
_DASH, _FORMAT = "Pd", "Cf"
_VARIATIONS = re.compile(r"[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""They say which drawing of the character before them is meant: in colour or not."""


class _Folding(dict[int, str]):
    """What each character is folded to, worked out when it is met first."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _folded(chr(code))
        return folded


def _folded(character: str) -> str:
    if character in _SIGNS:
        return _SIGNS[character]
    category = unicodedata.category(character)
    if category == _DASH:
        return "-"
    if category == _FORMAT or _VARIATIONS.match(character):
        return ""
    if character.isspace():
        return character if character in "\t\n\r\v\f" else " "
    letters = "".join(
        _SIGNS.get(letter, letter)
        for letter in unicodedata.normalize("NFKD", character.casefold()).casefold()
        if not unicodedata.combining(letter)
    )
    # Some accents that stand alone are a space with the accent: they are not white space.
    return letters.replace(" ", "") or ("" if unicodedata.combining(character) else character)


FOLDING: Mapping[int, str] = _Folding()
"""For `str.translate`: what each character is folded to; nothing for accents and signs without width."""


def plain(text: str) -> str:
    """`text` folded, so that zoe finds Zoé, client's finds client’s, and Łukasz stands with the L."""
    return text.casefold() if text.isascii() else text.translate(FOLDING)


def parts_of_filter(text: str) -> list[str]:
    """The parts of a filter, folded; quotes around a name or a value are none of it."""
    return plain(text).replace('"', "").split()


class _Typing(dict[int, str]):
    """The sign of a keyboard that each other one stands for, where it is one sign; letters stay as they are."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        typed = unicodedata.normalize("NFKC", character) if character not in "▯⇄" else " "
        if len(typed) != 1 or not typed.isascii():
            typed = FOLDING[code] if not character.isalpha() else character
        typed = self[code] = typed if len(typed) == 1 and typed.isascii() else character
        return typed


_TYPING: Mapping[int, str] = _Typing()
_NOT_TYPED = re.compile(r"[^\x00-\x7f]+")


def as_typed(text: str) -> str:
    """`text` with dashes, quotes, spaces and wide forms as a keyboard writes them. It keeps its length, so that an
    offset in one is an offset in the other; what has no width is a space."""
    return text if text.isascii() else _NOT_TYPED.sub(lambda run: run[0].translate(_TYPING), text)
