"""An export that is being written: how far it is, and in the end where it lies. Esc stops it, and nothing is left."""

from __future__ import annotations

import asyncio
from pathlib import Path
from threading import Event

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from markterm.centre.centre import Centre
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.exports.export import Export
from markterm.exports.writing import ExportStopped, Progress, Written
from markterm.tui.command import Command, bindings
from markterm.tui.requests import Failed, tell
from markterm.tui.widgets.how_far import Far, say_far
from markterm.tui.widgets.keys_line import KeysLine
from markterm.tui.widgets.modal import Modal

_TOLD_EVERY = 0.1
_MOST_TOLD = 8


class Stop(Command["RunningScreen"]):
    """Stop it."""

    id, key, label, words = "running.stop", "escape", "stop", "Stop; nothing of it is left behind"

    def works(self, on: RunningScreen) -> bool:
        return on.written is None

    async def run(self, on: RunningScreen) -> None:
        on.stop()


class Leave(Command["RunningScreen"]):
    """Leave, when it is written."""

    id, key, label, words = "running.leave", "escape,q,enter", "leave", "Back to the screen"

    def works(self, on: RunningScreen) -> bool:
        return on.written is not None

    async def run(self, on: RunningScreen) -> None:
        on.dismiss(True)


class RunningScreen(Modal[bool]):
    """Writes the export. The result is whether it was written."""

    TITLE = "Exporting"
    HELP = "{running.stop} stops it: nothing of it is left behind. When it is written, {running.leave} leaves."
    DOES = (Stop, Leave)
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre, export: Export, target: Path, *, force: bool) -> None:
        super().__init__()
        self._centre = centre
        self._export = export
        self._target = target
        self._force = force
        self._is_stopped = Event()
        self._progress = Progress(0, len(export.pieces))
        self.written: Written | None = None
        """What was written, when it is."""

    def compose(self) -> ComposeResult:
        """What is written, how far it is, and what to press."""
        yield from self.framed(
            one_line(f"Writing: {self._export.title}"),
            Static(id="far"),
            keys="{running.stop} stops: nothing of it is left behind",
        )

    def on_mount(self) -> None:
        """Begin."""
        self._tell_far()
        self._telling = self.set_interval(_TOLD_EVERY, self._tell_far)
        self.run_worker(self._write(), group="export")

    def on_unmount(self) -> None:
        """Whoever leaves MarkTerm stops it: it ends within a file."""
        self._is_stopped.set()

    def stop(self) -> None:
        """Stop; it ends within a file."""
        self._is_stopped.set()
        self.say_title("Stopping")

    async def _write(self) -> None:
        try:
            written = await asyncio.to_thread(
                self._centre.exports.write,
                self._export,
                self._target,
                force=self._force,
                told=self._take,
                stop=self._is_stopped,
            )
        except ExportStopped as stopped:
            self.app.notify(one_line(stopped.what), title=stopped.title, markup=False)
            self.dismiss(False)
        except MarkTermError as error:
            self.dismiss(False)
            tell(self, Failed(error))
        else:
            self._tell_written(written)

    def _deliver(self, written: Written) -> bool:
        """Have the browser save it, where one shows the screen; whether one does."""
        if not self.app.is_web or not written.target.is_file():
            return False
        self.app.deliver_binary(written.target, save_filename=written.target.name)
        return True

    def _take(self, progress: Progress) -> None:
        self._progress = progress

    def _tell_far(self) -> None:
        done, of, name = self._progress.done, self._progress.of, self._progress.name
        say_far(self, Far("wrote", done, of, "file", stop="{running.stop} stops"))
        self.query_one("#far", Static).update(Content(one_line(name)))

    def _tell_written(self, written: Written) -> None:
        self._telling.stop()
        say_far(self, None)
        self.written = written
        size = sum(each.size for each in written.files)
        place = self._centre.named_files.whole(written.target)
        lines = [
            Content(one_line(place)),
            Content(f"{counted(len(written.files), 'file')}, {size:,} bytes. All of it is on the disk."),
        ]
        if written.signature is not None:
            lines.append(Content(f"Signed with key {written.signature.key_name}."))
        lines += [Content.styled(one_line(caveat), "$warning") for caveat in written.caveats[:_MOST_TOLD]]
        if more := written.caveats[_MOST_TOLD:]:
            lines.append(Content.styled(f"and {len(more):,} more of these", "$warning"))
        if self._deliver(written):
            lines.append(Content("Your browser saves it. It is among your files on the server too."))
        if self._export.left_out:
            left_out = len(self._export.left_out)
            lines.append(Content.styled(f"{left_out:,} left out, as was shown before.", "$warning"))
        self.say_title(Content.styled("✓ Written", "bold $success"))
        self.query_one("#far", Static).update(Content("\n").join(lines))
        self.query_one(KeysLine).say("{running.leave} leaves")
        self.refresh_bindings()
