"""Counting: things are told apart by a key, and each of several measures is taken of those that have the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Generic, TypeVar

from markterm.domain.reports.report import Cell, Column, Entry, Row, Shape

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Measure(Generic[Thing]):
    """A column, and what stands under it of several things."""

    column: Column
    of: Callable[[Sequence[Thing]], Cell]


def number(name: str, heading: str, is_one: Callable[[Thing], bool], *, shown: bool = True) -> Measure[Thing]:
    """How many of the things are such."""
    column = Column(name, heading, Shape.COUNT, shown=shown)
    return Measure(column, lambda things: sum(map(is_one, things)))


def rows(
    things: Iterable[Thing],
    key: Callable[[Thing], tuple[Cell, ...]],
    measures: Sequence[Measure[Thing]],
    entry: Callable[[Thing], Entry],
    said: Callable[[tuple[Cell, ...], Sequence[Thing]], str] = lambda *_: "",
) -> Iterator[Row]:
    """A row for each key, in their order: the cells of the key, then the measures; `entry` tells of what lies behind
    it, `said` what is to be said beside it."""
    groups: dict[tuple[Cell, ...], list[Thing]] = {}
    for thing in things:
        groups.setdefault(key(thing), []).append(thing)
    for cells, own in sorted(groups.items(), key=lambda group: tuple(map(_place, group[0]))):
        values = (measure.of(own) for measure in measures)
        yield Row((*cells, *values), partial(map, entry, own), said(cells, own))


def _place(cell: Cell) -> tuple[bool, float, str]:
    """Where a cell of a key stands: numbers and days in their order, and words; what is not named comes last."""
    if isinstance(cell, date):
        return False, cell.toordinal(), ""
    if cell is None or isinstance(cell, str):
        return not cell, 0.0, cell or ""
    return False, float(cell), ""
