"""One criterion across the learners of a centre, and the next open one anywhere: looked for where the caseload says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from markterm.centre.caseload import Caseload
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.looks import Looks
from markterm.centre.sheets import CentreSheets
from markterm.domain.assessed.assignment import Cell
from markterm.domain.assessed.unit import Criterion, Unit, UnitKey
from markterm.domain.record.event import Kind
from markterm.domain.record.portfolio import fold
from markterm.domain.record.sheet_fit import as_it_stands
from markterm.domain.record.states import CriterionState, UnitState
from markterm.domain.rules.marking import next_open
from markterm.domain.views.across import Across, Stand
from markterm.domain.views.caseload import CaseloadRow, UnitProgress
from markterm.domain.views.caseload_filter import units_named
from markterm.domain.views.due import Step
from markterm.domain.views.waits_with import next_with_unit
from markterm.domain.views.where_to_begin import Beginning
from markterm.domain.words.errors import MarkTermError
from markterm.records.store import EventStore

_TOLD_EVERY = 250

_Kept = dict[str, tuple[CaseloadRow, dict[str, Stand]]]
"""By learner's folder, the row that it was read for, and every criterion of the unit."""


@dataclass(frozen=True, slots=True)
class NextOpen:
    """A criterion that waits, of which learner."""

    shown: LearnerPortfolio
    unit: Unit
    criterion: Criterion


