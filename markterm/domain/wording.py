"""The wording of a criterion, compared: what was decided on one wording says nothing of another.

A sheet is copied from a document, and copied again from a better one: white space, quotation marks, dashes, ligatures
and commas change, and the criterion is the same. Letters, digits and words are what it asks, so they are compared as
they are: a "not" that went, a capital that makes IT of it, a 2 that was a 3.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

from markterm.domain.unit import Criterion, Descriptor

_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st"}
_LIGATURES |= {"\ufb06": "st"}
# Without a sign of their own: a place to break a word, a joiner, a mark of byte order, and what is shown for them.
_UNSEEN = dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff▯", "")
_DASHES = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
_FOLDED = str.maketrans({**_LIGATURES, **_UNSEEN, **_DASHES, "_": " "})
# A point, a comma or a dash between digits, and a dash before one, belong to the number.
_SIGN = re.compile(r"(?P<number>(?<=\d)[.,-](?=\d)|(?<!\S)-(?=\d))|[^\w\s]")
# Marks behind the text that an older sheet gives in a form which is not read as marks: they are no wording either.
_MARKS = re.compile(r"\{[\d\s./,]*\}[\s.]*$")
_MEANT = frozenset("%‰&@#/\\§")
"""Signs that Unicode counts as punctuation, and that are read aloud."""
_SHORT = 12


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """`text` without what typography alone makes of it."""
    if text.isascii() and text.replace(" ", "").isalnum():
        return " ".join(text.split())
    composed = unicodedata.normalize("NFC", _MARKS.sub("", text).translate(_FOLDED))
    return " ".join(_SIGN.sub(_without_punctuation, composed).split())


def _without_punctuation(found: re.Match[str]) -> str:
    sign = found.group()
    if found.lastgroup == "number" or sign in _MEANT:
        return sign
    return " " if sign == "`" or unicodedata.category(sign).startswith("P") else sign


def is_same_wording(one: str, other: str) -> bool:
    """Whether both ask the same, but for white space and typographic signs."""
    if one == other:
        return True
    words = folded(one)
    # Signs alone fold to nothing, and are no words that could be the same.
    return bool(words) and words == folded(other)


def fits(wording: str, criterion: Criterion | None) -> bool:
    """Whether what was decided on that wording is decided of the criterion, None being one that the sheet has not.

    What was recorded without its wording fits by its number alone.
    """
    return criterion is not None and (not wording or is_same_wording(wording, criterion.text))


@lru_cache(maxsize=8192)
def descriptors_digest(descriptors: tuple[Descriptor, ...]) -> str:
    """A few characters that change when what the descriptors of a criterion say does; empty without descriptors."""
    if not descriptors:
        return ""
    said = "\n".join(f"{each.standing.value} {folded(each.text)}" for each in descriptors)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:_SHORT]
