"""What whoever acts has to do themselves: what came back, actions, reports to read, and what is due of the centre."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from markterm.centre.centre import Centre
from markterm.centre.duties import Duty, DutyKind
from markterm.centre.recorder import Recorded
from markterm.domain.views.caseload import hidden_in_words
from markterm.domain.words.code import short_codes
from markterm.domain.words.foreign_text import beginning, one_line
from markterm.tui.blindfold import Blindfold
from markterm.tui.command import Command, bindings
from markterm.tui.local_time import date_told
from markterm.tui.requests import OpenLearner, ShowStandardisations, ask
from markterm.tui.widgets import modal
from markterm.tui.widgets.doing import say_done, say_done_of_centre
from markterm.tui.widgets.keys_line import KeysLine
from markterm.tui.widgets.line_list import LineList, Piece, fit, up_and_down
from markterm.tui.widgets.modal import Modal

_MOST_OF_TEXT = 500
_KIND, _DUE, _LEARNER, _WHERE = 11, 12, 12, 8


class _Lines(LineList):
    """A line for each duty."""

    def __init__(self, centre: Centre, blindfold: Blindfold) -> None:
        super().__init__()
        self._blindfold = blindfold
        self._today = centre.duties.today
        self._short: dict[str, str] = {}
        self.duties: Sequence[Duty] = ()

    def show(self, duties: Sequence[Duty]) -> None:
        """Show these."""
        self.duties = duties
        self._short = short_codes({each.unit.code for each in duties if each.unit is not None})
        self.lines_changed()
        self.move_to(min(self.cursor, max(len(duties) - 1, 0)))

    def line_count(self) -> int:
        return len(self.duties)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        each = self.duties[index]
        late = each.is_overdue(self._today)
        style = "sign--refer" if late else "sign--heading" if each.kind is DutyKind.CAME_BACK else ""
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        yield f"{'! ' * late}{each.kind}".ljust(_KIND) + " ", style
        yield fit(date_told(each.due) if each.due is not None else "", _DUE), "sign--refer" if late else "sign--quiet"
        who = self._blindfold.known_as(each.registration) if each.registration else "the centre"
        yield fit(who, _LEARNER) + " ", ""
        code = self._short[each.unit.code] if each.unit is not None else ""
        yield fit(one_line(f"{code} {each.criterion}"), _WHERE) + " ", ""
        text = one_line(each.text[:_MOST_OF_TEXT])
        if each.registration:
            text = self._blindfold.told_of(each.registration, text)
        yield fit(text, max(width - 2 - _KIND - 1 - _DUE - _LEARNER - 1 - _WHERE - 1, 0)), "sign--quiet"


class Leave(modal.Leave):
    """Back to where one was."""

    id, words = "yours.leave", "Back to the screen"


class Open(Command["YoursScreen"]):
    """Open the learner there."""

    id, key, label, words = "yours.open", "enter", "open", "Open the learner at what is to be done"

    async def run(self, on: YoursScreen) -> None:
        await on.open_chosen()


class Done(Command["YoursScreen"]):
    """Say that the action under the cursor is done."""

    id, key, label, words = "yours.done", "d", "done", "Say that this action is done, in a word"
    records = True

    async def run(self, on: YoursScreen) -> None:
        await on.say_done()


_NOTHING = (
    "Here stands what waits for you: what a verifier did not agree with, actions that are yours or that you set, "
    "reports on your work that you have not read, and standardisations to answer."
)


_KEYS_OF_NONE = "{yours.leave} leaves"
_KEYS = f"{{yours.open}} opens · {{yours.done}} says that an action is done · {_KEYS_OF_NONE}"


class YoursScreen(Modal[None]):
    """What whoever acts has to do, what is overdue first."""

    TITLE = "Yours to do"
    DEFAULT_CSS = """
    YoursScreen > .frame { width: 96%; max-width: 140; height: 90%; }
    YoursScreen #whole { height: auto; max-height: 4; margin: 1 0 0 0; }
    """
    DOES = (Leave, Open, Done, *up_and_down("yours", "line"))
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre, blindfold: Blindfold) -> None:
        super().__init__()
        self._centre = centre
        self._blindfold = blindfold

    def compose(self) -> ComposeResult:
        """A title, what there is to do, and what to press."""
        yield from self.framed(
            "Yours to do",
            _Lines(self._centre, self._blindfold),
            Static(id="whole"),
            keys=_KEYS_OF_NONE,
        )

    def on_mount(self) -> None:
        """Look in the background."""
        self.query_one(_Lines).focus()
        self.look()

    @work(exclusive=True, group="yours")
    async def look(self) -> None:
        """Find what there is to do and show it."""
        member = self._centre.member
        duties = await asyncio.to_thread(self._centre.duties.of, member.id) if member is not None else ()
        self.query_one(_Lines).show(duties)
        self.query_one(KeysLine).say(_KEYS if duties else _KEYS_OF_NONE)
        self._say_whole()
        who = one_line(member.name) if member is not None else "whoever marks"
        told = f"For {who} to do: {len(duties)}" if duties else f"Nothing is for {who} to do"
        hidden = hidden_in_words(self._centre.caseload.rows)
        self.say_title(Content.assemble(told, Content.styled(f"   {hidden}" if hidden else "", "$error")))

    @on(LineList.Moved)
    def _say_whole(self) -> None:
        """What is under the cursor, whole as far as there is room."""
        chosen = self.chosen
        text = beginning(chosen.text, _MOST_OF_TEXT) if chosen is not None else ""
        if chosen is not None and chosen.registration:
            text = self._blindfold.told_of(chosen.registration, text)
        self.query_one("#whole", Static).update(Content(text if chosen is not None else _NOTHING))

    @property
    def chosen(self) -> Duty | None:
        """What is under the cursor."""
        lines = self.query_one(_Lines)
        return lines.duties[lines.cursor] if lines.duties else None

    @on(LineList.Chosen)
    async def open_clicked(self, event: LineList.Chosen) -> None:
        """A click opens, as Enter does."""
        event.stop()
        await self.open_chosen()

    async def open_chosen(self) -> None:
        """Open the learner at what is to be done; of the centre the standardisations alone are somewhere to open."""
        chosen = self.chosen
        if chosen is None:
            return
        if chosen.kind is DutyKind.STANDARDISATION:
            await self.dismiss(None)
            await ask(self, ShowStandardisations())
            return
        if chosen.unit is None:
            self.notify(beginning(chosen.text, _MOST_OF_TEXT), markup=False)
            return
        await self.dismiss(None)
        await ask(self, OpenLearner(chosen.registration, (chosen.unit.code, chosen.criterion or None)))

    async def say_done(self) -> None:
        """Ask what was done."""
        chosen = self.chosen
        if chosen is not None and chosen.of_centre is not None:
            await say_done_of_centre(self, self._centre, chosen.of_centre, self._look_again)
        elif chosen is not None and chosen.action is not None and chosen.unit is not None:
            await say_done(
                self, self._centre, chosen.registration, chosen.unit, (chosen.action,), self._record, self._look_again
            )
        elif chosen is not None:
            self.notify("That is no action: it is done where it stands.", markup=False)

    async def _record(self, verb: Callable[[], Recorded]) -> None:
        await asyncio.to_thread(verb)

    def _look_again(self) -> None:
        self.look()
