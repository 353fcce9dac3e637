"""The keys that work now, laid out for the terminal's width."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from markterm.tui.command import bindings
from markterm.tui.keys_now import keys_content, keys_told
from markterm.tui.widgets import modal
from markterm.tui.widgets.modal import Modal, Scroll, line_by_line

_FRAME = 4
"""Cells of the frame, its padding and the scroll bar."""


class Leave(modal.Leave):
    """Back to the screen."""

    id, key, words = "help.leave", "escape,q,enter,question_mark", "Back to the screen"


class HelpScreen(Modal[None], inherit_bindings=False):
    """Every key that works on a screen, by what it is about. It explains no keys of its own."""

    TITLE = "Keys"
    DEFAULT_CSS = """
    HelpScreen > .frame { width: 96%; max-width: 140; max-height: 100%; }
    HelpScreen Scroll { height: auto; max-height: 100%; }
    """
    DOES = (Leave, *line_by_line("help"))
    BINDINGS = bindings(*DOES)

    def __init__(self, about: Screen[object]) -> None:
        super().__init__()
        self._title = about.title
        self._told = keys_told(about)  # Now: beneath another screen some of them do not work.

    def compose(self) -> ComposeResult:
        """A title and the keys."""
        title = f"{self._title}: keys" if self._title else "Keys"
        yield from self.framed(title, Scroll(Static()), keys="{help.leave} leaves")

    def on_mount(self) -> None:
        """The arrows scroll."""
        self.query_one(Scroll).focus()
        self._lay_out()

    def on_resize(self) -> None:
        """Lay it out for the width that there is now."""
        self._lay_out()

    def _lay_out(self) -> None:
        scroll = self.query_one(Scroll)
        scroll.styles.max_height = self.lines_beside(6)
        width = min(self.app.size.width * 96 // 100, 140) - _FRAME - 1
        scroll.query_one(Static).update(keys_content(self._told, max(width, 10)))
