"""What awarding organisations print of a unit, taken in as its mark sheet, and units that are typed in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from markterm.centre.coming_sheets import Coming, ComingSheet, keep_coming, parts_apart
from markterm.centre.published_document import DocumentPlaces, document_of, pages_without_words
from markterm.centre.taken_in_told import doubt_told
from markterm.domain.papers.graded import graded
from markterm.domain.papers.paper_checks import not_given
from markterm.domain.papers.paper_units import read_units
from markterm.domain.texts.printed_lines import Doubt
from markterm.domain.words.errors import MarkTermError, Refused, Unreadable, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Hint, Way
from markterm.sheets.kinds import UNIT
from markterm.sheets.sheet_folder import sheet_path
from markterm.sheets.unit_sheet import TO_CHECK
from markterm.sheets.unit_writer import UNIT_WRITER

if TYPE_CHECKING:
    from markterm.centre.evidence import Evidence
    from markterm.centre.folder import CentreFolder
    from markterm.centre.sheets import CentreSheets
    from markterm.domain.assessed.unit import Unit
    from markterm.domain.papers.unit_paper import UnitRead
    from markterm.domain.texts.printed_lines import Line
    from markterm.domain.words.finding import Finding
    from markterm.evidence.text.document import EvidenceDocument

_FORM = ".docx"
_BRACES = re.compile(r"\{([^{}]*)\}")
"""In a sheet they make marks of what stands in them."""


@dataclass(frozen=True, slots=True)
class UnitParticulars:
    """What is known of a unit beside its paper, and goes before what the paper says; empty and None for what is not."""

    code: str = ""
    title: str = ""
    version: str = ""
    level: int | None = None
    credit: int | None = None
    glh: int | None = None

    def of(self, unit: Unit) -> Unit:
        """The unit with these."""
        given = {name: getattr(self, name) for name in self.__slots__ if getattr(self, name) not in ("", None)}
        return replace(unit, **given)


@dataclass(frozen=True, slots=True)
class UnitTakenIn:
    """A unit of a paper. `number` is its number where the paper has no code; `sheet` is None until code and title are
    known. `doubts` are what a person should look at, `left_out` the lines that belong to no criterion, `findings` what
    is wrong with the sheet itself, and `without_place` what of the unit has no place in the paper as a form; None
    where it is no form that MarkTerm can fill. `places` are where the lines stand in the paper."""

    unit: Unit
    number: str
    doubts: tuple[Doubt, ...]
    left_out: tuple[Line, ...]
    sheet: ComingSheet | None
    findings: tuple[Finding, ...]
    without_place: tuple[str, ...] | None = None
    places: DocumentPlaces = field(default_factory=DocumentPlaces)

    @property
    def is_clean(self) -> bool:
        """Whether there is nothing to look at."""
        return not (self.doubts or self.left_out or self.to_mend)

    @property
    def to_mend(self) -> tuple[Finding, ...]:
        """The findings without those that only repeat what is to be looked at."""
        return tuple(each for each in self.findings if each.code != "MS099")


class UnitPapers:
    """Takes in units."""

    def __init__(self, folder: CentreFolder, sheets: CentreSheets, evidence: Evidence) -> None:
        self._folder, self._sheets, self._evidence = folder, sheets, evidence

    def read(self, file: Path, given: UnitParticulars) -> tuple[UnitTakenIn, ...]:
        """The units in that paper, and what their sheets meet in the centre; nothing is written. Raises `Unreadable`,
        also when it has no criteria, and `WrongUse` when a code is given for several units."""
        document = document_of(file, self._evidence)
        read = read_units(document.text.text)
        if not read:
            what = "it has no assessment criteria such as 1.1, AC 1.1 or P1, and no list of them under an outcome."
            if document.has_unread_pages:
                what = "its pages are pictures without words."
            raise Unreadable(
                "No unit was found in the document",
                f"{one_line(file.name)}: {what}",
                "Name the mark sheet or specification that has them, as Word, PDF, OpenDocument, HTML or text.",
                file=file,
            )
        if len(read) > 1 and given != UnitParticulars(version=given.version):
            raise WrongUse(
                "The document has several units",
                f"{one_line(file.name)} has {len(read)}: {', '.join(one_line(_named(each)) for each in read)}.",
                "Leave out the code, title and numbers, or take one unit into a document of its own.",
                file=file,
            )
        return tuple(self._taken(each, given, file, document) for each in read)

    def typed(self, unit: Unit) -> UnitTakenIn:
        """A unit that somebody typed, and what its sheet meets in the centre; nothing is written."""
        sheet, findings = self._sheet(unit)
        return UnitTakenIn(unit, "", tuple(self._unlike(unit)), (), sheet, findings)

    def keep(self, taken: Sequence[UnitTakenIn], *, passing_over: bool | None = None) -> None:
        """Write the sheets that are new; durable when it returns. Raises `Refused`, and writes nothing, where a unit
        has no code or no title, where a sheet of it is there and says something else, unless those are passed over, or
        where two would be the same; and `NotSaved`."""
        require_named(taken)
        sheets = [each.sheet for each in taken if each.sheet is not None]
        keys = [each.unit.key for each in taken]
        if twice := next((key for key in keys if keys.count(key) > 1), None):
            raise Refused(
                "Two units would have one sheet",
                f"{one_line(str(twice))} is the code of both. Nothing was written.",
                "Take each unit into a document of its own, and name its code.",
            )
        self._sheets.require_staff()
        keep_coming(sheets, passing_over=passing_over)
        self._sheets.forget()

    def _taken(self, read: UnitRead, given: UnitParticulars, file: Path, document: EvidenceDocument) -> UnitTakenIn:
        unit = given.of(_cleaned(read.unit))
        unread = pages_without_words(document, "criterion")
        doubts = (*unread, *read.doubts, *not_given(unit), *self._unlike(unit))
        places = DocumentPlaces.of(document, doubts, read.left_out)
        told = [f"- {TO_CHECK} {doubt_told(each, places)}" for each in doubts]
        told += [
            f"- {TO_CHECK} {one_line(f'{places.of_line(each.number)}, of no criterion: {each.text}')}"
            for each in read.left_out
        ]
        unit = replace(unit, guidance="\n".join(told))
        taken = UnitTakenIn(unit, read.number, doubts, read.left_out, None, (), places=places)
        if not (unit.code and unit.title):
            return taken
        try:
            sheet, findings = self._sheet(unit)
        except WrongUse:
            doubt = Doubt(0, f"A sheet would read {', '.join(_not_to_be_written(unit))} as something else.")
            return replace(taken, doubts=(*doubts, doubt))
        return replace(taken, sheet=sheet, findings=findings, without_place=self._as_form(file, unit))

    def _sheet(self, unit: Unit) -> tuple[ComingSheet, tuple[Finding, ...]]:
        text = UNIT_WRITER.render(unit)
        library = self._sheets.units
        there = library.by_key.get(unit.key)
        versions = [each for each in library.by_key.values() if each.code == unit.code]
        name = f"{unit.code}-{unit.version}" if versions and there is None and unit.version else unit.code
        differs: tuple[str, ...] = ()
        if there is not None:
            differs = tuple(_apart(_compared(there), _compared(unit)))
        elif versions and not unit.version:
            differs = (f"version: `{'`, `'.join(each.version for each in versions)}` here, none in the document",)
        path = sheet_path(self._folder.mark_sheets / UNIT.folder, name)
        return ComingSheet(unit.code, path, text, Coming.beside(there, differs), differs), UNIT.read(
            text, path
        ).findings

    def _unlike(self, unit: Unit) -> Iterator[Doubt]:
        """Where the centre's qualifications list the unit otherwise than its paper."""
        for qualification in self._sheets.qualifications.by_code.values():
            every = (each for group in qualification.groups for each in group.units)
            listed = next((each for each in every if each.code == unit.code), None)
            if listed is None:
                continue
            pairs = (
                ("title", listed.title.casefold(), unit.title.casefold()),
                ("level", listed.level, unit.level),
                ("credit", listed.credit, unit.credit),
                ("guided learning hours", listed.glh, unit.glh),
            )
            for what, in_list, in_paper in pairs:
                if in_list and in_paper and in_list != in_paper:
                    yield Doubt(0, f"{qualification.code} lists {unit.code} with another {what}.")

    def _as_form(self, file: Path, unit: Unit) -> tuple[str, ...] | None:
        """What of the unit has no place in the paper, where it is a form that can be filled."""
        if file.suffix.lower() != _FORM:
            return None
        from markterm.exports.form.form import Form

        try:
            form = Form.open(file, unit, self._sheets.units.units.values())
        except MarkTermError:
            return None
        return form.without_place() if form.reading.found else None


