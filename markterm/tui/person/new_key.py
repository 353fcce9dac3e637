"""The key that a command is to have: the next one that is pressed."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from markterm.tui.command import bindings
from markterm.tui.key_list import KeyLine
from markterm.tui.widgets import modal
from markterm.tui.widgets.modal import Modal
from markterm.tui.widgets.text_field import LineField


class Leave(modal.Leave):
    """Leave the key as it is."""

    id, key, words = "newkey.leave", "escape", "Leave the key as it is"
    priority = True


class _KeyField(LineField):
    """Has every key, and writes none of them."""

    @dataclass
    class Pressed(Message):
        """This key was pressed."""

        key: str

    async def on_key(self, event: events.Key) -> None:
        """Tell it, whatever it does elsewhere."""
        event.stop()
        event.prevent_default()
        self.post_message(self.Pressed(event.key))


class NewKeyScreen(Modal[str | None]):
    """Takes the next key that is pressed; the result is its name, or None."""

    TITLE = "Another key"
    HELP = "The next key that is pressed is taken. {newkey.leave} leaves the key as it is."
    DEFAULT_CSS = """
    NewKeyScreen Input, NewKeyScreen Input:focus {
        height: 1; border: none; padding: 0 1; margin: 1 0; background: $surface;
    }
    """
    DOES = (Leave,)
    BINDINGS = bindings(*DOES)

    def __init__(self, line: KeyLine) -> None:
        super().__init__()
        self._line = line

    def compose(self) -> ComposeResult:
        """What gets another key, and what it has now."""
        yield from self.framed(
            f"Press the new key for: {self._line.words}",
            _KeyField(placeholder="the next key that is pressed"),
            Static(Content(f"It is {' or '.join(self._line.keys)} now ({self._line.area}; {self._line.id}).")),
            keys="{newkey.leave} leaves it as it is",
        )

    def on_mount(self) -> None:
        """Have the next key."""
        self.set_focus(self.query_one(_KeyField))

    @on(_KeyField.Pressed)
    def take(self, event: _KeyField.Pressed) -> None:
        """Leave with that key."""
        event.stop()
        self.dismiss(event.key)
