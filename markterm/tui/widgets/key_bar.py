"""The last line of a screen: the keys that matter now, and when the last entry became durable."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len
from textual import events
from textual.binding import ActiveBinding
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Static

from markterm.tui.command import WithCommands
from markterm.tui.keys_now import bindings_now

_HELP = "app.keys"


class _Key(NamedTuple):
    key: str
    word: str
    active: ActiveBinding

    @property
    def width(self) -> int:
        return cell_len(self.key) + cell_len(self.word) + 3


class KeyBar(Static):
    """Shows what can be done now, as much of it as there is room for, in the order in which the screen tells of it; `?`
    always fits. A click does what the key does."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; width: 1fr; background: $panel; color: $foreground; }
    """

    saved: reactive[str] = reactive("")

    def __init__(self) -> None:
        super().__init__()
        self._help: _Key | None = None
        self._told: tuple[tuple[str, str], ...] | None = None
        self._keys: list[_Key] = []
        self._shown: list[_Key] = []
        self._drawn = Content()

    def on_mount(self) -> None:
        """Follow the screen's keys."""
        self.screen.bindings_updated_signal.subscribe(self, self._keys_changed)
        self.look()

    def on_resize(self) -> None:
        """Show as many as fit now."""
        self._draw()

    def watch_saved(self) -> None:
        """Say when it was saved."""
        self._draw()

    def follow(self) -> None:
        """Look again if the screen tells of something else than it told last: the cursor stands elsewhere now."""
        if self.is_attached and self._tells_now() != self._told:  # The screen may be on its way out.
            self.look()

    def look(self) -> None:
        """Look which keys matter now, and show them."""
        keys: dict[str, _Key] = {}
        active = bindings_now(self.screen)
        told = self._told = self._tells_now()
        if told is not None:
            works = {each.binding.id: each for each in active if each.enabled}
            for name, word in told:
                if name in works:
                    keys[name] = self._key(works[name], word)
        for each in active:
            name, word = each.binding.id or each.binding.action, each.binding.description
            # What a screen tells of itself it has told; the app's keys come after.
            if each.binding.show and each.enabled and word and (told is None or each.node is self.app):
                keys.setdefault(name, self._key(each, word))
        self._help = keys.pop(_HELP, None)
        self._keys = list(keys.values())
        self._draw()

    def _tells_now(self) -> tuple[tuple[str, str], ...] | None:
        told = self.screen.tells_now if isinstance(self.screen, WithCommands) else None
        return None if told is None else tuple(told)

    def _key(self, active: ActiveBinding, word: str) -> _Key:
        return _Key(self.app.get_key_display(active.binding), word, active)

    def _keys_changed(self, screen: Screen[object]) -> None:
        if screen is self.screen:
            self.look()

    def _draw(self) -> None:
        if not self.is_attached:
            return
        room = self.size.width - cell_len(self.saved) - 2
        if self._help is not None:
            room -= self._help.width
        kept: list[_Key] = []
        for key in self._keys:
            if key.width > room:
                break
            room -= key.width
            kept.append(key)
        if self._help is not None:
            kept.append(self._help)
        self._shown = kept
        pieces = [
            Content.assemble(Content.styled(f" {each.key} ", "bold $primary"), Content(f"{each.word} "))
            for each in kept
        ]
        left = Content.assemble(*pieces)
        gap = max(self.size.width - left.cell_length - cell_len(self.saved) - 1, 0)
        line = Content.assemble(left, " " * gap, Content.styled(self.saved, "$success"))
        if (line.plain, line.spans) != (self._drawn.plain, self._drawn.spans):
            self._drawn = line
            self.update(line, layout=False)

    async def on_click(self, event: events.Click) -> None:
        """Do what the key under the mouse does."""
        event.stop()
        at = event.x
        for each in self._shown:
            if at < each.width:
                await self.app.run_action(each.active.binding.action, each.active.node)
                return
            at -= each.width
