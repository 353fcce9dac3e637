"""A segment: one file that only its creator ever appends to, read and checked line by line.

Its first line says what it is: `{"format", "record", "segment", "prev"}` and, when its writer had to leave a segment
behind, `continues` with that segment's head. Every further line is an event with `prev` (the hash of the line before),
`lc` (a Lamport count) and `seen` (heads of other segments that the writer had newly read).
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from markterm.domain.event import Event, Json
from markterm.domain.finding import Finding, Severity
from markterm.domain.foreign_text import one_line
from markterm.domain.record_format import NEWEST, OLDEST
from markterm.records.codec import NotAnEvent, cleaned, from_json
from markterm.records.line import NO_LINE, decode
from markterm.records.store import Head, RecordTooNew, RecordTooOld

SUFFIX = ".log"

ALTERED = "MR01"
BROKEN_CHAIN = "MR02"
UNFINISHED = "MR03"
MISSING = "MR04"
MISPLACED = "MR05"
USED_TWICE = "MR06"
NO_EVENT = "MR07"


class Entry(NamedTuple):
    """An event with its place in the record's order: Lamport count, segment, line. No two share a place."""

    lc: int
    segment: str
    line: int
    event: Event


@dataclass(slots=True)
class Segment:
    """What has been read of one segment. `name` is the file's without its ending: `<writer>.<8 hexadecimal digits>`.

    `digests` are the hashes of its complete lines as they stand there, the header's first; `offset` is where they end;
    `seen` is what its lines witness of other segments, as (segment, head, own line) in order. `record_format` is what
    its header says, 0 as long as none was read.
    """

    path: Path
    record: str
    digests: list[str] = field(default_factory=list)
    offset: int = 0
    unfinished: int = 0
    seen: list[tuple[str, Head, int]] = field(default_factory=list)
    continues: tuple[str, Head] | None = None
    record_format: int = 0
    findings: list[Finding] = field(default_factory=list)
    name: str = field(init=False)

    def __post_init__(self) -> None:
        self.name = self.path.name.removesuffix(SUFFIX)

    @property
    def head(self) -> Head:
        """How far it goes."""
        return Head(len(self.digests), self.digests[-1] if self.digests else NO_LINE)

    def read_on(self) -> list[Entry]:
        """The events of the lines that came since the last reading.

        Raises OSError, and `RecordTooNew` or `RecordTooOld` when the segment is of another format.
        """
        with self.path.open("rb") as file:
            file.seek(self.offset)
            lines = file.read().split(b"\n")
        unfinished = len(lines.pop())
        decoded = decode(lines)
        if not self.digests and decoded and decoded[0].body is not None and "format" in decoded[0].body:
            self._check_format(decoded[0].body["format"])
        self.unfinished = unfinished
        entries: list[Entry] = []
        previous = self.head.digest
        for raw, (digest, body) in zip(lines, decoded, strict=True):
            self.offset += len(raw) + 1
            self.digests.append(digest)
            if body is None:
                self._find(ALTERED, "this line does not match its hash: it was altered after it was written")
            else:
                if body.get("prev") != previous:
                    self._find(BROKEN_CHAIN, "lines before this one were removed, inserted or put in another order")
                if "format" in body:
                    self._read_header(body)
                else:
                    self._read_event(body, raw, entries)
            previous = digest
        return entries

    def _check_format(self, version: Json) -> None:
        if type(version) is not int or version < OLDEST:
            raise RecordTooOld(
                "This record is too old",
                f"It has format {version}; this MarkTerm reads formats {OLDEST} to {NEWEST}.",
                "Open it with the MarkTerm that wrote it.",
                file=self.path,
            )
        if version > NEWEST:
            raise RecordTooNew(
                "This record is too new",
                f"It has format {version}; this MarkTerm reads up to format {NEWEST}.",
                "Install the newest MarkTerm, then open the centre again. Nothing was changed.",
                file=self.path,
            )
        self.record_format = version

    def _read_header(self, body: Mapping[str, Json]) -> None:
        if len(self.digests) != 1 or body.get("record") != self.record or body.get("segment") != self.name:
            self._find(MISPLACED, one_line(f"this belongs to {body.get('record')}, segment {body.get('segment')}"))
        continues = body.get("continues")
        if isinstance(continues, dict):
            for segment, head in _heads(continues):
                self.continues = (segment, head)

    def _read_event(self, body: dict[str, Json], raw: bytes, entries: list[Entry]) -> None:
        number = len(self.digests)
        if number == 1:
            self._find(MISPLACED, "the segment does not begin with its header")
        lc = body.get("lc")
        try:
            event = from_json(cleaned(body, raw))
            if type(lc) is not int:
                raise NotAnEvent("its place in the order is missing")
        except NotAnEvent as error:
            self._find(NO_EVENT, one_line(f"this line holds no event: {error}"))
            return
        if event.learner != self.record:
            self._find(MISPLACED, one_line(f"this event belongs to {event.learner}"))
            return
        entries.append(Entry(lc, self.name, number, event))
        seen = body.get("seen")
        if isinstance(seen, dict):
            self.seen.extend((segment, head, number) for segment, head in _heads(seen))

    def _find(self, code: str, message: str) -> None:
        self.findings.append(Finding(code, Severity.ERROR, message, self.path, len(self.digests)))


def _heads(value: Mapping[str, Json]) -> list[tuple[str, Head]]:
    heads: list[tuple[str, Head]] = []
    for segment, pair in value.items():
        if isinstance(pair, list) and len(pair) == 2:
            lines, digest = pair
            if type(lines) is int and lines > 0 and isinstance(digest, str):
                heads.append((segment, Head(lines, digest)))
    return heads


def record_name(path: Path) -> str | None:
    """The record that the first line of a segment which verifies belongs to; None when there is none."""
    with suppress(OSError), path.open("rb") as file:
        for raw in file:
            (line,) = decode([raw.rstrip(b"\n")])
            if line.body is not None:
                record = line.body.get("record", line.body.get("learner"))
                return record if isinstance(record, str) else None
    return None
