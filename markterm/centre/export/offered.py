"""What can be exported from where: one line for each thing. The screens offer it by this alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from markterm.centre.export.claims import ClaimsAsked, ClaimsRead
from markterm.centre.export.exports import Exports
from markterm.centre.export.sheets import Sheet, SheetKind
from markterm.centre.export.shown import Place, Shown
from markterm.exports.export import Export
from markterm.exports.page_form import PageForm
from markterm.exports.table.table_form import TableForm

_PAGES = tuple(form.value for form in PageForm)
_TABLES = tuple(form.value for form in TableForm)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that can be exported: by which command of the command line, in words, of what it is offered, in which
    formats (as the command calls them), and what makes the `Export` of what is shown in one of them."""

    command: str
    what: str
    is_of: Callable[[Shown], bool]
    formats: tuple[str, ...]
    export: Callable[[Exports, Shown, str], Export]


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that can be exported in one format. `export` reads what it needs, and raises a `MarkTermError`."""

    what: str
    format: str
    export: Callable[[], Export]


def _has_unit(shown: Shown) -> bool:
    return bool(shown.unit)


def _has_assignment(shown: Shown) -> bool:
    return bool(shown.assignment)


def _lists_learners(shown: Shown) -> bool:
    return shown.place in {Place.CASELOAD, Place.LEARNER}


def _unit_sheet(exports: Exports, shown: Shown, form: str) -> Export:
    return exports.sheets.of([Sheet(shown.learners[0], shown.unit)], PageForm(form))


def _assignment_sheet(exports: Exports, shown: Shown, form: str) -> Export:
    return exports.sheets.of_learner(shown.learners[0], SheetKind.ASSIGNMENT, [shown.assignment], PageForm(form))


def _verification(exports: Exports, shown: Shown, form: str) -> Export:
    return exports.sheets.of_learner(shown.learners[0], SheetKind.VERIFICATION, [shown.unit], PageForm(form))


def _every_sheet(exports: Exports, shown: Shown, form: str) -> Export:
    return exports.sheets.of_every_unit(shown.learners, PageForm(form))


def _claims(exports: Exports, shown: Shown, form: str) -> Export:
    read: list[ClaimsRead] = []
    for _ in exports.claims.reading(shown.learners, read):
        pass
    return exports.claims.of(read, ClaimsAsked(), TableForm(form))


LINES = (
    Line("sheet", "The completed mark sheet of this unit", _has_unit, _PAGES, _unit_sheet),
    Line("sheet", "The combined sheet of this assignment", _has_assignment, _PAGES, _assignment_sheet),
    Line("sheet", "The report of the verification of this unit", _has_unit, _PAGES, _verification),
    Line("sheet", "The completed mark sheets of every unit", _lists_learners, _PAGES, _every_sheet),
    Line("claims", "The list of what is ready to claim", _lists_learners, _TABLES, _claims),
)
"""In the order in which they are offered."""
ONLY_BY_COMMAND = frozenset({"form"})
"""The commands that need what no screen shows: a file that the centre has."""


def offered(exports: Exports, shown: Shown) -> tuple[Offer, ...]:
    """What can be exported of what is shown, a line for each format."""
    return tuple(
        Offer(line.what, each, partial(line.export, exports, shown, each))
        for line in LINES
        if line.is_of(shown)
        for each in line.formats
    )
