"""The headings and the particulars of a published National Occupational Standard, as its pages have them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from markterm.domain.texts.printed_lines import Line


class Section(StrEnum):
    """A part of a standard, by the heading that begins it."""

    OVERVIEW = "overview"
    PERFORMANCE = "performance criteria"
    KNOWLEDGE = "knowledge and understanding"
    SCOPE = "scope/range"
    GLOSSARY = "glossary"
    VALUES = "values"
    BEHAVIOURS = "behaviours"
    SKILLS = "skills"
    LINKS = "links to other nos"
    EXTERNAL_LINKS = "external links"
    MAP = "functional map"
    MAP_LINKS = "functional map to nos links"
    KEY_PURPOSE = "key purpose"
    PARTICULARS = "developed by"


_HEADINGS = {
    "overview": Section.OVERVIEW,
    "suite overview": Section.OVERVIEW,
    "performance criteria": Section.PERFORMANCE,
    "knowledge and understanding": Section.KNOWLEDGE,
    "knowledge & understanding": Section.KNOWLEDGE,
    "scope/range": Section.SCOPE,
    "scope / range": Section.SCOPE,
    "scope/range related to performance criteria": Section.SCOPE,
    "scope/range related to knowledge and understanding": Section.SCOPE,
    "glossary": Section.GLOSSARY,
    "values": Section.VALUES,
    "behaviours": Section.BEHAVIOURS,
    "skills": Section.SKILLS,
    "links to other nos": Section.LINKS,
    "external links": Section.EXTERNAL_LINKS,
    "key purpose": Section.KEY_PURPOSE,
    "functional map": Section.MAP,
    "functional map to nos links": Section.MAP_LINKS,
    "additional information": Section.SCOPE,
}
_LONGEST_HEADING = 3
"""Over how many lines a heading runs where it stands in a narrow column."""

_LEADS = re.compile(
    r"(?i)you (?:must be able to|need to know and understand|need to know and|need to know)\s*:?|understand:"
)
_PARTICULARS = (
    "Developed by",
    "Version number",
    "Date approved",
    "Indicative review date",
    "Validity",
    "Status",
    "Originating organisation",
    "Original URN",
    "Relevant occupations",
    "Suite",
    "Key words",
    "Keywords",
)
_PARTICULAR = re.compile("|".join(rf"\b{name}\b".replace(" ", r"\s+") for name in _PARTICULARS))
_BEGINS = re.compile(r"(?i)developed by\b|version number\b")


def heading_at(lines: Sequence[Line], place: int) -> tuple[Section, int] | None:
    """The section whose heading stands at `place`, and over how many lines it runs; None where none does."""
    if _BEGINS.match(lines[place].text):
        return Section.PARTICULARS, 0
    best = None
    said = ""
    for length, line in enumerate(lines[place : place + _LONGEST_HEADING], 1):
        said = f"{said} {line.text}".strip().lower().rstrip(":").rstrip()
        if said in _HEADINGS:
            best = _HEADINGS[said], length
    return best


def is_lead(line: Line) -> bool:
    """Whether the line is what leads in to the statements: "You must be able to:"."""
    return _LEADS.fullmatch(line.text) is not None


def particulars(lines: Sequence[Line]) -> dict[str, str]:
    """What the foot of a standard says, by its label in lower case: version, dates, reference, suite."""
    text = " ".join(line.text for line in lines)
    said: dict[str, str] = {}
    found = list(_PARTICULAR.finditer(text))
    for place, match in enumerate(found):
        end = found[place + 1].start() if place + 1 < len(found) else len(text)
        name = " ".join(match[0].split()).lower()
        said.setdefault(name, text[match.end() : end].strip(" :"))
    return said
