"""The feedback to a learner while it is changed."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from markterm.tui.command import Command, bindings
from markterm.tui.widgets.modal import Modal, Shape
from markterm.tui.widgets.note_field import NoteField
from markterm.tui.widgets.text_field import settled


class LeaveEditing(Command["EditingScreen"]):
    """Go back to reading."""

    id, key, label, words = "editing.leave", "escape", "leave", "Read it; the text is kept"
    priority = True

    async def run(self, on: EditingScreen) -> None:
        # When every key that was pressed is taken in.
        await settled(on.query_one(NoteField))
        on.dismiss(None)


class EditingScreen(Modal[None]):
    """The text, to be changed; `keep` is called with every change. The advice stays in sight."""

    DEFAULT_CSS = """
    EditingScreen NoteField, EditingScreen NoteField:focus {
        height: 1fr; border: none; padding: 0 1; scrollbar-size-vertical: 1;
    }
    EditingScreen #advice { height: auto; max-height: 5; padding: 0 1; border-top: solid $quiet; }
    EditingScreen.-short > .frame > .title, EditingScreen.-short > .frame > .keys { display: block; }
    EditingScreen.-short #advice { display: none; }
    """
    SHAPE = Shape.WHOLE
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-tall")]  # noqa: RUF012  # as Textual declares it
    DOES = (LeaveEditing,)
    BINDINGS = bindings(*DOES)

    def __init__(self, title: str, text: str, advice: Content, keep: Callable[[str], None]) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._advice = advice
        self._keep = keep

    def compose(self) -> ComposeResult:
        """What it is about, the text, the advice, and what to press."""
        yield from self.framed(
            self._title,
            NoteField(self._text, self._keep),
            *([Static(self._advice, id="advice")] if self._advice else []),
            keys="{editing.leave} goes back to reading; what is written is kept, and goes nowhere yet",
        )

    def on_mount(self) -> None:
        """Write at the beginning."""
        field = self.query_one(NoteField)
        field.move_cursor((0, 0))
        self.set_focus(field)
