"""A widget that draws its rows itself, of which none can end the screen, and what a mouse does on it: text is selected
by dragging over it, the bar and an edge are dragged. Nothing that a mouse does marks anything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip
from textual.widget import Widget

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
NOT_DRAWN = "(This could not be drawn.)"


@dataclass
class NotDrawn(Message):
    """Something could not be drawn as it should, for a fault of MarkTerm's own."""

    error: Exception


class Placed(NamedTuple):
    """A text in a row: the cell in which it begins, and where it stands in what is shown, which is the same at every
    width: `at.y` is its line there and `at.x` the character in that line."""

    cell: int
    text: str
    at: Offset


class _Dragged(Enum):
    NOTHING = auto()
    TEXT = auto()
    BAR = auto()
    EDGE = auto()


class DrawnRows(Widget):
    """Subclasses draw a row; where that fails its plain text is shown, or that there is none. What they say of the
    texts in a row can be selected with the mouse."""

    # Textual selects rows as they are drawn: what goes on below, and what is scrolled, would be cut.
    ALLOW_SELECT = False
    DOUBLE_CLICK_SELECTS: ClassVar = True
    """Whether the second of two clicks selects the word that was clicked."""

    @dataclass
    class EdgeDragged(Message):
        """The line between this widget and its neighbour is held by the mouse, in that column and row of the screen."""

        rows: DrawnRows
        column: int
        row: int
        is_let_go: bool = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._looks: dict[str, Style] = {}
        self._dragged = _Dragged.NOTHING
        self._pressed_at: tuple[Offset, Offset] | None = None
        self._was_dragged = False

    def look(self, name: str) -> Style:
        """What that component class looks like, by itself. Textual works it out anew for every picture."""
        if name not in self._looks:
            self._looks[name] = self.get_component_rich_style(name, partial=True)
        return self._looks[name]

    def notify_style_update(self) -> None:
        """The theme changed, or the widget got the focus."""
        super().notify_style_update()
        self._looks.clear()

    def row(self, y: int) -> Strip:
        """The row `y` of the widget."""
        raise NotImplementedError

    def plain_row(self, y: int) -> str:  # noqa: ARG002 - for subclasses that know more
        """What the row `y` says, when it cannot be drawn."""
        return NOT_DRAWN

    def render_line(self, y: int) -> Strip:
        """The row `y`, in one form or the other."""
        try:
            return self._with_selection(self.row(y), y)
        except Exception as error:  # whatever it is, the other rows and the keys go on
            self.post_message(NotDrawn(error))
        try:
            text = self.plain_row(y)
        except Exception:  # then nothing is known of the row
            text = NOT_DRAWN
        return Strip([Segment(text)]).adjust_cell_length(self.size.width)

    # What a mouse does

    def placed(self, y: int) -> Iterable[Placed]:  # noqa: ARG002 - for subclasses that have text
        """The texts of the row `y`, from left to right; one that is empty where the row stands for a place alone."""
        return ()

    def source_lines(self, first: int, last: int) -> Iterator[tuple[int | None, str]]:  # noqa: ARG002
        """The lines of what is shown between two numbers, as they are copied; without a number what stands between."""
        yield from ()

    def copied(self, text: str) -> str:
        """What of the text of these lines is copied; subclasses take their own signs away."""
        return text

    def scroll_rows(self, rows: int) -> None:
        """Move by rows: the mouse is held above the widget, or below it."""

    def bar_to(self, y: int) -> None:
        """The bar is held at the row `y`."""

    def clicked(self, x: int, y: int) -> None:
        """That cell was clicked."""

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to select, or take hold of the bar or of the edge."""
        if event.button != 1:
            return
        x, y = self._cell(event)
        self._was_dragged, self._pressed_at = False, None
        if not (0 <= x < self.size.width and 0 <= y < self.size.height):
            self._dragged = _Dragged.EDGE
        elif x == self.size.width - 1:
            self._dragged = _Dragged.BAR
            self.bar_to(y)
        else:
            self._dragged = _Dragged.TEXT
            self._pressed_at = self._place_at(x, y)
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Go on with what is held."""
        if self._dragged is _Dragged.NOTHING:
            return
        event.stop()
        x, y = self._cell(event)
        self._was_dragged = True
        match self._dragged:
            case _Dragged.BAR:
                self.bar_to(y)
            case _Dragged.EDGE:
                self.post_message(self.EdgeDragged(self, event.screen_x, event.screen_y))
            case _Dragged.TEXT:
                height = self.size.height
                if not 0 <= y < height:
                    self.scroll_rows(-1 if y < 0 else 1)
                to = self._place_at(x, min(max(y, 0), height - 1))
                self._pressed_at = self._pressed_at or to
                if self._pressed_at is not None and to is not None:
                    self._select(self._pressed_at, to)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go."""
        if self._dragged is not _Dragged.NOTHING:
            if self._dragged is _Dragged.EDGE and self._was_dragged:
                self.post_message(self.EdgeDragged(self, event.screen_x, event.screen_y, is_let_go=True))
            self._dragged = _Dragged.NOTHING
            self.release_mouse()
            if self._was_dragged:
                event.stop()

    def on_mouse_release(self) -> None:
        """Something opened while the button was down: nothing is held any more."""
        self._dragged = _Dragged.NOTHING

    def on_click(self, event: events.Click) -> None:
        """A click that dragged nothing, and is on neither bar nor edge."""
        event.stop()
        x, y = self._cell(event)
        if self._was_dragged or not (0 <= x < self.size.width - 1 and 0 <= y < self.size.height):
            return
        if event.chain == 2 and self.DOUBLE_CLICK_SELECTS:
            self._select_word(x, y)
        else:
            self.clicked(x, y)

    def _cell(self, event: events.MouseEvent) -> tuple[int, int]:
        return event.x - self.gutter.left, event.y - self.gutter.top

    # What is selected

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What is selected, as it is copied: whole lines, however they are broken here."""
        if selection.start is None or selection.end is None:
            return None
        lines: list[str] = []
        for number, text in self.source_lines(selection.start.y, selection.end.y):
            span = selection.get_span(number) if number is not None else None
            if span is None:
                lines.append(text)
            else:
                start, end = span
                lines.append(text[max(start, 0) : None if end < 0 else end])
        return self.copied("\n".join(lines)), "\n"

    def select_nothing(self) -> None:
        """What is shown is another text: what was selected is not there any more."""
        if self.is_attached and self.text_selection is not None:
            self.screen.clear_selection()

    def _select(self, one: tuple[Offset, Offset], other: tuple[Offset, Offset]) -> None:
        """Select from one character to another, both taken in."""
        first, last = sorted((one, other), key=lambda place: (place[0].y, place[0].x))
        self.screen.selections = {self: Selection(first[0], last[1])}

    def _place_at(self, x: int, y: int) -> tuple[Offset, Offset] | None:
        """Before and after the character in that cell; both the same beside the text. Below a text it is its end.
        None where there is no text."""
        place: Offset | None = None
        for row in range(y, -1, -1):
            for begins, text, at in self.placed(row):
                cell = begins
                if row == y and x < cell:
                    return (at, at) if place is None else (place, place)
                for number, character in enumerate(text):
                    cell += cell_len(character)
                    if row == y and x < cell:
                        return _further(at, number), _further(at, number + 1)
                place = _further(at, len(text))
            if place is not None:
                return place, place
        return None

    def _select_word(self, x: int, y: int) -> None:
        place = self._place_at(x, y)
        if place is None or place[0] == place[1]:
            return
        at = place[0]
        line = next((text for number, text in self.source_lines(at.y, at.y) if number == at.y), "")
        word = next((found for found in _WORD.finditer(line) if found.start() <= at.x < found.end()), None)
        if word is not None:
            self.screen.selections = {self: Selection(Offset(word.start(), at.y), Offset(word.end(), at.y))}

    def _with_selection(self, strip: Strip, y: int) -> Strip:
        selection = self.text_selection
        if selection is None:
            return strip
        style = self.screen.get_component_rich_style("screen--selection")
        if not self.screen.get_component_styles("screen--selection").color.a:
            # The ground alone, in all themes but those of the terminal's own colours: the text keeps what it tells.
            style = Style(bgcolor=style.bgcolor)
        for cell, text, at in self.placed(y):
            span = selection.get_span(at.y)
            if span is None:
                continue
            start = min(max(span[0] - at.x, 0), len(text))
            end = len(text) if span[1] < 0 else min(max(span[1] - at.x, 0), len(text))
            if start < end:
                first = cell + cell_len(text[:start])
                last = first + cell_len(text[start:end])
                width = strip.cell_length
                strip = Strip.join(
                    [
                        strip.crop(0, first),
                        Strip(
                            [
                                segment._replace(style=(segment.style or Style()) + style)
                                for segment in strip.crop(first, last)
                            ]
                        ),
                        strip.crop(last, width),
                    ]
                )
        return strip


def _further(at: Offset, characters: int) -> Offset:
    return Offset(at.x + characters, at.y)
