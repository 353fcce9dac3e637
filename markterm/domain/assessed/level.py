"""The level of a criterion on a graded sheet, and the grade that a unit reaches by them.

BTEC specifications number their criteria by level: `P1`, `M2`, `A.D1`, and `BC.D3` where one is shared by the aims B
and C. A unit is passed when every pass criterion is met; merit asks for every pass and every merit criterion,
distinction for all of them, and one of those that is not met is no referral (Pearson, "Guide to Internal Assessment for
BTEC Firsts and Nationals").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TypeVar


class Level(StrEnum):
    """The levels of a graded sheet, the lowest first; a grade is named like the level that it takes."""

    PASS = "pass"
    MERIT = "merit"
    DISTINCTION = "distinction"


HIGHER = (Level.MERIT, Level.DISTINCTION)
"""Those above a pass: who does not meet one of their criteria is not referred."""
_NAMED: dict[str, Level] = {level.value: level for level in Level}
_LETTERS = {"P": Level.PASS, "M": Level.MERIT, "D": Level.DISTINCTION}
_LEVELLED = re.compile(
    r"(?:(?P<aims>[A-Z]{1,4})\.|[0-9]{1,2}(?P<aim>[A-Z]?)\.)?(?P<level>[PMD])[0-9]{1,2}[a-z]?", re.ASCII
)

LETTERS = ", ".join(f"{letter} {level}" for letter, level in _LETTERS.items())
"""The letters that are known, in words."""

Of = TypeVar("Of")


def level_of(number: str) -> Level | None:
    """The level that the number of a criterion names on a graded sheet, `A.M2`; None where it names none."""
    match = _levelled(number)
    return _LETTERS[match["level"]] if match is not None else None


def aims_of(number: str) -> tuple[str, ...]:
    """The learning aims that such a number names, each by its letter: B and C in `BC.D3`; none in `P1`."""
    match = _levelled(number)
    return tuple(dict.fromkeys(match["aims"] or match["aim"] or "")) if match is not None else ()


def _levelled(number: str) -> re.Match[str] | None:
    return _LEVELLED.fullmatch(number.upper() if number[:1].islower() else number)


def level_named(name: str) -> Level | None:
    """The level of that name; None where it is none."""
    return _NAMED.get(name)


def higher_level(name: str) -> Level | None:
    """The same, where it is above a pass."""
    level = _NAMED.get(name)
    return level if level in HIGHER else None


def reached(levelled: Iterable[tuple[Level, Of]], is_met: Callable[[Of], bool]) -> Level | None:
    """The highest level of which everything is met, and everything of each lower one; None where pass is not reached.

    A level of which the sheet has nothing is not reached, and holds back none above it.
    """
    by_level: dict[Level, list[Of]] = {level: [] for level in Level}
    for level, each in levelled:
        by_level[level].append(each)
    grade: Level | None = None
    for level, own in by_level.items():
        if not all(map(is_met, own)):
            break
        if own:
            grade = level
    return grade