class AcrossLearners:
    """Looks through the caseload of a centre. What it read is kept for the unit that was asked for last."""

    def __init__(
        self,
        caseload: Caseload,
        store: EventStore,
        sheets: CentreSheets,
        portfolio: Callable[[str], LearnerPortfolio],
        begin: Callable[[LearnerPortfolio, Collection[str]], Beginning | None],
        looks: Looks,
    ) -> None:
        """`begin` says where whoever acts begins with a learner, among units of these codes; `looks` is told of
        whose decisions are shown, before they are."""
        self._caseload = caseload
        self._store = store
        self._sheets = sheets
        self._portfolio = portfolio
        self._begin = begin
        self._looks = looks
        self._kept: tuple[tuple[int, UnitKey] | None, _Kept] = (None, {})

    def look(self, unit: Unit, number: str) -> Iterator[Across]:
        """Where that criterion stands for every learner of the caseload who is on that version of the unit.

        Yields what is known without reading a record at once, then more and more of it, and at last all. A record is
        read only where something was recorded of the unit, and not again until something is added to it. Records that
        cannot be read are left out: the caseload tells of them. Whoever iterates may stop at any time.
        """
        # What was read of the sheets as they were says nothing once they are read anew.
        kept_for = self._sheets.edition, unit.key
        if self._kept[0] != kept_for:
            self._kept = (kept_for, {})
        kept = self._kept[1]
        rows = self._caseload.rows
        asked = unit.criterion(number)
        gates = asked is None or asked.gates
        stands = [self._known(row, unit, number, kept) for row in rows]
        # Before anything is shown, and once: what each of them has of it is shown as it is read.
        self._looks.listed([row.registration for row in rows if row.latest is not None and _progress(row, unit)])
        yield Across(tuple(filter(None, stands)), 0, len(rows), gates)
        # Whatever happened last is read first: of earlier decisions the newest matter most.
        newest_first = sorted(range(len(rows)), key=lambda place: _time(rows[place]), reverse=True)
        for looked, place in enumerate(newest_first, 1):
            stands[place] = self._read(self._caseload.refresh_one(rows[place].folder), unit, number, kept)
            if looked % _TOLD_EVERY == 0 and looked < len(rows):
                yield Across(tuple(filter(None, stands)), looked, len(rows), gates)
        yield Across(tuple(filter(None, stands)), len(rows), len(rows), gates)

    def next_open(self, rows: Iterable[CaseloadRow], filtered: str = "") -> NextOpen | None:
        """The criterion with which whoever acts begins, of the first of these learners who has one that waits, among
        the units that they were `filtered` by, where the filter is about units; None when nothing waits."""
        for row in rows:
            if row.waits_for(Step.MARK, Step.SETTLE) and row.open:
                named = units_named(row, filtered, self._caseload.today)
                # The row may be older than the record, and one that cannot be read holds up no other.
                with suppress(MarkTermError):
                    found = self._first_open(self._portfolio(row.registration), named)
                    if found is not None:
                        return found
        return None

    def _first_open(self, shown: LearnerPortfolio, named: Collection[str]) -> NextOpen | None:
        """Where whoever acts begins with the learner, or else the first criterion that waits after it."""
        units = [unit for unit in shown.units if not named or unit.code in named]
        places = [[NextOpen(shown, unit, criterion) for criterion in unit.criteria] for unit in units]
        begin = self._begin(shown, named)

        def is_there(place: NextOpen) -> bool:
            return begin is not None and (place.unit.code, place.criterion.number) == (begin.unit, begin.criterion)

        def waits(place: NextOpen) -> bool:
            cell = Cell(place.unit.code, place.criterion.number)
            return cell not in shown.held and shown.waits(place.unit.key, place.criterion.number)

        first = next((place for group in places for place in group if is_there(place)), None)
        return first if first is not None and waits(first) else next_open(places, waits, first)

    def next_with_unit(
        self, after: str, code: str, member: str, listed: Sequence[str] | None = None
    ) -> CaseloadRow | None:
        """The learner who comes after the one of the registration `after`, among those `listed` and in their order, or
        else among all, and waits for the member of that id with the unit of that code, as the records say it now; None
        where nobody else does."""
        looked_at: set[str] = set()
        while True:
            rows = {row.registration: row for row in self._caseload.rows}
            among = [rows[each] for each in (rows if listed is None else listed) if each in rows]
            found = next_with_unit(among, after, code, member)
            if found is None or found.folder in looked_at:
                return found
            # Others mark too: whoever is opened waits also by what is recorded of them now.
            looked_at.add(found.folder)
            self._caseload.refresh_one(found.folder)

    def _known(self, row: CaseloadRow, unit: Unit, number: str, kept: _Kept) -> Stand | None:
        """What can be said of a learner without reading their record; None when nothing can."""
        progress = _progress(row, unit)
        if progress is None:
            return None
        if row.folder in kept and kept[row.folder][0] == row:
            return kept[row.folder][1].get(number)
        is_newest = self._is_newest(unit)
        is_known = is_newest and progress.state is UnitState.NOT_STARTED
        return Stand(row, since=_waits_since(row, unit)) if is_known else None

    def _read(self, row: CaseloadRow, unit: Unit, number: str, kept: _Kept) -> Stand | None:
        """The same as the record tells it; None when the learner is not on that version of the unit."""
        if row.latest is None or _progress(row, unit) is None:
            return self._known(row, unit, number, kept)
        if row.folder not in kept or kept[row.folder][0] != row:
            try:
                kept[row.folder] = (row, self._stands(row, unit))
            except MarkTermError:
                return None
        return kept[row.folder][1].get(number)

    def _stands(self, row: CaseloadRow, unit: Unit) -> dict[str, Stand]:
        events = self._store.load(row.registration)
        if not any(event.kind == Kind.CARRIED for event in events):  # What was carried may come from other units.
            events = tuple(event for event in events if event.subject.unit and event.subject.unit.code == unit.code)
        portfolio = fold(events)
        begun = portfolio.begun.get(unit.code)
        sheet = self._sheets.sheet_of(unit.key)
        since = _waits_since(row, unit)
        if begun is None and self._is_newest(unit):
            return {criterion.number: Stand(row, since=since) for criterion in unit.asked}
        if begun is not None and self._sheets.sheet_of(begun) is None:
            # Decided on a sheet that is gone: of these criteria nobody knows yet what that says.
            left = portfolio.unit(begun)
            gone = ((number, left.criterion(number)) for number in (each.number for each in unit.asked))
            closed = left.closing is not None
            stale = Stand(row, CriterionState.STALE, None, closed, since)
            return {number: stale for number, own in gone if own.standing}
        if begun != unit.key or sheet is None:
            return {}
        stands, record = as_it_stands(unit.key, sheet, (), portfolio)
        each = ((criterion.number, record.criterion(criterion.number)) for criterion in stands.asked)
        closed = record.closing is not None
        # What was decided on other words says nothing of this criterion.
        return {
            number: Stand(row, own.state, None if own.stale else own.decision, closed, since) for number, own in each
        }

    def _is_newest(self, unit: Unit) -> bool:
        newest = self._sheets.units.units.get(unit.code) or self._sheets.marked.units.get(unit.code)
        return newest is not None and newest.key == unit.key


def _progress(row: CaseloadRow, unit: Unit) -> UnitProgress | None:
    """How far the learner is in the unit; None when they are not on it, or have handed in nothing."""
    progress = next((each for each in row.units if each.code == unit.code), None)
    return None if progress is None or [each.step for each in progress.due] == [Step.SUBMIT] else progress


def _waits_since(row: CaseloadRow, unit: Unit) -> datetime | None:
    """Since when that unit waits to be marked or settled: what was recorded of the learner's other units is none of
    it."""
    progress = _progress(row, unit)
    waits = progress.due if progress is not None else ()
    return next((due.since for due in waits if due.step in (Step.MARK, Step.SETTLE)), None)


def _time(row: CaseloadRow) -> float:
    return row.latest.timestamp() if row.latest is not None else 0.0
