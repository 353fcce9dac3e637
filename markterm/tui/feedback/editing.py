"""The feedback to a learner while it is changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static, TextArea

from markterm.domain.words.counted import counted
from markterm.tui.command import Command, bindings
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.keys_line import KeysLine
from markterm.tui.widgets.modal import Modal, Shape
from markterm.tui.widgets.note_field import NoteField
from markterm.tui.widgets.text_field import settled

if TYPE_CHECKING:
    from textual.document._document import Location
    from textual.document._history import EditHistory

THROW_AWAY = "Throw away what was edited, and go back to the text that the record gives? It cannot be had back."


class Left(NamedTuple):
    """How the editor was left: where the cursor was, the text, and what can be taken back of it."""

    at: Location
    text: str = ""
    history: EditHistory | None = None


class LeaveEditing(Command["EditingScreen"]):
    """Go back to reading."""

    id, key, label, words = "editing.leave", "escape", "leave", "Read it; the text is kept"
    priority = True

    async def run(self, on: EditingScreen) -> None:
        # When every key that was pressed is taken in.
        field = on.query_one(NoteField)
        await settled(field)
        on.dismiss(Left(field.cursor_location, field.text, field.history))


class ThrowAway(Command["EditingScreen"]):
    """Leave what was edited for the text that the record gives, as in a note. What is chosen is only cut."""

    id, key, label = "editing.throw-away", "ctrl+x", "throw away"
    words = "Cut what is chosen; where nothing is, throw away what was edited, after a question"
    priority = True

    async def run(self, on: EditingScreen) -> None:
        field = on.query_one(NoteField)
        await settled(field)
        if not field.cut():
            await on.throw_away()


class EditingScreen(Modal[Left]):
    """The text, to be changed; `keep` is called with every change, and `forget` when it is thrown away. The advice
    stays in sight. It begins where it was `left`; the result is how it is left now, or None when the text was thrown
    away."""

    DEFAULT_CSS = """
    EditingScreen NoteField, EditingScreen NoteField:focus {
        height: 1fr; border: none; padding: 0 1; scrollbar-size-vertical: 1;
    }
    EditingScreen Container { height: 1fr; layout: vertical; }
    EditingScreen #advice { height: auto; max-height: 5; padding: 0 1; border-top: solid $quiet; }
    EditingScreen.-wide Container { layout: horizontal; }
    EditingScreen.-wide #advice {
        width: 44; height: 1fr; max-height: 100%; border-top: none; border-left: solid $quiet;
    }
    EditingScreen.-short > .frame > .title, EditingScreen.-short > .frame > .keys { display: block; }
    EditingScreen.-short #advice { display: none; }
    """
    SHAPE = Shape.WHOLE
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012  # as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-tall")]  # noqa: RUF012  # as Textual declares it
    DOES = (LeaveEditing, ThrowAway)
    BINDINGS = bindings(*DOES)

    def __init__(
        self,
        title: str,
        text: str,
        advice: Content,
        keep: Callable[[str], bool],
        forget: Callable[[], None],
        left: Left,
    ) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._advice = advice
        self._keep = keep
        self._forget = forget
        self._left = left

    def compose(self) -> ComposeResult:
        """What it is about, the text, the advice, and what to press."""
        yield from self.framed(
            self._title,
            Container(
                NoteField(self._text, self._keep),
                *([Static(self._advice, id="advice")] if self._advice else []),
            ),
            keys="",
        )

    def on_mount(self) -> None:
        """Write where it was left."""
        field = self.query_one(NoteField)
        field.move_cursor(self._left.at, center=True)
        if self._left.history is not None and self._left.text == field.text:
            field.history = self._left.history
        self.set_focus(field)
        self.tell_count()

    @on(TextArea.Changed)
    @on(TextArea.SelectionChanged)
    def tell_count(self) -> None:
        """Say in which line the cursor is, how many words there are, and what to press."""
        field = self.query_one(NoteField)
        line, lines = field.cursor_location[0] + 1, field.document.line_count
        count = f"line {line:,} of {lines:,} · {counted(field.words, 'word')}"
        keys = "{editing.leave} reads it, all is kept · {editing.throw-away} throws it away"
        self.query_one(KeysLine).say(f"{count} · {keys}")

    async def throw_away(self) -> None:
        """Throw away what was edited, after a question."""

        def answered(choice: int | None) -> None:
            if choice == 1:
                self._forget()
                self.dismiss(None)

        await self.app.push_screen(ChoiceScreen(THROW_AWAY, ["No, keep it", "Yes, throw it away"]), answered)
