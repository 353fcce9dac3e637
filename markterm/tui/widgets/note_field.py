"""The field that notes are written or pasted into: what a terminal would obey becomes signs there too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from textual.message import Message
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from markterm.domain.words.foreign_text import clean, pasted
from markterm.tui.widgets.text_field import SeveralLines


class NoteField(SeveralLines, TextArea):
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

    def end_line(self) -> None:
        """Begin a new line where the cursor is."""
        self.insert("\n")
