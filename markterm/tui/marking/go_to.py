"""A criterion or a unit gone to by its number or code: the likeliest stands first as one types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.domain.record.outcome import count
from markterm.domain.record.states import DECIDED
from markterm.domain.views.places_meant import places_meant
from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import Command, bindings
from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.signs import CRITERION_SIGNS
from markterm.tui.widgets import field_over_list, modal
from markterm.tui.widgets.line_list import LineList, Piece, fit
from markterm.tui.widgets.modal import Modal, Shape
from markterm.tui.widgets.text_field import LineField, settled

_LINES = 8
_CODE, _NUMBER, _STATE = 14, 6, 13


class Go(Command["GoToScreen"]):
    """Go to the line under the cursor."""

    id, key, label, words = "goto.go", "enter", "go", "Go to this criterion or unit"
    priority = True

    async def run(self, on: GoToScreen) -> None:
        await on.go()


class Leave(modal.Leave):
    """Stay where one is."""

    id, key, words = "goto.leave", "escape", "Stay where you are"
    priority = True


class _Found(LineList, can_focus=False):
    """A line for each criterion or unit that is meant. The keys belong to the field above."""

    def __init__(self, shown: LearnerPortfolio, places: Sequence[CriterionPlace]) -> None:
        super().__init__()
        self._shown = shown
        self._places = {(each.unit.code, each.criterion.number): each for each in places}
        self._units = {each.unit.code: each.unit for each in places}
        self._code = min(max(map(len, self._units), default=0), _CODE)
        self.found: Sequence[tuple[str, str]] = ()

    @property
    def chosen(self) -> CriterionPlace | str | None:
        """The criterion under the cursor, or the code of the unit."""
        if self.cursor >= len(self.found):
            return None
        meant = self.found[self.cursor]
        return self._places.get(meant, meant[0])

    def line_count(self) -> int:
        return max(len(self.found), 1)

    def can_stand_on(self, index: int) -> bool:
        return 0 <= index < len(self.found)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        if not self.found:
            yield "  Nothing here is called so.", "sign--quiet"
            return
        code, number = self.found[index]
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        yield fit(one_line(code), self._code) + " ", "sign--heading" if not number else ""
        yield fit(number, _NUMBER), ""
        record = self._shown.portfolio.unit(self._units[code].key)
        if number:
            sign = CRITERION_SIGNS[record.criterion(number).state]
            yield fit(f"{sign.glyph} {sign.word}", _STATE) + " ", sign.style
            words = self._places[code, number].criterion.text
        else:
            unit = self._units[code]
            yield fit(f"{count(unit, record, *DECIDED)}/{len(unit.criteria)}", _STATE) + " ", "sign--quiet"
            words = unit.title
        yield fit(one_line(words), max(width - 2 - self._code - 1 - _NUMBER - _STATE - 1, 0)), ""


class GoToScreen(field_over_list.FieldOverList, Modal[CriterionPlace | str | None]):
    """A field, and below it what is meant by it; the result is a criterion, the code of a unit, or None."""

    TITLE = "Go to"
    HELP = (
        "A number goes to a criterion, of this unit first (2.1); a code to a unit (501), where its work is; "
        "both to that criterion of it (501 2.1). What is begun is enough, and the list shows what it can mean."
    )
    DEFAULT_CSS = f"""
    GoToScreen Input, GoToScreen Input:focus {{ height: 1; border: none; padding: 0 1; background: $surface; }}
    GoToScreen _Found {{ height: {_LINES}; padding: 0 1; }}
    """
    SHAPE = Shape.LOW
    DOES = (Go, Leave, *field_over_list.moves("goto", "line"))
    BINDINGS = bindings(*DOES)

    def __init__(self, shown: LearnerPortfolio, places: Sequence[CriterionPlace], here: CriterionPlace | None) -> None:
        """`places` are the criteria that can be gone to, `here` is where one is."""
        super().__init__()
        self._places = [(each.unit.code, each.criterion.number) for each in places]
        self._here = here.unit.code if here is not None else ""
        self._found = _Found(shown, places)
        self._field = LineField(placeholder="2.1, 501 or 501 2.1")
        self._query: str | None = None

    def compose(self) -> ComposeResult:
        """The field, what is meant by it, and what to press."""
        yield from self.framed("Go to", self._field, self._found, keys="{goto.go} goes there · {goto.leave} stays")

    def on_mount(self) -> None:
        """Write at once."""
        self._found.styles.height = min(_LINES, self.lines_beside(5))
        self.set_focus(self._field)
        self.look_as_typed()

    @on(Input.Changed)
    def look_as_typed(self) -> None:
        """Show what the field can mean now."""
        if self.is_open and self._field.value != self._query:
            self._query = self._field.value
            self._found.found = places_meant(self._query, self._places, self._here)
            self._found.move_to(0)
            self._found.lines_changed()

    async def caught_up(self) -> _Found:
        """The list, when it shows what was typed before now."""
        await settled(self._field)
        self.look_as_typed()
        return self._found

    @on(LineList.Chosen)
    async def go(self) -> None:
        """Leave with the line under the cursor."""
        chosen = (await self.caught_up()).chosen
        if chosen is not None:
            self.dismiss(chosen)
