"""One's own part of a standardisation: the evidence, its criteria, and what one says of each, alone.

Every answer is durable at once, and may be given again until all are given. Then they stand, and what others said is
shown: so the last one is asked for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.worker import get_current_worker

from markterm.centre.centre import Centre
from markterm.centre.drafts import DraftKind
from markterm.centre.exhibits import Material
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.bodies.standardising import View, Viewed
from markterm.domain.record.standardisation import Asked, Standardisation
from markterm.domain.words.errors import MarkTermError, Refused
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.text.document import EvidenceDocument
from markterm.tui.command import Command, bindings
from markterm.tui.requests import Failed, tell
from markterm.tui.standardising.asked_list import AskedList
from markterm.tui.standardising.texts import ExhibitTexts, document_of
from markterm.tui.widgets import modal
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.fitted import Fitted
from markterm.tui.widgets.keys_line import KeysLine
from markterm.tui.widgets.line_list import LineList, up_and_down
from markterm.tui.widgets.modal import Modal, Shape
from markterm.tui.widgets.writing import WritingScreen

_MOST_CRITERIA = 5
_DECIDE = "{standardise.pass} pass · {standardise.refer} refer"
_ACHIEVE = "{standardise.pass} achieved · {standardise.refer} not achieved"
_AGREE = "{standardise.agree} agree · {standardise.not-agreed} not agreed"
_KEYS = (
    "{standardise.note} note · {standardise.text-before} {standardise.text} text · "
    "{evidence.page_up} {evidence.page_down} page · {standardise.leave} leaves"
)
_LAST = ("No, go on looking", "Yes: my answers stand, and I see what the others said")


class _Answer(Command["AnsweringScreen"]):
    """Says something of the criterion under the cursor; subclasses say what."""

    view: View

    def works(self, on: AnsweringScreen) -> bool:
        return self.view in on.answers

    async def run(self, on: AnsweringScreen) -> None:
        await on.say(self.view)


class Pass(_Answer):
    """A pass."""

    id, key, label, words, view = "standardise.pass", "p", "pass", "You would pass it", View.PASS
    records = True


class Refer(_Answer):
    """A referral, with what is missing."""

    id, key, label, words, view = "standardise.refer", "r", "refer", "You would refer it, and say why", View.REFER
    records = True


class Agree(_Answer):
    """Agreed with what is shown."""

    id, key, label, words, view = "standardise.agree", "a", "agree", "You agree with what is shown", View.AGREE
    records = True


class NotAgreed(_Answer):
    """Not agreed, with a reason."""

    id, key, label, view = "standardise.not-agreed", "x", "not agreed", View.NOT_AGREED
    records = True
    words = "You do not agree with what is shown, and say why"


class Note(Command["AnsweringScreen"]):
    """What one says to one's answer."""

    id, key, label, words = "standardise.note", "n", "note", "What you say to your answer"
    records = True

    async def run(self, on: AnsweringScreen) -> None:
        await on.write_note()


class NextText(Command["AnsweringScreen"]):
    """The next text of the evidence."""

    id, key, label, words = "standardise.text", "right_square_bracket", "next text", "Next text"

    async def run(self, on: AnsweringScreen) -> None:
        on.turn(1)


class TextBefore(Command["AnsweringScreen"]):
    """The text before."""

    id, key, words = "standardise.text-before", "left_square_bracket", "Text before"

    async def run(self, on: AnsweringScreen) -> None:
        on.turn(-1)


class Leave(modal.Leave):
    """Leave; what was answered is recorded."""

    id, words = "standardise.leave", "Leave; what you answered is recorded"


