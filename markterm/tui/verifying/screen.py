"""Verifying: the decisions of one unit of one learner, beside the evidence that they rest on."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from markterm.centre.centre import Centre
from markterm.domain.words.foreign_text import one_line
from markterm.tui.blindfold import Blindfold
from markterm.tui.command import Command, WithCommands, bindings
from markterm.tui.requests import LeaveSample, ask
from markterm.tui.widgets.key_bar import KeyBar


class Leave(Command["SampleScreen"]):
    """Back to the list that it was opened from."""

    id, key, label, words = "verify.leave", "q,escape", "back", "Back to the list"

    async def run(self, on: SampleScreen) -> None:
        await ask(on, LeaveSample())


class SampleScreen(WithCommands, Screen[None]):
    """One sample: the decisions, what they cite, and the verifier's answers."""

    TITLE = "Verifying"
    HELP = "The decisions of one unit of one learner, and what they cite. {verify.leave} goes back to the list."
    DEFAULT_CSS = """
    SampleScreen { background: $background; color: $foreground; }
    SampleScreen > #learner { height: 1; background: $panel; padding: 0 1; }
    SampleScreen > #sample { height: 1fr; padding: 1 2; color: $quiet; }
    """
    DOES = (Leave,)
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre, blindfold: Blindfold, registration: str, unit_code: str) -> None:
        super().__init__()
        self._centre = centre
        self._blindfold = blindfold
        self.registration = registration
        self.unit_code = unit_code

    def compose(self) -> ComposeResult:
        """Whose sample it is, the decisions and the keys."""
        who = self._blindfold.known_as(self.registration)
        yield Static(Content(f"{who}  {one_line(self.unit_code)}"), id="learner")
        yield Static(Content("The decisions will stand here, with what they cite and your answers."), id="sample")
        yield KeyBar()
