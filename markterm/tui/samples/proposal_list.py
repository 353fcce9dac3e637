"""What is proposed for a plan, line by line: the samples that would be added, and the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from textual.filter import LineFilter

from markterm.domain.record.bodies.planning import PlannedRule
from markterm.domain.views.plan_lines import PlanLine
from markterm.domain.words.code import short_codes
from markterm.domain.words.foreign_text import one_line
from markterm.tui.blindfold import uncovered
from markterm.tui.local_time import date_told
from markterm.tui.widgets.line_list import LineList, Piece, fit

_DAY, _UNIT, _WHO = 11, 9, 10


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above lines of a kind."""

    words: str


Entry = Heading | PlanLine | PlannedRule


class ProposalList(LineList):
    """What would be added, the rules that get less than they ask for, and the others."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: Sequence[Entry] = ()
        self._codes: Mapping[str, str] = {}

    def show(self, entries: Sequence[Entry]) -> None:
        """Show these, from the first on."""
        self._entries = entries
        self._codes = short_codes({each.row.sample.planned.unit for each in entries if isinstance(each, PlanLine)})
        self.move_to(0)
        self.lines_changed()

    @property
    def selected(self) -> Entry | None:
        """The line under the cursor."""
        return self._entries[self.cursor] if self.cursor < len(self._entries) else None

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Learners stand here by the name or the label that they are shown under, and nobody's words."""
        return uncovered(super().get_line_filters())

    def line_count(self) -> int:
        """As many as there are entries."""
        return len(self._entries)

    def can_stand_on(self, index: int) -> bool:
        """On samples and rules."""
        return 0 <= index < len(self._entries) and not isinstance(self._entries[index], Heading)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        """A heading, a sample or a rule."""
        entry = self._entries[index]
        if isinstance(entry, Heading):
            yield fit(f" {entry.words}", width), "sign--heading"
            return
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        if isinstance(entry, PlannedRule):
            is_met = entry.got >= entry.asked
            yield "✓ " if is_met else "✗ ", "sign--pass" if is_met else "sign--refer"
            yield fit(told_of(entry), max(width - 4, 8)), ""
            return
        planned = entry.row.sample.planned
        others = 2 + 1 + _UNIT + 1 + _WHO + 1 + _WHO + 1 + _DAY
        yield fit(entry.who, max(width - others, 8)) + " ", ""
        yield fit(one_line(self._codes.get(planned.unit, planned.unit)), _UNIT) + " ", ""
        yield fit(one_line(planned.assessor) or "–", _WHO) + " ", "sign--quiet"
        yield fit(one_line(planned.verifier) or "! nobody", _WHO) + " ", "" if planned.verifier else "sign--refer"
        yield fit(date_told(entry.row.by) if entry.row.by else "–", _DAY), "sign--quiet"


def told_of(rule: PlannedRule) -> str:
    """What a rule asked for and got, and why it got less."""
    fewer = f": {rule.why}" if rule.why else ""
    return one_line(f"{rule.words}: {rule.got} of {rule.asked}{fewer}")
