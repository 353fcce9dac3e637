"""What awarding organisations print of their qualifications, taken in as sheets of the centre."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from markterm.centre.coming_sheets import Coming, ComingSheet, keep_coming, parts_apart
from markterm.centre.published_document import DocumentPlaces, document_of, pages_without_words
from markterm.domain.assessed.competence import CompetenceSheet
from markterm.domain.papers.qualification_paper import read_qualifications
from markterm.domain.papers.requirements_paper import read_requirements_of_staff
from markterm.domain.texts.marked_lines import lines_of_marked
from markterm.domain.texts.printed_lines import Doubt
from markterm.domain.words.errors import Unreadable
from markterm.domain.words.foreign_text import one_line
from markterm.sheets.kinds import COMPETENCE, QUALIFICATION
from markterm.sheets.qualification_writer import QUALIFICATION_WRITER
from markterm.sheets.requirements_writer import REQUIREMENTS_WRITER
from markterm.sheets.sheet_folder import sheet_path

if TYPE_CHECKING:
    from markterm.centre.evidence import Evidence
    from markterm.centre.folder import CentreFolder
    from markterm.centre.sheets import CentreSheets
    from markterm.domain.assessed.qualification import GroupUnit, Qualification


@dataclass(frozen=True, slots=True)
class QualificationsTakenIn:
    """What a specification gave: qualifications, the units that it lists, what it asks of staff, and their sheets.

    `doubts` are what a person should look at in the document, and `places` where it stands there.
    """

    file: Path
    qualifications: tuple[Qualification, ...]
    units: tuple[GroupUnit, ...]
    staff: CompetenceSheet | None
    doubts: tuple[Doubt, ...]
    sheets: tuple[ComingSheet, ...]
    places: DocumentPlaces


class Papers:
    """Takes in what awarding organisations print."""

    def __init__(self, folder: CentreFolder, sheets: CentreSheets, evidence: Evidence) -> None:
        self._folder, self._sheets, self._evidence = folder, sheets, evidence

    def qualifications(self, file: Path) -> QualificationsTakenIn:
        """What that specification gives, and what its sheets meet in the centre; nothing is written. Raises
        `Unreadable`, also when it specifies no qualification."""
        document = document_of(file, self._evidence)
        lines = lines_of_marked(document.text.text)
        read, asked = read_qualifications(lines), read_requirements_of_staff(lines)
        if not read.qualifications:
            raise Unreadable(
                "No qualification was found in the document",
                f"{one_line(file.name)} has no accreditation number with the particulars of a qualification below it.",
                "Name the specification that has them, as text, PDF, Word or HTML.",
                file=file,
            )
        suite = next((unit.code.split("-")[0] for unit in read.units), "")
        staff = None
        if asked.for_tutors or asked.for_assessors:
            title = f"Staff of {read.qualifications[0].title}"
            # Two sheets for one suite would ask everything twice.
            here = (each.code for each in self._sheets.competence.by_code.values() if suite and each.suite == suite)
            code = next(here, f"{suite or 'STAFF'}-STAFF")
            staff = CompetenceSheet(code, title, suite, asked.for_tutors, asked.for_assessors)
        sheets = tuple(self._coming(read.qualifications, staff))
        doubts = (*pages_without_words(document, "unit or a rule"), *read.doubts, *asked.doubts)
        places = DocumentPlaces.of(document, doubts)
        return QualificationsTakenIn(file, read.qualifications, read.units, staff, doubts, sheets, places)

    def keep(self, sheets: Sequence[ComingSheet], *, passing_over: bool = False) -> None:
        """Write the sheets that are new; durable when it returns. Raises as `keep_coming`."""
        self._sheets.require_staff()
        keep_coming(sheets, passing_over=passing_over)
        self._sheets.forget()

    def _coming(self, qualifications: Sequence[Qualification], staff: CompetenceSheet | None) -> Iterator[ComingSheet]:
        for each in qualifications:
            there = self._sheets.qualifications.by_code.get(each.code)
            differs = parts_apart(_compared(there), _compared(each)) if there is not None else ()
            yield self._sheet(each, there, differs, QUALIFICATION.folder, QUALIFICATION_WRITER.render(each))
        if staff is not None:
            here = self._sheets.competence.by_code.get(staff.code)
            differs = parts_apart(replace(here, title=staff.title), staff) if here is not None else ()
            yield self._sheet(staff, here, differs, COMPETENCE.folder, REQUIREMENTS_WRITER.render(staff))

    def _sheet(
        self,
        coming: Qualification | CompetenceSheet,
        there: Qualification | CompetenceSheet | None,
        differing: Iterable[str],
        folder: str,
        text: str,
    ) -> ComingSheet:
        differs = tuple(differing)
        path = sheet_path(self._folder.mark_sheets / folder, coming.code)
        return ComingSheet(coming.code, path, text, Coming.beside(there, differs), differs)


def _compared(qualification: Qualification) -> Qualification:
    """A qualification as two sheets are compared: its prose, and what groups are called, are for people."""
    groups = tuple(replace(each, title="") for each in qualification.groups)
    return replace(qualification, guidance="", groups=groups)
