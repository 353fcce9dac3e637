"""The learner under the cursor, beside the caseload where it is wide: what waits, the units, what was done last, the
evidence, and what the learner's file notes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from textual import work
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from markterm.centre.centre import Centre
from markterm.domain.views.caseload import CaseloadRow, cpd_told
from markterm.domain.views.unit_told import far_told
from markterm.domain.words.code import short_codes
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import beginning, one_line
from markterm.domain.words.how_long import how_long
from markterm.domain.words.local_time import local
from markterm.tui.blindfold import Blindfold
from markterm.tui.local_time import date_told, day_of_this_year
from markterm.tui.signs import CPD_SIGN, NEW_SIGN, sign_of
from markterm.tui.widgets.hanging import HangingText
from markterm.tui.widgets.middle_cut import middle_cut

if TYPE_CHECKING:
    from markterm.domain.views.at_a_glance import AtAGlance

_RESTS_FOR = 0.12
"""So many seconds the cursor rests on a learner before their record is read: whoever walks through the list reads
none."""
_MOST_KEPT = 200
_MOST_DUE = 4
_LONGEST_NOTE = 2_000


class BesideLearner(Widget):
    """Tells of one learner in as many lines as there are. What the caseload knows stands there at once; what has to be
    read comes when the cursor rests."""

    DEFAULT_CSS = """
    BesideLearner { width: 1fr; height: 1fr; padding: 0 1; border-left: vkey $panel; }
    """

    def __init__(self, centre: Centre, blindfold: Blindfold) -> None:
        super().__init__()
        self._centre = centre
        self._blindfold = blindfold
        self._row: CaseloadRow | None = None
        self._known: dict[str, AtAGlance] = {}
        self._unreadable: dict[str, str] = {}
        self._resting: Timer | None = None

    def show(self, row: CaseloadRow | None) -> None:
        """Tell of the learner of that row; of nobody where there is none."""
        if row is self._row:
            return
        self._row = row
        self.refresh()
        self._rest()

    def forget(self) -> None:
        """Take nothing for known: something was done since."""
        self._known.clear()
        self._unreadable.clear()
        self._rest()

    def on_resize(self) -> None:
        """Nothing is read for a pane that is not there."""
        self._rest()

    def _rest(self) -> None:
        if self._resting is not None:
            self._resting.stop()
            self._resting = None
        if self._row is not None and not self._is_known(self._row) and self.size.height:
            self._resting = self.set_timer(_RESTS_FOR, self._read)

    def _is_known(self, row: CaseloadRow) -> bool:
        return row.folder in self._known or row.folder in self._unreadable

    @work(exclusive=True, group="beside")
    async def _read(self) -> None:
        row = self._row
        if row is None or not self.screen.is_current:
            return  # The caseload looks again when it is returned to.
        if len(self._known) + len(self._unreadable) >= _MOST_KEPT:
            self._known.clear()
            self._unreadable.clear()
        try:
            self._known[row.folder] = await asyncio.to_thread(self._centre.glances.of, row.registration)
        except MarkTermError as error:
            self._unreadable[row.folder] = f"{error.title}. {error.what}"
        if row is self._row:
            self.refresh()

    def render(self) -> Content:
        """As many lines as there is room for; the last one says that there are more."""
        width, height = self.content_size
        told = HangingText(Content("\n").join(self._lines(width))).laid_out(max(width, 1))
        lines = told.split("\n", allow_blank=True)
        if len(lines) > height:
            hidden = len(lines) - height + 1
            lines[max(height - 1, 0) :] = [Content.styled(f"… {counted(hidden, 'line')} more", "$quiet")]
        return Content("\n").join(lines)

    def _lines(self, width: int) -> Iterator[Content]:
        row = self._row
        if row is None:
            return
        yield Content.styled(middle_cut(row.alias or one_line(row.name) or "?", 2 * width), "bold")
        about = [] if row.alias else [one_line(row.registration)]
        about += [f"assessor {one_line(row.assessor)}"] * bool(row.assessor) + [one_line(row.site)] * bool(row.site)
        yield Content.styled("  ".join(about), "$quiet")
        if row.progress:
            yield Content.styled(one_line("  ".join(row.progress)), "$quiet")
        if row.problem:
            yield Content.styled(f"! {one_line(row.problem)}", "bold $warning")
        if row.left:
            yield Content.styled(f"They {row.left}.", "bold")
        known = self._known.get(row.folder)
        if known is not None and known.is_picked:
            yield Content.styled("Picked for your visit", "bold $primary")
        now = datetime.now(UTC)
        yield from self._waiting(row, now)
        yield from self._units(row, known, now)
        if row.folder in self._unreadable:
            yield from (Content(), Content.styled(one_line(self._unreadable[row.folder]), "$warning"))
        elif known is None:
            yield from (Content(), Content.styled("Reading the record …", "$quiet"))
        else:
            yield from self._evidence(row, known, width, now)
            yield from self._note(row, known)
            yield from self._acts(row, known, now)

    def _waiting(self, row: CaseloadRow, now: datetime) -> Iterator[Content]:
        yield from _titled("Waits for")
        for due in row.due[:_MOST_DUE]:
            since = f"  {how_long(due.since, now)}  {day_of_this_year(due.since, now)}" if due.since is not None else ""
            yield Content.assemble(f"  {due}", Content.styled(since, "$quiet"))
        if len(row.due) > _MOST_DUE:
            yield Content.styled(f"  and {len(row.due) - _MOST_DUE} more", "$quiet")
        if not row.due:
            yield Content("  nobody")
        if late := cpd_told(row.cpd_overdue(local(now).date())):
            yield Content.styled(f"  {CPD_SIGN} {late}, since {date_told(min(row.cpd))}", "bold $warning")

    def _units(self, row: CaseloadRow, known: AtAGlance | None, now: datetime) -> Iterator[Content]:
        if not row.units:
            return
        yield from _titled("Units")
        short = short_codes(unit.code for unit in row.units)
        for unit in row.units:
            sign = sign_of(unit)
            touched = known.touched.get(unit.code) if known is not None else None
            yield Content.assemble(
                f"  {one_line(short[unit.code])} ",
                Content.styled(sign.glyph, sign.text_style),
                f" {one_line(far_told(unit, local(now).date()))}",
                Content.styled(f"  {touched[0]} {day_of_this_year(touched[1], now)}" if touched else "", "$quiet"),
            )

    def _evidence(self, row: CaseloadRow, known: AtAGlance, width: int, now: datetime) -> Iterator[Content]:
        yield from _titled("Evidence")
        if not known.files:
            yield Content("  no files yet")
            return
        newest = f", the newest of {day_of_this_year(known.newest_at, now)}" if known.newest_at is not None else ""
        yield Content(f"  {counted(known.files, 'file')}{newest}")
        if row.new:
            yield Content.styled(f"  {NEW_SIGN} {row.new_told} since an assessor opened them", "bold $primary")
        if not row.alias:
            yield Content.styled(f"  {middle_cut(one_line(known.newest), max(width - 2, 8))}", "$quiet")

    def _note(self, row: CaseloadRow, known: AtAGlance) -> Iterator[Content]:
        # Whoever is marked blind may be known by what is noted of them.
        if known.note.strip() and not row.alias:
            yield from _titled("Noted in the learner's file")
            yield Content(f"  {one_line(beginning(known.note, _LONGEST_NOTE))}")

    def _acts(self, row: CaseloadRow, known: AtAGlance, now: datetime) -> Iterator[Content]:
        yield from _titled("Done last")
        short = short_codes({*(unit.code for unit in row.units), *(act.unit for act in known.acts)})
        for act in known.acts:
            told = " ".join(filter(None, (one_line(short[act.unit]), act.criterion, act.told)))
            yield Content.assemble(
                Content.styled(f"  {day_of_this_year(act.at, now)}  {act.actor}  ", "$quiet"),
                Content(self._blindfold.told_of(row.registration, told)),
            )
        if not known.acts:
            yield Content("  nothing yet")


def _titled(words: str) -> Iterator[Content]:
    yield Content()
    yield Content.styled(words, "bold $primary")
