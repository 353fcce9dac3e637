"""A text that is drawn and scrolled without laying the screen out anew, however often it changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual

from markterm.domain.words.counted import counted
from markterm.tui.widgets.bar import BAR, is_bar, top_of_bar
from markterm.tui.widgets.drawn_rows import NOT_DRAWN, DrawnRows, NotDrawn, Placed
from markterm.tui.widgets.hanging import unhung

_MARGIN = 1
_RIGHT = 2  # a space and the bar
_WHEEL = 3
_GOES_TO = "goes_to"
_TAB = 8  # as Textual draws it
_LEAST = 3
"""Rows. In lower panes the text is worth more than how much of it is below."""


def goes_to(kind: str, number: int) -> Style:
    """The style of a text in a pane that goes somewhere when it is clicked; it looks like any other."""
    return Style.from_meta({_GOES_TO: (kind, number)})


class TextPane(DrawnRows, can_focus=True, inherit_bindings=False):
    """Shows a `Content`, from its start whenever it changes. Subclasses make it for a width."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"text-pane--bar"}
    DEFAULT_CSS = """
    TextPane { width: 1fr; height: 1fr; }
    TextPane > .text-pane--bar { color: $quiet; }
    TextPane:focus > .text-pane--bar { color: $primary; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "lines(-1)", "up", show=False, id="text.up"),
        Binding("down", "lines(1)", "down", show=False, id="text.down"),
        Binding("pageup", "page(-1)", "page up", show=False, id="text.page-up"),
        Binding("pagedown", "page(1)", "page down", show=False, id="text.page-down"),
        Binding("home", "lines(-100000)", "start", show=False, id="text.start"),
        Binding("end", "lines(100000)", "end", show=False, id="text.end"),
    ]

    @dataclass
    class WentTo(Message):
        """A text was clicked that `goes_to` that."""

        pane: TextPane
        kind: str
        number: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._strips: list[Strip] | None = None
        self._plain_lines: list[str] = []
        self._top = 0
        self._ground = self._bar = RichStyle()

    def content(self, width: int) -> Content:
        """The text for a width in cells."""
        raise NotImplementedError

    def changed(self) -> None:
        """The text is another one: show it from its start."""
        self._strips, self._top = None, 0
        self.select_nothing()
        self.refresh()

    def on_resize(self) -> None:
        """The text is broken for the width."""
        self._strips = None
        self.select_nothing()  # what hangs is broken into other lines
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
        has_bar = is_bar(y, self._top, self.size.height, len(strips))
        if self._top + y >= len(strips) and not has_bar:
            return Strip.blank(width, ground)  # The same one each time: most rows of a high pane are so.
        if (below := self._below(y)) > 1:
            text = Strip([Segment(f"↓ {counted(below, 'more line')}", self._bar)])
        else:
            text = strips[self._top + y] if self._top + y < len(strips) else Strip.blank(inner, ground)
        segments = [
            Segment(" " * _MARGIN, ground),
            *text.adjust_cell_length(inner, ground),
            Segment(" ", ground),
            Segment(BAR if has_bar else " ", self._bar),
        ]
        return Strip(segments, _MARGIN + inner + _RIGHT).adjust_cell_length(width, ground)

    def _drawn(self) -> list[Strip]:
        if self._strips is None:
            width = max(self.size.width - _MARGIN - _RIGHT, 1)
            try:
                self._strips = self._laid_out(self.content(width), width)
            except Exception as error:  # the keys still work, and another criterion may be drawn
                self.post_message(NotDrawn(error))
                self._strips = [Strip([Segment(NOT_DRAWN)])]
        return self._strips

    def _laid_out(self, content: Content, width: int) -> list[Strip]:
        self._plain_lines = content.plain.expandtabs(_TAB).split("\n")
        # What is selected is shown by the rows.
        return Visual.to_strips(self, content, width, None, self.visual_style, apply_selection=False)

    def _below(self, y: int) -> int:
        """How many lines stand below the row `y`, with its own, if it is the last in sight of a text that goes on."""
        height = self.size.height
        return len(self._drawn()) - self._top - y if height > _LEAST and y == height - 1 else 0

    def clicked(self, x: int, y: int) -> None:
        """Tell where the text that was clicked goes."""
        strips = self._drawn()
        if self._top + y >= len(strips) or self._below(y) > 1:
            return
        cell = _MARGIN
        for segment in strips[self._top + y]:
            cell += segment.cell_length
            if x < cell:
                where = segment.style.meta.get(_GOES_TO) if segment.style is not None else None
                if where is not None:
                    self.post_message(self.WentTo(self, *where))
                return

    def placed(self, y: int) -> Iterable[Placed]:
        """The texts of the row, by what Textual says of where they stand."""
        strips = self._drawn()
        if self._top + y >= len(strips) or self._below(y) > 1:
            return
        cell = _MARGIN
        for segment in strips[self._top + y]:
            at = segment.style.meta.get("offset") if segment.style is not None else None
            if at is not None and at[1] is not None:
                yield Placed(cell, segment.text, Offset(*at))
            cell += segment.cell_length

    def source_lines(self, first: int, last: int) -> Iterator[tuple[int | None, str]]:
        """The lines as they are before they are broken for the width."""
        yield from enumerate(self._plain_lines[first : last + 1], first)

    def copied(self, text: str) -> str:
        """With those lines whole that hang below where they begin."""
        return unhung(text)

    def scroll_rows(self, rows: int) -> None:
        """Move by rows."""
        self._scroll(rows)

    def bar_to(self, y: int) -> None:
        """Move to that part of the text."""
        self._scroll(top_of_bar(y, self.size.height, len(self._drawn())) - self._top)

    def _scroll(self, lines: int) -> None:
        self._top = max(0, min(self._top + lines, len(self._drawn()) - self.size.height))
        self.refresh()
