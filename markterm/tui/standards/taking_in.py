"""A published standard taken in: its document is asked for, what it gives is shown, and then its sheets are kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen

from markterm.centre.centre import Centre
from markterm.centre.coming_sheets import Coming
from markterm.centre.published_standards import TakenIn
from markterm.centre.taken_in_told import head_told, kept_told, rest_told, standards_told
from markterm.domain.words.errors import MarkTermError
from markterm.tui.command import Command, bindings
from markterm.tui.requests import Failed, tell
from markterm.tui.widgets import modal
from markterm.tui.widgets.form import FormScreen
from markterm.tui.widgets.hanging import Hanging
from markterm.tui.widgets.modal import Modal, Scroll, line_by_line
from markterm.tui.widgets.path_field import PathField
from markterm.tui.widgets.text_field import LineField

_ENDINGS = (".pdf", ".docx", ".odt", ".html", ".htm", ".txt", ".md", ".json")
_PATHS = "The path begins at the centre's folder; → takes the one that is proposed. Nothing is written yet."


async def take_in(screen: Screen[None], centre: Centre, then: Callable[[], object]) -> None:
    """Ask for a document, show what it gives, and keep what is to be kept; `then` is called when something was."""
    read: list[TakenIn] = []
    file = PathField(centre, _ENDINGS, told="the document as it was published")
    code = LineField(placeholder="of a standard that does not say its own; may stay empty", select_on_focus=False)
    version = LineField(placeholder="of what does not say its own; may stay empty", select_on_focus=False)

    async def took() -> None:
        path = centre.folder.path / Path(file.value.strip()).expanduser()
        said = code.value.strip(), version.value.strip()
        read[:] = [await asyncio.to_thread(centre.published_standards.read, path, *said)]

    async def answered(is_read: bool | None) -> None:
        if is_read:
            await screen.app.push_screen(TakingInScreen(centre, read[0]), kept)

    def kept(is_kept: bool | None) -> None:
        if is_kept:
            then()

    fields = [("Document", file), ("Code", code), ("Version", version)]
    form = FormScreen("Take in a published standard", _PATHS, fields, took, does="looks at what it gives")
    await screen.app.push_screen(form, answered)


class Keep(Command["TakingInScreen"]):
    """Write the sheets."""

    id, key, label, words = "taken.keep", "enter", "write", "Write the sheets that are new"

    async def run(self, on: TakingInScreen) -> None:
        await on.keep(passing_over=False)


class KeepNew(Command["TakingInScreen"]):
    """Write the new ones alone."""

    id, key, label, words = (
        "taken.keep-new",
        "n",
        "write new",
        "Write what is new, and leave the sheets that are here",
    )

    def works(self, on: TakingInScreen) -> bool:
        return on.has_others

    async def run(self, on: TakingInScreen) -> None:
        await on.keep(passing_over=True)


class Leave(modal.Leave):
    """Leave, and write nothing."""

    id, words = "taken.leave", "Leave, and write nothing"


class TakingInScreen(Modal[bool]):
    """What a published document gives: to be counted in it, and then kept. The result is whether it was."""

    TITLE = "Take in a standard"
    HELP = (
        "What the document gives: count it there before you keep it. {taken.keep} writes the sheets that are new; "
        "what was read with a choice stands in them under To check, until somebody has looked. Nothing that is here is "
        "written over: where a sheet says something else, {taken.keep-new} writes the new ones alone."
    )
    DEFAULT_CSS = """
    TakingInScreen > .frame { max-height: 100%; }
    TakingInScreen Scroll { height: auto; max-height: 100%; }
    """
    DOES = (Keep, KeepNew, *line_by_line("taken"), Leave)
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre, taken: TakenIn) -> None:
        super().__init__()
        self._centre, self._taken = centre, taken

    @property
    def has_others(self) -> bool:
        """Whether a sheet that is here says something else than the document."""
        return any(each.meets is Coming.OTHER for each in self._taken.sheets)

    def compose(self) -> ComposeResult:
        """What the document gives, and what to press."""
        lines = ["  ".join(filter(None, row)) for row in standards_told(self._taken)]
        told = Content("\n").join(map(Content, (*lines, *rest_told(self._taken))))
        new_alone = " · {taken.keep-new} writes the new ones" if self.has_others else ""
        keys = f"{{taken.keep}} writes the sheets{new_alone} · {{taken.leave}} leaves, nothing is written"
        yield from self.framed(head_told(self._taken), Scroll(Hanging(told)), keys=keys)

    def on_mount(self) -> None:
        """The arrows scroll."""
        scroll = self.query_one(Scroll)
        scroll.styles.max_height = self.lines_beside(6)
        scroll.focus()

    async def keep(self, *, passing_over: bool) -> None:
        """Write the sheets; say so when they are durable."""
        try:
            await asyncio.to_thread(self._centre.published_standards.keep, [self._taken], passing_over=passing_over)
        except MarkTermError as error:
            tell(self, Failed(error))
            return
        self.app.notify(kept_told([self._taken]) or "All of it is here already: nothing was written.", markup=False)
        self.dismiss(True)
