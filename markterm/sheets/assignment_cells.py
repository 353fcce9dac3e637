"""Which criteria an assignment's sheet names, counted out or as the units' own sheets have them, and what is amiss."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from markterm.domain.assessed.assignment import Assignment, Cell
from markterm.domain.assessed.unit import Unit
from markterm.domain.words.criterion_number import is_criterion_number, outcome_of, sort_key
from markterm.domain.words.finding import Finding
from markterm.sheets.codes import found, short

# A slip such as 1.1-1.9999 should not fill the memory.
MOST_CELLS = 100_000

_RANGE = re.compile(r"([^\s–-]+)(?:\s*[–-]\s*([^\s–-]+))?")
_COUNTED = re.compile(r"(.*?)([0-9]+)")


@dataclass(frozen=True, slots=True)
class Range:
    """Criteria of a unit from `first` to `last`; `decided` if the sheet marks them as decided in that task."""

    first: str
    last: str
    decided: bool

    @classmethod
    def of(cls, text: str, *, decided: bool = False) -> Range | None:
        """What `text` names: a criterion's number, or two with a dash between; None if it is neither."""
        match = _RANGE.fullmatch(text)
        if match is None or not is_criterion_number(match[1]) or not is_criterion_number(match[2] or match[1]):
            return None
        return cls(match[1], match[2] or match[1], decided)

    def __str__(self) -> str:
        return self.first if self.first == self.last else f"{self.first}-{self.last}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a task: some criteria of one unit. `task` is the place of the task in the sheet, from 0."""

    task: int
    unit: str
    ranges: tuple[Range, ...]
    line: int


@dataclass(frozen=True, slots=True)
class AssignmentDraft:
    """A sheet whose ranges are not yet spelled out: its tasks have no criteria, `entries` say which they will have."""

    assignment: Assignment
    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]
    task_lines: tuple[int, ...]
    units_line: int
    file: Path | None


def spell_out(draft: AssignmentDraft, units: Mapping[str, Unit]) -> tuple[Assignment, list[Finding]]:
    """The assignment with its criteria, and what is wrong with them; counted where `units` has no sheet."""
    spelling = _Spelling(draft, units)
    return spelling.assignment(), spelling.findings


def fit(draft: AssignmentDraft, units: Mapping[str, Unit]) -> tuple[Assignment, list[Finding]]:
    """The assignment with its criteria, and what is wrong with them beside the sheets of its units."""
    assignment, findings = spell_out(draft, units)
    used = {entry.unit for entry in draft.entries}
    for code in assignment.units:
        if code not in units:
            message = f"There is no mark sheet for unit {short(code)}: put it beside the others, or correct the code."
            findings.append(found("MS070", message, draft.file, draft.units_line))
        elif units[code].has_marks:
            message = (
                f"The sheet of {short(code)} has marks: they do not add up across units, so it is marked pass or refer "
                "in this assignment; take it out if its marks are wanted."
            )
            findings.append(found("MS079", message, draft.file, draft.units_line))
    for cell in assignment.uncovered(units):
        criterion = units[cell.unit].criterion(cell.criterion)
        if cell.unit in used and criterion is not None:
            message = f"No task covers {short(str(cell))} `{short(criterion.text)}`: add it to one."
            findings.append(found("MS075", message, draft.file, draft.units_line))
    return assignment, findings


