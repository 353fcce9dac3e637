"""The file of an index: a line that says what it is, then a line of JSON for each entry. A cache, which may be lost."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from markterm.system.regular_file import read_regular, write_beside

# Whatever is wrong with a cache, the answer is to build it anew.
UNUSABLE = (OSError, ValueError, TypeError, KeyError, IndexError, RecursionError)

_AT_ONCE = 500
_LARGEST = 2**30


def write_index(path: Path, header: Sequence[object], entries: Iterable[object]) -> bool:
    """Write the index in one step; whether it could be written. It is done without where it cannot."""
    lines = [json.dumps(header), *(json.dumps(entry, separators=(",", ":")) for entry in entries)]
    with suppress(OSError):
        write_beside(path, "\n".join(lines).encode("ascii"))
        return True
    return False


def read_index(path: Path, header: Sequence[object]) -> bytes:
    """The entries as they stand in the file, one a line; none when it has another header or cannot be read."""
    with suppress(*UNUSABLE):
        first, _, entries = read_regular(path, _LARGEST).partition(b"\n")
        if json.loads(first) == list(header):
            return entries
    return b""


def index_entries(written: bytes) -> Iterator[list[Any]]:
    """The entries in that, as whoever wrote them knows them. Raises one of `UNUSABLE` when a line is none."""
    lines = written.split(b"\n") if written else []
    # Some hundred at a time: other threads have to breathe.
    for start in range(0, len(lines), _AT_ONCE):
        yield from json.loads(b"[%b]" % b",".join(lines[start : start + _AT_ONCE]))
