"""The assignments, and the qualifications, of a folder of mark sheets, each fitted to the sheets of its units."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Generic, TypeVar

from markterm.domain.assignment import Assignment
from markterm.domain.finding import Finding
from markterm.domain.qualification import Qualification
from markterm.domain.unit import Unit
from markterm.sheets.assignment_file import fit_assignment, read_assignment
from markterm.sheets.codes import found
from markterm.sheets.front_matter import Span
from markterm.sheets.qualification_file import fit_qualification, read_qualification
from markterm.sheets.sheet_body import Part, short
from markterm.sheets.sheet_folder import ReadSheet, load_folder

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

    @property
    def sound(self) -> Mapping[str, Sheet]:
        """The sheets that can be worked with, by code: nobody is marked by others, or told what completes them."""
        return {code: sheet for code, sheet in self.by_code.items() if code not in self.unfit}


def load_assignments(folder: Path, units: Mapping[str, Unit]) -> SheetLibrary[Assignment]:
    """The assignments of `<folder>/assignments/*.md`, beside the sheets of their units, by code.

    None if there is no such folder. A sheet that cannot be read is a finding and stops no other. Of two with the same
    code the first by file name is kept, and the second is a finding.
    """

    def read(text: str, file: Path) -> ReadSheet[str, Assignment]:
        reading = fit_assignment(read_assignment(text, file), units)
        return _read(reading.assignment, reading.findings, file, reading.places)

    return _load(folder / ASSIGNMENTS, read)


def load_qualifications(folder: Path, units: Mapping[str, Unit]) -> SheetLibrary[Qualification]:
    """The qualifications of `<folder>/qualifications/*.md`, as `load_assignments` does it."""

    def read(text: str, file: Path) -> ReadSheet[str, Qualification]:
        reading = fit_qualification(read_qualification(text, file), units)
        return _read(reading.qualification, reading.findings, file, reading.places)

    return _load(folder / QUALIFICATIONS, read)


def second(code: str, first: Path, file: Path, places: Mapping[Part, Span]) -> Finding:
    """The finding that `file` has the code that `first` has already."""
    message = f"{short(code)} is also in {first.name}: give this one its own code, or delete it."
    return found("MS011", message, file, places["front", "code"][0])


def _read(
    sheet: Sheet | None, findings: tuple[Finding, ...], file: Path, places: Mapping[Part, Span]
) -> ReadSheet[str, Sheet]:
    code = sheet.code if sheet is not None else None
    return ReadSheet(code, sheet, findings, lambda first: second(code or "", first, file, places))


def _load(root: Path, read: Callable[[str, Path], ReadSheet[str, Sheet]]) -> SheetLibrary[Sheet]:
    loaded = load_folder(root, read)
    return SheetLibrary(MappingProxyType(loaded.by_key), loaded.findings, loaded.unfit)
