"""What units cover of a standard or suite: statement by unit, to move in both ways, and the functional map."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from markterm.centre.centre import Centre
from markterm.centre.export.shown import OnScreen, Place
from markterm.domain.assessed.mapping import Strength
from markterm.domain.assessed.standard import StatementKind
from markterm.domain.assessed.suite import Suite
from markterm.domain.assessed.unit import Unit
from markterm.domain.standards.coverage import CoveredFunction, CoveredStatement, Covering, Only
from markterm.domain.standards.coverage_asked import CoverageAsked
from markterm.domain.views.totals import part_shown
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plot.functional_map import legend, map_in_a_line, share_in_words
from markterm.tui.command import Command, bindings, keyed
from markterm.tui.requests import Failed, tell
from markterm.tui.standards.coverage_matrix import STYLES, CoverageMatrix, FunctionalMap
from markterm.tui.widgets import modal
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.fitted import Fitted
from markterm.tui.widgets.keys_line import KeysLine
from markterm.tui.widgets.line_list import LineList, up_and_down
from markterm.tui.widgets.modal import Modal, Shape
from markterm.tui.widgets.reading import ReadingScreen
from markterm.tui.widgets.shown_anew import export, look_again
from markterm.tui.widgets.totals_line import TotalsLine

_ONLY = {
    Only.ALL: "",
    Only.UNCOVERED: "only what nothing covers",
    Only.PARTLY: "only what is covered in part",
    Only.TWICE: "only what is covered more than once",
}


_KEYS = (
    "{coverage.only} only · {coverage.kind} kind · {coverage.map} map · {coverage.of} of what · "
    "{coverage.leave} leaves · {coverage.export} export · {coverage.read} reads · {coverage.not-counted} not counted"
)
_KEYS_OF_MAP = (
    "{coverage.map} statements · {coverage.of} of what · {coverage.leave} leaves · {coverage.export} export · "
    "{coverage.not-counted} not counted"
)


class Leave(modal.Leave):
    """Back to where one was."""

    id, words = "coverage.leave", "Back to the screen"


class Read(Command["CoverageScreen"]):
    """Read all of it."""

    id, key, label, words = "coverage.read", "enter", "read", "The statement, and everything that covers it"

    def works(self, on: CoverageScreen) -> bool:
        return not on.shows_map

    async def run(self, on: CoverageScreen) -> None:
        await on.read()


class TurnOnly(Command["CoverageScreen"]):
    """Only some statements."""

    id, key, label = "coverage.only", "f", "only"
    words = "Only what nothing covers, what is covered in part, or more than once; and all again"

    def works(self, on: CoverageScreen) -> bool:
        return not on.shows_map

    async def run(self, on: CoverageScreen) -> None:
        on.turn_only()


class TurnKind(Command["CoverageScreen"]):
    """Only one kind of statement."""

    id, key, label, words = "coverage.kind", "t", "kind", "Only one kind of statement, such as knowledge; and all again"

    def works(self, on: CoverageScreen) -> bool:
        return not on.shows_map

    async def run(self, on: CoverageScreen) -> None:
        on.turn_kind()


class TurnMap(Command["CoverageScreen"]):
    """The functional map, or the statements."""

    id, key, label, words = "coverage.map", "m", "map", "The functional map of the suite, or the statements again"

    async def run(self, on: CoverageScreen) -> None:
        on.turn_map()


class OfWhat(Command["CoverageScreen"]):
    """Of another qualification or unit."""

    id, key, label, words = "coverage.of", "u", "of", "Of a qualification, of one unit, or of all that are mapped"

    async def run(self, on: CoverageScreen) -> None:
        await on.choose_of()


class ToKnow(Command["CoverageScreen"]):
    """What is mapped and does not count."""

    id, key, label = "coverage.not-counted", "n", "not counted"
    words = "What is mapped and does not count, and what else is to be known"

    async def run(self, on: CoverageScreen) -> None:
        await on.read_uncounted()


class Right(Command["CoverageScreen"]):
    """The unit to the right."""

    id, key, words = "coverage.right", "l,right", "Next unit"

    async def run(self, on: CoverageScreen) -> None:
        on.step(1)


class Left(Command["CoverageScreen"]):
    """The unit to the left."""

    id, key, words = "coverage.left", "h,left", "Unit before"

    async def run(self, on: CoverageScreen) -> None:
        on.step(-1)


class CoverageScreen(Modal[None]):
    """What units cover of a standard or a suite."""

    TITLE = "Coverage"
    HELP = (
        "Which statements the criteria of the units cover, by what is mapped: a statement a row, a unit a column, in "
        "a cell the criteria, in brackets those that cover a part. The arrows or h j k l move in both ways; what "
        "stands under the cursor is told below, and {coverage.read} shows everything that covers the statement.\n"
        "{coverage.only} shows only what nothing covers, then what is covered in part, then what is covered more than "
        "once; {coverage.kind} one kind of statement. {coverage.map} shows the functional map of a suite with how far "
        "each function is covered. {coverage.of} asks it of a qualification or a unit.\n"
        "{coverage.not-counted} tells what is mapped and does not count: a mapping to one version of a standard covers "
        "nothing of another."
    )
    SHAPE = Shape.WHOLE
    DEFAULT_CSS = """
    CoverageScreen .columns { height: 1; color: $quiet; text-wrap: nowrap; }
    CoverageScreen .about { height: 4; padding: 0 1; background: $surface; }
    CoverageScreen FunctionalMap { display: none; }
    CoverageScreen.-map FunctionalMap { display: block; }
    CoverageScreen.-map CoverageMatrix, CoverageScreen.-map .columns { display: none; }
    """
    DOES = (
        Leave,
        Read,
        TurnOnly,
        TurnKind,
        TurnMap,
        OfWhat,
        ToKnow,
        export("coverage", "Export it as tables, or as a document with the map"),
        *up_and_down("coverage", "statement"),
        Right,
        Left,
        look_again("coverage", "Read the sheets again"),
    )
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre, target: str, version: str = "", of: Sequence[str] = ()) -> None:
        super().__init__()
        self._centre = centre
        self._target, self._version, self._of = target, version, tuple(of)
        self._only = Only.ALL
        self._kind: StatementKind | None = None
        self.asked: CoverageAsked | None = None
        """What is shown, once it is known."""
        self.shows_map = False
        self._matrix, self._map = CoverageMatrix(), FunctionalMap()

    @property
    def to_export(self) -> OnScreen | None:
        """What is shown, once it is known."""
        return OnScreen(Place.COVERAGE, coverage=self.asked) if self.asked is not None else None

    def compose(self) -> ComposeResult:
        """A title, the units, the statements, the one under the cursor, and what to press."""
        yield from self.framed(
            "Coverage",
            Static(classes="columns"),
            self._matrix,
            self._map,
            Fitted(classes="about"),
            TotalsLine(),
            keys=_KEYS,
        )

    def on_mount(self) -> None:
        """Read in the background."""
        self._matrix.focus()
        self.query_one(".about", Static).update("The sheets are being read.")
        self.look()

    def on_resize(self) -> None:
        """Another number of units is in sight."""
        self.call_after_refresh(self._say_columns)

    @property
    def shown(self) -> LineList:
        """What has the keys: the statements, or the map."""
        return self._map if self.shows_map else self._matrix

    @work(exclusive=True, group="coverage")
    async def look(self, *, anew: bool = False) -> None:
        """Read the sheets and show what they say."""
        centre = self._centre
        if anew:
            centre.sheets.forget()
        try:
            self.asked = await asyncio.to_thread(centre.coverages.of, self._of, self._target, self._version)
        except MarkTermError as error:
            tell(self, Failed(error))
            return
        if self._kind not in self.asked.coverage.kinds:
            self._kind = None
        if isinstance(self.asked.target, Suite):
            self._map.show(self.asked.target, self.asked.areas)
        elif self.shows_map:
            self.turn_map()
        self._show()

    def _show(self) -> None:
        asked = self.asked
        if asked is None:
            return
        statements = asked.coverage.among(self._only, self._kind)
        self._matrix.show(statements, asked.coverage.units)
        share = asked.coverage.share
        told = f"{share.fully} of {share.of} covered, {share.partly} in part, {share.uncovered} not"
        pieces = [Content(f"{one_line(f'{asked.of_what} beside {asked.target.code}')}: "), Content.styled(told, "bold")]
        if asked.coverage.uncounted or asked.caveats:
            to_know = len(asked.coverage.uncounted) + len(asked.caveats)
            pieces.append(Content.styled(keyed(f"   {to_know} to know: {{coverage.not-counted}}"), "$warning"))
        pieces.append(Content.styled(f"   {one_line(asked.target_title)}", "$quiet"))
        self.say_title(Content.assemble(*pieces))
        part = part_shown(len(statements), share.of)
        kind = f"only {self._kind.value.lower()}" if self._kind is not None else ""
        twice = f"{share.twice} covered more than once" if share.twice else ""
        sums = (
            f"{each.value.lower()} {own.fully} of {own.of}"
            for each in asked.coverage.kinds
            for own in (asked.coverage.of_kind(each),)
        )
        told_of = map_in_a_line(asked.areas) if self.shows_map else ""
        self.query_one(TotalsLine).say((told_of, part, _ONLY[self._only], kind, *sums, twice))
        self._say_columns()
        self._say_about()

    def _say_columns(self) -> None:
        self.query_one(".columns", Static).update(Content(self._matrix.head), layout=False)

    @on(LineList.Moved)
    def _moved(self) -> None:
        self._say_about()

    def step(self, step: int) -> None:
        """To the unit beside."""
        if not self.shows_map:
            self._matrix.step(step)
            self._say_columns()

    def turn_only(self) -> None:
        """Show the next some of the statements."""
        every = tuple(Only)
        self._only = every[(every.index(self._only) + 1) % len(every)]
        self._show()

    def turn_kind(self) -> None:
        """Show the next kind of statement."""
        if self.asked is not None:
            every = (None, *self.asked.coverage.kinds)
            self._kind = every[(every.index(self._kind) + 1) % len(every)]
            self._show()

    def turn_map(self) -> None:
        """Show the functional map, or the statements."""
        if self.asked is not None and not self.asked.areas and not self.shows_map:
            self.notify("A suite has a functional map, and this one has none.", markup=False)
            return
        self.shows_map = not self.shows_map
        self.set_class(self.shows_map, "-map")
        self.query_one(KeysLine).say(_KEYS_OF_MAP if self.shows_map else _KEYS)
        self.shown.focus()
        self.refresh_bindings()
        self._show()

    async def choose_of(self) -> None:
        """Have it chosen of what it is asked."""
        choices = await asyncio.to_thread(lambda: self._centre.coverages.choices)
        words = ["all units that are mapped to it", *(f"{each.code} {each.title}" for each in choices)]
        codes = [(), *((each.code,) for each in choices)]
        current = codes.index(self._of) if self._of in codes else 0

        def take(choice: int | None) -> None:
            if choice is not None:
                self._of = codes[choice]
                self.look()

        await self.app.push_screen(ChoiceScreen("What covers it?", words, current), take)

    def _say_about(self) -> None:
        lines: list[Content] = []
        if self.shows_map:
            function = self._map.chosen
            lines = list(_about_function(function)) if function is not None else []
            if self.asked is not None:
                lines.append(Content.styled(legend(self.asked.areas), "$quiet"))
        elif self._matrix.chosen is not None:
            lines = list(_about(self._matrix.chosen, self._matrix.unit))
        elif self.asked is not None:
            lines = [Content(self._why_nothing())]
        self.query_one(".about", Static).update(Content("\n").join(lines), layout=False)

    def _why_nothing(self) -> str:
        if self._only is Only.ALL and self._kind is None:
            return "There is no statement to look at: the centre has no sheet of its standards, or they hold none."
        return keyed("No statement is like that. {coverage.only} and {coverage.kind} show others.")

    @on(LineList.Chosen)
    async def read_chosen(self, event: LineList.Chosen) -> None:
        """A click reads, as Enter does."""
        event.stop()
        await self.read()

    async def read(self) -> None:
        """Show everything of the statement under the cursor."""
        each, asked = self._matrix.chosen, self.asked
        if each is None or asked is None or self.shows_map:
            return
        units = {unit.key: unit for unit in asked.coverage.units}
        lines = [Content(one_line(each.statement.text)), Content(""), _state(each)]
        for own in each.by:
            lines += [Content(""), *_covering(own, units[own.unit])]
        title = one_line(f"{each.standard.key} {each.statement.code}: {each.statement.kind.value.lower()}")
        await self.app.push_screen(ReadingScreen(title, Content("\n").join(lines)))

    async def read_uncounted(self) -> None:
        """Show what does not count, and the caveats."""
        if self.asked is None:
            return
        lines = [Content(one_line(each)) for each in self.asked.caveats]
        for each in self.asked.coverage.uncounted:
            where = f"{each.unit} {each.criterion}".rstrip()
            lines.append(Content(one_line(f"{where}: {each.named}: {each.why}")))
        if not lines:
            lines = [Content("Everything that is mapped to it counts, and nothing is missing.")]
        title = counted(len(self.asked.coverage.uncounted), "pair")
        await self.app.push_screen(ReadingScreen(f"Mapped and not counted: {title}", Content("\n").join(lines)))


def _state(each: CoveredStatement) -> Content:
    told = f"{each.state.sign} {each.state}{', more than once' if each.is_twice else ''}"
    return Content.styled(told, f"${'success' if STYLES[each.state] == 'sign--pass' else 'warning'}")


def _about(each: CoveredStatement, unit: Unit | None) -> Iterator[Content]:
    name = one_line(f"{each.standard.key} {each.statement.code} {each.statement.text}")
    yield Content.assemble(_state(each), Content("  "), Content(name))
    own = [by for by in each.by if unit is not None and by.unit == unit.key]
    if unit is not None and own:
        yield from (line for by in own for line in _covering(by, unit))
    elif unit is not None:
        yield Content.styled(one_line(f"{unit.code} {unit.title}: nothing in it covers this."), "$quiet")


def _covering(each: Covering, unit: Unit) -> Iterator[Content]:
    criterion = unit.criterion(each.mapped.criterion)
    how = "covers it" if each.mapped.strength is Strength.FULLY else "covers a part"
    note = f" ({each.mapped.note})" if each.mapped.note else ""
    words = criterion.text if criterion is not None else ""
    yield Content(one_line(f"{unit.code} {each.mapped.criterion} {how}{note}: {words}"))


def _about_function(each: CoveredFunction) -> Iterator[Content]:
    yield Content(one_line(f"{each.function.code} {each.function.title}: {each.state} {share_in_words(each)}".rstrip()))
