"""What comes to the centre before it is taken, a register or a download: its lines, what is to be known of the one
under the cursor, and then what a person decides is taken."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from textual import on, work
from textual.content import Content
from textual.widgets import Static
from textual.worker import get_current_worker

from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import Command
from markterm.tui.requests import Failed, tell
from markterm.tui.widgets.how_far import Far, say_far, stepping, telling
from markterm.tui.widgets.line_list import LineList
from markterm.tui.widgets.modal import Modal

Line = TypeVar("Line")


class Lines(LineList, Generic[Line]):
    """A line for each."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Sequence[Line] = ()

    def line_count(self) -> int:
        return len(self.found)


class OnlyFindings(Command["WhatComesScreen[Any]"]):
    """Only what somebody has to look at; subclasses have an id, and words for it."""

    key = "f"

    async def run(self, on: WhatComesScreen[Any]) -> None:
        on.only_findings = not on.only_findings
        on.show()


class WhatComesScreen(Modal[bool], Generic[Line]):
    """Every line of what comes. The result is whether something was taken."""

    FIRST: ClassVar[int]
    """So many lines are shown as soon as they are read."""
    AT_ONCE: ClassVar[int]
    BESIDE: ClassVar[int]
    """Rows that the frame and what is told beside the lines take."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Sequence[Line] = ()
        self.is_read = self.only_findings = self._is_taking = False

    @abstractmethod
    def reading(self) -> Iterator[Line]:
        """The lines, as they are read, in a thread."""

    def read_whole(self) -> Sequence[Line]:
        """The lines once all of them are read, where that is more than they were one by one."""
        return ()

    @abstractmethod
    def has_findings(self, line: Line) -> bool:
        """Whether a person has something to look at in it."""

    @abstractmethod
    def told_whole(self, line: Line) -> str:
        """All that is to be known of it."""

    @abstractmethod
    def titled(self) -> str:
        """The title, with how many there are of each kind."""

    def on_mount(self) -> None:
        """Read in the background: the first lines are shown before the last are read."""
        self.query_one(Lines).focus()
        self.look()

    @property
    def selected(self) -> Line | None:
        """The one under the cursor."""
        lines: Lines[Line] = self.query_one(Lines)
        return lines.found[lines.cursor] if lines.cursor < len(lines.found) else None

    @work(thread=True, exclusive=True, group="what-comes")
    def look(self) -> None:
        """Read the lines, and show them."""
        worker, found = get_current_worker(), list[Line]()
        try:
            for each in self.reading():
                if worker.is_cancelled:
                    return
                found.append(each)
                if len(found) == self.FIRST or len(found) % self.AT_ONCE == 0:
                    self.app.call_from_thread(self._take_in, tuple(found), is_all=False)
            self.app.call_from_thread(self._take_in, self.read_whole() or tuple(found), is_all=True)
        except MarkTermError as error:
            self.app.call_from_thread(tell, self, Failed(error))

    def _take_in(self, found: Sequence[Line], *, is_all: bool) -> None:
        if self.is_open:
            self.found, self.is_read = found, is_all
            self.show()

    def show(self) -> None:
        """Show the lines, or those with something to look at."""
        lines: Lines[Line] = self.query_one(Lines)
        lines.found = [each for each in self.found if self.has_findings(each)] if self.only_findings else self.found
        lines.fit_in(self.lines_beside(self.BESIDE))
        self.say_title(f"{self.titled()}{'' if self.is_read else ' …'}")
        self._say_whole()

    @on(LineList.Moved)
    def _say_whole(self) -> None:
        each = self.selected
        told = self.told_whole(each) if each is not None else ""
        self.query_one("#whole", Static).update(Content(one_line(told)))

    @on(LineList.Chosen)
    async def clicked(self, event: LineList.Chosen) -> None:
        """A click moves alone: nothing is taken by one."""
        event.stop()

    def take(self, steps: Iterable[Any], begun: Far) -> None:
        """Take it step by step, telling how far it is, and then say what came of it. Nothing else of it is begun
        meanwhile; who leaves has the step done that is under way, and nothing more."""
        self.is_read, self._is_taking = False, True
        self._take(steps, begun)

    @work(thread=True, exclusive=True, group="what-comes")
    def _take(self, steps: Iterable[Any], begun: Far) -> None:
        # Asked for now: a screen that was left is of no app any more, and what it took would be told to nobody.
        app, worker, taken = self.app, get_current_worker(), list[Any]()
        tell_far = telling(self, lambda far: say_far(self, far))
        failed: MarkTermError | None = None
        try:
            for step in stepping(steps, begun, tell_far):
                taken.append(step)
                if worker.is_cancelled:
                    break
        except MarkTermError as error:
            failed = error
        app.call_from_thread(self._end, taken, failed)

    def _end(self, taken: Sequence[Any], failed: MarkTermError | None) -> None:
        self._is_taking, self.is_read = False, True
        if not self.is_open:
            self.let_go()
        if failed is not None:
            tell(self, Failed(failed))
        else:
            self.say_taken(taken)

    def on_unmount(self) -> None:
        """Let what it was read from go, once nothing of it is taken any more."""
        if not self._is_taking:
            self.let_go()

    def let_go(self) -> None:
        """Let go of what the lines were read from, where something is open for that."""

    @abstractmethod
    def say_taken(self, taken: Sequence[Any]) -> None:
        """Say what came of it, and close."""
