"""The file of an index: a line that says what it is, then a line of JSON for each entry. A cache, which may be lost."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from markterm.system.regular_file import open_regular, read_regular, write_beside

# Whatever is wrong with a cache, the answer is to build it anew.
UNUSABLE = (OSError, ValueError, TypeError, KeyError, IndexError, RecursionError)

_AT_ONCE = 500
_LARGEST = 2**30
_LONGEST_HEADER = 2**16
_PIECE = 2**18


def write_index(path: Path, header: Sequence[object], entries: Iterable[object]) -> bool:
    """Write the index in one step; whether it could be written. It is done without where it cannot."""
    with suppress(OSError):
        write_beside(path, _lines(header, entries))
        return True
    return False


def _lines(header: Sequence[object], entries: Iterable[object]) -> Iterator[bytes]:
    """The lines of the file, one by one: of a million decisions all at once would take as much memory again."""
    yield json.dumps(header).encode("ascii")
    for entry in entries:
        yield b"\n" + json.dumps(entry, separators=(",", ":")).encode("ascii")


def read_index(path: Path, header: Sequence[object]) -> bytes:
    """The entries as they stand in the file, one a line; none when it has another header or cannot be read."""
    with suppress(*UNUSABLE):
        first, _, entries = read_regular(path, _LARGEST).partition(b"\n")
        if json.loads(first) == list(header):
            return entries
    return b""


def entries_in_file(path: Path, header: Sequence[object]) -> Iterator[list[Any]]:
    """The entries in the file, read as they are asked for; none under another header. Raises one of `UNUSABLE`."""
    with open_regular(path) as file:
        if json.loads(file.readline(_LONGEST_HEADER)) == list(header):
            while some := file.readlines(_PIECE):
                yield from _entries(some)


def index_entries(written: bytes) -> Iterator[list[Any]]:
    """The entries in that, as whoever wrote them knows them. Raises one of `UNUSABLE` when a line is none."""
    lines = written.split(b"\n") if written else []
    for start in range(0, len(lines), _AT_ONCE):
        yield from _entries(lines[start : start + _AT_ONCE])


def _entries(lines: Sequence[bytes]) -> list[list[Any]]:
    """Those in some of the lines at once, and in no more: other threads have to breathe."""
    entries: list[list[Any]] = json.loads(b"[%b]" % b",".join(lines))
    return entries
