"""The assignments, and the qualifications, of a folder of mark sheets, each fitted to the sheets of its units."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Generic, TypeVar

from markterm.domain.assignment import Assignment
from markterm.domain.finding import Finding, Severity
from markterm.domain.qualification import Qualification
from markterm.domain.unit import Unit
from markterm.sheets.assignment_file import fit_assignment, read_assignment
from markterm.sheets.codes import found
from markterm.sheets.front_matter import Span
from markterm.sheets.qualification_file import fit_qualification, read_qualification
from markterm.sheets.sheet_body import Part, short
from markterm.sheets.sheet_folder import ABOUT_THE_FOLDER, markdown_files, text_below

ASSIGNMENTS = "assignments"
QUALIFICATIONS = "qualifications"

Sheet = TypeVar("Sheet", Assignment, Qualification)


@dataclass(frozen=True, slots=True)
class SheetLibrary(Generic[Sheet]):
    """The sheets of one kind in a folder, by code.

    `unfit` are the codes of those that should not be worked with: the sheet has an error, or another sheet of the same
    code says something else.
    """

    by_code: Mapping[str, Sheet]
    findings: tuple[Finding, ...]
    unfit: frozenset[str]


def load_assignments(folder: Path, units: Mapping[str, Unit]) -> SheetLibrary[Assignment]:
    """The assignments of `<folder>/assignments/*.md`, beside the sheets of their units, by code.

    None if there is no such folder. A sheet that cannot be read is a finding and stops no other. Of two with the same
    code the first by file name is kept, and the second is a finding.
    """

    def read(text: str, file: Path) -> _Read[Assignment]:
        reading = fit_assignment(read_assignment(text, file), units)
        return _Read(reading.assignment, reading.findings, reading.places)

    return _load(folder / ASSIGNMENTS, read)


def load_qualifications(folder: Path, units: Mapping[str, Unit]) -> SheetLibrary[Qualification]:
    """The qualifications of `<folder>/qualifications/*.md`, as `load_assignments` does it."""

    def read(text: str, file: Path) -> _Read[Qualification]:
        reading = fit_qualification(read_qualification(text, file), units)
        return _Read(reading.qualification, reading.findings, reading.places)

    return _load(folder / QUALIFICATIONS, read)


def second(code: str, first: Path, file: Path, places: Mapping[Part, Span]) -> Finding:
    """The finding that `file` has the code that `first` has already."""
    message = f"{short(code)} is also in {first.name}: give this one its own code, or delete it."
    return found("MS011", message, file, places["front", "code"][0])


@dataclass(frozen=True, slots=True)
class _Read(Generic[Sheet]):
    sheet: Sheet | None
    findings: tuple[Finding, ...]
    places: Mapping[Part, Span]


def _load(root: Path, read: Callable[[str, Path], _Read[Sheet]]) -> SheetLibrary[Sheet]:
    findings: list[Finding] = []
    by_code: dict[str, Sheet] = {}
    files: dict[str, Path] = {}
    unfit: set[str] = set()
    for file in markdown_files(root, findings, deep=False):
        if file.name.lower() == ABOUT_THE_FOLDER:
            continue
        text = text_below(file, root)
        if isinstance(text, Finding):
            findings.append(text)
            continue
        reading = read(text, file)
        findings += reading.findings
        sheet = reading.sheet
        if sheet is None:
            continue
        if sheet.code in by_code:
            findings.append(second(sheet.code, files[sheet.code], file, reading.places))
            if sheet != by_code[sheet.code]:
                unfit.add(sheet.code)
            continue
        by_code[sheet.code], files[sheet.code] = sheet, file
        if any(finding.severity is Severity.ERROR for finding in reading.findings):
            unfit.add(sheet.code)
    return SheetLibrary(MappingProxyType(by_code), tuple(findings), frozenset(unfit))
