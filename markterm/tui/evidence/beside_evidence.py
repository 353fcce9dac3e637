"""The frame of a screen of criteria beside the evidence that they rest on: for whoever marks, and whoever verifies."""

from __future__ import annotations

from typing import ClassVar, Protocol

from textual import events, on
from textual import work as in_background
from textual.screen import Screen

from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.domain.record.aside import NOTHING_DONE
from markterm.domain.words.foreign_text import one_line
from markterm.tui.blindfold import Blindfold
from markterm.tui.command import WithCommands
from markterm.tui.covering import take_width
from markterm.tui.desk import Desk
from markterm.tui.evidence.panes import Panes, PaneTabs
from markterm.tui.evidence.reader import EvidenceReader
from markterm.tui.evidence.shown_evidence import ShownEvidence
from markterm.tui.evidence.widths import MEDIUM, WIDE
from markterm.tui.widgets.drawn_rows import DrawnRows
from markterm.tui.widgets.hearing import Heard, Hearing
from markterm.tui.widgets.line_list import LineList


class BesideIt(Protocol):
    """What is done on such a screen: who is at the desk, and where they are."""

    desk: Desk
    evidence: ShownEvidence
    panes: Panes

    def moved(self) -> None:
        """The cursor is on another criterion."""


class BesideEvidence(WithCommands, Screen[None]):
    """Draws once what several things changed, and only the parts that are made of something else by now; looks from
    time to time what others recorded. A screen of this kind sets `work` before it is mounted."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (MEDIUM, "-medium"), (WIDE, "-wide")]  # noqa: RUF012  # as Textual declares it

    LOOKS_EVERY: ClassVar[float] = 1.0
    """Seconds from one look at what others recorded to the next."""

    work: BesideIt

    def __init__(self, blindfold: Blindfold) -> None:
        super().__init__()
        self._blindfold = blindfold
        self._is_due, self._doing = False, 0
        self._drawn: dict[str, tuple[object, ...]] = {}
        self._hearing = Hearing(self, lambda: self.work.desk.centre.news)

    def on_mount(self) -> None:
        """Start on the criteria, and look from time to time what others do."""
        self.add_class("-criteria")
        self.work.panes.focus_criteria()
        self.set_interval(self.LOOKS_EVERY, self._look)
        self._hearing.begin()

    def on_unmount(self) -> None:
        """Let nothing go on in the background."""
        self._hearing.end()
        self.work.evidence.stop()

    @property
    def to_copy(self) -> str:
        """The words of the passage with the bar, while it can be seen: what is copied where nothing is selected."""
        panes = self.work.panes
        passage = panes.reader.pane.passage
        is_seen = panes.seen == "evidence" or not self.has_class("-narrow")
        return passage.quote if passage is not None and is_seen else ""

    # What others do

    @in_background(group="look")
    async def _look(self) -> None:
        """Show what others recorded since, and say so; not while a dialog stands before what it would change."""
        if self not in self.app.screen_stack:
            return
        await self.look_at_files()
        # Not `is_current`, which is said of what can be seen behind a dialog as well.
        seen = await self.work.desk.look(lambda: self.is_active)
        if seen is not None:
            before, now = seen
            known = {event.uid for event in before.portfolio.events}
            added = [event for event in now.portfolio.events if event.uid not in known]
            done = [event for event in added if event.kind not in NOTHING_DONE]
            if added and not done:
                return  # Somebody looked, and did nothing.
            who = one_line(done[-1].actor) if done else "somebody"
            is_own = bool(done) and done[-1].actor == self.work.desk.who
            told = f"{who} added to this portfolio just now."
            await self.say_of_others(before, now, "What you recorded elsewhere is shown here now." if is_own else told)

    @on(Heard)
    def _look_at_heard(self, told: Heard) -> None:
        shown = self.work.desk.shown
        if shown is not None and shown.learner.registration in told.records:
            self._look()

    async def look_at_files(self) -> None:
        """See what became of the files since they were listed; nothing where that is told of nobody."""

    async def say_of_others(self, before: LearnerPortfolio, now: LearnerPortfolio, words: str) -> None:
        """Say in these words that somebody else recorded something, and what follows from it."""
        raise NotImplementedError

    # Drawing

    def draw(self) -> None:
        """Draw what changed, once, when all that is being done now is done."""
        if not self._is_due:
            self._is_due = True
            if not self._doing:
                self.call_next(self._draw)

    async def action_do(self, name: str) -> None:
        """Do the command, and draw what came of it when it is done: in one picture with what it drew itself."""
        # A message would come after the next picture, and cost a second one.
        self._doing += 1
        try:
            await self.do(name)
        finally:
            self._doing -= 1
            self._draw()

    async def do(self, name: str) -> None:
        """Do the command; what it changes is drawn afterwards."""
        await super().action_do(name)

    def _draw(self) -> None:
        shown, was_due = self.work.desk.shown, self._is_due
        self._is_due = False
        if not was_due or shown is None or not self.is_attached:  # The command may have left the screen.
            return
        if self._blindfold.look_at(shown, (file.name for file in self.work.panes.reader.files)):
            self._drawn.clear()
            for widget in self.walk_children():
                widget.refresh()
        self.draw_parts(shown)

    def draw_parts(self, shown: LearnerPortfolio) -> None:
        """Draw the parts of the screen that are new."""
        raise NotImplementedError

    def is_new(self, what: str, *made_of: object) -> bool:
        """Whether that part of the screen is to be made of something else than it was. What is recorded is another
        object; only small things are compared."""
        before = self._drawn.get(what)
        self._drawn[what] = made_of
        return (
            before is None
            or len(before) != len(made_of)
            or not all(
                each is other or (isinstance(each, str | int | tuple) and each == other)
                for each, other in zip(made_of, before, strict=True)
            )
        )

    def on_screen_resume(self) -> None:
        """The settings may have given the panes other widths meanwhile."""
        self.work.panes.lay_out()

    def on_resize(self, event: events.Resize) -> None:
        """What is shown depends on the width."""
        take_width(self, event.size.width)
        self.work.panes.lay_out()
        self.call_after_refresh(self.draw)

    # What the widgets tell

    @on(DrawnRows.EdgeDragged)
    def follow_edge(self, dragged: DrawnRows.EdgeDragged) -> None:
        """The line between two panes is dragged."""
        self.work.panes.drag(dragged)

    @on(events.Click, "#evidence-title")
    async def choose_file(self) -> None:
        """The name of the file was clicked."""
        await self.action_do("evidence.files")

    @on(PaneTabs.Clicked)
    def go_to_pane(self, clicked: PaneTabs.Clicked) -> None:
        """The name of a pane was clicked."""
        self.work.panes.go_to(clicked.pane)

    @on(LineList.Moved)
    def follow_cursor(self) -> None:
        """Another criterion was clicked, or gone to with an arrow."""
        self.work.moved()

    @on(EvidenceReader.FindChanged)
    def find_changed(self) -> None:
        """The key for the next place goes to it while there is one."""
        if self.focused is None or self.work.evidence.in_field:
            self.work.panes.focus_criteria()
        self.refresh_bindings()
