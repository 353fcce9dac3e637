"""A document drawn a page at a time: any length of it, at once, with nothing hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.strip import Strip

from markterm.domain.words.foreign_text import one_line
from markterm.evidence.picture import Line
from markterm.evidence.text.blocks import Block
from markterm.evidence.text.chunks import Heading
from markterm.evidence.text.document import EvidenceDocument
from markterm.tui.evidence.picture import drawn
from markterm.tui.evidence.rows import DECORATION, Part, Row
from markterm.tui.evidence.view import TOP, EvidenceView, RowPlace
from markterm.tui.evidence.wrap import wrap
from markterm.tui.widgets.bar import BAR
from markterm.tui.widgets.drawn_rows import DrawnRows, Placed

GUTTER = 3
"""Cells left of the text, for marks."""
_RIGHT = 2  # a space and the scrollbar
_OVERLAP = 2
_WHEEL = 3
_BLOCKS = 1_000_000
"""More than a chunk has of them: what is selected is numbered by chunk and block."""
_REVERSE = Style(reverse=True)
_STYLES = (
    *(f"heading-{level}" for level in range(1, 7)),
    *("strong", "emphasis", "strike", "code", "code-block", "link", "address", "image", "raw", "footnote"),
    *("quote", "quote-bar", "marker", "rule", "label", "table-header", "table-line"),
    *("match", "match-current", "gutter", "thumb", "message-title", "message-detail", "chosen"),
)


class EvidencePage(DrawnRows, can_focus=True):
    """Shows one file of a learner, or says why it cannot. Subclasses mark what stands on it.

    Draws only the rows in sight: a file of a megabyte opens and turns its pages as fast as one of a page.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"evidence--{name}" for name in _STYLES}
    DEFAULT_CSS = """
    EvidencePage {
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
        & .evidence--address { color: $foreground 75%; }
        & .evidence--image { color: $text-secondary; text-style: italic; }
        & .evidence--raw { color: $foreground 75%; text-style: italic; }
        & .evidence--footnote { color: $text-secondary; text-style: bold; }
        & .evidence--quote { color: $foreground 85%; }
        & .evidence--quote-bar { color: $secondary; }
        & .evidence--marker { color: $text-primary; }
        & .evidence--rule { color: $foreground 60%; }
        & .evidence--label { color: $foreground 75%; }
        & .evidence--table-header { text-style: bold; }
        & .evidence--table-line { color: $foreground 60%; }
        & .evidence--match { background: $warning 30%; color: $foreground; text-style: underline; }
        & .evidence--match-current { text-style: bold; }
        & .evidence--chosen { color: $primary; }
        & .evidence--gutter { color: $text-warning; text-style: bold; }
        & .evidence--thumb { color: $foreground 60%; }
        & .evidence--message-title { text-style: bold; }
        & .evidence--message-detail { color: $foreground 80%; }
        &:focus .evidence--thumb { color: $primary; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page_up", "Page up", show=False, id="evidence.page_up"),
        Binding("pagedown", "page_down", "Page down", show=False, id="evidence.page_down"),
        Binding("home", "scroll_home", "Start", show=False, id="evidence.home"),
        Binding("end", "scroll_end", "End", show=False, id="evidence.end"),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.view: EvidenceView | None = None
        """The document at the width of the pane."""
        self.file_name = ""
        self._top = TOP
        self._message = ("", "")
        self._page: list[tuple[RowPlace, Row]] | None = None

    # What is shown

    def show(self, document: EvidenceDocument, name: str) -> None:
        """Show `document`, the file called `name`, from its start."""
        self._message = ("", "")
        self.file_name = one_line(name)
        self.view = EvidenceView(document, self._text_width)
        self.select_nothing()
        self.begin_anew()
        self.go(TOP)

    def show_message(self, title: str, detail: str) -> None:
        """Show no file, but why there is none and what to do."""
        self.clear()
        self._message = (one_line(title), one_line(detail))

    def clear(self) -> None:
        """Show nothing."""
        self.view = None
        self._message = ("", "")
        self.file_name = ""
        self.select_nothing()
        self.begin_anew()
        self.go(TOP)

    def begin_anew(self) -> None:
        """Another document is shown: forget what was marked on the one before."""

    def moved(self) -> None:
        """Another part of the document is in sight."""

    @property
    def document(self) -> EvidenceDocument | None:
        """What is shown, if it is a document."""
        return self.view.document if self.view is not None else None

    @property
    def outline(self) -> tuple[Heading, ...]:
        """The headings of the document."""
        return self.view.document.outline if self.view is not None else ()

    @property
    def top_line(self) -> int:
        """The line of the source at the top of the pane, from 0."""
        row = self.view.row(self._top) if self.view is not None else None
        return row.line if row is not None else 0

    @property
    def current_heading(self) -> str:
        """The heading that the text at the top of the pane stands under, or nothing."""
        heading = self.view.document.heading_above(self.top_line) if self.view is not None else None
        return heading.text if heading is not None else ""

    # Moving

    def scroll_lines(self, lines: int) -> None:
        """Move by rows of the screen: down, or up when negative."""
        if self.view is not None:
            self.go(self.view.moved(self._top, lines))

    def page_down(self) -> None:
        """Move by a page, of which the last two rows stay in sight."""
        self.scroll_lines(max(self.size.height - _OVERLAP, 1))

    def page_up(self) -> None:
        """Move back by a page, of which the first two rows stay in sight."""
        self.scroll_lines(-max(self.size.height - _OVERLAP, 1))

    def scroll_home(self, *_: object, **_options: object) -> None:
        """Go to the start. There is nothing to animate, so Textual's options say nothing here."""
        self.go(TOP)

    def scroll_end(self, *_: object, **_options: object) -> None:
        """Go to the last page."""
        if self.view is not None:
            self.go(self.view.last_top(self.size.height))

    def go(self, place: RowPlace) -> None:
        """Put `place` at the top, or as far down as a full last page allows."""
        self._page = None
        if self.view is not None:
            if self.size.height:
                place = min(place, self.view.last_top(self.size.height))
            self._top = place
            self.moved()
        else:
            self._top = TOP
        self.refresh()

    @property
    def top(self) -> RowPlace:
        """The row at the top."""
        return self._top

    def rows_in_sight(self) -> list[tuple[RowPlace, Row]]:
        """The rows of the page, from the top."""
        if self._page is None:
            self._page = list(self.view.page(self._top, self.size.height)) if self.view is not None else []
        return self._page

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

    # What a mouse does

    def clicked(self, x: int, y: int) -> None:  # noqa: ARG002 - a row is one place
        """Choose what was clicked."""
        if self.view is not None:
            self.row_clicked(y)

    def scroll_rows(self, rows: int) -> None:
        """Move by rows."""
        self.scroll_lines(rows)

    def bar_to(self, y: int) -> None:
        """Go to that part of the file."""
        if self.view is not None:
            document, height = self.view.document, max(self.size.height, 1)
            if y >= height - 1:
                self.scroll_end()
            else:
                line = document.line_at(max(y, 0) * len(document.source) // height)
                self.go(self.view.place_of_line(line))

    def placed(self, y: int) -> Iterable[Placed]:
        """The texts of the row that are the document's own; one that has none stands for its place."""
        page = self.rows_in_sight()
        if y >= len(page):
            return
        (chunk, _), row = page[y]
        line, cell, is_empty = chunk * _BLOCKS + row.block, GUTTER, True
        for part in row.parts:
            if part.offset != DECORATION:
                is_empty = False
                yield Placed(cell, part.text, Offset(part.offset, line))
            cell += cell_len(part.text)
        if is_empty:
            yield Placed(GUTTER, "", Offset(row.offset, line))

    def source_lines(self, first: int, last: int) -> Iterator[tuple[int | None, str]]:
        """The texts of blocks: they have no ends of lines but their own, and none of our signs."""
        if self.view is None:
            return
        for chunk in range(first // _BLOCKS, min(last // _BLOCKS + 1, len(self.view.document.chunks))):
            for number, block in enumerate(self.view.blocks(chunk)):
                line = chunk * _BLOCKS + number
                if first <= line <= last:
                    if block.gap and line != first:
                        yield None, ""
                    yield line, _as_copied(block)

    def row_clicked(self, y: int) -> None:
        """The row `y` was clicked."""

    # Drawing

    @property
    def _text_width(self) -> int:
        return max(self.size.width - GUTTER - _RIGHT, 4)

    def on_resize(self) -> None:
        """Keep the text at the top where it is."""
        if self.view is not None and self.view.width != self._text_width:
            before = self.view
            self.view, top = before.resized(self._text_width, self._top)
            self._top = self.broken_anew(before, self.view, top)
        self.go(self._top)

    def broken_anew(self, before: EvidenceView, now: EvidenceView, top: RowPlace) -> RowPlace:  # noqa: ARG002 - for subclasses
        """The row to put at the top of the document at another width, where `top` keeps the text where it is."""
        return top

    def marked_parts(self, y: int) -> tuple[Sequence[Part], Sequence[Part]]:
        """What stands in the gutter beside the row `y` of the page, and the parts of the row itself."""
        return (Part(" " * GUTTER, ()),), self.rows_in_sight()[y][1].parts

    def plain_row(self, y: int) -> str:
        """The text of the row."""
        page = self.rows_in_sight()
        return " " * GUTTER + "".join(part.text for part in page[y][1].parts) if y < len(page) else ""

    def row(self, y: int) -> Strip:
        """The row `y` of the pane."""
        width = self.size.width
        page = self.rows_in_sight()
        pixels: Sequence[Line] = ()
        parts: Sequence[Part] = ()
        scrollbar: list[Part] = []
        if self.view is None:
            parts = self._message_row(y)
        else:
            if y < len(page):
                gutter, own = self.marked_parts(y)
                parts = (*gutter, *own)
                pixels = page[y][1].pixels
            scrollbar = [self._scrollbar(self.view, y)]
        ground = self.visual_style.rich_style
        strip = Strip([*(self._segment(part) for part in parts), *drawn(pixels, ground, self.app)])
        strip = strip.adjust_cell_length(width - len(scrollbar), ground)
        return Strip([*strip, *(self._segment(part) for part in scrollbar)], width)

    def _message_row(self, y: int) -> list[Part]:
        width = self._text_width
        rows: list[Part] = []
        for text, style in zip(self._message, ("message-title", "message-detail"), strict=True):
            rows.extend(Part(text[start:end], (style,)) for start, end in wrap(text, width) if text)
            rows.append(Part("", ()))
        at = y - 1
        return [Part(" " * GUTTER, ()), rows[at]] if 0 <= at < len(rows) else []

    def _scrollbar(self, view: EvidenceView, y: int) -> Part:
        page = self.rows_in_sight()
        height = max(self.size.height, 1)
        if not page or (self._top == TOP and len(page) < height):
            return Part(" ", ())
        begin = view.fraction(page[0][0])
        end = view.fraction(page[-1][0])
        size = max(round((end - begin) * height), 1)
        at_end = self._top == view.last_top(height)
        start = height - size if at_end else min(round(begin * height), height - size - (size < height))
        return Part(BAR, ("thumb",)) if start <= y < start + size else Part(" ", ())

    def _segment(self, part: Part) -> Segment:
        return Segment(part.text, self._style(part.styles))

    def _style(self, styles: tuple[str, ...]) -> Style:
        style = self.get_visual_style(*(f"evidence--{name}" for name in styles)).rich_style
        # Textual's visual styles know no reverse, which is what shows where there is no colour.
        return style + _REVERSE if "match-current" in styles else style


def _as_copied(block: Block) -> str:
    """The text of a block, in which every character stands where it is shown: the cells of a table have tabs between
    them, as a spreadsheet takes them."""
    if not block.rows:
        return block.text
    return "\n".join("\t".join("".join(span.text for span in cell) for cell in row) for row in block.rows)
