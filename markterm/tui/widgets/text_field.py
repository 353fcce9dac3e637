"""Fields that text is typed or pasted into. A terminal would obey control characters also there: they become signs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widget import Widget
from textual.widgets import Input, TextArea
from textual.widgets.text_area import Edit, EditResult

from markterm.domain.foreign_text import clean, pasted


class LineField(Input):
    """A field of one line."""

    # Textual lays the whole screen out anew when a text grows. A field of one line keeps its size whatever is in it.
    virtual_size = Reactive(Size(0, 0))

    def validate_value(self, value: str) -> str:
        """The value as it is shown."""
        return " ".join(pasted(value).replace("\t", " ").split("\n"))


class NoteField(TextArea):
    """A field of several lines, with the cursor at the end of what is there. `keep` is called with every change."""

    def __init__(self, text: str, keep: Callable[[str], None] | None = None) -> None:
        self._keep = keep
        super().__init__(clean(text).text, soft_wrap=True, highlight_cursor_line=False)
        self.move_cursor(self.document.end)

    def post_message(self, message: Message) -> bool:
        """Keep what is there at the moment it changes: before it is painted, not when somebody hears of it."""
        if self._keep is not None and isinstance(message, TextArea.Changed):
            self._keep(self.text)
        return super().post_message(message)

    def edit(self, edit: Edit) -> EditResult:
        """Take in what is typed or pasted, as it is shown."""
        return super().edit(replace(edit, text=pasted(edit.text)))


async def settled(field: Widget) -> None:
    """Return when the field has taken in every key that was pressed before now."""
    done = asyncio.Event()
    field.call_later(done.set)
    await done.wait()
