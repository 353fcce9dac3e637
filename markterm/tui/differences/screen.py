"""What changed in the evidence of a unit since an earlier attempt: the files, and beside them the words."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from markterm.centre.centre import Centre
from markterm.centre.differences import EvidenceChanges, TextDifference
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.domain.record.submission import Submission
from markterm.domain.texts.difference import BEFORE
from markterm.domain.texts.file_change import FileFate
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.progress import Progress
from markterm.tui.command import Command, bindings
from markterm.tui.differences.view import DifferenceView, Layout
from markterm.tui.hints import next_step_of
from markterm.tui.local_time import moment
from markterm.tui.widgets import modal
from markterm.tui.widgets.line_list import LineList, Piece, fit
from markterm.tui.widgets.modal import Modal, Shape

_SIGNS = {FileFate.CHANGED: "~", FileFate.ADDED: "+", FileFate.REMOVED: "-", FileFate.RENAMED: "="}
_MOST_FILES = 6


class _Files(LineList, can_focus=False):
    """The files that changed, each with how many words came and went. The keys belong to the difference."""

    def __init__(self) -> None:
        super().__init__(id="files")
        self._found: EvidenceChanges | None = None
        self._told: dict[int, TextDifference] = {}

    def show(self, found: EvidenceChanges, told: dict[int, TextDifference]) -> None:
        """Show these, with what is told of them so far."""
        self._found, self._told = found, told
        self.lines_changed()

    def line_count(self) -> int:
        return len(self._found.files) if self._found is not None else 0

    def line(self, index: int, width: int) -> Iterable[Piece]:
        assert self._found is not None
        change = self._found.files[index]
        counts = _counts(self._told.get(index))
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        room = max(width - 4 - len(counts), 8)
        yield f"{_SIGNS[change.fate]} {fit(one_line(change.name), room)}", ""
        yield counts, "sign--quiet"


class NextFile(Command["DifferencesScreen"]):
    """The next file."""

    id, key, label, words = "difference.file", "right_square_bracket", "next file", "Next file"

    async def run(self, on: DifferencesScreen) -> None:
        on.move_file(1)


class FileBefore(Command["DifferencesScreen"]):
    """The file before."""

    id, key, label, words = "difference.file-before", "left_square_bracket", "previous file", "Previous file"

    async def run(self, on: DifferencesScreen) -> None:
        on.move_file(-1)


class Whole(Command["DifferencesScreen"]):
    """All paragraphs, or unchanged ones folded again."""

    id, key, label, words = "difference.whole", "w", "whole", "Unchanged paragraphs too, or folded again"

    async def run(self, on: DifferencesScreen) -> None:
        on.turn_whole()


class Leave(modal.Leave):
    """Leave the differences."""

    id, words = "difference.leave", "Leave; nothing changes"


class DifferencesScreen(Modal[None]):
    """The files that changed since an earlier attempt at a unit, and what changed in the one under the cursor.

    Everything is read and compared in a thread, which ends when the screen is left. `open_at` opens a file, by its name
    and a line from 0, behind this screen.
    """

    TITLE = "Differences"
    DEFAULT_CSS = """
    DifferencesScreen .files-and-words { height: 1fr; layout: vertical; }
    DifferencesScreen #files { height: 3; padding: 0 1; background: $surface; }
    DifferencesScreen #about { height: auto; max-height: 3; padding: 0 1; }
    DifferencesScreen DifferenceView { padding: 0 1; }
    DifferencesScreen .words { layout: vertical; height: 1fr; }
    DifferencesScreen.-wide .files-and-words { layout: horizontal; }
    DifferencesScreen.-wide #files { width: 52; height: 1fr; }
    DifferencesScreen.-wide .words { width: 1fr; }
    """
    SHAPE = Shape.WHOLE
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012  # as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (12, "-tall")]  # noqa: RUF012  # as Textual declares it
    DOES = (NextFile, FileBefore, Whole, Leave)
    BINDINGS = bindings(*DOES)

    @dataclass
    class FilesKnown(Message):
        """It is known which files changed, or why that cannot be told."""

        found: EvidenceChanges | MarkTermError

    @dataclass
    class WordsKnown(Message):
        """It is known what changed in the words of a file."""

        number: int
        told: TextDifference

    def __init__(
        self, centre: Centre, shown: LearnerPortfolio, unit_code: str, open_at: Callable[[str, int], None]
    ) -> None:
        super().__init__()
        self._centre = centre
        self._learner = shown.learner
        self._unit = unit_code
        self._open_at = open_at
        self._progress = Progress()
        self._found: EvidenceChanges | None = None
        self._told: dict[int, TextDifference] = {}
        self._problem = ""
        self._whole = False

    def compose(self) -> ComposeResult:
        """Whose files they are and since when, the files, the words, and what to press."""
        words = Container(Static(id="about"), DifferenceView(), classes="words")
        yield from self.framed(
            "",
            Container(_Files(), words, classes="files-and-words"),
            keys="{difference.next} {difference.previous} change · {difference.file} {difference.file-before} file · "
            "{difference.whole} whole · {difference.open} opens it there · {difference.leave} leaves",
        )

    def on_mount(self) -> None:
        """Find out in the background."""
        self.set_focus(self._view)
        self._make_room()
        self._say_since()
        self._say()
        self._compare()

    def on_unmount(self) -> None:
        """Let nothing go on reading."""
        self._progress.stop.set()

    @property
    def _view(self) -> DifferenceView:
        return self.query_one(DifferenceView)

    @property
    def _files(self) -> _Files:
        return self.query_one(_Files)

    # Comparing

    @work(thread=True, group="compare")
    def _compare(self) -> None:
        """Find the files that changed, and compare each."""
        try:
            found = self._centre.differences.since(self._learner.registration, self._unit, progress=self._progress)
        except MarkTermError as error:
            self.post_message(self.FilesKnown(error))
            return
        self.post_message(self.FilesKnown(found))
        for number, change in enumerate(found.files):
            if self._progress.stop.is_set():
                return
            self.post_message(self.WordsKnown(number, found.words(change)))

    @on(FilesKnown)
    def take_files(self, event: FilesKnown) -> None:
        """List them."""
        if not self.is_open:
            return
        if isinstance(event.found, MarkTermError):
            self._problem = f"{event.found.title}. {one_line(event.found.what)} {one_line(next_step_of(event.found))}"
        else:
            self._found = event.found
            self._files.show(event.found, self._told)
            self._make_room()
            if not event.found.files:
                self._problem = f"Nothing changed from {_span(event.found)}: every file is the same, byte for byte."
        self._say_since()
        self._say()

    @on(WordsKnown)
    def take_words(self, event: WordsKnown) -> None:
        """Count them, and show them if it is the file under the cursor."""
        self._told[event.number] = event.told
        if not self.is_open:
            return
        self._files.refresh_index(event.number)
        if event.number == self._files.cursor:
            self._show()

    # Showing

    def _make_room(self) -> None:
        """Give the list of files as many lines as it needs, as far as there is room."""
        count = self._files.line_count()
        self._files.display = count > 0
        narrow = min(count, _MOST_FILES, max(self.size.height // 4, 1))
        self._files.styles.height = None if self.has_class("-wide") else narrow

    @work(exclusive=True, group="layout")
    async def _show(self, *, keep: bool = False) -> None:
        """Show the difference of the file under the cursor, laid out in a thread."""
        self._say()
        told = self._told.get(self._files.cursor)
        width, whole = self._view.row_width, self._whole
        layout = None if told is None else await asyncio.to_thread(Layout.of, told, width, whole=whole)
        self._view.show(layout, keep=keep)
        self._say()

    def _say_since(self) -> None:
        whose = f"{one_line(self._learner.name)} {one_line(self._learner.registration)}"
        since = f" · {_span(self._found)}" if self._found is not None else ""
        self.say_title(Content(f"Differences · {one_line(self._unit)}{since} · {whose}"))

    def _say(self) -> None:
        """What is under the cursor, or why there is nothing."""
        told = self._told.get(self._files.cursor)
        if self._problem:
            words = Content(self._problem)
        elif self._found is None or told is None:
            words = Content("The files are being compared …")
        else:
            change = told.change
            was = f" (before: {one_line(change.old)})" if change.old and change.new not in ("", change.old) else ""
            at, of = self._view.at_change, len(self._view.changes)
            words = Content.assemble(
                Content.styled(f"{change.fate} {one_line(change.name)}", "bold"),
                f"{was}: {told}",
                Content.styled(f" · change {at} of {of}" if of else "", "$quiet"),
            )
        self.query_one("#about", Static).update(words)

    def on_resize(self) -> None:
        """The list of files has its place beside the words or above them."""
        self._make_room()

    @on(DifferenceView.WidthChanged)
    def break_anew(self) -> None:
        """Break the rows for the width."""
        self._show(keep=True)

    # Going

    @on(LineList.Moved, "_Files")
    def follow_file(self) -> None:
        """Show the file under the cursor."""
        self._show()

    @on(LineList.Moved, "DifferenceView")
    def follow_change(self) -> None:
        """Say which change it is."""
        self._say()

    def move_file(self, step: int) -> None:
        """The next or the previous file."""
        self._files.action_move(step)

    def turn_whole(self) -> None:
        """All paragraphs, or unchanged ones folded again."""
        self._whole = not self._whole
        self._show(keep=True)

    @on(LineList.Chosen, "DifferenceView")
    def open_here(self) -> None:
        """Open the file at the paragraph under the cursor, and leave."""
        told, paragraph = self._told.get(self._files.cursor), self._view.paragraph
        if told is None or paragraph is None or told.difference is None:
            return
        change = told.change
        name = change.old if paragraph.fate in BEFORE else change.new
        if paragraph.fate in BEFORE and change.old == change.new:
            # The old words are nowhere but here: the words that took their place are in the file.
            after = told.difference.paragraphs[told.difference.paragraphs.index(paragraph) :]
            paragraph = next((each for each in after if each.fate not in BEFORE), paragraph)
        self.dismiss(None)
        self._open_at(name, paragraph.line)


def _span(found: EvidenceChanges) -> str:
    if found.earlier is None:
        return "the attempts in the names of the files"
    return f"{_side(found.earlier)} to {_side(found.later)}"


def _side(submission: Submission | None) -> str:
    return "now" if submission is None else f"attempt {submission.attempt} ({moment(submission.at)})"


def _counts(told: TextDifference | None) -> str:
    if told is None:
        return " …"
    found = told.difference
    if found is None:
        return ""
    counts = ((found.added, "+"), (found.removed, "-"), (found.moved, "<>"))
    return " " + " ".join(f"{sign}{count:,}" for count, sign in counts if count)
