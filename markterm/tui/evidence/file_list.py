"""The list of a learner's files, with all that is to know about the one under the cursor, whole."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from markterm.centre.evidence import Evidence
from markterm.domain.record.accounts import is_doubted
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.folder import EvidenceFile
from markterm.evidence.progress import Progress, Urgency
from markterm.tui.command import Command, bindings
from markterm.tui.widgets.choice import MOVES, Choices, Leave
from markterm.tui.widgets.line_list import LineList
from markterm.tui.widgets.modal import Modal, Scroll

_AROUND = 7
_OF_NOTES = 13
"""So many lines are left for what there is to know of a file, with all that stands around it."""
"""Cells of the frame, the sign of the cursor and the bar."""
_NOTHING = "Nothing to know about it but its text."
_READING = "Reading it…"


class NotesDown(Command["EvidenceListScreen"]):
    """What there is to know, further down."""

    id, key, words = "files.notes-down", "J", "What to know, further down"

    async def run(self, on: EvidenceListScreen) -> None:
        on.scroll_notes(1)


class NotesUp(Command["EvidenceListScreen"]):
    """What there is to know, further up."""

    id, key, words = "files.notes-up", "K", "What to know, further up"

    async def run(self, on: EvidenceListScreen) -> None:
        on.scroll_notes(-1)


def room_for_line(screen: int) -> int:
    """The cells of a line of the list, on a screen of so many columns."""
    return max(min(screen * 9 // 10, 100) - _AROUND, 1)


class EvidenceListScreen(Modal[int | None]):
    """One of the learner's files; below the list stands what its reader had to say of it. The result is its number."""

    DEFAULT_CSS = """
    EvidenceListScreen > .frame { height: 90%; }
    EvidenceListScreen Scroll { height: 1fr; border-top: solid $quiet; }
    """
    DOES = (Leave, *MOVES, NotesDown, NotesUp)
    BINDINGS = bindings(*DOES)

    def __init__(
        self,
        title: str,
        files: Evidence,
        listed: Sequence[EvidenceFile],
        labels: Sequence[str],
        current: int,
        told_of: Callable[[str], str] = lambda _: "",
    ) -> None:
        """`told_of` gives what the record tells of the file of a name."""
        super().__init__()
        self._title = title
        self._labels = labels
        self._current = current
        self._files = files
        self._listed = listed
        self._told_of = told_of
        self._reading = Progress()

    def compose(self) -> ComposeResult:
        """The files, what to know about one, and the keys."""
        yield from self.framed(
            self._title,
            Choices(self._labels, self._current),
            Scroll(Static(id="notes"), can_focus=False),
            keys="{choice.choose} opens · {files.notes-down} {files.notes-up} scroll what there is to know · "
            "{choice.leave} leaves",
        )

    def on_mount(self) -> None:
        """Have the keys, and tell of the file that is open."""
        self.query_one(Choices).begin(self._room)
        self._tell(self._current)

    def on_resize(self) -> None:
        """There is room for more of the files, or for fewer."""
        self.query_one(Choices).have_room(self._room)

    @property
    def _room(self) -> int:
        """Half of the height for the files; in a high terminal all but what there is to know of one of them needs."""
        height = self.app.size.height
        return max(height // 2 - 4, height * 9 // 10 - _OF_NOTES, 2)

    def on_unmount(self) -> None:
        """Let nothing go on reading."""
        self._reading.stop.set()

    @on(LineList.Moved)
    def follow(self, event: LineList.Moved) -> None:
        """Tell of the file that the cursor is on."""
        event.stop()
        if self.is_open:
            self._tell(event.index)

    @on(LineList.Chosen)
    def choose(self, event: LineList.Chosen) -> None:
        """Leave with the choice."""
        event.stop()
        self.dismiss(event.index)

    def scroll_notes(self, step: int) -> None:
        """Scroll what there is to know."""
        self.query_one(Scroll).scroll_relative(y=step, animate=False)

    @work(exclusive=True, group="notes")
    async def _tell(self, index: int) -> None:
        self._reading.stop.set()
        reading = self._reading = Progress(urgency=Urgency.SOON)
        file = self._listed[index]
        shown = self.query_one("#notes", Static)
        shown.update(Content.styled(_READING, "$quiet"))
        try:
            document = await asyncio.to_thread(self._files.read, file, reading)
        except MarkTermError as error:
            shown.update(Content.styled(one_line(error.what), "$warning"))
            return
        told = one_line(self._told_of(file.name))
        notes = [(told, is_doubted(told))] if told else []
        notes += [(one_line(note), True) for note in document.notes]
        notes = notes or [(_NOTHING, False)]
        lines = (Content.styled(f"· {note}", "$warning" if warns else "$quiet") for note, warns in notes)
        shown.update(Content("\n").join(lines))
        self.query_one(Scroll).scroll_home(animate=False)
