"""What would be written, and where to: nothing is written before somebody has seen it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from markterm.centre.centre import Centre
from markterm.centre.export.signature import Signer
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Way
from markterm.exports.export import Export
from markterm.tui.command import Command, bindings
from markterm.tui.exporting.running import RunningScreen
from markterm.tui.requests import Failed, tell
from markterm.tui.widgets import modal
from markterm.tui.widgets.hanging import Hanging
from markterm.tui.widgets.modal import Modal, Scroll
from markterm.tui.widgets.text_field import LineField, settled

_SHOWN = 200


class Write(Command["PreviewScreen"]):
    """Write it."""

    id, key, label, words = "preview.write", "enter", "write", "Write it, to the place that is named"
    priority = True

    async def run(self, on: PreviewScreen) -> None:
        await on.write()


class Leave(modal.Leave):
    """Leave, with nothing written."""

    id, key, words = "preview.leave", "escape", "Back; nothing is written"
    priority = True


class _Scrolls(Command["PreviewScreen"]):
    lines = 1
    priority = True

    async def run(self, on: PreviewScreen) -> None:
        on.scroll_text(self.lines)


class LineDown(_Scrolls):
    """A line down."""

    id, key, words = "preview.down", "down", "Line down"


class LineUp(_Scrolls):
    """A line up."""

    id, key, words, lines = "preview.up", "up", "Line up", -1


class PageDown(_Scrolls):
    """A page down."""

    id, key, words, lines = "preview.page-down", "pagedown", "Page down", 8


class PageUp(_Scrolls):
    """A page up."""

    id, key, words, lines = "preview.page-up", "pageup", "Page up", -8


class PreviewScreen(Modal[bool]):
    """The files, what is left out and what else is to be known, and where it goes. The result is whether it was
    written."""

    TITLE = "Export"
    HELP = (
        "{preview.write} writes it. The place can be changed: it is looked for from the centre's folder on, and a "
        "folder whose name ends in .zip becomes a zip. What is there already stays unless you say that it may go. "
        "{preview.down} and {preview.up} read on."
    )
    DEFAULT_CSS = """
    PreviewScreen Scroll { height: auto; }
    PreviewScreen .where { height: 1; margin-top: 1; }
    PreviewScreen .where > Static { width: 4; color: $quiet; }
    PreviewScreen LineField, PreviewScreen LineField:focus { height: 1; border: none; padding: 0 1; width: 1fr; }
    PreviewScreen LineField:focus { background: $boost; }
    """
    DOES = (Leave, Write, LineDown, LineUp, PageDown, PageUp)
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre, export: Export, form: str, signer: Signer) -> None:
        super().__init__()
        self._signer = signer
        self._form = form
        self._centre = centre
        self._export = export

    def compose(self) -> ComposeResult:
        """What it is, what is in it, where it goes, and what to press."""
        target = self._centre.exports.usual_target(self._export)
        # Of a pack the format is that of its sheets alone.
        is_alike = len({piece.path.suffix for piece in self._export.pieces}) == 1
        files = self._export.files(signed=self._signer.key is not None)
        count = counted(*((len(self._export.pieces), f"{self._form} file") if is_alike else (len(files), "file")))
        yield from self.framed(
            one_line(f"{self._export.title}: {count}{'' if self._export.one_file else ', in a folder'}"),
            Scroll(Hanging(Content("\n").join(_lines(self._export, self._signer)))),
            Horizontal(
                Static("to"),
                LineField(self._centre.named_files.told(target), id="target", select_on_focus=False),
                classes="where",
            ),
            keys="{preview.write} writes it · {preview.down} {preview.up} read on · {preview.leave} leaves"
            + (" · a name.zip makes a zip" if not self._export.one_file else ""),
        )

    def on_mount(self) -> None:
        """The place can be written at once."""
        self.query_one(Scroll).styles.max_height = self.lines_beside(9)
        self.query_one(LineField).focus()

    def on_screen_suspend(self) -> None:
        """Nothing of it looks out below what opened over it."""
        self.query_one(".frame").visible = False

    def on_screen_resume(self) -> None:
        """It is seen again, and has the keys."""
        self.query_one(".frame").visible = True
        self.query_one(LineField).focus()

    def scroll_text(self, lines: int) -> None:
        """So many lines down."""
        self.query_one(Scroll).scroll_relative(y=lines, animate=False)

    async def write(self) -> None:
        """Write it to the place that is named; after a question where something is there."""
        field = self.query_one(LineField)
        await settled(field)
        target = self._centre.named_files.named(field.value.strip())
        try:
            await asyncio.to_thread(self._centre.exports.check_target, target)
        except MarkTermError as error:
            if error.hint is not None and error.hint.way is Way.WRITE_OVER:
                await self._ask_over(target)
            else:
                tell(self, Failed(error))
            return
        await self._run(target, force=False)

    async def _ask_over(self, target: Path) -> None:
        async def answered(may_go: bool | None) -> None:
            if may_go:
                await self._run(target, force=True)

        await self.app.push_screen(OverScreen(self._centre.named_files.told(target)), answered)

    async def _run(self, target: Path, *, force: bool) -> None:
        await self.app.push_screen(RunningScreen(self._centre, self._export, target, force=force), self._ended)

    def _ended(self, is_written: bool | None) -> None:
        if is_written:
            self.dismiss(True)


class WriteOver(Command["OverScreen"]):
    """Write over what is there."""

    id, key, label, words = "over.write", "o", "write over", "Write over what is there"

    async def run(self, on: OverScreen) -> None:
        on.dismiss(True)


class LeaveIt(modal.Leave):
    """Leave what is there."""

    id, words = "over.leave", "Leave what is there"


class OverScreen(Modal[bool]):
    """Whether what is there may go. Enter says nothing: it was pressed for something else."""

    TITLE = "It is there already"
    DOES = (LeaveIt, WriteOver)
    BINDINGS = bindings(*DOES)

    def __init__(self, target: str) -> None:
        super().__init__()
        self._target = target

    def compose(self) -> ComposeResult:
        """What is there, and what to press."""
        told = f"{one_line(self._target)}\nWhat is there now would be gone when the new one is complete."
        yield from self.framed(
            "It is there already", Static(Content(told)), keys="{over.write} writes over it · {over.leave} leaves it"
        )


def _lines(export: Export, signer: Signer) -> Iterator[Content]:
    """What is to be known of it, the most important first."""
    if signer.in_words:
        yield Content.styled(one_line(signer.in_words), "$warning" if signer.problem is not None else "")
    for caveat in export.caveats:
        yield Content.styled(one_line(caveat), "$warning")
    for each in export.left_out[:_SHOWN]:
        yield Content.styled(one_line(f"Left out: {each.what}: {each.why}"), "$warning")
    yield from _rest(len(export.left_out))
    files = export.files(signed=signer.key is not None)
    for path, what in files[:_SHOWN]:
        yield Content(f"  {one_line(what if export.one_file else f'{path}: {what}')}")
    yield from _rest(len(files))
    for found in export.found[:_SHOWN]:
        yield Content.styled(one_line(found), "$quiet")
    yield from _rest(len(export.found))


def _rest(count: int) -> Iterator[Content]:
    if count > _SHOWN:
        yield Content.styled(f"  and {count - _SHOWN:,} more", "$quiet")
