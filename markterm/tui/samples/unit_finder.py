"""Any unit of any learner, found by a few letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.filter import LineFilter
from textual.widgets import Input

from markterm.domain.record.plans import Key
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.views.units_found import UnitOfLearner, units_found, units_of
from markterm.domain.words.foreign_text import one_line
from markterm.tui.blindfold import uncovered
from markterm.tui.command import Command, bindings
from markterm.tui.widgets import field_over_list, modal
from markterm.tui.widgets.line_list import LineList, Piece, fit
from markterm.tui.widgets.modal import Modal, Shape
from markterm.tui.widgets.text_field import LineField, settled

_CODE = 14


class Take(Command["UnitFinder"]):
    """Take the unit under the cursor."""

    id, key, label, words = "finder.take", "enter", "take", "Take this learner's unit"
    priority = True

    async def run(self, on: UnitFinder) -> None:
        await on.take()


class Leave(modal.Leave):
    """Leave without one."""

    id, key, words = "finder.leave", "escape", "Leave without taking one"
    priority = True


class _Units(LineList, can_focus=False):
    """A line a unit. The keys belong to the field above."""

    def __init__(self, said_of: Callable[[Key], str]) -> None:
        super().__init__()
        self._said_of = said_of
        self.found: Sequence[UnitOfLearner] = ()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Learners stand here by the name or the label that they are shown under, and nobody's words."""
        return uncovered(super().get_line_filters())

    def line_count(self) -> int:
        return len(self.found)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        each = self.found[index]
        said = self._said_of(each.key)
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        yield fit(one_line(each.unit.code), _CODE) + " ", ""
        yield fit(each.who, max(width - 2 - _CODE - 1 - len(said) - 1, 8)) + " ", ""
        yield said, "sign--quiet"


class UnitFinder(field_over_list.FieldOverList, Modal[Key | None]):
    """A field, and below it the units of learners in which every word of it is found; the result is the registration
    and the unit, or None. `said_of` says a word about each."""

    TITLE = "A learner's unit"
    DEFAULT_CSS = """
    UnitFinder Input, UnitFinder Input:focus { height: 1; border: none; padding: 0 1; background: $surface; }
    UnitFinder _Units { padding: 0 1; }
    """
    SHAPE = Shape.WHOLE
    DOES = (Take, Leave, *field_over_list.moves("finder", "unit"))
    BINDINGS = bindings(*DOES)

    def __init__(self, title: str, rows: Sequence[CaseloadRow], said_of: Callable[[Key], str]) -> None:
        super().__init__()
        self._title = title
        self._rows = rows
        self._said_of = said_of
        self._every: Sequence[UnitOfLearner] | None = None
        self._query = ""

    def compose(self) -> ComposeResult:
        """The field, the units, and what to press."""
        yield from self.framed(
            self._title,
            LineField(placeholder="some letters of learner and unit: jon 501"),
            _Units(self._said_of),
            keys="{finder.take} takes it · {finder.leave} leaves",
        )

    def on_mount(self) -> None:
        """Write at once; the units are gathered meanwhile."""
        self.set_focus(self.query_one(Input))
        self._gather()

    @work(thread=True)
    def _gather(self) -> None:
        every = units_of(self._rows)
        self.app.call_from_thread(self._take, every)

    def _take(self, every: Sequence[UnitOfLearner]) -> None:
        self._every = every
        self._search()

    @on(Input.Changed)
    def search_as_typed(self) -> None:
        """Look for what the field says now."""
        if self.is_open and self._every is not None and self.query_one(Input).value != self._query:
            self._search()

    def _search(self) -> None:
        if not self.is_open or self._every is None:
            return
        units, text = self.query_one(_Units), self.query_one(Input).value
        # A word that grows can only narrow further.
        among = units.found if self._query and text.startswith(self._query) else self._every
        self._query, units.found = text, units_found(among, text)
        units.move_to(0)
        units.lines_changed()

    async def caught_up(self) -> _Units:
        """The list, when it shows what was typed before now."""
        await settled(self.query_one(Input))
        self.search_as_typed()
        return self.query_one(_Units)

    @on(LineList.Chosen)
    async def take(self) -> None:
        """Leave with the unit under the cursor."""
        units = await self.caught_up()
        if units.cursor < len(units.found):
            self.dismiss(units.found[units.cursor].key)
