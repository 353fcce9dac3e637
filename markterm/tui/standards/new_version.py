"""Two versions of a standard beside each other: what became of each statement, and carrying what is mapped to it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from markterm.centre.centre import Centre
from markterm.domain.standards.new_version import FateOfStatement, NewVersion
from markterm.domain.standards.version_difference import Fate
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import Command, bindings, keyed
from markterm.tui.standards.sheets_read import read_behind
from markterm.tui.widgets import modal
from markterm.tui.widgets.fitted import Fitted
from markterm.tui.widgets.line_list import LineList, Piece, fit, up_and_down
from markterm.tui.widgets.modal import Modal, Shape
from markterm.tui.widgets.reading import ReadingScreen
from markterm.tui.widgets.shown_anew import look_again
from markterm.tui.widgets.totals_line import TotalsLine
from markterm.tui.widgets.writing import WritingScreen

_CODES, _MAPPED = 12, 20
_STYLES = {
    Fate.SAME: "sign--pass",
    Fate.MOVED: "sign--pass",
    Fate.REWORDED: "sign--heading",
    Fate.GONE: "sign--refer",
    Fate.NEW: "sign--quiet",
}


class Leave(modal.Leave):
    """Back to where one was."""

    id, words = "versions.leave", "Back to the standards"


class Read(Command["NewVersionScreen"]):
    """Both wordings, and all that is mapped."""

    id, key, label, words = "versions.read", "enter", "read", "Both wordings, and every criterion that is mapped to it"

    async def run(self, on: NewVersionScreen) -> None:
        await on.read()


class Turn(Command["NewVersionScreen"]):
    """Carry the statement under the cursor, or not."""

    id, key, label = "versions.turn", "space", "carry or not"
    words = "Carry what is mapped to this statement, or leave it; of one that was reworded you say that it holds"

    async def run(self, on: NewVersionScreen) -> None:
        on.turn()


class Carry(Command["NewVersionScreen"]):
    """Carry, with a reason."""

    id, key, label, words = "versions.carry", "c", "carry", "Carry what is marked to the new version, with a reason"
    records = True

    async def run(self, on: NewVersionScreen) -> None:
        await on.carry()


class _Fates(LineList):
    """What became of each statement, a line each, with what is mapped to it and whether it is carried."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[FateOfStatement] = ()
        self.turned: set[str] = set()
        """The old codes of which a person says the other: that it is not carried, or that what was reworded holds."""

    def show(self, lines: Sequence[FateOfStatement]) -> None:
        """Show these; the cursor stays in its place."""
        self._lines = lines
        self.lines_changed()

    @property
    def chosen(self) -> FateOfStatement | None:
        """The statement under the cursor."""
        return self._lines[self.cursor] if self.cursor < len(self._lines) else None

    def carries(self, each: FateOfStatement) -> bool:
        """Whether what is mapped to it is carried, as it is marked."""
        return each.of.old is not None and each.of.fate.is_carried != (each.of.old.code in self.turned)

    def line_count(self) -> int:
        return len(self._lines)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        each = self._lines[index]
        one = each.of.old or each.of.new
        assert one is not None, "what is neither in the old version nor in the new one is in no difference"
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        yield f"{each.of.fate.sign} ", _STYLES[each.of.fate]
        yield fit(_codes(each), _CODES) + " ", ""
        yield fit(one_line(one.text), max(width - 4 - _CODES - 1 - 1 - _MAPPED, 0)) + " ", ""
        yield fit(self._mapped(each), _MAPPED), "sign--quiet"

    def _mapped(self, each: FateOfStatement) -> str:
        if not each.mapped:
            return "nothing mapped"
        if all(mapped.is_carried for mapped in each.mapped):
            return f"{len(each.mapped)} carried"
        return f"{len(each.mapped)} mapped, {'carry' if self.carries(each) else 'stays'}"


