"""A published specification of qualifications, read from the lines of its text: particulars, units and rules.

The particulars stand as a label and a value, the units as a table of code, title, level, credit and guided learning
hours, and the rules of combination in words. What of the rules is not understood is told, and becomes no rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime

from markterm.domain.assessed.qualification import (
    Group,
    GroupUnit,
    Qualification,
    qan_check_digit,
)
from markterm.domain.papers.rules_in_words import group_number, rules_in_words
from markterm.domain.texts.printed_lines import Doubt, Line

_QAN = re.compile(r"[0-9]{3}/[0-9]{4}/[0-9Xx]")
_UNIT_CODE = re.compile(r"(?=\S*[0-9])[A-Z0-9]{1,8}(?:[-/][A-Z0-9]{1,8})+")
_NUMBER = re.compile(r"[0-9]{1,4}")
_TITLE = re.compile(r"(?i)level\s+[0-9]\b.*\b(?P<size>award|certificate|diploma)\b.*")
_TITLE_BEHIND = re.compile(r"(?P<title>(?i:(?:entry )?level)\s+[0-9]\b.*\b(?i:award|certificate|diploma)\b.*)")
"""A title behind the heading of its section, where the two were extracted as one line."""
_SIZES = {"award": "AWD", "certificate": "CERT", "diploma": "DIP"}
_LABELS = {
    "qualification accreditation no": "qan",
    "qualification accreditation number": "qan",
    "qualification number": "qan",
    "accreditation number": "qan",
    "ofqual qualification number": "qan",
    "qualification number (qn)": "qan",
    "qan": "qan",
    "qrn": "qan",
    "planned operational start date": "starts",
    "operational start date": "starts",
    "credit value": "credit",
    "credits": "credit",
    "total credit": "credit",
    "induction": "induction",
    "tutorial support": "tutorial",
    "duration": "years",
    "rules of combination": "rules",
    "guided learning hours (glh)": "glh",
    "assessments": "assessments",
}
_GROUP = re.compile(r"(?i)(?:(?:mandatory|optional)\s+)?group\s+([0-9]{1,2}|[a-h])\b\s*(.*)")
_PROGRESSION = re.compile(r"(?i)progression(?: routes?| opportunities)?:?")
_DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y")
_AFTER_CODE = 3
"""What follows the title of a unit in the table: level, credit, guided learning hours."""


@dataclass
class _Particulars:
    """A qualification while it is being read: its title, the line that names it, and its values by label."""

    title: str
    line: int
    values: dict[str, list[str]] = field(default_factory=dict)

    def said(self, label: str) -> str:
        return " ".join(self.values.get(label, ()))


@dataclass(frozen=True, slots=True)
class QualificationsRead:
    """The qualifications of a specification, the units that its table lists, and what a person should look at."""

    qualifications: tuple[Qualification, ...] = ()
    units: tuple[GroupUnit, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def read_qualifications(lines: Sequence[Line]) -> QualificationsRead:
    """The qualifications that those lines specify; none where they are no such text."""
    doubts: list[Doubt] = []
    lines = tuple(_labels_apart(lines))
    listed = _units(lines)
    routes = _routes(lines)
    every = tuple(_particulars(lines))
    qualifications = tuple(_qualification(each, listed, routes.get(_bare(each.title), ()), doubts) for each in every)
    if any(_PROGRESSION.fullmatch(line.text) for line in lines):
        doubts += [
            Doubt(said.line, f"{said.title}: what one can go on to was not read, and the document has such a section.")
            for said, each in zip(every, qualifications, strict=True)
            if not each.progression
        ]
    return QualificationsRead(qualifications, tuple(unit for _, unit in listed), tuple(doubts))


def _labels_apart(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, with each label that stands before its value in one line on a line of its own."""
    for line in lines:
        label, colon, value = line.text.partition(":")
        if colon and value.strip() and label.lower().strip() in _LABELS:
            yield Line(line.number, label)
            yield Line(line.number, value.strip())
        else:
            yield line


def _particulars(lines: Sequence[Line]) -> Iterator[_Particulars]:
    """Each block of particulars: it begins where the accreditation number stands, below the title."""
    now: _Particulars | None = None
    label = ""
    for place, line in enumerate(lines):
        found = _LABELS.get(line.text.lower().rstrip(":").strip())
        if found == "qan":
            if now is not None:
                yield now
            above = lines[place - 1] if place else line
            title = _TITLE_BEHIND.search(above.text)
            now = _Particulars(title["title"] if title is not None else above.text, above.number)
        if found is not None:
            label = found
        elif _is_head(line):
            label = ""
        elif now is not None and label:
            now.values.setdefault(label, []).append(line.text)
    if now is not None:
        yield now


