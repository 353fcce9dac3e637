"""Whether words of a text are shown as somebody else's: between quotation marks, as a block that is set off, and whom
the text names there."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name

_MONTHS = frozenset((*filter(None, month_name), *filter(None, month_abbr), "Sept"))
_NEAR = 160
"""Characters around a quotation in which its source is named."""
_AROUND = 4_000
_MOST = 0.8
_QUOTED = re.compile(r"“[^”]{12,4000}”|\"[^\"\n]{12,4000}\"|‘[^’\n]{30,2000}’(?!\w)|«[^»]{12,4000}»")
_SET_OFF = re.compile(r"^ {0,3}>[^\n]*", re.MULTILINE)
_SOURCE = re.compile(r"\b([A-Z][\w'’-]+)(?:,? (?:and|&) [A-Z][\w'’-]+| et al\.?)?,? \(?((?:19|20)\d\d)\b")


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
    """Whom the text names from `start` to `end` and close to it, with the year: `Whitmore 2009`."""
    near = text[max(start - _NEAR, 0) : end + _NEAR]
    named = (f"{name} {year}" for name, year in _SOURCE.findall(near) if name not in _MONTHS)
    return tuple(dict.fromkeys(named))
