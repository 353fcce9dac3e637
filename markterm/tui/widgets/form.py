"""A form: fields one under the other, that stay with their words until these are saved."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from markterm.domain.words.errors import MarkTermError
from markterm.tui.command import Command, bindings
from markterm.tui.hints import whole_content
from markterm.tui.widgets.fitted import Fitted
from markterm.tui.widgets.modal import Modal, Shape
from markterm.tui.widgets.note_field import NoteField
from markterm.tui.widgets.text_field import SeveralLines, settled


class Save(Command["FormScreen"]):
    """Save what is filled in."""

    id, key, label, words = "form.save", "enter", "save", "Save what is filled in"
    priority = True

    async def run(self, on: FormScreen) -> None:
        await on.save()


class NewLine(Command["FormScreen"]):
    """Begin a new line, in a field that has several."""

    id, key, label, words = "form.new-line", "ctrl+n,alt+enter,shift+enter", "new line", "Begin a new line"
    priority = True

    def works(self, on: FormScreen) -> bool:
        return isinstance(on.focused, SeveralLines)

    async def run(self, on: FormScreen) -> None:
        await on.settled()
        if isinstance(on.focused, SeveralLines):
            on.focused.end_line()


class NextField(Command["FormScreen"]):
    """The field below."""

    id, key, label, words = "form.next", "tab", "next field", "Next field"
    priority = True

    async def run(self, on: FormScreen) -> None:
        await on.settled()
        on.focus_next()


class FieldBefore(Command["FormScreen"]):
    """The field above."""

    id, key, words = "form.previous", "shift+tab", "Field before"
    priority = True

    async def run(self, on: FormScreen) -> None:
        await on.settled()
        on.focus_previous()


class Leave(Command["FormScreen"]):
    """Leave without saving; what was typed may be kept as a draft."""

    id, key, label, words = "form.leave", "escape", "leave", "Leave without saving"
    priority = True

    async def run(self, on: FormScreen) -> None:
        await on.settled()
        on.dismiss(False)


class FormScreen(Modal[bool]):
    """Fields to fill in, each with its name. It stays, with its words, until `save` takes them or the person leaves; a
    text of several lines is kept beyond that. `save` may refuse by raising a `MarkTermError`, which is shown, as is the
    `error` that it was left with before. `keys` is told beside the keys of every form, and what saving `does`. The
    result is whether it was saved."""

    DEFAULT_CSS = """
    FormScreen .detail { padding: 0 1; color: $quiet; height: auto; max-height: 2; }
    FormScreen .error { padding: 0 1; background: $error 25%; height: auto; max-height: 4; display: none; }
    FormScreen .error.-shown { display: block; }
    FormScreen .line { height: auto; padding: 0 1; }
    FormScreen .line > .name { width: 13; color: $quiet; }
    FormScreen .line > Input, FormScreen .line > Input:focus { height: 1; border: none; padding: 0 1; width: 1fr; }
    FormScreen .line > Input { background: $surface; }
    FormScreen .line > Input:focus, FormScreen TextArea:focus { background: $cursor; }
    FormScreen TextArea, FormScreen TextArea:focus {
        height: auto; min-height: 1; max-height: 5; border: none; padding: 0 1; scrollbar-size-vertical: 1; width: 1fr;
    }
    FormScreen > .frame { max-height: 90%; }
    FormScreen.-short > .frame > .title { max-height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    FormScreen.-short .detail { max-height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    SHAPE = Shape.LOW
    # As much as can be of what is written about stays in sight.
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]  # noqa: RUF012  # as Textual declares it
    DOES = (Save, NewLine, NextField, FieldBefore, Leave)
    BINDINGS: ClassVar = bindings(*DOES)

    def __init__(
        self,
        title: str,
        detail: str,
        fields: Sequence[tuple[str, Widget]],
        save: Callable[[], Awaitable[None]],
        keys: str = "",
        *,
        does: str = "saves",
        error: MarkTermError | None = None,
    ) -> None:
        super().__init__()
        self._title = title
        self._detail = detail
        self._fields = fields
        self._save = save
        self._error = error
        new_line = "{form.new-line} new line" if any(isinstance(each, SeveralLines) for _, each in fields) else ""
        told = (f"{{form.save}} {does}", "{form.next} next field", new_line, "{form.leave} leaves", keys)
        self._keys = " · ".join(filter(None, told))

    def compose(self) -> ComposeResult:
        """A line for each field: its name, and the field."""
        yield from self.framed(
            self._title,
            Fitted(Content(self._detail), classes="detail"),
            Fitted(classes="error"),
            *(Horizontal(Static(Content(name), classes="name"), field, classes="line") for name, field in self._fields),
            keys=self._keys,
        )

    def on_mount(self) -> None:
        """Begin with the first field."""
        self.query_one(".detail").display = bool(self._detail)
        self.set_focus(self._fields[0][1])
        if self._error is not None:
            self._tell(self._error)

    async def settled(self) -> None:
        """Wait until the field with the keys has taken in every key that was pressed before now."""
        if self.focused is not None:
            await settled(self.focused)

    async def save(self) -> None:
        """Save; on failure say so loudly and keep the words."""
        await self.settled()
        try:
            await self._save()
        except MarkTermError as error:
            self._tell(error)
            return
        for _, field in self._fields:
            if isinstance(field, NoteField):
                field.forget()
        self.dismiss(True)

    def _tell(self, error: MarkTermError) -> None:
        box = self.query_one(".error", Static)
        box.update(whole_content(error))
        box.add_class("-shown")
