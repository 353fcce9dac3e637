"""One of several lines to choose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.app import ComposeResult

from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import WithCommands, bindings
from markterm.tui.widgets import modal
from markterm.tui.widgets.line_list import Choose, Down, LineList, Piece, Up, fit
from markterm.tui.widgets.modal import Modal


class ChooseLine(Choose):
    """Choose the line under the cursor."""

    id, label, words = "choice.choose", "choose", "Choose this line"


class Leave(modal.Leave):
    """Leave without choosing."""

    id, words = "choice.leave", "Leave without choosing"


class NextLine(Down):
    """A line down."""

    id, words = "choice.down", "Next line"


class LineBefore(Up):
    """A line up."""

    id, words = "choice.up", "Previous line"


class Choices(WithCommands, LineList):
    """The lines that one is chosen of."""

    DOES = (ChooseLine,)
    BINDINGS = bindings(*DOES)

    def __init__(self, choices: Sequence[str], current: int) -> None:
        super().__init__()
        self._choices = choices
        self._current = current
        self.set_reactive(LineList.cursor, current)

    def begin(self, most: int) -> None:
        """Be as high as the choices, or so many lines, with the current one in sight, and have the keys."""
        self.styles.height = min(len(self._choices), most)
        self.focus()
        self.call_after_refresh(self.move_to, self._current)

    def line_count(self) -> int:
        """As many as there are choices."""
        return len(self._choices)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        """A choice, with a sign at the one under the cursor."""
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        yield fit(self._choices[index], max(width - 2, 0)), ""


class ChoiceScreen(Modal[int | None]):
    """One of several lines; the result is its number from 0, or None."""

    DEFAULT_CSS = "ChoiceScreen > .frame { max-height: 100%; }"
    DOES = (Leave, NextLine, LineBefore)
    BINDINGS = bindings(*DOES)

    def __init__(self, title: str, choices: Sequence[str], current: int = 0) -> None:
        super().__init__()
        self._title = title
        self._choices = [one_line(choice) if not choice.startswith(" ") else choice for choice in choices]
        self._current = current

    def compose(self) -> ComposeResult:
        """A title and the choices."""
        yield from self.framed(
            self._title, Choices(self._choices, self._current), keys="{choice.choose} chooses · {choice.leave} leaves"
        )

    def on_mount(self) -> None:
        """As high as the choices, with the current one in sight."""
        self.query_one(Choices).begin(self.lines_beside(6))

    @on(LineList.Chosen)
    def choose(self, event: LineList.Chosen) -> None:
        """Leave with the choice."""
        event.stop()
        self.dismiss(event.index)
