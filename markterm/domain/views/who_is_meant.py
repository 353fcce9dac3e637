"""Which learner is meant by a registration, or by words of a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from heapq import nsmallest

from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Hint, Way
from markterm.domain.words.letters import plain

_NEARLY = 0.75
_MUCH_FARTHER = 0.1
_MOST_NEAR = 3


def could_be(rows: Iterable[CaseloadRow], text: str) -> list[CaseloadRow]:
    """The rows of the learners whom `text` can mean: of whom it is the registration, or else words of the name."""
    rows = tuple(rows)
    exact = [row for row in rows if plain(row.registration) == plain(text)]
    return exact or [row for row in rows if _is_named(row.name, text)]


def the_one_meant(rows: Iterable[CaseloadRow], text: str) -> CaseloadRow:
    """The row of the only learner whom `text` can mean. Raises `WrongUse` when it means nobody or several."""
    rows = tuple(rows)
    found = could_be(rows, text)
    if len(found) == 1:
        return found[0]
    if found:
        names = "; ".join(f"{row.registration} {one_line(row.name)}" for row in found[:5])
        raise WrongUse("Which learner?", f"{one_line(text)} could be {names}.", "Give the registration.")
    cut_off = [row for row in rows if text.strip() and plain(row.registration).startswith(plain(text))]
    if cut_off:
        raise WrongUse(
            "No such learner",
            f"{one_line(text)} is only the beginning of {cut_off[0].registration}"
            + (f" and of {len(cut_off) - 1} more." if len(cut_off) > 1 else "."),
            "Give the whole registration.",
        )
    raise nobody(text, nearly(rows, text))


def nobody(text: str, near: Sequence[CaseloadRow] = ()) -> WrongUse:
    """That nobody is meant, and who is spelt nearly so."""
    meant = " or ".join(f"{one_line(row.name)} ({row.registration})" for row in near)
    return WrongUse(
        "No such learner",
        f"Nobody here is {one_line(text)}.",
        f"Did you mean {meant}?" if near else "Look among the learners of the centre.",
        hint=Hint(Way.LIST_LEARNERS) if not near else None,
    )


def nearly(rows: Iterable[CaseloadRow], text: str) -> list[CaseloadRow]:
    """The learners, three at most, who are spelt nearly so: each word like one of the name, or all of it like the
    registration. The nearest comes first, and who is much farther off is none of them."""
    wanted = _words(text)
    found: list[tuple[float, CaseloadRow]] = []
    for row in rows:
        words = _words(row.name)
        by_name = min((max((_likeness(each, word) for word in words), default=0.0) for each in wanted), default=0.0)
        likeness = max(by_name, _likeness(plain(text), plain(row.registration)))
        if likeness >= _NEARLY:
            found.append((likeness, row))
    best = max((likeness for likeness, _ in found), default=0.0)
    near = (each for each in found if best - each[0] <= _MUCH_FARTHER)
    return [row for _, row in nsmallest(_MOST_NEAR, near, key=lambda each: (-each[0], each[1].place))]


@lru_cache(maxsize=50_000)
def _likeness(one: str, other: str) -> float:
    """From 0 to 1; a quick look tells of most words of ten thousand names that they are far from it."""
    compared = SequenceMatcher(None, one, other, autojunk=False)
    if compared.real_quick_ratio() < _NEARLY or compared.quick_ratio() < _NEARLY:
        return 0.0
    return compared.ratio()


def _is_named(name: str, text: str) -> bool:
    """Whether every word of `text` begins a word of that name."""
    words, wanted = _words(name), _words(text)
    return bool(wanted) and all(any(word.startswith(part) for word in words) for part in wanted)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", plain(text))
