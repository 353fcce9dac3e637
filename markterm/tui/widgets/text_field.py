"""Fields that text is typed or pasted into. A terminal would obey control characters also there: they become signs."""

from __future__ import annotations

import asyncio
from datetime import date

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widget import Widget
from textual.widgets import Input

from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line, pasted


class LineField(Input):
    """A field of one line."""

    # Textual lays the whole screen out anew when a text grows. A field of one line keeps its size whatever is in it.
    virtual_size = Reactive(Size(0, 0))

    def validate_value(self, value: str) -> str:
        """The value as it is shown."""
        return " ".join(pasted(value).replace("\t", " ").split("\n"))


def typed_day(field: Input) -> date:
    """The day that was typed into it. Raises `WrongUse` when it is none."""
    text = field.value.strip()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongUse("Which day?", f"{one_line(text) or 'Nothing'} is no day.", "Write it as 2026-01-31.") from None


class SeveralLines:
    """A field of several lines. Told by this, so that it need not be loaded before the first is written into."""

    def end_line(self) -> None:
        """Begin a new line where the cursor is."""
        raise NotImplementedError


async def settled(field: Widget) -> None:
    """Return when the field has taken in every key that was pressed before now."""
    done = asyncio.Event()
    field.call_later(done.set)
    await done.wait()
