"""Fields that text is typed or pasted into. A terminal would obey control characters also there: they become signs."""

from __future__ import annotations

import asyncio

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widget import Widget
from textual.widgets import Input

from markterm.domain.words.foreign_text import pasted


class LineField(Input):
    """A field of one line."""

    # Textual lays the whole screen out anew when a text grows. A field of one line keeps its size whatever is in it.
    virtual_size = Reactive(Size(0, 0))

    def validate_value(self, value: str) -> str:
        """The value as it is shown."""
        return " ".join(pasted(value).replace("\t", " ").split("\n"))


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
