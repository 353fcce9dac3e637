"""What a person should look at in a unit that was read from a paper: what is missing in it, and what is unlikely."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markterm.domain.assessed.level import HIGHER, level_of
from markterm.domain.assessed.unit import Unit
from markterm.domain.papers.unit_head import UnitHead
from markterm.domain.texts.printed_lines import Doubt

_COUNTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,3})")
_LETTERED = re.compile(r"((?:[A-Z]{1,3}\.)?[PMD])([0-9]{1,2})")
_IN_WORDS = {"level": "level", "credit": "credit", "glh": "guided learning hours"}


def checked(unit: Unit, head: UnitHead) -> Iterator[Doubt]:
    """Doubts about the unit as a whole: gaps in numbers, numbers that cannot be written, and particulars."""
    yield from _gaps(unit)
    if higher := [each.number for each in unit.criteria if level_of(each.number) in HIGHER]:
        told = ", ".join(higher)
        if unit.graded:
            yield Doubt(0, f"{told} were read as of a merit and a distinction: who does not meet them is not referred.")
        else:
            yield Doubt(0, f"{told}: of a merit and a distinction? The sheet has to say `graded: yes` or `graded: no`.")
    for what in ("level", "credit", "glh"):
        said = head.said.get(what, "")
        if what == "level" and said.lower().startswith("e"):
            yield Doubt(head.lines[what], f"`{said}` is no level that a sheet can have: it stands below level 1.")
        elif said and head.number(what) is None:
            yield Doubt(head.lines[what], f"`{said}` is no number of {_IN_WORDS[what]} that could be read.")


def not_given(unit: Unit) -> Iterator[Doubt]:
    """A doubt about the particulars that are not known of a unit, where there are any."""
    known = (("title", unit.title), *((words, getattr(unit, what)) for what, words in _IN_WORDS.items()))
    if missing := [what for what, value in known if value in ("", None)]:
        yield Doubt(0, f"Not in the document: {', '.join(missing)}.")


def _gaps(unit: Unit) -> Iterator[Doubt]:
    """Numbers that are missing between others, or before the first."""
    runs: dict[str, list[int]] = {}
    for criterion in unit.criteria:
        match = _COUNTED.fullmatch(criterion.number) or _LETTERED.fullmatch(criterion.number)
        if match is not None:
            runs.setdefault(match[1], []).append(int(match[2]))
    for before, numbers in runs.items():
        point = "." if before.isdigit() else ""
        # Pass criteria of the second aim go on counting where those of the first ended.
        first = 1 if before.isdigit() or before in "PMD" else min(numbers)
        yield from _missing(f"{before}{point}", numbers, first)
    yield from _missing("LO", [each.number for each in unit.outcomes], 1)


def _missing(before: str, numbers: list[int], first: int) -> Iterator[Doubt]:
    missing = sorted({*range(first, max(numbers, default=0))} - {*numbers})
    if missing:
        told = ", ".join(f"{before}{number}" for number in missing)
        yield Doubt(0, f"{told}: missing, and {before}{max(numbers)} is there.")
