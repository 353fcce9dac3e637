"""Text that was pasted where there is no field: it marks nothing, and is offered as a note."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from markterm.domain.foreign_text import pasted

_MOST_SHOWN = 600


class PastedScreen(ModalScreen[str | None]):
    """The text; the result is it, to be taken as a note, or None."""

    DEFAULT_CSS = """
    PastedScreen { align: center bottom; background: transparent; }
    PastedScreen > Vertical { height: auto; max-height: 60%; background: $panel; border-top: heavy $warning; }
    PastedScreen .title { padding: 0 1; text-style: bold; height: auto; }
    PastedScreen .text { padding: 0 1; height: auto; max-height: 8; }
    PastedScreen .detail { padding: 0 1; color: $quiet; height: auto; }
    """
    BINDINGS = [  # noqa: RUF012  # as Textual declares it
        Binding("n", "take", "note", id="pasted.take", tooltip="Take the text as a note on this criterion"),
        Binding("escape", "dismiss(None)", "drop", id="pasted.drop", tooltip="Drop the text"),
    ]

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = pasted(text)

    def compose(self) -> ComposeResult:
        """What came, and what to press."""
        with Vertical():
            yield Static(Content("That looked like pasted text, and marked nothing"), classes="title")
            yield Static(self._shown(), classes="text")
            yield Static(Content("n takes it as a note on this criterion · Esc drops it"), classes="detail")

    def add(self, text: str) -> None:
        """More of it came."""
        self._text += pasted(text)
        self.query_one(".text", Static).update(self._shown())

    def action_take(self) -> None:
        """Leave with the text."""
        self.dismiss(self._text.strip("\n"))

    def _shown(self) -> Content:
        more = len(self._text) - _MOST_SHOWN
        return Content(self._text[:_MOST_SHOWN] + (f" … and {more:,} characters more" if more > 0 else ""))
