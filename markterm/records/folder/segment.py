"""A segment: one file that only its creator ever appends to, read and checked line by line.

Its first line says what it is: `{"format", "record", "segment", "prev"}` and, when its writer had to leave a segment
behind, `continues` with that segment's head. Every further line is an event with `prev` (the hash of the line before),
`lc` (a Lamport count) and `seen` (heads of other segments that the writer had newly read); where the writer's segment
lost lines while it was written, `restored` with the heads up to which everything of it was recorded again before.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeGuard

from markterm.domain.record.event import Event, Json
from markterm.domain.record.record_format import NEWEST, OLDEST
from markterm.domain.words.finding import Finding, Severity
from markterm.domain.words.foreign_text import one_line
from markterm.records.codec import NotAnEvent, cleaned, from_json
from markterm.records.finding_codes import (
    ALTERED,
    BROKEN_CHAIN,
    MISPLACED,
    NO_EVENT,
    NO_SEGMENT,
    OTHER_FORMAT,
)
from markterm.records.folder.line import NO_LINE, decode
from markterm.records.store import Head
from markterm.system.regular_file import open_regular

SUFFIX = ".log"
NOT_YET = ".new"
"""What it ends in until its header is whole."""

LARGEST = 64 * 2**20
"""Bytes of a segment that is read. A learner's whole record is a hundredth of it."""
MOST_DAMAGED = 1000
"""Lines of one segment that may hold no event before the rest is left unread: it is no segment, whatever it is."""
_LONGEST_NAME = 255
_LONGEST_SHOWN = 80
_LINES_LOOKED_AT = 100
_MOST_TOLD = 100
_PIECE = 2**20
LAST_COUNT = 2**53 - 1
"""What counts may come to: every language that may ever read a record has these as whole numbers."""
_COUNTS = range(LAST_COUNT + 1)


Times = tuple[int, int]
"""When a file was written, and when anything of it changed last: whoever sets the first back leaves the second."""


def times_of(status: os.stat_result) -> Times:
    """The times of the file that has this status."""
    return status.st_mtime_ns, status.st_ctime_ns


