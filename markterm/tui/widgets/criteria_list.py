"""The criteria of a learner's units, with where each one stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from textual.binding import Binding

from markterm.centre import LearnerPortfolio
from markterm.domain.foreign_text import one_line
from markterm.domain.portfolio import CriterionState, count
from markterm.domain.unit import Criterion, LearningOutcome, Unit
from markterm.tui.signs import CRITERION_SIGNS
from markterm.tui.widgets.line_list import LineList, Piece, fit


@dataclass(frozen=True, slots=True)
class CriterionPlace:
    """A criterion and the unit and outcome it belongs to."""

    unit: Unit
    outcome: LearningOutcome
    criterion: Criterion


@dataclass(frozen=True, slots=True)
class _UnitHeading:
    unit: Unit


@dataclass(frozen=True, slots=True)
class _OutcomeHeading:
    outcome: LearningOutcome


_Line = CriterionPlace | _UnitHeading | _OutcomeHeading


class CriteriaList(LineList):
    """Units and outcomes as headings, criteria as the lines the cursor stands on. The page keys are the evidence's."""

    BINDINGS = [  # noqa: RUF012  # as Textual declares it
        Binding("pagedown", "screen.page(1)", "", show=False, id="criteria.page-down", tooltip="Evidence, a page down"),
        Binding("pageup", "screen.page(-1)", "", show=False, id="criteria.page-up", tooltip="Evidence, a page up"),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._shown: LearnerPortfolio | None = None
        self._lines: tuple[_Line, ...] = ()

    def show(self, shown: LearnerPortfolio) -> None:
        """Show this portfolio; the same units keep the cursor where it is."""
        if self._shown is None or self._shown.units != shown.units:
            self._lines = tuple(_lines(shown.units))
        self._shown = shown
        self.lines_changed()

    @property
    def place(self) -> CriterionPlace | None:
        """The criterion under the cursor; None when there are no criteria."""
        line = self._lines[self.cursor] if self.cursor < len(self._lines) else None
        return line if isinstance(line, CriterionPlace) else None

    def go_to(self, unit_code: str, number: str | None = None) -> bool:
        """Put the cursor on that criterion, or on the unit's first one; whether there is one."""
        for index, line in enumerate(self._lines):
            if (
                isinstance(line, CriterionPlace)
                and line.unit.code == unit_code
                and number in (None, line.criterion.number)
            ):
                self.cursor = index
                return True
        return False

    def line_count(self) -> int:
        """Criteria and headings."""
        return len(self._lines)

    def can_stand_on(self, index: int) -> bool:
        """On criteria only."""
        return 0 <= index < len(self._lines) and isinstance(self._lines[index], CriterionPlace)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        """A unit, an outcome or a criterion."""
        assert self._shown is not None
        line = self._lines[index]
        if isinstance(line, _UnitHeading):
            record = self._shown.portfolio.unit(line.unit.key)
            done = count(line.unit, record, CriterionState.PASS, CriterionState.REFER)
            state = f"{done}/{len(line.unit.criteria)}"
            if record.closing is not None:
                state = f"{CRITERION_SIGNS[CriterionState(record.closing.outcome)].glyph} {record.closing.outcome}"
                if record.changed_since_closing:
                    state = f"! changed {state}"
            code = one_line(line.unit.code)
            yield fit(code, max(width - len(state) - 1, 4)) + " ", "sign--heading"
            yield state, "sign--heading"
        elif isinstance(line, _OutcomeHeading):
            yield fit(f" LO{line.outcome.number} {one_line(line.outcome.title)}", width), "sign--quiet"
        else:
            record_ = self._shown.portfolio.unit(line.unit.key).criterion(line.criterion.number)
            sign = CRITERION_SIGNS[record_.state]
            yield " ▸ " if index == self.cursor else "   ", "sign--heading"
            yield fit(line.criterion.number, 5) + " ", ""
            yield f"{sign.glyph} {sign.word}", sign.style
            decision = record_.decision
            if decision is not None and decision.note.strip():
                yield " ✎", "sign--quiet"
            if record_.citations:
                yield f" {len(record_.citations)}¶", "sign--quiet"


def _lines(units: tuple[Unit, ...]) -> Iterator[_Line]:
    for unit in units:
        yield _UnitHeading(unit)
        for outcome in unit.outcomes:
            yield _OutcomeHeading(outcome)
            for criterion in outcome.criteria:
                yield CriterionPlace(unit, outcome, criterion)
