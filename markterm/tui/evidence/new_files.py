"""New files of the learner at a desk: they are opened first, that they were opened is recorded, and those that come or
change meanwhile are told, and taken when somebody says so."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from time import monotonic
from typing import Protocol

from textual.worker import WorkerCancelled

from markterm.domain.record.event import Event
from markterm.domain.words.counted import counted, first_of
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.folder import EvidenceFile
from markterm.evidence.hashing import Hashing, HashingStopped
from markterm.evidence.progress import Urgency
from markterm.tui.command import Command, keyed
from markterm.tui.evidence.commands import WithEvidence
from markterm.tui.evidence.listed_files import first_to_open
from markterm.tui.evidence.shown_evidence import ShownEvidence

_NAMED = 3
_RESTS = 50
"""The folder is looked at again after so many times as long as a look took: a large one, or a slow share, is not looked
at all the time."""


class NewFiles:
    """What is new of the evidence that is shown; `draw` draws what changed."""

    def __init__(self, evidence: ShownEvidence, draw: Callable[[], None]) -> None:
        self._evidence = evidence
        self._centre = evidence.desk.centre
        self._draw = draw
        self._told_of = evidence.reader.told_of
        self._hashing = Hashing()
        self._listed_of = ""
        self._next_look = 0.0
        self.names: frozenset[str] = frozenset()
        """The files that no assessor had opened as they were when this learner was opened, or they were taken."""
        self.unseen: tuple[str, ...] = ()
        """What became of the files since they were listed: `new essay.md`, `changed log.md`, `gone notes.md`."""
        evidence.reader.first_of = self._first_of
        evidence.reader.told_of = self._told

    def open(self) -> None:
        """A learner was opened, whose files are being listed: when the first is shown, it was opened."""
        self._hashing.stop.set()
        self.names, self.unseen, self._listed_of = frozenset(), (), ""
        self._record()

    def stop(self) -> None:
        """The screen is being left: nothing more is read."""
        self._hashing.stop.set()

    async def look(self) -> None:
        """See what became of the files since they were listed, and say so once."""
        desk, reader = self._evidence.desk, self._evidence.reader
        registration = desk.registration
        if desk.shown is None or self._listed_of != registration or monotonic() < self._next_look:
            return  # Before the first learner is open there is nobody whose files to look at.
        begun = monotonic()
        try:
            unseen = await asyncio.to_thread(self._centre.evidence.unseen, registration, reader.folder.files)
        except MarkTermError:
            return  # Whoever looks may not see the learner any more: the next mark says so.
        self._next_look = monotonic() + _RESTS * (monotonic() - begun)
        if desk.registration != registration or unseen == self.unseen:
            return
        self.unseen = unseen
        if unseen:
            takes = keyed("{evidence.take-new} takes it in.")
            self._evidence.screen.notify(f"In the folder since: {self._listed(unseen)}. {takes}", markup=False)
        self._draw()

    async def take(self) -> None:
        """Show the files as they are now, from the first new one on; whoever reads one that changed stays in it."""
        self.unseen, self._listed_of = (), ""
        reader = self._evidence.reader
        with suppress(WorkerCancelled):
            await reader.list_again().wait()
        self._evidence.fingerprints.look()
        self._evidence.line.read_on()
        first = (await asyncio.to_thread(self._first_of, reader.folder.files))[0]
        stays = reader.file is not None and reader.file.name in self.names
        if first is not None and first.name in self.names and not stays:
            self._evidence.show()
            reader.open_file(reader.files.index(first))
        self._record()
        self._draw()

    @property
    def in_brief(self) -> str:
        """How many files came, changed or went since they were listed; empty where none did."""
        return f"{counted(len(self.unseen), 'file')} changed here" if self.unseen else ""

    def _record(self) -> None:
        self._hashing = Hashing(urgency=Urgency.SOON)
        recording = self._opened(self._evidence.desk.registration, self._hashing)
        self._evidence.screen.run_worker(recording, "evidence_opened", group="opened", exclusive=True)

    async def _opened(self, registration: str, hashing: Hashing) -> None:
        """Record that what is listed was opened, and say what of it is new."""
        evidence = self._evidence
        await evidence.opened()
        files = evidence.reader.folder.files
        if evidence.desk.registration != registration:
            return
        self._listed_of = registration
        if self.names and len(self.names) < len(files):
            self._draw()
            told = self._listed([file.name for file in files if file.name in self.names])
            evidence.screen.notify(f"New since this was opened last: {told}.", markup=False)

        def record() -> Event | None:
            with self._centre.fixing.hashed_by(hashing):
                return self._centre.new_work.opened(registration, files)

        # It is recorded the next time; whatever stops it stops a mark as well, and is told there.
        with suppress(MarkTermError, HashingStopped):
            if await asyncio.to_thread(record) is not None:
                await evidence.desk.look(
                    lambda: evidence.screen.is_active
                )  # Now, and not in the midst of what is done.

    def _first_of(self, files: Sequence[EvidenceFile]) -> Sequence[EvidenceFile | None]:
        """What is opened first of these: new ones before others. Called in a thread."""
        shown = self._evidence.desk.shown
        self.names = frozenset()
        if shown is not None and self._centre.member is not None:
            self.names = frozenset(self._centre.new_work.of(shown.portfolio, files))
        new = [file for file in files if file.name in self.names]
        return [*filter(None, first_to_open(new)), *first_to_open(files)]

    def _told(self, name: str) -> str:
        return "  ".join(filter(None, ("new" if name in self.names else "", self._told_of(name))))

    def _listed(self, told: Sequence[str]) -> str:
        return self._evidence.blindfold.file(first_of(list(map(one_line, told)), _NAMED, ";"))


class WithNewFiles(WithEvidence, Protocol):
    """A screen that tells of new files, as the command knows it."""

    new_files: NewFiles


class TakeNew(Command[WithNewFiles]):
    """The files that came or changed meanwhile."""

    id, key, label, words = "evidence.take-new", "w", "take new", "Take in the files that came or changed meanwhile"

    def works(self, on: WithNewFiles) -> bool:
        """When some did."""
        return bool(on.new_files.unseen)

    async def run(self, on: WithNewFiles) -> None:
        """Take them in."""
        await on.new_files.take()
