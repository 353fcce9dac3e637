"""What is wrong with a record as it was read: lines that do not verify, and what somebody has seen and is gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from markterm.domain.record.understanding import is_known, is_understood
from markterm.domain.words.finding import Finding, Severity, some_of_each
from markterm.domain.words.foreign_text import one_line
from markterm.records.finding_codes import MISSING, NOT_UNDERSTOOD, UNFINISHED
from markterm.records.folder.segment import SUFFIX, Entry, Segment
from markterm.records.folder.segment_copies import holds, told_of_copies
from markterm.records.store import Head

Witness = tuple[str, Mapping[str, Head]]
"""Who has seen how far segments go, and the heads."""


class FilesAsRead(Protocol):
    """The segments of a record as they were read, whatever they were read from."""

    @property
    def by_file(self) -> Mapping[str, Segment]:
        """They by the names of their files."""
        ...

    @property
    def by_name(self) -> Mapping[str, Segment]:
        """For each segment the file that tells how far it goes."""
        ...

    @property
    def unread(self) -> Mapping[str, Finding]:
        """By file what could not be read, or not to its end."""
        ...

    @property
    def lost(self) -> Mapping[str, Finding]:
        """By file what went since it was read."""
        ...

    @property
    def all_in_their_place(self) -> bool:
        """Whether every file is called as the segment in it is."""
        ...

    def is_restored(self, name: str, lines: int) -> bool:
        """Whether what stood in so many lines of that segment was recorded again by whoever wrote it."""
        ...


def check_record(
    folder: Path, files: FilesAsRead, entries: Sequence[Entry], witnesses: Iterable[Witness]
) -> Iterator[Finding]:
    """What is wrong with the record in `folder`. The segments' own witness is always heard, `witnesses` besides.

    Of one kind so many are told that a person can look at them.
    """
    return some_of_each(_found(folder, files, entries, witnesses))


def _found(
    folder: Path, files: FilesAsRead, entries: Sequence[Entry], witnesses: Iterable[Witness]
) -> Iterator[Finding]:
    yield from (finding for _, finding in sorted(files.unread.items()))
    copies = told_of_copies(files.by_file, files.by_name)
    explained = {left: head.lines for left, head in continued(files)}
    for file, segment in sorted(files.by_file.items()):
        copy = copies.get(file)
        if copy is not None:
            yield copy
            if copy.severity is Severity.INFORMATION:
                continue
        yield from segment.findings
        if file not in files.unread:
            yield from _end(segment, explained, files.is_restored(segment.name, len(segment.digests)))
    yield from _gone(folder, files, witnesses)
    yield from _not_understood(folder, entries)
    yield from files.lost.values()


def _end(segment: Segment, explained: Mapping[str, int], is_restored: bool) -> Iterator[Finding]:
    severity = Severity.WARNING if is_restored else Severity.ERROR
    if not segment.digests and not segment.unfinished:
        yield Finding(UNFINISHED, severity, "the file is empty: it was cut off", segment.path)
    elif segment.unfinished and explained.get(segment.name) != len(segment.digests):
        message = f"the last {segment.unfinished} bytes are no whole line: cut off, or never finished"
        yield Finding(UNFINISHED, severity, message, segment.path, len(segment.digests) + 1)


def _gone(folder: Path, files: FilesAsRead, witnesses: Iterable[Witness]) -> Iterator[Finding]:
    heads: dict[tuple[str, Head], str] = {}
    for file, segment in files.by_file.items():
        for other, head, line in segment.seen:
            heads.setdefault((other, head), f"line {line} of {file.removesuffix(SUFFIX)}")
    for kept, head in continued(files):
        heads.setdefault((kept, head), "the segment that goes on from there")
    for witness, seen in witnesses:
        for name, head in seen.items():
            heads.setdefault((name, head), witness)
    missing: dict[str, str] = {}
    restored: dict[str, str] = {}
    of: dict[str, list[Segment]] = {}
    for segment in files.by_file.values():
        of.setdefault(segment.name, []).append(segment)
    unread = {finding.file for finding in files.unread.values()}
    for (name, head), who in heads.items():
        # Why an unread one lacks what was seen of it is said already.
        if name not in missing and folder / (name + SUFFIX) not in unread:
            lack = lacks(of.get(name, ()), head, who)
            if lack and not files.is_restored(name, head.lines):
                missing[name] = lack
            elif lack:
                restored[name] = f"{lack}; whoever wrote it recorded what stood there again, and nothing is missing"
    for name, message in sorted(missing.items()):
        yield Finding(MISSING, Severity.ERROR, one_line(message), folder / (name + SUFFIX))
    for name, message in sorted(restored.items()):
        if name not in missing:
            yield Finding(MISSING, Severity.WARNING, one_line(message), folder / (name + SUFFIX))


def lacks(files: Sequence[Segment], head: Head, witness: str) -> str:
    """What the files of a segment lack of what the witness had seen of it; empty when that is there."""
    if holds(files, head):
        return ""
    if not files:
        return f"this segment is gone; {witness} had seen {head.lines} lines of it"
    longest = max(len(each.digests) for each in files)
    if longest < head.lines:
        return f"it has {longest} lines where {witness} had seen {head.lines}: its end was cut off"
    return f"line {head.lines} is not the one that {witness} had seen"


def continued(files: FilesAsRead) -> list[tuple[str, Head]]:
    """The segments that others go on from, each with its head when it was left."""
    return [segment.continues for segment in files.by_file.values() if segment.continues is not None]


def _not_understood(folder: Path, entries: Sequence[Entry]) -> Iterator[Finding]:
    for entry in entries:
        event = entry.event
        if not is_understood(event) and is_known(event):
            message = one_line(
                f"this entry is called {event.kind} and lacks what that needs: it is shown, and not counted"
            )
            yield Finding(NOT_UNDERSTOOD, Severity.ERROR, message, folder / (entry.segment + SUFFIX), entry.line)
