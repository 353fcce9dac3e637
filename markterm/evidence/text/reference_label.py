"""Text that only says which criterion other text is for: `(AC 1.2)`, `Relates to LO1`, a criterion's own wording, a
line of contents."""

from __future__ import annotations

import re

from markterm.domain.words.letters import plain

_FEW = 2
_FEW_NAMES = 6
_NUMBERS = re.compile(r"\S*\d\S*")
_WORD = re.compile(r"[^\W\d_]{2,}")
_NAMING_WORDS = """
ac acs lo los criterion criteria assessment performance knowledge learning outcome outcomes unit units task tasks
evidence reference references ref refs relates related relate covers covered covering meets met meeting claims
claimed claim links linked see this that these it the for to and or of in with from by on first second last half
part parts all both also only statement statements element elements range portfolio page pages section below
above here where number no standard standards level is are
"""
_NAMING = frozenset(_NAMING_WORDS.split())
_CONTENTS = re.compile(r"(?:[.…·_ ]{4,}|\s(?:\.\s){2,}|…)\s*\d{1,4}\s*$| → \S*#\S*$")
_PAGE = re.compile(r"(?:[.…·_\s]{2,}\d{1,4}\s*$| → \S*$)")
_ENTIRELY_BRACKETED = re.compile(r"[(\[][^()\[\]]*(?:[(\[][^()\[\]]*[)\]][^()\[\]]*)*[)\]][.:]?")
_SAME_WORDS = 0.7
_BRACKETED = re.compile(r"[(\[][^()\[\]]*[)\]]")
_LONGEST_TITLE = 8
_TITLE_WORD = re.compile(r"[^\W\d_]+")
# Where somebody does something it is told, with or without a full stop, unless it is told what is told: How we began.
_TOLD = frozenset(("i", "we", "he", "she", "they", "me", "him", "us", "them", "was", "were", "had", "did"))
_ASKING = frozenset(("what", "how", "why", "when", "where", "who", "which", "whom", "whether"))
_SENTENCE_ENDS = tuple(".!?…;\"”’'")


def is_label(text: str, wording: str = "", *, by_whom: bool = False) -> bool:
    """Whether a passage that refers to a criterion is nothing but the reference, or the `wording` of the criterion.

    What stands in brackets as a whole is a remark on the text beside it. `by_whom` allows a name and a date as well.
    """
    if _ENTIRELY_BRACKETED.fullmatch(text.strip("*_ ")) is not None:
        return True
    words = _WORD.findall(_NUMBERS.sub(" ", text))
    folded, known = [plain(word) for word in words], {plain(word) for word in _WORD.findall(wording)}
    shared = sum(word in known for word in folded)
    if known and shared >= _SAME_WORDS * len(words) and len(known.intersection(folded)) >= _SAME_WORDS * len(known):
        return True
    if not any(map(str.isdigit, text)):
        return False
    telling = [word for word, each in zip(words, folded, strict=True) if each not in _NAMING]
    return len(telling) <= (_FEW_NAMES if by_whom else _FEW) and all(word[0].isupper() for word in telling)


def is_title(text: str) -> bool:
    """Whether a passage that refers to a criterion looks like a heading: a few words that are no sentence."""
    bare = _BRACKETED.sub(" ", text).strip("*_ ")
    if len(bare.split()) > _LONGEST_TITLE or bare[-1:] in _SENTENCE_ENDS:
        return False
    return not _TOLD.intersection(map(plain, _TITLE_WORD.findall(bare))) or _asks(bare)


def is_question(text: str) -> bool:
    """Whether a passage is a question that a form asks: Q1 (AC 1.1) What is coaching?"""
    bare = text.strip("*_ ")
    return bare.endswith("?") and "." not in _NUMBERS.sub(" ", bare) and _asks(_BRACKETED.sub(" ", bare))


def _asks(text: str) -> bool:
    telling = (word for each in _WORD.findall(_NUMBERS.sub(" ", text)) if (word := plain(each)) not in _NAMING)
    return next(telling, "") in _ASKING


def is_contents(text: str) -> bool:
    """Whether it is a line of a table of contents: it ends with dots and a page, or leads to a heading."""
    return _CONTENTS.search(text) is not None


def without_page(text: str) -> str:
    """The words of a line of contents, as its heading would have them."""
    return " ".join(plain(_PAGE.sub("", text)).split())