class AnsweringScreen(Modal[Standardisation | None]):
    """The evidence of a standardisation beside its criteria. The result is how it stands once all is answered, or
    None."""

    TITLE = "Standardisation"
    HELP = (
        "You say of each criterion what you would, alone: names are covered, and neither what was decided nor what "
        "others say is shown before you have given all your answers. {standardise.pass} and {standardise.refer} "
        "decide; where notes or a verifier's answers are looked at, {standardise.agree} and {standardise.not-agreed} "
        "answer. "
        "{standardise.note} writes a note. Each answer is recorded at once, and can be given again until the last one, "
        "which is asked for: from then on all stand."
    )
    DEFAULT_CSS = """
    AnsweringScreen .asked-and-text { height: 1fr; layout: vertical; }
    AnsweringScreen .asked { layout: vertical; height: auto; background: $surface; }
    AnsweringScreen #criteria { height: 3; padding: 0 1; background: $surface; }
    AnsweringScreen #about { height: auto; max-height: 6; padding: 0 1; }
    AnsweringScreen.-wide .asked-and-text { layout: horizontal; }
    AnsweringScreen.-wide .asked { width: 52; height: 1fr; }
    AnsweringScreen.-wide #criteria { height: 1fr; }
    AnsweringScreen.-wide #about { max-height: 20; }
    AnsweringScreen.-wide ExhibitTexts { width: 1fr; }
    """
    SHAPE = Shape.WHOLE
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012  # as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (12, "-tall")]  # noqa: RUF012  # as Textual declares it
    DOES = (Leave, Pass, Refer, Agree, NotAgreed, Note, *up_and_down("standardise", "criterion"), NextText, TextBefore)
    BINDINGS = bindings(*DOES)

    @dataclass
    class MaterialKnown(Message):
        """One more text of what is looked at was read, ready to be shown; or all were, or what stopped the reading."""

        known: Material | MarkTermError | None = None
        document: EvidenceDocument | None = None

    def __init__(self, centre: Centre, told: Standardisation) -> None:
        super().__init__()
        self._centre = centre
        self._told = told

    def compose(self) -> ComposeResult:
        """How far one is, the criteria, what the one under the cursor asks, the evidence, and what to press."""
        asked = Container(AskedList(self._told), Fitted(id="about"), classes="asked")
        yield from self.framed("", Container(asked, ExhibitTexts(), classes="asked-and-text"), keys="")

    def on_mount(self) -> None:
        """Read the evidence in the background."""
        self._texts.page.focus()
        self.query_one(AskedList).styles.height = (
            None if self.has_class("-wide") else min(len(self._criteria.asked), _MOST_CRITERIA)
        )
        self._draw()
        self._read()

    @property
    def _criteria(self) -> AskedList:
        return self.query_one(AskedList)

    @property
    def _texts(self) -> ExhibitTexts:
        return self.query_one(ExhibitTexts)

    @property
    def _member(self) -> str:
        return self._centre.member.id if self._centre.member is not None else ""

    @property
    def _at(self) -> Asked:
        return self._criteria.asked[self._criteria.cursor]

    @property
    def answers(self) -> Sequence[View]:
        """What can be said of the criterion under the cursor; nothing before the screen is there."""
        if not self.is_mounted or not self._criteria.asked:
            return ()
        return self._told.exhibits[self._at[0] - 1].of.answers

    # Reading

    @work(thread=True, group="material")
    def _read(self) -> None:
        """Read what is looked at, text by text, with names covered, until the screen is left."""
        worker = get_current_worker()
        try:
            for each in self._centre.standardisation.material(self._told):
                if worker.is_cancelled:
                    return
                self.post_message(self.MaterialKnown(each, document_of(each)))
            self.post_message(self.MaterialKnown())
        except MarkTermError as error:
            self.post_message(self.MaterialKnown(error))

    @on(MaterialKnown)
    def take_material(self, event: MaterialKnown) -> None:
        """Show it, if it belongs to the criterion under the cursor."""
        if not self.is_open:
            return
        if isinstance(event.known, MarkTermError):
            tell(self, Failed(event.known))
        elif event.known is None or event.document is None:
            self._texts.all_read()
        else:
            self._texts.take(event.known, event.document)
            self._say()

    def turn(self, step: int) -> None:
        """Show another text of the exhibit."""
        self._texts.turn(step)

    # Showing

    @on(LineList.Moved)
    def moved(self, event: LineList.Moved) -> None:
        """Another criterion: what it asks, and the text of its exhibit."""
        event.stop()
        self._texts.look_at(self._at)
        self._say()
        self.refresh_bindings()

    def _draw(self) -> None:
        self._criteria.own = self._told.views.get(self._member, {})
        self._criteria.lines_changed()
        self._texts.look_at(self._at)
        self._say()

    def _say(self) -> None:
        asked, own = self._criteria.asked, self._criteria.own
        self.say_title(one_line(f"Standardisation, {self._told.qualification}: {len(own)} of {len(asked)} answered"))
        about = [Content(self._texts.asks(self._at))]
        if self._at in own and own[self._at].note.strip():
            about.insert(0, Content.styled(one_line(f"Your note: {own[self._at].note}"), "italic"))
        self.query_one("#about", Static).update(Content("\n").join(about))
        place, number = self._at
        decides = _ACHIEVE if number in self._told.exhibits[place - 1].higher else _DECIDE
        answers = decides if View.PASS in self.answers else _AGREE
        self.query_one(KeysLine).say(f"{answers} · {_KEYS}")

    # Answering

    async def say(self, view: View) -> None:
        """Say that of the criterion under the cursor; what is not in favour with a reason."""
        place, number = self._at
        against = view is self.answers[1]
        own = self._criteria.own.get(self._at)
        note = own.note if own is not None and own.view is view else ""
        if against:
            await self._write(Viewed(place, number, view, note), "Why? One word is enough.")
        else:
            await self._give(Viewed(place, number, view, note))

    async def write_note(self) -> None:
        """Write what one says to one's answer, of a criterion that is answered."""
        own = self._criteria.own.get(self._at)
        if own is None:
            self.notify("Answer it first: a note belongs to an answer.", markup=False)
            return
        await self._write(own, "What you say to your answer; the others read it when they have answered.")

    async def _write(self, viewed: Viewed, detail: str) -> None:
        exhibit, drafts, place = self._told.exhibits[viewed.exhibit - 1], self._centre.drafts, self._draft_of(viewed)
        begun = await asyncio.to_thread(drafts.get, *place)
        written: list[str] = []

        async def save(text: str) -> None:
            if viewed.view is exhibit.of.answers[1] and not text.strip():
                raise Refused("Not without a reason", f"{viewed.criterion} is not answered.", "One word is enough.")
            written.append(text.strip())

        async def left(saved: bool | None) -> None:
            if saved:
                await self._give(viewed._replace(note=written[-1]))

        await self.app.push_screen(
            WritingScreen(
                one_line(f"{viewed.exhibit} {viewed.criterion}: {self._told.word(viewed)}"),
                detail,
                begun or viewed.note,
                save,
                lambda text: drafts.keep(text, *place),
                turn_page=self._texts.turn_page,
                throw_away=lambda: drafts.forget(*place),
            ),
            left,
        )

    def _draft_of(self, viewed: Viewed) -> tuple[DraftKind, str, UnitKey, str]:
        """Where what is begun to write is kept: of no learner, but of what is standardised."""
        exhibit = self._told.exhibits[viewed.exhibit - 1]
        unit = UnitKey(exhibit.unit, exhibit.version)
        return DraftKind.NOTE, f"standardisation {self._told.uid}", unit, f"{viewed.exhibit} {viewed.criterion}"

    async def _give(self, viewed: Viewed) -> None:
        """Record an answer; the last one after a question."""
        own = self._criteria.own
        at = (viewed.exhibit, viewed.criterion)
        if at in own or len(own) + 1 < len(self._criteria.asked):
            await self._record(viewed)
            return

        async def answered(choice: int | None) -> None:
            if choice == len(_LAST) - 1:
                await self._record(viewed)

        await self.app.push_screen(ChoiceScreen("This is your last answer. Give it?", _LAST), answered)

    async def _record(self, viewed: Viewed) -> None:
        try:
            self._told = await asyncio.to_thread(self._centre.standardisation.answer, self._told.uid, [viewed])
            await asyncio.to_thread(self._centre.drafts.forget, *self._draft_of(viewed))
        except MarkTermError as error:
            tell(self, Failed(error))
            return
        if self._told.is_answered_by(self._member):
            self.dismiss(self._told)
            return
        self._draw()
        left = [n for n, each in enumerate(self._criteria.asked) if each not in self._criteria.own]
        later = [n for n in left if n > self._criteria.cursor]
        self._criteria.cursor = (later or left)[0]
