"""The check of any sheets that somebody names: each by its kind, and beside the sheets of the units it speaks of."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from markterm.domain.assessed.known_standards import KnownStandards
from markterm.domain.assessed.unit import Unit
from markterm.domain.words.finding import Finding
from markterm.sheets.front_matter import kind_of
from markterm.sheets.kinds import KINDS, LEARNER, MAPPING, MEMBER, STANDARD, SUITE, UNIT, SheetKind
from markterm.sheets.member_file import read_member
from markterm.sheets.reading import SheetReading
from markterm.sheets.sheet_folder import ABOUT_THE_FOLDER, load_folder, markdown_files, text_below
from markterm.sheets.sheet_reading import key_of, second
from markterm.sheets.standards_together import beside_standards
from markterm.sheets.text_file import normalised, read_text_file
from markterm.sheets.unit_library import UnitLibrary

_LEARNER_FILE = "learner.md"
_KIND_IN_FOLDER = {kind.folder: kind for kind in KINDS if kind.folder}
_BESIDE_STANDARDS = (UNIT, MAPPING, SUITE, STANDARD)
_KIND_NAMED = {kind.name: kind for kind in KINDS}


def check(paths: Iterable[Path]) -> tuple[Finding, ...]:
    """Everything wrong with the sheets in `paths`: files, and folders with all below them.

    A folder's other Markdown, and learners' evidence, is passed over; a file that was named is always read as a sheet.
    An assignment or a qualification is checked beside the units in the folder `units` next to its own, if there is one;
    what names statements, beside the standards in `standards`.
    Raises Unreadable for a path that was named and cannot be read.
    """
    findings: list[Finding] = []
    first_files: dict[tuple[Path, str, object], Path] = {}
    seen: set[Path] = set()
    units_beside, standards_beside, suites_beside = cache(_units_in), cache(_standards_in), cache(_suites_in)
    for path in paths:
        # Unlike Path.is_dir, it answers False instead of raising where the system refuses.
        is_folder = os.path.isdir(path)  # noqa: PTH112
        for file in markdown_files(path, findings, deep=True) if is_folder else (path,):
            if file.absolute() in seen:
                continue
            seen.add(file.absolute())
            largest = _KIND_IN_FOLDER.get(file.parent.name, UNIT).largest
            text = text_below(file, path, largest) if is_folder else read_text_file(file, largest)
            if isinstance(text, Finding):
                findings.append(text)
                continue
            kind = _kind(file, text, is_named=not is_folder)
            if kind is None:
                continue
            reading = _read(kind, text, file, units_beside)
            findings += reading.findings
            folder = file.absolute().parent.parent
            if kind in _BESIDE_STANDARDS and (known := standards_beside(folder)) is not None:
                findings += beside_standards(reading, known, suites_beside(folder), file)
            findings += _again(kind, reading, file, first_files)
    return tuple(findings)


def _kind(file: Path, text: str, *, is_named: bool) -> SheetKind[Any] | None:
    """The kind of sheet that a file is; None if it is none. One that was named is a unit's, if nothing else is said."""
    if file.name == _LEARNER_FILE:
        return LEARNER
    by_folder = _KIND_IN_FOLDER.get(file.parent.name) if file.name.lower() != ABOUT_THE_FOLDER else None
    return by_folder or _KIND_NAMED.get(kind_of(normalised(text)) or "") or (UNIT if is_named else None)


def _read(
    kind: SheetKind[Any], text: str, file: Path, units_beside: Callable[[Path], Mapping[str, Unit] | None]
) -> SheetReading[Any]:
    if kind is MEMBER:
        # The days that a person writes are those of the calendar on their wall.
        return read_member(text, file, date.today())
    reading = kind.read(text, file)
    units = units_beside(file.absolute().parent.parent) if kind.fits else None
    return reading if units is None else kind.fit(reading, units)


def _units_in(folder: Path) -> Mapping[str, Unit] | None:
    """The units of a folder of mark sheets, by code; None if it holds none, and a sheet has to be read alone."""
    # As above.
    return UnitLibrary.load(folder).units if os.path.isdir(folder / UNIT.folder) else None  # noqa: PTH112


def _standards_in(folder: Path) -> KnownStandards | None:
    """The standards of a folder of mark sheets; None if it has none: a centre may use none at all."""
    standards = load_folder(STANDARD, folder).by_key.values() if os.path.isdir(folder / STANDARD.folder) else ()  # noqa: PTH112
    return KnownStandards.of(standards) if standards else None


def _suites_in(folder: Path) -> frozenset[str]:
    """The codes of the suites of a folder of mark sheets."""
    return frozenset(suite.code for suite in load_folder(SUITE, folder).by_key.values())


def _again(
    kind: SheetKind[Any], reading: SheetReading[Any], file: Path, first_files: dict[tuple[Path, str, object], Path]
) -> Iterable[Finding]:
    """A finding if another file of the same folder is the same sheet."""
    if reading.sheet is None or not kind.unique:
        return ()
    first = first_files.setdefault((file.parent.absolute(), kind.name, key_of(kind, reading.sheet)), file)
    return () if first == file else [second(kind, reading, file, first)]
