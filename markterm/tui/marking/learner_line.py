"""The first line of the marking screen: who is open, what has to be known of them, and where each unit stands."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content

from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.domain.assessed.assignment import Assignment
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.portfolio import UnitRecord, unit_state
from markterm.domain.record.states import CAME_BACK, DECIDED, CriterionState, UnitState
from markterm.domain.words.code import short_codes
from markterm.domain.words.foreign_text import one_line
from markterm.tui.marking.workplace import Workplace
from markterm.tui.signs import CRITERION_SIGNS, UNIT_SIGNS


class LearnerLine:
    """Makes the line; it remembers what it counted, so that a key costs the same on one unit and on twenty."""

    def __init__(self) -> None:
        self._known: dict[UnitKey, tuple[UnitRecord, frozenset[str], UnitState, int]] = {}

    def content(self, at: Workplace, shown: LearnerPortfolio, width: int) -> Content:
        """The line for a width in cells: the name gives way to what is on the right."""
        left, right = self._left(at, shown), self._right(at, shown)
        room = width - right.cell_length
        if left.cell_length >= room:
            left = left.truncate(max(room - 1, 10), ellipsis=True)
        gap = max(width - left.cell_length - right.cell_length, 1)
        return Content.assemble(left, " " * gap, right)

    @staticmethod
    def _left(at: Workplace, shown: LearnerPortfolio) -> Content:
        place = at.place
        attempt = shown.portfolio.unit(place.unit.key).attempt if place is not None else 1
        declared = shown.portfolio.declared(place.unit.key) if place is not None else shown.portfolio.declaration
        name, registration = at.blindfold.names(shown)
        return Content.assemble(
            Content.styled(name, "bold"),
            f"  {registration}" if registration else "",
            Content.styled(
                f"  {one_line(' '.join(shown.learner.qualifications))}  attempt {attempt}"
                f"  {'declared' if declared is not None else 'no declaration'}",
                "$quiet",
            ),
        )

    def _right(self, at: Workplace, shown: LearnerPortfolio) -> Content:
        place = at.place
        states, decided = self._counted(shown, at.assignment)
        pieces: list[Content | str] = []
        if at.round is not None:
            pieces.append(Content.styled(f" {at.round} ", "bold $accent"))
        if at.assignment is not None:
            counted = f" {one_line(at.assignment.code)} {decided}/{len(at.assignment.criteria)} "
            pieces.append(Content.styled(counted, "bold $accent"))
        if at.desk.others:
            pieces.append(Content.styled(f" {one_line(' '.join(at.desk.others))} here too ", "bold $warning"))
        if shown.incomplete:
            pieces.append(Content.styled(" record incomplete ", "bold reverse $error"))
        elif shown.findings:
            pieces.append(Content.styled(" files of the record to look at ", "bold $warning"))
        for what, codes in (
            ("mark sheet", shown.missing_units),
            ("sheet of the assignment", shown.missing_assignments),
        ):
            if codes:
                pieces.append(Content.styled(f" no {what}: {one_line(' '.join(codes))} ", "bold $error"))
        if shown.newer:
            pieces.append(Content.styled(" entries of a newer version ", "bold $warning"))
        short = short_codes(unit.code for unit in shown.units)
        for unit in shown.units:
            here = place is not None and place.unit.key == unit.key
            came_back = shown.portfolio.unit(unit.key).verification in CAME_BACK
            sign = CRITERION_SIGNS[CriterionState.CONFLICT] if came_back else UNIT_SIGNS[states[unit.key]]
            pieces.append(
                Content.styled(f" {one_line(short[unit.code])} {sign.glyph}", "bold $primary" if here else "$quiet")
            )
        return Content.assemble(*pieces)

    def _counted(self, shown: LearnerPortfolio, assignment: Assignment | None) -> tuple[dict[UnitKey, UnitState], int]:
        """Where each unit stands, and how many criteria of the assignment are decided: counted anew only where
        something was recorded."""
        states: dict[UnitKey, UnitState] = {}
        decided = 0
        wanted: Mapping[str, frozenset[str]] = {} if assignment is None else assignment.numbers
        for unit in shown.units:
            record = shown.portfolio.unit(unit.key)
            numbers = wanted.get(unit.code, frozenset())
            known = self._known.get(unit.key)
            if known is None or known[0] is not record or known[1] != numbers:
                done = sum(record.criterion(number).state in DECIDED for number in numbers)
                known = self._known[unit.key] = (record, numbers, unit_state(unit, record), done)
            states[unit.key] = known[2]
            decided += known[3]
        return states, decided
