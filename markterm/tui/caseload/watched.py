"""What comes in while learners are shown: soon what lies in folders, at once what others recorded."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from textual.screen import Screen

from markterm.centre.centre import Centre
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.words.errors import MarkTermError
from markterm.tui.caseload.shown_rows import ShownRows
from markterm.tui.caseload.table import CaseloadTable
from markterm.tui.caseload.watching import Watching
from markterm.tui.widgets.hearing import Hearing


class Watched:
    """Looks at some of the learners that a screen shows, those in sight in its `table`, and at once at those of whom
    somebody tells that they went on; `show` is called in a thread when a row is another one."""

    def __init__(
        self,
        screen: Screen[Any],
        centre: Centre,
        table: CaseloadTable,
        shown: ShownRows,
        show: Callable[[], None],
    ) -> None:
        self._screen = screen
        self._centre = centre
        self._table = table
        self._shown = shown
        self._show = show
        self._has_begun = False
        self._watching = Watching(centre.caseload, centre.answering)
        self._hearing = Hearing(screen, lambda: centre.news)

    def look(self) -> None:
        """Show what came in since the last look, if everybody was read and the screen is seen."""
        if self._has_begun and self._screen.app.screen is self._screen:
            in_sight = [self._table.rows[index] for index in self._table.in_sight]
            self._in_thread(partial(self._look_at_some, in_sight, self._shown.everybody), "watch", exclusive=True)

    def begin(self) -> None:
        """Everybody was read: look from now on, and have the screen told by `Heard`."""
        self._has_begun = True
        self._hearing.begin()

    def end(self) -> None:
        """Let nobody tell anything any more."""
        self._hearing.end()

    def heard(self, records: Container[str]) -> None:
        """Look at those to whose records others added."""
        if rows := [row for row in self._shown.everybody if row.registration in records]:
            self._in_thread(partial(self._read_again, rows), "heard")

    def _in_thread(self, look: Callable[[], None], group: str, *, exclusive: bool = False) -> None:
        # Textual describes a work by all that it is given, ten thousand rows, where it is not described here.
        told = "a look at some learners"
        self._screen.run_worker(look, thread=True, group=group, exclusive=exclusive, description=told)

    def _look_at_some(self, in_sight: Sequence[CaseloadRow], everybody: Sequence[CaseloadRow]) -> None:
        if self._watching.look(in_sight, everybody):
            self._show()

    def _read_again(self, rows: Sequence[CaseloadRow]) -> None:
        changed = False
        for row in rows:
            with suppress(MarkTermError):  # The look at everybody tells of it.
                changed |= self._centre.caseload.refresh_one(row.folder) is not row
        if changed:
            self._show()
