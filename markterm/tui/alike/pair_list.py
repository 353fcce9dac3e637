"""The pairs of learners whose work has passages in common, a line for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from markterm.domain.views.alike import AlikePair
from markterm.domain.words.foreign_text import one_line
from markterm.tui.blindfold import Blindfold
from markterm.tui.widgets.line_list import LineList, Piece, fit

_REGISTRATION, _LEAST = 9, 16


class PairList(LineList):
    """A line for each pair: who, and how much is alike."""

    def __init__(self, blindfold: Blindfold) -> None:
        super().__init__(id="pairs")
        self._blindfold = blindfold
        self.pairs: Sequence[AlikePair] = ()
        self._figures = 0
        """How wide the figures are."""

    def show(self, pairs: Sequence[AlikePair]) -> None:
        """Show these; the cursor stays on the pair that it was on."""
        before = self.chosen
        self.pairs = pairs
        self._figures = max((cell_len(each.told) for each in pairs), default=0)
        who = (before.one, before.other) if before is not None else None
        place = next((number for number, each in enumerate(pairs) if (each.one, each.other) == who), 0)
        self.lines_changed()
        self.move_to(place)

    @property
    def chosen(self) -> AlikePair | None:
        """The pair under the cursor."""
        return self.pairs[self.cursor] if self.cursor < len(self.pairs) else None

    def line_count(self) -> int:
        return len(self.pairs)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        each = self.pairs[index]
        figures = each.told
        room = max((width - 2 - self._figures - 1) // 2, _LEAST)
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        yield self._who(each.one, each.one_name, room - 3), ""
        yield " ↔ ", "sign--quiet"
        yield self._who(each.other, each.other_name, room) + " ", ""
        yield figures, "sign--quiet" if not (each.words or each.files) else ""

    def _who(self, registration: str, name: str, width: int) -> str:
        alias = self._blindfold.alias(registration)
        known = alias or one_line(registration)
        if width <= _REGISTRATION + 3 or alias:
            return fit(known, width)
        return fit(f"{known:<{_REGISTRATION}} {one_line(name)}", width)
