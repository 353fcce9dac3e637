"""Codes of units and assignments as people give them: the whole code, or the end that tells it from the others.

A code consists of parts, runs of letters or of digits: 8580 and 501, HSC and 103. What stands between them and whether
letters are small does not matter, and an end begins where a part begins: 501 is 8580-501, and 01 is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol, TypeVar

from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line

_TELLING = 3
_PART = re.compile(r"[^\W\d_]+|\d+")


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


_OfCode = TypeVar("_OfCode", bound=_Coded)


def is_code(given: str, code: str) -> bool:
    """Whether what was given is that code, or an end of it."""
    if given == code:
        return bool(given)
    parts = _parts(given)
    return bool(parts) and _parts(code)[-len(parts) :] == parts


def with_code(among: Iterable[_OfCode], given: str) -> list[_OfCode]:
    """Those of exactly that code, or else those whose code it is or ends so; none when nothing was given."""
    every = tuple(among)
    whole = [each for each in every if given and each.code == given]
    return whole or [each for each in every if is_code(given, each.code)]


def the_one(among: Iterable[_OfCode], given: str, noun: str, otherwise: WrongUse) -> _OfCode:
    """The one that the code given means. Raises `otherwise` when it means none, and `WrongUse` with the codes that it
    could be when there are several; `noun` is what it is called then."""
    found = {each.code: each for each in with_code(among, given)}
    if not found:
        raise otherwise
    if len(found) > 1:
        raise WrongUse(
            f"Which {noun}?",
            f"{one_line(given)} could be {', '.join(map(one_line, found))}.",
            "Give the whole code.",
        )
    return next(iter(found.values()))


def suite_of(code: str) -> str:
    """The suite of a unit, 8580 of 8580-501; empty if its code names none."""
    return code.rpartition("-")[0]


def short_codes(codes: Iterable[str]) -> dict[str, str]:
    """For each code its end, 501 of 8580-501 and 2301 of D/650/2301, unless two of them end alike or the end says too
    little."""
    return _by_end(codes, "-/")


def codes_in_names(codes: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    """Those of these codes that stand, whole or as their end, in one of these names of files or of their folders. The
    end of D/650/2301 tells nothing there: a camera calls its pictures IMG_2301."""
    told = "\n".join(names)
    if not told:
        return ()
    ends = _by_end(codes, "-")
    return tuple(code for code, end in ends.items() if _stands_in(told, code) or _stands_in(told, end))


def _by_end(codes: Iterable[str], signs: str) -> dict[str, str]:
    """For each code what stands behind the last of those signs, where that tells it from the others."""
    every = tuple(codes)
    ends = [end if len(end := re.split(f"[{signs}]", code)[-1]) >= _TELLING else code for code in every]
    return {code: end if ends.count(end) == 1 else code for code, end in zip(every, ends, strict=True)}


def _stands_in(told: str, code: str) -> bool:
    """Whether that code stands there; what a name of a file cannot have between its parts is something else in it."""
    parts = "[-_ ./]?".join(_PART.findall(code))
    return bool(parts) and re.search(rf"(?<![^\W_]){parts}(?![^\W_])", told, re.IGNORECASE) is not None


@lru_cache(maxsize=1024)
def _parts(code: str) -> tuple[str, ...]:
    return tuple(part.casefold() for part in _PART.findall(code))
