"""What is done with the evidence beside criteria: its files, its passages, what is found in it, and what it refers to.

Every screen that has a `ShownEvidence` can take these commands.
"""

from __future__ import annotations

import asyncio
import re
from typing import ClassVar, Protocol

import click

from markterm.domain.words.errors import Unreadable
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.folder import size_words
from markterm.tui.command import Command, keyed
from markterm.tui.evidence.file_list import EvidenceListScreen, room_for_line
from markterm.tui.evidence.find_all import FindAllScreen, FoundBefore
from markterm.tui.evidence.picture_screen import PictureScreen
from markterm.tui.evidence.references import references_content
from markterm.tui.evidence.shown_evidence import ShownEvidence
from markterm.tui.requests import ShowDifferences, ask
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.reading import ReadingScreen


class WithEvidence(Protocol):
    """A screen that shows a learner's evidence, as far as these commands know it."""

    @property
    def evidence(self) -> ShownEvidence:
        """The evidence."""


# Files and pages


class _Turn(Command[WithEvidence]):
    """Move the evidence by a page."""

    step: ClassVar[int]

    async def run(self, on: WithEvidence) -> None:
        """Turn it."""
        on.evidence.reader.turn_page(self.step)


class PageDown(_Turn):
    """A page further."""

    id, key, words, step = "evidence.page-down", "pagedown", "Evidence, a page down", 1


class PageUp(_Turn):
    """A page back."""

    id, key, words, step = "evidence.page-up", "pageup", "Evidence, a page up", -1


class _OtherFile(Command[WithEvidence]):
    """Open another file."""

    step: ClassVar[int]

    async def run(self, on: WithEvidence) -> None:
        """Open the one that many files further."""
        on.evidence.show()
        on.evidence.reader.next_file(self.step)


class PreviousFile(_OtherFile):
    """The file before."""

    id, key, words, step = "evidence.previous", "left_square_bracket", "Previous file", -1


class NextFile(_OtherFile):
    """The file after."""

    id, key, label, words, step = "evidence.next", "right_square_bracket", "file", "Next file", 1


class Files(Command[WithEvidence]):
    """Choose a file."""

    id, key, words = "evidence.files", "E", "Choose a file"

    async def run(self, on: WithEvidence) -> None:
        """Show the list of files."""
        evidence = on.evidence
        reader = evidence.reader
        left_out = one_line(reader.shown_name(reader.folder.left_out_words))
        if not reader.files:
            said = ("This learner has handed in no evidence yet.", left_out)
            evidence.screen.notify(" ".join(filter(None, said)), markup=False)
            return
        current = reader.files.index(reader.file) if reader.file is not None else 0
        title = f"Evidence · {left_out}" if left_out else "Evidence"

        def open_chosen(choice: int | None) -> None:
            if choice is not None:
                evidence.show()
                reader.open_file(choice)

        labels = reader.labels(room_for_line(evidence.screen.app.size.width))
        files = EvidenceListScreen(
            title, evidence.desk.centre.evidence, reader.files, labels, current, evidence.told_of
        )
        await evidence.screen.app.push_screen(files, open_chosen)


class Outline(Command[WithEvidence]):
    """Choose a heading of this file."""

    id, key, label, words = "evidence.outline", "o", "outline", "Headings of this file"

    async def run(self, on: WithEvidence) -> None:
        """Show the headings."""
        evidence = on.evidence
        pane = evidence.reader.pane
        if not pane.outline:
            evidence.screen.notify("This file has no headings.", markup=False)
            return
        lines = [" " + "  " * (heading.level - 1) + one_line(heading.text) for heading in pane.outline]
        top = pane.top_line
        current = max((i for i, heading in enumerate(pane.outline) if heading.line <= top), default=0)

        def go_to_chosen(choice: int | None) -> None:
            if choice is not None:
                evidence.show()
                pane.go_to_line(pane.outline[choice].line)

        await evidence.screen.app.push_screen(ChoiceScreen("Outline", lines, current), go_to_chosen)


