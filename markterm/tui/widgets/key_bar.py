"""The last line of a screen: the keys that matter now, and when the last entry became durable."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Static

from markterm.tui.keys_now import bindings_now


class KeyBar(Static):
    """Shows the keys of bindings that have `show`, as many as there is room for; `?` always fits."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; width: 1fr; background: $panel; color: $foreground; }
    """

    saved: reactive[str] = reactive("")

    def __init__(self) -> None:
        super().__init__()
        self._help: tuple[str, str] | None = None
        self._keys: list[tuple[str, str]] = []

    def on_mount(self) -> None:
        """Follow the screen's keys."""
        self.screen.bindings_updated_signal.subscribe(self, self._keys_changed)
        self._keys_changed(self.screen)

    def on_resize(self) -> None:
        """Show as many as fit now."""
        self._draw()

    def watch_saved(self) -> None:
        """Say when it was saved."""
        self._draw()

    def _keys_changed(self, screen: Screen[object]) -> None:
        if screen is not self.screen:
            return
        shown: dict[str, tuple[str, str]] = {}
        for active in bindings_now(screen):
            binding = active.binding
            if binding.show and active.enabled and binding.description:
                name = binding.id or binding.action
                shown.setdefault(name, (self.app.get_key_display(binding), binding.description))
        self._help = shown.pop("app.keys", None)
        self._keys = list(shown.values())
        self._draw()

    def _draw(self) -> None:
        if not self.is_attached:
            return
        room = self.size.width - cell_len(self.saved) - 2
        if self._help is not None:
            room -= _width(self._help)
        kept: list[tuple[str, str]] = []
        for key in self._keys:
            if _width(key) > room:
                break
            room -= _width(key)
            kept.append(key)
        if self._help is not None:
            kept.append(self._help)
        pieces = [
            Content.assemble(Content.styled(f" {key} ", "bold $primary"), Content(f"{word} ")) for key, word in kept
        ]
        left = Content.assemble(*pieces)
        gap = max(self.size.width - left.cell_length - cell_len(self.saved) - 1, 0)
        self.update(Content.assemble(left, " " * gap, Content.styled(self.saved, "$success")), layout=False)


def _width(key: tuple[str, str]) -> int:
    return cell_len(key[0]) + cell_len(key[1]) + 3
