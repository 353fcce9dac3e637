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

from markterm.domain.assessed.unit import Criterion, Descriptor

_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st"}
_LIGATURES |= {"\ufb06": "st"}
# Without a sign of their own: places to break a word, joiners, directions, variants, and what is shown for them.
_UNSEEN = dict.fromkeys((*"\u00ad\u200b\u200c\u200d\u2060\ufeff▯", *map(chr, range(0xFE00, 0xFE10))), "")
_DASHES = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
# Accents and letters that are typed for an apostrophe.
_APOSTROPHES = dict.fromkeys("\u00b4\u02b9\u02bb\u02bc\u02c8\u02ca\u02cb", "'")
_FOLDED = str.maketrans({**_LIGATURES, **_UNSEEN, **_DASHES, **_APOSTROPHES, "_": " "})
# What exports write for a sign: `Q \\& A`, `Q &amp; A`, a break of the line, words in bold or underlined.
_ESCAPED = re.compile(r"\\(?=[!-/:-@\[-`{-~\s]|$)")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BREAK = re.compile(r"<br */?>", re.IGNORECASE)
_EMPHASIS = re.compile(r"</?(?:b|i|u|em|strong|span)(?: [^<>]*)?>", re.IGNORECASE)
# Around a stroke and before a percent sign white space says nothing; from one number to another it does not either.
_SPACED = re.compile(r" ?(/) ?|(?<=\d) (?=[%‰])|(?<=\d) ?(-) (?=\d)")
# A point, a comma, a colon or a dash between digits, and a point or a dash before one, belong to the number.
_SIGN = re.compile(r"(?P<number>(?<=\d)[.,:-](?=\d)|(?<![\w)])-(?=\d)|(?<![\w.])\.(?=\d))|[^\w\s]")
# Marks behind the text that an older sheet gives in a form which is not read as marks: they are no wording either.
_MARKS = re.compile(
    r"(?:\{[^{}]*\d[^{}]*\}|[\[(]\s*\d+\s*(?:/\s*\d+\s*(?:marks?)?|marks?)\s*[\])])[\s.]*$", re.IGNORECASE
)
_MEANT = frozenset("%‰&@#/\\§")
"""Signs that Unicode counts as punctuation, and that are read aloud."""
_SHORT = 12
_MOST_PASSES = 10


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """`text` without what typography alone makes of it."""
    if text.isascii() and text.replace(" ", "").isalnum():
        return " ".join(text.split())
    # What one sign hid from another is seen without it: `a /. b` is `a/b`.
    for _ in range(_MOST_PASSES):
        before, text = text, _once_folded(text)
        if text == before:
            break
    return text


def _once_folded(text: str) -> str:
    if "\\" in text:
        text = _ESCAPED.sub("", text)
    if "&" in text:
        from html import unescape  # Few wordings have any.

        text = _ENTITY.sub(lambda entity: unescape(entity.group()), text)
    if "<" in text:
        text = _EMPHASIS.sub("", _BREAK.sub(" ", text))
    composed = unicodedata.normalize("NFC", _MARKS.sub("", " ".join(text.translate(_FOLDED).split())))
    composed = _SPACED.sub(lambda spaced: spaced[1] or spaced[2] or "", composed)
    return " ".join(_SIGN.sub(_without_punctuation, composed).split())


def _without_punctuation(found: re.Match[str]) -> str:
    sign = found.group()
    if found.lastgroup == "number" or sign in _MEANT:
        return sign
    if sign == "`":
        return " "
    category = unicodedata.category(sign)
    return "" if category == "Cf" else " " if category.startswith("P") else sign


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
