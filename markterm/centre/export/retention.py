"""What is kept of learners until when, as it leaves the centre."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from markterm.centre.caseload import Caseload
from markterm.centre.export.standing import AsItStands
from markterm.centre.export.table_facts import tables_of
from markterm.centre.folder import CentreFolder
from markterm.centre.retention import Retention
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.rules.retention import Kept
from markterm.domain.views.caseload import hidden_in_words
from markterm.domain.views.kept_of import KeptOf
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.local_time import local
from markterm.exports.anchor import furthest
from markterm.exports.export import Export
from markterm.exports.table.keeping import retention_table
from markterm.exports.table.table_form import TableForm, table_export
from markterm.records.kept_heads import Heads
from markterm.system.platform import CENTRE_RECORD


@dataclass
class RetentionRead:
    """What was read of everybody's records, and the heads that it is below."""

    kept: list[KeptOf] = field(default_factory=list)
    heads: list[Heads] = field(default_factory=list)


@dataclass(frozen=True)
class RetentionExports:
    """What is kept until when of everybody in the caseload, as a table."""

    folder: CentreFolder
    details: CentreDetails
    caseload: Caseload
    standing: AsItStands
    retention: Retention
    clock: Callable[[], datetime]

    def reading(self, read: RetentionRead) -> Iterator[None]:
        """Read the record of everybody in the caseload, as it was looked at last, into `read`; yields after each. Of
        whom nothing can be read that is said in their row. Raises `Unreadable`."""
        visits = self.retention.held_by_visits()
        for row in self.caseload.rows:
            try:
                shown, heads = self.standing.of(row.registration, in_passing=True)
                read.kept.append(self.retention.of_shown(shown, visits))
                read.heads.append(heads)
            except MarkTermError as error:
                problem = f"{error.title}: {error.what}"
                read.kept.append(KeptOf(row.registration, row.name, Kept(), problem=problem))
            yield

    def of(self, read: RetentionRead, form: TableForm, *, only_due: bool = False) -> Export:
        """The table of whom was `read`, or `only_due` of whom something may be destroyed today; by what is begun and
        meant, then by the earliest day. Raises `Unreadable`."""
        now = self.clock()
        today = local(now).date()
        kept = [each for each in read.kept if not only_due or each.is_due(today)]
        kept.sort(key=lambda each: each.shown_first)
        _, heads = self.standing.events(CENTRE_RECORD)  # After the rest: nothing is not below these heads.
        table = retention_table(kept, today)
        hidden = hidden_in_words(self.caseload.rows)
        return table_export(
            tables_of(
                self.details, now, table.title, (table,), caveats=tuple(filter(None, (self.caseload.limits, hidden)))
            ),
            form,
            "retention",
            furthest((heads, *read.heads)),
            now=self.clock,
            templates=self.folder.templates,
        )
