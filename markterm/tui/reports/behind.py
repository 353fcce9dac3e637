"""What lies behind a figure: decisions, samples, actions or steps, each of which can be opened at its learner."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from markterm.domain.reports.report import Entry
from markterm.domain.words.foreign_text import one_line
from markterm.tui.blindfold import Blindfold
from markterm.tui.local_time import date_told
from markterm.tui.widgets.line_list import LineList, Piece, fit

_LEARNER, _NAME, _PLACE, _DAY, _BY = 12, 20, 17, 12, 9
_WIDE = 100
MOST = 10_000
"""So many are listed at most."""


def _kind(entry: Entry) -> str:
    """The first words of what one says, up to a comma or a colon."""
    return one_line(re.split("[,:]", entry.what, maxsplit=1)[0])


class BehindList(LineList):
    """A line for each of what a figure counts. `name_of` is the name of a learner as it is shown."""

    def __init__(self, blindfold: Blindfold, name_of: Callable[[str], str]) -> None:
        super().__init__(id="behind")
        self._blindfold = blindfold
        self._name_of = name_of
        self.entries: Sequence[Entry] = ()
        """Those that are listed."""
        self._every: Sequence[Entry] = ()
        self._only = ""

    def show(self, entries: Sequence[Entry]) -> None:
        """Show these, with the cursor on the one that it was on, as far as it is there still."""
        self._every = entries
        if self._only not in self.kinds:
            self._only = ""
        self.narrow(self._only)

    @property
    def kinds(self) -> Counter[str]:
        """What they say, in short, and how often: `pass`, `refer`, `overdue`."""
        return Counter(map(_kind, self._every))

    def narrow(self, kind: str) -> None:
        """List only those that say that, in short; all of them where it is empty."""
        before, self._only = self.selected, kind
        self.entries = tuple(each for each in self._every if _kind(each) == kind) if kind else self._every
        self.move_to(next((number for number, each in enumerate(self.entries) if each == before), 0))

    @property
    def selected(self) -> Entry | None:
        """The one under the cursor."""
        return self.entries[self.cursor] if self.cursor < len(self.entries) else None

    @property
    def told(self) -> str:
        """All that the one under the cursor says, and how many there are."""
        each, count = self.selected, len(self.entries)
        if each is None:
            return ""
        said = one_line(self._blindfold.told_of(each.learner, each.what))
        first = "the first " if len(self._every) == MOST else ""
        only = f" {self._only}" if self._only else ""
        return f"{self.cursor + 1:,} of {first}{count:,}{only}: {said}"

    def line_count(self) -> int:
        """As many as there are."""
        return len(self.entries)

    @staticmethod
    def header(width: int) -> str:
        """The titles of the columns for that width."""
        name = fit("Name", _NAME) if width >= _WIDE else ""
        return f"  {fit('Learner', _LEARNER)}{name}{fit('Criterion', _PLACE)}{fit('On', _DAY)}{fit('By', _BY)}What"

    def line(self, index: int, width: int) -> Iterable[Piece]:
        """A decision, a sample, an action or a step."""
        each = self.entries[index]
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        yield fit(self._blindfold.known_as(each.learner), _LEARNER - 1) + " ", ""
        if width >= _WIDE:
            yield fit(self._name_of(each.learner), _NAME - 1) + " ", "sign--quiet"
        yield fit(one_line(f"{each.unit.code} {each.criterion}"), _PLACE - 1) + " ", ""
        yield fit(date_told(each.on) if each.on is not None else "", _DAY), "sign--quiet"
        yield fit(one_line(each.by), _BY - 1) + " ", ""
        used = 2 + _LEARNER + _PLACE + _DAY + _BY + (_NAME if width >= _WIDE else 0)
        yield fit(one_line(self._blindfold.told_of(each.learner, each.what)), max(width - used, 0)), ""
