"""The pane in which evidence is read: any length of it, at once, with nothing hidden."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from markterm.domain.foreign_text import one_line
from markterm.evidence.chunks import Heading
from markterm.evidence.document import EvidenceDocument
from markterm.tui.widgets.evidence_matches import FoundMatches, marked
from markterm.tui.widgets.evidence_rows import Part, Row
from markterm.tui.widgets.evidence_view import TOP, EvidenceView, Place
from markterm.tui.widgets.evidence_wrap import wrap

_GUTTER = 2
_RIGHT = 2  # a space and the scrollbar
_OVERLAP = 2
_WHEEL = 3
_REVERSE = Style(reverse=True)
_MARKS = {"match": "·", "match-current": "▸"}
_STYLES = (
    *(f"heading-{level}" for level in range(1, 7)),
    *("strong", "emphasis", "strike", "code", "code-block", "link", "address", "image", "raw", "footnote"),
    *("quote", "quote-bar", "marker", "rule", "label", "table-header", "table-line"),
    *("match", "match-current", "gutter", "track", "thumb", "message-title", "message-detail"),
)


class EvidencePane(Widget, can_focus=True):
    """Shows one file of a learner, or says why it cannot.

    Draws only the rows in sight: a file of a megabyte opens and turns its pages as fast as one of a page.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"evidence--{name}" for name in _STYLES}
    DEFAULT_CSS = """
    EvidencePane {
        width: 1fr;
        height: 1fr;
        background: $surface;
        color: $foreground;
        & .evidence--heading-1 { color: $primary; text-style: bold; }
        & .evidence--heading-2 { color: $primary; text-style: bold; }
        & .evidence--heading-3 { color: $primary; text-style: bold; }
        & .evidence--heading-4 { text-style: bold underline; }
        & .evidence--heading-5 { text-style: bold italic; }
        & .evidence--heading-6 { text-style: italic; }
        & .evidence--strong { text-style: bold; }
        & .evidence--emphasis { text-style: italic; }
        & .evidence--strike { text-style: strike; }
        & .evidence--code { background: $foreground 8%; color: $text-accent; }
        & .evidence--code-block { background: $foreground 8%; }
        & .evidence--link { text-style: underline; }
        & .evidence--address { color: $foreground 65%; }
        & .evidence--image { color: $text-secondary; text-style: italic; }
        & .evidence--raw { color: $foreground 75%; text-style: italic; }
        & .evidence--footnote { color: $text-secondary; text-style: bold; }
        & .evidence--quote { color: $foreground 85%; }
        & .evidence--quote-bar { color: $secondary; }
        & .evidence--marker { color: $text-primary; }
        & .evidence--rule { color: $foreground 40%; }
        & .evidence--label { color: $foreground 60%; }
        & .evidence--table-header { text-style: bold; }
        & .evidence--table-line { color: $foreground 40%; }
        & .evidence--match { background: $warning 40%; text-style: underline; }
        & .evidence--match-current { text-style: bold; }
        & .evidence--gutter { color: $text-warning; text-style: bold; }
        & .evidence--track { color: $foreground 15%; }
        & .evidence--thumb { color: $foreground 50%; }
        & .evidence--message-title { text-style: bold; }
        & .evidence--message-detail { color: $foreground 80%; }
        &:focus .evidence--thumb { color: $primary; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_lines(-1)", "Line up", show=False, id="evidence.up"),
        Binding("down", "scroll_lines(1)", "Line down", show=False, id="evidence.down"),
        Binding("pageup", "page_up", "Page up", show=False, id="evidence.page_up"),
        Binding("pagedown", "page_down", "Page down", show=False, id="evidence.page_down"),
        Binding("home", "scroll_home", "Start", show=False, id="evidence.home"),
        Binding("end", "scroll_end", "End", show=False, id="evidence.end"),
    ]

    @dataclass
    class PositionChanged(Message):
        """Another part of the evidence is in sight: its first line (from 0), the heading above it, and how far it is
        into the file, 0 to 1."""

        pane: EvidencePane
        line: int
        heading: str
        fraction: float

        @property
        def control(self) -> EvidencePane:
            """The pane, for `@on` with a selector."""
            return self.pane

    def __init__(
        self,
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._view: EvidenceView | None = None
        self._top = TOP
        self._found: FoundMatches | None = None
        self._message = ("", "")
        self._page: list[tuple[Place, Row]] | None = None
        self._said: tuple[int, str] | None = None
        self.file_name = ""

    # What is shown

    def show(self, document: EvidenceDocument, name: str) -> None:
        """Show `document`, the file called `name`, from its start."""
        self._message = ("", "")
        self.file_name = one_line(name)
        self._view = EvidenceView(document, self._text_width)
        self._found = None
        self._go(TOP)

    def show_message(self, title: str, detail: str) -> None:
        """Show no file, but why there is none and what to do."""
        self.clear()
        self._message = (one_line(title), one_line(detail))

    def clear(self) -> None:
        """Show nothing."""
        self._view = None
        self._found = None
        self._message = ("", "")
        self.file_name = ""
        self._said = None
        self._go(TOP)

    @property
    def document(self) -> EvidenceDocument | None:
        """What is shown, if it is a document."""
        return self._view.document if self._view is not None else None

    @property
    def outline(self) -> tuple[Heading, ...]:
        """The headings of the document."""
        return self._view.document.outline if self._view is not None else ()

    @property
    def top_line(self) -> int:
        """The line of the source at the top of the pane, from 0."""
        row = self._view.row(self._top) if self._view is not None else None
        return row.line if row is not None else 0

    @property
    def current_heading(self) -> str:
        """The heading that the text at the top of the pane stands under, or nothing."""
        heading = self._view.document.heading_above(self.top_line) if self._view is not None else None
        return heading.text if heading is not None else ""

    # Moving

    def scroll_lines(self, lines: int) -> None:
        """Move by rows of the screen: down, or up when negative."""
        if self._view is not None:
            self._go(self._view.moved(self._top, lines))

    def page_down(self) -> None:
        """Move by a page, of which the last two rows stay in sight."""
        self.scroll_lines(max(self.size.height - _OVERLAP, 1))

    def page_up(self) -> None:
        """Move back by a page, of which the first two rows stay in sight."""
        self.scroll_lines(-max(self.size.height - _OVERLAP, 1))

    def scroll_home(self, *_: object, **_options: object) -> None:
        """Go to the start. There is nothing to animate, so Textual's options say nothing here."""
        self._go(TOP)

    def scroll_end(self, *_: object, **_options: object) -> None:
        """Go to the last page."""
        if self._view is not None:
            self._go(self._view.last_top(self.size.height))

    def go_to_line(self, line: int) -> None:
        """Bring `line` of the source (from 0) to the top of the pane."""
        if self._view is not None:
            self._go(self._view.place_of_line(line))

    def _go(self, place: Place) -> None:
        """Put `place` at the top, or as far down as a full last page allows."""
        self._page = None
        if self._view is not None:
            if self.size.height:
                place = min(place, self._view.last_top(self.size.height))
            self._top = place
            self._say_position()
        else:
            self._top = TOP
        self.refresh()

    def _say_position(self) -> None:
        if self._view is None:
            return
        position = (self.top_line, self.current_heading)
        if position != self._said:
            self._said = position
            self.post_message(self.PositionChanged(self, *position, self._view.fraction(self._top)))

    def action_scroll_lines(self, lines: int) -> None:
        """Move by rows."""
        self.scroll_lines(lines)

    def action_page_down(self) -> None:
        """Move by a page."""
        self.page_down()

    def action_page_up(self) -> None:
        """Move back by a page."""
        self.page_up()

    def action_scroll_home(self) -> None:
        """Go to the start."""
        self.scroll_home()

    def action_scroll_end(self) -> None:
        """Go to the last page."""
        self.scroll_end()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move with the wheel."""
        self.scroll_lines(_WHEEL)
        event.stop()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move with the wheel."""
        self.scroll_lines(-_WHEEL)
        event.stop()

    def on_click(self, event: events.Click) -> None:
        """A click on the scrollbar goes to that part of the file."""
        offset = event.get_content_offset(self)
        if self._view is not None and offset is not None and offset.x == self.size.width - 1:
            document = self._view.document
            self.go_to_line(document.line_at(offset.y * len(document.source) // max(self.size.height, 1)))

    # Finding

    def find(self, query: str) -> int:
        """Mark what matches `query`, go to the first match at the top line or below; how many there are."""
        if self._view is None or not query.strip():
            self.end_find()
            return 0
        document = self._view.document
        matches = document.find(query)
        if not len(matches):
            self.end_find()
            return 0
        current = matches.first_at(document.line_start(self.top_line))
        self._found = FoundMatches(query, matches, current % len(matches))
        self._bring_match_into_sight()
        return len(matches)

    def find_next(self) -> None:
        """Go to the next match; after the last, to the first."""
        self._find_further(1)

    def find_previous(self) -> None:
        """Go to the match before; from the first, to the last."""
        self._find_further(-1)

    @property
    def find_position(self) -> tuple[int, int] | None:
        """The number of the current match, from 1, and how many there are; None when nothing is looked for."""
        if self._found is None:
            return None
        return self._found.current + 1, len(self._found.matches)

    @property
    def find_query(self) -> str:
        """What is looked for; nothing when it was not found."""
        return self._found.query if self._found is not None else ""

    def end_find(self) -> None:
        """Mark nothing any more."""
        self._found = None
        self.refresh()

    def _find_further(self, step: int) -> None:
        if self._found is not None:
            self._found.move(step)
            self._bring_match_into_sight()

    def _bring_match_into_sight(self) -> None:
        if self._view is None or self._found is None:
            return
        place = self._found.place(self._view)
        height = max(self.size.height, 1)
        if not any(place == shown for shown, _ in self._view.page(self._top, height)):
            self._go(self._view.moved(place, -(height // 3)))
        self.refresh()

    # Drawing

    @property
    def _text_width(self) -> int:
        return max(self.size.width - _GUTTER - _RIGHT, 4)

    def on_resize(self) -> None:
        """Keep the text at the top where it is."""
        if self._view is not None and self._view.width != self._text_width:
            self._view, self._top = self._view.resized(self._text_width, self._top)
        self._go(self._top)

    def render_line(self, y: int) -> Strip:
        """The row `y` of the pane."""
        width = self.size.width
        if self._view is None:
            parts, scrollbar = self._message_row(y), []
        else:
            if self._page is None:
                self._page = list(self._view.page(self._top, self.size.height))
            parts = self._evidence_row(self._view, *self._page[y]) if y < len(self._page) else []
            scrollbar = [self._scrollbar(self._view, y)]
        ground = self.visual_style.rich_style
        strip = Strip([self._segment(part) for part in parts])
        strip = strip.adjust_cell_length(width - len(scrollbar), ground)
        return Strip([*strip, *(self._segment(part) for part in scrollbar)], width)

    def _evidence_row(self, view: EvidenceView, place: Place, row: Row) -> list[Part]:
        if self._found is None:
            return [Part(" " * _GUTTER, ()), *row.parts]
        parts, mark = marked(row, self._found.shown(view, place.chunk, row.block))
        return [Part(_MARKS.get(mark, "").ljust(_GUTTER), ("gutter",)), *parts]

    def _message_row(self, y: int) -> list[Part]:
        width = self._text_width
        rows: list[Part] = []
        for text, style in zip(self._message, ("message-title", "message-detail"), strict=True):
            rows.extend(Part(text[start:end], (style,)) for start, end in wrap(text, width) if text)
            rows.append(Part("", ()))
        at = y - 1
        return [Part(" " * _GUTTER, ()), rows[at]] if 0 <= at < len(rows) else []

    def _scrollbar(self, view: EvidenceView, y: int) -> Part:
        page = self._page or []
        height = max(self.size.height, 1)
        if not page or (self._top == TOP and len(page) < height):
            return Part(" ", ())
        begin = view.fraction(page[0][0])
        end = view.fraction(page[-1][0])
        size = max(round((end - begin) * height), 1)
        at_end = self._top == view.last_top(height)
        start = height - size if at_end else min(round(begin * height), height - size - (size < height))
        return Part("┃", ("thumb",)) if start <= y < start + size else Part("│", ("track",))

    def _segment(self, part: Part) -> Segment:
        return Segment(part.text, self._style(part.styles))

    def _style(self, styles: tuple[str, ...]) -> Style:
        style = self.get_visual_style(*(f"evidence--{name}" for name in styles)).rich_style
        # Textual's visual styles know no reverse, which is what shows where there is no colour.
        return style + _REVERSE if "match-current" in styles else style
