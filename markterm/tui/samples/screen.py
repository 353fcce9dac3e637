"""Area 3, verifying: the queue, the sampling plan and the actions, one list at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from markterm.centre.centre import Centre
from markterm.centre.export.shown import OnScreen
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.tui import requests
from markterm.tui.blindfold import Blindfold
from markterm.tui.command import Command, WithCommands, bindings
from markterm.tui.deciding_first import DecidingFirst
from markterm.tui.requests import Failed, LeaveArea, OpenLearner, ask, tell
from markterm.tui.samples.actions import ActionsPane
from markterm.tui.samples.pane import SamplesPane
from markterm.tui.samples.plan import PlanPane
from markterm.tui.samples.queue import QueuePane
from markterm.tui.settings import OwnSettings
from markterm.tui.widgets.filter_field import FilterField
from markterm.tui.widgets.history import history_content
from markterm.tui.widgets.key_bar import KeyBar
from markterm.tui.widgets.line_list import LineList, up_and_down
from markterm.tui.widgets.notice_line import NoticeRow
from markterm.tui.widgets.reading import ReadingScreen
from markterm.tui.widgets.text_field import settled
from markterm.tui.widgets.totals_line import TotalsLine


class NextList(Command["SamplesScreen"]):
    """The list to the right."""

    id, key, label, words = "samples.next-list", "tab", "list", "Queue, plan, actions: the next list"

    async def run(self, on: SamplesScreen) -> None:
        on.turn(1)


class ListBefore(Command["SamplesScreen"]):
    """The list to the left."""

    id, key, words = "samples.previous-list", "shift+tab", "Queue, plan, actions: the list before"

    async def run(self, on: SamplesScreen) -> None:
        on.turn(-1)


class Filter(Command["SamplesScreen"]):
    """Write a filter for the list that is shown."""

    id, key, label, words = "samples.filter", "slash", "filter", "Narrow the list"

    def works(self, on: SamplesScreen) -> bool:
        return not on.is_writing

    async def run(self, on: SamplesScreen) -> None:
        on.write_filter()


class KeepFilter(Command["SamplesScreen"]):
    """Keep the filter and go to the lines."""

    id, key, label, words = "samples.keep-filter", "enter", "keep", "Keep the filter"
    priority = True

    def works(self, on: SamplesScreen) -> bool:
        return on.is_writing

    async def run(self, on: SamplesScreen) -> None:
        await on.keep_filter()


class Clear(Command["SamplesScreen"]):
    """Clear the filter, stop reading, or go back."""

    id, key, words = "samples.clear", "escape", "Clear the filter; stop reading; back"

    async def run(self, on: SamplesScreen) -> None:
        await on.clear()


class Sort(Command["SamplesScreen"]):
    """Sort by the next order."""

    id, key, words = "samples.sort", "s", "Sort the list by something else"

    def works(self, on: SamplesScreen) -> bool:
        return bool(on.pane.order) and not on.is_writing

    async def run(self, on: SamplesScreen) -> None:
        on.pane.sort_next()


class ShowLearner(Command["SamplesScreen"]):
    """Open the learner's record at what the line is about."""

    id, key, words = "samples.learner", "o", "Open the learner's record at what this line is about"

    async def run(self, on: SamplesScreen) -> None:
        if (place := on.pane.place) is not None:
            await on.show_learner(*place)


class ShowHistory(Command["SamplesScreen"]):
    """Everything that happened to what the line is about."""

    id, key, words = "samples.history", "l", "Everything that happened to what this line is about"

    async def run(self, on: SamplesScreen) -> None:
        await on.show_history()


class ShowAlike(Command["SamplesScreen"]):
    """What the work of several learners has in common."""

    id, key, label, words = "samples.alike", "equals_sign", "alike", "Passages that learners' work has in common"

    async def run(self, on: SamplesScreen) -> None:
        await ask(on, requests.ShowAlike())


class LookAgain(Command["SamplesScreen"]):
    """Read the list again."""

    id, key, words = "samples.refresh", "ctrl+r", "Read the records again"

    async def run(self, on: SamplesScreen) -> None:
        on.pane.forget()
        on.pane.look()


class Leave(Command["SamplesScreen"]):
    """Back to the caseload."""

    id, key, label, words = "samples.leave", "q", "back", "Back to the caseload"

    async def run(self, on: SamplesScreen) -> None:
        await ask(on, LeaveArea())


