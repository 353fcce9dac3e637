"""`markterm matrix`: which task of an assignment covers which criterion of which unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from textwrap import wrap

import click

from markterm.cli.arguments import assignment_argument
from markterm.cli.output import columns, reads_in_lines, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.assessed.assignment import Assignment, Cell, Task
from markterm.domain.assessed.unit import Unit
from markterm.domain.views.coverage import SIGNS, carried, codes_of
from markterm.domain.words.code import the_one
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.nearly import did_you_mean
from markterm.exports.plain.assignment import assignment_as_json
from markterm.exports.plain.brief import brief_as_json

_GAPS = 1
_WIDTH, _TITLE, _NARROWEST, _BETWEEN = 80, 22, 10, 2


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
        did_you_mean(code, known, f"It has {one_line(', '.join(known)) or 'none, in mark_sheets/assignments'}."),
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
            yield from columns(list(self._table(rows, slice(first, first + self._at_once))), headed=True)
        used = {word[-1] for _, cells in rows for cell in cells for word in cell.split()}
        legend = [meaning for sign, meaning in SIGNS.items() if sign in used]
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
                told = one_line(f"{task.number} {task.title}")
                if reads_in_lines():
                    yield (told, *cells[band])
                    continue
                title = wrap(told, _TITLE)
                carried = [wrap(cell, width, break_on_hyphens=False, break_long_words=False) for cell in cells[band]]
                yield from zip_longest(title, *carried, fillvalue="")

    @cached_property
    def _codes(self) -> tuple[str, ...]:
        return codes_of(self.assignment)

    @cached_property
    def _at_once(self) -> int:
        """How many units have a column in one table."""
        widest = max((len(one_line(code)) for code in self._codes), default=0)
        return max((_WIDTH - _TITLE) // (max(widest, _NARROWEST) + _BETWEEN), 1)

    def _words(self, task: Task, code: str) -> Iterator[str]:
        return carried(self.assignment, self.units.get(code), task, code)

    def _text(self, cell: Cell) -> str:
        criterion = self.units[cell.unit].criterion(cell.criterion) if cell.unit in self.units else None
        return criterion.text if criterion is not None else ""
