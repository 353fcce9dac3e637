"""The application: areas of work, themes, settings, and what every screen shares."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, assert_never

from textual import work
from textual.app import SystemCommand
from textual.binding import Binding
from textual.filter import LineFilter
from textual.screen import Screen

from markterm.centre.centre import Centre
from markterm.domain.errors import MarkTermError, NotSaved
from markterm.domain.foreign_text import clean, one_line
from markterm.own.places import Places
from markterm.tui.blindfold import Blindfold
from markterm.tui.caseload.screen import CaseloadScreen
from markterm.tui.command import WithCommands, change_keys, key_of, keys_together, without_key
from markterm.tui.faults import FaultTellingApp
from markterm.tui.hints import error_content, next_step_of
from markterm.tui.keymap import keymap_of
from markterm.tui.keys import keys_content
from markterm.tui.marking.pasted import PastedScreen
from markterm.tui.requests import (
    BlindChanged,
    Failed,
    LearnerOpened,
    LeaveRound,
    News,
    OpenLearner,
    OpenNeighbour,
    OpenRound,
    OthersKnown,
    Request,
    ShowAcross,
    ShowCaseload,
    ShowDifferences,
    ShowFeedback,
    TakeRemark,
)
from markterm.tui.settings import OwnSettings, Settings, load_keys, unreadable
from markterm.tui.theme import DEFAULT_THEME, OWN_VARIABLES, THEMES
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.reading import ReadingScreen

if TYPE_CHECKING:
    from markterm.domain.across import Across
    from markterm.domain.assignment import Assignment
    from markterm.domain.unit import Criterion, Unit
    from markterm.tui.across.screen import AcrossScreen
    from markterm.tui.marking.screen import MarkingScreen
    from markterm.tui.requests import RecordEach


class MarkTermApp(FaultTellingApp):
    """MarkTerm on a centre that is open."""

    TITLE = "MarkTerm"
    ENABLE_COMMAND_PALETTE = True
    NOTIFICATION_TIMEOUT = 3
    # Told in passing, where it covers neither what is being written nor the keys.
    CSS = "ToastRack { dock: top; align: right top; margin: 1 0 0 0; }"
    BINDINGS: ClassVar = [
        Binding("1", "area('caseload')", "caseload", show=False, id="area.caseload", tooltip="Caseload"),
        Binding("2", "area('marking')", "marking", show=False, id="area.marking", tooltip="Marking"),
        Binding("question_mark", "show_keys", "help", key_display="?", id="app.keys", tooltip="The keys that work now"),
        Binding("comma", "settings", "settings", show=False, key_display=",", id="app.settings", tooltip="Settings"),
        Binding("W", "who", "who", show=False, id="app.who", tooltip="Who are you? Another member marks from now on"),
        Binding(
            "ctrl+q",
            "quit",
            "quit",
            show=False,
            priority=True,
            id="app.quit",
            tooltip="Leave MarkTerm; everything is saved",
        ),
        Binding(
            "ctrl+p",
            "command_palette",
            "palette",
            show=False,
            priority=True,
            id="app.palette",
            tooltip="Every command by name",
        ),
    ]

    def __init__(self, centre: Centre, places: Places | None = None, *, blind: bool = False) -> None:
        own = places or Places.of_user()
        self._own_folder = own.settings
        self.own_settings = OwnSettings(self._own_folder)
        super().__init__(own.faults)
        for theme in THEMES:
            self.register_theme(theme)
        # Before anything is drawn: a change of theme reads every style again.
        self.theme = self.settings.theme if self.settings.theme in self.available_themes else DEFAULT_THEME
        self.centre = centre
        self.blindfold = Blindfold(centre.caseload.names)
        if blind:
            self.blindfold.put_on()
        self.caseload = CaseloadScreen(centre, self.blindfold)
        self._asked_from: tuple[str, tuple[str, str]] | None = None

    @cached_property
    def marking(self) -> MarkingScreen:
        """The marking screen. Installed, it keeps its place while the caseload is looked at."""
        # A third of all that MarkTerm loads is for reading evidence: the caseload is shown before that.
        from markterm.tui.marking.screen import MarkingScreen

        screen = MarkingScreen(self.centre, self.blindfold, self.own_settings, lambda: self.caseload.registrations)
        self.install_screen(screen, "marking")
        return screen

    @cached_property
    def across(self) -> AcrossScreen:
        """One criterion across learners. Installed, it goes on looking while a learner is open."""
        from markterm.tui.across.screen import AcrossScreen

        screen = AcrossScreen(self.centre, self.blindfold)
        self.install_screen(screen, "across")
        return screen

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What everything that is drawn passes: also what covers a learner who is marked blind."""
        is_marking = "marking" in self.__dict__ and self.marking in self.screen_stack
        return (*super().get_line_filters(), *self.blindfold.filters(is_marking=is_marking))

    @property
    def settings(self) -> Settings:
        """The settings as they are now."""
        return self.own_settings.now

    async def answer(self, request: Request) -> None:
        """Do what a screen asks for; done when this returns."""
        match request:
            case OpenLearner(registration, at):
                await self.open_learner(registration, at)
            case OpenNeighbour(registration, step, at):
                await self.open_neighbour(registration, step, at)
            case ShowCaseload():
                await self.action_area("caseload")
            case ShowAcross(unit, criterion):
                await self.open_across(unit, criterion)
            case OpenRound(unit, criterion, across, registration):
                await self.open_round(unit, criterion, across, registration)
            case LeaveRound():
                await self.leave_round()
            case ShowFeedback(registration, unit, assignment, record_each):
                await self.open_feedback(registration, unit, assignment, record_each)
            case ShowDifferences(shown, unit_code, open_at):
                from markterm.tui.differences.screen import DifferencesScreen

                await self.push_screen(DifferencesScreen(self.centre, shown, unit_code, open_at))
            case TakeRemark(learner, unit, criterion, result, take):
                from markterm.tui.remarks.screen import BankScreen

                bank = BankScreen(self.centre.remarks, self.blindfold, learner, unit, criterion, result)
                await self.push_screen(bank, take)
            case _:
                assert_never(request)

    def hear(self, news: News) -> None:
        """Take in at once what a screen tells."""
        match news:
            case Failed(error):
                self.show_error(error)
            case LearnerOpened(registration):
                self.caseload.was_opened(registration)
            case OthersKnown(across):
                self.marking.work.take_across(across)
            case BlindChanged():
                self.blind_changed()
            case _:
                assert_never(news)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables, for the themes that are not ours."""
        return OWN_VARIABLES[self.current_theme.dark]

    def get_default_screen(self) -> CaseloadScreen:
        """The caseload, under everything else."""
        return self.caseload

    def on_mount(self) -> None:
        """Take the user's keys, and ask who is marking."""
        problems = unreadable(self._own_folder)
        wanted = load_keys(self._own_folder)
        keymap, wrong = keymap_of(wanted, keys_together() if wanted else [], without_key())
        self.set_keymap(keymap)
        change_keys(keymap)
        problems += map(str, wrong)
        for problem in problems:
            self.notify(clean(problem).text, title="Your settings", severity="warning", timeout=8, markup=False)
        if self.centre.member is not None:
            # Named when the screen was opened: from now on on this machine.
            self.centre.remember_member()
        elif self.centre.details.members:
            gone = self.centre.act_as_remembered()
            if self.centre.member is None:
                self.choose_member(gone)

    def on_ready(self) -> None:
        """The caseload is on the screen: make ready for what comes next."""
        self.load_marking()

    @work(thread=True, group="load")
    def load_marking(self) -> None:
        """Load what the marking screen is made of, so that the first learner opens as fast as the second."""
        import markterm.tui.marking.screen  # noqa: F401

    @property
    def is_asking_about_paste(self) -> bool:
        """Whether the question of what becomes of a paste is on the screen."""
        return isinstance(self.screen, PastedScreen)

    async def offer_pasted(self, text: str) -> None:
        """Offer a text that was pasted outside any field as a note, or say that it was dropped."""
        screen = self.screen
        if isinstance(screen, PastedScreen):
            screen.add(text)
            return
        is_marking = "marking" in self.__dict__ and screen is self.marking
        if not (is_marking and self.marking.work.place is not None and text.strip()):
            self.notify(
                f"{len(text):,} characters came at once: pasted text, it seems. They were dropped. "
                f"To write a note, open a learner and press {key_of('mark.note')} first.",
                severity="warning",
                timeout=8,
                markup=False,
            )
            return

        async def answered(taken: str | None) -> None:
            if taken is not None:
                from markterm.tui.marking.commands.decide import write_note

                await write_note(self.marking.work, taken)

        await self.push_screen(PastedScreen(text), answered)

    def show_error(self, error: MarkTermError) -> None:
        """Say what happened and what to do next: a refusal in passing, anything unsaved so that it is not missed."""
        if isinstance(error, NotSaved):
            self.bell()
            self.push_screen(ReadingScreen(f"{error.title}", error_content(error), loud=True))
        else:
            message = f"{error.what} {next_step_of(error)}"
            self.notify(clean(message).text, title=error.title, severity="warning", timeout=8, markup=False)

    async def open_learner(self, registration: str, at: tuple[str, str] | None = None) -> None:
        """Open a learner for marking."""
        try:
            portfolio = await asyncio.to_thread(self.centre.learners.portfolio, registration)
        except MarkTermError as error:
            # Whoever was open stays open where one is: nobody is shown in the place of another.
            self.show_error(error)
            return
        if self.screen is not self.marking:
            await self.push_screen(self.marking)
        await self.marking.work.open(portfolio, at)
        self.caseload.was_opened(registration)

    async def open_neighbour(self, registration: str, step: int, at: tuple[str, str] | None) -> None:
        """Open the next or the previous learner of the caseload as it is shown there."""
        order = self.caseload.registrations
        if registration in order:
            place = order.index(registration) + step
            if 0 <= place < len(order):
                await self.open_learner(order[place], at)
                return
        self.notify("That was the last learner of this list.", markup=False)

    async def open_across(self, unit: Unit, criterion: Criterion) -> None:
        """Show that criterion across learners."""
        if self.screen is not self.marking:
            self._asked_from = None
        elif self.marking.work.round is None and (place := self.marking.work.place) is not None:
            self._asked_from = (self.marking.work.desk.registration, (place.unit.code, place.criterion.number))
        self.across.begin(unit, criterion)
        await self.push_screen(self.across)

    async def open_feedback(
        self, registration: str, unit: Unit, assignment: Assignment | None, record_each: RecordEach
    ) -> None:
        """Show the feedback on a unit, or first on the assignment by whose tasks it is marked."""
        from markterm.tui.feedback.screen import FeedbackScreen, drawn_up

        name = assignment.code if assignment is not None and unit.code in assignment.units else unit.code
        try:
            draft = await asyncio.to_thread(drawn_up, self.centre, registration, name)
        except MarkTermError as error:
            self.show_error(error)
            return
        await self.push_screen(FeedbackScreen(self.centre, draft, unit, record_each))

    async def open_round(self, unit: Unit, criterion: Criterion, across: Across, registration: str) -> None:
        """Open that learner at the criterion, and from there those who wait for it, one after the other."""
        await self.pop_screen()
        if self.screen is not self.marking:
            await self.push_screen(self.marking)
        if not await self.marking.work.begin_round(unit, criterion, across, registration):
            await self.push_screen(self.across)

    async def leave_round(self) -> None:
        """Back to where the criterion across learners was asked for: the caseload, or the learner who was open."""
        await self.pop_screen()
        self.marking.work.end_round()
        if self._asked_from is not None and self.marking.work.desk.shown is not None:
            if self.marking.work.desk.registration != self._asked_from[0]:
                await self.open_learner(*self._asked_from)
        else:
            await self.action_area("caseload")

    def blind_changed(self) -> None:
        """Draw everybody as they are shown now."""
        self.caseload.draw_anew()
        self.marking.draw()

    async def action_area(self, area: str) -> None:
        """Go to an area of work."""
        if area == "caseload" and self.screen is self.marking:
            await self.pop_screen()
            await asyncio.to_thread(self.centre.presence.leave)
        elif area == "marking" and self.screen is self.caseload:
            if self.marking.work.desk.shown is not None:
                await self.push_screen(self.marking)
            else:
                await self.caseload.open_selected()

    async def action_show_keys(self) -> None:
        """The keys that work now."""
        screen = self.screen
        await self.push_screen(ReadingScreen(f"{screen.title or 'MarkTerm'}: keys", keys_content(screen)))

    @work
    async def choose_member(self, gone: str = "") -> None:
        """Ask who is marking, and remember it; without an answer it stays as it is. `gone` was remembered and left."""
        members = self.centre.details.members
        lines = [f"{one_line(m.name)}  {m.id}  {', '.join(sorted(m.roles))}" for m in members]
        title = "Who are you? Every entry names who made it."
        if gone:
            title = f"{one_line(gone)} is no member any more. {title}"
        now = self.centre.member
        current = next((place for place, each in enumerate(members) if now is not None and each.id == now.id), 0)
        choice = await self.push_screen_wait(ChoiceScreen(title, lines, current))
        if choice is not None:
            self.centre.act_as(members[choice].id)
            self.centre.remember_member()
            if self.screen is not self.caseload:
                await self.marking.work.who_changed()
        self.caseload.look()

    def action_who(self) -> None:
        """Say who you are: it is asked once and remembered for this centre on this machine."""
        if self.centre.details.members:
            self.choose_member()

    @work
    async def action_settings(self) -> None:
        """The settings, one line each; Enter changes one."""
        current = 0
        while True:
            themes = [theme.name for theme in THEMES]
            lines = [
                f"Move to the next open criterion after a mark: {'yes' if self.settings.move_on else 'no'}",
                f"Evidence follows the criterion: {'yes' if self.settings.evidence_follows else 'no'}",
                *(f"Theme {name}{'  (now)' if name == self.theme else ''}" for name in themes),
                "Another theme…",
                f"Who is marking: {self.centre.member.id if self.centre.member else 'nobody'}",
            ]
            choice = await self.push_screen_wait(ChoiceScreen("Settings", lines, current))
            if choice is None:
                return
            current = choice
            if choice == 0:
                self.own_settings.change(replace(self.settings, move_on=not self.settings.move_on))
            elif choice == 1:
                self.own_settings.change(replace(self.settings, evidence_follows=not self.settings.evidence_follows))
            elif choice <= len(themes) + 1:
                self.theme = themes[choice - 2]
            elif choice == len(themes) + 2:
                self.search_themes()
                return
            else:
                self.choose_member()
                return

    def watch_theme(self, theme: str) -> None:
        """Remember the theme, once ours can be chosen."""
        if THEMES[0].name in self.available_themes and theme != self.settings.theme:
            self.own_settings.change(replace(self.settings, theme=theme))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every command of the screen, beside Textual's own."""
        yield from super().get_system_commands(screen)
        yield SystemCommand("Recent decisions", "What was decided last, of every learner", self.action_recent)
        for command in screen.DOES if isinstance(screen, WithCommands) else ():
            if not command.key:
                yield SystemCommand(command.label, command.words, self._run(f"do('{command.id}')", screen))
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.id and binding.tooltip and active.enabled and binding.action != "command_palette":
                key = f"key {self.get_key_display(binding)}"
                yield SystemCommand(binding.tooltip, key, self._run(binding.action, active.node))

    def _run(self, action: str, node: object) -> Callable[[], object]:
        async def run() -> None:
            await self.run_action(action, node)  # type: ignore[arg-type]  # a node of the active chain

        return run

    async def action_recent(self) -> None:
        """The decisions made last, across the caseload."""
        from markterm.tui.recent.screen import RecentScreen

        await self.push_screen(RecentScreen(self.centre, self.blindfold))

    async def action_quit(self) -> None:
        """Leave; everything is saved already."""
        self.exit()


def run(centre: Centre, *, blind: bool = False) -> None:
    """Open the screens on a centre, until the user leaves; `blind` hides who the learners are.

    Raises whatever ended the screen against the user's will, when the terminal is itself again.
    """
    app = MarkTermApp(centre, blind=blind)
    try:
        app.run()
    finally:
        centre.close_down()
    if app.fault is not None:
        raise app.fault
