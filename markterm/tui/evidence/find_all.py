"""Find in all files of a learner: what is typed is looked for in those that were read, and in each as it arrives."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event as Flag

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from markterm.centre.centre import Centre
from markterm.domain.assessed.learner import Learner
from markterm.domain.words.errors import MarkTermError, Unreadable
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.folder import EvidenceFile, EvidenceFolder
from markterm.evidence.progress import Progress, Urgency
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text.portfolio_find import FoundInFile, find_in_files
from markterm.tui.command import Command, bindings
from markterm.tui.evidence.found_list import FoundList, NotRead
from markterm.tui.evidence.listed_files import listed_now
from markterm.tui.widgets import field_over_list, modal
from markterm.tui.widgets.line_list import LineList
from markterm.tui.widgets.modal import Modal, Shape
from markterm.tui.widgets.text_field import LineField, settled

MOST_SHOWN = 200
"""Places in one file. All are counted."""
_MOST_AHEAD, _MOST_AHEAD_OF_ONE = 600, 96
"""Chunks that are parsed before anybody asks for them, in all and of one document, which keeps little more."""
_BETWEEN = 0.001
"""Seconds that are left to others after each of them."""


@dataclass(frozen=True, slots=True)
class FoundAt:
    """The place that was chosen: `query` stands at `offset` of the file, in `line` (from 0). No query for a file that
    could not be read."""

    file: str
    line: int = 0
    offset: int = 0
    query: str = ""


@dataclass
class FoundBefore:
    """What is kept of a learner between one time and the next: the documents, and the place that was opened last."""

    registration: str
    documents: dict[EvidenceFile, EvidenceDocument] = field(default_factory=dict)
    opened: FoundAt | None = None


class Open(Command["FindAllScreen"]):
    """Open the place under the cursor, and leave."""

    id, key, label, words = "found.open", "enter", "open", "Open the file at this place"
    priority = True

    async def run(self, on: FindAllScreen) -> None:
        await on.open_chosen()


class Leave(modal.Leave):
    """Leave everything as it was."""

    id, key, words = "found.leave", "escape", "Leave; nothing else changes"
    priority = True


class FindAllScreen(field_over_list.FieldOverList, Modal[None]):
    """A field, and below it every place where the words stand.

    The evidence is read in a thread, which ends when the screen is left. `open_found` opens the place that is chosen,
    behind this screen, so that the next key finds it open.
    """

    TITLE = "Find in all files"
    DEFAULT_CSS = """
    FindAllScreen Input, FindAllScreen Input:focus { height: 1; border: none; padding: 0 1; background: $surface; }
    FindAllScreen #count { height: 1; padding: 0 1; color: $quiet; }
    FindAllScreen FoundList { padding: 0 1; }
    """
    SHAPE = Shape.WHOLE
    VERTICAL_BREAKPOINTS = [(0, "-short"), (12, "-tall")]  # noqa: RUF012  # as Textual declares it
    DOES = (Open, Leave, *field_over_list.moves("found", "place"))
    BINDINGS = bindings(*DOES)

    @dataclass
    class FileRead(Message):
        """A file was read, or could not be."""

        place: tuple[int, ...]
        file: EvidenceFile
        read: EvidenceDocument | Unreadable

    @dataclass
    class AllRead(Message):
        """There is nothing more to read; `folder` says what could not even be listed."""

        folder: EvidenceFolder

    def __init__(
        self,
        centre: Centre,
        learner: Learner,
        before: FoundBefore,
        open_found: Callable[[FoundAt], Awaitable[None]],
        query: str = "",
    ) -> None:
        super().__init__()
        self._centre = centre
        self._learner = learner
        self._before = before
        self._open_found = open_found
        self._return_to = before.opened if before.opened is not None and before.opened.query == query else None
        self._reading = True
        self._progress = Progress(urgency=Urgency.SOON)
        self._documents: list[tuple[str, EvidenceDocument]] = []
        self._not_read: list[NotRead] = []
        self._query = query
        self._shown_query = ""
        self._found: list[FoundInFile] = []
        self._places: dict[str, tuple[int, ...]] = {}
        self._searched = 0
        self._stop_search = Flag()
        self._idle = asyncio.Event()
        self._idle.set()

    def compose(self) -> ComposeResult:
        """Whose files they are, the field, how many places there are, the places, and what to press."""
        whose = f"{one_line(self._learner.name)}  {one_line(self._learner.registration)}"
        yield from self.framed(
            f"Find in all files of {whose}",
            LineField(self._query, placeholder="words, in any file", id="words"),
            Static(id="count"),
            FoundList(),
            keys="{found.up} {found.down} {found.page-up} {found.page-down} choose · "
            "{found.open} opens · {found.leave} leaves",
        )

    def on_mount(self) -> None:
        """Write at once; the files are read meanwhile."""
        self.set_focus(self._field)
        self._say_count()
        self._read()

    def on_unmount(self) -> None:
        """Let nothing go on reading."""
        self._progress.stop.set()
        self._stop_search.set()
        self._idle.set()

    @property
    def _field(self) -> Input:
        return self.query_one(Input)

    @property
    def _list(self) -> FoundList:
        return self.query_one(FoundList)

    # Reading

    @work(thread=True, group="read")
    def _read(self) -> None:
        """Read every file; they come as they are ready, and are shown in the order in which they are listed."""
        registration = self._learner.registration
        files = self._centre.evidence
        documents: list[EvidenceDocument] = []
        with suppress(MarkTermError):  # Why they cannot be listed is said of them all.
            for place, file, read in files.read_as_ready(registration, self._progress, self._before.documents):
                if not isinstance(read, Unreadable):
                    _ = read.folded  # here, so that the first key does not wait for it
                    documents.append(read)
                self.post_message(self.FileRead(place, file, read))
        self.post_message(self.AllRead(listed_now(files, registration)))
        self._parse_ahead(documents)

    def _parse_ahead(self, documents: Iterable[EvidenceDocument]) -> None:
        """Parse what places may be shown of, a little at a time: a list of rare words would wait for each of them."""
        left = _MOST_AHEAD
        for document in documents:
            for number in range(min(len(document.chunks), _MOST_AHEAD_OF_ONE, left)):
                if self._progress.stop.wait(_BETWEEN):
                    return
                document.blocks(number)
                left -= 1

    @on(FileRead)
    def take_file(self, event: FileRead) -> None:
        """Look through it too."""
        self._places[event.file.name] = event.place
        if isinstance(event.read, Unreadable):
            self._not_read.append(NotRead(event.file.name, event.read.title))
        else:
            self._before.documents[event.file] = event.read
            self._documents.append((event.file.name, event.read))
        self._search_on()

    @on(AllRead)
    def end_reading(self, event: AllRead) -> None:
        """Say so."""
        self._reading = False
        self._not_read += [NotRead("", one_line(problem)) for problem in event.folder.problems]
        if event.folder.truncated:
            self._not_read.append(NotRead("", "There are more files than are listed."))
        self._search_on()

    # Looking

    @on(Input.Changed)
    def search_as_typed(self) -> None:
        """Look for what the field says now, in everything that was read; what was looked for before is left."""
        if self._field.value != self._query:
            self._query = self._field.value
            self._return_to = None
            self._found, self._searched = [], 0
            self._search()

    def _search_on(self) -> None:
        """Look through what came since; a search that is under way takes it in by itself."""
        if self._idle.is_set():
            self._search()

    def _search(self) -> None:
        if not self.is_open:
            return
        self._idle.clear()
        self._stop_search.set()
        self._stop_search = Flag()
        self._look_through(self._stop_search)

    @work(exclusive=True, group="search")
    async def _look_through(self, stop: Flag) -> None:
        """Look through every document that was not yet looked through, and show what was found."""
        while not self._idle.is_set():
            files = self._documents[self._searched :]
            # Cancelled here when something else is looked for, so that nothing of this query is taken in.
            found = await asyncio.to_thread(list, find_in_files(files, self._query, MOST_SHOWN, stop))
            self._found += found
            self._searched += len(files)
            self._show()
            if self._searched == len(self._documents):
                self._idle.set()

    def _show(self) -> None:
        found = sorted(self._found, key=lambda file: self._places[file.name])
        not_read = sorted(self._not_read, key=lambda each: (not each.name, self._places.get(each.name, ())))
        self._list.show(found, not_read, anew=self._query != self._shown_query)
        self._shown_query = self._query
        at = self._return_to
        if at is not None and self._list.go_to(at.file, at.offset):
            self._return_to = None
        self._say_count()

    def _say_count(self) -> None:
        parts: list[Content] = []
        count = sum(file.count for file in self._found)
        if count:
            places = f"{_so_many(count, 'place')} in {_so_many(len(self._found), 'file')}"
            parts.append(Content.styled(places, "bold $foreground"))
        elif self._query.strip():
            parts.append(Content.styled("not found", "bold $warning"))
        if self._reading:
            parts.append(Content(f"{_so_many(max(self._progress.left, 1), 'file')} still being read"))
        elif not self._documents and not self._not_read:
            parts.append(Content("No evidence yet: nothing lies in this learner's evidence folder."))
        elif not self._query.strip():
            parts.append(Content(f"{_so_many(len(self._documents), 'file')} read"))
        if self._not_read:
            parts.append(Content.styled(f"{len(self._not_read):,} not read", "$warning"))
        self.query_one("#count", Static).update(Content(" · ").join(parts), layout=False)

    # Choosing

    async def caught_up(self) -> FoundList:
        """The list, when it shows what was typed before now."""
        await settled(self._field)
        self.search_as_typed()
        await self._idle.wait()
        return self._list

    async def move(self, step: int) -> None:
        """The next or the previous place."""
        await super().move(step)
        self._return_to = None

    async def page(self, step: int) -> None:
        """A page of places up or down."""
        await super().page(step)
        self._return_to = None

    @on(LineList.Chosen)
    async def open_chosen(self) -> None:
        """Open the place under the cursor, and leave."""
        chosen = (await self.caught_up()).chosen()
        if isinstance(chosen, NotRead) and chosen.name:
            await self._open_found(FoundAt(chosen.name))
        elif isinstance(chosen, tuple):
            file, place = chosen
            self._before.opened = FoundAt(file.name, place.line, place.offset, self._query)
            await self._open_found(self._before.opened)
        else:
            return
        self.dismiss(None)


def _so_many(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' if count != 1 else ''}"
