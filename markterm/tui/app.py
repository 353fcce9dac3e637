"""The application: what works on every screen, the themes, and the user's own keys. It is imported by nobody."""

from __future__ import annotations

import gc
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding
from textual.command import CommandPalette
from textual.filter import LineFilter

from markterm.centre.centre import Centre
from markterm.domain.assessed.member import Member
from markterm.domain.words.errors import Refused
from markterm.own.places import Places
from markterm.own.saved_filters import SavedFilters
from markterm.tui.blindfold import Blindfold
from markterm.tui.caseload.screen import CaseloadScreen
from markterm.tui.command import Command, WithCommands, bindings, offer_reading_alone
from markterm.tui.copying import Copy, CopyingApp
from markterm.tui.covering import CoveringApp
from markterm.tui.palette import OtherTheme, OurCommands, Save
from markterm.tui.person.first_visit import FirstVisitScreen, ShowFirstVisit
from markterm.tui.person.own_keys import take_own_keys
from markterm.tui.requests import (
    News,
    Request,
    ShowExports,
)
from markterm.tui.settings import OwnSettings
from markterm.tui.standards.commands import OF_STANDARDS
from markterm.tui.theme import DEFAULT_THEME, OFFERED, OWN_VARIABLES, STYLES, THEMES
from markterm.tui.waiting import WaitingApp
from markterm.tui.ways.everywhere import OF_CENTRE
from markterm.tui.ways.ways import Ways
from markterm.tui.widgets.modal import Keys, Whole
from markterm.tui.widgets.notice_line import messages_content
from markterm.tui.widgets.reading import ReadingScreen

if TYPE_CHECKING:
    from markterm.centre.export.shown import OnScreen
    from markterm.tui.across.screen import AcrossScreen
    from markterm.tui.marking.screen import MarkingScreen


class ToCaseload(Command["MarkTermApp"]):
    """To the caseload."""

    id, key, words = "area.caseload", "1", "Caseload"

    async def run(self, on: MarkTermApp) -> None:
        await on.ways.to_caseload()


class ToMarking(Command["MarkTermApp"]):
    """To the learner who is open."""

    id, key, words = "area.marking", "2", "Marking"

    async def run(self, on: MarkTermApp) -> None:
        await on.ways.to_marking()


class ToVerifying(Command["MarkTermApp"]):
    """To the queue, the sampling plan and the actions."""

    id, key, words = "area.verifying", "3", "Verifying: the queue, the sampling plan, the actions"

    async def run(self, on: MarkTermApp) -> None:
        await on.ways.to_samples()


class ToReports(Command["MarkTermApp"]):
    """To the reports."""

    id, key, words = "area.reports", "4", "Reports"

    async def run(self, on: MarkTermApp) -> None:
        await on.ways.to_reports()


class ChangeSettings(Command["MarkTermApp"]):
    """The settings."""

    id, key, words = "app.settings", "comma", "Settings"

    async def run(self, on: MarkTermApp) -> None:
        await on.change_settings()


class ChangeKeys(Command["MarkTermApp"]):
    """Every key, to be changed."""

    id, label, words = "app.change-keys", "Change keys", "Every key of every screen, to have another one"

    async def run(self, on: MarkTermApp) -> None:
        await on.show_keys()


class Who(Command["MarkTermApp"]):
    """Say who you are."""

    id, key, words = "app.who", "W", "Who are you? Another member marks from now on"

    def is_offered(self, on: MarkTermApp) -> bool:
        return not on.centre.signed_in

    async def run(self, on: MarkTermApp) -> None:
        if on.centre.details.members:
            await on.choose_member()


class LastMessages(Command["MarkTermApp"]):
    """What was told in passing, whole."""

    id, label = "app.messages", "Last messages"
    words = "What the line above the keys told last, whole, with what was refused and why"

    async def run(self, on: MarkTermApp) -> None:
        await on.push_screen(ReadingScreen("Last messages", messages_content(on.notices.told)))


class Quit(Command["MarkTermApp"]):
    """Leave MarkTerm."""

    id, key, words = "app.quit", "ctrl+q", "Leave MarkTerm; everything is saved"
    priority = True

    async def run(self, on: MarkTermApp) -> None:
        on.exit()


class Yours(Command["MarkTermApp"]):
    """What whoever acts has to do."""

    id, key, label, words = "app.yours", "Y", "yours", "What is yours to do: what came back, actions, reports to read"

    async def run(self, on: MarkTermApp) -> None:
        from markterm.tui.yours.screen import YoursScreen

        await on.push_screen(YoursScreen(on.centre, on.blindfold))


