"""The first visit: three sentences, each with the key that it is about, for whoever sits here for the first time."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.content import Content
from textual.widgets import Static

from markterm.tui.command import Command, bindings, keyed
from markterm.tui.widgets import modal
from markterm.tui.widgets.modal import Modal, Shape

SENTENCES = (
    "Who waits for you stands in the caseload: {caseload.open} opens a learner at what waits, with the evidence "
    "beside it.",
    "One letter marks: {mark.pass} passes a criterion, {mark.refer} refers it with a note. It is saved at once, and "
    "{mark.withdraw} takes it back.",
    "{app.keys} tells the keys of every screen, and {app.palette} finds every command by its words.",
)


class ShowFirstVisit(Command["App[None]"]):
    """The sentences of the first visit again."""

    id, label, words = "app.first-visit", "First visit", "The three sentences that the demo begins with"

    async def run(self, on: App[None]) -> None:
        await on.push_screen(FirstVisitScreen())


class Next(Command["FirstVisitScreen"]):
    """On to the next sentence, or to work."""

    id, key, label, words = "visit.next", "enter,space", "next", "The next sentence; after the last, to work"

    async def run(self, on: FirstVisitScreen) -> None:
        on.go_on()


class Leave(modal.Leave):
    """Skip the rest."""

    id, words = "visit.leave", "Skip the rest"


class FirstVisitScreen(Modal[None]):
    """Shows the sentences one by one."""

    TITLE = "First visit"
    HELP = "Three sentences, each with the key that it is about. {visit.next} goes on, {visit.leave} skips the rest."
    DEFAULT_CSS = """
    FirstVisitScreen .sentence { height: auto; padding: 1 1; }
    """
    SHAPE = Shape.LOW
    DOES = (Next, Leave)
    BINDINGS = bindings(*DOES)

    def __init__(self) -> None:
        super().__init__()
        self._number = 0

    def compose(self) -> ComposeResult:
        """The sentence, and what to press."""
        yield from self.framed(
            "First visit", Static(classes="sentence"), keys="{visit.next} goes on · {visit.leave} skips the rest"
        )

    def on_mount(self) -> None:
        """Begin with the first."""
        self._say()

    def go_on(self) -> None:
        """Show the next sentence, or leave after the last."""
        self._number += 1
        if self._number < len(SENTENCES):
            self._say()
        else:
            self.dismiss(None)

    def _say(self) -> None:
        self.say_title(f"First visit  {self._number + 1} of {len(SENTENCES)}")
        self.query_one(".sentence", Static).update(Content(keyed(SENTENCES[self._number])))
