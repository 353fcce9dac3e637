"""The figures of a report as they are asked for, read and shown; and what lies behind a row of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from itertools import islice

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static
from textual.worker import get_current_worker

from markterm.centre.centre import Centre
from markterm.centre.reports import AXES
from markterm.domain.assessed.member import Role
from markterm.domain.reports.asked import Asked
from markterm.domain.reports.report import Entry
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.tui.blindfold import Blindfold
from markterm.tui.command import keyed
from markterm.tui.reports import asking
from markterm.tui.reports.asking import Asking, Choice
from markterm.tui.reports.behind import MOST, BehindList
from markterm.tui.reports.laid_out import LaidOut, laid_out
from markterm.tui.reports.table import ReportTable
from markterm.tui.reports.words import NOTHING, asked_content, said_content
from markterm.tui.requests import Failed, LeaveArea, OpenLearner, ask, tell
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.fitted import Fitted
from markterm.tui.widgets.how_far import Far, say_far, stepping, telling
from markterm.tui.widgets.line_list import LineList
from markterm.tui.widgets.reading import ReadingScreen

_ALL_NAMES = sum(len(each) + 2 for each in AXES) + 2


class Figures(Vertical):
    """A report as a table with bars beside it, or what lies behind a row of it."""

    DEFAULT_CSS = """
    Figures { height: 1fr; }
    Figures > #title { height: 1; background: $panel; padding: 0 1; }
    Figures > #names { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    Figures > #asked { height: auto; max-height: 2; padding: 0 1; color: $quiet; }
    Figures > #columns { height: 1; color: $quiet; text-wrap: nowrap; text-overflow: ellipsis; }
    Figures > #nothing { height: 1fr; padding: 1 2; color: $quiet; display: none; }
    Figures > #behind { display: none; }
    Figures > #said { height: auto; max-height: 8; padding: 0 1; border-top: hkey $panel; }
    Figures.-behind > #behind { display: block; }
    Figures.-behind > #table { display: none; }
    Figures.-nothing > #nothing { display: block; }
    Figures.-nothing > #table { display: none; }
    Figures.-nothing > #columns { display: none; }
    """

    def __init__(self, centre: Centre, blindfold: Blindfold) -> None:
        super().__init__()
        self._centre = centre
        self._blindfold = blindfold
        self.asking = Asking()
        """What is asked."""
        self._made: dict[str, tuple[Asked, LaidOut]] = {}
        self._names: dict[str, str] = {}
        self.is_looking = False
        """Whether records are being read, or counted."""
        self.is_behind = False
        """Whether what lies behind a row is shown."""

    def compose(self) -> ComposeResult:
        """Who reads, the reports by their names, what is asked, the figures, what is said of them, and the keys."""
        yield Static(id="title")
        yield Static(id="names")
        yield Fitted(id="asked")
        yield Static(id="columns")
        yield ReportTable()
        yield BehindList(self._blindfold, lambda learner: self._names.get(learner, ""))
        yield Static(id="nothing")
        yield Fitted(id="said")

    def resume(self) -> None:
        """Look again: something was done since it was seen last. What is known is shown until then."""
        self.look()

    def on_resize(self) -> None:
        """The columns depend on the width."""
        self.call_after_refresh(self._show_titles)

    def draw_anew(self) -> None:
        """Show the same learners by name, or without, and who reads."""
        if self.is_mounted:
            self._show_titles()
            self.query_one(BehindList).refresh()

    # Looking

    def look(self, *, read: bool = True) -> None:
        """Make the report that is asked for in the background; first `read` what changed in the records since."""
        self.is_looking = True
        self._show()
        self._look(read=read)

    @work(thread=True, exclusive=True, group="reports")
    def _look(self, *, read: bool) -> None:
        worker = get_current_worker()
        name, asked, reports = self.asking.name, self.asking.now, self._centre.reports
        try:
            if read:
                begun = Far("read", 0, reports.steps(name), stop="{reports.stop} stops")
                for _ in stepping(reports.looking(name), begun, telling(self, self.say_doing)):
                    if worker.is_cancelled:
                        return
            laid = laid_out(reports.made(name, asked))
            self._blindfold.learn_names()
            names = {row.registration: self._blindfold.who(row) for row in self._centre.caseload.rows}
            if not worker.is_cancelled:
                self.app.call_from_thread(self._take, name, asked, laid, names)
        except MarkTermError as error:
            self.app.call_from_thread(tell, self, Failed(error))
            self.app.call_from_thread(self.stop)

    def _take(self, name: str, asked: Asked, laid: LaidOut, names: dict[str, str]) -> None:
        before = self.query_one(ReportTable).selected
        self._made[name] = asked, laid
        self._names = names
        self.is_looking = False
        say_far(self, None)
        # What lies behind a row that is not there any more is not taken for that of another.
        self.is_behind = self.is_behind and before is not None and laid.same(before) is not None
        self._show()
        if self.is_behind:
            self.list_behind()

    def say_doing(self, far: Far | None) -> None:
        """Say how far reading is, unless it was stopped."""
        if self.is_looking:
            say_far(self, far)

    def stop(self) -> None:
        """Read no further: what was read before stays."""
        self.workers.cancel_group(self, "reports")
        self.is_looking = False
        say_far(self, None)
        self._show()

    # Showing

    @property
    def _laid(self) -> LaidOut | None:
        """The report as it was made last for what is asked; None before it is."""
        asked, laid = self._made.get(self.asking.name, (None, None))
        return laid if asked == self.asking.now else None

    def _show(self) -> None:
        if not self.is_mounted:
            return
        laid, table = self._laid, self.query_one(ReportTable)
        table.show(laid)
        self.set_class(self.is_behind, "-behind")
        self.set_class(not self.is_behind and not table.line_count(), "-nothing")
        if laid is None:
            stopped = keyed("It was not counted. {reports.refresh} reads the records and counts.")
            words = "The records are being read and counted." if self.is_looking else stopped
        elif self.asking.is_narrowed:
            words = keyed("Nothing of that was recorded. {reports.everything} shows everything.")
        else:
            words = keyed(NOTHING[self.asking.name])
        self.query_one("#nothing", Static).update(Content(words))
        self.screen.set_focus(self.query_one(BehindList) if self.is_behind else table)
        self._show_titles()

    def _show_titles(self) -> None:
        member, width = self._centre.member, self._width
        who = f"as {one_line(member.id)}" if member is not None else "reading only"
        pieces: list[Content | str] = [Content.styled("Reports  ", "bold $primary"), who]
        if self._blindfold.blind is not None:
            pieces.append(Content.styled("   blind", "bold $accent"))
        self.query_one("#title", Static).update(Content.assemble(*pieces), layout=False)
        # All of them are in sight in 60 columns, too.
        edge, between = (" ", "") if width >= _ALL_NAMES else ("", " ")
        names = (
            Content.styled(
                f"{edge}{each.capitalize()}{edge}", "bold reverse $primary" if each == self.asking.name else "$quiet"
            )
            for each in AXES
        )
        self.query_one("#names", Static).update(Content(between).join(names), layout=False)
        table, behind = self.query_one(ReportTable), self.query_one(BehindList)
        asked = asked_content(self.asking.now, self.asking.useless)
        self.query_one("#asked", Static).update(Content(table.row_in_words) if self.is_behind else asked)
        columns = behind.header(width) if self.is_behind else table.header(width)
        self.query_one("#columns", Static).update(Content(columns), layout=False)
        self._show_said()
        self.screen.refresh_bindings()

    @on(LineList.Moved)
    def _show_said(self) -> None:
        laid, table, behind = self._laid, self.query_one(ReportTable), self.query_one(BehindList)
        said = self.query_one("#said", Static)
        said.display = laid is not None
        if laid is None:
            return
        if self.is_behind:
            said.update(said_content(behind.told, (), ()))
        else:
            row = table.selected
            notes = laid.report.notes if self.screen.has_class("-high") else ()
            told = (table.left_out(self._width), row.said) if row is not None else ()
            said.update(said_content("\n".join(filter(None, told)), laid.report.warnings, notes))

    @property
    def _width(self) -> int:
        """How many cells a line of a list has."""
        return max(self.size.width - 1, 20)

    @property
    def is_narrowed(self) -> bool:
        """Whether only a part of what there is is asked for."""
        return self.asking.is_narrowed

    @property
    def can_be_plotted(self) -> bool:
        """Whether there is a figure that bars could show."""
        return not self.is_behind and self._laid is not None and self._laid.most > 0

    # What is done

    def turn(self, step: int) -> None:
        """Show the report so many to the right, and round again."""
        self.is_behind = False
        self.asking.turn(step)
        self.look()

    async def choose(self, title: str, choices: Callable[[], list[Choice]]) -> None:
        """Have one of these chosen, and ask that from now on."""
        try:
            found = await asyncio.to_thread(choices)
        except MarkTermError as error:
            tell(self, Failed(error))
            return

        def take(choice: int | None) -> None:
            if choice is not None:
                self.take(found[choice].asked)

        now = asking.current(found, self.asking.now)
        await self.app.push_screen(ChoiceScreen(title, [each.words for each in found], now), take)

    async def choose_by(self) -> None:
        """Have it chosen what the rows are."""
        await self.choose("By what?", lambda: asking.by_choices(self.asking.name, self.asking.now))

    async def choose_unit(self) -> None:
        """Have a unit chosen."""
        await self.choose("Of which unit?", lambda: asking.unit_choices(self._centre, self.asking.now))

    async def choose_member(self, role: Role) -> None:
        """Have an assessor or a verifier chosen."""
        await self.choose(f"Of which {role}?", lambda: asking.member_choices(self._centre, self.asking.now, role))

    async def choose_days(self) -> None:
        """Have some days chosen."""
        await self.choose("Of which days?", lambda: asking.day_choices(self._centre, self.asking.now))

    async def choose_kind(self) -> None:
        """Have it chosen which of what lies behind the row is listed."""
        behind = self.query_one(BehindList)
        kinds = sorted(behind.kinds.items())
        words = [f"everything, {sum(count for _, count in kinds):,}", *(f"{kind}, {count:,}" for kind, count in kinds)]

        def take(choice: int | None) -> None:
            if choice is not None:
                behind.narrow(kinds[choice - 1][0] if choice else "")
                self._show_said()

        await self.app.push_screen(ChoiceScreen("Only what?", words), take)

    def show_everything(self) -> None:
        """Ask for everything again."""
        self.take(Asked(self.asking.now.by))

    def take(self, asked: Asked) -> None:
        """Ask that from now on: of what was read already it is counted anew."""
        self.asking.take(asked)
        self.is_behind = False
        self.look(read=self.asking.name not in self._made)

    def turn_plot(self) -> None:
        """Show the bars instead of the other figures, or the figures again."""
        table = self.query_one(ReportTable)
        table.is_plot = not table.is_plot
        table.refresh()
        self._show_titles()

    async def tell_how_counted(self) -> None:
        """Show how it is counted, and what could not be."""
        laid = self._laid
        if laid is not None:
            text = said_content("", laid.report.warnings, laid.report.notes, apart=True)
            await self.app.push_screen(ReadingScreen(laid.report.title, text))

    @on(LineList.Chosen)
    async def go_into(self) -> None:
        """From a row to what lies behind it, and from there to the learner."""
        if self.is_behind:
            await self._open_learner()
        elif self.query_one(ReportTable).selected is not None:
            self.list_behind()

    @work(thread=True, exclusive=True, group="behind")
    def list_behind(self) -> None:
        """List what lies behind the row under the cursor, in the background."""
        worker, row = get_current_worker(), self.query_one(ReportTable).selected
        entries = tuple(islice(row.behind(), MOST)) if row is not None else ()
        if not worker.is_cancelled:
            self.app.call_from_thread(self._take_behind, entries)

    def _take_behind(self, entries: Sequence[Entry]) -> None:
        self.is_behind = bool(entries)
        if not entries:
            self.app.notify("Nothing lies behind this row that could be listed.", markup=False)
        self.query_one(BehindList).show(entries)
        self._show()

    async def _open_learner(self) -> None:
        entry = self.query_one(BehindList).selected
        if entry is None:
            return
        if not entry.learner:
            self.app.notify("It is of the centre, and of no learner.", markup=False)
            return
        number = entry.criterion
        if not number:
            units = await asyncio.to_thread(lambda: self._centre.sheets.units.units)
            unit = units.get(entry.unit.code)
            number = next((each.number for each in unit.criteria), "") if unit is not None else ""
        await ask(self, OpenLearner(entry.learner, (entry.unit.code, number) if number else None))

    async def leave(self) -> None:
        """From what lies behind a row back to the row, from the reports to the caseload."""
        if self.is_behind:
            self.is_behind = False
            self._show()
        else:
            await ask(self, LeaveArea())
