"""What to press, in a line below what opened over a screen: the keys stand out as they do in the key bar, and can be
clicked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from markterm.tui.command import commands_in, own_key
from markterm.tui.keys_now import bindings_now

_BETWEEN = " · "
_CLICKED = "command"
_HELP = "app.keys"


@dataclass(frozen=True, slots=True)
class _Part:
    """What is said of a command, or of several that belong together."""

    told: Content
    leaves: bool = False
    """Whether it says how one gets away."""

    @classmethod
    def of(cls, text: str) -> _Part:
        """The part, in which a click does what the key before it does, and before the first key what that one does."""
        names = [name for _, name in commands_in(text) if name]
        clicked, told = names[0] if names else "", Content()
        for piece, name in commands_in(text):
            clicked = name or clicked
            content = Content.styled(piece, "bold $primary") if name else Content(piece)
            told += content.stylize(Style.from_meta({_CLICKED: clicked})) if clicked else content
        return cls(told, any(name.endswith(".leave") or "escape" in own_key(name).split(",") for name in names))

    @classmethod
    def in_field(cls) -> _Part:
        """How the rest is told where `?` is a sign that is written."""
        told = Content.assemble(Content.styled("F1", "bold $primary"), " all keys")
        return cls(told.stylize(Style.from_meta({_CLICKED: _HELP})))


def keys_line(text: str) -> Content:
    """`text` with the key of a command wherever its id stands in braces, as `keyed` gives it; from there to the next
    dot or key it is what a click does. Raises `KeyError`."""
    return _joined(_parts(text))


class KeysLine(Static):
    """What to press, in one line, in the order in which it is given, as much of it as there is room for: how one gets
    away always fits, and so does the key that tells the rest. A click on a key or on what it does is that key."""

    DEFAULT_CSS = "KeysLine { color: $foreground; height: 1; width: 1fr; text-wrap: nowrap; text-overflow: ellipsis; }"

    def __init__(self, text: str) -> None:
        super().__init__(classes="keys")
        self._text = text

    def say(self, text: str) -> None:
        """Tell these keys from now on."""
        self._text = text
        self._draw()

    def on_mount(self) -> None:
        """Tell those that there is room for."""
        self._draw()

    def on_resize(self) -> None:
        """There is more room, or less."""
        self._draw()

    def _draw(self) -> None:
        parts, width = _parts(self._text), self.content_size.width or self.app.size.width
        shown = parts if _joined(parts).cell_length <= width else self._as_many(parts, width)
        self.update(_joined(shown), layout=False)

    def _as_many(self, parts: Sequence[_Part], width: int) -> Sequence[_Part]:
        """The first, how one gets away, how one learns the rest, and as many more as there is room for."""
        kept = {0, *(place for place, each in enumerate(parts) if each.leaves)}
        focused = self.screen.focused
        # What is written in takes every letter. The kinds of field are loaded by whoever shows one.
        in_field = focused is not None and focused.check_consume_key("a", "a")
        rest = [_Part.in_field() if in_field else _Part.of(f"{{{_HELP}}} all keys")]
        if _joined([*(parts[each] for each in kept), *rest]).cell_length > width:
            rest = []
        for place in range(1, len(parts)):
            if _joined([*(parts[each] for each in kept | {place}), *rest]).cell_length > width:
                break
            kept.add(place)
        return [*(parts[each] for each in sorted(kept)), *rest]

    async def on_click(self, event: events.Click) -> None:
        """Do what the key under the mouse does."""
        event.stop()
        name = event.style.meta.get(_CLICKED)
        for active in bindings_now(self.screen):
            if name and active.binding.id == name and active.enabled:
                await self.app.run_action(active.binding.action, active.node)
                return


def _parts(text: str) -> list[_Part]:
    return [_Part.of(each) for each in text.split(_BETWEEN) if each]


def _joined(parts: Sequence[_Part]) -> Content:
    return Content.styled(_BETWEEN, "$quiet").join([each.told for each in parts])
