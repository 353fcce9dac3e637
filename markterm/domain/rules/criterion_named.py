"""The criterion that somebody names by its number."""

from __future__ import annotations

from markterm.domain.assessed.unit import Criterion, Unit
from markterm.domain.words.counted import first_of
from markterm.domain.words.criterion_number import sort_key
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.nearly import did_you_mean

_MOST = 40


def criterion_of(unit: Unit, number: str) -> Criterion:
    """The criterion of that number. Raises `WrongUse` when the unit has none."""
    criterion = unit.criterion(number)
    if criterion is None:
        numbers = sorted((each.number for each in unit.criteria), key=sort_key)
        raise WrongUse(
            "No such criterion",
            f"{unit.code} has no criterion {one_line(number)}.",
            did_you_mean(number, numbers, f"Its criteria are {first_of(numbers, _MOST)}."),
        )
    return criterion
