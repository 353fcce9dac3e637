"""Writing a sheet of requirements for staff in its plain form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markterm.domain.assessed.competence import CompetenceSheet, Requirement
from markterm.sheets.front_matter import Part, value_text
from markterm.sheets.kinds import COMPETENCE
from markterm.sheets.requirements_file import ASSESSOR, TUTOR
from markterm.sheets.sheet_body import heading, title_heading
from markterm.sheets.sheet_parts import SheetWriter


def _parts(sheet: CompetenceSheet) -> dict[Part, str]:
    """Every part of the sheet with the lines that say it, in order."""
    parts: dict[Part, str] = {("fence", "open"): "---", ("front", "kind"): "kind: competence"}
    for key, value in {"code": sheet.code, "title": sheet.title, "suite": sheet.suite}.items():
        if value:
            parts["front", key] = f"{key}: {value_text(value)}"
    parts["fence", "close"] = "---"
    parts["title",] = title_heading(sheet.code, sheet.title)
    for section, asked in ((TUTOR, sheet.for_tutors), (ASSESSOR, sheet.for_assessors)):
        if asked:
            parts["section", section] = heading(2, section)
            parts.update(_requirements(asked))
    return parts


def _requirements(asked: Iterable[Requirement]) -> Iterator[tuple[Part, str]]:
    for each in asked:
        yield ("requirement", each.code), "\n".join((f"- **{each.code}** {each.text}", *_under(each)))


def _under(each: Requirement) -> Iterator[str]:
    if each.years is not None:
        yield f"  - years: {each.years}"
    if each.is_cpd:
        yield "  - kind: cpd"
    yield from (f"  - evidence: {text}" for text in each.evidence)
    yield from (f"  - lasting: {text}" for text in each.lasting)


REQUIREMENTS_WRITER = SheetWriter(
    COMPETENCE, _parts, "Give it a code, each requirement its own, such as T1, and every text one line."
)
"""Writes sheets of requirements; one in which a text has a line break, for one, cannot be written."""
