"""What opens over a screen: something to write, to choose, to read or to answer. Esc always leaves it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static, TextArea

from markterm.domain.errors import MarkTermError
from markterm.domain.foreign_text import clean, one_line
from markterm.tui.hints import next_step_of
from markterm.tui.widgets.line_list import LineList, Piece, fit
from markterm.tui.widgets.modal import Modal, Scroll, Shape
from markterm.tui.widgets.text_field import NoteField, settled


def error_content(error: MarkTermError) -> Content:
    """What a person is told: what happened, what to do next, and where; what matters less is cut off first."""
    place = f"\n{one_line(error.place)}" if error.place else ""
    return Content.assemble(
        Content(clean(error.what).text), "\n", Content(clean(next_step_of(error)).text), Content.styled(place, "$quiet")
    )


InsertRemark = Callable[[str | None], None]


class Question(NamedTuple):
    """What is asked before something is saved: the last of the answers saves it. `current` is the one to begin on."""

    title: str
    answers: tuple[str, ...]
    current: int = 0


class WritingScreen(Modal[bool]):
    """Something to write. It stays, with its text, until the text is saved or the person leaves.

    `save` is called with the text and may refuse it by raising a `MarkTermError`; `keep` is called with every change,
    so that nothing typed is lost; `turn_page` moves the evidence behind, which can still be read; `bank` shows the
    remarks and hands over the one to insert. A text that is `replaceable` is only proposed: typing takes its place.
    `throw_away` forgets what was kept, and `question` gives what is asked before a text is saved, if anything is. The
    result is whether it was saved.
    """

    DEFAULT_CSS = """
    WritingScreen .detail { padding: 0 1; color: $quiet; height: auto; max-height: 2; }
    WritingScreen .error { padding: 0 1; background: $error 25%; height: auto; max-height: 4; display: none; }
    WritingScreen .error.-shown { display: block; }
    WritingScreen TextArea, WritingScreen TextArea:focus {
        height: auto; min-height: 3; max-height: 8; border: none; padding: 0 1; scrollbar-size-vertical: 1;
    }
    WritingScreen.-short > .frame { max-height: 100%; }
    WritingScreen.-short > .frame > .title { max-height: 1; }
    WritingScreen.-short .detail, WritingScreen.-short > .frame > .keys { display: none; }
    WritingScreen.-short .error { max-height: 40%; }
    WritingScreen.-short TextArea, WritingScreen.-short TextArea:focus { min-height: 1; }
    """
    SHAPE = Shape.LOW
    # What is written is in sight in any terminal: a low one has no room for explanations.
    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-tall")]  # noqa: RUF012  # as Textual declares it
    BINDINGS = [  # noqa: RUF012  # as Textual declares it
        Binding("enter", "save", "save", priority=True, id="writing.save", tooltip="Save what is written"),
        Binding(
            "ctrl+n,alt+enter,shift+enter",
            "new_line",
            "new line",
            priority=True,
            id="writing.new-line",
            tooltip="Begin a new line",
        ),
        Binding("escape", "leave", "leave", priority=True, id="writing.leave", tooltip="Leave without saving"),
        Binding(
            "ctrl+x",
            "throw_away",
            "throw away",
            priority=True,
            id="writing.throw-away",
            tooltip="Throw away the draft, after a question",
        ),
        Binding("ctrl+t", "bank", "remark", priority=True, id="writing.bank", tooltip="Insert a remark from the bank"),
        Binding(
            "pageup",
            "page(-1)",
            "evidence",
            show=False,
            priority=True,
            id="writing.page-up",
            tooltip="Evidence, a page up",
        ),
        Binding(
            "pagedown",
            "page(1)",
            "evidence",
            show=False,
            priority=True,
            id="writing.page-down",
            tooltip="Evidence, a page down",
        ),
    ]

    def __init__(
        self,
        title: str,
        detail: str,
        text: str,
        save: Callable[[str], Awaitable[None]],
        keep: Callable[[str], None] | None = None,
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
        self._bank = bank
        self._replaceable = replaceable
        self._throw_away = throw_away
        self._question = question

    def compose(self) -> ComposeResult:
        """A title, what it is about, the text, and what to press."""
        keys = ["Enter saves", "^N new line"]
        keys += ["^T remark"] if self._bank is not None else []
        keys += ["PgUp PgDn evidence"] if self._turn_page is not None else []
        keys += ["Esc keeps draft" if self._keep is not None else "Esc leaves"]
        keys += ["^X throws it away"] if self._throw_away is not None else []
        yield from self.framed(
            self._title,
            Static(Content(self._detail), classes="detail"),
            Static(classes="error"),
            NoteField(self._text, self._keep),
            keys=" · ".join(keys),
        )

    def on_mount(self) -> None:
        """Write at the end of what is there."""
        field = self.query_one(NoteField)
        if self._replaceable:
            field.select_all()
        self.set_focus(field)

    async def action_save(self) -> None:
        """Save; on failure say so loudly and keep the text."""
        area = self.query_one(TextArea)
        await settled(area)
        question = self._question(area.text) if self._question is not None else None
        if question is None:
            await self._save_it(area.text)
            return

        async def answered(choice: int | None) -> None:
            if choice == len(question.answers) - 1:
                await self._save_it(area.text)

        await self.app.push_screen(ChoiceScreen(question.title, question.answers, question.current), answered)

    async def _save_it(self, text: str) -> None:
        try:
            await self._save(text)
        except MarkTermError as error:
            box = self.query_one(".error", Static)
            box.update(Content.assemble(Content.styled(f"{error.title}. ", "bold"), error_content(error)))
            box.add_class("-shown")
            return
        self.dismiss(True)

    async def action_new_line(self) -> None:
        """Begin a new line."""
        area = self.query_one(TextArea)
        await settled(area)
        area.insert("\n")

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool:
        """There are remarks for notes on criteria only, and drafts not for everything that is asked."""
        if action == "throw_away":
            return self._throw_away is not None
        return action != "bank" or self._bank is not None

    async def action_throw_away(self) -> None:
        """Throw away what is written here, after a question if it is anything."""
        area = self.query_one(TextArea)
        await settled(area)

        def answered(choice: int | None) -> None:
            if choice == 1 and self._throw_away is not None:
                # Nothing is kept from here on: the field is emptied by nobody.
                self._throw_away()
                self.dismiss(False)

        if not area.text.strip():
            answered(1)
            return
        await self.app.push_screen(
            ChoiceScreen(
                "Throw this text away? What is recorded stays as it is.", ["No, keep it", "Yes, throw it away"]
            ),
            answered,
        )

    async def action_bank(self) -> None:
        """Insert a remark where the cursor is."""
        assert self._bank is not None
        area = self.query_one(TextArea)
        await settled(area)

        def insert(remark: str | None) -> None:
            if remark is not None:
                area.insert(remark)

        await self._bank(insert)

    async def action_leave(self) -> None:
        """Leave without saving; with `keep`, what was typed is kept as a draft."""
        await settled(self.query_one(TextArea))
        self.dismiss(False)

    def action_page(self, step: int) -> None:
        """Turn the page of the evidence behind."""
        if self._turn_page is not None:
            self._turn_page(step)


class Choices(LineList):
    """The lines that one is chosen of."""

    BINDINGS = [  # noqa: RUF012  # as Textual declares it
        Binding("enter", "choose", "choose", id="choice.choose", tooltip="Choose this line"),
    ]

    def __init__(self, choices: Sequence[str], current: int) -> None:
        super().__init__()
        self._choices = choices
        self._current = current
        self.set_reactive(LineList.cursor, current)

    def begin(self, most: int) -> None:
        """Be as high as the choices, or so many lines, with the current one in sight, and have the keys."""
        self.styles.height = min(len(self._choices), most)
        self.focus()
        self.call_after_refresh(self.move_to, self._current)

    def line_count(self) -> int:
        """As many as there are choices."""
        return len(self._choices)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        """A choice, with a sign at the one under the cursor."""
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        yield fit(self._choices[index], max(width - 2, 0)), ""


class ChoiceScreen(Modal[int | None]):
    """One of several lines; the result is its number from 0, or None."""

    BINDINGS = [  # noqa: RUF012  # as Textual declares it
        Binding("escape,q", "dismiss(None)", "leave", id="choice.leave", tooltip="Leave without choosing"),
        Binding("j", "move(1)", "down", show=False, id="choice.down", tooltip="Next line"),
        Binding("k", "move(-1)", "up", show=False, id="choice.up", tooltip="Previous line"),
    ]

    def __init__(self, title: str, choices: Sequence[str], current: int = 0) -> None:
        super().__init__()
        self._title = title
        self._choices = [one_line(choice) if not choice.startswith(" ") else choice for choice in choices]
        self._current = current

    def compose(self) -> ComposeResult:
        """A title and the choices."""
        yield from self.framed(self._title, Choices(self._choices, self._current), keys="Enter chooses · Esc leaves")

    def on_mount(self) -> None:
        """As high as the choices, with the current one in sight."""
        self.query_one(Choices).begin(self.lines_beside(6))

    def action_move(self, step: int) -> None:
        """Move as the arrows do."""
        self.query_one(Choices).action_move(step)

    @on(LineList.Chosen)
    def choose(self, event: LineList.Chosen) -> None:
        """Leave with the choice."""
        event.stop()
        self.dismiss(event.index)


class ReadingScreen(Modal[None]):
    """Something to read: a history, the keys, an error that must not be missed."""

    DEFAULT_CSS = """
    ReadingScreen > .frame { max-width: 110; }
    ReadingScreen Scroll { height: auto; max-height: 100%; }
    """
    BINDINGS = [  # noqa: RUF012  # as Textual declares it
        Binding("escape,q,enter", "dismiss(None)", "leave", id="reading.leave", tooltip="Back to the screen"),
        Binding("j", "scroll(1)", "down", show=False, id="reading.down", tooltip="Line down"),
        Binding("k", "scroll(-1)", "up", show=False, id="reading.up", tooltip="Line up"),
    ]

    def __init__(self, title: str, content: Content, *, loud: bool = False) -> None:
        super().__init__()
        self._title = title
        self._content = content
        self._loud = loud

    def compose(self) -> ComposeResult:
        """A title and the text."""
        yield from self.framed(self._title, Scroll(Static(self._content)), keys="Esc leaves", loud=self._loud)

    def on_mount(self) -> None:
        """The arrows scroll; what is above and below stays in sight."""
        scroll = self.query_one(Scroll)
        scroll.styles.max_height = self.lines_beside(6)
        scroll.focus()

    def action_scroll(self, step: int) -> None:
        """A line up or down."""
        self.query_one(Scroll).scroll_relative(y=step, animate=False)
