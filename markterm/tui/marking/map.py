"""The map: every criterion of every unit of a learner in a grid, to move in and go to one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.domain.assessed.unit import OFF_SHEET, Criterion, Unit
from markterm.domain.record.outcome import count
from markterm.domain.record.states import DECIDED
from markterm.domain.views.signs import outcome_sign
from markterm.domain.views.verified import CriterionVerified, by_criterion
from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import Command, bindings
from markterm.tui.signs import CRITERION_SIGNS
from markterm.tui.widgets import modal
from markterm.tui.widgets.criterion_detail import NO_CRITERIA
from markterm.tui.widgets.fitted import Fitted
from markterm.tui.widgets.line_list import LineList, Piece, fit
from markterm.tui.widgets.modal import Modal, Shape
from markterm.tui.widgets.verified_lines import SIGNS

_LABEL, _CELL = 6, 10
_TITLE = 24
"""So much room is left, or the title of the outcome is not said beside its criteria."""
_BESIDE = 6
"""Lines that are not the grid's: the title, the criterion under the cursor, the signs, and the keys."""


class Go(Command["MapScreen"]):
    """Go to the criterion under the cursor."""

    id, key, label, words = "map.go", "enter", "go", "Go to this criterion"

    async def run(self, on: MapScreen) -> None:
        on.go()


class Leave(modal.Leave):
    """Stay where one is."""

    id, key, words = "map.leave", "escape,q,m", "Stay where you are"


class Down(Command["MapScreen"]):
    """A row down."""

    id, key, words = "map.down", "j,down", "Down"

    async def run(self, on: MapScreen) -> None:
        on.grid.action_move(1)


class Up(Command["MapScreen"]):
    """A row up."""

    id, key, words = "map.up", "k,up", "Up"

    async def run(self, on: MapScreen) -> None:
        on.grid.action_move(-1)


class Right(Command["MapScreen"]):
    """The next criterion."""

    id, key, words = "map.right", "l,right", "Next criterion"

    async def run(self, on: MapScreen) -> None:
        on.grid.step(1)


class Left(Command["MapScreen"]):
    """The criterion before."""

    id, key, words = "map.left", "h,left", "Criterion before"

    async def run(self, on: MapScreen) -> None:
        on.grid.step(-1)


@dataclass(frozen=True, slots=True)
class _Row:
    """Criteria of one outcome beside each other; none in the heading of a unit."""

    unit: Unit
    label: str
    title: str
    criteria: tuple[Criterion, ...] = ()


