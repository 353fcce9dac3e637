"""What the work of several learners has in common: the pairs, and the passages of one side by side."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from textual import events, on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from markterm.centre.centre import Centre
from markterm.domain.views.alike import AlikePair, AlikeSeen, Holder, OddFile, hidden_told
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.progress import Progress, Urgency
from markterm.tui.alike.pair_list import PairList
from markterm.tui.alike.side_by_side import SideBySide
from markterm.tui.blindfold import Blindfold
from markterm.tui.command import Command, bindings, keyed
from markterm.tui.requests import Failed, OpenLearner, ask, tell
from markterm.tui.widgets import modal
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.how_far import Far, say_far
from markterm.tui.widgets.keys_line import KeysLine
from markterm.tui.widgets.line_list import LineList, up_and_down
from markterm.tui.widgets.modal import Modal, Shape
from markterm.tui.widgets.reading import ReadingScreen
from markterm.tui.widgets.writing import WritingScreen

_LOOKED_EVERY = 0.25
_EVERYBODY = "Everybody"
_TO_PASSAGES, _TO_PAIRS = (
    f"{{alike.passages}} to the {other} · {{alike.next}} next · {{alike.case}} case · {{alike.open}} "
    "{alike.open-other} open · {alike.leave} leaves · {alike.many} many · {alike.unit} unit · {alike.learner} learner"
    for other in ("passages", "pairs")
)


class Leave(modal.Leave):
    """Back to where one was."""

    id, words = "alike.leave", "Back to the screen; looking ends"


class Passages(Command["AlikeScreen"]):
    """From the pairs to the passages and back."""

    id, key, label, words = "alike.passages", "tab", "passages", "From the pairs to the passages, and back"

    async def run(self, on: AlikeScreen) -> None:
        on.turn()


class NextPassage(Command["AlikeScreen"]):
    """To the next passage of the pair."""

    id, key, label, words = "alike.next", "n", "next", "Next passage of the pair"

    async def run(self, on: AlikeScreen) -> None:
        on.next_passage(1)


class PreviousPassage(Command["AlikeScreen"]):
    """To the passage before."""

    id, key, words = "alike.previous", "N", "Previous passage of the pair"

    async def run(self, on: AlikeScreen) -> None:
        on.next_passage(-1)


class OpenOne(Command["AlikeScreen"]):
    """Open the record of the first learner."""

    id, key, label, words = "alike.open", "o", "open left", "Open the learner on the left"

    async def run(self, on: AlikeScreen) -> None:
        if (pair := on.pair) is not None:
            await on.open(pair.one)


class OpenOther(Command["AlikeScreen"]):
    """Open the record of the second learner."""

    id, key, label, words = "alike.open-other", "p", "open right", "Open the learner on the right"

    async def run(self, on: AlikeScreen) -> None:
        if (pair := on.pair) is not None:
            await on.open(pair.other)


class OnlyUnit(Command["AlikeScreen"]):
    """Only who are on one unit."""

    id, key, label, words = "alike.unit", "u", "unit", "Only learners who are on one unit, or everybody"

    async def run(self, on: AlikeScreen) -> None:
        await on.choose_unit()


class OnlyLearner(Command["AlikeScreen"]):
    """Only one learner."""

    id, key, label, words = "alike.learner", "l", "learner", "Only the learner on the left, or everybody"

    async def run(self, on: AlikeScreen) -> None:
        on.turn_learner()


class ReadMany(Command["AlikeScreen"]):
    """Read what many share."""

    id, key, label, words = "alike.many", "m", "many", "Passages that many learners share: who has them, and where"

    async def run(self, on: AlikeScreen) -> None:
        await on.read_many()


class OpenCase(Command["AlikeScreen"]):
    """Open a case on it."""

    id, key, label, words = (
        "alike.case",
        "c",
        "case",
        "Open a case of suspected malpractice, with where the passages stand",
    )
    records = True

    async def run(self, on: AlikeScreen) -> None:
        await on.ask_whose_case()


class AlikeScreen(Modal[None]):
    """The pairs of learners whose work has passages in common, and those of the pair under the cursor.

    Everybody is looked through in a thread, which ends when the screen is left; what was found is shown meanwhile.
    """

    TITLE = "Alike work"
    HELP = (
        "Passages that the work of several learners has in common, found on this machine among the files of all. Left "
        "out is what was given to everybody: what most who are on a unit have, or more than ten learners, and what "
        "stands in the centre's sheets and templates, and quotations of which both name the source. It is advice, with "
        "figures, and no verdict: two who worked together, and two who copied one source, look alike too. Verifiers "
        "see it, and who assesses both; others are told that there is something.\n"
        "{alike.passages} goes to the passages, which stand side by side with the same words underlined; {alike.next} "
        "goes to the next one. {alike.many} tells what more have than copy from each other, though the centre gave it "
        "to nobody: a source or a handout, probably. {alike.open} and {alike.open-other} open a learner. {alike.case} "
        "opens a case of suspected malpractice: it says where the passages stand in both files, and does not name the "
        "other learner."
    )
    DEFAULT_CSS = """
    AlikeScreen #pairs { height: 1; padding: 0 1; background: $surface; }
    AlikeScreen #about { height: auto; max-height: 3; padding: 0 1; color: $quiet; }
    AlikeScreen #passages { height: 1fr; padding: 0 1; }
    """
    SHAPE = Shape.WHOLE
    VERTICAL_BREAKPOINTS = [(0, "-short"), (12, "-tall")]  # noqa: RUF012  # as Textual declares it
    DOES = (
        Leave,
        Passages,
        *up_and_down("alike", "line"),
        NextPassage,
        PreviousPassage,
        OpenCase,
        OpenOne,
        OpenOther,
        OnlyUnit,
        OnlyLearner,
        ReadMany,
    )
    BINDINGS = bindings(*DOES)

    @dataclass
    class Found(Message):
        """What was found so far, or why nothing can be, by the look that found it."""

        found: AlikeSeen | MarkTermError
        by: Progress

    def __init__(self, centre: Centre, blindfold: Blindfold) -> None:
        super().__init__()
        self._centre = centre
        self._blindfold = blindfold
        self._progress = Progress()
        self._seen = AlikeSeen(())
        self._unit = ""
        self._learner = ""
        self._is_looking = False

    def compose(self) -> ComposeResult:
        """How far it is, the pairs, what is left out, the passages, and what to press."""
        yield from self.framed(
            "Alike work",
            PairList(self._blindfold),
            Static(id="about"),
            SideBySide(),
            keys=_TO_PASSAGES,
        )

    def on_mount(self) -> None:
        """Look in the background."""
        self.set_focus(self._pairs)
        self.set_interval(_LOOKED_EVERY, self._say_far)
        self.look()

    def on_unmount(self) -> None:
        """Let nothing go on reading."""
        self._progress.stop.set()

    @property
    def _pairs(self) -> PairList:
        return self.query_one(PairList)

    @property
    def pair(self) -> AlikePair | None:
        """The pair under the cursor."""
        return self._pairs.chosen

    # Looking

    def look(self) -> None:
        """Look through everybody anew."""
        self._progress.stop.set()
        self._progress = Progress(urgency=Urgency.AHEAD)
        self._is_looking = True
        self._say()
        self._look(self._progress, self._unit, self._learner)

    @work(thread=True, group="alike")
    def _look(self, progress: Progress, unit: str, learner: str) -> None:
        try:
            for seen in self._centre.alike.look(progress, unit, learner):
                self.post_message(self.Found(seen, progress))
        except MarkTermError as error:
            self.post_message(self.Found(error, progress))

    @on(Found)
    def take(self, event: Found) -> None:
        """Show it, unless somebody asked for something else since."""
        if not self.is_open or event.by is not self._progress:
            return
        if isinstance(event.found, MarkTermError):
            self._is_looking = False
            tell(self, Failed(event.found))
        else:
            self._seen = event.found
            self._is_looking = event.found.read < event.found.of
            self._pairs.show(event.found.pairs)
            self._make_room()
        self._say_far()
        self._say()
        self._show()

    def on_resize(self) -> None:
        """The pairs have more room, or less."""
        self._make_room()

    def _make_room(self) -> None:
        """Give the pairs as many lines as they need, up to a quarter of the screen."""
        self._pairs.styles.height = min(max(len(self._seen.pairs), 1), max(self.size.height // 4, 1))

    def _say_far(self) -> None:
        step = self._progress.step
        far = Far("looked at", step.done, step.of, "learner") if self._is_looking and step.of else None
        say_far(self, far)

    # Showing

    def _say(self) -> None:
        """How much was found among whom, and what is not shown."""
        seen, member = self._seen, self._centre.member
        who = one_line(member.id) if member is not None else "nobody who is named"
        of = f", {one_line(self._unit)}" if self._unit else ""
        if self._learner:
            of += f", of {self._blindfold.known_as(self._learner)}"
        looked = f"{seen.read:,} of {seen.of:,} learners" if self._is_looking else counted(seen.of, "learner")
        self.say_title(Content(f"Alike work{of} · {counted(len(seen.pairs), 'pair')} · {looked} · as {who}"))
        lines = [hidden_told(seen.hidden, self._learner), *map(self._odd_told, seen.odd), *seen.left_out]
        if seen.many:
            others = f", and {counted(len(seen.many) - 1, 'more passage')}" if len(seen.many) > 1 else ""
            lines.insert(0, f"{seen.many[0].told} {keyed('{alike.many} tells who and where')}{others}.")
        if not seen.pairs:
            lines.insert(0, "Looking …" if self._is_looking else "No pair that is to be shown.")
        else:
            lines.insert(0, "Advice, with figures, and no verdict.")
        self.query_one("#about", Static).update(Content(" ".join(filter(None, lines))))

    @on(events.DescendantFocus)
    def _say_keys(self) -> None:
        self.query_one(KeysLine).say(_TO_PASSAGES if self.focused is self._pairs else _TO_PAIRS)

    async def read_many(self) -> None:
        """Show which passages many share, who has them, and where."""
        lines = [line for each in self._seen.many for line in (*each.in_lines(self._holder), "")]
        told = lines or ["No passage is known that many share and nobody gave them."]
        await self.app.push_screen(ReadingScreen("Shared by many", Content("\n").join(map(Content, told))))

    def _holder(self, holder: Holder) -> str:
        return self._blindfold.known_as(holder.registration)

    def _odd_told(self, odd: OddFile) -> str:
        return f"Odd words: {self._blindfold.known_as(odd.registration)}, {odd.told}."

    def _show(self) -> None:
        self.query_one(SideBySide).show(self.pair)

    @on(LineList.Moved, "#pairs")
    def follow(self) -> None:
        """Show the passages of the pair under the cursor."""
        self._show()

    def next_passage(self, step: int) -> None:
        """Go to the next passage, or with -1 to the one before; the keys are the passages'."""
        passages = self.query_one(SideBySide)
        self.set_focus(passages)
        passages.next_passage(step)

    def turn(self) -> None:
        """Give the keys to the other list."""
        passages = self.query_one(SideBySide)
        self.set_focus(passages if self.focused is self._pairs else self._pairs)

    # Narrowing

    async def choose_unit(self) -> None:
        """Have a unit chosen, and look at those who are on it."""
        codes = sorted({unit.code for row in self._centre.caseload.rows for unit in row.units})
        current = codes.index(self._unit) + 1 if self._unit in codes else 0

        def chosen(number: int | None) -> None:
            if number is not None:
                self._unit = codes[number - 1] if number else ""
                self.look()

        await self.app.push_screen(ChoiceScreen("Who is on which unit?", (_EVERYBODY, *codes), current), chosen)

    def turn_learner(self) -> None:
        """Only what others have of the learner on the left, or everybody."""
        pair = self.pair
        if self._learner or pair is not None:
            self._learner = "" if self._learner or pair is None else pair.one
            self.look()

    # Going on

    async def open(self, registration: str) -> None:
        """Open that learner."""
        await self.dismiss(None)
        await ask(self, OpenLearner(registration))

    async def ask_whose_case(self) -> None:
        """Ask in whose record a case is opened, and with which words."""
        pair = self.pair
        if pair is None:
            self.notify("There is no pair to open a case on.")
            return
        one, other = (self._blindfold.known_as(each) for each in (pair.one, pair.other))
        turned = pair.turned()
        ways: tuple[tuple[str, tuple[AlikePair, ...]], ...] = (
            ("None", ()),
            (f"Of {one}", (pair,)),
            (f"Of {other}", (turned,)),
            ("One of each", (pair, turned)),
        )

        def chosen(number: int | None) -> None:
            if number:
                self._write(*ways[number])

        title = "Open a case of suspected malpractice? Until it is closed, what it is on is held."
        await self.app.push_screen(ChoiceScreen(title, [told for told, _ in ways]), chosen)

    def _write(self, whose: str, pairs: tuple[AlikePair, ...]) -> None:
        left = list(pairs)

        async def save(text: str) -> None:
            opened: list[str] = []

            def open_them() -> None:
                for _ in self._centre.alike.open_cases(tuple(left), text, self._unit):
                    opened.append(self._blindfold.known_as(left.pop(0).one))

            try:
                await asyncio.to_thread(open_them)
            finally:
                if opened:  # The disk may have failed before the other one's.
                    self.notify(f"{counted(len(opened), 'case')} opened, of {' and '.join(opened)}.")

        self.app.push_screen(
            WritingScreen(
                f"A case. {whose}: what is suspected?",
                "Where the passages stand in both files is put beside it. The learner is not shown it.",
                "",
                save,
            )
        )
