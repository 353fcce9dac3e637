"""The combined mark sheet of an integrated assignment for one learner: task by task, and each unit's own outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo
from itertools import groupby
from types import MappingProxyType

from markterm.domain.assessed.assignment import Assignment, Cell, Task
from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.record.states import CriterionState
from markterm.domain.record.submission import Changes
from markterm.exports.markdown.markdown_text import brief, inline
from markterm.exports.markdown.sheet_sections import Sections, tally, unit_facts


def combined_mark_sheet(
    centre: CentreDetails,
    learner: Learner,
    assignment: Assignment,
    units: Iterable[Unit],
    portfolio: Portfolio,
    *,
    damaged: bool = False,
    zone: tzinfo | None = None,
    since: Mapping[str, Changes] = MappingProxyType({}),
    brief_words: str = "",
) -> str:
    """The sheet of the whole assignment, with everything that is recorded so far.

    `units` are the learner's, in the versions that they are marked in. Each criterion is written out once, in the same
    words as on its unit's own sheet but without marks: in the task that decides it, or in the last one that carries it.
    Those that no task carries follow, and then the outcome of each unit. `damaged` says on it that the record is;
    `since` is what became of the evidence since it was fixed, by the unit's code; `brief_words` is how the brief of the
    assignment stands, where there is something to tell. Days are those of `zone`, or of this machine. All foreign text
    is escaped: it can make no markup.
    """
    sections = Sections(centre, learner, portfolio, zone, with_marks=False, since=since, assignments=(assignment,))
    return "\n".join(_CombinedSheet(sections, assignment, units, brief_words).lines(damaged=damaged)) + "\n"


class _CombinedSheet:
    def __init__(self, sections: Sections, assignment: Assignment, units: Iterable[Unit], brief_words: str) -> None:
        self.sections = sections
        self.assignment = assignment
        self.brief_words = brief_words
        by_code = {unit.code: unit for unit in units}
        self.units = {code: by_code[code] for code in assignment.units if code in by_code}

    def lines(self, *, damaged: bool) -> Iterator[str]:
        assignment = self.assignment
        yield from self.sections.header(
            f"Combined mark sheet {assignment.code} {assignment.title}", self._facts(), damaged=damaged
        )
        yield from self.sections.statements(tuple(self.units.values()))
        for task in assignment.tasks:
            yield from self._task(task)
        yield from self._not_covered()
        yield from self._off_the_sheets()
        yield from self._outcomes()

    def _facts(self) -> Iterator[tuple[str, str]]:
        approved = self.assignment.approved
        approval = (approved.isoformat() if approved is not None else "", self.assignment.approval)
        yield "Approval of the assignment", ", ".join(filter(None, approval)) or "none recorded"
        if self.brief_words:
            yield "Verification of the brief", self.brief_words
        for code in self.assignment.units:
            unit = self.units.get(code)
            if unit is None:
                yield f"Unit {code}", "not marked: the learner's mark sheet of this unit is missing"
            else:
                told = (unit.title, unit_facts(unit), f"attempt {self.sections.attempt(unit)}")
                yield f"Unit {code}", "; ".join(filter(None, told))

    def _task(self, task: Task) -> Iterator[str]:
        yield f"## Task {task.number} {inline(task.title)}"
        yield ""
        if task.brief.strip():
            yield brief(task.brief)
            yield ""
        if task.evidence:
            yield f"Evidence: {inline(task.evidence)}"
            yield ""
        decided: list[Cell] = []
        for code, numbers in task.by_unit.items():
            cells = [Cell(code, number) for number in dict.fromkeys(numbers)]
            own = [cell for cell in cells if self._written_in(cell) is task]
            yield from self._unit_heading(code)
            yield from self._written_out(own)
            yield from self._elsewhere([cell for cell in cells if self._written_in(cell) is not task])
            decided += own
        yield from self._comments("Task comments", decided)

    def _written_in(self, cell: Cell) -> Task:
        """The task in which a criterion that is carried stands on the sheet."""
        return self.assignment.deciding_task(cell) or self.assignment.tasks_carrying(cell)[-1]

    def _unit_heading(self, code: str) -> Iterator[str]:
        unit = self.units.get(code)
        yield f"### {inline(f'{code} {unit.title}' if unit is not None else code)}"
        yield ""

    def _written_out(self, cells: Sequence[Cell]) -> Iterator[str]:
        unknown = []
        for cell in cells:
            unit = self.units.get(cell.unit)
            criterion = unit.criterion(cell.criterion) if unit is not None else None
            if unit is None or criterion is None:
                unknown.append(inline(cell.criterion))
            else:
                yield from self.sections.criterion(unit, criterion, 4)
        if unknown:
            without = "has no such criterion" if cells[0].unit in self.units else "is missing"
            yield f"*Not marked: {', '.join(unknown)}. The learner's mark sheet of this unit {without}.*"
            yield ""

    def _elsewhere(self, cells: Sequence[Cell]) -> Iterator[str]:
        for cell in cells:
            where = "decided in" if self.assignment.deciding_task(cell) is not None else "stands with"
            task = self._written_in(cell).number
            yield f"- {inline(cell.criterion)} is evidenced here too, and {where} task {task}"
        if cells:
            yield ""

    def _comments(self, heading: str, cells: Iterable[Cell]) -> Iterator[str]:
        states = [(str(cell), state) for cell in cells if (state := self._state(cell)) is not None]
        if states:
            yield from self.sections.comments(heading, states)

    def _state(self, cell: Cell) -> CriterionState | None:
        unit = self.units.get(cell.unit)
        criterion = unit.criterion(cell.criterion) if unit is not None else None
        return self.sections.record(unit, criterion).state if unit is not None and criterion is not None else None

    def _not_covered(self) -> Iterator[str]:
        yield from self._apart("Not covered by any task", self.assignment.uncovered(self.units))

    def _off_the_sheets(self) -> Iterator[str]:
        """What only the record knows: it is decided on criteria that the sheets do not have any more."""
        gone = [
            Cell(code, criterion.number)
            for code, unit in self.units.items()
            for criterion in unit.criteria
            if not criterion.is_asked and not self.assignment.tasks_carrying(Cell(code, criterion.number))
        ]
        yield from self._apart("No longer on the sheet", gone)

    def _apart(self, title: str, cells: Sequence[Cell]) -> Iterator[str]:
        """Criteria that are in no task, by their units, under a title of their own; nothing where there are none."""
        if not cells:
            return
        yield f"## {title}"
        yield ""
        for code, own in groupby(cells, key=lambda cell: cell.unit):
            yield from self._unit_heading(code)
            yield from self._written_out(list(own))
        yield from self._comments("Comments", cells)

    def _outcomes(self) -> Iterator[str]:
        yield "## Outcomes"
        yield ""
        states = [
            self.sections.record(unit, criterion).state for unit in self.units.values() for criterion in unit.criteria
        ]
        yield f"Criteria of all units, each counted once: {tally(states)}."
        yield ""
        yield "Each unit has its own outcome: a referral in one does not hold back another."
        yield ""
        for code, unit in self.units.items():
            yield from self._unit_heading(code)
            yield from self.sections.outcome(unit)
        yield from self.sections.signatures((unit, f", {code}") for code, unit in self.units.items())