def _is_head(line: Line) -> bool:
    """Whether the line ends a value: it is the title of the next qualification, a group, or the table of units."""
    return bool(
        _TITLE.fullmatch(line.text) or _GROUP.fullmatch(line.text) or line.text.lower().startswith("overview of")
    )


def _units(lines: Sequence[Line]) -> list[tuple[int, GroupUnit]]:
    """The units of the table, each with the number of its group; 1 where the table is in none."""
    found: list[tuple[int, GroupUnit]] = []
    group = 1
    for place, line in enumerate(lines):
        if (headed := _GROUP.fullmatch(line.text)) is not None:
            group = group_number(headed[1])
        if not _UNIT_CODE.fullmatch(line.text):
            continue
        title: list[str] = []
        numbers: list[int] = []
        for after in lines[place + 1 :]:
            if _NUMBER.fullmatch(after.text):
                numbers.append(int(after.text))
            elif numbers or _UNIT_CODE.fullmatch(after.text):
                break
            else:
                title.append(after.text)
        if len(numbers) == _AFTER_CODE and title:
            level, credit, glh = numbers
            found.append((group, GroupUnit(line.text, " ".join(title), level, credit, glh)))
    return found


def _routes(lines: Sequence[Line]) -> dict[str, tuple[str, ...]]:
    """What one can go on to, by the title of the qualification, as the table of progression has it."""
    routes: dict[str, list[str]] = {}
    inside, now = False, ""
    for line in lines:
        if _PROGRESSION.fullmatch(line.text):
            inside, now = True, ""
        elif inside and not line.is_item and _TITLE.fullmatch(line.text):
            now = _bare(line.text)
        elif inside and now and line.is_item:
            routes.setdefault(now, []).append(line.text)
        elif inside and now:
            inside = False
    return {title: tuple(every) for title, every in routes.items()}


def _bare(title: str) -> str:
    return " ".join(title.lower().split())


def _qualification(
    said: _Particulars, listed: Sequence[tuple[int, GroupUnit]], progression: tuple[str, ...], doubts: list[Doubt]
) -> Qualification:
    qan = _QAN.search(said.said("qan"))
    credit = _whole(said.said("credit"))
    read = rules_in_words(said.said("rules"), listed)
    rules, named = tuple(read.rules), read.named
    doubts += [Doubt(said.line, f"{said.title}: {told}") for told in read.doubts]
    if rules and listed and not named:
        named = {unit.code for _, unit in listed}
        doubts.append(Doubt(said.line, f"{said.title}: its rules name no units; all that the table lists were taken."))
    groups = tuple(
        Group(number, "", tuple(unit for group, unit in listed if group == number and unit.code in named))
        for number in sorted({group for group, unit in listed if unit.code in named})
    )
    size = _TITLE.fullmatch(said.title)
    suite = next((unit.code.split("-")[0] for _, unit in listed), "")
    code = "-".join(each for each in (suite, _SIZES[size["size"].lower()] if size is not None else "") if each)
    for what, is_there in (("accreditation number", qan), ("credit value", credit), ("rules of combination", rules)):
        if not is_there:
            doubts.append(Doubt(said.line, f"{said.title} has no {what} that could be read."))
    if qan is not None and qan_check_digit(qan[0]) != qan[0][-1].upper():
        doubts.append(Doubt(said.line, f"{said.title}: the last figure of {qan[0]} does not fit: was it mistyped?"))
    return Qualification(
        code or "QUALIFICATION",
        said.title,
        qan[0] if qan is not None else "",
        credit,
        _whole(said.said("years")),
        groups,
        rules,
        induction=_whole(said.said("induction")),
        tutorial=_whole(said.said("tutorial")),
        starts=_day(said, doubts),
        progression=progression,
    )


def _whole(words: str) -> int | None:
    match = re.search(r"\b([0-9]{1,4})\b", words)
    return int(match[1]) if match is not None else None


def _day(said: _Particulars, doubts: list[Doubt]) -> date | None:
    words = said.said("starts")
    for form in _DAYS:
        with suppress(ValueError):
            return datetime.strptime(words, form).date()
    if words:
        doubts.append(Doubt(said.line, f"{said.title}: `{words}` is no day that could be read."))
    return None
