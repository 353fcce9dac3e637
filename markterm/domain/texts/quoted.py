"""Whether words of a text are shown as somebody else's: between quotation marks, as a block that is set off, and whom
the text names there."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from collections.abc import Collection, Iterable
from itertools import dropwhile, takewhile

from markterm.domain.texts.nobodys_words import KIND_OF_LAW, LAW

_MONTHS = frozenset((*filter(None, month_name), *filter(None, month_abbr), "Sept"))
_NEAR = 160
"""Characters around a quotation in which its source is named."""
_AROUND = 4_000
_MOST = 0.8
_QUOTED = re.compile(r"“[^”]{12,4000}”|\"[^\"\n]{12,4000}\"|‘[^’\n]{30,2000}’(?!\w)|«[^»]{12,4000}»")
_SET_OFF = re.compile(r"^ {0,3}>[^\n]*", re.MULTILINE)
_NAME = r"[A-Z][\w'’-]+(?: (?:(?:of|for|the) )*[A-Z][\w'’-]+){0,5}"
_SOURCE = re.compile(rf"\b({_NAME})(?:,? (?:and|&) {_NAME}| et al\.?)?,? \(?((?:19|20)\d\d)\b")

_NAMES = re.compile(rf"(?!{KIND_OF_LAW} \d)[A-Z].* \d{{4}}$")


def is_quoted(text: str, start: int, end: int) -> bool:
    """Whether nearly all from `start` to `end` in the text stands between quotation marks, or is set off as a block."""
    begin = max(start - _AROUND, 0)
    around = text[begin : end + _AROUND]
    first, last = start - begin, end - begin
    inside = [False] * (last - first)
    for kind in (_QUOTED, _SET_OFF):
        for match in kind.finditer(around):
            for place in range(max(match.start(), first), min(match.end(), last)):
                inside[place - first] = True
    return sum(inside) >= _MOST * max(len(inside), 1)


def sources_at(text: str, start: int, end: int) -> tuple[str, ...]:
    """Whom the text names from `start` to `end` and close to it, and which laws, with the year: `Whitmore 2009`."""
    near = text[max(start - _NEAR, 0) : end + _NEAR]
    laws = (re.sub(r"[(),]", "", each[0]) for each in LAW.finditer(near))
    people = _SOURCE.findall(LAW.sub("", near))
    named = (f"{name} {year}" for name, year in people if name.rpartition(" ")[2] not in _MONTHS)
    return tuple(dict.fromkeys((*laws, *named)))


def source_of_both(one: Iterable[str], other: Collection[str]) -> str:
    """The first source of one text that the other one names too, whatever words of the sentence stand before its name;
    empty where there is none."""
    return next(filter(None, (_same(mine, theirs) for mine in one for theirs in other)), "")


def _same(one: str, other: str) -> str:
    """The words at the end of both, from the first that begins a name; empty where they only say that it is a law."""
    pairs = zip(reversed(one.split()), reversed(other.split()), strict=False)
    both = [mine for mine, _ in takewhile(lambda pair: pair[0] == pair[1], pairs)][::-1]
    name = " ".join(dropwhile(str.islower, both))
    return name if _NAMES.match(name) else ""
