"""Looking at the evidence: its files, their headings, and what is found in one of them or in all."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress

import click
from textual.worker import WorkerCancelled

from markterm.centre.centre import Centre
from markterm.domain.foreign_text import one_line
from markterm.evidence.folder import EvidenceFile, size_words
from markterm.tui.evidence.file_list import EvidenceListScreen
from markterm.tui.evidence.find_all import FindAllScreen, FoundAt, FoundBefore
from markterm.tui.evidence.picture_screen import PictureScreen
from markterm.tui.evidence.reader import EvidenceReader
from markterm.tui.marking.banking import BankingScreen
from markterm.tui.requests import ShowDifferences, ask
from markterm.tui.widgets.choice import ChoiceScreen


class EvidenceScreen(BankingScreen):
    """Adds what is done with the evidence beside the criteria; subclasses place it on the screen."""

    def __init__(self, centre: Centre) -> None:
        super().__init__(centre)
        self._found_before = FoundBefore("")

    @property
    def reader(self) -> EvidenceReader:
        """The learner's evidence."""
        return self.query_one(EvidenceReader)

    @property
    def listed_files(self) -> tuple[EvidenceFile, ...]:
        """The learner's files as the person was shown them."""
        return self.reader.listed

    def list_files_again(self) -> None:
        """Show the learner's files as they are now."""
        self.reader.list_again()

    def show_pane(self, name: str) -> None:
        """Let that pane be seen where there is room for one only."""
        raise NotImplementedError

    def focus_criteria(self) -> None:
        """Give the criteria the keys."""
        raise NotImplementedError

    def turn_page(self, step: int) -> None:
        """Turn the page of the evidence."""
        if step > 0:
            self.reader.pane.page_down()
        else:
            self.reader.pane.page_up()

    def action_page(self, step: int) -> None:
        """Move the evidence by a page."""
        self.turn_page(step)

    def action_file(self, step: int) -> None:
        """The next or the previous file."""
        self.show_pane("evidence")
        self.reader.next_file(step)

    async def action_files(self) -> None:
        """Choose a file."""
        reader = self.reader
        left_out = one_line(self.app.blindfold.file(reader.left_out_words))
        if not reader.files:
            said = ("This learner has handed in no evidence yet.", left_out)
            self.app.notify(" ".join(filter(None, said)), markup=False)
            return
        current = reader.files.index(reader.file) if reader.file is not None else 0

        title = f"Evidence · {left_out}" if left_out else "Evidence"

        def open_chosen(choice: int | None) -> None:
            if choice is not None:
                self.show_pane("evidence")
                reader.open_file(choice)

        files = EvidenceListScreen(title, self._centre.evidence, reader.files, reader.labels(), current)
        await self.app.push_screen(files, open_chosen)

    async def action_outline(self) -> None:
        """Choose a heading of this file."""
        pane = self.reader.pane
        if not pane.outline:
            self.app.notify("This file has no headings.", markup=False)
            return
        lines = [" " + "  " * (heading.level - 1) + one_line(heading.text) for heading in pane.outline]
        top = pane.top_line
        current = max((i for i, heading in enumerate(pane.outline) if heading.line <= top), default=0)

        def go_to_chosen(choice: int | None) -> None:
            if choice is not None:
                self.show_pane("evidence")
                pane.go_to_line(pane.outline[choice].line)

        await self.app.push_screen(ChoiceScreen("Outline", lines, current), go_to_chosen)

    async def action_picture(self) -> None:
        """Show the page that is being read as it looks, as large as the terminal."""
        reader = self.reader
        file, document = reader.file, reader.pane.document
        if file is None:
            return
        place = re.match(r"page (\d+)", document.place_at(reader.pane.chosen_line)) if document is not None else None
        pages = (document.pages if document is not None else None) or 1
        page = int(place[1]) if place else 1
        name = reader.shown_name(file.name)
        await self.app.push_screen(PictureScreen(self._centre.evidence, file, name, min(page, pages), pages))

    async def action_outside(self) -> None:
        """Open the file with the program that the system has for it, after asking."""
        file = self.reader.file
        if file is None:
            return
        title = f"Open {file.name} ({size_words(file.size)}) with another program? It may run what the file contains."

        async def open_it(choice: int | None) -> None:
            if choice == 1:
                await asyncio.to_thread(click.launch, str(file.path))

        await self.app.push_screen(ChoiceScreen(title, ["No, leave it closed", "Yes, open it"]), open_it)

    async def action_differences(self) -> None:
        """What changed in the evidence of this unit since an earlier attempt."""
        place, shown = self.place, self.shown
        if place is not None and shown is not None:
            await ask(self, ShowDifferences(shown, place.unit.code, self._open_place))

    def _open_place(self, name: str, line: int) -> None:
        self.show_pane("evidence")
        self.reader.open_at(name, line)

    def action_find(self) -> None:
        """Find in this file."""
        self.show_pane("evidence")
        self.reader.start_find()

    async def action_find_all(self) -> None:
        """Find in all files of the learner, beginning with the words that are looked for in this one."""
        if self.shown is None:
            return
        learner = self.shown.learner
        if self._found_before.registration != learner.registration:
            self._found_before = FoundBefore(learner.registration)
        words = await self.reader.words_to_find()
        await self.app.push_screen(FindAllScreen(self._centre, learner, self._found_before, self._open_found, words))

    async def _open_found(self, found: FoundAt) -> None:
        self.show_pane("evidence")
        opening = self.reader.open_at(found.file, found.line, found.query, found.offset)
        if found.query:  # It was read a moment ago; what could not be read may take its time.
            with suppress(WorkerCancelled):
                await opening.wait()

    def action_find_step(self, step: int) -> None:
        """The next or the previous place found."""
        self.reader.find_step(step)

    def action_leave_find(self) -> None:
        """End find, and go back to the criteria."""
        self.reader.end_find()
        self.focus_criteria()

    async def action_keep_find(self) -> None:
        """Leave the field for find; the places stay marked."""
        await self.reader.keep_find()