def require_named(taken: Sequence[UnitTakenIn]) -> None:
    """Raises `Refused` where a unit has no code, no title, or no sheet that could be written of it."""
    for each in taken:
        if each.sheet is None:
            raise _no_name(each)


def _named(read: UnitRead) -> str:
    return read.unit.code or read.number or read.unit.title or "one without a name"


def _not_to_be_written(unit: Unit) -> Iterator[str]:
    """What of a unit a sheet would read as something else: its criteria and outcomes, each tried alone."""
    alone = replace(unit, title="x", guidance="")
    named = False
    for outcome in unit.outcomes:
        for each in (
            replace(outcome, criteria=()),
            *(replace(outcome, title="x", criteria=(one,)) for one in outcome.criteria),
        ):
            try:
                UNIT_WRITER.render(replace(alone, outcomes=(each,)))
            except WrongUse:
                named = True
                yield each.criteria[0].number if each.criteria else each.label
    if not named:
        yield "the code, the title or the numbers"


def _compared(unit: Unit) -> Unit:
    """A unit as two sheets are compared: what stands above its outcomes is for people, and may be mended away."""
    return replace(unit, guidance="", faulty=False, no_sheet="")


def _apart(here: Unit, coming: Unit) -> Iterator[str]:
    """What a unit that is here and one that comes say differently, criterion by criterion. What a paper does not say a
    person may have written into the sheet since: that is no difference."""
    if coming.graded is None and here.graded:
        coming = graded(coming)
    unsaid = (name for name in ("level", "credit", "glh", "graded") if getattr(coming, name) is None)
    known = {name: getattr(here, name) for name in (*unsaid, "regulated")}
    coming = replace(coming, **known)
    yield from (each for each in parts_apart(here, coming) if each != "outcomes")
    before, after = ({each.number: each.text for each in unit.criteria} for unit in (here, coming))
    apart = [each for each in dict.fromkeys((*before, *after)) if before.get(each) != after.get(each)]
    for number in apart:
        yield f"{number}: `{before.get(number, '')}` here, `{after.get(number, '')}` in the document"
    if not apart and here.outcomes != coming.outcomes:
        yield "outcomes, or what descriptors and marks criteria have"


