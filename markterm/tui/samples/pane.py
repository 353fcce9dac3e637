"""A list of area 3: its columns, its lines, and what is said where there is none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from markterm.centre.centre import Centre
from markterm.centre.export.shown import Place
from markterm.domain.views.filter_words import FilterWords
from markterm.domain.words.errors import MarkTermError
from markterm.tui.blindfold import Blindfold
from markterm.tui.command import Command
from markterm.tui.requests import Failed, tell
from markterm.tui.widgets.fitted import Fitted
from markterm.tui.widgets.how_far import Far, say_far

STOPS = "{samples.clear} stops"
"""How reading is stopped."""


class SamplesPane(Vertical):
    """Subclasses say what it is called, which lines it has, and how they are read anew. They have the `centre` and the
    `blindfold`."""

    NAME: ClassVar[str]
    """What it is called in the line of the lists."""
    PLACE: ClassVar[Place]
    """What of it can be exported."""
    DEFAULT_CSS = """
    SamplesPane { height: 1fr; }
    SamplesPane > .columns { height: 1; color: $quiet; text-wrap: nowrap; text-overflow: ellipsis; }
    SamplesPane > .about { height: auto; max-height: 5; padding: 0 1; background: $surface; }
    SamplesPane > .nothing { height: 1fr; padding: 1 2; color: $quiet; display: none; }
    SamplesPane.-nothing > .nothing { display: block; }
    SamplesPane.-nothing > .columns, SamplesPane.-nothing > .about { display: none; }
    /* Not away: it has the keys. */
    SamplesPane.-nothing > .lines { height: 0; }
    """

    filtered = ""
    """The filter that it is narrowed by; each list has its own."""
    FILTER_FOR: ClassVar = "words"
    """What can be filtered for, where the filter is still empty."""

    class Told(Message):
        """What is to be said of the list in the title is different now."""

    def __init__(self, centre: Centre, blindfold: Blindfold) -> None:
        super().__init__()
        self.centre = centre
        self.blindfold = blindfold
        self._far: Far | None = None

    def compose(self) -> ComposeResult:
        """The columns, the lines, what is said of the one under the cursor, and where there are none."""
        yield Static(classes="columns")
        lines = self.lines()
        lines.add_class("lines")
        yield lines
        yield Fitted(classes="about")
        yield Static(classes="nothing")

    @property
    def told(self) -> str:
        """How much is left, in a few words, for the line below."""
        return ""

    @property
    def part_shown(self) -> str:
        """How much of the list is shown, where that is not all of it."""
        return ""

    @property
    def knows(self) -> FilterWords:
        """The fields and values of its filter, with what is listed now."""
        raise NotImplementedError

    @property
    def place(self) -> tuple[str, str, str] | None:
        """The learner, the unit and the criterion (empty for none) that the line under the cursor is about; None where
        it is about none."""
        return None

    @property
    def period(self) -> tuple[date, date] | None:
        """The days that it is about, where it is about some."""
        return None

    def tells(self) -> tuple[type[Command[Any]], ...]:
        """What can be done in it, in the order in which the key bar tells of it: first what a line is opened with."""
        raise NotImplementedError

    def told_here(self) -> Iterable[tuple[str, str]]:
        """The ids of what can be done with the line under the cursor and what each is called, the most useful first."""
        raise NotImplementedError

    def lines(self) -> Widget:
        """The list that takes the keys; made once."""
        raise NotImplementedError

    def look(self) -> object:
        """Read anew in the background: the list was come back to, or somebody asked for it."""

    def forget(self) -> None:
        """Take nothing for known when it is read next."""

    def draw_anew(self) -> None:
        """Show the same learners by name, or without."""

    def narrow(self, text: str) -> None:
        """Show only what this filter finds."""
        self.filtered = text

    def sort_next(self) -> None:
        """Sort by the next order, where there are several."""

    @property
    def order(self) -> str:
        """What it is sorted by, in a word; nothing where there is one order."""
        return ""

    @property
    def is_reading(self) -> bool:
        """Whether it is telling how far reading is."""
        return self._far is not None

    def say_far(self, far: Far | None) -> None:
        """Say how far reading is; None when it ended."""
        self._far = far
        say_far(self, far)

    def say_unread(self, error: MarkTermError) -> None:
        """Say why it was not read: what was read stays, and nothing says any more how far it is."""
        self.say_far(None)
        tell(self, Failed(error))

    def stop(self) -> None:
        """Read no further; what was read stays."""
        self.workers.cancel_node(self)
        self.say_far(None)

    def take_keys(self) -> None:
        """Give the list the keys."""
        self.screen.set_focus(self.query_one(".lines"))

    def say_nothing(self, words: str) -> None:
        """Say that there are no lines, and what can be done; with no words, that there are some."""
        self.set_class(bool(words), "-nothing")
        self.query_one(".nothing", Static).update(Content(words))

    def say_about(self, words: Content) -> None:
        """Say this of the line under the cursor."""
        self.query_one(".about", Static).update(words)

    def say_columns(self, titles: str) -> None:
        """Show these titles of the columns."""
        self.query_one(".columns", Static).update(Content(titles), layout=False)
