"""The learners on whom a criterion waits, and below them those for whom it was decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from textual.filter import LineFilter

from markterm.domain.views.across import Across, Stand, tally
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.words.how_long import how_long
from markterm.tui.blindfold import uncovered
from markterm.tui.signs import CRITERION_SIGNS
from markterm.tui.widgets.line_list import LineList, Piece, fit

_SINCE = 9


class StandsList(LineList):
    """One line a learner, under two headings. `name_of` gives the name that a learner is shown under."""

    def __init__(self, name_of: Callable[[CaseloadRow], str]) -> None:
        super().__init__()
        self._name_of = name_of
        self._across = Across()
        self._now = datetime.now(UTC)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Learners stand here by the name or the label that they are shown under, and nobody's words."""
        return uncovered(super().get_line_filters())

    def show(self, across: Across) -> None:
        """Show these, with the cursor on the learner it was on; if they wait no more, on whoever is there now."""
        before, waited = self.selected, self.cursor <= len(self._across.waiting)
        self._across = across
        self._now = datetime.now(UTC)
        stands, first = (across.waiting, 1) if waited else (across.decided, len(across.waiting) + 2)
        registrations = [each.registration for each in stands]
        if before is not None and before.registration in registrations:
            self.move_to(first + registrations.index(before.registration))
        elif registrations:
            self.move_to(min(max(self.cursor, first), first + len(registrations) - 1))
        self.lines_changed()

    def begin(self) -> None:
        """Go to the first learner, of another criterion."""
        self.move_to(0)
        self.lines_changed()

    @property
    def selected(self) -> Stand | None:
        """The learner under the cursor."""
        return self._at(self.cursor)

    @property
    def from_decision(self) -> int:
        """The number, from 0, of the decision under the cursor; the first while the cursor is on somebody who waits."""
        return max(self.cursor - len(self._across.waiting) - 2, 0)

    def line_count(self) -> int:
        """Two headings and everybody."""
        return 2 + len(self._across.waiting) + len(self._across.decided)

    def can_stand_on(self, index: int) -> bool:
        """On learners only."""
        return self._at(index) is not None

    def line(self, index: int, width: int) -> Iterable[Piece]:
        """A heading or a learner."""
        stand = self._at(index)
        if stand is None:
            waiting, decided = self._across.waiting, self._across.decided
            words = (
                f"Waiting {len(waiting):,}" if index == 0 else f"Decided: {tally(decided, gates=self._across.gates)}"
            )
            yield fit(f" {words}", width), "sign--heading"
            return
        sign = CRITERION_SIGNS[stand.state]
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        yield f"{sign.glyph} ", sign.style
        yield fit(self._name_of(stand.row), max(width - 5 - _SINCE, 4)) + " ", ""
        yield fit(self._since(stand), _SINCE, right=True), "sign--quiet"

    def _since(self, stand: Stand) -> str:
        return how_long(stand.at, self._now) if stand.at is not None else "new"

    def _at(self, index: int) -> Stand | None:
        waiting, decided = self._across.waiting, self._across.decided
        if 1 <= index <= len(waiting):
            return waiting[index - 1]
        place = index - len(waiting) - 2
        return decided[place] if 0 <= place < len(decided) else None
