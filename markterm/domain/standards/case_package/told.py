"""What a person is told of a package that was read leniently: one sentence for each thing, however often it occurs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from markterm.domain.words.foreign_text import shortened

_NAMED = 5
_LONGEST = 40


class About(Enum):
    """What a sentence is about."""

    CIRCLE = auto()
    """Parts that are parts of each other."""
    WRONG = auto()
    """A value of a type that it should not have, or something that is missing."""
    TWICE = auto()
    """An identifier or a code that is used twice."""
    CHOICE = auto()
    """What was read with a choice."""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, and what it is about."""

    about: About
    message: str


@dataclass
class Telling:
    """Gathers what is to be told: how often each thing occurs, and the first few places of it."""

    _found: dict[tuple[About, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    _count: dict[tuple[About, str], int] = field(default_factory=lambda: defaultdict(int))

    def add(self, about: About, what: str, place: object = "") -> None:
        """Note that `what`, a sentence without its end, is so at that place."""
        self._count[about, what] += 1
        places = self._found[about, what]
        if len(places) < _NAMED:
            places.append(shortened(str(place), _LONGEST))

    def told(self) -> Iterator[Told]:
        """Each sentence once, in the order in which it came up first, with the places that it is about."""
        for key, places in self._found.items():
            about, what = key
            named = ", ".join(place for place in places if place)
            more = self._count[key] - len(places)
            where = f": {named}{f' and {more:,} more' if more else ''}" if named else ""
            yield Told(about, f"{what}{where}.")
