"""The caseload's rows, drawn as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from rich.cells import cell_len
from textual.filter import LineFilter

from markterm.domain.record.states import CAME_BACK, CriterionState, VerificationState
from markterm.domain.views.caseload import CaseloadRow, UnitProgress
from markterm.domain.words.code import short_codes
from markterm.domain.words.foreign_text import one_line
from markterm.tui.blindfold import uncovered
from markterm.tui.signs import CRITERION_SIGNS, UNIT_SIGNS
from markterm.tui.widgets.line_list import LineList, Piece, fit

_NARROW, _WIDE, _WIDEST, _TWO_QUALIFICATIONS = 60, 100, 120, 150
_REGISTRATION = 12
_QUALIFICATION = 17
_STEP, _PERSON_AND_STEP, _DAYS = 15, 24, 6
_BAR = 9


class CaseloadTable(LineList):
    """One line a learner: who, on what, how far, and whom it waits for."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self.rows: Sequence[CaseloadRow] = ()
        self._now = datetime.now(UTC)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Learners stand here by the name or the label that they are shown under, and nobody's words."""
        return uncovered(super().get_line_filters())

    def show(self, rows: Sequence[CaseloadRow]) -> None:
        """Show these rows, with the cursor on the learner it was on if they are still there."""
        before = self.selected
        self.rows = rows
        self._now = datetime.now(UTC)
        place = next((i for i, row in enumerate(rows) if before and row.folder == before.folder), None)
        self.move_to(place if place is not None else min(self.cursor, max(len(rows) - 1, 0)))

    @property
    def selected(self) -> CaseloadRow | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def line_count(self) -> int:
        """One a learner."""
        return len(self.rows)

    def header(self, width: int) -> str:
        """The titles of the columns for that width."""
        parts = [fit("Learner", self._name_width(width))]
        if width >= _NARROW:
            parts.insert(0, fit("Registration", _REGISTRATION))
        if width >= _WIDE:
            parts.append(fit("Qualification", self._qualification_width(width)))
        parts += [fit("Units", self._units_width(width)), fit("Decided", self._criteria_width(width))]
        if width >= _NARROW:
            parts.append(fit("Waiting for", self._waiting_width(width)))
        return "  " + " ".join(parts)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        """A learner."""
        row = self.rows[index]
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        if width >= _NARROW:
            yield fit("" if row.alias else one_line(row.registration), _REGISTRATION) + " ", ""
        yield fit(row.alias or one_line(row.name) or "?", self._name_width(width)) + " ", ""
        if row.problem and not row.units:
            yield f"! {one_line(row.problem)}", "sign--refer"
            return
        if width >= _WIDE:
            yield fit(one_line(", ".join(row.progress)), self._qualification_width(width)) + " ", "sign--quiet"
        yield from _units(row.units, self._units_width(width), " " if width >= _WIDEST else "")
        yield " ", ""
        counts = f"{row.decided}/{row.criteria}"
        if width >= _WIDEST:
            done = row.decided * _BAR // row.criteria if row.criteria else 0
            yield "█" * done, "sign--pass"
            yield "░" * (_BAR - done) + " ", "sign--quiet"
            yield fit(counts, 7), ""
        else:
            yield fit(counts, 8), ""
        if width >= _NARROW:
            if row.problem:
                yield f" ! {one_line(row.problem)}", "sign--refer"
            else:
                yield f" {self._waiting(row, width)}", ""

    def _waiting(self, row: CaseloadRow, width: int) -> str:
        """The step that waits longest, and since when; with the person who takes it where there is room."""
        due = row.next
        if due is None:
            return "nobody"
        told = str(due) if width >= _TWO_QUALIFICATIONS else f"to {due.step}"
        if due.since is None:
            return told
        days = (self._now - due.since).days
        return f"{told:<{self._waiting_width(width) - _DAYS}}" + ("today" if days < 1 else f"{days} d")

    def _name_width(self, width: int) -> int:
        others = 2 + 1 + self._units_width(width) + 1 + self._criteria_width(width)
        if width >= _NARROW:
            others += _REGISTRATION + 1 + 1 + self._waiting_width(width)
        if width >= _WIDE:
            others += self._qualification_width(width) + 1
        return max(8, width - others)

    @staticmethod
    def _qualification_width(width: int) -> int:
        return _QUALIFICATION if width < _TWO_QUALIFICATIONS else 2 * _QUALIFICATION

    @staticmethod
    def _waiting_width(width: int) -> int:
        return _STEP + _DAYS if width < _TWO_QUALIFICATIONS else _PERSON_AND_STEP + _DAYS

    @staticmethod
    def _units_width(width: int) -> int:
        return 15 if width < _WIDEST else 24

    @staticmethod
    def _criteria_width(width: int) -> int:
        return 8 if width < _WIDEST else _BAR + 8


def _units(units: Sequence[UnitProgress], width: int, space: str) -> Iterable[Piece]:
    used = 0
    short = short_codes(unit.code for unit in units)
    for unit in units:
        sign = UNIT_SIGNS[unit.state]
        if unit.stale or unit.verification is VerificationState.STALE:
            sign = CRITERION_SIGNS[CriterionState.STALE]
        elif unit.conflicts or unit.changed or unit.claim_changed or unit.has_case or unit.verification in CAME_BACK:
            sign = CRITERION_SIGNS[CriterionState.CONFLICT]
        code = one_line(short[unit.code])
        length = cell_len(code) + len(space) + 1
        if used + length > width:
            yield "…", "sign--quiet"
            used += 1
            break
        yield code + space, ""
        yield sign.glyph, sign.style
        yield " ", ""
        used += length + 1
    yield " " * max(width - used, 0), ""
