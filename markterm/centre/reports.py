"""Reports over the records of all learners: what was decided, agreed and referred, by whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from markterm.centre.folder import CentreFolder
from markterm.centre.incomplete_record import why_incomplete
from markterm.centre.sheets import CentreSheets
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.portfolio import fold
from markterm.domain.reports import agreement, referrals
from markterm.domain.reports.around import Around
from markterm.domain.reports.asked import Asked, Axis
from markterm.domain.reports.counted import Counted, counted_of
from markterm.domain.reports.report import Report
from markterm.domain.words.errors import MarkTermError, WrongUse
from markterm.records.store import EventStore
from markterm.system.platform import CENTRE_RECORD


class Reports:
    """The reports of a centre. `store` is the one for looking through everybody's records."""

    def __init__(self, folder: CentreFolder, details: CentreDetails, sheets: CentreSheets, store: EventStore) -> None:
        self._folder = folder
        self._details = details
        self._sheets = sheets
        self._store = store
        self._counted: dict[str, Counted] = {}
        self._unread: dict[str, str] = {}

    def looking(self) -> Iterator[int]:
        """Look at every record, and read those that changed; yields how many have been looked at.

        What cannot be read is said in every report. Raises `Unreadable` when the records cannot be listed.
        """
        records = sorted(set(self._store.stamps()) - {CENTRE_RECORD})
        self._unread.clear()
        self._counted.clear()
        for number, record in enumerate(records, 1):
            try:
                self._read(record)
            except MarkTermError as error:
                self._unread[record] = error.title
            yield number

    def agreement(self, asked: Asked) -> Report:
        """How far verifiers agree with assessors. Raises `WrongUse` as `_report` does."""
        return self._report(asked, agreement.AXES, agreement.agreement)

    def referrals(self, asked: Asked) -> Report:
        """How much is referred. Raises `WrongUse` as `_report` does."""
        return self._report(asked, referrals.AXES, referrals.referrals)

    def _report(
        self,
        asked: Asked,
        axes: tuple[Axis, ...],
        made: Callable[[Callable[[], Iterator[Counted]], Asked, Around], Report],
    ) -> Report:
        """A report of what was looked at last. Raises `WrongUse` for rows that it does not have, and for a unit or a
        member of whom neither the centre nor a record knows."""
        for axis in asked.by:
            if axis not in axes:
                known = ", ".join(axes)
                raise WrongUse("By what?", f"This report has no rows by {axis}.", f"It has them by {known}.")
        doubt: WrongUse | None = None
        if asked.unit:
            try:
                asked = replace(asked, unit=self._sheets.units.named(asked.unit).code)
            except WrongUse as error:
                doubt = error  # Something may be recorded of a unit whose sheet is gone,
        for member_id in filter(None, (asked.assessor, asked.verifier)):
            if not self._is_member(member_id):
                try:
                    self._details.named(member_id)
                except WrongUse as error:
                    doubt = error  # or by somebody whom only the record of a learner knows.
        report = made(self._records, asked, self._around())
        if doubt is not None and not report.rows:
            raise doubt
        return report

    def _read(self, record: str) -> None:
        events = self._store.load(record)
        if self._store.goes_on_as(record):
            return  # It is read with the record that it goes on as, and counted once.
        portfolio = fold(events)
        why = why_incomplete(self._store.findings(record), portfolio.unknown)
        self._counted[record] = counted_of(record, portfolio, why)

    def _records(self) -> Iterator[Counted]:
        yield from self._counted.values()

    def _is_member(self, member_id: str) -> bool:
        return self._details.member(member_id) is not None or self._details.past().last(member_id) is not None

    def _around(self) -> Around:
        folders = set(self._folder.learner_folders())
        return Around(
            self._details.name_of,
            self._is_member,
            self._sheets.units.by_key.__contains__,
            [f"{record} ({why})" for record, why in self._unread.items()],
            [record for record in self._counted if self._folder.learner(record).name not in folders],
        )


REPORTS: Mapping[str, Callable[[Reports, Asked], Report]] = {
    "agreement": Reports.agreement,
    "referrals": Reports.referrals,
}
"""The reports by their names."""
