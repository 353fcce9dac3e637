"""Which columns the caseload has at a width: what says least of the next thing to do is the first to go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from markterm.domain.views.caseload import Order
from markterm.tui.widgets.line_list import fit

_LEAST_NAME = 16
_MARK = 2
SORTED_BY = "▾"
"""Stands behind the title of the column that the rows are sorted by."""


@dataclass(frozen=True, slots=True)
class Columns:
    """How many cells each column has; none for one that is left out. Before each but the first is one cell of room.

    `spaced` says that a unit's sign stands apart from its code, and `person` that the one who takes the step is named.
    """

    name: int = 0
    registration: int = 12
    qualification: int = 35
    units: int = 24
    bar: int = 9
    decided: int = 7
    waiting: int = 24
    since: int = 21

    @property
    def spaced(self) -> bool:
        """Whether a unit's sign stands apart from its code."""
        return self.units >= _FULL.units

    @property
    def person(self) -> bool:
        """Whether the one who takes the step is named too."""
        return self.waiting >= _FULL.waiting

    @property
    def dated(self) -> bool:
        """Whether the day since which it waits stands beside how long that is."""
        return self.since >= _FULL.since

    @property
    def days_in_words(self) -> bool:
        """Whether `3 days` is written out."""
        return self.since >= _DAYS_IN_WORDS

    def header(self, order: Order) -> str:
        """The titles of the columns, with a sign behind that by which the rows are sorted."""
        titles = (
            ("Registration", self.registration, Order.REGISTRATION),
            ("Learner", self.name, Order.NAME),
            ("Qualification", self.qualification, None),
            ("Units", self.units, None),
            ("Decided", self.bar + 1 + self.decided if self.bar else self.decided, Order.OPEN),
            ("Waiting for", self.waiting, Order.WAITING),
            ("Due", self.since, order) if order is Order.DUE else ("Since", self.since, None),
        )
        shown = ((title, width, by) for title, width, by in titles if width)
        # Where the title fills its column the sign has the cell before the next one.
        pieces = (
            f"{fit(title, min(width, len(title)))}{SORTED_BY if by is order else ' '}".ljust(width + 1)
            for title, width, by in shown
        )
        return (" " * _MARK + "".join(pieces))[:-1]

    def without(self, **less: int) -> Columns:
        """The same with fewer cells for some; what is less already stays as it is."""
        return replace(self, **{name: min(cells, getattr(self, name)) for name, cells in less.items()})

    @property
    def taken(self) -> int:
        """The cells of all but the name, with what stands between them."""
        others = (self.registration, self.qualification, self.units, self.bar, self.decided, self.waiting, self.since)
        return _MARK + sum(cells + 1 for cells in others if cells)


_FULL = Columns()
_DAYS_IN_WORDS = 9


def _narrower() -> Iterator[Columns]:
    """Ever fewer cells: what says least of the next thing to do goes first."""
    now = _FULL
    for less in (
        {"qualification": 17},
        {"bar": 0},
        {"since": _DAYS_IN_WORDS},
        {"units": 20},
        {"waiting": 15},
        {"qualification": 0},
        {"since": 5},
        {"units": 15},
        {"registration": 0},
        {"decided": 0},
        {"since": 0},
        {"units": 10},
        {"units": 0},
        {"waiting": 0},
    ):
        yield now
        now = now.without(**less)
    yield now


_STEPS = tuple(_narrower())


@lru_cache(maxsize=64)
def columns_for(width: int) -> Columns:
    """The columns of a line that is so wide: as many as leave a name its room."""
    columns = next((each for each in _STEPS if width - each.taken >= _LEAST_NAME), _STEPS[-1])
    return replace(columns, name=max(width - columns.taken, 1))


def cells(text: str, width: int) -> str:
    """`text` in exactly so many cells with one before it; nothing for a column that is left out."""
    return f" {fit(text, width)}" if width else ""
