"""The caseload: every learner, whom each one waits for, and a filter."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import nullcontext

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from markterm.centre.centre import Centre
from markterm.centre.export.shown import OnScreen, Place
from markterm.domain.assessed.member import Role
from markterm.domain.views.caseload import CaseloadRow, Order
from markterm.domain.views.caseload_filter import CASELOAD_FILTER, not_shown_in_words, units_named
from markterm.domain.views.filter_words import spelt_out, turned_round
from markterm.domain.views.totals import shown_of
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.own.saved_filters import SavedFilters
from markterm.system.collecting import keep_to_the_end, kept_from_the_start
from markterm.tui.blindfold import Blindfold
from markterm.tui.caseload.beside import BesideLearner
from markterm.tui.caseload.columns import SORTED_BY, columns_for
from markterm.tui.caseload.commands import COMMANDS, OfLearner
from markterm.tui.caseload.help import HELP
from markterm.tui.caseload.known import Known, known_now
from markterm.tui.caseload.shown_rows import ShownRows
from markterm.tui.caseload.table import CaseloadTable, ColumnTitles
from markterm.tui.caseload.title import CaseloadTitle
from markterm.tui.caseload.waits_told import WaitsTold
from markterm.tui.caseload.watched import Watched
from markterm.tui.caseload.watching import EVERY
from markterm.tui.command import WithCommands, bindings, keyed
from markterm.tui.covering import take_width
from markterm.tui.requests import Failed, OpenLearner, ask, tell
from markterm.tui.widgets.filter_field import FilterField
from markterm.tui.widgets.hearing import Heard
from markterm.tui.widgets.how_far import Far, say_far, stepping, telling
from markterm.tui.widgets.key_bar import KeyBar
from markterm.tui.widgets.line_list import LineList
from markterm.tui.widgets.notice_line import NoticeRow
from markterm.tui.widgets.text_field import settled
from markterm.tui.widgets.totals_line import TotalsLine

_TOLD_EVERY = 250
_FIRST = 100
_LEAST_WIDE = 80
"""The list has so many columns at least in any terminal that is no narrower, with the learner beside it or not."""
_FIRST_READ = 25
"""So many learners of a caseload that the index does not know are shown before the others are read."""


class CaseloadScreen(WithCommands, Screen[None]):
    """All learners in one table; Enter opens one for marking."""

    TITLE = "Caseload"
    HELP = HELP
    DEFAULT_CSS = """
    CaseloadScreen { background: $background; color: $foreground; }
    CaseloadScreen > Horizontal { height: 1fr; }
    CaseloadScreen #list { width: 1fr; }
    CaseloadScreen BesideLearner { display: none; width: 34%; max-width: 60; }
    CaseloadScreen.-wide BesideLearner { display: block; }
    CaseloadScreen.-wide BesideLearner.-nobody { display: none; }
    CaseloadScreen > #filter, CaseloadScreen > #filter:focus {
        height: 1; border: none; padding: 0 1; background: $surface;
    }
    CaseloadScreen #nobody { height: 1fr; padding: 1 2; color: $quiet; display: none; }
    CaseloadScreen.-nobody #nobody { display: block; }
    CaseloadScreen.-nobody CaseloadTable, CaseloadScreen.-nobody ColumnTitles { display: none; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012  # as Textual declares it
    DOES = COMMANDS
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre, blindfold: Blindfold, saved: SavedFilters) -> None:
        super().__init__()
        self._centre = centre
        self._saved = saved
        # Made at once: the key bar asks what is listed before the rows are in their place.
        self._table = CaseloadTable(id="caseload")
        self._shown = ShownRows()
        self._looked: Far | None = None
        self._is_read = False
        self._failed = ""
        self._watched = Watched(self, centre, self._table, self._shown, self._show_now)
        self._blindfold = blindfold
        self._beside = BesideLearner(centre, blindfold)
        self._opened: set[str] = set()
        self._listed: tuple[Sequence[CaseloadRow], tuple[str, ...]] = ((), ())
        self._waits = WaitsTold()
        self._yours: tuple[str, ...] = ()
        self._of_centre: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """The centre, the rows under their titles, the learner under the cursor, what they come to, filter and keys."""
        yield CaseloadTitle()
        with Horizontal():
            with Vertical(id="list"):
                yield ColumnTitles()
                yield self._table
                yield Static(id="nobody")
            yield self._beside
        yield TotalsLine(id="totals")
        yield FilterField("name, registration, unit:501 state:refer waiting:assessor", id="filter")
        yield NoticeRow()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show what the index knows of the first learners at once; the rest is read behind it."""
        self._begin_filter()
        self.set_interval(EVERY, lambda: None if self._looked else self._watched.look())
        caseload, blind = self._centre.caseload, self._blindfold.blind is not None
        # Labels are dealt out to everybody at once: those of the first learners alone would tell that they are first.
        rows, known = (caseload.rows, 0) if blind else caseload.first(_FIRST)
        self._shown.take(self._blindfold.rows(rows), known)
        self._filter()
        self._show_titles()
        # Not by its message: the rows would come a picture later than the letter.
        self.watch(self.query_one("#filter", Input), "value", self._filter, init=False)
        self.set_focus(self._table)

    def _begin_filter(self) -> None:
        """Begin with the filter that the user opens the caseload with, if any: it stands there to be seen."""
        field = self.query_one("#filter", FilterField)
        try:
            field.knows = CASELOAD_FILTER.with_saved(self._saved.by_name())
            field.value = self._saved.opens_with
        except MarkTermError as error:
            self.call_after_refresh(tell, self, Failed(error))
        field.display = bool(field.value)

    @property
    def filtered(self) -> str:
        """What the list is narrowed by, with the words of saved filters in place of their names."""
        field = self.query_one("#filter", FilterField)
        return spelt_out(field.value, field.knows.saved).strip()

    def on_screen_resume(self) -> None:
        """Look again whenever the screen is returned to: marks were made since."""
        self.call_after_refresh(self.look)

    def on_resize(self, event: events.Resize) -> None:
        """The columns depend on the width."""
        take_width(self, event.size.width)
        self.call_after_refresh(self._show_titles)
        self.call_after_refresh(self._show_totals)

    @work(thread=True, exclusive=True, group="caseload")
    def look(self, *, new_sheets: bool = False) -> None:
        """Look at every learner's folder in the background, first at those that were open for marking; with
        `new_sheets` read the mark sheets first, if they changed."""
        worker = get_current_worker()
        caseload = self._centre.caseload
        try:
            if new_sheets and self._centre.caseload.take_new_sheets():
                words = "The mark sheets changed, and were read again."
                self.app.call_from_thread(self.app.notify, words, markup=False)
            opened, self._opened = self._opened, set()
            with nullcontext() if self._is_read else kept_from_the_start():
                for row in caseload.rows:
                    if row.registration in opened:
                        caseload.refresh_one(row.folder)
                now = self._now()
            self.app.call_from_thread(self._take_all, now)
            total = caseload.count
            begun = Far("looked at", 0, total, "learner", stop="{caseload.clear} stops")
            tell_far = telling(self, self._say_looked)
            tell_far(begun if total > _TOLD_EVERY else None)
            for number in stepping(caseload.refresh(), begun, tell_far):
                if worker.is_cancelled:
                    return
                if number == _FIRST_READ and not self._shown.everybody:
                    self.app.call_from_thread(self._take_all, self._now(), total)
            caseload.save()
            member = self._centre.member
            of_centre = self._centre.due.now().of(member.id).overdue if member is not None else ()
            self.app.call_from_thread(self._looked_at_all, self._now(), of_centre)
        except MarkTermError as error:
            self.app.call_from_thread(self._say_failed, error)

    def _say_failed(self, error: MarkTermError) -> None:
        self._failed = f"{error.title}. {keyed('{caseload.refresh} tries it again.')}"
        self._say_looked(None)
        self._filter()
        tell(self, Failed(error))

    def _now(self) -> Known:
        now = known_now(self._centre, self._blindfold)
        self._shown.sort_ahead(now.rows)
        return now

    def _show_now(self) -> None:
        self.app.call_from_thread(self._take_all, self._now())

    @on(Heard)
    def look_at_heard(self, told: Heard) -> None:
        """Look at those to whose records others added."""
        self._watched.heard(told.records)

    def on_unmount(self) -> None:
        """Look at nobody any more."""
        self._watched.end()

    def draw_anew(self) -> None:
        """Show the same learners by name, or without."""
        self._take_all(self._now())

    def _say_looked(self, far: Far | None) -> None:
        self._looked = far
        say_far(self._table, far)

    def _looked_at_all(self, known: Known, of_centre: tuple[str, ...]) -> None:
        self._of_centre = of_centre
        self._beside.forget()
        if self._failed or not self._is_read:
            self._is_read, self._failed = True, ""
            self._filter()
        self._watched.begin()
        self._take_all(known)
        self._say_looked(None)
        keep_to_the_end()

    def _take_all(self, now: Known, known: int = 0) -> None:
        """Show these; `known` is how many learners there are where these are only the first."""
        field = self.query_one("#filter", FilterField)
        field.knows = now.words.with_saved(field.knows.saved)
        self._yours, self._waits.waits = now.yours, now.waits
        if self._shown.take(now.rows, known):
            self._filter()
        else:
            self._show_totals()
        self._show_titles()  # Somebody else may act, or a day have passed.

    def _filter(self) -> None:
        text, saved = self.filtered, self.query_one("#filter", FilterField).knows.saved
        # What the command line refuses lets nobody through here, and why stands where they would.
        rows = () if turned_round(text, saved) else self._shown.matching(text, self._centre.caseload.today)
        before = self._table.selected
        self._table.show(rows, self._shown.place_of(before) if before is not None and rows else None)
        self.show_beside()
        self.set_class(not rows, "-nobody")
        if not rows:
            self.query_one("#nobody", Static).update(Content(self._why_nobody()))
        self._show_totals()

    def _why_nobody(self) -> str:
        if self._shown.everybody:
            cleared = keyed("Nobody matches this filter. {caseload.clear} clears it.")
            return self.query_one("#filter", FilterField).knows.why_nothing(self.filtered, cleared)
        if self._failed or not self._is_read:
            return (
                self._failed
                or "Reading the learners' files and records. The first ones are shown as soon as they are read."
            )
        if told := self._centre.seeing.in_words:
            return told
        return keyed("No learners yet. {caseload.register} registers one, or all that a table names.")

    def _show_totals(self) -> None:
        rows, field = self._table.rows, self.query_one("#filter", FilterField)
        choices = field.choices
        is_plain = self.filtered == field.value.strip()
        is_seen = SORTED_BY in columns_for(min(self.size.width, _LEAST_WIDE) - 1).header(self._shown.order)
        told = (
            shown_of(len(rows), self._shown.total),
            choices or ("" if is_plain else f"that is {self.filtered}"),
            "" if choices else self._waits.in_words(rows),
            "" if is_seen else f"by {self._shown.order.value}",
            not_shown_in_words(self._shown.away, self.filtered),
            self._centre.seeing.in_words,
        )
        self.query_one(TotalsLine).say(told if self._shown.total else ())

    def _show_titles(self) -> None:
        member = self._centre.member
        self.query_one(CaseloadTitle).show(
            self._centre.details,
            who=f"as {one_line(member.id)}" if member is not None else "reading only",
            roles=sorted(member.roles) if member is not None else (),
            yours=(*self._yours, *self._of_centre),
            is_blind=self._blindfold.blind is not None,
        )
        self._show_order()

    def _show_order(self) -> None:
        self.query_one(ColumnTitles).order = self._shown.order
        self._table.by_due = self._shown.order is Order.DUE

    @property
    def marks(self) -> bool:
        """Whether whoever acts marks, or nobody has said yet who they are."""
        member = self._centre.member
        return member is None or Role.ASSESSOR in member.roles

    @property
    def is_writing(self) -> bool:
        """Whether the filter has the keys."""
        return self.focused is not None and self.focused.id == "filter"

    async def keep_filter(self) -> None:
        """Keep the filter and go to the rows."""
        field = self.query_one("#filter", Input)
        await settled(field)
        field.display = bool(field.value.strip())
        self.set_focus(self._table)
        self._filter()

    def was_opened(self, registration: str) -> None:
        """The learner is open for marking: their row is looked at first when the caseload is shown again, and has the
        cursor, wherever they were opened from."""
        self._opened.add(registration)
        table = self._table
        found = (place for place, row in enumerate(table.rows) if row.registration == registration)
        table.cursor = next(found, table.cursor)

    @property
    def registrations(self) -> tuple[str, ...]:
        """The learners that can be opened, in the order they are shown."""
        rows = self._table.rows
        if rows is not self._listed[0]:
            # Looked through once for these rows: the key bar asks again and again. Whose file could be read is
            # opened, and a damaged record all the same.
            self._listed = rows, tuple(row.registration for row in rows if not row.is_unread)
        return self._listed[1]

    @property
    def learner_at_hand(self) -> str:
        """Whose row is under the cursor; empty where there is none."""
        return row.registration if (row := self._table.selected) is not None else ""

    @property
    def to_export(self) -> OnScreen | None:
        """The learners that are listed, where there are any."""
        return OnScreen(Place.CASELOAD, self.registrations, self.filtered) if self.registrations else None

    @on(LineList.Moved)
    def show_beside(self) -> None:
        """Tell of the learner under the cursor, where there is room."""
        self._beside.set_class(self._table.selected is None, "-nobody")
        self._beside.show(self._table.selected)

    @on(LineList.Chosen)
    async def open_clicked(self) -> None:
        """Open the learner that was clicked."""
        await self.open_selected()

    async def open_selected(self) -> None:
        """Open the learner under the cursor."""
        row = self._table.selected
        if row is not None:
            units = units_named(row, self.filtered, self._centre.caseload.today)
            await ask(self, OpenLearner(row.registration, units=units))

    async def ask_saved(self) -> None:
        """Ask what is to be done with the saved filters."""
        from markterm.tui.caseload.saved import ask_saved

        await ask_saved(self, self._saved, self.query_one("#filter", Input).value.strip(), self._show_filter)

    def _show_filter(self, text: str, saved: Mapping[str, str]) -> None:
        """Have that filter stand in the field, where these are saved by now."""
        field = self.query_one("#filter", FilterField)
        field.knows = field.knows.with_saved(saved)
        field.value = text
        field.display = bool(text)
        self._filter()

    def write_filter(self) -> None:
        """Give the filter the keys."""
        field = self.query_one("#filter", Input)
        field.display = True
        self.set_focus(field)

    def clear(self) -> None:
        """Clear the filter, or stop looking."""
        field = self.query_one("#filter", Input)
        if field.value or field.display:
            field.value = ""
            field.display = False
            self.set_focus(self._table)
        elif self._looked:
            self.workers.cancel_group(self, "caseload")
            self._say_looked(None)

    def sort_next(self) -> None:
        """Sort by the next order."""
        self._shown.sort_next()
        self._filter()
        self._show_order()

    async def ask_across(self) -> None:
        """Ask for a unit and a criterion, and show it across all learners."""
        from markterm.tui.caseload.asking_across import ask_across

        await ask_across(self, self._centre, {unit.code for row in self._shown.everybody for unit in row.units})

    async def ask_due(self) -> None:
        """Ask until when the learner's work is due, or that of all who are shown."""
        from markterm.tui.caseload.due_day import ask_due

        if self._table.selected is not None:
            await ask_due(self, self._centre, self._table.selected, self._table.rows, self.look)

    async def ask_download(self) -> None:
        """Ask which download came in, and show it: not while names are hidden, for it is told by names."""
        from markterm.tui.caseload.receiving import ask_download

        if self._blindfold.blind is not None:
            self.app.notify("What comes in is sorted by names: not while you mark without them.", markup=False)
            return
        await ask_download(self, self._centre, self.look)

    async def ask_who(self, *, comes: bool) -> None:
        """Ask who comes to the centre, or whether the learner under the cursor leaves it."""
        from markterm.tui.caseload.registering import ask_who_comes, ask_who_leaves

        if comes:
            await ask_who_comes(self, self._centre, self.look)
        elif (row := self._table.selected) is not None:
            await ask_who_leaves(self, self._centre, row, self.look)

    async def with_selected(self, do: OfLearner) -> None:
        """Do that with the learner under the cursor, if any."""
        if (row := self._table.selected) is not None:
            await do(self, self._centre, row)

    async def leave(self) -> None:
        """Leave MarkTerm."""
        await self.app.action_quit()

    async def open_next(self) -> None:
        """Open the next criterion that waits: of the first learner below the cursor who has one, and round again."""
        table = self._table
        after = min(table.cursor + 1, len(table.rows))
        rows, filtered = (*table.rows[after:], *table.rows[:after]), self.filtered
        found = await asyncio.to_thread(self._centre.across.next_open, rows, filtered)
        if found is None:
            self.app.notify("Nothing is open: no learner in this list has a criterion to decide.", markup=False)
            return
        registration = found.shown.learner.registration
        await ask(self, OpenLearner(registration, (found.unit.code, found.criterion.number)))
