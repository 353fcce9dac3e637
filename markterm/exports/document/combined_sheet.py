"""The combined mark sheet of an integrated assignment for one learner: task by task, and each unit's own outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo
from itertools import groupby
from types import MappingProxyType

from markterm.domain.assessed.assignment import Assignment, Cell, Task
from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.accounts import Accounts
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.comments import NO_SECTION, Section
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.record.states import CriterionState
from markterm.domain.record.submission import Changes
from markterm.domain.words.foreign_text import one_line
from markterm.exports.document.model import (
    Block,
    Brief,
    Bullets,
    Document,
    Fact,
    Heading,
    Item,
    Paragraph,
    Words,
    words,
)
from markterm.exports.document.sheet_sections import Sections, listed, remark, tally, unit_facts


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
    accounts: Accounts | None = None,
    brief_words: str = "",
) -> Document:
    """The sheet of the whole assignment, with everything that is recorded so far.

    `units` are the learner's, in the versions that they are marked in. Each criterion is written out once, in the same
    words as on its unit's own sheet but without marks: in the task that decides it, or in the last one that carries it.
    Those that no task carries follow, and then the outcome of each unit. `damaged` says on it that the record is;
    `since` is what became of the evidence since it was fixed, by the unit's code; `accounts` are the learner's with
    what became of their files; `brief_words` is how the brief of the assignment stands, where there is something to
    tell. Days are those of `zone`, or of this machine.
    """
    sections = Sections(
        centre, learner, portfolio, zone, with_marks=False, since=since, assignments=(assignment,), accounts=accounts
    )
    sheet = _CombinedSheet(sections, assignment, units, brief_words)
    title = f"Combined mark sheet {assignment.code} {assignment.title}"
    return sections.document(title, sheet.facts(), sheet.blocks(), damaged=damaged)


class _CombinedSheet:
    def __init__(self, sections: Sections, assignment: Assignment, units: Iterable[Unit], brief_words: str) -> None:
        self.sections = sections
        self.assignment = assignment
        self.brief_words = brief_words
        by_code = {unit.code: unit for unit in units}
        self.units = {code: by_code[code] for code in assignment.units if code in by_code}

    def blocks(self) -> Iterator[Block]:
        yield from self.sections.statements(tuple(self.units.values()))
        for task in self.assignment.tasks:
            yield from self._task(task)
        yield from self._not_covered()
        yield from self._off_the_sheets()
        yield from self._outcomes()

    def facts(self) -> Iterator[Fact]:
        approved = self.assignment.approved
        approval = (approved.isoformat() if approved is not None else "", self.assignment.approval)
        yield Fact("Approval of the assignment", ", ".join(filter(None, approval)) or "none recorded")
        if self.brief_words:
            yield Fact("Verification of the brief", self.brief_words)
        for code in self.assignment.units:
            unit = self.units.get(code)
            if unit is None:
                yield Fact(f"Unit {code}", "not marked: the learner's mark sheet of this unit is missing")
            else:
                told = (unit.title, unit_facts(unit), f"attempt {self.sections.attempt(unit)}")
                yield Fact(f"Unit {code}", "; ".join(filter(None, told)))

    def _task(self, task: Task) -> Iterator[Block]:
        yield Heading(2, words(f"Task {task.number} ", one_line(task.title)))
        if task.brief.strip():
            yield Brief(task.brief)
        if task.evidence:
            yield Paragraph(words("Evidence: ", one_line(task.evidence)))
        decided: list[Cell] = []
        for code, numbers in task.by_unit.items():
            cells = [Cell(code, number) for number in dict.fromkeys(numbers)]
            own = [cell for cell in cells if self._written_in(cell) is task]
            yield from self._written_out(code, own)
            yield from self._elsewhere([cell for cell in cells if self._written_in(cell) is not task])
            decided += own
        yield from self._comments("Task comments", decided, Section(assignment=self.assignment.code, task=task.number))

    def _written_in(self, cell: Cell) -> Task:
        """The task in which a criterion that is carried stands on the sheet."""
        return self.assignment.deciding_task(cell) or self.assignment.tasks_carrying(cell)[-1]

    def _unit_heading(self, code: str) -> Words:
        unit = self.units.get(code)
        return words(one_line(f"{code} {unit.title}" if unit is not None else code))

    def _written_out(self, code: str, cells: Sequence[Cell]) -> Iterator[Block]:
        """The criteria of one unit that stand in one place of the sheet, under its name."""
        unit, heading = self.units.get(code), self._unit_heading(code)
        found = {cell: unit.criterion(cell.criterion) if unit is not None else None for cell in cells}
        criteria = [criterion for criterion in found.values() if criterion is not None]
        yield self.sections.criteria(3, heading, unit, criteria) if unit is not None else Heading(3, heading)
        unknown = [one_line(cell.criterion) for cell, criterion in found.items() if criterion is None]
        if unknown:
            without = "has no such criterion" if unit is not None else "is missing"
            yield remark("Not marked: ", *listed(unknown), f". The learner's mark sheet of this unit {without}.")

    def _elsewhere(self, cells: Sequence[Cell]) -> Iterator[Block]:
        items = []
        for cell in cells:
            task = self._written_in(cell).number
            is_decided_there = self.assignment.deciding_task(cell) is not None and self._decided_in(cell) in (
                None,
                task,
            )
            where = "decided in" if is_decided_there else "stands with"
            items.append(Item(words(one_line(cell.criterion), f" is evidenced here too, and {where} task {task}")))
        if items:
            yield Bullets(tuple(items))

    def _comments(self, title: str, cells: Iterable[Cell], section: Section = NO_SECTION) -> Iterator[Block]:
        states = [(str(cell), state) for cell in cells if (state := self._state(cell)) is not None]
        if states:
            yield from self.sections.comments(title, states, section)

    def _decided_in(self, cell: Cell) -> int | None:
        """The number of the task of this assignment in which a criterion was decided; None where it was in none."""
        unit = self.units.get(cell.unit)
        criterion = unit.criterion(cell.criterion) if unit is not None else None
        decision = (
            self.sections.record(unit, criterion).decision if unit is not None and criterion is not None else None
        )
        occasion = decision.occasion if decision is not None else None
        return occasion.task if occasion is not None and occasion.assignment == self.assignment.code else None

    def _state(self, cell: Cell) -> CriterionState | None:
        unit = self.units.get(cell.unit)
        criterion = unit.criterion(cell.criterion) if unit is not None else None
        return self.sections.record(unit, criterion).state if unit is not None and criterion is not None else None

    def _not_covered(self) -> Iterator[Block]:
        yield from self._apart("Not covered by any task", self.assignment.uncovered(self.units))

    def _off_the_sheets(self) -> Iterator[Block]:
        """What only the record knows: it is decided on criteria that the sheets do not have any more."""
        gone = [
            Cell(code, criterion.number)
            for code, unit in self.units.items()
            for criterion in unit.criteria
            if not criterion.is_asked and not self.assignment.tasks_carrying(Cell(code, criterion.number))
        ]
        yield from self._apart("No longer on the sheet", gone)

    def _apart(self, title: str, cells: Sequence[Cell]) -> Iterator[Block]:
        """Criteria that are in no task, by their units, under a title of their own; nothing where there are none."""
        if not cells:
            return
        yield Heading(2, words(title))
        for code, own in groupby(cells, key=lambda cell: cell.unit):
            yield from self._written_out(code, list(own))
        yield from self._comments("Comments", cells)

    def _outcomes(self) -> Iterator[Block]:
        yield Heading(2, words("Outcomes"))
        states = [
            self.sections.record(unit, criterion).state for unit in self.units.values() for criterion in unit.criteria
        ]
        yield Paragraph(words(f"Criteria of all units, each counted once: {tally(states)}."))
        yield Paragraph(words("Each unit has its own outcome: a referral in one does not hold back another."))
        for code, unit in self.units.items():
            yield Heading(3, self._unit_heading(code))
            yield from self.sections.outcome(unit)
        yield from self.sections.signatures((unit, f", {code}") for code, unit in self.units.items())