class NewVersionScreen(Modal[None]):
    """A standard in two versions, statement by statement."""

    TITLE = "Versions"
    HELP = (
        "What became of each statement between two versions, by its wording and not by its code: = is the same, → the "
        "same under another code, ~ reworded, - gone and + new. What learners have evidenced stays with the version "
        "that it was mapped to.\n"
        "{versions.carry} maps what is mapped to the same words to the new version as well, in new rows beside the old "
        "ones, with your reason in the centre's record. {versions.turn} leaves a statement out, or says of one that "
        "was reworded that it holds. {versions.read} reads both wordings and all that is mapped."
    )
    SHAPE = Shape.WHOLE
    DEFAULT_CSS = """
    NewVersionScreen .about { height: 5; padding: 0 1; background: $surface; }
    """
    DOES = (
        Leave,
        Read,
        Turn,
        Carry,
        *up_and_down("versions", "statement"),
        look_again("versions", "Read the sheets again"),
    )
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre, code: str, old: str, new: str) -> None:
        super().__init__()
        self._centre = centre
        self._code, self._old, self._new = code, old, new
        self._shown: NewVersion | None = None

    def compose(self) -> ComposeResult:
        """A title, the statements, the one under the cursor, what it comes to, and what to press."""
        yield from self.framed(
            "Versions",
            _Fates(),
            Fitted(classes="about"),
            TotalsLine(),
            keys="{versions.carry} carries · {versions.turn} carry or not · {versions.leave} leaves · "
            "{versions.read} reads",
        )

    def on_mount(self) -> None:
        """Read in the background."""
        self._list.focus()
        self.query_one(".about", Static).update("The sheets are being read.")
        self.look()

    @property
    def _list(self) -> _Fates:
        return self.query_one(_Fates)

    @work(exclusive=True, group="versions")
    async def look(self, *, anew: bool = False) -> None:
        """Read the sheets and show what became of each statement."""

        def read() -> NewVersion:
            return self._centre.new_versions.beside(self._code, self._old, self._new)

        def show(found: NewVersion) -> None:
            self._shown = found
            self._list.show(found.statements)
            self._say()

        await read_behind(self, self._centre, read, show, anew=anew)

    def _say(self) -> None:
        if self._shown is None:
            return
        number = Counter(each.of.fate for each in self._shown.statements)
        told = " ".join(f"{fate.sign} {number[fate]}" for fate in Fate if number[fate])
        self.say_title(Content(one_line(f"{self._shown.old.key} and {self._shown.new.key}")))
        waiting = [mapped for each in self._marked for mapped in each.mapped if not mapped.is_carried]
        to_carry = f"{counted(len(waiting), 'row')} to carry" if waiting else "nothing to carry"
        self.query_one(TotalsLine).say((to_carry, told))
        self._say_about()

    @property
    def _marked(self) -> Iterator[FateOfStatement]:
        """What is carried, as it is marked."""
        return (each for each in (self._shown.statements if self._shown else ()) if self._list.carries(each))

    @on(LineList.Moved)
    def _say_about(self) -> None:
        chosen = self._list.chosen
        told = Content("\n").join(_told(chosen)) if chosen is not None else Content("Neither version has a statement.")
        self.query_one(".about", Static).update(told, layout=False)

    @on(LineList.Chosen)
    async def read_chosen(self, event: LineList.Chosen) -> None:
        """A click reads, as Enter does."""
        event.stop()
        await self.read()

    async def read(self) -> None:
        """Show both wordings of the statement under the cursor, and all that is mapped to it."""
        if (chosen := self._list.chosen) is not None:
            await self.app.push_screen(ReadingScreen(_codes(chosen), Content("\n").join(_told(chosen))))

    def turn(self) -> None:
        """Have the statement under the cursor carried, or not."""
        chosen = self._list.chosen
        if chosen is None:
            return
        if chosen.of.old is None or chosen.of.new is None:
            what = "new: nothing is mapped to it yet" if chosen.of.old is None else "gone: nothing takes its place"
            self.notify(f"It is {what}.", markup=False)
            return
        self._list.turned ^= {chosen.of.old.code}
        self._list.refresh_index(self._list.cursor)
        self._say()

    async def carry(self) -> None:
        """Ask why it holds, and carry what is marked."""
        shown, turned = self._shown, self._list.turned
        if shown is None:
            return
        if not any(each.mapped for each in self._marked):
            self.notify(keyed("There is nothing to carry. {versions.turn} marks what holds."), markup=False)
            return
        fates = [each.of for each in shown.statements if each.of.old is not None and each.of.old.code in turned]
        also = {each.old.code: each.new.code for each in fates if each.old and each.new and not each.fate.is_carried}
        without = [each.old.code for each in fates if each.old and each.fate.is_carried]

        async def save(reason: str) -> None:
            carried = await asyncio.to_thread(self._centre.new_versions.carry, shown, reason, also, without)
            files = ", ".join(each.path.name for each in carried.written)
            self.notify(one_line(f"Carried{f' in {files}' if files else ''}, and recorded."), markup=False)

        def left(saved: bool | None) -> None:
            if saved:
                self.look(anew=True)

        title = one_line(f"Carry {shown.old.key} to {shown.new.key}")
        await self.app.push_screen(WritingScreen(title, "Why does it hold? It is recorded.", "", save), left)


def _codes(each: FateOfStatement) -> str:
    return " → ".join(dict.fromkeys(one_line(one.code) for one in (each.of.old, each.of.new) if one is not None))


def _told(each: FateOfStatement) -> Iterator[Content]:
    old, new = each.of.old, each.of.new
    one = old or new
    state = Content.styled(each.of.fate.value, "bold")
    yield Content.assemble(state, "  ", Content(one_line(f"{_codes(each)} {one.text if one is not None else ''}")))
    if old is not None and new is not None and not each.of.fate.is_carried:
        yield Content(one_line(f"now: {new.text}"))
    for mapped in each.mapped:
        stands = "carried" if mapped.is_carried else "not carried"
        told = one_line(f"{mapped.unit.key} {mapped.mapped.criterion}, {mapped.mapped.strength}: {stands}")
        yield Content.styled(told, "$quiet")
