"""The headings and the particulars of a published National Occupational Standard, as its pages have them: in English or
in Welsh, in the documents of the NOS database or on its web pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

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
    MORE = "additional information"
    PARTICULARS = "developed by"


class Heading(NamedTuple):
    """A heading: the section that it begins, over how many lines it runs, and whether it is Welsh."""

    section: Section
    length: int
    is_welsh: bool = False


_ENGLISH = {
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
    "additional information": Section.MORE,
}
_SHORT = {"performance": ("P", Section.PERFORMANCE), "knowledge": ("K", Section.KNOWLEDGE)}
"""Headings that are words like others, unless what leads in to statements stands below, or the first of them."""
_WELSH = {
    "trosolwg": Section.OVERVIEW,
    "trosolwg o'r gyfres": Section.OVERVIEW,
    "meini prawf perfformiad": Section.PERFORMANCE,
    "meini prawf perfformio": Section.PERFORMANCE,
    "gwybodaeth a dealltwriaeth": Section.KNOWLEDGE,
    "cwmpas/ystod": Section.SCOPE,
    "cwmpas / ystod": Section.SCOPE,
    "rhestr termau": Section.GLOSSARY,
    "geirfa": Section.GLOSSARY,
    "gwerthoedd": Section.VALUES,
    "ymddygiadau": Section.BEHAVIOURS,
    "sgiliau": Section.SKILLS,
    "dolenni i nos eraill": Section.LINKS,
    "cysylltiadau â nos eraill": Section.LINKS,
    "dolenni allanol": Section.EXTERNAL_LINKS,
    "cysylltiadau allanol": Section.EXTERNAL_LINKS,
    "pwrpas allweddol": Section.KEY_PURPOSE,
    "map swyddogaethol": Section.MAP,
    "cysylltiadau'r map swyddogaethol â'r nos": Section.MAP_LINKS,
    "cysylltiadau map swyddogaethol â nos": Section.MAP_LINKS,
}
_LONGEST_HEADING = 3
"""Over how many lines a heading runs where it stands in a narrow column."""

_LEAD = (
    r"you (?:must be able to|(?:will )?need to know and understand|need to know and|need to know)"
    r"(?: do the following)?"
    r"|(?:mae.n )?rhaid i chi (?:allu|fod yn gallu|wybod a deall)|(?:mae|bydd) angen i chi wybod a deall"
)
_LEADS = re.compile(rf"(?i)(?:{_LEAD})\s*[:…]?|understand\s*:?")
_LEAD_BEHIND = re.compile(rf"(?i)(.{{4,60}}?)\s*:?\s+((?:{_LEAD})\s*[:…]?)(?:\s+(\S.*))?")
_TEXT_BEHIND = re.compile(r"(Overview|Trosolwg|OVERVIEW)\s+((?:This|The|These|It|Mae|In|You)\b.*)")

_PARTICULARS = {
    "Business Sectors (Suites)": "suite",
    "Indicative review date": "indicative review date",
    "Originating organisation": "originating organisation",
    "Relevant occupations": "relevant occupations",
    "Version number": "version number",
    "Date approved": "date approved",
    "Developed by": "developed by",
    "Original URN": "original urn",
    "Approved on": "date approved",
    "Approved": "date approved",
    "Key words": "key words",
    "Keywords": "key words",
    "Validity": "validity",
    "Status": "status",
    "Suite": "suite",
    "URN": "urn",
    "Dyddiad adolygu dangosol": "indicative review date",
    "Galwedigaethau perthnasol": "relevant occupations",
    "Sefydliad cychwynnol": "originating organisation",
    "Dyddiad cymeradwyo": "date approved",
    "Cymeradwywyd ar": "date approved",
    "Geiriau allweddol": "key words",
    "Datblygwyd gan": "developed by",
    "URN gwreiddiol": "original urn",
    "Rhif y fersiwn": "version number",
    "Rhif fersiwn": "version number",
    "Dilysrwydd": "validity",
    "Statws": "status",
    "Cyfres": "suite",
}
REFERENCE = re.compile(
    r"[A-Z]{2}[A-Za-z&.]*(?:[0-9][A-Z]{2,})?(?: [A-Z]+)*[ -]?[0-9]{1,4}(?:[.-][0-9]{1,3})?[A-Z]?(?![\w.-])"
)
"""The reference of a standard as published: LSI CM01, SFHCHS3, LANAgM17, PPL2FBS99."""
_NAMES = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(_PARTICULARS, key=len, reverse=True))
# A label has a capital where it stands in the text: the words of a sentence have none.
_PARTICULAR = re.compile(rf"(?<!\S)(?=[A-Z])((?i:{_NAMES}))(?=[\s:]|$)")
_LABELS = {" ".join(name.lower().split()): key for name, key in _PARTICULARS.items()}
_BEGINS = re.compile(r"(?i)(?:developed by|version number|datblygwyd gan|rhif (?:y )?fersiwn)\b|urn\s*:")


def heading_at(lines: Sequence[Line], place: int) -> Heading | None:
    """The heading that stands at `place`; None where none does."""
    if _BEGINS.match(lines[place].text):
        return Heading(Section.PARTICULARS, 0)
    best = None
    said = ""
    for length, line in enumerate(lines[place : place + _LONGEST_HEADING], 1):
        said = f"{said} {line.text}".strip().lower().replace("\u2019", "'").rstrip(" :")
        if said in _ENGLISH:
            best = Heading(_ENGLISH[said], length)
        elif said in _WELSH:
            best = Heading(_WELSH[said], length, is_welsh=True)
        elif said in _SHORT and place + length < len(lines):
            below = lines[place + length]
            if is_lead(below) or below.text.startswith(f"{_SHORT[said][0]}1 "):
                best = Heading(_SHORT[said][1], length)
    return best


def is_lead(line: Line) -> bool:
    """Whether the line is what leads in to the statements: "You must be able to:"."""
    return _LEADS.fullmatch(line.text.replace("\u2019", "'")) is not None


def is_label(line: Line) -> bool:
    """Whether the line is the name of a particular and nothing else: "Version number"."""
    return " ".join(line.text.lower().split()).rstrip(" :") in _LABELS


def headings_apart(line: Line) -> list[Line]:
    """The line as the lines that a page prints: a heading, what leads in to the statements, and what stands behind. The
    cells of tables have them all in one."""
    text = line.text.replace("\u2019", "'")
    behind = _LEAD_BEHIND.fullmatch(text)
    if behind is not None and (behind[1].lower() in _ENGLISH or behind[1].lower() in _WELSH):
        parts = [line.text[begin:end] for begin, end in (behind.span(1), behind.span(2), behind.span(3)) if begin >= 0]
    elif (plain := _TEXT_BEHIND.fullmatch(text)) is not None:
        parts = [line.text[: plain.end(1)], line.text[plain.start(2) :]]
    else:
        return [line]
    return [replace(line, text=part) for part in parts]


def particulars(lines: Sequence[Line]) -> dict[str, str]:
    """What the foot of a standard says, by its label in lower case and in English: version, dates, reference, suite."""
    text = " ".join(line.text for line in lines)
    said: dict[str, str] = {}
    found = list(_PARTICULAR.finditer(text))
    for place, match in enumerate(found):
        end = found[place + 1].start() if place + 1 < len(found) else len(text)
        said.setdefault(_LABELS[" ".join(match[1].lower().split())], text[match.end() : end].strip(" :"))
    for name in ("urn", "original urn"):
        if name in said:
            reference = REFERENCE.match(said[name])
            said[name] = reference[0] if reference is not None else ""
    return {name: value for name, value in said.items() if value}
