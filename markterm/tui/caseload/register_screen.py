"""A register before it is taken: every line with what becomes of it, and then who is new is registered."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static
from textual.worker import get_current_worker

from markterm.centre.centre import Centre
from markterm.centre.register import Register, Taken
from markterm.domain.register.beside import Beside, Verdict
from markterm.domain.register.told import SIGNS, columns_told, done_told, totals
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import Command, bindings
from markterm.tui.requests import Failed, tell
from markterm.tui.widgets import modal
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.how_far import Far, say_far, stepping, telling
from markterm.tui.widgets.line_list import LineList, Piece, fit, up_and_down
from markterm.tui.widgets.modal import Modal

_FIRST, _AT_ONCE = 50, 500
_LINE, _REGISTRATION, _NAME = 8, 12, 24
_STYLES = {
    Verdict.NEW: "sign--pass",
    Verdict.SAME: "sign--quiet",
    Verdict.CHANGED: "sign--heading",
    Verdict.BAD: "sign--refer",
}


class _Lines(LineList):
    """A line for each learner of the register."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Beside] = []

    def line_count(self) -> int:
        return len(self.found)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        each = self.found[index]
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        yield f"{SIGNS[each.verdict]} ", _STYLES[each.verdict]
        yield fit(", ".join(map(str, each.entry.lines)), _LINE), "sign--quiet"
        yield fit(one_line(each.learner.registration), _REGISTRATION) + " ", ""
        yield fit(one_line(each.learner.name), _NAME) + " ", ""
        room = width - 4 - _LINE - _REGISTRATION - _NAME - 2
        yield fit(one_line("; ".join(each.told)), max(room, 0)), "sign--refer" if each.entry.is_bad else "sign--quiet"


class Take(Command["RegisterScreen"]):
    """Register who is new."""

    id, key, label, words = (
        "register.take",
        "enter",
        "take",
        "Register who is new; the files of others stay as they are",
    )

    def works(self, on: RegisterScreen) -> bool:
        return on.is_read

    async def run(self, on: RegisterScreen) -> None:
        await on.ask(accept_changes=False)


class TakeChanges(Command["RegisterScreen"]):
    """Register who is new, and change what is otherwise."""

    id, key, label = "register.take-changes", "c", "take changes too"
    words = "Register who is new, and change the files of those marked ≠"

    def works(self, on: RegisterScreen) -> bool:
        return on.is_read and on.count(Verdict.CHANGED) > 0

    async def run(self, on: RegisterScreen) -> None:
        await on.ask(accept_changes=True)


class OnlyFindings(Command["RegisterScreen"]):
    """Only what somebody has to look at."""

    id, key, label, words = "register.findings", "f", "findings", "Only lines with something to look at, or all of them"

    async def run(self, on: RegisterScreen) -> None:
        on.only_findings = not on.only_findings
        on.show()


class Leave(modal.Leave):
    """Leave, and change nothing more."""

    id, words = "register.leave", "Leave; nothing more is changed"


