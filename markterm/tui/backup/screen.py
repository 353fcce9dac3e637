"""When the whole centre was backed up last, and doing it now."""

from __future__ import annotations

import asyncio
from pathlib import Path
from threading import Event

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from markterm.centre.centre import Centre
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.exports.writing import ExportStopped, Progress
from markterm.tui.command import Command, bindings
from markterm.tui.requests import Failed, tell
from markterm.tui.widgets import modal
from markterm.tui.widgets.form import FormScreen
from markterm.tui.widgets.how_far import Far, say_far
from markterm.tui.widgets.keys_line import KeysLine
from markterm.tui.widgets.modal import Modal
from markterm.tui.widgets.path_field import PathField, where_paths_begin

_TOLD_EVERY = 0.1
_FOLDERS = ("/",)
_WHAT = (
    "In a backup are the records, sheets, learners, members, templates and the evidence in the centre's folder; no "
    "exports, no drafts, no signing keys. It is read back before it has its name, and who marks meanwhile is not held "
    "up."
)


class Make(Command["BackupScreen"]):
    """Make one."""

    id, key, label, words = "backup.make", "b", "back up", "Back up the whole centre now, to a folder that you name"

    def is_offered(self, on: BackupScreen) -> bool:
        return not on.centre.signed_in

    def works(self, on: BackupScreen) -> bool:
        return not on.is_writing

    async def run(self, on: BackupScreen) -> None:
        await on.ask_where()


class Stop(Command["BackupScreen"]):
    """Stop it."""

    id, key, label, words = "backup.stop", "escape", "stop", "Stop; nothing of it is left behind"

    def works(self, on: BackupScreen) -> bool:
        return on.is_writing

    async def run(self, on: BackupScreen) -> None:
        on.stop()


class Leave(modal.Leave):
    """Back to the screen."""

    id, words = "backup.leave", "Back to the screen"

    def works(self, on: Modal[object]) -> bool:
        return not (isinstance(on, BackupScreen) and on.is_writing)


class BackupScreen(Modal[None]):
    """Says when the centre was backed up last, and does it."""

    TITLE = "Backups"
    DOES = (Make, Stop, Leave)
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre) -> None:
        super().__init__()
        self.centre = centre
        self.is_writing = False
        """Whether one is being made."""
        self._is_stopped = Event()
        self._progress = Progress(0, 0)
        self._where = ""

    def compose(self) -> ComposeResult:
        """What is known of the last one, and what one has."""
        yield from self.framed("Backups of the whole centre", Static(id="last"), Static(Content(_WHAT)), keys="")

    async def on_mount(self) -> None:
        """Look for the last one."""
        await self._show()

    def on_unmount(self) -> None:
        """Whoever leaves MarkTerm stops it."""
        self.stop()

    def stop(self) -> None:
        """Stop; it ends within a file, and nothing of it is left."""
        self._is_stopped.set()

    async def ask_where(self) -> None:
        """Ask for the folder, and begin."""
        field = PathField(self.centre, _FOLDERS, self._where, told="a folder outside the centre, best on another disk")

        async def took() -> None:
            target = await asyncio.to_thread(
                self.centre.backups.place_of, self.centre.named_files.named(field.value.strip())
            )
            self.run_worker(self._write(target), group="backup")

        where = where_paths_begin(self.centre)
        await self.app.push_screen(
            FormScreen("Where shall the backup be?", where, [("folder", field)], took, does="backs up")
        )

    async def _write(self, target: Path) -> None:
        self._is_stopped.clear()
        self.is_writing = True
        self._say_keys()
        telling = self.set_interval(_TOLD_EVERY, self._tell_far)
        try:
            await asyncio.to_thread(self.centre.backups.write, target, told=self._take)
        except ExportStopped as stopped:
            self.notify(one_line(stopped.what), title=stopped.title, markup=False)
        except MarkTermError as error:
            tell(self, Failed(error))
        finally:
            telling.stop()
            self.is_writing = False
            if self.is_open:
                say_far(self, None)
                await self._show()

    def _take(self, progress: Progress) -> None:
        if self._is_stopped.is_set():
            raise ExportStopped
        self._progress = progress

    def _tell_far(self) -> None:
        far = Far("wrote", self._progress.done, self._progress.of, "part", stop="{backup.stop} stops")
        say_far(self, far)

    async def _show(self) -> None:
        try:
            last = await asyncio.to_thread(self.centre.backups.last)
        except MarkTermError as error:
            told = Content.styled(f"{one_line(error.what)} {one_line(error.next_step)}", "$warning")
        else:
            self._where = str(Path(last.place).parent) if last is not None else ""
            told = Content("\n").join(Content(one_line(each)) for each in self.centre.backups.in_words(last))
        self.query_one("#last", Static).update(told)
        self._say_keys()

    def _say_keys(self) -> None:
        make = "" if self.centre.signed_in else "{backup.make} backs up now · "
        idle, busy = f"{make}{{backup.leave}} leaves", "{backup.stop} stops: nothing of it is left behind"
        self.query_one(KeysLine).say(busy if self.is_writing else idle)
        self.refresh_bindings()
