"""One's own part of a standardisation: the evidence, its criteria, and what one says of each, alone.

Every answer is durable at once, and may be given again until all are given. Then they stand, and what others said is
shown: so the last one is asked for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from markterm.centre.centre import Centre
from markterm.centre.drafts import DraftKind
from markterm.centre.exhibits import Material
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.bodies.standardising import Standardised, View, Viewed
from markterm.domain.record.standardisation import Asked, Standardisation
from markterm.domain.views.standardised import sign_of
from markterm.domain.words.errors import MarkTermError, Refused
from markterm.domain.words.foreign_text import clean, one_line
from markterm.evidence.folder import EvidenceKind
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text_file import EvidenceText
from markterm.tui.command import Command, bindings, keyed
from markterm.tui.evidence.page import EvidencePage
from markterm.tui.requests import Failed, tell
from markterm.tui.widgets import modal
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.line_list import Down, LineList, Piece, Up, fit
from markterm.tui.widgets.modal import Modal, Shape
from markterm.tui.widgets.writing import WritingScreen

_MOST_CRITERIA = 5
_STYLES = {View.PASS: "sign--pass", View.REFER: "sign--refer", View.AGREE: "sign--pass", View.NOT_AGREED: "sign--refer"}
_DECIDE = "{standardise.pass} pass · {standardise.refer} refer"
_AGREE = "{standardise.agree} agree · {standardise.not-agreed} not agreed"
_KEYS = (
    "{standardise.note} note · {standardise.text-before} {standardise.text} text · "
    "{evidence.page_up} {evidence.page_down} page · {standardise.leave} leaves"
)
_LAST = ("No, go on looking", "Yes: my answers stand, and I see what the others said")


class _Criteria(LineList, can_focus=False):
    """What is asked, each with one's own answer."""

    def __init__(self, told: Standardisation) -> None:
        super().__init__(id="criteria")
        self._told = told
        self.asked: Sequence[Asked] = tuple(told.asked)
        self.own: Mapping[Asked, Viewed] = {}

    def line_count(self) -> int:
        return len(self.asked)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        place, number = self.asked[index]
        exhibit, own = self._told.exhibits[place - 1], self.own.get(self.asked[index])
        answer = f"{sign_of(own.view)} {own.view}{' ✎' if own.note.strip() else ''}" if own is not None else "· open"
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        of = "" if exhibit.of is Standardised.DECISIONS else f", {exhibit.of}"
        yield fit(one_line(f"{place} {exhibit.unit} {number}{of}"), max(width - 16, 8)), ""
        yield fit(answer, 13), _STYLES[own.view] if own is not None else "sign--open"


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


class Refer(_Answer):
    """A referral, with what is missing."""

    id, key, label, words, view = "standardise.refer", "r", "refer", "You would refer it, and say why", View.REFER


class Agree(_Answer):
    """Agreed with what is shown."""

    id, key, label, words, view = "standardise.agree", "a", "agree", "You agree with what is shown", View.AGREE


class NotAgreed(_Answer):
    """Not agreed, with a reason."""

    id, key, label, view = "standardise.not-agreed", "x", "not agreed", View.NOT_AGREED
    words = "You do not agree with what is shown, and say why"


class Note(Command["AnsweringScreen"]):
    """What one says to one's answer."""

    id, key, label, words = "standardise.note", "n", "note", "What you say to your answer"

    async def run(self, on: AnsweringScreen) -> None:
        await on.write_note()


class NextCriterion(Down):
    """A line down."""

    id, words = "standardise.down", "Next criterion"


