"""The learner's files: which there are, the one being read, and find in it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from markterm.centre.centre import Centre
from markterm.domain.record.citation import Passage
from markterm.domain.record.submission import Changes
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.folder import EvidenceFile, EvidenceFolder, EvidenceKind
from markterm.evidence.progress import Progress, Step, Urgency
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text.passages import Extent, find_again
from markterm.tui.command import keyed
from markterm.tui.evidence.cited_here import CitedHere, found_again
from markterm.tui.evidence.listed_files import file_lines, first_to_open, listed_anew, listed_now, with_held
from markterm.tui.evidence.pane import EvidencePane
from markterm.tui.evidence.pictures_read import PicturesRead
from markterm.tui.evidence.title import EvidenceTitle
from markterm.tui.hints import next_step_of
from markterm.tui.widgets.text_field import LineField, settled


class EvidenceReader(Vertical):
    """Shows one file at a time and remembers where each one was left."""

    DEFAULT_CSS = """
    EvidenceReader { width: 1fr; height: 1fr; }
    EvidenceReader > #evidence-title {
        height: 1; color: $quiet; padding: 0 1; width: 1fr; text-wrap: nowrap; text-overflow: ellipsis;
    }
    EvidenceReader > Input, EvidenceReader > Input:focus {
        height: 1; border: none; padding: 0 1; background: $panel;
    }
    """

    @dataclass
    class FindChanged(Message):
        """Find began or ended."""

        active: bool

    @dataclass
    class WordsGone(Message):
        """A passage was to be shown, and its words are not in the file any more."""

        passage: Passage

    @dataclass
    class ReadElsewhere(Message):
        """A passage was to be shown that a machine read in a picture, and this machine did not read the same there."""

        passage: Passage

    def __init__(self, centre: Centre, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._centre = centre
        # Held, and not looked for: what was read may come when the screen is being left, and finds them all the same.
        self.pane = EvidencePane(id="evidence")
        """The pane that draws the text."""
        self._title = Static(id="evidence-title")
        self._field = LineField(placeholder=keyed("find in this file; {find.all} finds in all of them"), id="find")
        self._cited: tuple[CitedHere, ...] = ()
        self._found_cited: tuple[tuple[Extent, CitedHere], ...] = ()
        self._changes: Mapping[str, Changes] = {}
        self._folder = EvidenceFolder()
        self._files: tuple[EvidenceFile, ...] = ()
        self._current = 0
        self._opened_at: EvidenceFile | None = None
        self._registration = ""
        self._first = asyncio.Event()
        self._left_at: dict[str, int] = {}
        self._referenced: tuple[str, Extent, Callable[[], str]] | None = None
        self._reading = Progress()
        self._listing = Progress()
        self._pictures = PicturesRead(centre.evidence)
        self._wanted: Passage | None = None
        self.shown_name: Callable[[str], str] = str
        """How the name of a file is shown."""
        self.told_of: Callable[[str], str] = lambda _: ""
        """What the record tells of the file of that name."""
        self.first_of: Callable[[Sequence[EvidenceFile]], Sequence[EvidenceFile | None]] = first_to_open
        """Which of these files are opened first, one after the other until one can be read. Called in a thread."""

    def compose(self) -> ComposeResult:
        """The file's name, its text, and the field for find."""
        yield from (self._title, self.pane, self._field)

    def on_mount(self) -> None:
        """The field for find opens when it is asked for."""
        field = self._field
        field.display = False
        # Not by its message: the places would come a picture later than the letter.
        self.watch(field, "value", self._find_as_typed, init=False)

    def on_unmount(self) -> None:
        """Let nothing go on reading."""
        self._reading.stop.set()
        self._listing.stop.set()
        self._pictures.stop()

    @property
    def files(self) -> tuple[EvidenceFile, ...]:
        """The learner's files; one that was opened is followed by the files within it."""
        return self._files

    @property
    def file(self) -> EvidenceFile | None:
        """The file that is open."""
        return self.files[self._current] if self.files else None

    @property
    def folder(self) -> EvidenceFolder:
        """What was listed last, without the files within files: what a person was shown."""
        return self._folder

    @property
    def is_as_opened(self) -> bool:
        """Whether the file that was opened first is shown from its beginning, and nobody has begun to read."""
        return self.pane.is_at_start and self.file == self._opened_at

    @property
    def finding(self) -> bool:
        """Whether something is being looked for."""
        return self.pane.find_position is not None

    @work(exclusive=True, group="evidence")
    async def open_learner(self, registration: str, first: asyncio.Event) -> None:
        """List the learner's files and open the first one that can be read. `first` is set when a file is on the
        screen, or has to be converted for it."""
        self._registration, self._first = registration, first
        self._listing.stop.set()
        self._pictures.stop()
        self._left_at.clear()
        self._changes, self._folder = {}, EvidenceFolder()  # Nothing of this learner was shown yet.
        folder = await asyncio.to_thread(listed_now, self._centre.evidence, registration)
        tried = await asyncio.to_thread(self.first_of, folder.files)
        self._folder, self._files, self._current = folder, folder.files, 0  # Until now the file before stood there.
        for file in tried:
            self._current = self.files.index(file) if file is not None else 0
            await self._open()
            if self.pane.document is not None:
                break
        self._opened_at = self.file

    @work(exclusive=True, group="listing")
    async def list_again(self) -> None:
        """List the files as they are now; the one that is open, or just being read, stays, and is read anew if it is
        another by now."""
        registration = self._registration
        folder = await asyncio.to_thread(listed_now, self._centre.evidence, registration)
        if registration != self._registration:
            return  # Another learner was opened meanwhile, whose files are listed by that.
        before = self.file
        self._files = listed_anew(self._files, self._folder.files, folder.files)
        self._folder = folder
        named = (i for i, file in enumerate(self._files) if before is not None and file.name == before.name)
        self._current = next(named, 0)
        if self.file != before:
            self.open_file(self._current)
        else:
            self._show_title()

    @work(exclusive=True, group="evidence")
    async def open_file(self, index: int) -> None:
        """Open the file of that number; beyond the last comes the first."""
        if self.files:
            self._leave()
            self._current = index % len(self.files)
            await self._open()

    @work(exclusive=True, group="evidence")
    async def open_at(self, name: str, line: int, query: str = "", offset: int = 0) -> None:
        """Open the file of that name at a line, counted from 0; find `query` in it, from the place at `offset` on."""
        if not await self._open_named(name):
            return
        self.pane.go_to_line(line)
        if query and self.pane.find(query, offset):
            self._field.value = query
            self._show_title()
            self.post_message(self.FindChanged(True))

    @work(exclusive=True, group="evidence")
    async def open_referenced(self, name: str, extent: Extent, said: Callable[[], str]) -> None:
        """Open the file of that name with the bar on that passage, and say which reference it is while it is there."""
        if await self._open_named(name):
            self.pane.go_to_line(extent.first)
            self._referenced = (name, extent, said)
            self._show_title()

    @work(exclusive=True, group="evidence")
    async def open_passage(self, name: str, passage: Passage) -> None:
        """Open the file of that name where the words of a citation stand now, or say that they are gone."""
        if not await self._open_named(name) or (document := self.pane.document) is None:
            return
        found = await asyncio.to_thread(find_again, document, passage)
        if found is None and passage.machine is not None:
            if self._pictures.name == name:
                self._wanted = passage  # It is shown when it has been read.
            else:
                self.post_message(self.ReadElsewhere(passage))
            return
        self.pane.go_to_line(found.first if found is not None else passage.first - 1)
        if found is None:
            self.post_message(self.WordsGone(passage))

    async def _open_named(self, name: str) -> bool:
        """Open the file of that name unless it is open; whether there is one."""
        index = next((i for i, file in enumerate(self.files) if file.name == name), None)
        if index is None:
            await self._list_as_far_as(name)
            index = next((i for i, file in enumerate(self.files) if file.name == name), None)
        if index is None:
            return False
        if index != self._current or self.pane.file_name != one_line(name):
            self._leave()
            self._current = index
            await self._open()
        return True

    async def _list_as_far_as(self, name: str) -> None:
        """List the files within those that were not opened yet and that lead to that name, and open no others."""
        self._reading.stop.set()
        reading = self._reading = Progress()
        holder = next((file for file in self._folder.files if name.startswith(f"{file.name}/")), None)
        while holder is not None and holder.name != name:
            held = await asyncio.to_thread(self._held_by, holder, reading)
            self._list_after(holder, held)
            holder = next((each for each in held if f"{name}/".startswith(f"{each.name}/")), None)

    # Citations

    @property
    def cited_in_sight(self) -> tuple[CitedHere, ...]:
        """What is cited of what is in sight."""
        return tuple(each for extent, each in self._found_cited if self.pane.shows(each.file, extent))

    def show_cited(self, cited: Sequence[CitedHere]) -> None:
        """Mark what is cited, in this file and in those that are opened later."""
        if tuple(cited) != self._cited:
            self._cited = tuple(cited)
            self._mark_cited()

    def show_changes(self, changed: Mapping[str, Changes]) -> None:
        """Say in the list of files what became of each since a unit was submitted, by the unit's code."""
        self._changes = changed

    @property
    def cited_at_cursor(self) -> tuple[CitedHere, ...]:
        """What the passage that is chosen is cited by."""
        chosen = self.pane.chosen
        return tuple(each for place, each in self._found_cited if chosen is not None and place.meets(chosen))

    @work(exclusive=True, group="cited")
    async def _mark_cited(self) -> None:
        """Find the words that are cited in the open file. Where they stood is looked at first, which takes no time."""
        document, file = self.pane.document, self.file
        self._found_cited = ()
        if document is None or file is None:
            return
        here = [each for each in self._cited if each.file == file.name]
        found = await asyncio.to_thread(found_again, document, here)
        if self.pane.document is document:
            self._found_cited = found
            self.pane.mark_cited([place for place, _ in found])
            self._show_title()

    def turn_page(self, step: int) -> None:
        """A page further, or back when `step` is negative."""
        (self.pane.page_down if step > 0 else self.pane.page_up)()

    def next_file(self, step: int) -> None:
        """Open the next or the previous file."""
        self.open_file(self._current + step)

    def labels(self, room: int) -> list[str]:
        """A line of at most so many cells a file, with what became of it since a unit was submitted."""
        return file_lines(self.files, self.shown_name, self._changes, room, self.told_of)

    def start_find(self) -> None:
        """Open the field for find."""
        field = self._field
        field.display = True
        self.screen.set_focus(field)

    async def words_to_find(self) -> str:
        """What the field says, once it has taken in every key."""
        field = self._field
        await settled(field)
        return field.value

    def end_find(self) -> None:
        """Close the field and take the marks away."""
        field = self._field
        field.value = ""
        field.display = False
        self.pane.end_find()
        self._show_title()
        self.post_message(self.FindChanged(False))

    def find_step(self, step: int) -> None:
        """Go to the next or the previous place."""
        (self.pane.find_next if step > 0 else self.pane.find_previous)()
        self._show_title()

    def _find_as_typed(self, words: str) -> None:
        """Look for what is typed, from where the reader is."""
        if not self._field.has_focus:
            return  # It was filled or emptied by the program, which knows what is found.
        if words.strip():
            self.pane.find(words)
        else:
            self.pane.end_find()
        self._show_title()

    async def keep_find(self) -> None:
        """Leave the field; the places stay marked."""
        field = self._field
        await settled(field)
        if field.value.strip():
            field.display = False
            if self.pane.find_query != field.value:
                self.pane.find(field.value)
            self.post_message(self.FindChanged(True))
        else:
            self.end_find()

    @on(EvidencePane.PositionChanged)
    def follow(self) -> None:
        """Show the heading that is being read under."""
        self._show_title()

    async def _open(self) -> None:
        """Read the current file in a thread and show it, or say why not."""
        pane, file = self.pane, self.file
        # Nobody waits any more for the file that was being read.
        self._reading.stop.set()
        loop, first = asyncio.get_running_loop(), self._first

        def takes_a_while(_: Step) -> None:
            loop.call_soon_threadsafe(first.set)

        reading = self._reading = Progress(takes_a_while)
        field = self._field
        field.value = ""
        field.display = False
        if file is None:
            said = (*self._folder.problems, self.shown_name(self._folder.left_out_words))
            why = one_line(" ".join(filter(None, said)))
            pane.show_message(
                "No evidence yet" if not self._folder.unreachable else "The evidence cannot be listed now",
                why or "Nothing lies in this learner's evidence folder.",
            )
        else:
            if file.kind is EvidenceKind.CONVERTED:
                pane.show_message(self.shown_name(file.name), "Reading it; the first time takes a moment.")
            try:
                document = await asyncio.to_thread(self._centre.evidence.read, file, reading)
            except MarkTermError as error:
                pane.show_message(error.title, f"{error.what} {next_step_of(error)}")
            else:
                if document.source.strip():
                    pane.show(document, file.name)
                    pane.go_to_line(self._left_at.get(file.name, 0))
                    self._mark_cited()
                else:
                    pane.show_message(self.shown_name(file.name), " ".join(document.notes) or "This file is empty.")
                self._list_after(file, await asyncio.to_thread(self._held_by, file, reading))
                if document.waits_for_machine:
                    self._read_pictures(file, document)
        self._show_title()
        self.post_message(self.FindChanged(False))
        self.call_after_refresh(first.set)

    @work(exclusive=True, group="pictures")
    async def _read_pictures(self, file: EvidenceFile, document: EvidenceDocument) -> None:
        """Let a machine read the words in the pictures of the open file, and show them when it is done."""
        reading = asyncio.ensure_future(self._pictures.read(file, document))
        self._show_title()
        read = await reading
        if read is not None and self.file == file:
            self.pane.show_more(read, file.name)
            self._mark_cited()
            if self._wanted is not None:
                self.open_passage(file.name, self._wanted)
        self._wanted = None
        self._show_title()

    @work(exclusive=True, group="other pictures")
    async def _read_other_pictures(self) -> None:
        """Let a machine read the pictures of the other files, so that find finds their words."""
        async for file in self._pictures.read_others(self._files):
            if self.file == file:  # It was opened meanwhile, without them.
                self.open_file(self._current)

    @work(exclusive=True, group="within")
    async def list_within(self) -> None:
        """List the files within files, too, once they were read in the background."""
        registration = self._registration
        self._listing.stop.set()
        listing = self._listing = Progress(urgency=Urgency.SOON)
        for file in self._folder.files:
            held = await asyncio.to_thread(self._centre.evidence.within, file, listing)
            if registration != self._registration:
                return
            self._list_after(file, held)
        self._show_title()
        self._read_other_pictures()

    def _held_by(self, file: EvidenceFile, progress: Progress) -> tuple[EvidenceFile, ...]:
        with suppress(MarkTermError):  # It is open: what it holds is only not listed.
            return self._centre.evidence.held_by(file, progress)
        return ()

    def _list_after(self, holder: EvidenceFile, held: Sequence[EvidenceFile]) -> None:
        """List the files within `holder` after it, those that are not listed yet; what is open stays open."""
        before = self.file
        self._files = with_held(self._files, holder, held)
        self._current = next((i for i, file in enumerate(self._files) if file == before), self._current)

    def _leave(self) -> None:
        # A file that is still being read was not left anywhere.
        if self.file is not None and self.pane.file_name == one_line(self.file.name):
            self._left_at[self.file.name] = self.pane.top_line

    def _show_title(self) -> None:
        file, pane, reference = self.file, self.pane, ""
        if (found := self._referenced) is not None and file is not None and found[0] == file.name:
            reference = found[2]() if pane.chosen is not None and found[1].meets(pane.chosen) else ""
        title = EvidenceTitle(
            name=self.shown_name(file.name) if file is not None else "",
            count=f"{self._current + 1}/{len(self.files)}{'+' if self._folder.truncated else ''}",
            told=self.told_of(file.name) if file is not None else "",
            reference=reference,
            cited_by=tuple(dict.fromkeys(each.label for each in self.cited_at_cursor)),
            not_found=bool(self._field.value.strip()),
            reads_by_machine=file is not None and self._pictures.name == file.name,
        )
        self._title.update(title.content(pane), layout=False)
