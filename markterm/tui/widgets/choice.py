"""One of several lines to choose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import Command, WithCommands, bindings
from markterm.tui.widgets import modal
from markterm.tui.widgets.fitted import Fitted
from markterm.tui.widgets.line_list import Choose, LineList, Piece, fit, up_and_down
from markterm.tui.widgets.modal import Modal


class ChooseLine(Choose):
    """Choose the line under the cursor."""

    id, label, words = "choice.choose", "choose", "Choose this line"


class Leave(modal.Leave):
    """Leave without choosing."""

    id, words = "choice.leave", "Leave without choosing"


class Yes(Command["ChoiceScreen"]):
    """Choose the last line, which is the yes. No question is answered yes by the key that opened it: held, or pressed
    twice, it says nothing or no."""

    id, key, words = "choice.yes", "y", "Yes, which is the last line"

    def works(self, on: ChoiceScreen) -> bool:
        return on.yes is type(self)

    async def run(self, on: ChoiceScreen) -> None:
        on.dismiss(on.last)


class YesRelease(Yes):
    """The same, of a question that the key for yes has opened."""

    id, key, words = "choice.release", "r", "Yes, release it"


MOVES = up_and_down("choice", "line")
"""For whatever is chosen of some."""


class Choices(WithCommands, LineList):
    """The lines that one is chosen of."""

    DOES = (ChooseLine,)
    BINDINGS = bindings(*DOES)

    def __init__(self, choices: Sequence[str], current: int) -> None:
        super().__init__()
        self._choices = choices
        self.set_reactive(LineList.cursor, current)

    def begin(self, most: int) -> None:
        """Be as high as the choices, or so many lines, with the current one in sight, and have the keys."""
        self.have_room(most)
        self.focus()
        # To where it is by then: whoever types ahead has moved it.
        self.call_after_refresh(lambda: self.move_to(self.cursor))

    def have_room(self, most: int) -> None:
        """Be as high as the choices, or so many lines."""
        self.styles.height = min(len(self._choices), most)

    def line_count(self) -> int:
        """As many as there are choices."""
        return len(self._choices)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        """A choice, with a sign at the one under the cursor."""
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        yield fit(self._choices[index], max(width - 2, 0)), ""


class ChoiceScreen(Modal[int | None]):
    """One of several lines; the result is its number from 0, or None. `yes` is the key that chooses the last of them
    at once, which is another than the one that asked. `in_columns` are lines that were made safe
    and laid out already. `meanings` say of each line what it means, which is shown of the one under the cursor, and
    `foot` is said below them all."""

    DEFAULT_CSS = """
    ChoiceScreen > .frame { max-height: 100%; }
    ChoiceScreen #meaning { height: 2; margin: 1 0 0 0; color: $foreground; }
    ChoiceScreen #foot { height: auto; max-height: 2; color: $quiet; }
    """
    DOES = (Leave, *MOVES, Yes, YesRelease)
    BINDINGS = bindings(*DOES)

    def __init__(
        self,
        title: str,
        choices: Sequence[str],
        current: int = 0,
        *,
        yes: type[Yes] | None = None,
        in_columns: bool = False,
        meanings: Sequence[str] = (),
        foot: str = "",
    ) -> None:
        super().__init__()
        self.yes = yes
        self._title = title
        self._choices = [choice if in_columns or choice.startswith(" ") else one_line(choice) for choice in choices]
        self._current = current
        self._meanings = meanings
        self._foot = foot

    def compose(self) -> ComposeResult:
        """A title and the choices, and what they mean."""
        yes = f"{{{self.yes.id}}} yes · " if self.yes is not None else ""
        keys = f"{yes}{{choice.choose}} chooses · {{choice.leave}} leaves"
        told = [Fitted(id="meaning"), Fitted(Content(one_line(self._foot)), id="foot")] if self._meanings else []
        yield from self.framed(self._title, Choices(self._choices, self._current), *told, keys=keys)

    @property
    def last(self) -> int:
        """The number of the last line."""
        return len(self._choices) - 1

    def on_mount(self) -> None:
        """As high as the choices, with the current one in sight."""
        self.query_one(Choices).begin(self._room)
        self._say_meaning(self._current)

    def on_resize(self) -> None:
        """There is room for more of them, or for fewer."""
        self.query_one(Choices).have_room(self._room)

    @property
    def _room(self) -> int:
        return self.lines_beside(10 if self._meanings else 6)

    @on(LineList.Moved)
    def moved(self, event: LineList.Moved) -> None:
        """Say what the line under the cursor means."""
        self._say_meaning(event.index)

    def _say_meaning(self, index: int) -> None:
        if self._meanings:
            self.query_one("#meaning", Static).update(Content(self._meanings[index]))

    @on(LineList.Chosen)
    def choose(self, event: LineList.Chosen) -> None:
        """Leave with the choice."""
        event.stop()
        self.dismiss(event.index)
