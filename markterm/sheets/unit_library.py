"""The unit mark sheets of a folder, and the check of any sheets that somebody names."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from markterm.domain.errors import Unreadable
from markterm.domain.finding import Finding, Severity
from markterm.domain.unit import Unit, UnitKey
from markterm.sheets.codes import found
from markterm.sheets.front_matter import kind_of
from markterm.sheets.learner_file import LearnerReading, read_learner
from markterm.sheets.text_file import normalised, read_text_file
from markterm.sheets.unit_sheet import UnitReading, read_unit

_UNITS = "units"
_LEARNER_FILE = "learner.md"
# What a learner hands in is not a sheet, whatever it says of itself.
_EVIDENCE = "evidence"
_ABOUT_THE_FOLDER = "readme.md"


@dataclass(frozen=True, slots=True)
class UnitLibrary:
    """The units of a folder of mark sheets.

    `units` has the newest version of each code, `by_key` every version. `unfit` are those that should not be marked
    from: the sheet has an error, or another sheet of the same code and version says something else.
    """

    units: Mapping[str, Unit]
    by_key: Mapping[UnitKey, Unit]
    findings: tuple[Finding, ...]
    unfit: frozenset[UnitKey]

    @classmethod
    def load(cls, folder: Path) -> UnitLibrary:
        """The units whose sheets are `<folder>/units/*.md`; none if there is no such folder.

        A sheet that cannot be read is a finding and stops no other. Of two sheets with the same code and version the
        first by file name is kept, and the second is a finding.
        """
        root = folder / _UNITS
        findings: list[Finding] = []
        by_key: dict[UnitKey, Unit] = {}
        files: dict[UnitKey, Path] = {}
        unfit: set[UnitKey] = set()
        for file in _walk(root, findings, deep=False):
            reading = _read_sheet(file, root)
            if isinstance(reading, Finding):
                findings.append(reading)
            elif reading is not None:
                findings += reading.findings
            if not isinstance(reading, UnitReading) or reading.unit is None:
                continue
            key = reading.unit.key
            if key in by_key:
                findings.append(_second(reading, key, file, files[key]))
                if reading.unit != by_key[key]:
                    unfit.add(key)
                continue
            by_key[key], files[key] = reading.unit, file
            if any(finding.severity is Severity.ERROR for finding in reading.findings):
                unfit.add(key)
        oldest_first = sorted(by_key.values(), key=lambda unit: _version_order(unit.version))
        newest = {unit.code: unit for unit in oldest_first}
        return cls(MappingProxyType(newest), MappingProxyType(by_key), tuple(findings), frozenset(unfit))


def check(paths: Iterable[Path]) -> tuple[Finding, ...]:
    """Everything wrong with the sheets in `paths`: files, and folders with all below them.

    A folder's other Markdown, and learners' evidence, is passed over; a file that was named is always read as a sheet.
    Raises Unreadable for a path that was named and cannot be read.
    """
    findings: list[Finding] = []
    files: dict[tuple[Path, UnitKey], Path] = {}
    seen: set[Path] = set()
    for path in paths:
        # Unlike Path.is_dir, it answers False instead of raising where the system refuses.
        is_folder = os.path.isdir(path)  # noqa: PTH112
        for file in _walk(path, findings, deep=True) if is_folder else (path,):
            if file.absolute() in seen:
                continue
            seen.add(file.absolute())
            reading = _read_sheet(file, path) if is_folder else _read_named(file)
            if isinstance(reading, Finding):
                findings.append(reading)
            elif reading is not None:
                findings += reading.findings
            if isinstance(reading, UnitReading) and reading.unit is not None:
                key = reading.unit.key
                first = files.setdefault((file.parent.absolute(), key), file)
                if first != file:
                    findings.append(_second(reading, key, file, first))
    return tuple(findings)


def _walk(root: Path, findings: list[Finding], *, deep: bool) -> Iterator[Path]:
    """The Markdown files of `root`, by name; folders that cannot be listed go into `findings`."""

    def refused(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            message = f"This folder cannot be listed ({error.strerror}): ask for permission to read it."
            findings.append(found("MS010", message, Path(error.filename), None))

    for folder, below, names in os.walk(root, onerror=refused):
        below[:] = sorted(name for name in below if deep and name.lower() != _EVIDENCE and not name.startswith("."))
        for name in sorted(names):
            if name.lower().endswith(".md") and not name.startswith("."):
                yield Path(folder, name)


def _read_sheet(file: Path, root: Path) -> UnitReading | LearnerReading | Finding | None:
    """What a file found below `root` says; None if it is not a sheet, a finding if it cannot be read."""
    try:
        if not file.resolve().is_relative_to(root.resolve()):
            return found("MS010", "This is a link out of the folder: put the file itself here.", file, None)
        text = read_text_file(file)
    except (OSError, RuntimeError):
        return found("MS010", "This is a link that leads nowhere: put the file itself here.", file, None)
    except Unreadable as error:
        return found("MS010", f"{error.what} {error.next_step}", file, error.line)
    kind = kind_of(normalised(text))
    if file.name == _LEARNER_FILE:
        return read_learner(text, file)
    if kind == "unit" or (file.parent.name == _UNITS and file.name.lower() != _ABOUT_THE_FOLDER):
        return read_unit(text, file)
    return read_learner(text, file) if kind == "learner" else None


def _read_named(file: Path) -> UnitReading | LearnerReading:
    text = read_text_file(file)
    if kind_of(normalised(text)) == "learner" or file.name == _LEARNER_FILE:
        return read_learner(text, file)
    return read_unit(text, file)


def _second(reading: UnitReading, key: UnitKey, file: Path, first: Path) -> Finding:
    line = reading.places["front", "code"][0]
    return found("MS011", f"{key} is also in {first.name}: give this one its own version, or delete it.", file, line)


def _version_order(version: str) -> str:
    # Numbers of one width sort as numbers: version 10 is newer than version 9.
    return re.sub(r"[0-9]+", lambda number: number.group().zfill(20), version)
