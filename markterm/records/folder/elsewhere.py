"""What lies under `records/` and in no record's own folder.

Parts of records in folders that somebody renamed or copied, and what is no record at all. For an audit: it looks at
every folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice, zip_longest
from pathlib import Path

from markterm.domain.words.finding import Finding, Severity
from markterm.domain.words.foreign_text import one_line
from markterm.records.finding_codes import COPY, STRAY
from markterm.records.folder.record_listing import is_of_the_system
from markterm.records.folder.segment import SUFFIX, Segment, Unread, record_name
from markterm.records.folder.segment_copies import goes_on_from
from markterm.records.folder.taking_in import is_taking_in
from markterm.system.platform import CENTRE_RECORD, folder_name

_MOST_FILES = 10_000


@dataclass(slots=True)
class Elsewhere:
    """`parts` are for each record the files of it that lie in other folders; `strays` what belongs to no record, with
    what there is to say of it; `folders` the names of folders that are no record's own."""

    parts: dict[str, list[Path]] = field(default_factory=dict)
    strays: list[Finding] = field(default_factory=list)
    folders: set[str] = field(default_factory=set)


def look_elsewhere(place: Path) -> Elsewhere:
    """What lies in `place` and in no record's own folder."""
    found = Elsewhere()
    for entry in sorted(_entries(place)):
        if is_taking_in(entry):
            for folder in sorted(_entries(entry)):
                _take_apart(folder, found)
        elif is_of_the_system(entry.name):
            found.strays.append(_of_the_system(entry))
        elif entry.is_dir():
            _look_into(entry, found)
        else:
            _look_at(entry, found)
    return found


def look_into(*folders: Path) -> Elsewhere:
    """What lies in those folders, of each that is no record's own."""
    found = Elsewhere()
    for folder in folders:
        if is_taking_in(folder):
            for each in sorted(_entries(folder)):
                _take_apart(each, found)
        else:
            _look_into(folder, found)
    return found


def _take_apart(folder: Path, found: Elsewhere) -> None:
    """Take what lies in a folder for parts of records, whatever it is called."""
    for file in sorted(islice(_entries(folder), _MOST_FILES)):
        _look_at(file, found)


def _look_into(folder: Path, found: Elsewhere) -> None:
    """Take a folder for a record's own, or what is in it for parts of others'."""
    files = sorted(islice(_entries(folder), _MOST_FILES))
    records: dict[Path, str | None] = {}
    for file in files:
        records[file] = name = record_name(file)
        if name is not None and folder_name(name) == folder.name:
            return
    if not any(name is not None for name in records.values()) and _could_be_own(folder.name):
        return
    found.folders.add(folder.name)
    if not files:
        message = "an empty folder that is called like no record: it may be deleted"
        found.strays.append(Finding(STRAY, Severity.INFORMATION, message, folder))
    for file, record in records.items():
        if record is not None:
            found.parts.setdefault(record, []).append(file)
        else:
            found.strays.append(_of_the_system(file) if is_of_the_system(file.name) else _unknown(file))


def _look_at(file: Path, found: Elsewhere) -> None:
    record = record_name(file)
    if record is not None:
        found.parts.setdefault(record, []).append(file)
    else:
        found.strays.append(_unknown(file))


def _could_be_own(name: str) -> bool:
    return folder_name(name) == name or name == folder_name(CENTRE_RECORD) or "~" in name


def told_of_parts(record: str, files: list[Path], by_name: Mapping[str, Segment], folder: Path) -> Iterator[Finding]:
    """What is to be said of the files of a record that lie elsewhere, beside the segments that it has in `folder`."""
    for file in files:
        part = Segment(file, record)
        try:
            part.read_on()
        except (OSError, Unread) as error:
            message = one_line(f"a part of the record of {record or 'the centre'} that cannot be read: {error}")
            yield Finding(STRAY, Severity.ERROR, message, file)
            continue
        chief = by_name.get(part.name)
        if chief is not None and goes_on_from(chief, part):
            message = one_line(
                f"a copy of {folder.name}/{chief.path.name}, in which all of it stands: it may be deleted"
            )
            yield Finding(COPY, Severity.INFORMATION, message, file)
            continue
        place = f"{part.name}{SUFFIX}"
        if chief is None:
            lines, where = len(part.digests) - 1, f"put this file into {folder.name} as {place}"
        elif goes_on_from(part, chief):
            lines = len(part.digests) - len(chief.digests)
            where = f"put this file into {folder.name} in the place of {place}"
        else:
            lines = sum(mine != theirs for mine, theirs in zip_longest(part.digests, chief.digests) if mine is not None)
            where = f"put this file into {folder.name} beside what is there, under a name of its own"
        more = f"{lines} entr{'y' if lines == 1 else 'ies'}"
        whose = f"{more} of {record or 'the centre'} that their record does not have, and that are not read"
        message = one_line(f"{whose}: {where}")
        yield Finding(STRAY, Severity.ERROR, message, file)


def told_of_strays(folder: Path, names: tuple[str, ...]) -> Iterator[Finding]:
    """What is to be said of what lies in a record's own folder and is no part of it."""
    for name in names:
        path = folder / name
        if is_of_the_system(name):
            yield _of_the_system(path)
        elif (record := record_name(path)) is not None:
            whose = one_line(
                f"not read: it is a part of the record of {record or 'the centre'}; put it into their folder"
            )
            yield Finding(STRAY, Severity.WARNING, whose, path)
        else:
            yield _unknown(path)


def _of_the_system(path: Path) -> Finding:
    return Finding(STRAY, Severity.INFORMATION, "not read: systems and sync clients leave such files", path)


def _unknown(path: Path) -> Finding:
    message = (
        "not read: it is no part of a record by its first line; move it out of records/, and keep it if it is yours"
    )
    return Finding(STRAY, Severity.WARNING, message, path)


def _entries(folder: Path) -> Iterator[Path]:
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            yield Path(entry)
