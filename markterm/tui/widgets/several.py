"""What is about to be done with several criteria at once: a list from which they can be taken out before anything is
recorded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from markterm.tui.command import Command, WithCommands, bindings
from markterm.tui.widgets import modal
from markterm.tui.widgets.line_list import LineList, Piece, fit, up_and_down
from markterm.tui.widgets.modal import Modal


class Turn(Command["_Lines"]):
    """Take the criterion under the cursor out, or in again."""

    id, key, label, words = "pass.turn", "space", "in or out", "Take this criterion out, or in again"

    async def run(self, on: _Lines) -> None:
        on.turn()


class _Lines(WithCommands, LineList):
    """The criteria, each in or out."""

    DOES = (Turn,)
    BINDINGS = bindings(*DOES)

    def __init__(self, labels: Sequence[str], wanted: Sequence[bool], told: str) -> None:
        super().__init__()
        self._labels = labels
        self._told = told
        self.wanted = list(wanted)

    def line_count(self) -> int:
        return len(self._labels)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        yield ("✓ " if self.wanted[index] else "· "), "sign--pass" if self.wanted[index] else "sign--open"
        yield fit(self._labels[index], max(width - 4, 0)), "" if self.wanted[index] else "sign--quiet"

    def turn(self) -> None:
        """Take the criterion under the cursor out, or in again."""
        self.wanted[self.cursor] = not self.wanted[self.cursor]
        self.refresh_index(self.cursor)
        self.action_move(1)
        self.screen.query_one(".count", Static).update(_count(self.wanted, self._told))


class DoIt(Command["SeveralScreen"]):
    """Leave with those that are in."""

    id, key, label, words = "pass.all", "enter", "do it", "Do it with those that are in"
    records = True

    async def run(self, on: SeveralScreen) -> None:
        on.dismiss(tuple(number for number, is_in in enumerate(on.query_one(_Lines).wanted) if is_in))


class Leave(modal.Leave):
    """Leave without doing anything."""

    id, words = "pass.leave", "Leave without doing anything"


class SeveralScreen(Modal[tuple[int, ...] | None]):
    """The criteria with which something is about to be done, each in or out to begin with; the result is the numbers of
    those that are in at the end, from 0, or None. `does` says what Enter does with them, `told` what it comes to."""

    DEFAULT_CSS = """
    SeveralScreen > .frame { max-height: 100%; }
    SeveralScreen .count { color: $quiet; height: auto; }
    """
    DOES = (DoIt, Leave, *up_and_down("pass", "criterion"))
    BINDINGS = bindings(*DOES)

    def __init__(self, title: str, labels: Sequence[str], wanted: Sequence[bool], does: str, told: str) -> None:
        super().__init__()
        self._title = title
        self._labels = labels
        self._wanted = wanted
        self._does = does
        self._told = told

    def compose(self) -> ComposeResult:
        """A title, the criteria, and what to press."""
        yield from self.framed(
            self._title,
            _Lines(self._labels, self._wanted, self._told),
            Static(_count(self._wanted, self._told), classes="count"),
            keys=f"{{pass.turn}} takes one out or in · {{pass.all}} {self._does} · {{pass.leave}} leaves",
        )

    def on_mount(self) -> None:
        """As high as the criteria, as far as there is room."""
        lines = self.query_one(_Lines)
        lines.styles.height = min(len(self._labels), self.lines_beside(7))
        lines.focus()

    @on(LineList.Chosen)
    def turn(self, event: LineList.Chosen) -> None:
        """A click takes one out or in."""
        event.stop()
        self.query_one(_Lines).turn()


def _count(wanted: Sequence[bool], told: str) -> Content:
    return Content(f"{sum(wanted)} of {len(wanted)} {told}")
