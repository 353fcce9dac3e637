"""What to press, in a line below what opened over a screen: the keys stand out as they do in the key bar, and can be
clicked."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from markterm.tui.command import commands_in
from markterm.tui.keys_now import bindings_now

_BETWEEN = " · "
_CLICKED = "command"


def keys_line(text: str) -> Content:
    """`text` with the key of a command wherever its id stands in braces, as `keyed` gives it; from there to the next
    dot it is what a click does. Raises `KeyError`."""
    pieces: list[Content] = []
    for part in text.split(_BETWEEN):
        told = Content.assemble(
            *(
                Content(piece) if not name else Content.styled(piece, "bold $primary")
                for piece, name in commands_in(part)
            )
        )
        if first := next((name for _, name in commands_in(part) if name), ""):
            told = told.stylize(Style.from_meta({_CLICKED: first}))
        pieces.append(told)
    return Content.styled(_BETWEEN, "$quiet").join(pieces)


class KeysLine(Static):
    """The line; a click on a key or on what it does is that key."""

    DEFAULT_CSS = "KeysLine { color: $foreground; }"

    def __init__(self, text: str) -> None:
        super().__init__(keys_line(text), classes="keys")

    def say(self, text: str) -> None:
        """Tell these keys from now on, in as many lines as before."""
        self.update(keys_line(text), layout=False)

    async def on_click(self, event: events.Click) -> None:
        """Do what the key under the mouse does."""
        event.stop()
        name = event.style.meta.get(_CLICKED)
        for active in bindings_now(self.screen):
            if name and active.binding.id == name and active.enabled:
                await self.app.run_action(active.binding.action, active.node)
                return
