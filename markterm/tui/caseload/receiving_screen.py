"""A download before it is taken: every file with whose it is and why, and then what a person decides is taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from textual.app import ComposeResult

from markterm.centre.centre import Centre
from markterm.centre.incoming_preview import Preview
from markterm.centre.receiving import Taken
from markterm.domain.incoming.arriving_file import ArrivingFile, totals
from markterm.domain.incoming.whose import Sureness
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line
from markterm.tui.caseload import what_comes_screen
from markterm.tui.caseload.what_comes_screen import Lines, WhatComesScreen
from markterm.tui.command import Command, bindings
from markterm.tui.widgets import modal
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.fitted import Fitted
from markterm.tui.widgets.form import FormScreen
from markterm.tui.widgets.how_far import Far
from markterm.tui.widgets.line_list import Piece, fit, up_and_down
from markterm.tui.widgets.middle_cut import middle_cut
from markterm.tui.widgets.text_field import LineField

_SIGN, _REGISTRATION, _LEAST_OF_NAME = 8, 11, 24
_STYLES = {Sureness.SURE: "sign--pass", Sureness.LIKELY: "sign--heading", Sureness.NOBODY: "sign--refer"}


class _Lines(Lines[ArrivingFile]):
    """A line for each file of the download."""

    def line(self, index: int, width: int) -> Iterable[Piece]:
        each = self.found[index]
        room = max((width - 2 - _SIGN - _REGISTRATION) * 3 // 5, _LEAST_OF_NAME)
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        yield fit(each.sign, _SIGN), "sign--quiet" if each.left or each.is_there else _STYLES[each.sureness]
        yield fit(one_line(each.learner), _REGISTRATION), ""
        yield fit(middle_cut(one_line(each.name), room - 1), room), ""
        yield (
            fit(one_line("; ".join(each.told_whole())), max(width - 2 - _SIGN - _REGISTRATION - room, 0)),
            "sign--quiet",
        )


class TakeSure(Command["ReceivingScreen"]):
    """Take what is sure."""

    id, key, label, words = (
        "receive.take",
        "enter",
        "take",
        "Take the files that are sure, and those you gave a learner",
    )
    records = True

    def works(self, on: ReceivingScreen) -> bool:
        return on.is_read

    async def run(self, on: ReceivingScreen) -> None:
        await on.ask(Sureness.SURE)


class TakeLikely(Command["ReceivingScreen"]):
    """Take what is likely too."""

    id, key, label, words = "receive.take-likely", "l", "likely too", "Take the files that are likely as well"
    records = True

    def works(self, on: ReceivingScreen) -> bool:
        return on.is_read and any(each.is_taken(Sureness.LIKELY) for each in on.found)

    async def run(self, on: ReceivingScreen) -> None:
        await on.ask(Sureness.LIKELY)


class Give(Command["ReceivingScreen"]):
    """Say whose the file under the cursor is."""

    id, key, label, words = "receive.give", "t", "whose", "Say which learner's this file is, or that it is nobody's yet"
    records = True

    def works(self, on: ReceivingScreen) -> bool:
        return on.is_read and on.selected is not None and not on.selected.left

    async def run(self, on: ReceivingScreen) -> None:
        await on.ask_whose()


class ToLookAt(what_comes_screen.OnlyFindings):
    """Only what is not sure."""

    id, label, words = "receive.doubts", "doubts", "Only files with something to look at, or all of them"


class Leave(modal.Leave):
    """Leave, and take nothing more."""

    id, words = "receive.leave", "Leave; nothing more is taken, and the download stays as it is"


class ReceivingScreen(WhatComesScreen[ArrivingFile]):
    """Every file of a download with whose it is. The result is whether something was taken."""

    TITLE = "What came in"
    FIRST, AT_ONCE, BESIDE = 20, 250, 13
    HELP = (
        "sure is one learner's by its name, likely has a doubt, which is said, nobody's waits for you, left is not "
        "taken whoever it is of, and there is what the learner has already, byte for byte. {receive.take} takes what "
        "is sure and what you gave a learner with {receive.give}; {receive.take-likely} what is likely as well. The "
        "download stays as it is. Nothing that is there is written over: another version gets its day in its name."
    )
    DEFAULT_CSS = """
    ReceivingScreen > .frame { width: 96%; max-width: 150; }
    ReceivingScreen #whole { height: auto; max-height: 5; min-height: 2; margin: 1 0 0 0; }
    """
    DOES = (TakeSure, TakeLikely, Give, ToLookAt, Leave, *up_and_down("receive", "file"))
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre, downloads: Sequence[Path]) -> None:
        super().__init__()
        self._centre, self._downloads = centre, downloads
        self._preview: Preview | None = None

    def compose(self) -> ComposeResult:
        """A title with how many there are, the files, all about the one under the cursor, and what to press."""
        yield from self.framed(
            self.TITLE,
            _Lines(),
            Fitted(id="whole"),
            keys="{receive.take} takes what is sure · {receive.give} says whose · {receive.take-likely} likely too · "
            "{receive.doubts} doubts · {receive.leave} leaves",
        )

    def let_go(self) -> None:
        """Let the download go."""
        if self._preview is not None:
            self._preview.close()

    def reading(self) -> Iterator[ArrivingFile]:
        """What is in the download, and whose."""
        self._preview = self._centre.receiving.preview(self._downloads)
        return iter(self._preview)

    def read_whole(self) -> Sequence[ArrivingFile]:
        """The files, each beside all others."""
        assert self._preview is not None
        return self._preview.every()

    def has_findings(self, line: ArrivingFile) -> bool:
        """Whether it has a doubt."""
        return line.has_doubts

    def told_whole(self, line: ArrivingFile) -> str:
        """What it is called, and whose it is and why."""
        return f"{line.name}: {'; '.join(line.told_whole())}"

    def titled(self) -> str:
        """With how many are how sure."""
        return f"{self.TITLE}: {totals(self.found)}"

    async def ask_whose(self) -> None:
        """Ask whose the file under the cursor is."""
        each, preview = self.selected, self._preview
        if each is None or preview is None:
            return
        field = LineField(
            each.learner, placeholder="a registration, or words that only one learner has; empty: nobody's"
        )

        async def gave() -> None:
            text = field.value.strip()
            registration = self._centre.learners.find(text) if text else ""
            preview.given(each, registration)
            self.found = preview.every()

        async def given(is_given: bool | None) -> None:
            if is_given:
                self.show()
                await self._ask_of_the_others(preview, each)

        could_be = one_line(f"It could be {' or '.join(each.whose.learners)}." if len(each.whose.learners) > 1 else "")
        title = one_line(f"Whose is {each.name}?")
        await self.app.push_screen(FormScreen(title, could_be, [("Learner", field)], gave, does="says so"), given)

    async def _ask_of_the_others(self, preview: Preview, answered: ArrivingFile) -> None:
        """Ask whether what was said of one file holds for those of which the download says the same."""
        registration = next((each.to for each in self.found if each.number == answered.number), "")
        others = [each for each in self.found if each.waits_as(answered)]
        if not registration or not others:
            return

        def said(choice: int | None) -> None:
            if choice == 1:
                for each in others:
                    preview.given(each, registration)
                self.found = preview.every()
                self.show()

        title = f"Of {counted(len(others), 'other file')} the same is said. Are they {registration}'s too?"
        await self.app.push_screen(ChoiceScreen(one_line(title), ["No", "Yes, all of them"]), said)

    async def ask(self, least: Sureness) -> None:
        """Ask whether what is at least so sure is to be taken, and take it."""
        count = sum(each.is_taken(least) for each in self.found)
        if not count:
            self.app.notify("Nothing of it is to be taken.", markup=False)
            return

        def answered(choice: int | None) -> None:
            if choice == 1 and self._preview is not None:
                learners = len({each.learner for each in self.found if each.is_taken(least)})
                steps = self._centre.receiving.take(self._preview, self.found, least)
                self.take(steps, Far("received", 0, learners, "learner"))

        likely = sum(each.sureness is Sureness.LIKELY and each.is_taken(least) for each in self.found)
        doubts = f", {likely} of them only likely" if likely else ""
        yes = f"Yes, take {counted(count, 'file')}{doubts}"
        await self.app.push_screen(ChoiceScreen("Put them among the learners' evidence?", ["No", yes]), answered)

    def say_taken(self, taken: Sequence[Taken]) -> None:
        """Say how much is received, and what is not."""
        kept = sum(len(each.kept) for each in taken)
        of = counted(sum(bool(each.kept) for each in taken), "learner")
        failed = [f"{file.name}: {why}." for each in taken for file, why in each.failed]
        told = " ".join((f"{counted(kept, 'file')} of {of} received.", *failed[:2]))
        self.app.notify(one_line(told), severity="warning" if failed else "information", markup=False)
        self.dismiss(bool(kept))
