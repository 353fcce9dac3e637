"""The standardisations of the centre: those that wait for one's own answers, those that others answer, what came of
each."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content

from markterm.centre.centre import Centre
from markterm.centre.export.shown import OnScreen, Place
from markterm.centre.standardisation import Chosen
from markterm.domain.assessed.member import Role
from markterm.domain.record.standardisation import Standardisation, StandardisationState
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.uid import short
from markterm.tui.command import Command, bindings, keyed
from markterm.tui.evidence.reading_page import PageScreen
from markterm.tui.local_time import date_told
from markterm.tui.requests import Failed, tell
from markterm.tui.standardising.answering import AnsweringScreen
from markterm.tui.standardising.forms import dropping, minutes_form, opening_form
from markterm.tui.widgets import modal
from markterm.tui.widgets.keys_line import KeysLine
from markterm.tui.widgets.line_list import LineList, Piece, fit, up_and_down
from markterm.tui.widgets.modal import Modal
from markterm.tui.widgets.shown_anew import export

_ID, _QUALIFICATION, _STATE = 10, 14, 26


class _Lines(LineList):
    """A line for each standardisation."""

    def __init__(self) -> None:
        super().__init__()
        self.every: Sequence[Standardisation] = ()
        self.member = ""

    def line_count(self) -> int:
        return len(self.every)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        each = self.every[index]
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        yield fit(short(each.uid), _ID), "sign--quiet"
        yield fit(one_line(each.qualification), _QUALIFICATION) + " ", ""
        state, style = _state(each, self.member)
        yield fit(state, _STATE) + " ", style
        yield fit(one_line(_about(each)), max(width - 4 - _ID - _QUALIFICATION - _STATE, 0)), "sign--quiet"


def _state(told: Standardisation, member: str) -> tuple[str, str]:
    """Where it stands for that member, and the style of that."""
    if told.state is StandardisationState.CLOSED:
        return f"✓ agreed {date_told(told.minutes[-1].on)}", "sign--pass"
    if told.state is StandardisationState.DROPPED:
        return "dropped", "sign--quiet"
    asked = len(tuple(told.asked))
    if told.is_answered_by(member):
        return f"▸ answered by {sum(map(told.is_answered_by, told.views))}", "sign--open"
    return f"! yours: {len(told.views.get(member, {}))} of {asked}", "sign--heading"


def _about(told: Standardisation) -> str:
    if told.dropped is not None:
        return told.dropped
    units = ", ".join(dict.fromkeys(each.unit for each in told.exhibits))
    return f"{units}, {counted(len(tuple(told.asked)), 'criterion', 'criteria')}. {told.why}".rstrip(". ")


class Leave(modal.Leave):
    """Back to where one was."""

    id, words = "standardisations.leave", "Back to the screen"


class Open(Command["StandardisationsScreen"]):
    """Answer the one under the cursor, or read what came of it."""

    id, key, label, words = "standardisations.open", "enter", "open", "Answer it, alone; or read what came of it"

    async def run(self, on: StandardisationsScreen) -> None:
        if on.chosen is not None:
            await on.open(on.chosen)


class New(Command["StandardisationsScreen"]):
    """Open a standardisation."""

    id, key, label = "standardisations.new", "n", "new"
    records = True
    words = "Open a standardisation: choose the work that each member looks at alone"

    def is_offered(self, on: StandardisationsScreen) -> bool:
        return on.is_verifier

    async def run(self, on: StandardisationsScreen) -> None:
        await on.begin()


class WriteMinutes(Command["StandardisationsScreen"]):
    """Close it with the minutes of the meeting."""

    id, key, label = "standardisations.minutes", "m", "minutes"
    records = True
    words = "Close the one under the cursor with the minutes of the meeting"

    def works(self, on: StandardisationsScreen) -> bool:
        return on.is_open_one

    def is_offered(self, on: StandardisationsScreen) -> bool:
        return on.is_verifier

    async def run(self, on: StandardisationsScreen) -> None:
        await on.write_minutes()


class Drop(Command["StandardisationsScreen"]):
    """Say that it was opened by mistake."""

    id, key, label, words = "standardisations.drop", "u", "drop", "Say that the one under the cursor was a mistake"
    records = True

    def works(self, on: StandardisationsScreen) -> bool:
        return on.is_open_one

    def is_offered(self, on: StandardisationsScreen) -> bool:
        return on.is_verifier

    async def run(self, on: StandardisationsScreen) -> None:
        await on.drop()


_NONE = (
    "Nothing was standardised yet. A verifier opens one with {standardisations.new}; each member then answers it here, "
    "alone, and what was agreed stands beside the criterion."
)


_KEYS_OF_NONE = "{standardisations.new} new · {standardisations.leave} leaves"
_KEYS = (
    "{standardisations.open} answers it, or shows what came of it · {standardisations.new} new · "
    "{standardisations.minutes} minutes · {standardisations.drop} drops · {standardisations.export} exports · "
    "{standardisations.leave} leaves"
)


class StandardisationsScreen(Modal[None]):
    """Every standardisation, those that wait for whoever acts first."""

    TITLE = "Standardisation"
    HELP = (
        "Members mark the same evidence, each alone, and agree at a meeting on what a pass is. {standardisations.open} "
        "opens one that waits for your answers, or shows what came of it. A verifier opens one with "
        "{standardisations.new}, closes it with the minutes of the meeting, {standardisations.minutes}, and drops with "
        "{standardisations.drop} what was opened by mistake."
    )
    DEFAULT_CSS = """
    StandardisationsScreen > .frame { width: 96%; max-width: 140; height: 90%; }
    """
    DOES = (
        Leave,
        Open,
        New,
        WriteMinutes,
        Drop,
        export("standardisations", "Export minutes and what was agreed"),
        *up_and_down("standardisations", "standardisation"),
    )
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre) -> None:
        super().__init__()
        self._centre = centre
        self._goes_to_new = False

    @property
    def to_export(self) -> OnScreen | None:
        """The standardisation under the cursor, where there is one; None before there is a list."""
        return OnScreen(Place.STANDARDISATION, answers=self.proposed) if self.is_mounted else None

    def compose(self) -> ComposeResult:
        """A title, the standardisations, and what to press."""
        yield from self.framed("Standardisation", _Lines(), keys=_KEYS_OF_NONE)

    def on_mount(self) -> None:
        """Look in the background."""
        self.query_one(_Lines).focus()
        self.look()

    @property
    def _member(self) -> str:
        return self._centre.member.id if self._centre.member is not None else ""

    @work(exclusive=True, group="standardisations")
    async def look(self) -> None:
        """Read them and show them; what is overdue stands in the title."""
        try:
            every = await asyncio.to_thread(self._centre.standardisation.every)
            overdue = await asyncio.to_thread(lambda: tuple(self._centre.standardisation.overdue()))
        except MarkTermError as error:
            self.say_title(Content.styled(one_line(f"{error.title}. {error.what}"), "$error"))
            return
        lines = self.query_one(_Lines)
        chosen, known = self.chosen, {each.uid for each in lines.every}
        lines.member = self._member
        lines.every = sorted(every, key=lambda each: (self._place(each), -each.at.timestamp()))
        lines.lines_changed()
        self.refresh_bindings()
        self.query_one(KeysLine).say(_KEYS if every else _KEYS_OF_NONE)
        new = (n for n, each in enumerate(lines.every) if each.uid not in known)
        if self._goes_to_new:
            lines.move_to(next(new, lines.cursor))
        elif chosen is not None:
            lines.move_to(next((n for n, each in enumerate(lines.every) if each.uid == chosen.uid), 0))
        self._goes_to_new = False
        told = "Standardisation" if every else keyed(_NONE)
        late = ", ".join(f"{each.member.id} ({each.qualification})" for each in overdue)
        pieces = [Content(told), Content.styled(one_line(f"   overdue: {late}") if late else "", "bold $warning")]
        self.say_title(Content.assemble(*pieces))

    def _place(self, told: Standardisation) -> int:
        waits = told.state is StandardisationState.OPEN and not told.is_answered_by(self._member)
        return 0 if waits else 1 + list(StandardisationState).index(told.state)

    @property
    def is_verifier(self) -> bool:
        """Whether whoever acts may open one, and close it."""
        return self._centre.member is not None and Role.VERIFIER in self._centre.member.roles

    @property
    def is_open_one(self) -> bool:
        """Whether the one under the cursor is open."""
        return self.is_mounted and self.chosen is not None and self.chosen.state is StandardisationState.OPEN

    @property
    def chosen(self) -> Standardisation | None:
        """The one under the cursor."""
        lines = self.query_one(_Lines)
        return lines.every[lines.cursor] if lines.every else None

    @property
    def proposed(self) -> Mapping[str, str]:
        """What is proposed to whoever exports: the scripts of the one under the cursor."""
        if (chosen := self.chosen) is None:
            return {}
        units = dict.fromkeys(each.unit for each in chosen.exhibits)
        return {"begun": short(chosen.uid), "unit": next(iter(units), "")}

    @on(LineList.Chosen)
    async def open_chosen(self, event: LineList.Chosen) -> None:
        """A click opens, as Enter does."""
        event.stop()
        await Open().run(self)

    async def begin(self) -> None:
        """Open one."""

        def begun(told: Standardisation, refused: Sequence[Chosen]) -> None:
            self._goes_to_new = True
            names = ", ".join(dict.fromkeys(each.registration for each in refused))
            left_out = f" Left out: {names}, who refuse that their work is used for standardisation." if refused else ""
            words = f"{short(told.uid)} is open for everybody's answers.{left_out}"
            self.notify(one_line(words), severity="warning" if refused else "information", markup=False)

        await self.app.push_screen(opening_form(self._centre, begun), self._look_after)

    async def write_minutes(self) -> None:
        """Close the one under the cursor with its minutes."""
        if (told := self.chosen) is not None:

            def closed(told: Standardisation) -> None:
                self.notify(one_line(f"{short(told.uid)} is closed: what was agreed stands beside its criteria."))

            await self.app.push_screen(minutes_form(self._centre, told, closed), self._look_after)

    async def drop(self) -> None:
        """Say that the one under the cursor was opened by mistake."""
        if (told := self.chosen) is not None:

            def dropped(told: Standardisation) -> None:
                self.notify(f"{short(told.uid)} is dropped.")

            await self.app.push_screen(dropping(self._centre, told, dropped), self._look_after)

    def _look_after(self, is_saved: bool | None) -> None:
        if is_saved:
            self.look()

    async def open(self, told: Standardisation) -> None:
        """Answer it, or read what came of it where whoever acts may see that."""
        if told.state is StandardisationState.OPEN and not told.may_see(self._member):
            await self.app.push_screen(AnsweringScreen(self._centre, told), self._answered)
            return
        from markterm.tui.standardising.results import results_text  # Markdown is loaded when there is some to draw.

        try:
            actions = await asyncio.to_thread(self._centre.centre_actions.every)
        except MarkTermError as error:
            tell(self, Failed(error))
            return
        details = self._centre.details
        text = results_text(told, actions, details.name_of, self._centre.actions.today)
        title = one_line(f"{short(told.uid)} {told.qualification}: {told.state}")
        await self.app.push_screen(PageScreen(title, text))

    async def _answered(self, told: Standardisation | None) -> None:
        """Show how it stands by now; whoever has given the last answer is shown what the others said."""
        self.look()
        if told is not None:
            await self.open(told)
