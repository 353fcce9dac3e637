"""The plan: what is to be verified, by whom until when, and why."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import date
from typing import Any

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import get_current_worker

from markterm.centre.centre import Centre
from markterm.centre.export.shown import Place
from markterm.domain.record.plans import Key, StandingPlan
from markterm.domain.sampling.assessed_learner import Assessed
from markterm.domain.views.filter_words import FilterWords
from markterm.domain.views.plan_lines import PlanLine
from markterm.domain.words.errors import MarkTermError
from markterm.tui.blindfold import Blindfold
from markterm.tui.command import Command, WithCommands, bindings
from markterm.tui.deciding_first import DecidingFirst
from markterm.tui.requests import Failed, OpenSample, ShowWhySampled, ask, tell
from markterm.tui.samples.here import Planned, told_of_plan
from markterm.tui.samples.pane import STOPS, SamplesPane
from markterm.tui.samples.plan_changes import PlanChanges
from markterm.tui.samples.plan_commands import COMMANDS
from markterm.tui.samples.plan_detail import detail
from markterm.tui.samples.plan_table import PlanTable
from markterm.tui.samples.proposal import ProposalScreen
from markterm.tui.samples.shown_plan import PlanRead, ShownPlan
from markterm.tui.widgets.how_far import Far, stepping, telling
from markterm.tui.widgets.line_list import LineList

_GLANCE_EVERY = 3.0


class PlanPane(WithCommands, SamplesPane):
    """The sampling plan, with where each sample stands, why it is in it, and what the drawn part proves."""

    NAME = "Plan"
    PLACE = Place.PLAN
    FILTER_FOR = "name, registration, unit:501 state:overdue assessor:asha verifier:ines risk:red drawn:yes"
    DEFAULT_CSS = """
    PlanPane > .proves { height: auto; max-height: 3; padding: 0 1; color: $quiet; }
    """
    DOES = COMMANDS
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre, blindfold: Blindfold, deciding: DecidingFirst) -> None:
        super().__init__(centre, blindfold)
        self._deciding = deciding
        self.shown = ShownPlan(blindfold)
        """What is known of the plan, and what is shown of it."""
        self.changes = PlanChanges(self, centre, blindfold, self.shown, self._read_plan, self.say_far)
        """What asks for a change by hand, and records it."""
        self._period: tuple[date, date] | None = None
        self._assessed = Assessed()

    def compose(self) -> ComposeResult:
        """The columns and lines, why the sample under the cursor is in the plan, and what the plan proves."""
        yield from super().compose()
        yield Static(classes="proves")

    def on_mount(self) -> None:
        """See now and then whether somebody else changed the plan."""
        self.set_interval(_GLANCE_EVERY, self._glance)

    def on_resize(self) -> None:
        """The columns and what is said below depend on the width."""
        self.call_after_refresh(self._show_columns)

    @property
    def period(self) -> tuple[date, date] | None:
        """The days of the plan that is shown."""
        return self._period

    def tells(self) -> tuple[type[Command[Any]], ...]:
        """What it does itself."""
        return self.DOES

    def told_here(self) -> Iterable[tuple[str, str]]:
        """What can be done with the sample under the cursor, or with what is marked."""
        table = self.query_one(PlanTable)
        at = Planned(
            is_sample=table.selected is not None,
            is_taken_out=table.taken_out is not None,
            marked=self.shown.marked_count,
            has_samples=self.shown.has_samples,
        )
        return told_of_plan(at, self.centre.member)

    def lines(self) -> Widget:
        """The samples."""
        return PlanTable()

    @property
    def told(self) -> str:
        """Which plan it is, and what is left to do."""
        return self.shown.told

    # Reading

    @work(thread=True, exclusive=True, group="plan")
    def look(self) -> None:
        """Read the plan, and then where each of its samples stands: what was not read yet says so."""
        worker, centre = get_current_worker(), self.centre
        try:
            stands = centre.plan.of(self._period)
            self.app.call_from_thread(self._take, self._reading(stands))
            assessed = Assessed()
            begun = Far("looked at", 0, len(centre.caseload.rows), "learner", stop=STOPS)
            for _ in stepping(centre.caseload.refresh(), begun, telling(self, self.say_far)):
                if worker.is_cancelled:
                    return
            begun = Far("read", 0, len(centre.caseload.rows), stop=STOPS)
            for _ in stepping(centre.assessed.reading(assessed), begun, telling(self, self.say_far)):
                if worker.is_cancelled:
                    return
            centre.assessed.save()
            self.app.call_from_thread(self._take, self._reading(stands, assessed), assessed)
        except MarkTermError as error:
            self.app.call_from_thread(self.say_unread, error)

    def _reading(self, stands: StandingPlan, assessed: Assessed | None = None) -> PlanRead:
        table = self.centre.plan.table(assessed or self._assessed, stands, also_without=True)
        return PlanRead(stands, self.centre.plan.before(stands), table)

    async def _read_plan(self) -> None:
        """Read the plan again, as it was changed a moment ago. Raises `MarkTermError`."""
        stands = await asyncio.to_thread(self.centre.plan.of, self._period)
        self._take(await asyncio.to_thread(self._reading, stands))

    @work(exclusive=True, group="glance")
    async def _glance(self) -> None:
        """Show what somebody else changed in the plan since it was read."""
        if not self.display or self.app.screen is not self.screen or self.shown.stands is None:
            return
        try:
            stands = await asyncio.to_thread(self.centre.plan.of, self.shown.stands.period)
            if stands != self.shown.stands:
                self._take(await asyncio.to_thread(self._reading, stands))
        except MarkTermError:
            return  # A share that is away for a moment: the next change will say so if it stays away.

    def _take(self, read: PlanRead, assessed: Assessed | None = None) -> None:
        if assessed is not None:
            self._assessed = assessed
            self.say_far(None)
        self._period = read.stands.period
        names = {row.registration: row.name for row in self.centre.caseload.rows}
        self.shown.take(read, names)
        self.show()

    def show(self) -> None:
        """Draw what is different."""
        table = self.query_one(PlanTable)
        table.show(self.shown.entries, self.shown.marked)
        self.screen.refresh_bindings()
        self.say_nothing(self.shown.nothing)
        self._show_columns()
        self._show_detail()
        self.query_one(".proves", Static).update(Content(self._proves()))
        self.post_message(self.Told())

    def draw_anew(self) -> None:
        """Show the same learners by name, or without."""
        self.shown.draw_anew()
        self.show()

    def narrow(self, text: str) -> None:
        """Show only what this filter finds."""
        super().narrow(text)
        self.shown.narrow(text)
        self.show()

    @property
    def knows(self) -> FilterWords:
        """The fields and values of its filter, with what is listed now."""
        return self.shown.knows

    @property
    def order(self) -> str:
        """What it is sorted by."""
        return self.shown.order.value

    def sort_next(self) -> None:
        """Sort by the next order."""
        self.shown.sort_next()
        self.show()

    def _show_columns(self) -> None:
        self.say_columns(self.query_one(PlanTable).header(max(self.size.width - 1, 20)))
        self._show_detail()

    @on(LineList.Moved)
    def _show_detail(self) -> None:
        line = self.query_one(PlanTable).selected
        self.say_about(
            Content("\n").join(detail(line, self.blindfold, self._deciding.who, self.size.width - 2))
            if line is not None
            else Content()
        )

    def _proves(self) -> str:
        table, stands = self.shown.table, self.shown.stands
        if table is None or stands is None or not table.rows:
            return ""
        beside = f" Beside the samples: {table.beside.in_short}." if table.beside.in_short else ""
        return f"{table.proves} {table.of_others}{beside}"

    # Doing

    @property
    def to_change(self) -> tuple[PlanLine, ...]:
        """The samples that are marked, as far as they are shown; without any the one under the cursor."""
        selected = self.query_one(PlanTable).selected
        return self.shown.to_change or ((selected,) if selected is not None else ())

    @property
    def taken_out(self) -> Key | None:
        """What was taken out by hand, where the cursor is on it."""
        return self.query_one(PlanTable).taken_out

    async def assign(self) -> None:
        """Give what is to be changed to another verifier."""
        await self.changes.assign(self.to_change, self._assessed)

    async def show_why(self) -> None:
        """Show why the sample under the cursor is in the plan."""
        line = self.query_one(PlanTable).selected
        key = line.row.sample.key if line is not None else self.taken_out
        if key is not None:
            await self._tell_why(key)

    async def _tell_why(self, key: Key) -> None:
        asked = ShowWhySampled(*key, self.shown.stands)
        what = "why it was sampled may tell what the assessor decided"
        await self._deciding.before_it_tells(self.screen, what, (*key, ""), lambda: ask(self, asked))

    async def ask_why_of(self) -> None:
        """Ask for a learner's unit, and show why it is in the plan or is not."""

        async def found(key: Key | None) -> None:
            if key is not None:
                await self._tell_why(key)

        await self.changes.find_unit("Why is which unit of which learner in the plan, or not?", found)

    def mark_line(self) -> None:
        """Mark the sample under the cursor, and go on to the next."""
        table = self.query_one(PlanTable)
        if table.selected is not None:
            self.shown.turn_mark(table.selected.row.sample.key)
            table.refresh_index(table.cursor)
            table.action_move(1)
            self.post_message(self.Told())

    async def propose(self) -> None:
        """Show what is proposed for these days, and then the plan that was adopted."""
        if self.shown.stands is None:
            return

        def adopted(period: tuple[date, date] | None) -> None:
            if period is not None:
                self._period = period
                self.look()

        proposal = ProposalScreen(self.centre, self.blindfold, self.shown.stands.period)
        what = "why units are proposed may tell what the assessors decided"

        async def show() -> None:
            await self.app.push_screen(proposal, adopted)

        await self._deciding.before_it_tells_of_many(self.screen, what, show)

    async def turn_period(self, step: int) -> None:
        """Show the plan that comes so many after this one; of today where there is none."""
        if self.shown.stands is None:
            return
        try:
            plans = await asyncio.to_thread(self.centre.plan.every)
        except MarkTermError as error:
            tell(self, Failed(error))
            return
        periods = sorted({each.period for each in plans} | {self.shown.stands.period})
        place = periods.index(self.shown.stands.period) + step
        if not 0 <= place < len(periods):
            self.app.notify("No plan was adopted for the days beyond.", markup=False)
            return
        self._period = periods[place]
        self.look()

    @on(LineList.Chosen)
    async def open_clicked(self, event: LineList.Chosen) -> None:
        """A click opens, as Enter does."""
        event.stop()
        await self.open_selected()

    @property
    def place(self) -> tuple[str, str, str] | None:
        """The learner and the unit of the sample under the cursor."""
        line = self.query_one(PlanTable).selected
        if line is None:
            return None
        unit = line.row.unit.unit if line.row.unit is not None else line.row.sample.planned.unit
        return line.registration, unit, ""

    async def open_selected(self) -> None:
        """Open the sample under the cursor."""
        if self.place is not None:
            await ask(self, OpenSample(*self.place))
