"""A zip archive, and what is one inside (Word, Excel, OpenDocument), looked through before anything unpacks it."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from markterm.domain.words.foreign_text import one_line
from markterm.evidence import ole
from markterm.evidence.conversion.zip_end import LARGEST_LIST, zip_end
from markterm.evidence.converted import NotReadable

LARGEST_ENTRY = 100 * 1024 * 1024
LARGEST_IN_ALL = 150 * 1024 * 1024
MOST_ENTRIES = 5_000
HIGHEST_RATIO = 200
"""Bytes that one stored byte may become, in an entry of some size: a sheet of blank cells packs well and is small."""
DAMAGED = "It is damaged or cut short: ask for the file once more."
ENTITIES = "It defines entities of its own, which could unpack without end or reach out."
"""Of XML in any file."""
MACROS = "It holds macros, which MarkTerm never runs."
"""The note about a file of any kind that carries some."""

_RATIO_FROM = 4 * 1024 * 1024
_ENCRYPTED = 0x1
_ABSOLUTE = re.compile(r"[/\\]|[A-Za-z]:")
_MACROS = re.compile(
    r"(?:^|/)(?:vbaProject\.bin|(?:Basic|macrosheets)/.+\.xml|Scripts/(?:python|javascript|beanshell)/.+)$",
    re.IGNORECASE,
)


def check_zip(path: Path) -> tuple[str, ...]:
    """Notes for the assessor about an archive that is safe to unpack. Raises NotReadable for any other."""
    with path.open("rb") as stream:
        # Password-protected Office files are no zip archives any more but this older kind of container.
        if stream.read(len(ole.MARK)) == ole.MARK:
            raise NotReadable(
                "It is protected by a password, or an old file under a new name: ask for a copy without a password."
            )
        end = zip_end(stream)
    # The library would list a million entries before it could be asked how many there are.
    if end is not None and (end.entries > MOST_ENTRIES or end.size > LARGEST_LIST):
        raise _too_many()
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError) as error:
        raise NotReadable(DAMAGED) from error
    if len(entries) > MOST_ENTRIES:
        raise _too_many()
    for entry in entries:
        _check_entry(entry)
    if sum(entry.file_size for entry in entries) > LARGEST_IN_ALL:
        raise NotReadable(f"It unpacks to more than {_megabytes(LARGEST_IN_ALL)}, which no portfolio needs.")
    if any(_MACROS.search(entry.filename) for entry in entries):
        return (MACROS,)
    return ()


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = one_line(entry.filename)[:80]
    if _ABSOLUTE.match(entry.filename) or ".." in re.split(r"[/\\]", entry.filename):
        raise NotReadable(f"An entry in it is named to land outside its folder: {name}.")
    if entry.flag_bits & _ENCRYPTED:
        raise NotReadable("It is protected by a password: ask for a copy without one.")
    if entry.file_size > LARGEST_ENTRY:
        raise NotReadable(f"{name} in it unpacks to more than {_megabytes(LARGEST_ENTRY)}, which no portfolio needs.")
    if entry.file_size > _RATIO_FROM and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1):
        raise NotReadable(f"{name} in it unpacks to over {HIGHEST_RATIO} times its size: it is made to do harm.")


def _too_many() -> NotReadable:
    return NotReadable(f"It holds more than {MOST_ENTRIES:,} entries, which no portfolio needs.")


def _megabytes(size: int) -> str:
    return f"{size // 1024 // 1024} MB"