def _cleaned(unit: Unit) -> Unit:
    """The unit with each text on one line, in round brackets what stands in braces, and without what misleads a
    terminal or an eye."""
    return replace(
        unit,
        code=one_line(unit.code),
        title=one_line(unit.title),
        version=one_line(unit.version),
        outcomes=tuple(
            replace(
                outcome,
                title=one_line(outcome.title),
                criteria=tuple(
                    replace(
                        criterion,
                        text=_BRACES.sub(r"(\1)", one_line(criterion.text)),
                        descriptors=tuple(replace(each, text=one_line(each.text)) for each in criterion.descriptors),
                    )
                    for criterion in outcome.criteria
                ),
            )
            for outcome in unit.outcomes
        ),
    )


def _no_name(taken: UnitTakenIn) -> MarkTermError:
    if taken.unit.code and taken.unit.title:
        return Refused(
            "No sheet can be written of the unit",
            "A text of it would be read as something else. Nothing was written.",
            "Look at what would be written, and mend it in the document.",
        )
    what = "code" if not taken.unit.code else "title"
    known = f"The document has its number alone, {one_line(taken.number)}. " if taken.number and what == "code" else ""
    return Refused(
        f"The unit has no {what}",
        f"{known}Nothing was written.",
        "Give it its code, with the suite in front: numbers are used again in other suites."
        if what == "code"
        else "Give it its title.",
        hint=Hint(Way.NAME_CODE if what == "code" else Way.GIVE_TITLE),
    )
