"""A learner's portfolio by standard: what evidences each statement, where it stands, and what remains."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import suppress

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from markterm.centre.by_standard import IndexOfLearner
from markterm.centre.centre import Centre
from markterm.centre.export.shown import OnScreen, Place
from markterm.domain.assessed.mapping import Strength
from markterm.domain.record.citation import Passage, since_cited
from markterm.domain.standards.evidenced import ShownBy, StatementOfLearner
from markterm.domain.standards.portfolio_index import in_words
from markterm.domain.views.signs import CRITERION_SIGNS
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import clean, one_line
from markterm.evidence.hashing import Hashing
from markterm.evidence.progress import Urgency
from markterm.tui.blindfold import Blindfold
from markterm.tui.command import Command, bindings, keyed
from markterm.tui.local_time import moment
from markterm.tui.requests import OpenLearner, ask
from markterm.tui.standards.index_list import IndexList, lines_of
from markterm.tui.standards.sheets_read import read_behind
from markterm.tui.widgets import modal
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.fitted import Fitted
from markterm.tui.widgets.line_list import LineList, up_and_down
from markterm.tui.widgets.modal import Modal, Shape
from markterm.tui.widgets.reading import ReadingScreen
from markterm.tui.widgets.shown_anew import export, look_again
from markterm.tui.widgets.totals_line import TotalsLine, first_to_know

_READING = "The record and the sheets are being read."
_NONE = (
    "The centre has no standards yet. Published ones are taken in at the command line, and each becomes a sheet in "
    "mark_sheets/standards."
)


class Leave(modal.Leave):
    """Back to where one was."""

    id, words = "index.leave", "Back to the screen"


class Read(Command["PortfolioIndexScreen"]):
    """Everything that evidences the statement under the cursor."""

    id, key, label, words = "index.read", "enter", "read", "The statement, and all of what evidences it"

    async def run(self, on: PortfolioIndexScreen) -> None:
        await on.read()


class Go(Command["PortfolioIndexScreen"]):
    """Open the learner at the criterion that covers it."""

    id, key, label, words = "index.go", "o", "open", "Open the learner at the criterion that covers it"

    async def run(self, on: PortfolioIndexScreen) -> None:
        await on.open_criterion()


class Remaining(Command["PortfolioIndexScreen"]):
    """Only what remains, or all of it again."""

    id, key, label, words = "index.remaining", "f", "only", "Only what remains, and all of it again"

    async def run(self, on: PortfolioIndexScreen) -> None:
        on.turn_remaining()


class Which(Command["PortfolioIndexScreen"]):
    """By another standard."""

    id, key, label, words = "index.standard", "s", "standard", "By another standard, or by a suite"

    async def run(self, on: PortfolioIndexScreen) -> None:
        await on.choose_standard()


class PortfolioIndexScreen(Modal[None]):
    """A learner's portfolio by a standard or a suite."""

    TITLE = "Portfolio by standard"
    HELP = (
        "What of a standard the learner has evidenced: a statement a line, performance apart from knowledge, with the "
        "criteria that evidence it. A criterion counts once it is passed and nothing has to be settled in it; "
        "✓ is evidenced, ◐ in part, · covered by a criterion that does not count yet, – in none of their units. "
        "Whether its unit is closed, verified and released stands beside it: this is the centre's view, and tells of "
        "decisions that the learner has not been given.\n"
        "{index.read} reads all of what evidences a statement, {index.go} opens the learner at the criterion. "
        "{index.remaining} shows only what remains, {index.standard} chooses another standard or a suite, "
        "{index.export} exports it. {index.refresh} reads everything again."
    )
    SHAPE = Shape.WHOLE
    DEFAULT_CSS = """
    PortfolioIndexScreen .about { height: 6; padding: 0 1; background: $surface; }
    """
    DOES = (
        Leave,
        Read,
        Go,
        Remaining,
        Which,
        export("index", "Export it as a document"),
        *up_and_down("index", "statement"),
        look_again("index", "Read the record and the sheets again"),
    )
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre, blindfold: Blindfold, registration: str, name: str = "") -> None:
        super().__init__()
        self._centre = centre
        self._blindfold = blindfold
        self.registration = registration
        """Of whom it is."""
        self.name_of_standard = name
        """By which standard or suite, by its code; empty until it is known."""
        self._found: IndexOfLearner | None = None
        self._only_remaining = False
        self._nothing = _READING
        self._hashing = Hashing(urgency=Urgency.SOON)
        self._files: Mapping[str, str] | None = None

    @property
    def to_export(self) -> OnScreen:
        """The index of whoever is shown, by what it is shown by."""
        return OnScreen(Place.INDEX, (self.registration,), answers={"standard": self.name_of_standard})

    def compose(self) -> ComposeResult:
        """A title, the statements, the one under the cursor, what it comes to, and what to press."""
        yield from self.framed(
            "Portfolio by standard",
            IndexList(),
            Fitted(classes="about"),
            TotalsLine(),
            keys="{index.remaining} only · {index.standard} standard · {index.go} opens · {index.leave} leaves · "
            "{index.read} reads · {index.export} export",
        )

    def on_mount(self) -> None:
        """Read in the background."""
        self._list.focus()
        self._say_about()
        self.look()

    @property
    def _list(self) -> IndexList:
        return self.query_one(IndexList)

    @work(exclusive=True, group="index")
    async def look(self, *, anew: bool = False) -> None:
        """Read the record and the sheets, and show what they come to."""
        await read_behind(self, self._centre, self._read_index, self._take, anew=anew)

    def _take(self, found: IndexOfLearner | None) -> None:
        self._found, self._nothing = found, _NONE
        self._show()
        if found is not None and any(each.citations for own in found.index.statements for each in own.by):
            self._look_at_files()

    @work(exclusive=True, group="files")
    async def _look_at_files(self) -> None:
        """Find out what became of the files that are cited: hashed behind what is shown, and no longer than that is."""
        fixing, hashing = self._centre.fixing, self._hashing

        def read() -> Mapping[str, str]:
            with fixing.hashed_by(hashing):
                return fixing.fingerprints(self.registration)

        with suppress(MarkTermError):  # A folder that cannot be read is told of where its files are listed.
            self._files = await asyncio.to_thread(read)
            self._say_about()

    def on_unmount(self) -> None:
        """Nobody waits for the files any more."""
        self._hashing.stop.set()

    def _read_index(self) -> IndexOfLearner | None:
        by_standard = self._centre.by_standard
        self.name_of_standard = self.name_of_standard or by_standard.usual(self.registration)
        return by_standard.index(self.registration, self.name_of_standard) if self.name_of_standard else None

    def _show(self) -> None:
        found = self._found
        if found is not None:
            self._list.show(lines_of(found.index, only_remaining=self._only_remaining))
            alias = self._blindfold.alias(self.registration)
            who = alias or one_line(f"{found.shown.learner.name}  {self.registration}")
            self.say_title(Content(f"{who}  by {one_line(found.name)}: {in_words(found.index.statements)}"))
            remaining = "only what remains" if self._only_remaining else ""
            told = first_to_know(found.index.caveats)
            incomplete = "! the record is incomplete" if found.shown.incomplete else ""
            self.query_one(TotalsLine).say((remaining, incomplete, told))
        self._say_about()

    def turn_remaining(self) -> None:
        """Show only what remains, or all of it."""
        self._only_remaining = not self._only_remaining
        self._show()

    async def choose_standard(self) -> None:
        """Have a standard or a suite chosen."""
        names = await asyncio.to_thread(self._centre.by_standard.titles)
        if not names:
            self.notify(_NONE, markup=False)
            return
        codes = list(names)
        words = [one_line(f"{code} {title}") for code, title in names.items()]
        current = codes.index(self.name_of_standard) if self.name_of_standard in codes else 0

        def take(choice: int | None) -> None:
            if choice is not None:
                self.name_of_standard = codes[choice]
                self.look()

        await self.app.push_screen(ChoiceScreen("By which standard?", words, current), take)

    @on(LineList.Moved)
    def _say_about(self) -> None:
        chosen = self._list.chosen
        if chosen is not None:
            told = Content("\n").join(self._told(chosen, whole=False))
        elif self._found is not None and self._only_remaining and not self._found.index.remaining:
            told = Content(keyed("Nothing remains. {index.remaining} shows all of it again."))
        else:
            told = Content(self._nothing)
        self.query_one(".about", Static).update(told, layout=False)

    @on(LineList.Chosen)
    async def read_chosen(self, event: LineList.Chosen) -> None:
        """A click reads, as Enter does."""
        event.stop()
        await self.read()

    async def read(self) -> None:
        """Show all of what evidences the statement under the cursor; what is to be known of the whole comes first."""
        chosen, found = self._list.chosen, self._found
        if chosen is None or found is None:
            return
        lines = [Content.styled(one_line(f"! {each}"), "$warning") for each in found.index.caveats]
        lines += [*([Content("")] if lines else []), *self._told(chosen, whole=True)]
        title = one_line(f"{chosen.standard.key} {chosen.statement.code}")
        await self.app.push_screen(ReadingScreen(title, Content("\n").join(lines)))

    async def open_criterion(self) -> None:
        """Open the learner at a criterion that covers the statement, one that does not count yet before others."""
        chosen = self._list.chosen
        if chosen is None:
            return
        if not chosen.by:
            self.notify("None of the learner's units covers it.", markup=False)
            return
        own = next((each for each in chosen.by if not each.counts), chosen.by[0])
        await self.dismiss(None)
        await ask(self, OpenLearner(self.registration, (own.unit.code, own.criterion.number)))

    def _told(self, statement: StatementOfLearner, *, whole: bool) -> Iterator[Content]:
        own = statement.statement
        state = Content.styled(f"{statement.state.sign} {statement.state.value}", "bold")
        yield Content.assemble(state, "  ", Content(one_line(f"{own.code} {own.text}")))
        for each in statement.by:
            if whole:
                yield Content("")
            yield Content(one_line(self._criterion(each)))
            if each.decision is None:
                continue
            for citation in each.citations:
                told = one_line(self._cited(each, citation.passage))
                yield Content.assemble("  ", Content.styled(told, "$quiet"))
            if each.decision.note.strip():
                note = clean(each.decision.note).text if whole else one_line(each.decision.note)
                yield Content(f"  {note}")

    def _cited(self, shown: ShownBy, passage: Passage) -> str:
        place, since = f"{passage.file}, {passage.locator}", ""
        if self._files is not None and self._found is not None:
            destroyed = self._found.shown.portfolio.destroyed_of(shown.unit.key) is not None
            since = since_cited(passage, self._files, destroyed=destroyed)
        return f"{place}{f' ({since})' if since else ''}: “{passage.quote}”"

    def _criterion(self, shown: ShownBy) -> str:
        part = "" if shown.mapped.strength is Strength.FULLY else f", {shown.mapped.strength.value}"
        place = f"{shown.unit.code} {shown.criterion.number}{part}"
        if shown.decision is None:
            return f"{place}: {shown.why_not} ({shown.unit_words})"
        by = self._centre.details.name_of(shown.decision.actor, shown.decision.at)
        return f"{place}: {CRITERION_SIGNS[shown.state]}, {by}, {moment(shown.decision.at)} ({shown.unit_words})"
