"""Something to read: a history, the keys, an error that must not be missed."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content

from markterm.tui.command import bindings
from markterm.tui.widgets import modal
from markterm.tui.widgets.hanging import Hanging
from markterm.tui.widgets.modal import Modal, Scroll, line_by_line


class Leave(modal.Leave):
    """Leave what was read."""

    id, key, words = "reading.leave", "escape,q,enter", "Back to the screen"


class ReadingScreen(Modal[None]):
    """Something to read: a history, the keys, an error that must not be missed."""

    DEFAULT_CSS = """
    ReadingScreen > .frame { max-height: 100%; }
    ReadingScreen Scroll { height: auto; max-height: 100%; }
    """
    DOES = (Leave, *line_by_line("reading"))
    BINDINGS = bindings(*DOES)

    def __init__(self, title: str, content: Content, *, loud: bool = False) -> None:
        super().__init__()
        self._title = title
        self._content = content
        self._loud = loud

    def compose(self) -> ComposeResult:
        """A title and the text."""
        yield from self.framed(
            self._title, Scroll(Hanging(self._content)), keys="{reading.leave} leaves", loud=self._loud
        )

    def on_mount(self) -> None:
        """The arrows scroll; what is above and below stays in sight."""
        scroll = self.query_one(Scroll)
        scroll.styles.max_height = self.lines_beside(6)
        scroll.focus()
