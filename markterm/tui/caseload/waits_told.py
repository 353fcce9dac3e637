"""How many of the learners that are listed wait for whoever acts, counted once for the same list."""

from __future__ import annotations

from collections.abc import Sequence

from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.views.totals import WaitsForYou


class WaitsTold:
    """What waits for whoever acts, told of one list after another: another width of the screen and every look at the
    learners ask again, and a hundred thousand of them take a tenth of a second."""

    def __init__(self) -> None:
        self.waits = WaitsForYou()
        self._told: tuple[Sequence[CaseloadRow], WaitsForYou, str] = ((), self.waits, "")

    def in_words(self, rows: Sequence[CaseloadRow]) -> str:
        """As `WaitsForYou` says it of these rows, which nobody changes."""
        counted_for, waits, told = self._told
        if rows is not counted_for or waits is not self.waits:
            told = self.waits.in_words(rows)
            self._told = rows, self.waits, told
        return told
