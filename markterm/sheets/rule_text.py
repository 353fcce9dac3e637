"""A rule of combination as it is written in a qualification's sheet, such as `group 1: at least 2 units`."""

from __future__ import annotations

import re

from markterm.domain.assessed.qualification import (
    AllOfGroup,
    Barred,
    CreditsAtLevel,
    CreditsOfGroup,
    Rule,
    TotalCredits,
    UnitsOfGroup,
)

FORMS = (
    "total: N credits",
    "group G: all",
    "group G: at least N units",
    "group G: at least N credits",
    "level L: at least N credits",
    "barred: A with B",
)
"""The rules that are understood, as a person writes them."""

_TOTAL = re.compile(r"(?i)total\s*:\s*([0-9]{1,6}) credits?")
_GROUP = re.compile(r"(?i)group ([0-9]{1,3})\s*:\s*(?:(all)|at least ([0-9]{1,6}) (unit|credit)s?)")
_LEVEL = re.compile(r"(?i)level ([0-9]{1,2})\s*:\s*at least ([0-9]{1,6}) credits?")
_BARRED = re.compile(r"(?i)barred\s*:\s*(\S+) with (\S+)")


def parse_rule(text: str) -> Rule | None:
    """The rule that `text` says; None if it says none, or one that asks for nothing."""
    text = " ".join(text.split())
    if total := _TOTAL.fullmatch(text):
        return TotalCredits(int(total[1])) if int(total[1]) else None
    if group := _GROUP.fullmatch(text):
        number = int(group[1])
        if group[2]:
            return AllOfGroup(number)
        if not int(group[3]):
            return None
        return (UnitsOfGroup if group[4].lower() == "unit" else CreditsOfGroup)(number, int(group[3]))
    if level := _LEVEL.fullmatch(text):
        return CreditsAtLevel(int(level[1]), int(level[2])) if int(level[2]) else None
    if barred := _BARRED.fullmatch(text):
        return Barred(barred[1], barred[2]) if barred[1] != barred[2] else None
    return None
