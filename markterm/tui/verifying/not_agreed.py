"""Not agreed: why, and what is to be done about it by whom until when, in one form."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import NamedTuple

from markterm.tui.widgets.form import FormScreen
from markterm.tui.widgets.note_field import NoteField
from markterm.tui.widgets.text_field import LineField, typed_day


class ToDo(NamedTuple):
    """What is to be done, by the member of that id, until that day."""

    text: str
    owner: str
    due: date


def not_agreed_form(
    title: str,
    reason: str,
    owner: str,
    due: date,
    save: Callable[[str, ToDo | None], Awaitable[None]],
    keep: Callable[[str], bool],
) -> FormScreen:
    """The reason, and an action that may be left out. `save` is called with both, `keep` with every change of the
    reason."""
    why, action = NoteField(reason, keep), LineField(placeholder="what is to be done; may stay empty")
    whose, until = LineField(value=owner), LineField(value=due.isoformat())

    async def save_it() -> None:
        text = action.value.strip()
        await save(why.text, ToDo(text, whose.value.strip(), typed_day(until)) if text else None)

    detail = "It goes back to its assessor, with the action if there is one."
    return FormScreen(title, detail, [("Why", why), ("Action", action), ("Owner", whose), ("Until", until)], save_it)
