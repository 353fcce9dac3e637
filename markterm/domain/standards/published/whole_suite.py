"""Whether a document has all of a suite: which standards it names and does not have, and which are of another suite."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from markterm.domain.assessed.standard import Standard
from markterm.domain.standards.published.references import UNNAMED
from markterm.domain.standards.published.sections import REFERENCE
from markterm.domain.texts.printed_lines import Doubt, Line

_COUNTED = re.compile(r"(.*[^0-9])([0-9]{1,4})")


def named_alone(standards: Sequence[Standard], before: Iterable[Line], listed: Iterable[str]) -> Iterator[Doubt]:
    """Doubts about the standards that are named and are not in the document: those that its functional map has
    `listed`, and those of the same letters that stand in the lines `before` its first standard."""
    here = {each.code for each in standards}
    of_map = dict.fromkeys(each for each in listed if each not in here)
    if of_map:
        yield Doubt(0, f"The functional map names {_not_here(of_map)}.")
    stems = {_stem(each) for each in here}
    said: dict[str, int] = {}
    for line in before:
        for match in REFERENCE.finditer(line.text):
            code = match[0].replace(" ", "")
            # That of the suite itself ends in nothing but noughts.
            if code not in here and code not in of_map and _stem(code) in stems and int(_COUNTED.sub(r"\2", code)):
                said.setdefault(code, line.number)
    if said:
        yield Doubt(next(iter(said.values())), f"The overview names {_not_here(said)}.")


def _not_here(codes: Collection[str]) -> str:
    return f"{', '.join(codes)}, which {'is' if len(codes) == 1 else 'are'} not in the document"


def gaps(standards: Sequence[Standard]) -> Mapping[str, str]:
    """What to say of numbers that are missing between standards, by the code of the one above each gap."""
    every = [each.code for each in standards]
    counted: dict[str, list[tuple[int, str]]] = {}
    for code in every:
        if not code.startswith(UNNAMED) and (match := _COUNTED.fullmatch(code)) is not None:
            counted.setdefault(match[1], []).append((int(match[2]), code))
    told: dict[str, str] = {}
    for codes in counted.values():
        ordered = sorted(codes)
        for (one, below), (other, above) in pairwise(ordered):
            between = every[every.index(below) : every.index(above)]
            # What does not say its code may be what is missing.
            missing = 0 if any(each.startswith(UNNAMED) for each in between) else other - one - 1
            if missing == 1:
                told[above] = f"{above}: the standard between {below} and it is not in the document, if there is one."
            elif missing > 1:
                told[above] = (
                    f"{above}: {missing} standards between {below} and it are not in the document, if there are any."
                )
    return told


def of_another(standards: Sequence[Standard], listed: Collection[str], suite: str) -> tuple[str, ...]:
    """The codes of the standards that another suite seems to have: its map does not list them, and they have other
    letters than those that it lists, or than its own code."""
    stems, every = [_stem(each.code) for each in standards], frozenset(listed)
    own = {_stem(each) for each in every} or ({suite} if suite in stems else {*stems[:1]})
    return tuple(each.code for each in standards if each.code not in every and _stem(each.code) not in own)


def _stem(code: str) -> str:
    return code.rstrip("0123456789").rstrip(".-")