class Recent(Command["MarkTermApp"]):
    """The decisions made last, across the caseload."""

    id, label, words = "app.recent", "Recent decisions", "What was decided last, of every learner"

    async def run(self, on: MarkTermApp) -> None:
        from markterm.tui.recent.screen import RecentScreen

        await on.push_screen(RecentScreen(on.centre, on.blindfold))


class SigningKeys(Command["MarkTermApp"]):
    """The keys with which members sign."""

    id, label = "app.signing-keys", "Signing keys"
    words = "Whose keys sign what is closed and verified: make yours, confirm or end one"

    async def run(self, on: MarkTermApp) -> None:
        await on.show_signing_keys()


class Export(Command["MarkTermApp"]):
    """What the screen shows, to leave the centre."""

    id, key, label, words = "app.export", "X", "export", "Export what this screen shows"

    def works(self, on: MarkTermApp) -> bool:
        return on.to_export is not None

    async def run(self, on: MarkTermApp) -> None:
        if on.to_export is not None:
            await on.answer(ShowExports(on.to_export))


class MarkTermApp(WithCommands, CopyingApp, CoveringApp, WaitingApp):
    """MarkTerm on a centre that is open."""

    TITLE = "MarkTerm"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS = {OurCommands}  # noqa: RUF012  # as Textual declares it
    CSS = STYLES
    DOES = (
        ToCaseload,
        ToMarking,
        ToVerifying,
        ToReports,
        Keys,
        Whole,
        ChangeSettings,
        Who,
        Yours,
        Export,
        Copy,
        Quit,
        LastMessages,
        ChangeKeys,
        OtherTheme,
        ShowFirstVisit,
        Save,
        Recent,
        SigningKeys,
        *OF_CENTRE,
        *OF_STANDARDS,
    )
    BINDINGS: ClassVar = [
        *bindings(*DOES),
        # Found by Textual by its action, or it would bind a second key.
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

    def __init__(
        self, centre: Centre, places: Places | None = None, *, blind: bool = False, tour: bool | None = False
    ) -> None:
        """With `tour` the first visit is shown, with None unless it was before."""
        own = places or Places.of_user()
        self._own_folder = own.settings
        self._settings = OwnSettings(self._own_folder)
        super().__init__(own.faults)
        for theme in THEMES:
            self.register_theme(theme)
        # Before anything is drawn: a change of theme reads every style again.
        wanted = self._settings.now.theme
        self.theme = wanted if wanted in OFFERED else DEFAULT_THEME
        for other in self.available_themes.keys() - OFFERED:
            self.unregister_theme(other)
        self.centre = centre
        self._reads: Member | None = None
        self._tour = not self._settings.now.visited if tour is None else tour
        self.blindfold = Blindfold(centre.caseload.names)
        if blind:
            self.blindfold.put_on()
        self.ways = Ways(self, centre, self.blindfold, self._settings, SavedFilters(own.settings))

    @property
    def caseload(self) -> CaseloadScreen:
        """The caseload."""
        return self.ways.caseload

    @property
    def marking(self) -> MarkingScreen:
        """The marking screen."""
        return self.ways.marking

    @property
    def across(self) -> AcrossScreen:
        """One criterion across learners."""
        return self.ways.across

    @property
    def to_export(self) -> OnScreen | None:
        """What the screen shows, where something of it can be exported: each screen says so itself."""
        below = (screen for screen in reversed(self.screen_stack) if not isinstance(screen, CommandPalette))
        shown: OnScreen | None = getattr(next(below, None), "to_export", None)
        return shown

    async def answer(self, request: Request) -> None:
        """Do what a screen asks for; done when this returns."""
        await self.ways.answer(request)

    def hear(self, news: News) -> None:
        """Take in at once what a screen tells."""
        self.ways.hear(news)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What everything that is drawn passes: also what covers a learner who is marked blind."""
        return (
            *super().get_line_filters(),
            *self.blindfold.filters(is_marking=self.ways.is_marking or self.ways.is_verifying),
        )

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables, for the themes that are not ours."""
        return OWN_VARIABLES[self.current_theme.dark]

    def get_default_screen(self) -> CaseloadScreen:
        """The caseload, under everything else."""
        return self.caseload

    def on_load(self) -> None:
        """Nothing is looked through for garbage before the caseload has made its rows: all that is made is kept."""
        gc.disable()

    def on_unmount(self) -> None:
        """It may have ended before it was ready."""
        gc.enable()

    def on_mount(self) -> None:
        """Take the user's keys, and ask who is marking."""
        take_own_keys(self, self._own_folder)
        self.follow_saving(self.centre.saving)
        self.set_interval(1, lambda: self.tell_meanwhile("the records", self.centre.answering.told))
        self.set_interval(1, self.leave_with_the_visit)
        if self.centre.member is not None:
            # Named when the screen was opened: from now on on this machine.
            self.centre.remember_member()
        elif self.centre.details.members:
            gone = self.centre.act_as_remembered()
            if self.centre.member is None:
                self.run_worker(self.choose_member(gone))
        offer_reading_alone(self.centre.seeing.is_external)

    def leave_with_the_visit(self) -> None:
        """End when the last day of the visit of an external quality assurer does who was reading: what every screen
        was made of goes with it, also of those that are gone back to."""
        try:
            self.centre.seeing.require_looking()
        except Refused as error:
            if self._reads is not None and self._reads is self.centre.member:
                self.fault = error
                self.exit()
        else:
            self._reads = self.centre.member

    async def on_ready(self) -> None:
        """The caseload is on the screen: go to where whoever acts begins, and make ready for what comes next."""
        self.load_marking()
        await self.ways.begin()
        if self._tour:
            self._settings.change(replace(self._settings.now, visited=True))
            await self.push_screen(FirstVisitScreen())

    @work(thread=True, group="load")
    def load_marking(self) -> None:
        """Load what the marking screen is made of and records rest on, so that the first learner opens, and the first
        key is recorded, as fast as the second."""
        import markterm.tui.marking.screen  # noqa: F401

        centre = self.centre
        _ = centre.attempts, centre.marking, centre.presence, centre.actions, centre.standardisation
        _ = centre.new_work, centre.of_another

    def note_taker(self) -> Callable[[str], Awaitable[None]] | None:
        """What takes a pasted text as a note: the criterion under the cursor, while nothing is open over it."""
        if not self.ways.is_at_marking or self.marking.work.place is None:
            return None

        async def take(text: str) -> None:
            from markterm.tui.marking.commands.decide import write_note

            await write_note(self.marking.work, text)

        return take

    async def choose_member(self, gone: str = "") -> None:
        """Ask who is marking; `gone` was remembered and is no member any more."""
        from markterm.tui.person.who import ask_who

        async def asked(is_chosen: bool) -> None:
            if is_chosen:
                await self.ways.who_changed()
            self.caseload.look()
            await self.ways.begin()

        await ask_who(self, self.centre, gone, asked)

    async def change_settings(self) -> None:
        """Show the settings."""
        from markterm.tui.person.settings_list import Left, change_settings

        async def go_on(left: Left) -> None:
            match left:
                case Left.FOR_KEYS:
                    await self.show_keys()
                case Left.FOR_FILTERS:
                    await self.caseload.ask_saved()
                case Left.FOR_WHO:
                    await self.choose_member()
                case Left.FOR_SIGNING_KEYS:
                    await self.show_signing_keys()

        await change_settings(self, self.centre, self._settings, go_on)

    async def show_signing_keys(self) -> None:
        """Show the keys with which members sign."""
        from markterm.tui.signing.screen import SigningKeysScreen

        await self.push_screen(SigningKeysScreen(self.centre))

    async def show_keys(self) -> None:
        """Show every key, to be changed."""
        from markterm.tui.person.keys_screen import KeysScreen

        await self.push_screen(KeysScreen(self._own_folder))

    def watch_theme(self, theme: str) -> None:
        """Remember the theme, once ours can be chosen. One worn for want of another was not chosen."""
        kept, every = self._settings.now.theme, self.available_themes
        if THEMES[0].name in every and theme != kept and (kept in OFFERED or theme != DEFAULT_THEME):
            self._settings.change(replace(self._settings.now, theme=theme))


def run(centre: Centre, *, blind: bool = False, tour: bool | None = False) -> None:
    """Open the screens on a centre, until the user leaves. `blind` hides who the learners are; with `tour` the first
    visit is shown, with None unless it was shown before.

    Raises whatever ended the screen against the user's will, when the terminal is itself again; for a signal that is
    `SystemExit` with its code.
    """
    app = MarkTermApp(centre, blind=blind, tour=tour)
    try:
        app.run()
    finally:
        centre.close_down()
    if app.fault is not None:
        raise app.fault
    if app.return_code:
        sys.exit(app.return_code)
