"""The kinds of sheets that a centre has: whatever goes over sheets goes over these.

What reads a kind is loaded when the first sheet of it is read: a caseload that has not changed needs no reader at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from markterm.domain.assessed.assignment import Assignment
    from markterm.domain.assessed.competence import CompetenceSheet, MemberFile
    from markterm.domain.assessed.learner import Learner
    from markterm.domain.assessed.mapping import UnitMapping
    from markterm.domain.assessed.qualification import Qualification
    from markterm.domain.assessed.standard import Standard
    from markterm.domain.assessed.suite import Suite
    from markterm.domain.assessed.unit import Unit
    from markterm.sheets.reading import SheetReading

Sheet = TypeVar("Sheet")


@dataclass(frozen=True, slots=True)
class SheetKind(Generic[Sheet]):
    """A kind of sheet.

    `name` is what its front matter says after `kind:`. Its sheets lie in `folder`, or each in a folder of its own when
    that is empty; `is_a` is what one is, in words. `reads` names what reads one, module and function, and `fits` what
    compares it with the sheets of the units that it speaks of, if it does. `known_by` is the key that says which one it
    is; `unique` what of it is found once in a folder, empty where the name of the file says which one it is. `largest`
    is how many bytes one may have.
    """

    name: str
    folder: str
    is_a: str
    reads: str
    fits: str = ""
    known_by: str = "code"
    unique: str = "code"
    largest: int = 2_000_000

    def read(self, text: str, file: Path | None = None) -> SheetReading[Sheet]:
        """What such a sheet says, and what is wrong with it. Never raises."""
        reading: SheetReading[Sheet] = _named(self.reads)(text, file)
        return reading

    def fit(self, reading: SheetReading[Sheet], units: Mapping[str, Unit]) -> SheetReading[Sheet]:
        """The same beside the sheets of its units, by code; as it is where it speaks of none."""
        fitted: SheetReading[Sheet] = _named(self.fits)(reading, units) if self.fits else reading
        return fitted


def _named(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(".")
    found: Callable[..., Any] = getattr(import_module(f"markterm.sheets.{module}"), function)
    return found


UNIT: SheetKind[Unit] = SheetKind("unit", "units", "the mark sheet of a unit", "unit_sheet.read_unit", unique="version")
ASSIGNMENT: SheetKind[Assignment] = SheetKind(
    "assignment",
    "assignments",
    "an integrated assignment",
    "assignment_file.read_assignment",
    "assignment_file.fit_assignment",
)
QUALIFICATION: SheetKind[Qualification] = SheetKind(
    "qualification",
    "qualifications",
    "a qualification",
    "qualification_file.read_qualification",
    "qualification_file.fit_qualification",
)
COMPETENCE: SheetKind[CompetenceSheet] = SheetKind(
    "competence", "competence", "a sheet of requirements", "requirements_file.read_requirements"
)
STANDARD: SheetKind[Standard] = SheetKind(
    "standard",
    "standards",
    "a published standard",
    "standard_file.read_standard",
    unique="version",
    largest=8_000_000,  # A framework of another publisher may have 20,000 statements.
)
SUITE: SheetKind[Suite] = SheetKind("suite", "suites", "a suite of standards", "suite_file.read_suite")
MAPPING: SheetKind[UnitMapping] = SheetKind(
    "mapping",
    "mappings",
    "what a unit's criteria cover of standards",
    "mapping_file.read_mapping",
    "mapping_file.fit_mapping",
    known_by="unit",
    unique="version",
)
MEMBER: SheetKind[MemberFile] = SheetKind(
    "member", "members", "the file of a member of staff", "member_file.read_member", known_by="id", unique=""
)
LEARNER: SheetKind[Learner] = SheetKind(
    "learner", "", "a learner's file", "learner_file.read_learner", known_by="registration", unique=""
)

MARK_SHEETS: tuple[SheetKind[Any], ...] = (UNIT, ASSIGNMENT, QUALIFICATION, COMPETENCE, STANDARD, SUITE, MAPPING)
"""The kinds that lie in a centre's `mark_sheets`, and are shipped."""

KINDS: tuple[SheetKind[Any], ...] = (*MARK_SHEETS, MEMBER, LEARNER)
