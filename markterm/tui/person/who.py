"""Who is marking: asked once, and remembered for this centre on this machine."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence

from textual import on
from textual.app import App, ComposeResult
from textual.widgets import Input

from markterm.centre.centre import Centre
from markterm.domain.words.errors import Refused
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.letters import plain
from markterm.tui.command import Command, bindings
from markterm.tui.requests import Failed, tell
from markterm.tui.widgets import field_over_list, modal
from markterm.tui.widgets.line_list import LineList, Piece, fit
from markterm.tui.widgets.modal import Modal
from markterm.tui.widgets.text_field import LineField, settled


class Be(Command["WhoScreen"]):
    """Be the member under the cursor."""

    id, key, label, words = "who.be", "enter", "choose", "Be the member of this line"
    priority = True

    async def run(self, on: WhoScreen) -> None:
        await on.choose()


class Leave(modal.Leave):
    """Stay who one is."""

    id, key, words = "who.leave", "escape", "Stay who you are"
    priority = True


class _Members(LineList, can_focus=False):
    """A line for each member who is meant. The keys belong to the field above."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__()
        self._lines = lines
        self.found: Sequence[int] = range(len(lines))

    def line_count(self) -> int:
        return max(len(self.found), 1)

    def can_stand_on(self, index: int) -> bool:
        return 0 <= index < len(self.found)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        if not self.found:
            yield "  No member is called so.", "sign--quiet"
            return
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        yield fit(self._lines[self.found[index]], max(width - 2, 0)), ""


class WhoScreen(field_over_list.FieldOverList, Modal[int | None]):
    """The members, those alone in whose name, id or role every word of the field begins one; the result is the number
    of a member from 0, or None."""

    TITLE = "Who are you"
    HELP = "Some letters of your name or id are enough: the list shows whom they can mean."
    DEFAULT_CSS = """
    WhoScreen Input, WhoScreen Input:focus { height: 1; border: none; padding: 0; background: $surface; }
    """
    DOES = (Be, Leave, *field_over_list.moves("who", "member"))
    BINDINGS = bindings(*DOES)

    def __init__(self, title: str, lines: Sequence[str], current: int) -> None:
        super().__init__()
        self._title = title
        self._meant = [plain(each).split() for each in lines]
        self._list = _Members(lines)
        self._list.set_reactive(LineList.cursor, current)
        self._field = LineField(placeholder="some letters of your name")
        self._query = ""

    def compose(self) -> ComposeResult:
        """The field, the members, and what to press."""
        yield from self.framed(self._title, self._field, self._list, keys="{who.be} chooses · {who.leave} leaves")

    def on_mount(self) -> None:
        """Write at once; whoever acted before is under the cursor."""
        self._list.styles.height = min(len(self._meant), self.lines_beside(7))
        self.set_focus(self._field)
        # To where it is by then: whoever types ahead has moved it.
        self.call_after_refresh(lambda: self._list.move_to(self._list.cursor))

    @on(Input.Changed)
    def search_as_typed(self) -> None:
        """Show whom the field means now."""
        words = plain(self._field.value).split()
        if self._field.value == self._query:
            return
        self._query = self._field.value
        self._list.found = [
            number
            for number, own in enumerate(self._meant)
            if all(any(each.startswith(word) for each in own) for word in words)
        ]
        self._list.move_to(0)
        self._list.lines_changed()

    async def caught_up(self) -> LineList:
        """The list, when it shows what was typed before now."""
        await settled(self._field)
        self.search_as_typed()
        return self._list

    @on(LineList.Chosen)
    async def choose(self) -> None:
        """Leave with the member under the cursor; where none is meant, nobody is."""
        await self.caught_up()
        if self._list.cursor < len(self._list.found):
            self.dismiss(self._list.found[self._list.cursor])


async def ask_who(app: App[None], centre: Centre, gone: str, then: Callable[[bool], Awaitable[None]]) -> None:
    """Ask who is marking, and act as them from now on; returns when the question is on the screen, so that no key that
    comes after it is obeyed for whoever marked before. `then` is told whether anybody was chosen.

    Without an answer it stays as it is. `gone` was remembered and is no member any more. Whoever is signed in is told
    that they are.
    """
    try:
        centre.check_may_be_another()
    except Refused as error:
        tell(app.screen, Failed(error))
        return
    members = centre.details.members
    lines = [one_line(f"{each.name}  {each.id}  {', '.join(sorted(each.roles))}") for each in members]
    title = "Who are you? Every entry names who made it."
    if gone:
        title = f"{one_line(gone)} is no member any more. {title}"
    now = centre.member
    current = next((place for place, each in enumerate(members) if now is not None and each.id == now.id), 0)

    async def answered(choice: int | None) -> None:
        if choice is not None:
            centre.act_as(members[choice].id)
            centre.remember_member()
        await then(choice is not None)

    await app.push_screen(WhoScreen(title, lines, current), answered)
