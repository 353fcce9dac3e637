"""One criterion across learners: who waits for it, and how it was decided for the others."""

from __future__ import annotations

import asyncio

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import get_current_worker

from markterm.centre.centre import Centre
from markterm.domain.assessed.unit import Criterion, Unit
from markterm.domain.views.across import Across
from markterm.domain.views.caseload import hidden_in_words
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.tui.across.stands_list import StandsList
from markterm.tui.blindfold import Blindfold
from markterm.tui.command import Command, WithCommands, bindings
from markterm.tui.requests import BlindChanged, Failed, LeaveRound, OpenRound, OthersKnown, ask, tell
from markterm.tui.widgets.fitted import Fitted
from markterm.tui.widgets.how_far import Far, say_far
from markterm.tui.widgets.key_bar import KeyBar
from markterm.tui.widgets.line_list import LineList, up_and_down
from markterm.tui.widgets.notice_line import NoticeRow
from markterm.tui.widgets.others import OthersPane
from markterm.tui.widgets.shown_anew import look_again


class Open(Command["AcrossScreen"]):
    """Open the learner under the cursor at this criterion."""

    id, key, label, words = "across.open", "enter", "open", "Open the learner at this criterion"

    async def run(self, on: AcrossScreen) -> None:
        await on.open_round()


class Blind(Command["AcrossScreen"]):
    """Hide who the learners are, or show it again."""

    id, key, label, words = "across.blind", "B", "blind", "Hide who the learners are, or not"

    async def run(self, on: AcrossScreen) -> None:
        await on.turn_blind()


class Leave(Command["AcrossScreen"]):
    """Back to where it was asked for."""

    id, key, label, words = "across.leave", "q,escape", "back", "Back to where you came from"

    async def run(self, on: AcrossScreen) -> None:
        await ask(on, LeaveRound())


class AcrossScreen(WithCommands, Screen[None]):
    """The learners on the left, the decisions with their notes on the right; Enter opens a learner at the criterion."""

    TITLE = "Across learners"
    HELP = (
        "One criterion of every learner who waits for it, whoever waits longest first, and how it was decided for the "
        "others. {across.open} opens the learner at this criterion, where the evidence refers to it; "
        "{mark.pass} or {mark.refer} marks it and goes "
        "on to the next learner, {mark.next-open} goes on without a mark, {marking.leave} comes back here. "
        "{across.blind} hides who the learners are."
    )
    DEFAULT_CSS = """
    AcrossScreen { background: $background; color: $foreground; }
    AcrossScreen > #criterion-title { height: auto; max-height: 2; background: $panel; padding: 0 1; }
    AcrossScreen > #wording { height: auto; max-height: 3; padding: 0 1; text-style: bold; }
    AcrossScreen StandsList { width: 40%; min-width: 34; border-right: vkey $panel; }
    AcrossScreen.-narrow > Horizontal { layout: vertical; }
    AcrossScreen.-narrow StandsList { width: 1fr; border-right: none; border-bottom: hkey $panel; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-medium")]  # noqa: RUF012  # as Textual declares it
    DOES = (
        Open,
        Blind,
        *up_and_down("across", "learner"),
        look_again("across", "Read the records again", anew=False),
        Leave,
    )
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre, blindfold: Blindfold) -> None:
        super().__init__()
        self._centre = centre
        self._blindfold = blindfold
        self._criterion: tuple[Unit, Criterion] | None = None
        self.across = Across()
        """What is known by now."""

    def compose(self) -> ComposeResult:
        """Which criterion, its words, the learners, the decisions and the keys."""
        yield Static(id="criterion-title")
        yield Fitted(id="wording")
        with Horizontal():
            yield StandsList(self._blindfold.who)
            yield OthersPane(self._blindfold)
        yield NoticeRow()
        yield KeyBar()

    def begin(self, unit: Unit, criterion: Criterion) -> None:
        """Be about that criterion from now on."""
        if self._criterion != (unit, criterion):
            self._criterion = (unit, criterion)
            self.across = Across()
            if self.is_mounted:
                self.query_one(StandsList).begin()

    def on_screen_resume(self) -> None:
        """Show what is known, and look again: marks were made since."""
        if self._criterion is not None:
            self.query_one("#wording", Static).update(Content(one_line(self._criterion[1].text)))
        self._show()
        self.set_focus(self.query_one(StandsList))
        self.look()

    @work(thread=True, exclusive=True, group="across")
    def look(self) -> None:
        """Look at every learner in the background, and show more with every part of them."""
        worker = get_current_worker()
        if self._criterion is None:
            return
        unit, criterion = self._criterion
        try:
            for across in self._centre.across.look(unit, criterion.number):
                if worker.is_cancelled:
                    return
                # Sorted here, so that no key waits for it.
                _ = across.waiting, across.decided
                self.app.call_from_thread(self._take, criterion, across)
        except MarkTermError as error:
            self.app.call_from_thread(tell, self, Failed(error))

    def _take(self, criterion: Criterion, across: Across) -> None:
        if self._criterion is None or self._criterion[1] is not criterion:
            return
        # While it is looked at again, what was known stays: an evening's marks do not vanish for a second.
        if across.looked == across.of or len(across.stands) >= len(self.across.stands):
            self.across = across
        self._show(across)
        tell(self, OthersKnown(self.across))

    def _show(self, looking: Across | None = None) -> None:
        if not self.is_mounted or self._criterion is None:
            return
        self.query_one(StandsList).show(self.across)
        self._show_others()
        unit, criterion = self._criterion
        pieces: list[Content | str] = [
            Content.styled(f"{one_line(unit.code)} {criterion.number}  ", "bold $primary"),
            f"{len(self.across.waiting):,} wait, {len(self.across.decided):,} decided",
            Content.styled("   blind" if self._blindfold.blind is not None else "", "bold $accent"),
        ]
        is_looking = looking is not None and looking.looked < looking.of
        far = Far("looked at", looking.looked, looking.of, "learner") if looking is not None and is_looking else None
        say_far(self.query_one(StandsList), far)
        if not is_looking and (told := hidden_in_words(self._centre.caseload.rows)):
            pieces.append(Content.styled(f"   {told}", "$error"))
        self.query_one("#criterion-title", Static).update(Content.assemble(*pieces))

    @on(LineList.Moved)
    def _show_others(self) -> None:
        self.query_one(OthersPane).show(self.across.decided, self.query_one(StandsList).from_decision)

    @on(LineList.Chosen)
    async def open_clicked(self) -> None:
        """Open the learner that was clicked."""
        await Open().run(self)

    async def open_round(self) -> None:
        """Open the learner under the cursor at this criterion; marking goes on from one who waits to the next."""
        stand = self.query_one(StandsList).selected
        if stand is not None and self._criterion is not None:
            unit, criterion = self._criterion
            await ask(self, OpenRound(unit, criterion, self.across, stand.registration))

    async def turn_blind(self) -> None:
        """Hide who the learners are until this unit of theirs is closed, or show it again."""
        if self._criterion is None:
            return
        if self._blindfold.blind is not None:
            self._blindfold.take_off()
        else:
            self._blindfold.put_on(self._criterion[0].code)
            await asyncio.to_thread(self._blindfold.learn_names)
        tell(self, BlindChanged())
        self._show()
