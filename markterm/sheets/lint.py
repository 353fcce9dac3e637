"""The check of any sheets that somebody names: each by its kind, and beside the sheets of the units it speaks of."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from markterm.domain.competence import CompetenceSheet
from markterm.domain.finding import Finding
from markterm.domain.unit import Unit
from markterm.sheets.assignment_file import AssignmentReading, fit_assignment, read_assignment
from markterm.sheets.front_matter import kind_of
from markterm.sheets.learner_file import LearnerReading, read_learner
from markterm.sheets.member_file import MEMBERS, MemberReading, read_member
from markterm.sheets.qualification_file import QualificationReading, fit_qualification, read_qualification
from markterm.sheets.requirements_file import COMPETENCE, RequirementsReading, read_requirements, second_sheet
from markterm.sheets.sheet_folder import ABOUT_THE_FOLDER, markdown_files, text_below
from markterm.sheets.sheet_library import ASSIGNMENTS, QUALIFICATIONS, second
from markterm.sheets.text_file import normalised, read_text_file
from markterm.sheets.unit_library import UNITS, UnitLibrary, second_unit
from markterm.sheets.unit_sheet import UnitReading, read_unit

Reading = UnitReading | AssignmentReading | QualificationReading | RequirementsReading | LearnerReading | MemberReading

_LEARNER_FILE = "learner.md"
_LEARNER, _UNIT, _ASSIGNMENT, _QUALIFICATION = "learner", "unit", "assignment", "qualification"
_COMPETENCE, _MEMBER = "competence", "member"
_KIND_IN_FOLDER = {
    UNITS: _UNIT,
    ASSIGNMENTS: _ASSIGNMENT,
    QUALIFICATIONS: _QUALIFICATION,
    COMPETENCE: _COMPETENCE,
    MEMBERS: _MEMBER,
}
_KINDS = (_LEARNER, *_KIND_IN_FOLDER.values())


def check(paths: Iterable[Path]) -> tuple[Finding, ...]:
    """Everything wrong with the sheets in `paths`: files, and folders with all below them.

    A folder's other Markdown, and learners' evidence, is passed over; a file that was named is always read as a sheet.
    An assignment or a qualification is checked beside the units in the folder `units` next to its own, if there is one.
    Raises Unreadable for a path that was named and cannot be read.
    """
    findings: list[Finding] = []
    first_files: dict[tuple[Path, object], Path] = {}
    seen: set[Path] = set()
    units_beside = cache(_units_in)
    for path in paths:
        # Unlike Path.is_dir, it answers False instead of raising where the system refuses.
        is_folder = os.path.isdir(path)  # noqa: PTH112
        for file in markdown_files(path, findings, deep=True) if is_folder else (path,):
            if file.absolute() in seen:
                continue
            seen.add(file.absolute())
            text = text_below(file, path) if is_folder else read_text_file(file)
            if isinstance(text, Finding):
                findings.append(text)
                continue
            kind = _kind(file, text, is_named=not is_folder)
            if kind is None:
                continue
            reading = _read(kind, text, file, units_beside)
            findings += reading.findings
            findings += _again(reading, file, first_files)
    return tuple(findings)


def _kind(file: Path, text: str, *, is_named: bool) -> str | None:
    """The kind of sheet that a file is; None if it is none. One that was named is a unit's, if nothing else is said."""
    if file.name == _LEARNER_FILE:
        return _LEARNER
    by_folder = _KIND_IN_FOLDER.get(file.parent.name) if file.name.lower() != ABOUT_THE_FOLDER else None
    said = kind_of(normalised(text))
    return by_folder or (said if said in _KINDS else None) or (_UNIT if is_named else None)


def _read(kind: str, text: str, file: Path, units_beside: Callable[[Path], Mapping[str, Unit] | None]) -> Reading:
    if kind in (_UNIT, _LEARNER):
        return read_learner(text, file) if kind == _LEARNER else read_unit(text, file)
    if kind in (_COMPETENCE, _MEMBER):
        # The days that a person writes are those of the calendar on their wall.
        return read_requirements(text, file) if kind == _COMPETENCE else read_member(text, file, date.today())
    units = units_beside(file.absolute().parent.parent)
    if kind == _ASSIGNMENT:
        assignment = read_assignment(text, file)
        return assignment if units is None else fit_assignment(assignment, units)
    qualification = read_qualification(text, file)
    return qualification if units is None else fit_qualification(qualification, units)


def _units_in(folder: Path) -> Mapping[str, Unit] | None:
    """The units of a folder of mark sheets, by code; None if it holds none, and a sheet has to be read alone."""
    # As above.
    return UnitLibrary.load(folder).units if os.path.isdir(folder / UNITS) else None  # noqa: PTH112


def _again(reading: Reading, file: Path, first_files: dict[tuple[Path, object], Path]) -> Iterable[Finding]:
    """A finding if another file of the same folder is the same sheet."""
    if isinstance(reading, UnitReading):
        if reading.unit is None:
            return ()
        first = first_files.setdefault((file.parent.absolute(), reading.unit.key), file)
        return () if first == file else [second_unit(reading, reading.unit.key, file, first)]
    if isinstance(reading, LearnerReading | MemberReading):
        return ()
    if isinstance(reading, RequirementsReading):
        if reading.sheet is None:
            return ()
        first = first_files.setdefault((file.parent.absolute(), (CompetenceSheet, reading.sheet.code)), file)
        return () if first == file else [second_sheet(reading, file, first)]
    sheet = reading.assignment if isinstance(reading, AssignmentReading) else reading.qualification
    if sheet is None:
        return ()
    first = first_files.setdefault((file.parent.absolute(), (type(sheet), sheet.code)), file)
    return () if first == file else [second(sheet.code, first, file, reading.places)]
