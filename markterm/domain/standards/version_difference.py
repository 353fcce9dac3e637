"""Two versions of a standard, statement by statement: what is the same, moved, reworded, gone or new.

A new version may number its statements anew: what a person finds the same is the wording, and not the code.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from markterm.domain.assessed.standard import Standard, Statement
from markterm.domain.assessed.wording import folded

_ALIKE = 0.6
"""The share of words that two wordings have in common, from which on one may be the other reworded."""
_WORD = re.compile(r"\w+")


class Fate(StrEnum):
    """What became of a statement."""

    SAME = "the same"
    MOVED = "the same under another code"
    REWORDED = "reworded"
    GONE = "gone"
    NEW = "new"

    @property
    def sign(self) -> str:
        """Its sign in a list."""
        return {"SAME": "=", "MOVED": "→", "REWORDED": "~", "GONE": "-", "NEW": "+"}[self.name]

    @property
    def is_carried(self) -> bool:
        """Whether what was mapped holds without a look at the words: they are the same."""
        return self in (Fate.SAME, Fate.MOVED)


@dataclass(frozen=True, slots=True)
class StatementFate:
    """What became of a statement: as it was, None for a new one, and as it is, None for one that is gone. That one is
    another reworded is how it looks, and for a person to say."""

    fate: Fate
    old: Statement | None
    new: Statement | None


def version_difference(old: Standard, new: Standard) -> tuple[StatementFate, ...]:
    """What became of each statement, in the order of the old version, and then what is new in that of the new one."""
    became = dict(_by_wording(old.statements, new.statements))
    taken = set(became.values())
    left = [each for each in old.statements if each.code not in became]
    free = [each for each in new.statements if each.code not in taken]
    reworded = dict(_reworded(left, free))
    by_code = {each.code: each for each in new.statements}

    def fates() -> Iterator[StatementFate]:
        for each in old.statements:
            if (code := became.get(each.code)) is not None:
                yield StatementFate(Fate.SAME if code == each.code else Fate.MOVED, each, by_code[code])
            elif (code := reworded.get(each.code)) is not None:
                yield StatementFate(Fate.REWORDED, each, by_code[code])
            else:
                yield StatementFate(Fate.GONE, each, None)
        found = taken | set(reworded.values())
        yield from (StatementFate(Fate.NEW, None, each) for each in new.statements if each.code not in found)

    return tuple(fates())


def _by_wording(old: Sequence[Statement], new: Sequence[Statement]) -> Iterator[tuple[str, str]]:
    """Old and new codes of what is worded alike and of one kind; first those that kept their code. What several say in
    the same words is not told apart by them."""
    same = {each.code: _wording(each) for each in new}
    kept = {each.code for each in old if same.get(each.code) == _wording(each)}
    yield from ((code, code) for code in kept)
    times = Counter(_wording(each) for each in new if each.code not in kept)
    times_old = Counter(_wording(each) for each in old if each.code not in kept)
    where = {_wording(each): each.code for each in new if each.code not in kept}
    for each in old:
        wording = _wording(each)
        if each.code not in kept and times[wording] == times_old[wording] == 1:
            yield each.code, where[wording]


def _wording(statement: Statement) -> tuple[str, str]:
    return statement.kind.value, folded(statement.text)


def _reworded(old: Sequence[Statement], new: Sequence[Statement]) -> Iterator[tuple[str, str]]:
    """Old and new codes of what has most of its words in common, the likest first, each once."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    words = [_words(each) for each in new]
    for place, own in enumerate(words):
        for word in own:
            places[new[place].kind.value, word].append(place)
    pairs: list[tuple[float, bool, int, int]] = []
    for at, each in enumerate(old):
        own = _words(each)
        shared = Counter(place for word in own for place in places.get((each.kind.value, word), ()))
        for place, number in shared.items():
            alike = 2 * number / (len(own) + len(words[place]))
            if alike >= _ALIKE:
                pairs.append((-alike, each.code != new[place].code, at, place))
    used_old, used_new = set[int](), set[int]()
    for _, _, at, place in sorted(pairs):
        if at not in used_old and place not in used_new:
            used_old.add(at)
            used_new.add(place)
            yield old[at].code, new[place].code


def _words(statement: Statement) -> frozenset[str]:
    return frozenset(_WORD.findall(statement.text.casefold()))
