"""What tells how far it is while a learner's files are converted for the first time, and after that was stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from textual import on, work
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from markterm.centre.centre import Centre
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.progress import Progress, Step, Urgency
from markterm.evidence.text.referenced import ReferencedPassages
from markterm.tui.command import key_of, keyed
from markterm.tui.widgets.how_far import far_bar
from markterm.tui.widgets.middle_cut import middle_cut

_BAR = 12
_MOST_NAMES = 3
_LONGEST_NAME = 40
_LONGEST = 0.5
"""Seconds for which the other files wait: a first one that takes longer waits for a disk, and not for them."""


class ReadingLine(Widget):
    """Reads all files of a learner for the criteria they refer to, and tells of it only when that takes a while. When
    that is done it reads ahead what those who come next have handed in, and tells nothing of it."""

    DEFAULT_CSS = """
    ReadingLine { dock: right; height: 1; padding: 0 1 0 0; color: $quiet; display: none; }
    """

    @dataclass
    class ReferencesFound(Message):
        """The files of that learner are read, or as many as were before it was stopped."""

        registration: str
        references: ReferencedPassages

    @dataclass
    class Stepped(Message, bubble=False):
        """The reading came to another file that takes a while."""

        progress: Progress
        step: Step

    def __init__(self, centre: Centre, following: Callable[[], Sequence[str]] = tuple) -> None:
        super().__init__()
        self._centre = centre
        self._following = following
        self._registration = ""
        self._first = asyncio.Event()
        self._progress = Progress()
        self._ahead = Progress()
        self._step: Step | None = None
        self.left = 0
        """How many files were not read, when it was stopped."""

    @property
    def can_be_stopped(self) -> bool:
        """Whether it is telling that it reads."""
        return self._step is not None

    def read(self, registration: str, first: asyncio.Event) -> None:
        """Read the files of that learner, and of no other any more, when the first of them has been shown."""
        self.stop()
        self._registration = registration
        self._first = first
        self.read_on()

    @work(exclusive=True, group="references")
    async def read_on(self) -> None:
        """Read what was not read before, in a thread; the rest is in the cache."""
        self.stop()
        self._show(None, 0)

        def tell(step: Step) -> None:
            self.post_message(self.Stepped(progress, step))

        progress = self._progress = Progress(tell, Urgency.SOON)
        registration = self._registration
        # Whoever opens a learner looks at one file: what reads all of them would keep it from being drawn.
        with suppress(TimeoutError):
            await asyncio.wait_for(self._first.wait(), _LONGEST)
        with suppress(MarkTermError):  # What cannot be read is said where it is opened.
            references = await asyncio.to_thread(self._references, registration, progress)
            self.post_message(self.ReferencesFound(registration, references))
            if failed := references.references.failed:
                names = ", ".join(one_line(name) for name in failed[:_MOST_NAMES])
                told = f"Where {names} refers to criteria is not known: MarkTerm failed at it. Read it as it is."
                self.app.notify(told, severity="warning", markup=False)
        self._progress = Progress()  # a step that is still on its way is of no reading any more
        self._show(None, progress.left if progress.stop.is_set() else 0)
        if not progress.stop.is_set():
            self._ahead = Progress(urgency=Urgency.AHEAD)
            self._read_ahead(tuple(self._following()), self._ahead)

    def _references(self, registration: str, progress: Progress) -> ReferencedPassages:
        return self._centre.evidence.references(self._centre.learners.portfolio(registration), progress)

    @work(thread=True, exclusive=True, group="ahead")
    def _read_ahead(self, registrations: Sequence[str], progress: Progress) -> None:
        """Read the files of those learners, until somebody opens one or says stop."""
        with suppress(Exception):  # whoever opens it is told, also of a fault of ours
            self._centre.evidence.read_ahead(registrations, progress)

    def stop(self) -> None:
        """End the reading at once; what was read stays."""
        self._progress.stop.set()
        self._ahead.stop.set()

    def on_unmount(self) -> None:
        """Let nothing go on reading."""
        self.stop()

    @on(Stepped)
    def follow(self, stepped: Stepped) -> None:
        """Show which file it is at."""
        if stepped.progress is self._progress and not stepped.progress.stop.is_set():
            self._show(stepped.step, 0)

    def _show(self, step: Step | None, left: int) -> None:
        self._step, self.left = step, left
        self.display = step is not None or left > 0
        self._fit()
        self.refresh()

    def _fit(self) -> None:
        """Be as wide as what it says, and no wider than most of the row."""
        self.styles.width = min(self._told(_LONGEST_NAME).cell_length + 1, self.app.size.width * 7 // 10)

    def render(self) -> Content:
        """The bar, or what is missing since it was stopped."""
        step = self._step
        around = self._told(0).cell_length if step is not None else 0
        return self._told(max(self.content_size.width - around, 1))

    def _told(self, room: int) -> Content:
        """What it says, with so many cells for the name of a file."""
        step = self._step
        if step is None:
            files = counted(self.left, "file")
            return Content.styled(
                f"Stopped: {files} not read for references.  {key_of('evidence.read-on')} reads on", "$warning"
            )
        return Content.assemble(
            f"reading {step.done + 1} of {step.of}  ",
            far_bar(step.done, step.of, _BAR),
            "  ",
            middle_cut(step.name, room) if room else "",
            keyed("  {evidence.stop} stops"),
        )
