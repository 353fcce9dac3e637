"""A text in Markdown to be read over everything: a completed sheet, the brief of a task."""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.screen import Screen

from markterm.centre.centre import Centre
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import Command, bindings
from markterm.tui.evidence.drawn_page import DrawnPage
from markterm.tui.requests import Failed, tell
from markterm.tui.widgets import modal
from markterm.tui.widgets.keys_line import KeysLine
from markterm.tui.widgets.modal import Modal, Shape


class Leave(modal.Leave):
    """Leave what was read."""

    id, key, words = "page.leave", "escape,q,enter", "Back to the screen"


class Source(Command["PageScreen"]):
    """As it is written, or drawn again."""

    id, key, label, words = "page.source", "s", "source", "As it is written, with its marks, or drawn again"

    async def run(self, on: PageScreen) -> None:
        on.query_one(DrawnPage).switch()


class _Lines(Command["PageScreen"]):
    lines: ClassVar[int]

    async def run(self, on: PageScreen) -> None:
        on.query_one(DrawnPage).scroll_lines(self.lines)


class LineDown(_Lines):
    """A line down."""

    id, key, words, lines = "page.down", "j,down", "Line down", 1


class LineUp(_Lines):
    """A line up."""

    id, key, words, lines = "page.up", "k,up", "Line up", -1


class PageDown(Command["PageScreen"]):
    """A page down, as in everything that is read."""

    id, key, words = "page.page-down", "space", "Page down"

    async def run(self, on: PageScreen) -> None:
        on.query_one(DrawnPage).page_down()


class _Told(DrawnPage):
    """Says when another part of it is in sight."""

    def moved(self) -> None:
        if isinstance(self.screen, PageScreen):
            self.screen.tell_far()


class PageScreen(Modal[None]):
    """The text, drawn, and how far one has read."""

    TITLE = "Reading"
    HELP = "{page.source} shows the text as it is written, and draws it again."
    SHAPE = Shape.WHOLE
    DOES = (Leave, Source, LineDown, LineUp, PageDown)
    BINDINGS = bindings(*DOES)

    def __init__(self, title: str, markdown: str) -> None:
        super().__init__()
        self._title = title
        self._markdown = markdown

    def compose(self) -> ComposeResult:
        """A title, the text, and what to press."""
        yield from self.framed(self._title, _Told(), keys="")

    def on_mount(self) -> None:
        """Begin to read at once."""
        page = self.query_one(DrawnPage)
        page.show_text(self._markdown)
        self.set_focus(page)

    def tell_far(self) -> None:
        """Say how far down it is, and what to press."""
        page = self.query_one(DrawnPage)
        keys = "{page.leave} leaves · {page.source} " + ("draws it" if page.is_source else "as it is written")
        keys += " · {page.page-down} pages on" if page.goes_on else ""
        self.query_one(KeysLine).say(" · ".join(filter(None, (page.how_far, keys))))


async def show_sheet(on: Screen[Any], centre: Centre, registration: str, unit: str, assignment: str = "") -> None:
    """Show the completed sheet of a unit, or the combined one of an assignment, as far as it is completed."""
    try:
        markdown = await asyncio.to_thread(_sheet, centre, registration, unit, assignment)
    except MarkTermError as error:
        tell(on, Failed(error))
        return
    title = f"Sheet of {registration}: {assignment or unit}, as it would be printed now"
    await on.app.push_screen(PageScreen(one_line(title), markdown))


def _sheet(centre: Centre, registration: str, unit: str, assignment: str) -> str:
    from markterm.exports.markdown.render import render  # What is printed need not be loaded to mark.

    printed = centre.printed
    document = (
        printed.combined_sheet(registration, assignment) if assignment else printed.mark_sheet(registration, unit)
    )
    return render(document)
