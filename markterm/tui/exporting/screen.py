"""What can be exported of what a screen shows: one thing in one format is chosen, and looked at before it is made."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

from textual import on, work
from textual.app import ComposeResult

from markterm.centre.centre import Centre
from markterm.centre.export.offered import Offer, offered
from markterm.centre.export.shown import OnScreen
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.tui.blindfold import Blindfold
from markterm.tui.command import Command, bindings
from markterm.tui.exporting.preview import PreviewScreen
from markterm.tui.requests import Failed, tell
from markterm.tui.widgets import modal
from markterm.tui.widgets.line_list import Down, LineList, Piece, Up, fit
from markterm.tui.widgets.modal import Modal

_FORMAT = 12
_FORMATS = {"docx": "Word", "md": "Markdown", "xlsx": "Excel", "eml": "mail", "jsonl": "JSON Lines"}


class _Lines(LineList):
    """A line for each thing in each format."""

    def __init__(self) -> None:
        super().__init__()
        self.offers: Sequence[Offer] = ()

    def line_count(self) -> int:
        return len(self.offers)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        offer = self.offers[index]
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        # Said once, where it comes in several formats.
        is_first = not index or self.offers[index - 1].what != offer.what
        style = "" if is_first or index == self.cursor else "sign--quiet"
        yield fit(offer.what, max(width - 2 - _FORMAT, 0)), style
        yield fit(format_in_words(offer.format), _FORMAT), ""


class Leave(modal.Leave):
    """Back to the screen."""

    id, words = "export.leave", "Back to the screen; nothing is written"


class Choose(Command["ExportScreen"]):
    """Look at what would be written."""

    id, key, label, words = "export.choose", "enter", "look", "Look at what would be written"

    def works(self, on: ExportScreen) -> bool:
        return not on.is_looking

    async def run(self, on: ExportScreen) -> None:
        on.look()


class NextLine(Down):
    """A line down."""

    id, words = "export.down", "Next line"


class LineBefore(Up):
    """A line up."""

    id, words = "export.up", "Line before"


class ExportScreen(Modal[None]):
    """What can be exported from here, each in its formats."""

    TITLE = "Export"
    HELP = (
        "What can leave the centre of what the screen before shows. {export.choose} shows what would be written, and "
        "where to; nothing is written before that. It is written beside its place and then renamed, so that it is "
        "complete or absent, with the heads of the records that it was made from: an audit against it shows later that "
        "they still hold all of it."
    )
    DOES = (Leave, Choose, NextLine, LineBefore)
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre, blindfold: Blindfold, shown: OnScreen) -> None:
        super().__init__()
        self._centre = centre
        self._title = f"Export of {_about(shown, blindfold)}"
        self._offers = offered(centre, shown)
        self.is_looking = False
        """Whether what would be written is being found out."""

    def compose(self) -> ComposeResult:
        """What it is of, what can be exported, and what to press."""
        yield from self.framed(
            self._title, _Lines(), keys="{export.choose} shows what would be written · {export.leave} leaves"
        )

    def on_mount(self) -> None:
        """Be as high as the lines."""
        lines = self.query_one(_Lines)
        lines.offers = self._offers
        lines.styles.height = min(max(len(self._offers), 1), self.lines_beside(6))
        lines.focus()
        lines.lines_changed()
        if not self._offers:
            self.say_title(f"{self._title}: nothing can be exported of it")

    def on_screen_suspend(self) -> None:
        """Nothing of it looks out below what opened over it."""
        self.query_one(".frame").visible = False

    def on_screen_resume(self) -> None:
        """It is seen again, and has the keys."""
        self.query_one(".frame").visible = True
        self.query_one(_Lines).focus()

    @on(LineList.Chosen)
    def look_clicked(self, event: LineList.Chosen) -> None:
        """A click chooses, as Enter does."""
        event.stop()
        if not self.is_looking:
            self.look()

    @work(exclusive=True, group="export")
    async def look(self) -> None:
        """Find out what would be written, and show it."""
        if not self._offers:
            return
        offer = self._offers[self.query_one(_Lines).cursor]
        self.is_looking = True
        self.say_title(f"{self._title}: looking at what would be written")
        try:
            export = await asyncio.to_thread(offer.export)
        except MarkTermError as error:
            tell(self, Failed(error))
            return
        finally:
            self.is_looking = False
            self.say_title(self._title)
        await self.app.push_screen(PreviewScreen(self._centre, export, format_in_words(offer.format)), self._written)

    def _written(self, is_written: bool | None) -> None:
        if is_written:
            self.dismiss(None)


def format_in_words(name: str) -> str:
    """A format, as the command line calls it, as people call it."""
    return _FORMATS.get(name, name.upper())


def _about(shown: OnScreen, blindfold: Blindfold) -> str:
    """What is shown, in a few words."""
    if len(shown.learners) == 1:
        whose = blindfold.known_as(shown.learners[0])
        return one_line(f"{shown.unit} of {whose}" if shown.unit else whose)
    if shown.learners:
        return counted(len(shown.learners), "learner")
    return shown.place
