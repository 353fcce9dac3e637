"""The claims of every learner: what is ready, what blocks the rest, and each step from a claim to its certificate."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.app import ComposeResult
from textual.screen import Screen

from markterm.centre.centre import Centre
from markterm.centre.export.shown import OnScreen, Place
from markterm.tui.blindfold import Blindfold
from markterm.tui.claims.commands import COMMANDS
from markterm.tui.claims.here import told_of_claims
from markterm.tui.claims.pane import ClaimsPane
from markterm.tui.command import WithCommands, bindings
from markterm.tui.widgets.key_bar import KeyBar
from markterm.tui.widgets.line_list import LineList
from markterm.tui.widgets.notice_line import NoticeRow


class ClaimsScreen(WithCommands, Screen[None]):
    """The list of claims, and the keys of everything that is recorded of one."""

    TITLE = "Claims"
    HELP = (
        "Of every learner the qualifications, then the units: how far the claim of each is, that it is ready, or what "
        "blocks it. {claims.open} shows all that blocks one and every step of its claim, {claims.learner} opens the "
        "learner at the unit, and {marking.leave} comes back here.\n"
        "The coordinator records with {claims.claimed} that it was claimed, with {claims.received} and {claims.sent} "
        "that the certificate came and was sent, with {claims.exempt} that none is needed; {claims.take-back} takes "
        "the last step back. Nothing is sent to anybody. The day of it is today where none is written.\n"
        "{claims.only} narrows the list to what is ready, blocked, claimed, to a qualification or to what blocks; "
        "{claims.filter} by words, and by state: why: qualification: unit: and what: (unit or qualification); a minus "
        "turns one round. {claims.standing} tells how the centre stands in each qualification, and what that means.\n"
        "What changed of a unit after it was claimed stands in its line, after a !. Learners who are marked blind "
        "stand here without their names, as in the caseload; what is exported has them."
    )
    DEFAULT_CSS = "ClaimsScreen { background: $background; color: $foreground; }"
    DOES = COMMANDS
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre, blindfold: Blindfold) -> None:
        super().__init__()
        self.pane = ClaimsPane(centre, blindfold)

    @property
    def acts_on(self) -> ClaimsPane:
        """What the commands act on."""
        return self.pane

    @property
    def to_export(self) -> OnScreen:
        """The lines of the list."""
        return OnScreen(Place.CLAIMS, claims=self.pane.shown)

    @property
    def tells_now(self) -> Iterable[tuple[str, str]] | None:
        """What can be done with the claim under the cursor; while the filter is written, what is done with that."""
        if not self.is_mounted or self.pane.is_writing:
            return None
        return told_of_claims(self.pane.selected, self.pane.centre.member)

    @on(LineList.Moved)
    def _tell_keys(self) -> None:
        """Tell of the keys what is different on this line."""
        self.query_one(KeyBar).follow()

    def compose(self) -> ComposeResult:
        """The list and the keys."""
        yield self.pane
        yield NoticeRow()
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """Look again whenever the screen is returned to: something was done since."""
        self.call_after_refresh(self.pane.look)

    def draw_anew(self) -> None:
        """Show the same learners by name, or without; and who acts now."""
        self.pane.draw_anew()
