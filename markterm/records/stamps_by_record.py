"""The stamps of a store that tells all of them at once: memory does, and a database."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from markterm.records.store import Unclaimed


class StampsByRecord:
    """The stamps of records as they were at one moment. Satisfies `Stamps`."""

    def __init__(self, by_record: Mapping[str, str]) -> None:
        self._by_record = by_record

    def __getitem__(self, record: str, /) -> str:
        """The stamp of the record as it was then."""
        return self._by_record.get(record, "")

    def __iter__(self) -> Iterator[str]:
        """The names of the records."""
        return iter(self._by_record)

    def but_for(self, records: Collection[str]) -> Iterator[Unclaimed]:
        """The other records."""
        return (Unclaimed(record, stamp) for record, stamp in self._by_record.items() if record not in records)
