"""The frame of what opens over a screen: a title, what is in it, and a line that says what to press."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, ScreenResultType
from textual.widget import Widget
from textual.widgets import Static

from markterm.tui.command import Command, WithCommands, bindings
from markterm.tui.requests import ShowKeys, ShowWhole, ask
from markterm.tui.widgets.fitted import Fitted
from markterm.tui.widgets.keys_line import KeysLine
from markterm.tui.widgets.notice_line import NoticeRow


class Shape(StrEnum):
    """Where it stands. The value is the class by which its style is found."""

    BOX = "-box"
    """In the middle, over what is dimmed."""
    LOW = "-low"
    """At the bottom; what is above can be read."""
    WHOLE = "-whole"
    """Over everything. While it is `-short` there is room for neither the title nor the keys."""


class Leave(Command["Modal[Any]"]):
    """Leave without a result; subclasses have an id and say what that means."""

    key, label = "escape,q", "leave"

    async def run(self, on: Modal[Any]) -> None:
        await on.action_dismiss(None)


class Keys(Command[Any]):
    """The keys that work now, on every screen."""

    id, key, label, words = "app.keys", "question_mark,f1", "help", "The keys that work now"

    async def run(self, on: Any) -> None:
        await ask(on, ShowKeys(on.app.screen))


class Whole(Command[Any]):
    """What is cut on the screen, whole, on every screen."""

    id, key, words = "app.whole", "f2", "Read the whole of what is cut on this screen for want of room"

    async def run(self, on: Any) -> None:
        if cut := _cut_on(on):
            await ask(on, ShowWhole(tuple(cut)))
        else:
            on.notify("Nothing on this screen is cut.")


def _cut_on(on: Any) -> list[Content]:
    told = (each.whole for each in on.app.screen.query(Fitted) if each.is_on_screen)
    return [each for each in told if each is not None]


class Modal(WithCommands, ModalScreen[ScreenResultType]):
    """Opens over a screen; subclasses compose it of `framed`. What passes is not told in it where it was
    told before; a refusal is, until a key."""

    SHAPE: ClassVar = Shape.BOX
    DEFAULT_CSS = """
    Modal.-box { align: center middle; background: $background 50%; }
    Modal > .-box {
        width: 90%; max-width: 100; height: auto; max-height: 100%; background: $panel; border: round $primary;
        padding: 0 1;
    }
    Modal > .-box { border-subtitle-color: $quiet; }
    Modal > .-box.-loud { border: heavy $error; }
    Modal > .-box > .title { text-style: bold; height: auto; }
    Modal.-low { align: center bottom; background: transparent; }
    Modal.-box NoticeLine { padding: 0; }
    Modal.-box HowFar { padding: 0; }
    Modal > .-low { height: auto; max-height: 60%; background: $panel; border-top: heavy $primary; }
    Modal > .-low > .title { padding: 0 1; text-style: bold; height: auto; max-height: 2; }
    Modal > .-low > .keys { padding: 0 1; }
    Modal.-whole { background: $background; color: $foreground; }
    Modal > .-whole { height: 1fr; }
    Modal > .-whole > .title {
        height: 1; padding: 0 1; background: $panel; text-style: bold; text-wrap: nowrap; text-overflow: ellipsis;
    }
    Modal > .-whole > .keys { padding: 0 1; background: $panel; }
    Modal.-short > .-whole > .title, Modal.-short > .-whole > .keys { display: none; }
    Modal NoticeRow { display: none; }
    Modal.-whole NoticeRow { display: block; }
    Modal.-short NoticeRow { display: none; }
    Modal NoticeRow.-telling, Modal NoticeRow.-far { display: block; }
    """

    BINDINGS: ClassVar = bindings(Keys, Whole)

    def __init__(self) -> None:
        super().__init__(classes=self.SHAPE)
        self._left_with: ScreenResultType | None = None
        self._is_to_be_left = False

    def framed(self, title: str, *body: Widget, keys: str, loud: bool = False) -> ComposeResult:
        """The frame with the title, what is in it and what to press, which names commands in braces as `keyed` does;
        `loud` for what must not be missed."""
        yield Vertical(
            Fitted(Content(title), classes="title"),
            *body,
            NoticeRow(),
            KeysLine(keys),
            classes=f"frame {self.SHAPE} {'-loud' * loud}",
        )

    @property
    def is_open(self) -> bool:
        """Whether it is on the screen, or below what opened over it. What comes after it was left finds no widgets."""
        return self in self.app.screen_stack

    async def on_event(self, event: events.Event) -> None:
        """What comes of it, but for a screen that was left before anything of it was there, by a key that came at once
        behind the one that opened it: what begins or ends there would find no widgets."""
        begins = isinstance(event, events.Mount | events.ScreenResume)
        ends_unbegun = isinstance(event, events.ScreenSuspend) and not self.children
        if (begins or ends_unbegun) and not self.is_open:
            return
        await super().on_event(event)

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Leave with that result, once: whatever was pressed while it was leaving takes no other screen away.

        While something is open over it, it is left as soon as that is gone.
        """
        if self.app.screen is self:
            self.workers.cancel_node(self)
            return super().dismiss(result)
        if self.is_open and not self._is_to_be_left:
            self._is_to_be_left, self._left_with = True, result
        return AwaitComplete()

    def on_screen_resume(self) -> None:
        """Leave, if that was to be while something was open over it."""
        if self._is_to_be_left and self.is_open:
            self.dismiss(self._left_with)

    def say_title(self, title: Content | str) -> None:
        """Have this title from now on."""
        # As high as it needs to be, where it may take several lines.
        self.query_one(".title", Static).update(title, layout=self.SHAPE is not Shape.WHOLE)

    def lines_beside(self, others: int) -> int:
        """How many lines there are room for beside those others, and beside a notice; two in any terminal."""
        return max(self.app.size.height - others - 1, 2)


