"""What can be exported of what a screen shows: one thing in one format is chosen, and looked at before it is made."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rich.cells import cell_len
from textual import on, work
from textual.app import ComposeResult

from markterm.centre.centre import Centre
from markterm.centre.export.offered import Offer, offered
from markterm.centre.export.released import WhoIsWho
from markterm.centre.export.shown import Looking, OnScreen
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.tui.blindfold import Blindfold
from markterm.tui.command import Command, bindings
from markterm.tui.exporting.asking import ask_who_is_who, asking
from markterm.tui.exporting.preview import PreviewScreen
from markterm.tui.requests import Failed, tell
from markterm.tui.widgets import modal
from markterm.tui.widgets.how_far import Far, say_far
from markterm.tui.widgets.line_list import LineList, Piece, fit, up_and_down
from markterm.tui.widgets.modal import Modal

ROOM_FOR_WHAT = 37
"""Columns for what is exported. On a telephone it is as much as the format that is chosen leaves."""
_TOLD_EVERY = 0.2
_CURSOR = "▸ "
_FORMATS = {"docx": "Word", "folder": "folder", "md": "Markdown", "xlsx": "Excel", "eml": "mail", "jsonl": "JSON Lines"}


class _Lines(LineList):
    """A line for each thing, with its formats; the one that is chosen stands in brackets."""

    def __init__(self, offers: Sequence[Offer]) -> None:
        super().__init__()
        self._offers = offers
        self._formats = [0] * len(offers)

    def line_count(self) -> int:
        return len(self._offers)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        offer = self._offers[index]
        chosen = self._formats[index]
        formats = [
            (f"[{name}]", "sign--heading") if number == chosen else (f" {name} ", "sign--quiet")
            for number, name in enumerate(map(format_in_words, offer.formats))
        ]
        room = width - len(_CURSOR)
        if ROOM_FOR_WHAT + sum(cell_len(name) for name, _ in formats) > room:
            formats = [formats[chosen]]
        yield _CURSOR if index == self.cursor else " " * len(_CURSOR), "sign--heading"
        yield fit(offer.what, max(1, min(ROOM_FOR_WHAT, room - sum(cell_len(name) for name, _ in formats)))), ""
        yield from formats

    @property
    def chosen(self) -> tuple[Offer, str] | None:
        """The thing under the cursor, and the format of it that is chosen."""
        if not self._offers:
            return None
        offer = self._offers[self.cursor]
        return offer, offer.formats[self._formats[self.cursor]]

    def turn_format(self, step: int) -> None:
        """Choose another format of the thing under the cursor."""
        if self._offers:
            count = len(self._offers[self.cursor].formats)
            self._formats[self.cursor] = (self._formats[self.cursor] + step) % count
            self.refresh_index(self.cursor)


class Leave(modal.Leave):
    """Back to the screen."""

    id, words = "export.leave", "Back to the screen; nothing is written"


class Choose(Command["ExportScreen"]):
    """Look at what would be written."""

    id, key, label, words = "export.choose", "enter", "look", "Look at what would be written"

    def works(self, on: ExportScreen) -> bool:
        return not on.is_looking

    async def run(self, on: ExportScreen) -> None:
        await on.look()


class NextFormat(Command["ExportScreen"]):
    """The format to the right."""

    id, key, label, words = "export.format", "right,tab", "format", "In the next format"

    async def run(self, on: ExportScreen) -> None:
        on.query_one(_Lines).turn_format(1)


class FormatBefore(Command["ExportScreen"]):
    """The format to the left."""

    id, key, words = "export.format-before", "left,shift+tab", "In the format before"

    async def run(self, on: ExportScreen) -> None:
        on.query_one(_Lines).turn_format(-1)


class ExportScreen(Modal[None]):
    """What can be exported from here, each in its formats."""

    TITLE = "Export"
    HELP = (
        "What can leave the centre of what the screen before shows. {export.format} takes it in another format; "
        "what needs a file of yours, such as a form or a worksheet, asks for it. "
        "{export.choose} shows what would be written, and "
        "where to; nothing is written before that. It is written beside its place and then renamed, so that it is "
        "complete or absent, with the heads of the records that it was made from: an audit against it shows later that "
        "they still hold all of it."
    )
    DEFAULT_CSS = """
    ExportScreen > .frame { width: 96%; max-width: 140; }
    """
    DOES = (Leave, Choose, NextFormat, FormatBefore, *up_and_down("export", "line"))
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre, blindfold: Blindfold, shown: OnScreen) -> None:
        super().__init__()
        self._centre = centre
        self._blindfold = blindfold
        self._shown = shown
        self._title = f"Export of {_about(shown, blindfold)}"
        self._offers = offered(centre, shown)
        self._looking = Looking()
        self.is_looking = False
        """Whether what would be written is being found out."""

    def compose(self) -> ComposeResult:
        """What it is of, what can be exported, and what to press."""
        yield from self.framed(
            self._title,
            _Lines(self._offers),
            keys="{export.choose} shows what would be written · {export.format} another format · {export.leave} leaves",
        )

    def on_mount(self) -> None:
        """Be as high as the lines."""
        lines = self.query_one(_Lines)
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
    async def look_clicked(self, event: LineList.Chosen) -> None:
        """A click chooses, as Enter does."""
        event.stop()
        await Choose().run(self)

    async def look(self, error: MarkTermError | None = None) -> None:
        """Find out what would be written, after what is asked for it, and show it; `error` came of the answers."""
        if (chosen := self.query_one(_Lines).chosen) is None:
            return
        offer, form = chosen
        if not offer.asks:
            self._find_out(offer, form)
            return

        def take(answers: Mapping[str, str]) -> None:
            self._shown = replace(self._shown, answers={**self._shown.answers, **answers}, people={})

        def answered(are_taken: bool | None) -> None:
            if are_taken:
                self._find_out(offer, form)

        await self.app.push_screen(asking(self._centre, offer, self._shown.answers, take, error), answered)

    @work(exclusive=True, group="export")
    async def _find_out(self, offer: Offer, form: str) -> None:
        self.is_looking = True
        self._looking = looking = Looking()
        self._tell_far()
        telling = self.set_interval(_TOLD_EVERY, self._tell_far)
        try:
            export = await asyncio.to_thread(offer.export, replace(self._shown, looking=looking), form)
            signer = await asyncio.to_thread(self._centre.exports.signer_of, export)
        except WhoIsWho as asked:
            await self._ask_who_is_who(asked, offer, form)
            return
        except MarkTermError as error:
            if offer.asks:
                await self.look(error)
            else:
                tell(self, Failed(error))
            return
        finally:
            telling.stop()
            say_far(self, None)
            self.is_looking = False
            self.say_title(self._title)
        await self.app.push_screen(PreviewScreen(self._centre, export, format_in_words(form), signer), self._written)

    def _tell_far(self) -> None:
        far = self._looking
        self.say_title(f"{self._title}: looking at what would be written")
        told = Far("looked at", far.done, far.of, stop="{export.leave} stops")
        say_far(self, told if far.done or far.of else None)

    def on_unmount(self) -> None:
        """Whoever leaves stops it."""
        self._looking.stop.set()

    async def _ask_who_is_who(self, asked: WhoIsWho, offer: Offer, form: str) -> None:
        async def answered(people: Mapping[str, str]) -> None:
            self._shown = replace(self._shown, people={**self._shown.people, **people})
            self._find_out(offer, form)

        if all(each.identifier in self._shown.people for each, _ in asked.doubtful):
            await self.look(asked)  # Two were said to be the same.
        else:
            await ask_who_is_who(self.app, self._centre, self._blindfold, asked, answered, {})

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
