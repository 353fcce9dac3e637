"""A record as JSON Lines: every line of every file of it, so that the same bytes can be made of it again.

`record.schema.json` says what the lines are. The first says whose records follow. Then, file by file, each line of the
record with its hash and its body, and behind them how long the file was and its SHA-256. The last line says how many
files there were, so that one that was cut off is known by it. What is no line of a record as MarkTerm writes one, and
what was begun and not finished, is there as the bytes that it is.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from markterm.domain.words.errors import Unreadable
from markterm.exports.anchor import furthest, in_a_word
from markterm.records.canonical import canonical
from markterm.records.kept_heads import Heads
from markterm.records.store import Head, RawFile
from markterm.records.strict_json import NotJson, read_json

FORM = 1
"""The number of this form: a MarkTerm that knows it reads no higher one."""
SCHEMA = "record.schema.json"
"""The JSON Schema of a line, beside this module."""
BODY_AT = 65
"""A line of a record is its hash, a space, and its body."""
_PIECE = 2**20


def write_json_lines(path: Path, centre: Mapping[str, str], records: Mapping[str, Sequence[RawFile]]) -> Heads:
    """Write the files of these records, the one that it is about last; return the heads of what was written.

    `centre` says whose they are. Raises OSError, and `Unreadable` when a file is shorter than it was.
    """
    heads: dict[str, dict[str, Head]] = {}
    rest = path.with_name(f"{path.name}.rest")
    # The heads stand in the first line and are known at the end: what follows it is put behind it then.
    with rest.open("xb") as into:
        for record, files in records.items():
            for file in files:
                name, head = _write_file(into, record, file)
                if head.lines:
                    heads = furthest((heads, {record: {name: head}}))
        into.write(_line({"end": {"files": sum(map(len, records.values()))}}))
    first = {"markterm_record": FORM, "centre": dict(centre), "records": list(records), "heads": in_a_word(heads)}
    with path.open("xb") as whole:
        whole.write(_line(first))
        with rest.open("rb") as source:
            while piece := source.read(_PIECE):
                whole.write(piece)
    rest.unlink()
    return heads


def _write_file(into: BinaryIO, record: str, file: RawFile) -> tuple[str, Head]:
    """Write one file of a record; return the name of the segment that it is, and how far it goes."""
    place = _line({"record": record, "file": file.name}).removesuffix(b"}\n")
    name, digest, number, size, whole = file.name, "", 0, 0, sha256()
    with file.open() as source:
        for line in _lines(source, file.size):
            size += len(line)
            whole.update(line)
            if not line.endswith(b"\n"):
                into.write(b'%b,"unfinished":"%b"}\n' % (place, b64encode(line)))
                break
            number += 1
            digest = line[: BODY_AT - 1].decode("ascii", "replace")
            body = line[BODY_AT:-1]
            said = _said(line, body)
            if said is None:
                into.write(b'%b,"line":%d,"raw":"%b"}\n' % (place, number, b64encode(line[:-1])))
                continue
            into.write(b'%b,"line":%d,"sha256":"%b","body":%b}\n' % (place, number, digest.encode("ascii"), body))
            segment = said.get("segment")
            if number == 1 and isinstance(segment, str):
                name = segment
    if size != file.size:
        raise Unreadable(
            "The record became shorter",
            f"{file.name} had {file.size:,} bytes a moment ago, and has {size:,} now.",
            "Verify the record, put the file back from the last good copy, and export it again.",
        )
    into.write(b'%b,"lines":%d,"bytes":%d,"sha256":"%b"}\n' % (place, number, size, whole.hexdigest().encode("ascii")))
    return name.removesuffix(".log"), Head(number, digest)


def _said(line: bytes, body: bytes) -> dict[str, object] | None:
    """What a line says that can be written as JSON and come to the same bytes again; None for any other one."""
    if line[BODY_AT - 1 : BODY_AT] != b" " or line[: BODY_AT - 1] != sha256(body).hexdigest().encode("ascii"):
        return None
    try:
        said = read_json(body)
    except NotJson:
        return None
    return dict(said) if isinstance(said, dict) and canonical(said) == body else None


def _lines(source: BinaryIO, left: int) -> Iterator[bytes]:
    """The lines in the next so many bytes: what is appended meanwhile is not the record's that was asked for."""
    while left > 0 and (line := source.readline(left)):
        left -= len(line)
        yield line


def _line(said: Mapping[str, object]) -> bytes:
    return json.dumps(said, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"
