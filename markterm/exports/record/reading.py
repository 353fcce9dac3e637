"""A record that comes back: what `write_json_lines` wrote, put into files of the same bytes, or refused.

The hash of each line is computed anew, and that of each file; the chain from line to line is followed. So whoever
changed a word in it has to have written everything after it anew, and the heads that were kept elsewhere tell.
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, TypeGuard

from markterm.domain.record.record_format import NEWEST, OLDEST
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import Refused, Unreadable, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.record.json_lines import FORM
from markterm.records.canonical import canonical
from markterm.records.store import Head
from markterm.system.platform import folder_name, sync_file

_LONGEST = 128 * 2**20
_MOST_TOLD = 20
_NO_LINE = "0" * 64


@dataclass
class Unpacked:
    """The records of a file: `folders` has for each the folder with its files, which are durable there.

    `centre` is whose they were, `record_format` the highest format of their files, `heads` how far each goes, and
    `faults` what does not verify in them, in sentences: at most twenty.
    """

    centre: dict[str, str]
    folders: dict[str, Path] = field(default_factory=dict)
    files: dict[str, dict[str, str]] = field(default_factory=dict)
    """By record and name the SHA-256 of each file."""
    heads: dict[str, dict[str, Head]] = field(default_factory=dict)
    events_of: dict[str, int] = field(default_factory=dict)
    """How many events each record has."""
    record_format: int = OLDEST
    faults: list[str] = field(default_factory=list)

    @property
    def events(self) -> int:
        """How many events they have together."""
        return sum(self.events_of.values())


def unpack(source: Path, into: Path, called: Path | None = None) -> Unpacked:
    """Make the files of the records in `source` anew, in folders below `into`; what is wrong is told of it as it is
    `called`, where that is otherwise.

    Raises `WrongUse` when it is no record that was exported, `Unreadable` when it is not as it was written, `Refused`
    for a newer form or format, and OSError.
    """
    with source.open("rb") as file:
        return _Unpacking(called or source, into).all_of(file)


class _Unpacking:
    def __init__(self, source: Path, into: Path) -> None:
        self._source = source
        self._into = into
        self._number = 0
        self._segment, self._count, self._previous = "", 0, _NO_LINE
        self._segments: dict[tuple[str, str], Head] = {}
        self._seen: dict[tuple[str, str], Head] = {}

    def all_of(self, file: BinaryIO) -> Unpacked:
        lines = self._lines(file)
        first = next(lines, {})
        form, centre, records = first.get("markterm_record"), first.get("centre"), first.get("records")
        if type(form) is not int or not isinstance(centre, dict) or not isinstance(records, list):
            raise WrongUse(
                "No record that was exported",
                f"{self._source} does not begin as one.",
                "Name a file that was exported as a record, in JSON Lines.",
                file=self._source,
            )
        if form > FORM:
            raise Refused(
                "A newer MarkTerm wrote this",
                f"The file has form {form}, and this MarkTerm reads form {FORM}.",
                "Install the newest MarkTerm, and do it again.",
                file=self._source,
            )
        found = Unpacked({str(key): one_line(str(value)) for key, value in centre.items()})
        for record in records:
            if not isinstance(record, str):
                raise self._altered("the name of a record is no text")
            found.folders[record] = self._into / folder_name(record)
            found.folders[record].mkdir()
            found.files[record] = {}
        for said in lines:
            if "end" in said:
                if not isinstance(said["end"], dict) or said["end"].get("files") != sum(map(len, found.files.values())):
                    raise self._altered("it does not have all the files that it had")
                if next(lines, None) is not None:
                    raise self._altered("something follows its end")
                self._tell_missing(found)
                return found
            self._file(found, said, lines)
        raise self._altered("its end was cut off")

    def _file(self, found: Unpacked, said: dict[str, Any], lines: Iterator[dict[str, Any]]) -> None:
        """Make one file, of which `said` is the first line."""
        record, name = said.get("record"), said.get("file")
        if not isinstance(record, str) or record not in found.folders:
            raise self._altered("a line is of no record that it names")
        if not _could_be_a_name(name) or name in found.files[record]:
            raise self._altered("a line names a file that cannot be one of a record")
        self._segment, self._previous, self._count = name.removesuffix(".log"), _NO_LINE, 0
        whole, size = sha256(), 0
        with (found.folders[record] / name).open("xb") as into:
            while "lines" not in said:
                if (said.get("record"), said.get("file")) != (record, name):
                    raise self._altered(f"the end of {name} is missing")
                line = self._line(found, record, name, said)
                into.write(line)
                whole.update(line)
                size += len(line)
                said = next(lines, {})
            if (said.get("record"), said.get("file")) != (record, name):
                raise self._altered(f"the end of {name} is missing")
            into.flush()
            sync_file(into.fileno())
        digest = whole.hexdigest()
        if (said["lines"], said.get("bytes"), said.get("sha256")) != (self._count, size, digest):
            raise self._altered(f"{name} is not the file that was exported")
        found.files[record][name] = digest
        if self._count:
            segments, head = found.heads.setdefault(record, {}), Head(self._count, self._previous)
            if self._segment not in segments or segments[self._segment].lines < head.lines:
                segments[self._segment] = head

    def _line(self, found: Unpacked, record: str, name: str, said: dict[str, Any]) -> bytes:
        """The bytes of a line, with its end."""
        if "unfinished" in said:
            return self._bytes(said["unfinished"])  # Somebody was killed there; whoever went on says so.
        if "raw" in said:
            data = self._bytes(said["raw"])
            self._count += 1
            self._fault(found, f"line {self._count} of {name} is none of a record, or was altered after it was written")
            self._previous = data[:64].decode("ascii", "replace")
            return data + b"\n"
        body, digest = said.get("body"), said.get("sha256")
        if not isinstance(body, dict) or said.get("line") != self._count + 1:
            raise self._altered(f"lines of {name} are missing, or stand in another order")
        text = canonical(body)
        if sha256(text).hexdigest() != digest:
            raise self._altered(f"line {self._count + 1} of {name} does not match its hash")
        self._count += 1
        if body.get("prev") != self._previous:
            self._fault(found, f"line {self._count} of {name} does not follow from the line before it")
        self._previous = digest
        if "format" in body:
            self._header(found, record, body)
        else:
            found.events_of[record] = found.events_of.get(record, 0) + 1
        self._see(record, body)
        return b"%b %b\n" % (digest.encode("ascii"), text)

    def _bytes(self, said: object) -> bytes:
        try:
            return b64decode(said, validate=True) if isinstance(said, str) else b""
        except ValueError:
            raise self._altered("what should be bytes are none") from None

    def _header(self, found: Unpacked, record: str, body: dict[str, Any]) -> None:
        version = body["format"]
        if type(version) is int and version > NEWEST:
            raise Refused(
                "A newer MarkTerm recorded this",
                f"The record has format {version}, and this MarkTerm reads formats {OLDEST} to {NEWEST}.",
                "Install the newest MarkTerm, and do it again.",
                file=self._source,
            )
        if type(version) is int:
            found.record_format = max(found.record_format, version)
        if body.get("record") != record:
            self._fault(found, f"a file of {record} says that it is another record's")
        elif self._count == 1 and isinstance(body.get("segment"), str):
            self._segment = body["segment"]

    def _see(self, record: str, body: dict[str, Any]) -> None:
        self._segments[record, self._segment] = Head(self._count, self._previous)
        for key in ("seen", "continues"):
            heads = body.get(key)
            for segment, head in heads.items() if isinstance(heads, dict) else ():
                if isinstance(head, list) and len(head) == 2 and type(head[0]) is int:
                    known = self._seen.get((record, segment))
                    if known is None or known.lines < head[0]:
                        self._seen[record, segment] = Head(head[0], str(head[1]))

    def _tell_missing(self, found: Unpacked) -> None:
        """What lines say that they saw of other segments, and is not there."""
        for (record, segment), head in self._seen.items():
            there = self._segments.get((record, segment))
            if there is None or there.lines < head.lines:
                lines = counted(there.lines if there is not None else 0, "line")
                self._fault(found, f"{segment} has {lines}, where others saw {head.lines} of it")
            elif there.lines == head.lines and there.digest != head.digest:
                self._fault(found, f"line {head.lines} of {segment} is not the one that others saw")

    def _fault(self, found: Unpacked, what: str) -> None:
        if len(found.faults) < _MOST_TOLD:
            found.faults.append(one_line(what))

    def _lines(self, file: BinaryIO) -> Iterator[dict[str, Any]]:
        while raw := file.readline(_LONGEST):
            self._number += 1
            try:
                said = json.loads(raw)
            except (ValueError, RecursionError):
                said = None
            if not isinstance(said, dict):
                if self._number == 1:
                    said = {}
                else:
                    raise self._altered("a line is no JSON, or was cut off")
            yield said

    def _altered(self, what: str) -> Unreadable:
        return Unreadable(
            "Not the record that was exported",
            f"Something was changed since, or cut off: {one_line(what)}. Nothing was taken in.",
            "Take another copy of the export.",
            file=self._source,
            line=self._number,
        )


def _could_be_a_name(name: object) -> TypeGuard[str]:
    """Whether a file of a record may be called like that on any system."""
    return (
        isinstance(name, str)
        and 0 < len(name) <= 255
        and name not in (".", "..")
        and not any(each in '/\\:*?"<>|' or ord(each) < 32 for each in name)
    )
