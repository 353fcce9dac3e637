"""A list with a cursor that draws only the lines in sight, so that ten thousand cost what twenty do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.geometry import Offset, Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from markterm.tui.command import Command
from markterm.tui.signs import STYLES
from markterm.tui.widgets.bar import BAR, is_bar, top_of_bar
from markterm.tui.widgets.drawn_rows import DrawnRows, Placed

Piece = tuple[str, str]
"""A text and the component class that styles it; an empty class is the widget's own style."""

_AHEAD = 2
_KEPT = 256
"""Lines that were drawn are kept: two or three screens of them."""


def fit(text: str, width: int, *, right: bool = False) -> str:
    """`text` in exactly `width` cells: cut with an ellipsis, or padded."""
    if cell_len(text) > width:
        return set_cell_size(text, max(width - 1, 0)) + "…" if width else ""
    return " " * (width - cell_len(text)) + text if right else set_cell_size(text, width)


def _move(on: Widget, step: int) -> None:
    focused = on.screen.focused
    if isinstance(focused, LineList):
        focused.action_move(step)
        return
    for each in on.query(LineList).results():
        if each.is_on_screen:
            each.action_move(step)


def up_and_down(area: str, line: str) -> tuple[type[Command[Any]], ...]:
    """The commands that move in a list by letters, `area.down` and `area.up`; `line` is what a line of it is.

    Of several lists they move in that which has the keys; before a list is there they move nothing.
    """

    class Down(Command["Widget"]):
        id, key, words = f"{area}.down", "j", f"Next {line}"

        async def run(self, on: Widget) -> None:
            _move(on, 1)

    class Up(Command["Widget"]):
        id, key, words = f"{area}.up", "k", f"Previous {line}"

        async def run(self, on: Widget) -> None:
            _move(on, -1)

    return Down, Up


class Choose(Command["LineList"]):
    """Choose the line under the cursor; subclasses have an id and say what that does."""

    key = "enter"

    async def run(self, on: LineList) -> None:
        on.action_choose()