class PageAsItLooks(Command[WithEvidence]):
    """The page that is being read, as a picture."""

    id, key, words = "evidence.picture", "Z", "The page as it looks, as large as the terminal"

    async def run(self, on: WithEvidence) -> None:
        """Draw the page."""
        reader = on.evidence.reader
        file, document = reader.file, reader.pane.document
        if file is None:
            return
        place = re.match(r"page (\d+)", document.place_at(reader.pane.chosen_line)) if document is not None else None
        pages = (document.pages if document is not None else None) or 1
        page = int(place[1]) if place else 1
        name = reader.shown_name(file.name)
        picture = PictureScreen(on.evidence.desk.centre.evidence, file, name, min(page, pages), pages)
        await on.evidence.screen.app.push_screen(picture)


class OpenOutside(Command[WithEvidence]):
    """The file in the program that the system has for it, or of an account what is attached to it."""

    id, key, words = "evidence.outside", "O", "Open the file with another program, or what is attached to an account"

    def is_offered(self, on: WithEvidence) -> bool:
        """Not on a server: its programs are not before whoever sits elsewhere."""
        return not on.evidence.desk.centre.signed_in

    async def run(self, on: WithEvidence) -> None:
        """Open it, after asking."""
        reader, shown = on.evidence.reader, on.evidence.desk.shown
        file = reader.file
        if not self.is_offered(on):
            told = "You are signed in to a server: nothing is opened with its programs. Read the file here."
            on.evidence.screen.notify(told, title="Not opened", severity="warning", markup=False)
            return
        if file is None:
            return
        account = shown.portfolio.accounts.of_file(file.name) if shown is not None else None
        beside = account.files if account is not None and account.said.file == file.name else {}
        files = [file, *(each for each in reader.files if each.name in beside and each is not file)]
        named = [f"{reader.shown_name(each.name)} ({size_words(each.size)})" for each in files]
        title = one_line(f"Open {named[0]} with another program? It may run what the file contains.")

        async def open_it(choice: int | None) -> None:
            if choice:
                evidence = on.evidence.desk.centre.evidence
                try:
                    path = await asyncio.to_thread(evidence.on_disk, files[choice - 1])
                except Unreadable as error:
                    on.evidence.screen.notify(f"{error.what} {error.next_step}", severity="error", markup=False)
                    return
                await asyncio.to_thread(click.launch, str(path))

        attached = [f"Open {each.rpartition('/')[2]}, which is attached to it" for each in named[1:]]
        question = ChoiceScreen(title, ["No, leave it closed", "Yes, open it", *attached])
        await on.evidence.screen.app.push_screen(question, open_it)


class ShowWhatChanged(Command[WithEvidence]):
    """The evidence of this attempt beside that of an earlier one."""

    id, key = "evidence.differences", "d"
    words = "What changed in the evidence of this unit since the attempt before"

    async def run(self, on: WithEvidence) -> None:
        """Show the differences of the unit under the cursor."""
        place, shown = on.evidence.place, on.evidence.desk.shown
        if place is not None and shown is not None:
            await ask(on.evidence.screen, ShowDifferences(shown, place.unit.code, on.evidence.open_place))


# Passages


class _OtherPassage(Command[WithEvidence]):
    """Put the bar on another passage."""

    step: ClassVar[int]

    async def run(self, on: WithEvidence) -> None:
        """Move it that many passages."""
        on.evidence.reader.pane.move_passage(self.step)


class NextPassage(_OtherPassage):
    """The passage below."""

    id, key, words, step = "evidence.passage-next", "J", "Next passage", 1


class PreviousPassage(_OtherPassage):
    """The passage above."""

    id, key, words, step = "evidence.passage-previous", "K", "Passage before", -1


class Select(Command[WithEvidence]):
    """More than one passage."""

    id, key, words = "evidence.select", "v", "Choose several passages: the bar takes in what it is moved over"

    async def run(self, on: WithEvidence) -> None:
        """Begin to choose them, or give it up."""
        on.evidence.reader.pane.toggle_selection()


# Find


class _FindStep(Command[WithEvidence]):
    """Another place that was found."""

    step: ClassVar[int]

    def works(self, on: WithEvidence) -> bool:
        """While something is looked for."""
        return on.evidence.reader.finding

    async def run(self, on: WithEvidence) -> None:
        """Go to it."""
        on.evidence.reader.find_step(self.step)


class FindNext(_FindStep):
    """The next place."""

    id, key, label, words, step = "find.next", "right_parenthesis", "next match", "Next place found", 1


class FindPrevious(_FindStep):
    """The place before."""

    id, key, label, words, step = "find.previous", "left_parenthesis", "previous", "Previous place found", -1


