"""A text that is drawn and scrolled without laying the screen out anew, however often it changes."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.visual import Visual

from markterm.tui.widgets.drawn_rows import NOT_DRAWN, DrawnRows, NotDrawn

_MARGIN = 1
_RIGHT = 2  # a space and the bar
_BAR = "▐"
_WHEEL = 3


class TextPane(DrawnRows, can_focus=True, inherit_bindings=False):
    """Shows a `Content`, from its start whenever it changes. Subclasses make it for a width."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"text-pane--bar"}
    DEFAULT_CSS = """
    TextPane { width: 1fr; height: 1fr; }
    TextPane > .text-pane--bar { color: $quiet; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "lines(-1)", "up", show=False, id="text.up"),
        Binding("down", "lines(1)", "down", show=False, id="text.down"),
        Binding("pageup", "page(-1)", "page up", show=False, id="text.page-up"),
        Binding("pagedown", "page(1)", "page down", show=False, id="text.page-down"),
        Binding("home", "lines(-100000)", "start", show=False, id="text.start"),
        Binding("end", "lines(100000)", "end", show=False, id="text.end"),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._strips: list[Strip] | None = None
        self._top = 0
        self._ground = self._bar = Style()

    def content(self, width: int) -> Content:
        """The text for a width in cells."""
        raise NotImplementedError

    def changed(self) -> None:
        """The text is another one: show it from its start."""
        self._strips, self._top = None, 0
        self.refresh()

    def on_resize(self) -> None:
        """The text is broken for the width."""
        self._strips = None
        self._scroll(0)

    def notify_style_update(self) -> None:
        """Draw the text in the colours that the theme has now."""
        super().notify_style_update()
        self._strips = None

    def action_lines(self, lines: int) -> None:
        """Move by lines."""
        self._scroll(lines)

    def action_page(self, step: int) -> None:
        """Move by a page, of which a line stays in sight."""
        self._scroll(step * max(self.size.height - 1, 1))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move with the wheel."""
        event.stop()
        self._scroll(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move with the wheel."""
        event.stop()
        self._scroll(-_WHEEL)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows that are asked for. What they all look like is worked out once for all of them."""
        self._ground = self.visual_style.rich_style
        self._bar = self._ground + self.look("text-pane--bar")
        return super().render_lines(crop)

    def row(self, y: int) -> Strip:
        """The row `y` of the pane."""
        width, ground = self.size.width, self._ground
        strips = self._drawn()
        inner = max(width - _MARGIN - _RIGHT, 1)
        text = strips[self._top + y] if self._top + y < len(strips) else Strip.blank(inner, ground)
        segments = [
            Segment(" " * _MARGIN, ground),
            *text.adjust_cell_length(inner, ground),
            Segment(" ", ground),
            Segment(_BAR if self._bar_at(y, len(strips)) else " ", self._bar),
        ]
        return Strip(segments).adjust_cell_length(width, ground)

    def _drawn(self) -> list[Strip]:
        if self._strips is None:
            width = max(self.size.width - _MARGIN - _RIGHT, 1)
            try:
                self._strips = Visual.to_strips(self, self.content(width), width, None, self.visual_style)
            except Exception as error:  # the keys still work, and another criterion may be drawn
                self.post_message(NotDrawn(error))
                self._strips = [Strip([Segment(NOT_DRAWN)])]
        return self._strips

    def _bar_at(self, y: int, count: int) -> bool:
        height = self.size.height
        if count <= height:
            return False
        length = max(1, height * height // count)
        start = round((height - length) * self._top / (count - height))
        return start <= y < start + length

    def _scroll(self, lines: int) -> None:
        self._top = max(0, min(self._top + lines, len(self._drawn()) - self.size.height))
        self.refresh()
