"""What a published specification asks of a centre's staff: a table of requirements and what can show each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markterm.domain.assessed.competence import Requirement
from markterm.domain.texts.printed_lines import Doubt, Line

_HEAD = re.compile(
    r"(?i)(?P<who>.*\b(?:tutors?|assessors?|verifiers?)\b.*)\b(?:occupational )?competence requirements?"
)
_INDICATORS = re.compile(r"(?i)evidence indicators?")
_OR = re.compile(r"(?i)or")
_YEARS = re.compile(r"(?i)\b(?:last|past|within the last)\s+(?P<years>two|three|four|five|[0-9]+)\s+years\b")
_FIGURES = {"two": 2, "three": 3, "four": 4, "five": 5}
_CPD = re.compile(r"(?i)continuing professional development\b.*")


@dataclass(frozen=True, slots=True)
class RequirementsRead:
    """What is asked of tutors, and of assessors and verifiers, with what a person should look at."""

    for_tutors: tuple[Requirement, ...] = ()
    for_assessors: tuple[Requirement, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def read_requirements_of_staff(lines: Sequence[Line]) -> RequirementsRead:
    """The requirements in those lines; none where they have no such table."""
    tables: dict[bool, list[tuple[str, list[str]]]] = {True: [], False: []}
    now: list[tuple[str, list[str]]] | None = None
    doubts: list[Doubt] = []
    for place, line in enumerate(lines):
        is_before_item = place + 1 < len(lines) and lines[place + 1].is_item
        head = _HEAD.fullmatch(line.text)
        if head is not None and place + 1 < len(lines) and _INDICATORS.fullmatch(lines[place + 1].text):
            now = tables["tutor" in head["who"].lower()]
        elif now is None or _INDICATORS.fullmatch(line.text) or _OR.fullmatch(line.text):
            continue
        elif line.is_item and now:
            now[-1][1].append(re.sub(r"(?i)\s+or$", "", line.text))
        elif now and not line.is_item and not now[-1][0].endswith("."):
            now[-1] = (f"{now[-1][0]} {line.text}", now[-1][1])
            doubts.append(Doubt(line.number, f"`{line.text}` was read as going on with the requirement above it."))
        elif now and now[-1][1] and not line.is_item and line.text[0].islower():
            now[-1][1][-1] += f" {line.text}"
            doubts.append(Doubt(line.number, f"`{line.text}` was read as going on with the indicator above it."))
        elif not line.is_item and (line.text.endswith(".") or is_before_item):
            now.append((line.text, []))
        else:
            now = None
    tutors, assessors = (
        tuple(_requirement(f"{letter}{number}", *each) for number, each in enumerate(tables[is_tutor], 1))
        for is_tutor, letter in ((True, "T"), (False, "A"))
    )
    if tutors or assessors:
        doubts.append(
            Doubt(0, "How long what is shown lasts was taken from the evidence indicators: look at each `years`.")
        )
    return RequirementsRead(tutors, assessors, tuple(doubts))


def _requirement(code: str, text: str, evidence: list[str]) -> Requirement:
    years = next((match["years"].lower() for each in evidence if (match := _YEARS.search(each)) is not None), None)
    return Requirement(
        code,
        text,
        None if years is None else _FIGURES.get(years) or int(years),
        _CPD.fullmatch(text) is not None,
        tuple(evidence),
    )
