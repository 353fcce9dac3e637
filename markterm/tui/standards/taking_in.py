"""A published standard, a unit or a qualification taken in: its document is asked for, what it gives is shown, and then
its sheets are kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen

from markterm.centre.centre import Centre
from markterm.centre.coming_sheets import Coming, ComingSheet
from markterm.centre.papers_told import listed_units_told, qualifications_told, staff_told, unit_told
from markterm.centre.taken_in_told import head_told, kept_told, rest_told, standards_told
from markterm.centre.unit_papers import UnitParticulars, require_named
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import Command, bindings
from markterm.tui.requests import Failed, tell
from markterm.tui.widgets import modal
from markterm.tui.widgets.form import FormScreen
from markterm.tui.widgets.hanging import Hanging
from markterm.tui.widgets.modal import Modal, Scroll, line_by_line
from markterm.tui.widgets.path_field import PathField, where_paths_begin
from markterm.tui.widgets.text_field import LineField

_ENDINGS = (".pdf", ".docx", ".odt", ".html", ".htm", ".txt", ".md", ".json")
_THEN = "Nothing is written yet."
_MAY_STAY_EMPTY = "where the document does not say it; may stay empty"


@dataclass(frozen=True, slots=True)
class Given:
    """What a document gives, line by line below its head, the sheets that come of it, and what writes them."""

    head: str
    lines: tuple[str, ...]
    sheets: tuple[ComingSheet, ...]
    keep: Callable[[bool], None]

    @property
    def has_others(self) -> bool:
        """Whether a sheet that is here says something else than the document."""
        return any(each.meets is Coming.OTHER for each in self.sheets)


async def take_in(screen: Screen[None], centre: Centre, then: Callable[[], object]) -> None:
    """Ask for the document of a published standard, show what it gives, and keep what is to be kept; `then` is
    called when something was."""
    code = _line("of a standard that does not say its own; may stay empty")
    version = _line("of what does not say its own; may stay empty")

    def read(file: Path) -> Given:
        taken = centre.published_standards.read(file, code.value.strip(), version.value.strip())
        rows = ("  ".join(filter(None, row)) for row in standards_told(taken))

        def keep(passing_over: bool) -> None:
            centre.published_standards.keep([taken], passing_over=passing_over)

        return Given(head_told(taken), (*rows, *rest_told(taken)), taken.sheets, keep)

    await _ask(screen, centre, "Take in a published standard", (("Code", code), ("Version", version)), read, then)


async def take_in_unit(screen: Screen[Any], centre: Centre) -> None:
    """The same of the mark sheet or the specification of a unit, or of several."""
    code, title, version = (_line(_MAY_STAY_EMPTY) for _ in range(3))

    def read(file: Path) -> Given:
        taken = centre.unit_papers.read(
            file, UnitParticulars(code.value.strip(), title.value.strip(), version.value.strip())
        )
        if len(taken) == 1:
            require_named(taken)  # Here are the fields that it can be said in.
        lines = [line for each in taken for line in ("", *unit_told(each))][1:]

        def keep(passing_over: bool) -> None:
            centre.unit_papers.keep(taken, passing_over=passing_over)

        head = f"{file.name}: {counted(len(taken), 'unit')}"
        return Given(one_line(head), tuple(lines), tuple(each.sheet for each in taken if each.sheet is not None), keep)

    fields = (("Code", code), ("Title", title), ("Version", version))
    await _ask(screen, centre, "Take in a unit", fields, read)


async def take_in_qualifications(screen: Screen[Any], centre: Centre) -> None:
    """The same of the specification of a qualification, or of several."""

    def read(file: Path) -> Given:
        taken = centre.papers.qualifications(file)
        listed = ("  ".join(row) for row in listed_units_told(taken))

        def keep(passing_over: bool) -> None:
            centre.papers.keep(taken.sheets, passing_over=passing_over)

        head = f"{file.name}: {counted(len(taken.qualifications), 'qualification')}"
        return Given(one_line(head), (*qualifications_told(taken), *listed, *staff_told(taken)), taken.sheets, keep)

    await _ask(screen, centre, "Take in a qualification", (), read)


def _line(placeholder: str) -> LineField:
    return LineField(placeholder=placeholder, select_on_focus=False)


async def _ask(
    screen: Screen[Any],
    centre: Centre,
    title: str,
    more: Sequence[tuple[str, LineField]],
    read: Callable[[Path], Given],
    then: Callable[[], object] = lambda: None,
) -> None:
    """A form for the document and what `more` may be said of it, and then what `read` finds in it."""
    found: list[Given] = []
    file = PathField(centre, _ENDINGS, told="the document as it was published")

    async def took() -> None:
        path = centre.named_files.named(file.value.strip())
        found[:] = [await asyncio.to_thread(read, path)]

    async def answered(is_read: bool | None) -> None:
        if is_read:
            await screen.app.push_screen(TakingInScreen(title, found[0]), kept)

    def kept(is_kept: bool | None) -> None:
        if is_kept:
            then()

    where = where_paths_begin(centre, _THEN)
    form = FormScreen(title, where, [("Document", file), *more], took, does="looks at what it gives")
    await screen.app.push_screen(form, answered)


class Keep(Command["TakingInScreen"]):
    """Write the sheets."""

    id, key, label, words = "taken.keep", "enter", "write", "Write the sheets that are new"
    records = True

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
    records = True

    def works(self, on: TakingInScreen) -> bool:
        return on.has_others

    async def run(self, on: TakingInScreen) -> None:
        await on.keep(passing_over=True)


class Leave(modal.Leave):
    """Leave, and write nothing."""

    id, words = "taken.leave", "Leave, and write nothing"


class TakingInScreen(Modal[bool]):
    """What a document gives: to be counted in it, and then kept. The result is whether it was."""

    TITLE = "Take in a document"
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

    def __init__(self, title: str, given: Given) -> None:
        super().__init__()
        self.title = title
        self._given = given

    @property
    def has_others(self) -> bool:
        """Whether a sheet that is here says something else than the document."""
        return self._given.has_others

    def compose(self) -> ComposeResult:
        """What the document gives, and what to press."""
        told = Content("\n").join(map(Content, self._given.lines))
        new_alone = " · {taken.keep-new} writes the new ones" if self.has_others else ""
        keys = f"{{taken.keep}} writes the sheets{new_alone} · {{taken.leave}} leaves, nothing is written"
        yield from self.framed(self._given.head, Scroll(Hanging(told)), keys=keys)

    def on_mount(self) -> None:
        """The arrows scroll."""
        scroll = self.query_one(Scroll)
        scroll.styles.max_height = self.lines_beside(6)
        scroll.focus()

    async def keep(self, *, passing_over: bool) -> None:
        """Write the sheets; say so when they are durable."""
        try:
            await asyncio.to_thread(self._given.keep, passing_over)
        except MarkTermError as error:
            tell(self, Failed(error))
            return
        self.app.notify(
            kept_told(self._given.sheets) or "All of it is here already: nothing was written.", markup=False
        )
        self.dismiss(True)
