"""What others recorded, told to a screen at once where what keeps the records tells of it."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import TYPE_CHECKING, Any

from textual.message import Message
from textual.screen import Screen

if TYPE_CHECKING:
    from markterm.centre.news import News


class Heard(Message):
    """Others added to these `records` just now."""

    def __init__(self, records: Container[str]) -> None:
        super().__init__()
        self.records = records


class Hearing:
    """Has the screen told by a `Heard`, from `begin` on until it is closed."""

    def __init__(self, screen: Screen[Any], news: Callable[[], News]) -> None:
        self._screen = screen
        self._news = news
        self._hears = False

    def begin(self) -> None:
        """Hear from now on; once is enough."""
        if not self._hears:
            self._hears = True
            self._news().hear(self._tell)

    def end(self) -> None:
        """Hear nothing any more."""
        if self._hears:
            self._news().unhear(self._tell)

    def _tell(self, records: Container[str]) -> None:
        # From another thread: a message finds its way from any.
        self._screen.post_message(Heard(records))
