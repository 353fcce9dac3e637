"""What reports count of everybody's records: read where something changed, and kept for the next time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from markterm import __version__
from markterm.centre.incomplete_record import why_incomplete
from markterm.domain.assessed.remit import HasUnit
from markterm.domain.record.portfolio import fold
from markterm.domain.reports.counted import Counted, CountedRecord, counted_of, counted_within
from markterm.domain.words.errors import MarkTermError
from markterm.own.counted_index import PackedRecord, counted_index, packed
from markterm.records.finding_codes import UNREAD
from markterm.records.store import EventStore, Stamps
from markterm.system.collecting import without_collecting
from markterm.system.platform import CENTRE_RECORD


class CountedRecords:
    """What is counted of the records in `survey`, the store for looking through everybody's, of those that are `seen`,
    and of the units of each that whoever acts reads, as `units_of` says; `index_file` keeps it."""

    def __init__(
        self,
        survey: EventStore,
        index_file: Path,
        seen: Callable[[str], bool],
        units_of: Callable[[str], HasUnit | None],
    ) -> None:
        self._survey = survey
        self._seen = seen
        self._units_of = units_of
        self._index = counted_index(index_file, __version__)
        self._records: Mapping[str, CountedRecord] = {}
        self.unread: Mapping[str, str] = {}
        """The records that could not be read when they were looked at last, each with why."""

    @property
    def records(self) -> Iterable[CountedRecord]:
        """What is counted of each record, as they were looked at last."""
        return self._records.values()

    @property
    def names(self) -> Iterable[str]:
        """The names of these records."""
        return self._records.keys()

    def looking(self) -> Iterator[int]:
        """Look at every record, and read those that changed; yields how many have been looked at.

        Whoever iterates may stop at any time: what was read is kept. Raises `Unreadable` when they cannot be listed.
        """
        stamps = self._survey.stamps()
        there = sorted(set(stamps) - {CENTRE_RECORD})
        seen = [record for record in there if self._seen(record)]
        records: dict[str, CountedRecord] = {}
        unread: dict[str, str] = {}
        for number, record in enumerate(seen, 1):
            try:
                with without_collecting():
                    found = self._counted(record, stamps)
                if found.learner:
                    has_unit = self._units_of(record)
                    records[record] = found if has_unit is None else counted_within(found, has_unit)
            except MarkTermError as error:
                unread[record] = error.title
            yield number
        self._index.keep_only(there)
        self._records, self.unread = records, unread

    def save(self) -> None:
        """Keep what was counted for the next start."""
        self._index.save()

    def _counted(self, record: str, stamps: Stamps) -> PackedRecord:
        """What is counted of a record; of no learner where it goes on as another one, with which it is counted."""
        stamp = stamps[record]
        kept = self._index.get(record, stamp)
        if kept is not None and all(stamps[each] == then for each, then in kept.before):
            return kept
        events = self._survey.load(record)
        if self._survey.goes_on_as(record):
            found, lasts = packed(Counted("")), True
        else:
            portfolio, findings = fold(events), self._survey.findings(record)
            counted = counted_of(record, portfolio, why_incomplete(findings, portfolio.unknown))
            found = packed(counted, [(each, stamps[each]) for each in self._survey.earlier(record)])
            # What the system did not let us read now it may the next time, and no file shows when.
            lasts = not any(finding.code == UNREAD for finding in findings)
        if lasts:
            self._index.put(record, stamp, found)
        return found
