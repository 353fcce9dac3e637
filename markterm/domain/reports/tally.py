"""Counting: of the things that belong to one row each of several measures is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from markterm.domain.reports.grouped import By, Group
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


def table(
    things: Iterable[Thing],
    by: By,
    measures: Sequence[Measure[Thing]],
    entry: Callable[[Thing], Entry],
    said: Callable[[Group], str] = lambda _: "",
) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    """The columns and the rows by that; `entry` tells of one of the things behind a row, `said` what is to be said
    beside it."""
    groups: dict[Group, list[Thing]] = {}
    for thing in things:
        groups.setdefault(by.of(thing), []).append(thing)
    rows = [
        Row((*by.cells(group), *(each.of(own) for each in measures)), partial(map, entry, own), said(group))
        for group in by.sorted(groups)
        for own in [groups[group]]
    ]
    return (*by.columns(groups, names_shown=False), *(each.column for each in measures)), tuple(rows)
