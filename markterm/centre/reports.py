"""Reports over the records of all learners: what was decided, agreed and referred, by whom."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from markterm.centre.caseload import Caseload
from markterm.centre.counted_records import CountedRecords
from markterm.centre.folder import CentreFolder
from markterm.centre.sheets import CentreSheets
from markterm.centre.work_reports import WorkReport
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.reports import agreement, followed_up, matrix, planned, referrals, unlike, working
from markterm.domain.reports.around import Around
from markterm.domain.reports.asked import Asked, Axis
from markterm.domain.reports.counted import CountedRecord
from markterm.domain.reports.report import Report
from markterm.domain.views.caseload import hidden_in_words
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.nearly import did_you_mean


class Reports:
    """The reports of a centre. `counted` is what is counted of everybody's records, `work` are the reports on the work
    of the staff, by their names."""

    def __init__(
        self,
        folder: CentreFolder,
        details: CentreDetails,
        sheets: CentreSheets,
        counted: CountedRecords,
        caseload: Caseload,
        work: Mapping[str, WorkReport],
    ) -> None:
        self._folder = folder
        self._details = details
        self._sheets = sheets
        self._caseload = caseload
        self._work = work
        self._counted = counted

    def steps(self, name: str) -> int:
        """How often looking for the report of that name yields, as far as can be known before."""
        return len(self._caseload.rows) * (2 if name in self._work else 1)

    def looking(self, name: str) -> Iterator[object]:
        """Look at everything that the report of that name counts, and read what changed; yields again and again.

        What cannot be read is said in the report. Raises `Unreadable` when the records cannot be listed.
        """
        if name == matrix.NAME:
            return  # It is of the sheets alone.
        if name in self._work:
            yield from self._caseload.refresh()
            yield from self._work[name].reading()
        else:
            yield from self._counted.looking()

    def of_learners(self, name: str, learners: Collection[str], asked: Asked) -> Report:
        """The report of that name, one `OF_DECISIONS`, on the learners of these registrations alone, on what was looked
        at last."""
        asked = asked if asked.by else replace(asked, by=AXES[name][:1])
        own = [each for each in self._counted.records if each.learner in learners]
        return OF_DECISIONS[name](lambda: own, asked, self._around(learners))

    def made(self, name: str, asked: Asked) -> Report:
        """The report of that name on what was looked at last, by the first of its axes where nothing is asked for.

        Raises `WrongUse` for rows that it does not have, and for a unit or a member of whom neither the centre nor a
        record knows; `Unreadable` when the centre's record cannot be read.
        """
        axes = AXES[name]
        asked = asked if asked.by else replace(asked, by=axes[:1])
        for axis in asked.by:
            if axis not in axes:
                known = ", ".join(axes)
                raise WrongUse("By what?", f"This report has no rows by {axis}.", f"It has them by {known}.")
        for what in sorted(USELESS.get(name, ())):
            if getattr(asked, what):
                raise WrongUse(*_WHY_USELESS[what])
        doubt: WrongUse | None = None
        if asked.unit:
            try:
                asked = replace(asked, unit=self._sheets.named(asked.unit).code)
            except WrongUse as error:
                doubt = error  # Something may be recorded of a unit whose sheet is gone,
        for member_id in filter(None, (asked.assessor, asked.verifier)):
            if not self._is_member(member_id):
                try:
                    self._details.named(member_id)
                except WrongUse as error:
                    doubt = error  # or by somebody whom only the record of a learner knows.
        report = self._made(name, asked)
        if name != matrix.NAME and (limits := self._caseload.limits):
            report = replace(report, notes=(limits, *report.notes))
        if not report.rows:
            if doubt is not None:
                raise doubt
            self._require_criterion(asked)
        return report

    def _made(self, name: str, asked: Asked) -> Report:
        if name == matrix.NAME:
            return matrix.matrix(self._sheets.assignments.by_code.values(), self._sheets.units.units, asked)
        if name in self._work:
            report = self._work[name].made(asked)
            hidden = hidden_in_words(self._caseload.rows)
            return replace(report, warnings=(*report.warnings, hidden)) if hidden else report
        records = self._counted.records  # What lies behind a figure is looked for in what the figure was made from.
        return OF_DECISIONS[name](lambda: records, asked, self._around())

    def save(self) -> None:
        """Keep what was counted for the next start."""
        self._counted.save()

    def _require_criterion(self, asked: Asked) -> None:
        """Raises `WrongUse` where a criterion is asked for that no version of the unit has, or of any unit."""
        units = [unit for key, unit in self._sheets.marked.by_key.items() if asked.unit in ("", key.code)]
        if asked.criterion and not any(unit.criterion(asked.criterion) for unit in units):
            of = f"{asked.unit} has no" if asked.unit else "No unit has a"
            numbers = ", ".join(dict.fromkeys(each.number for unit in units for each in unit.criteria)) or "none"
            what = f"{of} criterion {one_line(asked.criterion)}."
            every = {each.number for unit in units for each in unit.criteria}
            meant = did_you_mean(asked.criterion, sorted(every), f"There are {numbers}.")
            raise WrongUse("No such criterion", what, meant)

    def _is_member(self, member_id: str) -> bool:
        return self._details.member(member_id) is not None or self._details.past().last(member_id) is not None

    def _around(self, learners: Collection[str] | None = None) -> Around:
        """What is around the records of everybody, or of these learners."""

        def is_asked(record: str) -> bool:
            return learners is None or record in learners

        folders = set(self._folder.learner_folders())
        return Around(
            self._details.name_of,
            self._is_member,
            lambda member_id: self._details.member(member_id) is None and self._is_member(member_id),
            lambda key: self._sheets.sheet_of(key) is not None,
            [f"{record} ({why})" for record, why in self._counted.unread.items() if is_asked(record)],
            [
                record
                for record in self._counted.names
                if is_asked(record) and self._folder.learner(record).name not in folders
            ],
            self._details.strategies.points.enough,
        )


OF_DECISIONS: Mapping[str, Callable[[Callable[[], Iterable[CountedRecord]], Asked, Around], Report]] = {
    "agreement": agreement.agreement,
    "referrals": referrals.referrals,
    unlike.NAME: unlike.unlike,
}
"""The reports that count decisions and answers, record by record."""
AXES: Mapping[str, tuple[Axis, ...]] = {
    "agreement": agreement.AXES,
    "referrals": referrals.AXES,
    unlike.NAME: unlike.AXES,
    planned.NAME: planned.AXES,
    followed_up.NAME: followed_up.AXES,
    working.NAME: working.AXES,
    matrix.NAME: matrix.AXES,
}
"""By what the rows of each report can be; the first is usual."""
USELESS: Mapping[str, frozenset[str]] = {
    "referrals": frozenset({"verifier"}),
    "unlike": frozenset({"verifier"}),
    planned.NAME: frozenset({"criterion"}),
    working.NAME: frozenset({"criterion", "since", "until"}),
    matrix.NAME: frozenset({"assessor", "criterion", "verifier", "since", "until"}),
}
"""What cannot be asked of a report, as `Asked` calls it: it says nothing of that."""
_DAYS = "Of which days?", "This report is of what waits today.", "Ask it without days."
_WHY_USELESS = {
    "assessor": ("Whose decisions?", "This report is of no decisions.", "Ask it without an assessor."),
    "verifier": ("Whose answers?", "This report counts no answers of verifiers.", "Ask it without a verifier."),
    "criterion": ("Which criterion?", "This report tells no criteria apart.", "Ask it without a criterion."),
    "since": _DAYS,
    "until": _DAYS,
}
