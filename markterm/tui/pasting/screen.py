"""Text that was pasted where there is no field: it marks nothing, and is offered as a note."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from markterm.domain.words.foreign_text import pasted
from markterm.tui.command import Command, bindings
from markterm.tui.widgets.modal import Modal, Shape

_MOST_SHOWN = 600


class Take(Command["PastedScreen"]):
    """Leave with the text."""

    id, key, label, words = "pasted.take", "n", "note", "Take the text as a note on this criterion"

    async def run(self, on: PastedScreen) -> None:
        """Leave with it, without the line ends around it."""
        on.dismiss(on.text.strip("\n"))


class Drop(Command["PastedScreen"]):
    """Leave without it."""

    id, key, label, words = "pasted.drop", "escape", "drop", "Drop the text"

    async def run(self, on: PastedScreen) -> None:
        """Leave with nothing."""
        on.dismiss(None)


class PastedScreen(Modal[str | None]):
    """The text; the result is it, to be taken as a note, or None."""

    DEFAULT_CSS = """
    PastedScreen > .frame { border-top: heavy $warning; }
    PastedScreen .text { padding: 0 1; height: auto; max-height: 8; }
    """
    SHAPE = Shape.LOW
    DOES = (Take, Drop)
    BINDINGS = bindings(*DOES)

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = pasted(text)
        """As it came, without what a terminal would obey."""

    def compose(self) -> ComposeResult:
        """What came, and what to press."""
        yield from self.framed(
            "That looked like pasted text, and marked nothing",
            Static(self._shown(), classes="text"),
            keys="{pasted.take} takes it as a note on this criterion · {pasted.drop} drops it",
        )

    def add(self, text: str) -> None:
        """More of it came."""
        self.text += pasted(text)
        self.query_one(".text", Static).update(self._shown())

    def _shown(self) -> Content:
        more = len(self.text) - _MOST_SHOWN
        return Content(self.text[:_MOST_SHOWN] + (f" … and {more:,} characters more" if more > 0 else ""))
