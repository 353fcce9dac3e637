"""A page of the evidence as it looks, as large as the terminal: as a picture where it can, else in half cells."""

from __future__ import annotations

import asyncio
import os

from rich.segment import Segment
from rich.style import Style
from textual import work
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from markterm.centre.evidence import Evidence
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.folder import EvidenceFile
from markterm.evidence.picture import LARGEST_SIDE as MOST_CELLS
from markterm.evidence.picture import Line, Picture
from markterm.evidence.progress import Progress
from markterm.evidence.text.drawn_page import LARGEST_SIDE, DrawnPage
from markterm.tui.command import Command, bindings
from markterm.tui.evidence.graphics import protocol, shown_as_picture
from markterm.tui.evidence.picture import drawn
from markterm.tui.hints import next_step_of
from markterm.tui.widgets import modal
from markterm.tui.widgets.modal import Modal, Shape


class Leave(modal.Leave):
    """Leave the picture."""

    id, key, words = "picture.leave", "escape,q,Z", "Back to the evidence"


class NextPage(Command["PictureScreen"]):
    """The next page; after the last comes the first."""

    id, key, label, words = "picture.next", "right_square_bracket,pagedown", "page", "Next page"

    async def run(self, on: PictureScreen) -> None:
        on.turn(1)


class PageBefore(Command["PictureScreen"]):
    """The page before; before the first comes the last."""

    id, key, label, words = "picture.previous", "left_square_bracket,pageup", "page", "Page before"

    async def run(self, on: PictureScreen) -> None:
        on.turn(-1)


class PictureScreen(Modal[None]):
    """A page of a PDF or a picture. It is drawn in a process of its own, when it is asked for."""

    DEFAULT_CSS = """
    PictureScreen Container { height: 1fr; align: center middle; }
    """
    SHAPE = Shape.WHOLE
    DOES = (Leave, NextPage, PageBefore)
    BINDINGS = bindings(*DOES)

    def __init__(self, files: Evidence, file: EvidenceFile, name: str, page: int, pages: int) -> None:
        super().__init__()
        self._files = files
        self._file = file
        self._called = name
        self._page = page
        self._pages = pages
        self._drawing = Progress()

    def compose(self) -> ComposeResult:
        """The name and the page, the page itself, and the keys."""
        turn = "{picture.previous} {picture.next} turn the page · " if self._pages > 1 else ""
        yield from self.framed(
            "", Container(), keys=turn + "{picture.leave} leaves, and then {evidence.outside} opens it outside"
        )

    def on_mount(self) -> None:
        """Draw the page."""
        self._show()

    def on_unmount(self) -> None:
        """Let nothing go on drawing."""
        self._drawing.stop.set()

    def turn(self, step: int) -> None:
        """The next page or the one before; after the last comes the first."""
        self._page = (self._page - 1 + step) % self._pages + 1
        self._show()

    @work(exclusive=True, group="picture")
    async def _show(self) -> None:
        self._drawing.stop.set()
        drawing = self._drawing = Progress()
        of = f"page {self._page} of {self._pages}" if self._pages > 1 else ""
        self.say_title(Content(f"{one_line(self._called)}  {of}"))
        place = self.query_one(Container)
        await place.remove_children()
        await place.mount(Static(Content("Drawing it…")))
        how = protocol(os.environ)
        try:
            side = MOST_CELLS if how is None else LARGEST_SIDE
            page = await asyncio.to_thread(self._files.drawn, self._file, self._page, side, drawing)
            picture = shown_as_picture(page, how)
            if picture is None and max(page.width, page.height) > MOST_CELLS:  # the extra is not there
                page = await asyncio.to_thread(self._files.drawn, self._file, self._page, MOST_CELLS, drawing)
        except MarkTermError as error:
            shown: Widget = Static(Content(f"{one_line(error.what)} {next_step_of(error)}"))
        else:
            shown = _HalfCells(page) if picture is None else self._fitted(picture, page, place.size)
        await place.remove_children()
        await place.mount(shown)

    @staticmethod
    def _fitted(picture: Widget, page: DrawnPage, room: Size) -> Widget:
        """The picture in its own proportions, as large as there is room; a cell is twice as high as wide."""
        width = max(min(room.width, 2 * page.width * room.height // page.height), 1)
        picture.styles.width = width
        picture.styles.height = max(min(room.height, round(width * page.height / page.width / 2)), 1)
        return picture


class _HalfCells(Widget):
    """The page in half cells, as large as there is room."""

    DEFAULT_CSS = "_HalfCells { width: 100%; height: 100%; }"

    def __init__(self, page: DrawnPage) -> None:
        super().__init__()
        self._picture = Picture(page.width, page.height, page.pixels)
        self._lines: list[Line] = []
        self._fitted = Size(0, 0)

    def render_line(self, y: int) -> Strip:
        """A row: two lines of pixels."""
        if self._fitted != self.size:
            self._fitted = self.size
            self._lines = self._picture.within(self.size.width, 2 * self.size.height).lines()
        pixels = self._lines[2 * y : 2 * y + 2]
        ground: Style = self.rich_style
        before = max(self.size.width - len(self._lines[0]), 0) // 2 if self._lines else 0
        page = [Segment(" " * before, ground), *drawn(pixels, ground, self.app)]
        return Strip(page).adjust_cell_length(self.size.width, ground)
