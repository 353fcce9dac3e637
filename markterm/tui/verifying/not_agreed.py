"""Not agreed: why, and what is to be done about it by whom until when, in one form."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import NamedTuple

from textual.app import ComposeResult

from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.tui.verifying.filled_in import FormScreen, words_of
from markterm.tui.widgets.note_field import NoteField
from markterm.tui.widgets.text_field import LineField


class ToDo(NamedTuple):
    """What is to be done, by the member of that id, until that day."""

    text: str
    owner: str
    due: date


class NotAgreedScreen(FormScreen):
    """The reason, and an action that may be left out. `save` is called with both, `keep` with every change of the
    reason."""

    def __init__(
        self,
        title: str,
        reason: str,
        owner: str,
        due: date,
        save: Callable[[str, ToDo | None], Awaitable[None]],
        keep: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._title = title
        self._reason = NoteField(reason, keep)
        self._action = LineField(placeholder="what is to be done; may stay empty")
        self._owner = LineField(value=owner)
        self._due = LineField(value=due.isoformat())
        self._save = save

    def compose(self) -> ComposeResult:
        """The fields."""
        yield from self.form(
            self._title,
            "It goes back to its assessor with the reason, and with the action if there is one.",
            ("Why", self._reason),
            ("Action", self._action),
            ("Owner", self._owner),
            ("Until", self._due),
        )

    def on_mount(self) -> None:
        """Begin with the reason."""
        self.set_focus(self._reason)

    async def save_it(self) -> None:
        """Record both. Raises `MarkTermError`."""
        await self._save(self._reason.text, self._to_do())

    def _to_do(self) -> ToDo | None:
        text = words_of(self._action)
        return ToDo(text, words_of(self._owner), day_of(words_of(self._due))) if text else None


def day_of(text: str) -> date:
    """The day that was typed. Raises `WrongUse` when it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongUse("Until when?", f"{one_line(text) or 'Nothing'} is no day.", "Write it as 2026-01-31.") from None