class _Spelling:
    """The criteria of a draft while they are spelled out."""

    def __init__(self, draft: AssignmentDraft, units: Mapping[str, Unit]) -> None:
        self.findings: list[Finding] = []
        self._draft = draft
        self._orders = {code: _Order(units[code]) for code in draft.assignment.units if code in units}
        self._lines: dict[Cell, int] = {}
        self._left = MOST_CELLS

    def assignment(self) -> Assignment:
        draft = self._draft
        declared = frozenset(draft.assignment.units)
        cells: list[dict[Cell, bool]] = [{} for _ in draft.assignment.tasks]
        for entry in draft.entries:
            if entry.unit in declared:
                self._spell(entry, cells[entry.task])
            else:
                near = get_close_matches(entry.unit, draft.assignment.units, 1)
                hint = f"did you mean {short(near[0])}?" if near else "add it there, or correct the code."
                self._report("MS070", f"{short(entry.unit)} is not among `units`: {hint}", entry.line)
        tasks = tuple(
            replace(task, cells=tuple(carried), decides=frozenset(cell for cell, decided in carried.items() if decided))
            for task, carried in zip(draft.assignment.tasks, cells, strict=True)
        )
        assignment = replace(draft.assignment, tasks=tasks)
        self._look_at(assignment)
        return assignment

    def _spell(self, entry: Entry, carried: dict[Cell, bool]) -> None:
        order = self._orders.get(entry.unit)
        for span in entry.ranges:
            numbers = order.between(span) if order else _counted(span)
            if numbers is None:
                self._no_such(entry, span, order)
                continue
            for number in numbers:
                if not self._left:
                    return
                self._left -= 1
                if not self._left:
                    message = f"More than {MOST_CELLS:,} criteria: what follows is not read."
                    self._report("MS073", message, entry.line)
                cell = Cell(entry.unit, number)
                if cell in carried:
                    task = self._draft.assignment.tasks[entry.task].number
                    self._report("MS072", f"{short(str(cell))} is in task {task} twice: delete one.", entry.line)
                carried[cell] = carried.get(cell, False) or span.decided
                self._lines.setdefault(cell, entry.line)

    def _no_such(self, entry: Entry, span: Range, order: _Order | None) -> None:
        unit = short(entry.unit)
        if span.first == span.last:
            near = get_close_matches(span.first, order.numbers if order else (), 1)
            hint = f"did you mean {near[0]}?" if near else "correct the number."
            self._report("MS071", f"{unit} has no criterion {span}: {hint}", entry.line)
        else:
            message = f"{span} is no range of {unit}: name the first and the last of criteria of one outcome."
            self._report("MS073", message, entry.line)

    def _look_at(self, assignment: Assignment) -> None:
        used = {entry.unit for entry in self._draft.entries}
        units_line = self._draft.units_line
        for code in assignment.units:
            if code not in used:
                message = f"{short(code)} is in `units`, and no task uses it: add its criteria, or take it out."
                self._report("MS074", message, units_line)
        filled = {entry.task for entry in self._draft.entries}
        for place, (task, line) in enumerate(zip(assignment.tasks, self._draft.task_lines, strict=True)):
            if place not in filled:
                message = f"Task {task.number} has no criteria: add a list such as `- CODE: 1.1, 1.2` under it."
                self._report("MS076", message, line)
        for cell in assignment.undecided:
            numbers = ", ".join(str(task.number) for task in assignment.tasks_carrying(cell))
            message = f"{short(str(cell))} is in tasks {numbers}: put its number in bold where it is decided."
            self._report("MS077", message, self._lines[cell])
        suites = assignment.suites
        if len(suites) > 1 and not assignment.mixed_suites:
            named = ", ".join(short(suite) or "none" for suite in suites)
            message = f"The units are of different suites ({named}): add `suites: mixed` if that is meant."
            self._report("MS078", message, units_line)

    def _report(self, code: str, message: str, line: int) -> None:
        self.findings.append(found(code, message, self._draft.file, line))


class _Order:
    """The criteria of a unit in the order of its sheet."""

    def __init__(self, unit: Unit) -> None:
        self.numbers = tuple(criterion.number for criterion in unit.criteria)
        self._places = {
            criterion.number: (outcome, place)
            for outcome, each in enumerate(unit.outcomes)
            for place, criterion in enumerate(each.criteria)
        }
        self._outcomes = tuple(tuple(criterion.number for criterion in outcome.criteria) for outcome in unit.outcomes)

    def between(self, span: Range) -> tuple[str, ...] | None:
        """The criteria from the first to the last, if both are of one outcome and in that order."""
        first, last = self._places.get(span.first), self._places.get(span.last)
        if first is None or last is None or first[0] != last[0] or first[1] > last[1]:
            return None
        return self._outcomes[first[0]][first[1] : last[1] + 1]


def _counted(span: Range) -> Iterable[str] | None:
    """The numbers from the first to the last, or only these two where counting does not lead from one to the other."""
    if span.first == span.last:
        return (span.first,)
    if outcome_of(span.first) != outcome_of(span.last) or sort_key(span.first) > sort_key(span.last):
        return None
    first, last = _COUNTED.fullmatch(span.first), _COUNTED.fullmatch(span.last)
    if first is None or last is None or first[1] != last[1]:
        return span.first, span.last
    return (f"{first[1]}{number}" for number in range(int(first[2]), int(last[2]) + 1))
