"""A register before it is taken: every line with what becomes of it, and then who is new is registered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from textual.app import ComposeResult
from textual.content import Content

from markterm.centre.centre import Centre
from markterm.centre.register import Register, Taken
from markterm.domain.register.beside import Beside, Verdict
from markterm.domain.register.told import SIGNS, columns_told, done_told, totals
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line
from markterm.tui.caseload import what_comes_screen
from markterm.tui.caseload.what_comes_screen import Lines, WhatComesScreen
from markterm.tui.command import Command, bindings
from markterm.tui.widgets import modal
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.fitted import Fitted
from markterm.tui.widgets.how_far import Far
from markterm.tui.widgets.line_list import Piece, fit, up_and_down

_LINE, _REGISTRATION, _NAME = 8, 12, 24
_STYLES = {
    Verdict.NEW: "sign--pass",
    Verdict.SAME: "sign--quiet",
    Verdict.CHANGED: "sign--heading",
    Verdict.BAD: "sign--refer",
}


class _Lines(Lines[Beside]):
    """A line for each learner of the register."""

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
    records = True

    def works(self, on: RegisterScreen) -> bool:
        return on.is_read

    async def run(self, on: RegisterScreen) -> None:
        await on.ask(accept_changes=False)


class TakeChanges(Command["RegisterScreen"]):
    """Register who is new, and change what is otherwise."""

    id, key, label = "register.take-changes", "c", "take changes too"
    records = True
    words = "Register who is new, and change the files of those marked ≠"

    def works(self, on: RegisterScreen) -> bool:
        return on.is_read and on.count(Verdict.CHANGED) > 0

    async def run(self, on: RegisterScreen) -> None:
        await on.ask(accept_changes=True)


class OnlyFindings(what_comes_screen.OnlyFindings):
    """Only what somebody has to look at."""

    id, label, words = "register.findings", "findings", "Only lines with something to look at, or all of them"


class Leave(modal.Leave):
    """Leave, and change nothing more."""

    id, words = "register.leave", "Leave; nothing more is changed"


class RegisterScreen(WhatComesScreen[Beside]):
    """Every line of a register with what becomes of it. The result is whether somebody was registered or changed."""

    TITLE = "A register"
    FIRST, AT_ONCE, BESIDE = 50, 500, 14
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

    def compose(self) -> ComposeResult:
        """A title, how the columns were understood, the lines, all about the one under the cursor, what to press."""
        told = " ".join(map(one_line, columns_told(self._register.columns, self._register.headings)))
        yield from self.framed(
            self.TITLE,
            Fitted(Content(told), id="columns"),
            _Lines(),
            Fitted(id="whole"),
            keys="{register.take} registers who is new · {register.take-changes} and changes ≠ · "
            "{register.findings} findings alone · {register.leave} leaves",
        )

    def count(self, verdict: Verdict) -> int:
        """How many lines it becomes that of."""
        return sum(each.verdict is verdict for each in self.found)

    def reading(self) -> Iterator[Beside]:
        """The lines beside the learners who are there."""
        return self._centre.registering.look(self._register.entries)

    def has_findings(self, line: Beside) -> bool:
        """Whether it is not taken, or changes something, or there is something to know."""
        return line.verdict in (Verdict.BAD, Verdict.CHANGED) or bool(line.entry.notes)

    def told_whole(self, line: Beside) -> str:
        """Where it stands, and what becomes of it."""
        return f"{line.entry.where}: {'; '.join(line.told) or _MEANS[line.verdict]}"

    def titled(self) -> str:
        """With how many become what."""
        return f"{self.TITLE}: {totals(self.found)}"

    async def ask(self, *, accept_changes: bool) -> None:
        """Ask whether it is to be done, and do it."""
        new, changed = self.count(Verdict.NEW), self.count(Verdict.CHANGED) if accept_changes else 0
        if not new and not changed:
            self.app.notify("Nobody is new, and nothing is changed.", markup=False)
            return

        def answered(choice: int | None) -> None:
            if choice == 1:
                steps = self._centre.registering.take(list(self.found), accept_changes=accept_changes)
                self.take(steps, Far("registered", 0, len(self.found), "learner"))

        files = f", and change {counted(changed, 'file')}" if changed else ""
        yes = f"Yes, register {counted(new, 'learner')}{files}"
        await self.app.push_screen(ChoiceScreen("Take this register?", ["No", yes]), answered)

    def say_taken(self, taken: Sequence[Taken]) -> None:
        """Say who is registered, and who is not."""
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
