"""The tracking matrix, as it leaves the centre: learner by criterion and learner by unit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from markterm.centre.export.table_facts import tables_of
from markterm.centre.folder import CentreFolder
from markterm.centre.sheets import CentreSheets
from markterm.centre.tracked import TrackedLearners, TrackedRow
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.views.caseload import CaseloadRow, Order, hidden_in_words, sort_rows
from markterm.domain.views.caseload_filter import CASELOAD_FILTER, filter_rows, not_shown_in_words
from markterm.domain.words.code import is_code
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.local_time import local
from markterm.exports.anchor import furthest
from markterm.exports.export import Export, LeftOut
from markterm.exports.table.matrix import Tracked, by_criterion, by_unit
from markterm.exports.table.model import Table
from markterm.exports.table.table_form import TableForm, table_export


class MatrixBy(StrEnum):
    """What the columns of a matrix are."""

    CRITERION = "criterion"
    UNIT = "unit"


class MatrixExports:
    """The tracking matrix of a centre."""

    def __init__(
        self,
        folder: CentreFolder,
        details: CentreDetails,
        sheets: CentreSheets,
        tracked: TrackedLearners,
        clock: Callable[[], datetime],
    ) -> None:
        self._folder = folder
        self._details = details
        self._sheets = sheets
        self._tracked = tracked
        self._clock = clock

    def looking(self) -> Iterator[None]:
        """Look at every learner of the caseload as it was looked at last; yields after each. `of` tells of them then,
        as they were."""
        return self._tracked.looking()

    def of(self, by: MatrixBy, form: TableForm, filters: str = "", unit: str = "") -> Export:
        """The matrix of the learners that the filter lets through, or of one unit of theirs. Those of whom nothing can
        be read are left out, and named.

        Raises `WrongUse` where nobody is left, or nobody is on that unit, and `Unreadable`.
        """
        rows = {row.folder for row in self._rows(filters)}
        asked = [(row, own) for row, own in self._tracked.learners if row.folder in rows]
        return self.of_these(by, form, asked, filters, unit, not_shown_in_words(self._tracked.rows, filters))

    def of_these(
        self,
        by: MatrixBy,
        form: TableForm,
        learners: Sequence[TrackedRow],
        only: str = "",
        unit: str = "",
        not_shown: str = "",
    ) -> Export:
        """The matrix of these learners, which says that it is of them `only`, and who is `not_shown`; raises as `of`
        does."""
        asked = list(learners)
        place = {each.folder: number for number, each in enumerate(sort_rows((row for row, _ in asked), Order.NAME))}
        asked.sort(key=lambda each: place[each[0].folder])
        known = [(row, own) for row, own in asked if own is not None]
        every = (_on(Tracked(row, own.units), unit) for row, own in known)
        shown = [each for each in every if each.units or not unit]
        if not any(each.units for each in shown):
            raise WrongUse(
                "There is nothing to show",
                f"Nobody whom the filter lets through is on {one_line(unit) or 'a unit'}.",
                "Give another filter or unit, or none.",
            )
        hidden = hidden_in_words(row for row, _ in asked)
        said = " ".join(filter(None, (only.strip(), unit)))
        more = (("Learners", f"{len(shown):,}"), *((("Only", said),) if said else ()))
        tables = self._tables(by, shown)
        caveats = tuple(filter(None, (hidden, not_shown)))
        return table_export(
            tables_of(self._details, self._clock(), "Tracking matrix", tables, more=more, caveats=caveats),
            form,
            f"matrix by {by.value}",
            furthest((self._tracked.heads_of_centre(), *(own.heads for _, own in known))),
            now=self._clock,
            templates=self._folder.templates,
            left_out=tuple(LeftOut(row.registration, row.problem) for row, own in asked if own is None),
        )

    def _rows(self, filters: str) -> Sequence[CaseloadRow]:
        CASELOAD_FILTER.check(filters)
        today = local(self._clock()).date()
        return filter_rows(self._tracked.rows, filters, today)

    def _tables(self, by: MatrixBy, learners: Sequence[Tracked]) -> tuple[Table, ...]:
        if by is MatrixBy.UNIT:
            return by_unit(learners, self._details.name_of)
        return by_criterion(learners, self._sheets.titles(), self._details.name_of)


def _on(each: Tracked, unit: str) -> Tracked:
    """The learner with that unit alone, where one is named by its code or the end of it."""
    if not unit:
        return each
    row = replace(each.row, units=tuple(own for own in each.row.units if is_code(unit, own.code)))
    return Tracked(row, tuple(own for own in each.units if is_code(unit, own.unit.code)))
