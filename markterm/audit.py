"""The audit of records: is each whole and unchanged, as far as it and everybody who saw it can tell?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markterm.domain.errors import Unreadable
from markterm.domain.event import Event
from markterm.domain.finding import Finding, Severity
from markterm.domain.renaming import renaming_of
from markterm.records.finding_codes import NO_RECORD
from markterm.records.store import EventStore, Head


@dataclass(frozen=True, slots=True)
class RecordAudit:
    """What an audit of one record found, how many events it has, and its heads for keeping outside.

    `goes_on_from` are the records that it goes on from, `late` how many of their lines came after it did.
    """

    record: str
    events: int
    heads: Mapping[str, Head]
    findings: tuple[Finding, ...]
    goes_on_from: tuple[str, ...] = ()
    late: int = 0


def audit_records(store: EventStore, records: Iterable[str]) -> Iterator[RecordAudit]:
    """These records, each verified from its first byte; one that cannot be read is a finding."""
    for record in records:
        try:
            findings = store.verify(record)
            every = store.load(record)
            own = [event for event in every if event.learner == record]
            earlier = store.earlier(record)
            late = _late(store, record, own) if earlier else 0
            yield RecordAudit(record, len(own), store.heads(record), findings, earlier, late)
        except Unreadable as error:
            message = f"{error.title}: {error.what}"
            finding = Finding(NO_RECORD, Severity.ERROR, message, error.file, error.line)
            yield RecordAudit(record, 0, {}, (finding,))


def _late(store: EventStore, record: str, own: Iterable[Event]) -> int:
    """How many lines came to the records that this one goes on from after it did."""
    last = {r.goes_on_from: r for event in own if (r := renaming_of(event)) is not None and r.goes_on_from}
    late = 0
    for old, renaming in last.items():
        if store.goes_on_as(old) == record:
            for name, head in store.heads(old).items():
                # A segment begins with a line that says what it is.
                late += max(head.lines - renaming.heads.get(name, (1, ""))[0], 0)
    return late