class Scroll(VerticalScroll):
    """A text that is higher than there is room for. How far down it is stands on the frame around it."""

    DEFAULT_CSS = """
    Scroll {
        scrollbar-size-vertical: 1; scrollbar-background: $panel; scrollbar-color: $quiet;
        scrollbar-background-hover: $panel; scrollbar-background-active: $panel;
    }
    Scroll > Static { height: auto; }
    """
    # At once, and not in a glide as Textual's own.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown,space", "page(1)", "page down", show=False, id="scroll.page-down"),
        Binding("pageup", "page(-1)", "page up", show=False, id="scroll.page-up"),
        Binding("home", "to_start", "start", show=False, id="scroll.start"),
        Binding("end", "to_end", "end", show=False, id="scroll.end"),
    ]

    def action_page(self, step: int) -> None:
        """Move by a page, of which a line stays in sight."""
        self.scroll_relative(y=step * max(self.size.height - 1, 1), animate=False)

    def action_to_start(self) -> None:
        """Go to the start."""
        self.scroll_home(animate=False)

    def action_to_end(self) -> None:
        """Go to the end."""
        self.scroll_end(animate=False)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Another part is in sight."""
        super().watch_scroll_y(old_value, new_value)
        self._tell_far()

    def watch_virtual_size(self) -> None:
        """The text is longer or shorter, or there is more or less room for it."""
        self._tell_far()

    def _tell_far(self) -> None:
        frame = self.parent
        if isinstance(frame, Vertical) and frame.has_class("frame"):
            first, height, total = round(self.scroll_y), self.size.height, self.virtual_size.height
            frame.border_subtitle = f"{first + 1}–{min(first + height, total)} of {total}" if total > height else ""


def line_by_line(area: str) -> tuple[type[Command[Modal[Any]]], ...]:
    """The commands that move a text by letters, `area.down` and `area.up`."""

    class LineDown(Command["Modal[Any]"]):
        id, key, words = f"{area}.down", "j", "Line down"

        async def run(self, on: Modal[Any]) -> None:
            on.query_one(Scroll).scroll_relative(y=1, animate=False)

    class LineUp(Command["Modal[Any]"]):
        id, key, words = f"{area}.up", "k", "Line up"

        async def run(self, on: Modal[Any]) -> None:
            on.query_one(Scroll).scroll_relative(y=-1, animate=False)

    return LineDown, LineUp
