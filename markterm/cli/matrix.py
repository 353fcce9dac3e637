"""`markterm matrix`: which task of an assignment covers which criterion of which unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from textwrap import wrap

import click

from markterm.cli.arguments import assignment_argument
from markterm.cli.output import columns, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.assessed.assignment import Assignment, Cell, Task
from markterm.domain.assessed.unit import Unit
from markterm.domain.words.code import the_one
from markterm.domain.words.criterion_number import outcome_of
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.assignment import assignment_as_json
from markterm.exports.plain.brief import brief_as_json

_GAPS = 1
_WIDTH, _TITLE, _NARROWEST, _BETWEEN = 80, 22, 10, 2
_SIGNS = {
    "*": "3.1* is decided in this task; others carry it too",
    ")": "(3.1) is decided in another task",
    "?": "3.1? is carried by several tasks, and none of them decides it",
}


@click.command("matrix", cls=Command)
@assignment_argument
@pass_session
def command(session: Session, assignment: str) -> int:
    """Show which task covers which criterion.

    A row for each task of the integrated assignment, a column for each unit; with many units there are several tables.
    Ends with 1 when something is not covered: a criterion that no task carries, one that none decides, or a unit
    without a mark sheet.

    \b
    Examples:
      markterm matrix 8580-IA-CERT
      markterm matrix 8580-IA-CERT --json
    """
    centre = session.centre()
    found = _named(centre.sheets.assignments.by_code, assignment)
    coverage = Coverage(found, centre.sheets.units.units)
    brief = centre.briefs.of((found,))[found.code]
    if session.as_json:
        say_json(assignment_as_json(found, centre.sheets.units.units) | {"brief": brief_as_json(brief)})
    else:
        for line in coverage.lines():
            say(line)
        say()
        say(one_line(f"{brief.assignment}: {brief.words}"))
    if found.code in centre.sheets.assignments.unfit:
        click.echo("The sheet of this assignment has errors: markterm check names them.", err=True)
    return _GAPS if coverage.gaps else 0


def _named(known: Mapping[str, Assignment], code: str) -> Assignment:
    otherwise = WrongUse(
        "No such assignment",
        f"The centre has no assignment {one_line(code)}.",
        f"It has {one_line(', '.join(known)) or 'none, in mark_sheets/assignments'}.",
    )
    return the_one(known.values(), code, "assignment", otherwise)


@dataclass(frozen=True)
class Coverage:
    """An assignment beside the sheets of its units, by code."""

    assignment: Assignment
    units: Mapping[str, Unit]

    @cached_property
    def uncovered(self) -> tuple[Cell, ...]:
        """What no task carries."""
        return self.assignment.uncovered(self.units)

    @cached_property
    def without_sheet(self) -> tuple[str, ...]:
        """The units that the centre has no mark sheet for."""
        return self.assignment.without_sheet(self.units)

    @cached_property
    def gaps(self) -> bool:
        """Whether something is not covered."""
        return bool(self.uncovered or self.assignment.undecided or self.without_sheet)

    def lines(self) -> Iterator[str]:
        """The tables, what their signs mean, and what is not covered."""
        yield one_line(f"{self.assignment.code} {self.assignment.title}")
        rows = [(task, [" ".join(self._words(task, code)) for code in self._codes]) for task in self.assignment.tasks]
        for first in range(0, len(self._codes), self._at_once):
            yield ""
            yield from columns(list(self._table(rows, slice(first, first + self._at_once))))
        used = {word[-1] for _, cells in rows for cell in cells for word in cell.split()}
        legend = [meaning for sign, meaning in _SIGNS.items() if sign in used]
        yield from ("", *legend) if legend else ()
        for heading, cells in (
            ("Not covered by any task", self.uncovered),
            ("Decided in no single task", self.assignment.undecided),
        ):
            yield from ("", f"{heading}:") if cells else ()
            yield from (f"  {one_line(f'{cell} {self._text(cell)}')}" for cell in cells)
        for code in self.without_sheet:
            yield one_line(f"{code}: the centre has no mark sheet for this unit")

    def _table(self, rows: Sequence[tuple[Task, Sequence[str]]], band: slice) -> Iterator[tuple[str, ...]]:
        codes = self._codes[band]
        width = max((_WIDTH - _TITLE) // len(codes) - _BETWEEN, _NARROWEST)
        yield ("Task", *map(one_line, codes))
        for task, cells in rows:
            if any(cells[band]) or not any(cells):
                title = wrap(one_line(f"{task.number} {task.title}"), _TITLE)
                carried = [wrap(cell, width, break_on_hyphens=False, break_long_words=False) for cell in cells[band]]
                yield from zip_longest(title, *carried, fillvalue="")

    @cached_property
    def _codes(self) -> tuple[str, ...]:
        """The units of the assignment, and those that only a task names."""
        return tuple(dict.fromkeys((*self.assignment.units, *(cell.unit for cell in self.assignment.criteria))))

    @cached_property
    def _at_once(self) -> int:
        """How many units have a column in one table."""
        widest = max((len(one_line(code)) for code in self._codes), default=0)
        return max((_WIDTH - _TITLE) // (max(widest, _NARROWEST) + _BETWEEN), 1)

    def _words(self, task: Task, code: str) -> Iterator[str]:
        """The criteria of a unit that a task carries, three or more that follow one another as a range."""
        if code not in task.by_unit:
            return
        unit = self.units.get(code)
        places = {criterion.number: place for place, criterion in enumerate(unit.criteria)} if unit else {}
        run: list[str] = []
        for number in dict.fromkeys(task.by_unit[code]):
            word = self._word(task, Cell(code, number))
            follows = run and places.get(run[-1], -2) + 1 == places.get(number) and word == number
            if not (follows and outcome_of(run[-1]) == outcome_of(number)):
                yield from _range(run)
                run = []
            run.append(word)
        yield from _range(run)

    def _word(self, task: Task, cell: Cell) -> str:
        """A criterion's number, with the sign that says where it is decided."""
        if len(self.assignment.tasks_carrying(cell)) == 1:
            return cell.criterion
        decides = self.assignment.deciding_task(cell)
        if decides is None:
            return f"{cell.criterion}?"
        return f"{cell.criterion}*" if decides is task else f"({cell.criterion})"

    def _text(self, cell: Cell) -> str:
        criterion = self.units[cell.unit].criterion(cell.criterion) if cell.unit in self.units else None
        return criterion.text if criterion is not None else ""


def _range(run: Sequence[str]) -> Sequence[str]:
    return run if len(run) < 3 else (f"{run[0]}-{run[-1]}",)
