"""Words of a text, counted, and how many of them another text has."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter

_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"\\(?=[!-/:-@\[-`{-~])|[*_`~\u00ad\u200b]")
_BROKEN = re.compile(r"(?<=\w)[-\u2010]\n\s*(?=\w)")
_MOST_LOST = 12


def words(text: str) -> Counter[str]:
    """The words of a text, without the marks of Markdown, broken ones joined."""
    plain = _BROKEN.sub("", html.unescape(_MARKS.sub("", text)))
    return Counter(_WORD.findall(unicodedata.normalize("NFKC", plain).casefold()))


def recall(expected: Counter[str] | None, found: Counter[str]) -> tuple[float | None, tuple[str, ...]]:
    """The share of the expected words that were found, each as often as it is expected; and the first that were not."""
    if not expected:
        return None, ()
    lost = expected - found
    return 1 - lost.total() / expected.total(), tuple(list(lost)[:_MOST_LOST])
