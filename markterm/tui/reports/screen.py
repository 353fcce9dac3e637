"""Reports: what the decisions and verifications of a centre come to."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from markterm.centre.centre import Centre
from markterm.tui.blindfold import Blindfold
from markterm.tui.command import Command, WithCommands, bindings
from markterm.tui.requests import LeaveArea, ask
from markterm.tui.widgets.key_bar import KeyBar


class Leave(Command["ReportsScreen"]):
    """Back to the caseload."""

    id, key, label, words = "reports.leave", "q,escape", "back", "Back to the caseload"

    async def run(self, on: ReportsScreen) -> None:
        await ask(on, LeaveArea())


class ReportsScreen(WithCommands, Screen[None]):
    """The reports of a centre, one at a time."""

    TITLE = "Reports"
    HELP = "What the decisions and verifications of the centre come to. {reports.leave} goes back."
    DEFAULT_CSS = """
    ReportsScreen { background: $background; color: $foreground; }
    ReportsScreen > #title { height: 1; background: $panel; padding: 0 1; }
    ReportsScreen > #report { height: 1fr; padding: 1 2; color: $quiet; }
    """
    DOES = (Leave,)
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre, blindfold: Blindfold) -> None:
        super().__init__()
        self._centre = centre
        self._blindfold = blindfold

    def compose(self) -> ComposeResult:
        """A title, the report and the keys."""
        yield Static(Content.styled("Reports", "bold $primary"), id="title")
        yield Static(Content("Agreement, referrals, the plan, actions and workload will stand here."), id="report")
        yield KeyBar()