class Find(Command[WithEvidence]):
    """Look for words in the file that is open."""

    id, key, label, words = "find.start", "slash", "find", "Find in this file"

    async def run(self, on: WithEvidence) -> None:
        """Open the field for them."""
        on.evidence.show()
        on.evidence.reader.start_find()


class FindInAll(Command[WithEvidence]):
    """Look for words in all files, beginning with those that are looked for in this one."""

    id, key, words, priority = "find.all", "ctrl+f", "Find in all files of this learner", True

    async def run(self, on: WithEvidence) -> None:
        """Show where they stand."""
        evidence = on.evidence
        if evidence.desk.shown is None:
            return
        learner = evidence.desk.shown.learner
        if evidence.found_before.registration != learner.registration:
            evidence.found_before = FoundBefore(learner.registration)
        words = await evidence.reader.words_to_find()
        found = FindAllScreen(evidence.desk.centre, learner, evidence.found_before, evidence.open_found, words)
        await evidence.screen.app.push_screen(found)


class KeepFind(Command[WithEvidence]):
    """Leave the field for find; the places stay marked."""

    id, key, label, priority = "find.keep", "enter", "keep", True
    words = "Leave the field, keep the places found"

    def works(self, on: WithEvidence) -> bool:
        """In the field."""
        return on.evidence.in_field

    async def run(self, on: WithEvidence) -> None:
        """Leave it."""
        await on.evidence.reader.keep_find()


class LeaveFind(Command[WithEvidence]):
    """Esc, unless it stops the reading."""

    id, key, words = "find.end", "escape", "End find"

    def works(self, on: WithEvidence) -> bool:
        """Whenever there is no reading to be stopped."""
        return not _can_stop(on)

    async def run(self, on: WithEvidence) -> None:
        """End find, and go back to the criteria."""
        on.evidence.reader.end_find()
        on.evidence.leave()


# Reading for the first time, and what is found by it


class StopReading(Command[WithEvidence]):
    """Esc, while files are read for the first time and nothing is looked for."""

    id, key, words = "evidence.stop", "escape", "Stop reading the learner's files"

    def works(self, on: WithEvidence) -> bool:
        """While it tells that it reads."""
        return _can_stop(on)

    async def run(self, on: WithEvidence) -> None:
        """End it; what was read stays."""
        on.evidence.line.stop()


class ReadOn(Command[WithEvidence]):
    """The files that were left."""

    id, key, words = "evidence.read-on", "R", "Read the files that were left when reading was stopped"

    def works(self, on: WithEvidence) -> bool:
        """When some were left."""
        return bool(on.evidence.line.left)

    async def run(self, on: WithEvidence) -> None:
        """Read them."""
        on.evidence.line.read_on()


class Reference(Command[WithEvidence]):
    """Where the learner says that this criterion is met."""

    id, key, label, words = "evidence.reference", "e", "referenced", "Next passage that refers to this criterion"

    async def run(self, on: WithEvidence) -> None:
        """Go there, to the clearest passage first."""
        evidence = on.evidence
        place = evidence.place
        if place is not None and evidence.references_of(place):
            evidence.go_to_reference(place)
            return
        known = evidence.references is not None
        words = "No passage refers to this criterion." if known else "The evidence is still being read."
        left = evidence.line.left
        evidence.screen.notify(
            words + keyed(" Not all files are read: {evidence.read-on} reads on.") if left else words, markup=False
        )


class AllReferences(Command[WithEvidence]):
    """All of them, in the palette alone."""

    id, label = "evidence.references", "Evidence references"
    words = "Every passage that refers to a criterion, and references to none of the learner's units"

    async def run(self, on: WithEvidence) -> None:
        """Show them."""
        evidence = on.evidence
        shown, references = evidence.desk.shown, evidence.references
        if shown is None or references is None:
            evidence.screen.notify("The evidence is still being read.", markup=False)
            return
        title = f"{evidence.blindfold.names(shown)[0]}: where the evidence refers to which criterion"
        content = references_content(shown, references, evidence.blindfold.file)
        await evidence.screen.app.push_screen(ReadingScreen(title, content))


def _can_stop(on: WithEvidence) -> bool:
    evidence = on.evidence
    return evidence.line.can_be_stopped and not evidence.reader.finding and not evidence.in_field
