"""The field that notes are written or pasted into: what a terminal would obey becomes signs there too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from markterm.centre.form_drafts import FormDraft
from markterm.domain.words.foreign_text import clean, pasted
from markterm.tui.widgets.text_field import SeveralLines


class NoteField(SeveralLines, TextArea):
    """A field of several lines, with the cursor at the end of what is there. `keep` is called with every change, and
    `forget` once it is saved."""

    # What Textual's own field leaves out.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+home", "go_to_start", "start", show=False, id="note.start"),
        Binding("ctrl+end", "go_to_end", "end", show=False, id="note.end"),
        Binding("ctrl+shift+home", "go_to_start(True)", "choose to the start", show=False, id="note.choose-to-start"),
        Binding("ctrl+shift+end", "go_to_end(True)", "choose to the end", show=False, id="note.choose-to-end"),
        Binding("ctrl+delete", "delete_word_right", "delete the word after", show=False, id="note.delete-word"),
    ]

    def __init__(
        self,
        text: str,
        keep: Callable[[str], bool] | None = None,
        forget: Callable[[], None] = lambda: None,
    ) -> None:
        """`keep` is called with every change, and gives whether it is on the disk."""
        self._keep = keep
        self.forget = forget
        self._is_told = False
        super().__init__(clean(text).text, soft_wrap=True, highlight_cursor_line=False)
        self.move_cursor(self.document.end)

    @classmethod
    def of(cls, draft: FormDraft) -> NoteField:
        """A field of a form, with what was begun in it: left without saving, it is there again."""
        return cls(draft.text, draft.keep, draft.forget)

    def post_message(self, message: Message) -> bool:
        """Keep what is there at the moment it changes: before it is painted, not when somebody hears of it."""
        if self._keep is not None and isinstance(message, TextArea.Changed):
            self._keep_it(self._keep)
        return super().post_message(message)

    def _keep_it(self, keep: Callable[[str], bool]) -> None:
        is_lost = not keep(self.text)
        if is_lost and not self._is_told:
            told = "What you write is here alone: it cannot be written to the disk, and ends with MarkTerm."
            self.notify(told, title="Not kept", severity="error", markup=False)
        self._is_told = is_lost

    def edit(self, edit: Edit) -> EditResult:
        """Take in what is typed or pasted, as it is shown."""
        return super().edit(replace(edit, text=pasted(edit.text)))

    def action_go_to_start(self, select: bool = False) -> None:
        """Go to the start of the text, and choose all up to there if asked."""
        self.move_cursor((0, 0), select=select)

    def action_go_to_end(self, select: bool = False) -> None:
        """Go to the end of the text, and choose all up to there if asked."""
        self.move_cursor(self.document.end, select=select)

    @property
    def words(self) -> int:
        """How many words are written."""
        return len(self.text.split())

    def cut(self) -> bool:
        """Cut what is chosen out of the text; False when nothing is."""
        if self.selection.is_empty:
            return False
        self.action_cut()
        return True

    def end_line(self) -> None:
        """Begin a new line where the cursor is."""
        self.insert("\n")
