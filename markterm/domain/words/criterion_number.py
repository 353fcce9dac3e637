"""Numbers of assessment criteria: 1.1, 1.10, P1, M2, A.P1, BC.D2, 1.2.3, 3.1a, K1."""

from __future__ import annotations

import re
from functools import lru_cache

_SHAPE = re.compile(
    r"[A-Za-z]{0,2}\d{1,4}[a-z]?(\.[A-Za-z]{0,2}\d{1,4}[a-z]?)*|[A-Z]{1,4}(\.[A-Za-z]{0,2}\d{1,4}[a-z]?)+", re.ASCII
)
_PART = re.compile(r"\d+|[A-Za-z]+")
_LEVELS = {"P": "P0", "M": "P1", "D": "P2"}
"""Before a figure the letters of a graded sheet come as its levels do; a learning aim keeps its place."""

SortKey = tuple[tuple[int, int, str], ...]


def is_criterion_number(text: str) -> bool:
    """Whether `text` has the shape of a criterion's number."""
    return _SHAPE.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def sort_key(number: str) -> SortKey:
    """What criteria sort by: numbers as numbers, so that 1.10 comes after 1.9, letters as letters, and pass, merit and
    distinction in that order."""
    key: list[tuple[int, int, str]] = []
    for match in _PART.finditer(number):
        part = match.group()
        is_level = number[match.end() : match.end() + 1].isdigit()
        key.append((0, int(part), "") if part.isdigit() else (1, 0, _LEVELS.get(part, part) if is_level else part))
    return tuple(key)


def outcome_of(number: str) -> int | None:
    """The learning outcome that a number of the form `n.…` belongs to; None for shapes that name none (P1, K1)."""
    head = number.split(".", 1)[0]
    return int(head) if head.isdecimal() and "." in number else None