class Unread(Exception):
    """A segment that is not read, or not to its end: `code` and the message of its finding."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Entry(NamedTuple):
    """An event with its place in the record's order: Lamport count, segment, line. No two share a place, but the same
    line in two copies of a segment."""

    lc: int
    segment: str
    line: int
    event: Event


@dataclass(slots=True)
class Segment:
    """What has been read of one segment.

    `name` is what its header calls it, `<writer>.<8 hexadecimal digits>`, or the file's without its ending; `digests`
    are the hashes of its complete lines as they stand there, the header's first; `offset` is where they end, `tail`
    the beginning of what follows and `unfinished` its length; `seen` is what its lines witness of other segments, as
    (segment, head, own line) in order; `restored` the heads up to which its lines say that what its writer's other
    segments lost was recorded again; `times` are those that the file bore when it was read; `record_format` is what its
    header says, 0 as long as none was read.
    """

    path: Path
    record: str
    digests: list[str] = field(default_factory=list)
    offset: int = 0
    unfinished: int = 0
    tail: bytes = b""
    times: Times = (0, 0)
    seen: list[tuple[str, Head, int]] = field(default_factory=list)
    continues: tuple[str, Head] | None = None
    restored: list[tuple[str, Head]] = field(default_factory=list)
    record_format: int = 0
    findings: list[Finding] = field(default_factory=list)
    name: str = field(init=False)
    _is_named: bool = False
    _damaged: int = 0

    def __post_init__(self) -> None:
        self.name = self.path.name.removesuffix(SUFFIX)

    @property
    def head(self) -> Head:
        """How far it goes."""
        return Head(len(self.digests), self.digests[-1] if self.digests else NO_LINE)

    @property
    def is_in_its_place(self) -> bool:
        """Whether the file is called as its header says; also while it has none."""
        return not self._is_named or self.path.name == self.name + SUFFIX

    def read_on(self) -> list[Entry]:
        """The events of the lines that came since the last reading.

        Raises OSError and `Unread`; what was read before that counts as read.
        """
        entries: list[Entry] = []
        with open_regular(self.path) as file:
            self.read_into(entries, file)
        return entries

    def read_into(self, entries: list[Entry], file: BinaryIO) -> None:
        """Add the events of the lines that came since the last reading. Raises OSError and `Unread`."""
        status = os.fstat(file.fileno())
        if status.st_size > LARGEST:
            raise Unread(NO_SEGMENT, f"it has {status.st_size:,} bytes, and no record is as large: it is not read")
        self.times = times_of(status)
        if self.offset:
            file.seek(self.offset)
        for lines in self._pieces(file, status.st_size - self.offset):
            self.read_lines(lines, entries)

    def _pieces(self, file: BinaryIO, left: int) -> Iterator[list[bytes]]:
        """The lines in the next so many bytes of the file, some at a time; then what follows the last of them is known.

        What is appended meanwhile is read the next time: it may grow for ever.
        """
        begun: list[bytes] = []
        while left > 0 and (piece := file.read(min(_PIECE, left))):
            left -= len(piece)
            lines = piece.split(b"\n")
            if len(lines) > 1:
                lines[0] = b"".join((*begun, lines[0]))
                begun.clear()
            begun.append(lines.pop())
            yield lines
        rest = b"".join(begun)
        self.unfinished, self.tail = len(rest), rest[:64]

    def read_lines(self, lines: list[bytes], entries: list[Entry]) -> None:
        """Add the events of these lines, which follow what was read; each without its line end. Raises `Unread`."""
        digests = self.digests
        previous = digests[-1] if digests else NO_LINE
        for raw, (digest, body, fault) in zip(lines, decode(lines), strict=True):
            if not digests and body is not None and "format" in body:
                self.record_format = _known_format(body["format"])
            self.offset += len(raw) + 1
            digests.append(digest)
            if body is None:
                self._find(ALTERED, "this line does not match its hash: it was altered after it was written")
            elif fault:
                self._find(NO_EVENT, one_line(f"this line holds no event: {fault}"))
            else:
                if body.get("prev") != previous:
                    self._find(BROKEN_CHAIN, "lines before this one were removed, inserted or put in another order")
                if "format" in body:
                    self._read_header(body)
                else:
                    self._read_event(body, raw, entries)
            previous = digest
            if self._damaged > MOST_DAMAGED:
                raise Unread(
                    NO_SEGMENT, f"more than {MOST_DAMAGED:,} of its lines are damaged: the rest of it is not read"
                )

    def _read_header(self, body: Mapping[str, Json]) -> None:
        name = body.get("segment")
        if len(self.digests) != 1 or body.get("record") != self.record or not _could_be_a_name(name):
            self._find(MISPLACED, f"this belongs to {_short(body.get('record'))}, segment {_short(name)}")
        else:
            self.name = name
            self._is_named = True
        for segment, head in _heads(body.get("continues")):
            self.continues = (segment, head)

    def _read_event(self, body: dict[str, Json], raw: bytes, entries: list[Entry]) -> None:
        number = len(self.digests)
        if number == 1:
            self._find(MISPLACED, "the segment does not begin with its header")
        lc = body.get("lc")
        try:
            event = from_json(cleaned(body, raw))
            # A count that no writer can have come to would leave no place in the order for anybody after it.
            if type(lc) is not int or not 0 <= lc <= LAST_COUNT:
                raise NotAnEvent("its place in the order is missing or no count")
        except NotAnEvent as error:
            self._find(NO_EVENT, one_line(f"this line holds no event: {error}"))
            return
        if event.learner != self.record:
            self._find(MISPLACED, f"this event belongs to {_short(event.learner)}")
            return
        entries.append(Entry(lc, self.name, number, event))
        if "restored" in body:
            # Only who wrote a segment knows what stood in it.
            self.restored += [
                (name, head) for name, head in _heads(body["restored"]) if writer_of(name) == writer_of(self.name)
            ]
        if "seen" in body:
            self.seen.extend((segment, head, number) for segment, head in _heads(body["seen"]))

    def _find(self, code: str, message: str) -> None:
        self._damaged += 1
        if len(self.findings) < _MOST_TOLD:
            self.findings.append(Finding(code, Severity.ERROR, message, self.path, len(self.digests)))
        elif len(self.findings) == _MOST_TOLD:
            message = f"more is wrong with this file than is told here: {message}"
            self.findings.append(Finding(code, Severity.ERROR, message, self.path, len(self.digests)))


def writer_of(segment: str) -> str:
    """Who writes a segment, from its name."""
    return segment.rpartition(".")[0]


def _known_format(version: Json) -> int:
    if type(version) is int and OLDEST <= version <= NEWEST:
        return version
    newer = type(version) is int and version > NEWEST
    do = "install the newest MarkTerm" if newer else "read it with the MarkTerm that wrote it"
    told = one_line(f"it has format {version}, and this MarkTerm reads formats {OLDEST} to {NEWEST}: {do}")
    raise Unread(OTHER_FORMAT, told)


def _could_be_a_name(said: Json) -> TypeGuard[str]:
    """Whether a segment may be called like that: as a file of any system."""
    return isinstance(said, str) and 0 < len(said) <= _LONGEST_NAME and not set(said) & {"/", "\\", "\0"}


def _short(said: Json) -> str:
    text = one_line(str(said)[:_LONGEST_NAME])
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _heads(value: Json) -> list[tuple[str, Head]]:
    heads: list[tuple[str, Head]] = []
    for segment, pair in value.items() if isinstance(value, dict) else ():
        if isinstance(pair, list) and len(pair) == 2:
            lines, digest = pair
            if type(lines) is int and lines in _COUNTS and lines > 0 and isinstance(digest, str):
                heads.append((segment, Head(lines, digest)))
    return heads


def record_name(path: Path) -> str | None:
    """The record that the first line of a segment which verifies belongs to; None when there is none near its begin."""
    with suppress(OSError), open_regular(path) as file:
        return name_in(_first_lines(file))
    return None


def name_in(lines: Iterable[bytes]) -> str | None:
    """The record that the first of these lines which verifies belongs to; None where none says it."""
    for line in decode(raw.removesuffix(b"\n") for raw in lines):
        if line.body:
            record = line.body.get("record", line.body.get("learner"))
            return record if isinstance(record, str) else None
    return None


def uid_in(raw: bytes) -> str | None:
    """The uid of the event that the line holds; None where it holds none."""
    (line,) = decode([raw.removesuffix(b"\n")])
    if not line.body or line.fault or "format" in line.body:
        return None
    try:
        uid = cleaned(line.body, raw).get("uid")
    except NotAnEvent:
        return None
    return uid if isinstance(uid, str) else None


def _first_lines(file: BinaryIO) -> Iterator[bytes]:
    left = _PIECE
    for _ in range(_LINES_LOOKED_AT):
        line = file.readline(left)
        left -= len(line)
        if not line or left <= 0:
            return
        yield line