class _Grid(LineList, inherit_bindings=True):
    """An outcome a row, or several where it is wider than the screen; the cursor is on one criterion of a row."""

    COMPONENT_CLASSES = {"map--here"}  # noqa: RUF012  # as Textual declares it
    DEFAULT_CSS = """
    _Grid > .line-list--cursor { background: $panel; text-style: none; }
    _Grid > .map--here { background: $cursor; text-style: bold; }
    """

    def __init__(self, shown: LearnerPortfolio, here: tuple[str, str] | None) -> None:
        super().__init__()
        self._shown = shown
        self._here = here
        self._rows: tuple[_Row, ...] = ()
        self._widest = 0
        self._column = 0
        """The one that is kept to when the cursor goes up and down; a short row has its last."""
        self._verified: dict[str, Mapping[str, CriterionVerified]] = {
            unit.code: by_criterion(shown.portfolio.unit(unit.key)) for unit in shown.units
        }

    def lay_out(self, width: int) -> None:
        """Fill the rows for that width; the cursor stays on its criterion."""
        here = self.chosen or self._here
        across = max((width - 1 - _LABEL) // _CELL, 1)
        self._rows = tuple(_rows(self._shown.units, across))
        self._widest = max((len(row.criteria) for row in self._rows), default=0)
        places = [
            (row, column)
            for row, each in enumerate(self._rows)
            for column, criterion in enumerate(each.criteria)
            if here is None or (each.unit.code, criterion.number) == here
        ]
        row, self._column = places[0] if places else (self._nearest(0), 0)
        self.move_to(row)

    @property
    def column(self) -> int:
        """The column of the cursor in its row."""
        return min(self._column, max(len(self._rows[self.cursor].criteria) - 1, 0))

    @property
    def chosen(self) -> tuple[str, str] | None:
        """The code of the unit and the number of the criterion under the cursor."""
        found = self.criterion
        return (found[0].code, found[1].number) if found is not None else None

    @property
    def criterion(self) -> tuple[Unit, Criterion] | None:
        """The criterion under the cursor, with its unit."""
        row = self._rows[self.cursor] if self.cursor < len(self._rows) else None
        return (row.unit, row.criteria[self.column]) if row is not None and row.criteria else None

    def step(self, step: int) -> None:
        """One criterion to the right or left; beyond the end of a row comes the next."""
        if self.criterion is None:
            return
        row, column = self.cursor, self.column + step
        if 0 <= column < len(self._rows[row].criteria):
            self._put(row, column)
            return
        others = range(row + 1, len(self._rows)) if step > 0 else range(row - 1, -1, -1)
        beside = next((index for index in others if self._rows[index].criteria), None)
        if beside is not None:
            self._put(beside, 0 if step > 0 else len(self._rows[beside].criteria) - 1)

    def _put(self, row: int, column: int) -> None:
        self._column = column
        if row != self.cursor:
            self.cursor = row
        else:
            self.refresh_index(row)
            self.post_message(self.Moved(self, row))

    def clicked(self, x: int, y: int) -> None:
        """Put the cursor on a criterion; a click on that under the cursor goes there."""
        row, column = self._top + y, (x - _LABEL) // _CELL
        if not (self.can_stand_on(row) and 0 <= column < len(self._rows[row].criteria)):
            return
        if (row, column) == (self.cursor, self.column):
            self.action_choose()
        else:
            self._put(row, column)

    def line_count(self) -> int:
        return len(self._rows)

    def can_stand_on(self, index: int) -> bool:
        return 0 <= index < len(self._rows) and bool(self._rows[index].criteria)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        row = self._rows[index]
        if not row.criteria:
            record = self._shown.portfolio.unit(row.unit.key)
            state = f"{count(row.unit, record, *DECIDED)}/{len(row.unit.criteria)}"
            if record.closing is not None:
                state = f"closed {outcome_sign(record.closing)}"
            title = f" {one_line(f'{row.unit.code} {row.unit.title}')}"
            yield fit(title, max(width - len(state) - 1, 4)) + " " + state, "sign--heading"
            return
        yield fit(f" {row.label}", _LABEL), "sign--quiet"
        for column, criterion in enumerate(row.criteria):
            yield from self._criterion(row.unit, criterion, is_here=index == self.cursor and column == self.column)
        beside = self._widest * _CELL
        room = width - _LABEL - beside
        if room >= _TITLE:
            yield fit("", beside - len(row.criteria) * _CELL) + fit(one_line(row.title), room), "sign--quiet"

    def _criterion(self, unit: Unit, criterion: Criterion, *, is_here: bool) -> Iterator[Piece]:
        sign = CRITERION_SIGNS[self._shown.portfolio.unit(unit.key).criterion(criterion.number).state]
        verified = self._verified[unit.code].get(criterion.number)
        answered = SIGNS[verified.state][0] if verified is not None else ""
        number = fit(f"{'▸' if is_here else ' '}{criterion.number}", _CELL - 4)
        if is_here:
            yield fit(f"{number}{sign.glyph}{answered}", _CELL), "map--here"
            return
        yield number, ""
        yield sign.glyph, sign.style
        yield fit(answered, 3), "sign--quiet"


def _rows(units: Iterable[Unit], across: int) -> Iterator[_Row]:
    for unit in units:
        yield _Row(unit, "", "")
        for outcome in unit.outcomes:
            for first in range(0, len(outcome.criteria), across):
                gone = "gone" if outcome.number == OFF_SHEET else ""
                label, title = (outcome.label or gone, outcome.title) if first == 0 else ("", "")
                yield _Row(unit, label, title, outcome.criteria[first : first + across])


class MapScreen(Modal[tuple[str, str] | None]):
    """All criteria of a learner; the result is the unit and the criterion to go to, or None."""

    TITLE = "Map"
    HELP = (
        "Every criterion of every unit, an outcome a row, with where it stands. The arrows or h j k l move from "
        "criterion to criterion, {map.go} goes to the one under the cursor, {map.leave} stays where you were."
    )
    DEFAULT_CSS = """
    MapScreen _Grid { padding: 0; }
    MapScreen .under { height: 2; padding: 0 1; }
    MapScreen .signs { height: 1; padding: 0 1; color: $quiet; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    SHAPE = Shape.WHOLE
    DOES = (Go, Leave, Down, Up, Right, Left)
    BINDINGS = bindings(*DOES)

    def __init__(self, shown: LearnerPortfolio, name: str, here: tuple[str, str] | None) -> None:
        """`name` is what the learner is called here, `here` the unit and the criterion where one is."""
        super().__init__()
        self._title = f"{name} · all criteria"
        self.grid = _Grid(shown, here)
        """The criteria."""
        self._shown = shown
        self._under = Fitted(classes="under")

    def compose(self) -> ComposeResult:
        """The grid, the words of the criterion under the cursor, the signs, and what to press."""
        legend = "  ".join(f"{sign.glyph} {sign.word}" for sign in CRITERION_SIGNS.values())
        signs = Static(Content(f"{legend}  V verified"), classes="signs")
        keys = "arrows move · {map.go} goes there · {map.leave} stays"
        yield from self.framed(self._title, self.grid, self._under, signs, keys=keys)

    def on_mount(self) -> None:
        """Begin where one is."""
        self.grid.focus()

    def on_resize(self) -> None:
        """As many criteria beside each other as there is room for."""
        self.set_class(self.size.height < _BESIDE + 2, "-short")
        self.grid.lay_out(self.size.width)
        self.tell()

    @on(LineList.Moved)
    def tell(self) -> None:
        """Say what the criterion under the cursor asks for."""
        found = self.grid.criterion
        if found is None:
            self._under.update(Content(NO_CRITERIA))
            return
        unit, criterion = found
        sign = CRITERION_SIGNS[self._shown.portfolio.unit(unit.key).criterion(criterion.number).state]
        self._under.update(
            Content.assemble(
                Content.styled(f"{one_line(unit.code)} {criterion.number}  ", "bold $primary"),
                sign.content(),
                f"  {one_line(criterion.text)}",
            )
        )

    @on(LineList.Chosen)
    def go(self) -> None:
        """Leave with the criterion under the cursor."""
        chosen = self.grid.chosen
        if chosen is not None:
            self.dismiss(chosen)
