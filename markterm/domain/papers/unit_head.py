"""What a published unit says of itself above its criteria: code, title, level, credit and guided learning hours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from markterm.domain.papers.paper_rows import Row

_LABELS = {
    "title": ("title", "unit title", "unit name", "title of unit", "name of unit"),
    "code": (
        *("unit code", "unit number", "unit no", "unit ref", "unit reference", "unit reference number", "unit id"),
        *("unit reference no", "ilm unit number", "unit"),
    ),
    "reference": (
        *("urn", "uan", "ofqual reference", "ofqual unit reference number", "ofqual unit number", "rqf unit number"),
        *("national unit number", "ofqual reference number", "unit accreditation number", "ofqual unit reference"),
    ),
    "level": ("level", "unit level", "level of unit", "rqf level", "qcf level"),
    "credit": ("credit", "credits", "credit value", "unit credit value", "unit credit", "unit credits", "cv"),
    "glh": ("glh", "guided learning hours", "guided learning hours (glh)", "unit glh", "unit guided learning hours"),
    "version": ("version", "issue", "version number", "unit version"),
}
_LABEL_OF = {label: what for what, labels in _LABELS.items() for label in labels}
_INLINE = re.compile(r"(?P<label>[A-Za-z][A-Za-z ()/]{1,40}?)\.?\s*[:=]\s*(?P<value>\S.*)")
_NUMBERED = re.compile(
    r"(?i)(?P<label>(?:unit )?level|credits?(?: value)?|(?:guided learning hours )?\(?glh\)?|guided learning hours)"
    r"\s*[:=-]?\s*(?P<value>[0-9]{1,4})(?: hours?| credits?)?"
)
_CODE = r"(?=[-/A-Z]*[0-9])[A-Z0-9]{1,8}(?:[-/][A-Z0-9]{1,8})+|[0-9][A-Z]{2,4}[0-9]{2,3}"
"""A code has a figure: `PERSON-CENTRED` and `RTT/PAS` are words of a title."""
_CODED = re.compile(rf"(?:(?i:unit)\s*[:.]?\s*)?(?P<code>{_CODE})\s*[:–—-]?\s+(?P<title>[A-Z].{{3,}})")
_NAMED = re.compile(r"(?i:unit)\s+(?P<code>[0-9]{1,4}[A-Za-z]?)\s*[:.–—-]*\s+(?P<title>[A-Z].{3,})")
_NUMBER_ALONE = re.compile(r"(?i:unit)\s+(?P<code>[0-9]{1,4}[A-Za-z]?)")
_MARK_SHEET = re.compile(r"(?i:mark\s*sheet)\s*[:–—-]\s*(?P<title>[A-Z].{3,})")
_PAGE_BEHIND = re.compile(r"[\s.…]{2,}[0-9]{1,3}$|\s[0-9]{1,3}$")
"""So ends an entry of a list of contents."""
_CENTRE = re.compile(r"\s+(?i:centre (?:number|name))\b")
_NUMBERS = ("level", "credit", "glh")
_REFERENCE = re.compile(r"[A-Z]/[0-9]{3}/[0-9]{4}")
_BEHIND_TITLE = re.compile(r"\s*[\[(][A-Z]/[0-9]{3}/[0-9]{4}[\])]\s*$")
_ENTRY = re.compile(r"(?i)e(?:ntry)?(?: level)? ?[0-9]")
"""An entry level is no level of a number: `Entry 3` is below level 1."""
_LONGEST = 200


@dataclass
class UnitHead:
    """What was found so far. `said` has the values by what they are; the first one of each stands."""

    said: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def take(self, what: str, value: str, line: int) -> None:
        """Keep a value, unless there is one already: a code goes before a number that stands for one."""
        if value and (what not in self.said or self._is_code_of_number(what, value)):
            self.said[what], self.lines[what] = value, line

    def is_another(self, what: str, value: str) -> bool:
        """Whether that code or title is not the one that was found: `Unit 9` may have the code TEA-9."""
        return self.said.get(what, value) != value and not self._is_code_of_number(what, value)

    def _is_code_of_number(self, what: str, value: str) -> bool:
        return what == "code" and self.said.get(what, "").isdigit() and not value.isdigit()

    def number(self, what: str) -> int | None:
        """A value as a whole number; None where there is none in it."""
        if _ENTRY.match(self.said.get(what, "")) is not None:
            return None
        match = re.search(r"(?<![\w.])([0-9]{1,4})(?![\w.])", self.said.get(what, ""))
        return int(match[1]) if match is not None else None


@dataclass(frozen=True, slots=True)
class Told:
    """A fact that a row tells of the unit. `begins` says that it can only be the first of a unit."""

    what: str
    value: str
    begins: bool = False


def label_in(text: str) -> str:
    """What that text is the label of; empty where it is none."""
    return _LABEL_OF.get(" ".join(text.lower().split()).rstrip(" :.*?"), "")


def told_in(row: Row, below: Row | None) -> Iterator[Told]:
    """What a row tells of its unit: a label beside its value, before it in one cell, or above it."""
    filled = row.filled
    labels = {column: label_in(row.text(column)) for column in filled}
    if _is_heads(row, labels) and below is not None:
        for column, what in labels.items():
            if what and column < len(below.cells) and below.cells[column]:
                yield from _told(what, below.text(column))
        return
    for place, column in enumerate(filled):
        after = filled[place + 1] if place + 1 < len(filled) else None
        if labels[column] and after is not None and not labels[after]:
            yield from _told(labels[column], row.text(after))
        elif labels[column] and after is None and len(filled) == 1 and below is not None and not row.table:
            if not below.table and not label_in(below.text(below.filled[0])):
                yield from _told(labels[column], below.text(below.filled[0]))
        elif not labels[column]:
            yield from _in_words(row.text(column), alone=len(filled) == 1)


def _is_heads(row: Row, labels: dict[int, str]) -> bool:
    """Whether a row of a table is the heads of columns, with the values below them."""
    return bool(row.table) and len(labels) > 1 and all(labels.values())


def _in_words(text: str, *, alone: bool) -> Iterator[Told]:
    if len(text) > _LONGEST:
        return
    if (numbered := _NUMBERED.fullmatch(text)) is not None:
        what = label_in(numbered["label"]) or "glh"
        yield from _told(what, numbered["value"])
    elif (inline := _INLINE.fullmatch(text)) is not None and label_in(inline["label"]):
        yield from _told(label_in(inline["label"]), inline["value"])
    elif alone and (sheet := _MARK_SHEET.fullmatch(text)) is not None:
        yield from _of_title(_CENTRE.split(sheet["title"])[0])
    elif (
        alone
        and _PAGE_BEHIND.search(text) is None
        and (coded := _CODED.fullmatch(text) or _NAMED.fullmatch(text)) is not None
    ):
        yield Told("code", coded["code"], begins=True)
        yield from _of_title(coded["title"].rstrip(" ."))


def _told(what: str, value: str) -> Iterator[Told]:
    """That fact; a value of a code may hold the title too, and one of a number has to be one."""
    if what == "code" and _REFERENCE.fullmatch(value) is not None:
        yield Told("reference", value)
    elif what == "code" and (alone := _NUMBER_ALONE.fullmatch(value)) is not None:
        yield Told("code", alone["code"], begins=True)
    elif what == "code" and (coded := _CODED.fullmatch(value)) is not None:
        yield Told("code", coded["code"], begins=True)
        yield Told("title", coded["title"])
    elif what == "code" and re.search("[0-9]", value) is None:
        yield Told("title", value, begins=True)
    elif what == "title":
        yield from _of_title(value)
    elif what not in _NUMBERS or re.search("[0-9]", value):
        yield Told(what, value, begins=what == "code")


def _of_title(value: str) -> Iterator[Told]:
    """A title, which may begin with the code."""
    coded = _CODED.fullmatch(value) or _NAMED.fullmatch(value)
    if coded is not None:
        yield Told("code", coded["code"], begins=True)
    title = coded["title"] if coded is not None else value
    yield Told("title", _BEHIND_TITLE.sub("", title), begins=True)
    if (behind := _BEHIND_TITLE.search(title)) is not None:
        yield Told("reference", behind[0].strip(" ()[]"))
