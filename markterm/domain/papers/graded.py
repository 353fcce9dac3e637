"""A unit whose paper says that its criteria are of a pass, a merit and a distinction."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from markterm.domain.assessed.level import HIGHER, Level, level_of
from markterm.domain.assessed.unit import Criterion, Unit

_HEADS = {level: re.compile(rf"(?i){level.value}(?: criteria| grade)?") for level in HIGHER}


def heads_levels(texts: Iterable[str]) -> bool:
    """Whether the cells of a row are the heads of a merit and a distinction."""
    said = tuple(texts)
    return all(any(shape.fullmatch(text) for text in said) for shape in _HEADS.values())


def may_be_graded(unit: Unit) -> bool:
    """Whether every number of its criteria names a level, and one of them more than a pass."""
    levels = {level_of(each.number) for each in unit.criteria}
    return None not in levels and bool(levels - {Level.PASS})


def graded(unit: Unit) -> Unit:
    """The unit as a graded one, each criterion with the level that its number names."""
    outcomes = tuple(
        replace(outcome, criteria=tuple(replace(each, level=level_of(each.number)) for each in outcome.criteria))
        for outcome in unit.outcomes
    )
    return replace(unit, graded=True, outcomes=outcomes)


def by_level(criterion: Criterion) -> int:
    """Criteria of a pass before those of a merit and a distinction; all others as they are printed."""
    level = level_of(criterion.number)
    return tuple(Level).index(level) if level is not None else 0