class CriterionBefore(Up):
    """A line up."""

    id, words = "standardise.up", "Criterion before"


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
    AnsweringScreen #which { height: 1; padding: 0 1; color: $quiet; }
    AnsweringScreen .text { layout: vertical; height: 1fr; }
    AnsweringScreen.-wide .asked-and-text { layout: horizontal; }
    AnsweringScreen.-wide .asked { width: 52; height: 1fr; }
    AnsweringScreen.-wide #criteria { height: 1fr; }
    AnsweringScreen.-wide #about { max-height: 20; }
    AnsweringScreen.-wide .text { width: 1fr; }
    """
    SHAPE = Shape.WHOLE
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012  # as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (12, "-tall")]  # noqa: RUF012  # as Textual declares it
    DOES = (Leave, Pass, Refer, Agree, NotAgreed, Note, NextCriterion, CriterionBefore, NextText, TextBefore)
    BINDINGS = bindings(*DOES)

    @dataclass
    class MaterialKnown(Message):
        """One more text of what is looked at was read, ready to be shown; or what stopped the reading."""

        known: Material | MarkTermError
        document: EvidenceDocument | None = None

    def __init__(self, centre: Centre, told: Standardisation) -> None:
        super().__init__()
        self._centre = centre
        self._told = told
        self._asks: dict[Asked, tuple[str, EvidenceDocument]] = {}
        self._texts: dict[int, list[tuple[str, EvidenceDocument]]] = {}
        self._turned: dict[int, int] = {}

    def compose(self) -> ComposeResult:
        """How far one is, the criteria, what the one under the cursor asks, the evidence, and what to press."""
        asked = Container(_Criteria(self._told), Static(id="about"), classes="asked")
        text = Container(Static(id="which"), EvidencePage(), classes="text")
        yield from self.framed("", Container(asked, text, classes="asked-and-text"), keys="")

    def on_mount(self) -> None:
        """Read the evidence in the background."""
        self.query_one(EvidencePage).focus()
        self.query_one(_Criteria).styles.height = (
            None if self.has_class("-wide") else min(len(self._criteria.asked), _MOST_CRITERIA)
        )
        self._draw()
        self._read()

    @property
    def _criteria(self) -> _Criteria:
        return self.query_one(_Criteria)

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
        """Read what is looked at, text by text, with names covered."""
        try:
            for each in self._centre.standardisation.material(self._told):
                kind = EvidenceKind.MARKDOWN if each.is_markdown else EvidenceKind.TEXT
                text = clean(each.text)
                document = EvidenceDocument.of(EvidenceText(text.text, text.replaced, ""), kind)
                self.post_message(self.MaterialKnown(each, document))
        except MarkTermError as error:
            self.post_message(self.MaterialKnown(error))

    @on(MaterialKnown)
    def take_material(self, event: MaterialKnown) -> None:
        """Show it, if it belongs to the criterion under the cursor."""
        if not self.is_open:
            return
        known = event.known
        if isinstance(known, MarkTermError):
            tell(self, Failed(known))
            return
        if event.document is None:
            return
        if known.criterion:
            self._asks[known.exhibit, known.criterion] = known.text, event.document
        else:
            own = self._texts.setdefault(known.exhibit, [])
            own.append((known.heading, event.document))
            if known.exhibit == self._at[0] and len(own) == 1:
                self._show_text()
        self._say()

    def _texts_here(self) -> list[tuple[str, EvidenceDocument]]:
        """The texts of the exhibit under the cursor, and behind them all that the criterion asks: there is not room for
        it beside them in every terminal."""
        place, number = self._at
        asks = self._asks.get(self._at)
        return [*self._texts.get(place, ()), *([(f"what {number} asks", asks[1])] if asks is not None else [])]

    def turn(self, step: int) -> None:
        """Show another text of the exhibit."""
        count = len(self._texts_here())
        if count:
            self._turned[self._at[0]] = (self._turned.get(self._at[0], 0) + step) % count
            self._show_text()
            self._say()

    def _show_text(self) -> None:
        texts, page = self._texts_here(), self.query_one(EvidencePage)
        if not self._texts.get(self._at[0]):
            page.show_message("Reading …", "What is looked at is read, and names are covered.")
            return
        heading, document = texts[min(self._turned.get(self._at[0], 0), len(texts) - 1)]
        if page.document is not document:
            page.show(document, heading)

    # Showing

    @on(LineList.Moved)
    def moved(self, event: LineList.Moved) -> None:
        """Another criterion: what it asks, and the text of its exhibit."""
        event.stop()
        self._show_text()
        self._say()
        self.refresh_bindings()

    def _draw(self) -> None:
        self._criteria.own = self._told.views.get(self._member, {})
        self._criteria.lines_changed()
        self._show_text()
        self._say()

    def _say(self) -> None:
        asked, own = self._criteria.asked, self._criteria.own
        self.say_title(one_line(f"Standardisation, {self._told.qualification}: {len(own)} of {len(asked)} answered"))
        asks = self._asks.get(self._at)
        about = [Content(asks[0] if asks is not None else "")]
        if self._at in own and own[self._at].note.strip():
            about.insert(0, Content.styled(one_line(f"Your note: {own[self._at].note}"), "italic"))
        self.query_one("#about", Static).update(Content("\n").join(about))
        texts = self._texts_here()
        turned = min(self._turned.get(self._at[0], 0), len(texts) - 1)
        which = one_line(f"{texts[turned][0]}  (text {turned + 1} of {len(texts)})") if texts else ""
        self.query_one("#which", Static).update(Content(which), layout=False)
        answers = _DECIDE if View.PASS in self.answers else _AGREE
        self.query_one(".keys", Static).update(Content(keyed(f"{answers} · {_KEYS}", short=True)), layout=False)

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
                one_line(f"{viewed.exhibit} {viewed.criterion}: {viewed.view}"),
                detail,
                begun or viewed.note,
                save,
                lambda text: drafts.keep(text, *place),
                turn_page=self._turn_page,
                throw_away=lambda: drafts.forget(*place),
            ),
            left,
        )

    def _draft_of(self, viewed: Viewed) -> tuple[DraftKind, str, UnitKey, str]:
        """Where what is begun to write is kept: of no learner, but of what is standardised."""
        exhibit = self._told.exhibits[viewed.exhibit - 1]
        unit = UnitKey(exhibit.unit, exhibit.version)
        return DraftKind.NOTE, f"standardisation {self._told.uid}", unit, f"{viewed.exhibit} {viewed.criterion}"

    def _turn_page(self, step: int) -> None:
        page = self.query_one(EvidencePage)
        if step > 0:
            page.page_down()
        else:
            page.page_up()

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
