"""Something to write. It stays, with its text, until it is saved or left."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from markterm.domain.words.errors import MarkTermError
from markterm.tui.command import Command, bindings
from markterm.tui.hints import whole_content
from markterm.tui.widgets.choice import ChoiceScreen, Yes
from markterm.tui.widgets.fitted import Fitted
from markterm.tui.widgets.modal import Modal, Shape
from markterm.tui.widgets.note_field import NoteField
from markterm.tui.widgets.text_field import settled

InsertRemark = Callable[[str | None], None]


class Question(NamedTuple):
    """What is asked before something is saved: the last of the answers saves it, and it begins on the first, since the
    key that asks is the one that chooses. `is_yes_by_key` has the key for yes choose the last."""

    title: str
    answers: tuple[str, ...]
    is_yes_by_key: bool = False


class Save(Command["WritingScreen"]):
    """Save what is written."""

    id, key, label, words = "writing.save", "enter", "save", "Save what is written"
    priority = True

    async def run(self, on: WritingScreen) -> None:
        await on.save()


class NewLine(Command["WritingScreen"]):
    """Begin a new line."""

    id, key, label, words = "writing.new-line", "ctrl+n,alt+enter,shift+enter", "new line", "Begin a new line"
    priority = True

    async def run(self, on: WritingScreen) -> None:
        (await on.settled_field()).insert("\n")


class Leave(Command["WritingScreen"]):
    """Leave without saving; what was typed may be kept as a draft."""

    id, key, label, words = "writing.leave", "escape", "leave", "Leave without saving"
    priority = True

    async def run(self, on: WritingScreen) -> None:
        await on.settled_field()
        on.dismiss(False)


class ThrowAway(Command["WritingScreen"]):
    """Throw away what is written; there are not drafts for everything that is asked. What is chosen is only cut."""

    id, key, label = "writing.throw-away", "ctrl+x", "throw away"
    words = "Cut what is chosen; where nothing is, throw away the draft, after a question"
    priority = True

    def works(self, on: WritingScreen) -> bool:
        return on.forget is not None

    async def run(self, on: WritingScreen) -> None:
        if not (await on.settled_field()).cut():
            await on.throw_away()


class TakeRemark(Command["WritingScreen"]):
    """Insert a remark where the cursor is; there are remarks for notes on criteria only."""

    id, key, label, words = "writing.bank", "ctrl+t", "remark", "Insert a remark from the bank"
    priority = True

    def works(self, on: WritingScreen) -> bool:
        return on.bank is not None

    async def run(self, on: WritingScreen) -> None:
        assert on.bank is not None
        field = await on.settled_field()

        def insert(remark: str | None) -> None:
            if remark is not None:
                field.insert(remark)

        await on.bank(insert)


class PageUp(Command["WritingScreen"]):
    """Turn the page of the evidence behind."""

    id, key, words = "writing.page-up", "pageup", "Evidence, a page up"
    priority = True

    async def run(self, on: WritingScreen) -> None:
        on.page(-1)


class PageDown(Command["WritingScreen"]):
    """Turn the page of the evidence behind."""

    id, key, words = "writing.page-down", "pagedown", "Evidence, a page down"
    priority = True

    async def run(self, on: WritingScreen) -> None:
        on.page(1)


class WritingScreen(Modal[bool]):
    """Something to write. It stays, with its text, until the text is saved or the person leaves.

    `save` is called with the text and may refuse it by raising a `MarkTermError`; `keep` is called with every change,
    so that nothing typed is lost; `turn_page` moves the evidence behind, which can still be read; `bank` shows the
    remarks and hands over the one to insert. A text that is `replaceable` is only proposed: typing takes its place.
    `throw_away` forgets what was kept, and `question` gives what is asked before a text is saved, if anything is. The
    result is whether it was saved.
    """

    DEFAULT_CSS = """
    WritingScreen .detail { padding: 0 1; color: $quiet; height: auto; max-height: 3; }
    WritingScreen .error { padding: 0 1; background: $error 25%; height: auto; max-height: 4; display: none; }
    WritingScreen .error.-shown { display: block; }
    WritingScreen TextArea, WritingScreen TextArea:focus {
        height: auto; min-height: 3; max-height: 7; border: none; padding: 0 1; scrollbar-size-vertical: 1;
    }
    WritingScreen.-refused .detail { max-height: 2; }
    WritingScreen.-refused TextArea, WritingScreen.-refused TextArea:focus { max-height: 4; }
    WritingScreen.-middle > .frame { max-height: 80%; }
    WritingScreen.-middle .detail { max-height: 2; }
    WritingScreen.-middle.-refused > .frame > .title, WritingScreen.-middle.-refused .detail { max-height: 1; }
    WritingScreen.-middle TextArea, WritingScreen.-middle TextArea:focus { max-height: 4; }
    WritingScreen.-short > .frame { max-height: 100%; }
    WritingScreen.-short > .frame > .title { max-height: 1; }
    WritingScreen.-short .detail, WritingScreen.-short > .frame > .keys { display: none; }
    WritingScreen.-short .error { max-height: 40%; }
    WritingScreen.-short TextArea, WritingScreen.-short TextArea:focus { min-height: 1; }
    """
    SHAPE = Shape.LOW
    # What is written is in sight in any terminal: a low one has no room for explanations.
    VERTICAL_BREAKPOINTS = [(0, "-short"), (14, "-middle"), (24, "-tall")]  # noqa: RUF012  # as Textual declares it
    DOES = (Save, NewLine, Leave, ThrowAway, TakeRemark, PageUp, PageDown)
    BINDINGS = bindings(*DOES)

    def __init__(
        self,
        title: str,
        detail: str,
        text: str,
        save: Callable[[str], Awaitable[None]],
        keep: Callable[[str], bool] | None = None,
        turn_page: Callable[[int], None] | None = None,
        bank: Callable[[InsertRemark], Awaitable[None]] | None = None,
        *,
        replaceable: bool = False,
        throw_away: Callable[[], None] | None = None,
        question: Callable[[str], Question | None] | None = None,
    ) -> None:
        super().__init__()
        self._title = title
        self._detail = detail
        self._text = text
        self._save = save
        self._keep = keep
        self._turn_page = turn_page
        self.bank = bank
        self._replaceable = replaceable
        self.forget = throw_away
        self._question = question

    def compose(self) -> ComposeResult:
        """A title, what it is about, the text, and what to press."""
        keys = ["{writing.save} saves", "{writing.new-line} new line"]
        keys += ["{writing.bank} remark"] if self.bank is not None else []
        keys += ["{writing.page-up} {writing.page-down} evidence"] if self._turn_page is not None else []
        keys += ["{writing.leave} keeps draft" if self._keep is not None else "{writing.leave} leaves"]
        keys += ["{writing.throw-away} throws it away"] if self.forget is not None else []
        yield from self.framed(
            self._title,
            Fitted(Content(self._detail), classes="detail"),
            Fitted(classes="error"),
            NoteField(self._text, self._keep),
            keys=" · ".join(keys),
        )

    def on_mount(self) -> None:
        """Write at the end of what is there."""
        field = self.query_one(NoteField)
        if self._replaceable:
            field.select_all()
        self.set_focus(field)

    async def save(self) -> None:
        """Save; on failure say so loudly and keep the text."""
        text = (await self.settled_field()).text
        question = self._question(text) if self._question is not None else None
        if question is None:
            await self._save_it(text)
            return

        async def answered(choice: int | None) -> None:
            if choice == len(question.answers) - 1:
                await self._save_it(self.query_one(NoteField).text)

        asked = ChoiceScreen(question.title, question.answers, yes=Yes if question.is_yes_by_key else None)
        await self.app.push_screen(asked, answered)

    async def _save_it(self, text: str) -> None:
        try:
            await self._save(text)
        except MarkTermError as error:
            box = self.query_one(".error", Static)
            box.update(whole_content(error))
            box.add_class("-shown")
            self.add_class("-refused")
            return
        self.dismiss(True)

    async def settled_field(self) -> NoteField:
        """The field, when it has taken in every key that was pressed before now."""
        field = self.query_one(NoteField)
        await settled(field)
        return field

    async def throw_away(self) -> None:
        """Throw away what is written here, after a question if it is anything."""

        def answered(choice: int | None) -> None:
            if choice == 1 and self.forget is not None:
                # Nothing is kept from here on: the field is emptied by nobody.
                self.forget()
                self.dismiss(False)

        if not (await self.settled_field()).text.strip():
            answered(1)
            return
        title = "Throw this text away? It cannot be had back. What is recorded stays as it is."
        await self.app.push_screen(ChoiceScreen(title, ["No, keep it", "Yes, throw it away"]), answered)

    def page(self, step: int) -> None:
        """Turn the page of the evidence behind."""
        if self._turn_page is not None:
            self._turn_page(step)