class RegisterScreen(Modal[bool]):
    """Every line of a register with what becomes of it. The result is whether somebody was registered or changed."""

    TITLE = "A register"
    HELP = (
        "+ is a new learner, = is there already, ≠ is there with other facts, which are shown, ! is not taken. "
        "{register.take} registers who is new; {register.take-changes} changes the files of those marked ≠ as well. "
        "A line is taken whole or not at all, and what a register leaves out stays. Do it again, and nothing changes. "
        "A registration that was corrected goes by rename, at the command line: the record goes along."
    )
    DEFAULT_CSS = """
    RegisterScreen > .frame { width: 96%; max-width: 140; }
    RegisterScreen #columns, RegisterScreen #whole { height: auto; color: $quiet; }
    RegisterScreen #columns { max-height: 2; }
    RegisterScreen #whole { max-height: 4; min-height: 1; margin: 1 0 0 0; color: $foreground; }
    """
    DOES = (Take, TakeChanges, OnlyFindings, Leave, *up_and_down("register", "line"))
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre, register: Register) -> None:
        super().__init__()
        self._centre, self._register = centre, register
        self._found: list[Beside] = []
        self.is_read = False
        self.only_findings = False

    def compose(self) -> ComposeResult:
        """A title, how the columns were understood, the lines, all about the one under the cursor, what to press."""
        told = " ".join(map(one_line, columns_told(self._register.columns, self._register.headings)))
        yield from self.framed(
            self.TITLE,
            Static(Content(told), id="columns"),
            _Lines(),
            Static(id="whole"),
            keys="{register.take} registers who is new · {register.take-changes} and changes ≠ · "
            "{register.findings} findings alone · {register.leave} leaves",
        )

    def on_mount(self) -> None:
        """Look at the lines in the background: the first ones are shown before the last are read."""
        self.query_one(_Lines).focus()
        self.look()

    def count(self, verdict: Verdict) -> int:
        """How many lines it becomes that of."""
        return sum(each.verdict is verdict for each in self._found)

    @work(thread=True, exclusive=True, group="register")
    def look(self) -> None:
        """Set the register beside the learners who are there."""
        worker, found = get_current_worker(), []
        try:
            for each in self._centre.registering.look(self._register.entries):
                found.append(each)
                if worker.is_cancelled:
                    return
                if len(found) == _FIRST or len(found) % _AT_ONCE == 0:
                    self.app.call_from_thread(self._take_in, tuple(found), is_all=False)
            self.app.call_from_thread(self._take_in, tuple(found), is_all=True)
        except MarkTermError as error:
            self.app.call_from_thread(tell, self, Failed(error))

    def _take_in(self, found: tuple[Beside, ...], *, is_all: bool) -> None:
        if self.is_open:
            self._found, self.is_read = list(found), is_all
            self.show()

    def show(self) -> None:
        """Show the lines, or those with something to look at."""
        lines = self.query_one(_Lines)
        looks = (Verdict.BAD, Verdict.CHANGED)
        lines.found = [e for e in self._found if not self.only_findings or e.verdict in looks or e.entry.notes]
        lines.styles.height = min(max(len(lines.found), 1), self.lines_beside(14))
        lines.lines_changed()
        lines.move_to(min(lines.cursor, max(len(lines.found) - 1, 0)))
        self.say_title(f"A register: {totals(self._found)}{'' if self.is_read else ' …'}")
        self._say_whole()

    @on(LineList.Moved)
    def _say_whole(self) -> None:
        lines = self.query_one(_Lines)
        each = lines.found[lines.cursor] if lines.found else None
        told = f"{each.entry.where}: {'; '.join(each.told) or _MEANS[each.verdict]}" if each is not None else ""
        self.query_one("#whole", Static).update(Content(one_line(told)))

    @on(LineList.Chosen)
    async def clicked(self, event: LineList.Chosen) -> None:
        """A click moves alone: nothing is registered by one."""
        event.stop()

    async def ask(self, *, accept_changes: bool) -> None:
        """Ask whether it is to be done, and do it."""
        new, changed = self.count(Verdict.NEW), self.count(Verdict.CHANGED) if accept_changes else 0
        if not new and not changed:
            self.app.notify("Nobody is new, and nothing is changed.", markup=False)
            return

        def answered(choice: int | None) -> None:
            if choice == 1:
                self._do(accept_changes=accept_changes)

        files = f", and change {counted(changed, 'file')}" if changed else ""
        yes = f"Yes, register {counted(new, 'learner')}{files}"
        await self.app.push_screen(ChoiceScreen("Take this register?", ["No", yes]), answered)

    @work(thread=True, exclusive=True, group="register")
    def _do(self, *, accept_changes: bool) -> None:
        taken: list[Taken] = []
        begun = Far("registered", 0, len(self._found), "learner")
        tell_far = telling(self, lambda far: say_far(self, far))
        try:
            steps = self._centre.registering.take(list(self._found), accept_changes=accept_changes)
            taken.extend(stepping(steps, begun, tell_far))
        except MarkTermError as error:
            self.app.call_from_thread(tell, self, Failed(error))
            return
        self.app.call_from_thread(self._done, taken)

    def _done(self, taken: list[Taken]) -> None:
        told = done_told((each.beside, each.is_taken) for each in taken)
        left = [f"{each.beside.learner.registration}: {each.why_not}." for each in taken if each.why_not]
        self.app.notify(one_line(" ".join((told, *left[:3]))), markup=False)
        self.dismiss(any(each.is_taken for each in taken))


_MEANS = {
    Verdict.NEW: "a new learner",
    Verdict.SAME: "is there already",
    Verdict.CHANGED: "is there with other facts",
    Verdict.BAD: "is not taken",
}
