"""A cohort on one page, as it leaves the centre."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from markterm.centre.export.pages import Pages
from markterm.centre.export.table_facts import facts_of
from markterm.centre.reports import Reports
from markterm.centre.sheets import CentreSheets
from markterm.centre.tracked import TrackedLearners, TrackedRow
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.reports.asked import Asked, Axis
from markterm.domain.views.caseload import hidden_in_words
from markterm.domain.views.caseload_filter import CASELOAD_FILTER, filter_rows, not_shown_in_words
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.local_time import local
from markterm.exports.anchor import furthest
from markterm.exports.document.cohort import Cohort, cohort_page
from markterm.exports.document.model import Document
from markterm.exports.export import Export, LeftOut
from markterm.exports.file_names import FileNames
from markterm.exports.page_form import PageForm
from markterm.records.kept_heads import Heads

_BY = Asked((Axis.UNIT, Axis.CRITERION))


class CohortExports:
    """A page with pictures of the learners of a centre, or of some of them."""

    def __init__(
        self,
        details: CentreDetails,
        sheets: CentreSheets,
        tracked: TrackedLearners,
        reports: Reports,
        pages: Pages,
        clock: Callable[[], datetime],
    ) -> None:
        self._details = details
        self._sheets = sheets
        self._tracked = tracked
        self._reports = reports
        self._pages = pages
        self._clock = clock

    def looking(self) -> Iterator[object]:
        """Look at every learner of the caseload as it was looked at last, twice; yields after each. Raises
        `Unreadable` when the records cannot be listed."""
        yield from self._reports.looking("referrals")
        yield from self._tracked.looking()

    def of(self, form: PageForm, filters: str = "") -> Export:
        """The page of the learners that the filter lets through, as they were looked at. Raises `WrongUse` where it
        lets nobody through."""
        CASELOAD_FILTER.check(filters)
        today = local(self._clock()).date()
        let_through = {row.folder for row in filter_rows(self._tracked.rows, filters, today)}
        asked = [(row, own) for row, own in self._tracked.learners if row.folder in let_through]
        return self.of_these(form, asked, filters, not_shown_in_words(self._tracked.rows, filters))

    def of_these(self, form: PageForm, asked: Sequence[TrackedRow], only: str = "", not_shown: str = "") -> Export:
        """The page of these learners, which says that it is of them `only` and who is `not_shown`, with what the report
        on referrals counted as it was looked at last. Raises as `of` does."""
        now = self._clock()
        known = [(row, own) for row, own in asked if own is not None]
        if not known:
            raise WrongUse(
                "There is nothing to show", "The filter lets nobody through.", "Give another filter, or none."
            )
        names = {name for row, _ in known for name in (row.registration, *row.earlier)}
        cohort = Cohort(
            len(known),
            [unit for row, _ in known for unit in row.units],
            [turn for _, own in known for unit in own.units for turn in unit.turns],
            self._reports.of_learners("referrals", names, _BY),
            self._sheets.titles(),
            local(now).date(),
        )
        hidden = hidden_in_words(row for row, _ in asked)
        more = (("Only", only),) if only.strip() else ()
        facts, about = facts_of(self._details, now, *more)
        page = cohort_page(cohort, facts, about, tuple(filter(None, (hidden, not_shown))))
        heads = furthest((self._tracked.heads_of_centre(), *(own.heads for _, own in known)))

        def made() -> tuple[Document, Heads]:
            return page, heads

        piece = self._pages.piece(FileNames(), "cohort", "a cohort on one page", form, made)
        left_out = [LeftOut(row.registration, row.problem) for row, own in asked if own is None]
        return self._pages.export("Cohort", "cohort", [piece], left_out)
