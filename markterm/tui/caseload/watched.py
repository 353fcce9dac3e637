"""A screen of learners that shows what comes in meanwhile: soon what lies in folders, at once what others recorded."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from textual import on, work
from textual.screen import Screen

from markterm.centre.centre import Centre
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.words.errors import MarkTermError
from markterm.tui.caseload.known import Known
from markterm.tui.caseload.shown_rows import ShownRows
from markterm.tui.caseload.table import CaseloadTable
from markterm.tui.caseload.watching import Watching
from markterm.tui.widgets.hearing import Heard, Hearing
from markterm.tui.widgets.how_far import Far


class WatchedLearners(Screen[None]):
    """Looks at some learners from time to time, and at once at those of whom somebody tells that they went on."""

    def __init__(self, centre: Centre) -> None:
        super().__init__()
        self._centre = centre
        # Made at once: the key bar asks what is listed before the rows are in their place.
        self._table = CaseloadTable(id="caseload")
        self._shown = ShownRows()
        self._looked: Far | None = None
        self._is_read = False
        self._watching = Watching(centre.caseload)
        self._hearing = Hearing(self, lambda: centre.news)

    def on_unmount(self) -> None:
        """Let nobody tell anything any more."""
        self._hearing.end()

    def _watch(self) -> None:
        """Show what came in since the last look, while nothing else is looked at."""
        if self._looked is None and self._is_read and self.app.screen is self:
            self._look_at_some([self._table.rows[index] for index in self._table.in_sight], self._shown.everybody)

    # Textual describes a work by all that it is given, ten thousand rows, where it is not described here.
    @work(thread=True, exclusive=True, group="watch", description="a look at some learners")
    def _look_at_some(self, in_sight: Sequence[CaseloadRow], everybody: Sequence[CaseloadRow]) -> None:
        if self._watching.look(in_sight, everybody):
            self.app.call_from_thread(self._take_all, self._now())

    @on(Heard)
    def _look_at_heard(self, told: Heard) -> None:
        if self._is_read and (rows := [row for row in self._shown.everybody if row.registration in told.records]):
            self._read_again(rows)

    @work(thread=True, group="heard", description="learners whose records went on")
    def _read_again(self, rows: Sequence[CaseloadRow]) -> None:
        changed = False
        for row in rows:
            with suppress(MarkTermError):  # The look at everybody tells of it.
                changed |= self._centre.caseload.refresh_one(row.folder) is not row
        if changed:
            self.app.call_from_thread(self._take_all, self._now())

    def _now(self) -> Known:
        """What is known of everybody now."""
        raise NotImplementedError

    def _take_all(self, now: Known, known: int = 0) -> None:
        """Show these."""
        raise NotImplementedError