class LineList(DrawnRows, can_focus=True, inherit_bindings=False):
    """Subclasses say how many lines there are, and what each one holds."""

    DOUBLE_CLICK_SELECTS = False  # the second click chooses the line
    COMPONENT_CLASSES = {"line-list--cursor", "line-list--bar", *STYLES}  # noqa: RUF012  # as Textual declares it
    DEFAULT_CSS = """
    LineList { width: 1fr; height: 1fr; }
    LineList > .line-list--cursor { background: $cursor; text-style: bold; }
    LineList > .line-list--bar { color: $quiet; }
    LineList:focus > .line-list--bar { color: $primary; }
    LineList > .sign--pass { color: $success; }
    LineList > .sign--refer { color: $error; }
    LineList > .sign--conflict { color: $warning; text-style: bold reverse; }
    LineList > .sign--open { color: $quiet; }
    LineList > .sign--quiet { color: $quiet; }
    LineList > .sign--heading { color: $primary; text-style: bold; }
    """
    BINDINGS = [  # noqa: RUF012  # as Textual declares it
        Binding("up", "move(-1)", "up", show=False, id="list.up"),
        Binding("down", "move(1)", "down", show=False, id="list.down"),
        Binding("pageup", "page(-1)", "page up", show=False, id="list.page-up"),
        Binding("pagedown", "page(1)", "page down", show=False, id="list.page-down"),
        Binding("home", "to_end(-1)", "first", show=False, id="list.first"),
        Binding("end", "to_end(1)", "last", show=False, id="list.last"),
    ]

    cursor = reactive(0, repaint=False)

    @dataclass
    class Moved(Message):
        """The cursor moved, by key or mouse."""

        list: LineList
        index: int

        @property
        def control(self) -> LineList:
            """The list."""
            return self.list

    @dataclass
    class Chosen(Message):
        """Enter was pressed on a line, or it was clicked while the cursor was on it."""

        list: LineList
        index: int

        @property
        def control(self) -> LineList:
            """The list."""
            return self.list

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._top = 0
        self._base = Style()
        # What Textual works out of a strip stays with it: the same line is the same strip, wherever it is drawn.
        self._strips: dict[tuple[tuple[Piece, ...], int, Style, bool], Strip] = {}

    def notify_style_update(self) -> None:
        """Draw the lines in the colours that the theme has now."""
        super().notify_style_update()
        self._strips.clear()

    def line_count(self) -> int:
        """How many lines there are."""
        raise NotImplementedError

    def line(self, index: int, width: int) -> Iterable[Piece]:
        """The pieces of a line that is `width` cells wide."""
        raise NotImplementedError

    def can_stand_on(self, index: int) -> bool:
        """Whether the cursor may stand on that line; headings are passed over."""
        return index >= 0

    def move_to(self, index: int) -> None:
        """Put the cursor on a line, in sight, and say nothing about it."""
        with self.prevent(LineList.Moved):
            self.cursor = index
        self._bring_into_sight()
        self.refresh()

    def fit_in(self, most: int, at: int | None = None) -> None:
        """Its lines are others: it is as high as they are, at most so many, with the cursor `at` that line, or where it
        was as far as there is one."""
        count = self.line_count()
        self.styles.height = min(max(count, 1), most)
        self.lines_changed()
        self.move_to(min(self.cursor if at is None else at, max(count - 1, 0)))

    def lines_changed(self) -> None:
        """The number or the content of the lines changed: draw them again, with the cursor on one that is there."""
        self.move_to(self._nearest(min(self.cursor, self.line_count() - 1)))

    @property
    def in_sight(self) -> range:
        """The numbers of the lines that are shown."""
        return range(self._top, min(self._top + self.size.height, self.line_count()))

    def refresh_index(self, index: int) -> None:
        """Draw one line again, if it is in sight."""
        if self._top <= index < self._top + self.size.height:
            self.refresh(Region(0, index - self._top, self.size.width, 1))

    def watch_cursor(self, before: int, now: int) -> None:
        """Draw what changed, and tell."""
        top = self._top
        self._bring_into_sight()
        if top == self._top:
            self.refresh_index(before)
            self.refresh_index(now)
        else:
            self.refresh()
        if now < self.line_count():
            self.post_message(self.Moved(self, now))

    def action_move(self, step: int) -> None:
        """One line up or down, over headings."""
        index = self.cursor + step
        while 0 <= index < self.line_count() and not self.can_stand_on(index):
            index += step
        if 0 <= index < self.line_count():
            self.cursor = index
        elif self._top and step < 0:
            # Headings above the first line that can be stood on come into sight too.
            self._scroll(-self._top)

    def action_page(self, step: int) -> None:
        """A screen up or down."""
        if self.line_count():
            wanted = self.cursor + step * max(self.size.height - 1, 1)
            self.cursor = self._nearest(max(0, min(wanted, self.line_count() - 1)))

    def action_to_end(self, step: int) -> None:
        """To the first or the last line."""
        if self.line_count():
            self.cursor = self._nearest(self.line_count() - 1 if step > 0 else 0)

    def action_choose(self) -> None:
        """Choose the line under the cursor; lists in which something can be chosen bind it to Enter."""
        if self.cursor < self.line_count() and self.can_stand_on(self.cursor):
            self.post_message(self.Chosen(self, self.cursor))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Three lines down; the cursor stays."""
        event.stop()
        self._scroll(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Three lines up; the cursor stays."""
        event.stop()
        self._scroll(-3)

    def clicked(self, x: int, y: int) -> None:  # noqa: ARG002 - every cell of a line stands for it
        """Put the cursor there; a click on the cursor's line chooses it."""
        index = self._top + y
        if not (0 <= index < self.line_count() and self.can_stand_on(index)):
            return
        if index == self.cursor:
            self.action_choose()
        else:
            self.cursor = index

    def placed(self, y: int) -> Iterable[Placed]:
        """The line that is shown there."""
        index = self._top + y
        if index < self.line_count():
            yield Placed(0, self._text(index), Offset(0, index))

    def source_lines(self, first: int, last: int) -> Iterator[tuple[int | None, str]]:
        """The lines as they are shown."""
        for index in range(first, min(last + 1, self.line_count())):
            yield index, self._text(index)

    def copied(self, text: str) -> str:
        """Without the sign of the cursor, and what fills a line."""
        return "\n".join(line.strip("▸ ") for line in text.split("\n"))

    def _text(self, index: int) -> str:
        inner = self.size.width - 1
        text = "".join(piece for piece, _ in self.line(index, inner))
        return (text if cell_len(text) <= inner else set_cell_size(text, inner)).rstrip()

    def scroll_rows(self, rows: int) -> None:
        """The lines, and not the cursor."""
        self._scroll(rows)

    def bar_to(self, y: int) -> None:
        """The lines of that part of the list; the cursor stays."""
        self._scroll(top_of_bar(y, self.size.height, self.line_count()) - self._top)

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._bring_into_sight()
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines that are asked for. What they all look like is worked out once for all of them."""
        self._base = self.rich_style
        return super().render_lines(crop)

    def row(self, y: int) -> Strip:
        """One line of the widget."""
        width = self.size.width
        index = self._top + y
        base = self._base
        on_cursor = index == self.cursor and index < self.line_count() and self.can_stand_on(index)
        if on_cursor:
            base += self.look("line-list--cursor")
        if index >= self.line_count():
            return Strip.blank(width, base)
        drawn = tuple(self.line(index, width - 1)), width, base, self._bar_at(y)
        if drawn not in self._strips:
            if len(self._strips) >= _KEPT:
                self._strips.clear()
            self._strips[drawn] = self._strip(*drawn)
        return self._strips[drawn]

    def _strip(self, pieces: Iterable[Piece], width: int, base: Style, has_bar: bool) -> Strip:
        inner = width - 1
        segments: list[Segment] = []
        used = 0
        for text, name in pieces:
            style = base + self.look(name) if name else base
            room = inner - used
            if room <= 0:
                break
            cut = text if cell_len(text) <= room else set_cell_size(text, room)
            segments.append(Segment(cut, style))
            used += cell_len(cut)
        if used < inner:
            segments.append(Segment(" " * (inner - used), base))
        return Strip(
            [*segments, Segment(BAR if has_bar else " ", base + self.look("line-list--bar"))], max(inner, used) + 1
        )

    def _bar_at(self, y: int) -> bool:
        return is_bar(y, self._top, self.size.height, self.line_count())

    def _bring_into_sight(self) -> None:
        height = self.size.height
        if height <= 0:
            return
        first = self.cursor
        while first > 0 and not self.can_stand_on(first - 1) and self.cursor - first < height - 1:
            first -= 1
        # A line or two beyond the cursor stays in sight: one sees where one is going.
        last = min(self.cursor + min(_AHEAD, height // 4), self.line_count() - 1)
        if first < self._top:
            self._top = first
        elif last >= self._top + height:
            self._top = last - height + 1
        self._top = max(0, min(self._top, self.line_count() - height))

    def _scroll(self, lines: int) -> None:
        top = max(0, min(self._top + lines, self.line_count() - self.size.height))
        if top != self._top:
            self._top = top
            self.refresh()

    def _nearest(self, index: int) -> int:
        count = self.line_count()
        for near in chain(range(max(index, 0), count), range(min(index, count - 1), -1, -1)):
            if self.can_stand_on(near):
                return near
        return 0