class SamplesScreen(WithCommands, Screen[None]):
    """Three lists of a verifier; each keeps its place while another is looked at."""

    TITLE = "Verifying"
    HELP = (
        "What there is for verifiers to do. {samples.next-list} and {samples.previous-list} go from the queue to the "
        "sampling plan and to the actions. {samples.leave} goes back to the caseload.\n"
        "On each line {samples.learner} shows the learner's record at what it is about, and {marking.leave} comes back "
        "here; {samples.history} shows everything that happened to it. {samples.alike} shows passages that the work of "
        "several learners has in common.\n"
        "The queue has what waits for you first, then what anybody may take, each by its day. {queue.open} opens it; "
        "{queue.others} shows also what others were given, and what is not yours to take, with why. "
        "{queue.decide-first} makes the samples that are opened next independent second assessments. {samples.filter} "
        "narrows it by words, and by unit: assessor: verifier: and waiting: with look, verify or accept; a minus turns "
        "one round.\n"
        "Actions are listed by where they stand. {action.accept} accepts what is done, {action.again} sends it back, "
        "{action.reassign} gives it to another member, {action.done} says that one of yours is done; {action.wider} "
        "lists the same criterion by the same assessor elsewhere, and samples what is in. {action.mine} leaves only "
        "what you own or set, {action.finished} shows accepted ones too; the filter knows owner: unit: and state: with "
        "overdue, done, open, reassigned, accepted, and left for owners who left."
    )
    DEFAULT_CSS = """
    SamplesScreen { background: $background; color: $foreground; }
    SamplesScreen > #title {
        height: 1; background: $panel; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis;
    }
    SamplesScreen > #lists { height: 1; padding: 0 1; }
    SamplesScreen > #filter, SamplesScreen > #filter:focus {
        height: 1; border: none; padding: 0 1; background: $surface;
    }
    """
    DOES = (
        KeepFilter,
        NextList,
        ListBefore,
        Filter,
        Sort,
        *up_and_down("samples", "line"),
        ShowLearner,
        ShowHistory,
        ShowAlike,
        LookAgain,
        Clear,
        Leave,
    )
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre, blindfold: Blindfold, settings: OwnSettings) -> None:
        super().__init__()
        self._centre = centre
        self._blindfold = blindfold
        self._deciding = DecidingFirst(centre, settings)
        self.queue = QueuePane(centre, blindfold, self._deciding)
        """What waits for the verifier, as they have it listed."""
        self._panes: tuple[SamplesPane, ...] = (
            self.queue,
            PlanPane(centre, blindfold, self._deciding),
            ActionsPane(centre, blindfold, self._deciding),
        )
        self.pane: SamplesPane = self._panes[0]
        """The list that is shown."""

    @property
    def to_export(self) -> OnScreen:
        """The list that is shown, and what is under its cursor."""
        registration, unit, _ = (self.pane.place if self.is_mounted else None) or ("", "", "")
        return OnScreen(self.pane.PLACE, period=self.pane.period, answers={"unit": unit, "learners": registration})

    def compose(self) -> ComposeResult:
        """Who verifies, the lists by their names, the list that is shown, and the keys."""
        yield Static(id="title")
        yield Static(id="lists")
        yield from self._panes
        yield TotalsLine()
        yield FilterField(id="filter")
        yield NoticeRow()
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin with the queue."""
        self._show(self.pane)
        # Not by its message: the lines would come a picture later than the letter.
        self.watch(self.query_one("#filter", Input), "value", self._narrow, init=False)

    def on_screen_resume(self) -> None:
        """Look again whenever the screen is returned to: something was done since."""
        self.call_after_refresh(self.pane.look)

    def on_resize(self) -> None:
        """The titles depend on the width."""
        self.call_after_refresh(self.show_titles)

    def draw_anew(self) -> None:
        """Show the same learners by name, or without."""
        for pane in self._panes:
            pane.draw_anew()
        self.show_titles()

    @property
    def tells_first(self) -> Sequence[str]:
        """What is done in the list that is shown, or in its filter, and how to get to the next one."""
        first, *others = (each.id for each in self.pane.tells())
        return KeepFilter.id, first, NextList.id, *others

    @property
    def tells_now(self) -> Iterable[tuple[str, str]] | None:
        """What can be done with the line under the cursor; while the filter is written, what is done with that."""
        if self.is_writing or not self.is_mounted:
            return None
        always = (("samples.alike", "alike work"), ("samples.sort", "sort"), ("samples.leave", "back"))
        return (*self.pane.told_here(), *always)

    @on(LineList.Moved)
    def _tell_keys(self) -> None:
        """Tell of the keys what is different on this line."""
        self.query_one(KeyBar).follow()

    async def show_learner(self, registration: str, unit_code: str, criterion: str) -> None:
        """Open the learner's record there; after a question where whoever verifies decides first and has not yet."""
        asked = OpenLearner(registration, (unit_code, criterion or None))
        what = "the record tells what the assessor decided"
        await self._deciding.before_it_tells(self, what, (registration, unit_code, ""), lambda: ask(self, asked))

    async def show_history(self) -> None:
        """Show everything that happened to the criterion or the unit that the line is about; as carefully."""
        if (place := self.pane.place) is not None:
            what = "its history tells what the assessor decided"
            await self._deciding.before_it_tells(self, what, place, lambda: self._show_history(*place))

    async def _show_history(self, registration: str, unit_code: str, criterion: str) -> None:
        try:
            shown = await asyncio.to_thread(self._centre.learners.portfolio, registration)
            unit = shown.unit(unit_code)
        except MarkTermError as error:
            tell(self, Failed(error))
            return
        title = one_line(f"History of {unit.code} {criterion}".rstrip() + f", {self._blindfold.known_as(registration)}")
        await self.app.push_screen(ReadingScreen(title, history_content(shown, unit.key, criterion)))

    def who_changed(self) -> None:
        """Somebody else verifies from now on."""
        self.show_titles()
        self.pane.look()

    @on(QueuePane.ActionWanted)
    def show_action(self, wanted: QueuePane.ActionWanted) -> None:
        """Show the actions, at what is done there and waits to be accepted."""
        actions = next(each for each in self._panes if isinstance(each, ActionsPane))
        self._show(actions)
        actions.go_to(wanted.registration, wanted.unit_code, wanted.criterion)
        actions.look()

    def turn(self, step: int) -> None:
        """Show the list so many to the right, and round again."""
        pane = self._panes[(self._panes.index(self.pane) + step) % len(self._panes)]
        self._show(pane)
        pane.look()

    def _show(self, pane: SamplesPane) -> None:
        self.pane = pane
        for each in self._panes:
            each.display = each is pane
        field = self.query_one("#filter", FilterField)
        field.placeholder = pane.FILTER_FOR
        field.knows = pane.knows
        field.value = pane.filtered
        field.display = bool(pane.filtered)
        pane.take_keys()
        self.show_titles()
        self.refresh_bindings()

    @property
    def is_writing(self) -> bool:
        """Whether the filter has the keys."""
        return self.focused is not None and self.focused.id == "filter"

    def write_filter(self) -> None:
        """Give the filter the keys."""
        field = self.query_one("#filter", FilterField)
        field.knows = self.pane.knows
        field.display = True
        self.set_focus(field)

    async def keep_filter(self) -> None:
        """Keep the filter and go to the lines."""
        field = self.query_one("#filter", Input)
        await settled(field)
        field.display = bool(field.value.strip())
        self.pane.take_keys()
        self.call_after_refresh(self.show_titles)

    async def clear(self) -> None:
        """Clear the filter, stop reading, or go back."""
        field = self.query_one("#filter", Input)
        if not field.display and self.pane.is_reading:
            self.pane.stop()
            return
        if not field.display:
            await Leave().run(self)
            return
        field.value = ""
        field.display = False
        self.pane.take_keys()
        self.call_after_refresh(self.show_titles)

    def _narrow(self, text: str) -> None:
        if text != self.pane.filtered:
            self.pane.narrow(text)
            self.show_titles()

    @on(SamplesPane.Told)
    def show_titles(self) -> None:
        """Who verifies, which list this is of which, and below it how much is left."""
        member, pane = self._centre.member, self.pane
        who = f"as {one_line(member.id)}" if member is not None else "reading only"
        pieces: list[Content | str] = [Content.styled("Verifying  ", "bold $primary")]
        if self._blindfold.blind is not None:
            pieces.append(Content.styled("blind   ", "bold $accent"))
        pieces.append(who)
        self.query_one("#title", Static).update(Content.assemble(*pieces), layout=False)
        choices = self.query_one("#filter", FilterField).choices
        order = f"by {pane.order}" if pane.order and not choices else ""
        self.query_one(TotalsLine).say((pane.part_shown, choices, pane.told, order))
        names = (
            Content.styled(f" {each.NAME} ", "bold reverse $primary" if each is self.pane else "$quiet")
            for each in self._panes
        )
        self.query_one("#lists", Static).update(Content(" ").join(names), layout=False)
        self._tell_keys()
