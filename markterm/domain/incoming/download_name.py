"""What the name of a download says: from which site it is, whose it is there, and which part of the path says so."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from markterm.domain.words.file_label import file_label

_MOODLE = re.compile(r"(?P<who>.+)_(?P<number>[0-9]{1,18})_assignsubmission_[a-z]+(?:_.*)?", re.DOTALL)
_CANVAS = re.compile(r"(?P<who>[^_]+)_(?:LATE_)?(?P<number>[0-9]{1,18})_[0-9]{1,18}_.+", re.DOTALL)
_CANVAS_NAMELESS = re.compile(r"anon_[0-9A-Za-z]+_(?:LATE_)?[0-9]{1,18}_.+", re.DOTALL)
_BRIGHTSPACE = re.compile(
    r"[0-9]{1,12}-[0-9]{1,12} - (?P<who>.+?)"
    r"\s?- (?:[A-Z][a-z]+ [0-9]{1,2}|[0-9]{1,2} [A-Z][a-z]+), [0-9]{4} [0-9]{3,4} ?[AP]M(?: - .+)?",
    re.DOTALL,
)
_BLACKBOARD = re.compile(r".+_(?P<user>[^_]+)_attempt_[0-9]{4}(?:-[0-9]{2}){5}(?:[_.].*)?", re.DOTALL)
_NOBODYS_NAME = re.compile(r"\w+ [0-9]{1,9}")
_BEFORE_NUMBER = re.compile(r"(?P<who>.*?)\s*-\s*(?:(?=[A-Z]*\d)[A-Z0-9 ]+|ENR)\s*-", re.IGNORECASE)
_IN_A_DATE = re.compile("[0-9]{1,4}")
"""A part of a day or a time, and no registration: `plan 2026-03-01-10-00`."""
_READ_WRONGLY = ("cp437", "cp850", "cp866")
"""The code pages in which older programs unpack names that a zip has in UTF-8."""
_DRAWN = re.compile("[\u2500-\u259f]")


class Form(StrEnum):
    """Who gave the name its form."""

    MOODLE = "Moodle"
    CANVAS = "Canvas"
    BRIGHTSPACE = "Brightspace"
    BLACKBOARD = "Blackboard"
    AWARDING = "the awarding organisation"
    CENTRE = "a pattern of the centre"
    FREE = "nobody"


@dataclass(frozen=True, slots=True)
class DownloadName:
    """What a path says. `who` is a name as that form writes it, empty where it has none; `number` the participant's at
    the site, or the name with which they sign in there; `registration` and `email` are as they stand; `part` is the
    part of the path that says it, from 0."""

    form: Form
    who: str = ""
    number: str = ""
    registration: str = ""
    email: str = ""
    part: int = 0


def parts_of(path: str) -> tuple[str, ...]:
    """The folders and the file of a path with `/`, with accents composed and put right where a program unpacked them
    in another code page."""
    return tuple(_put_right(unicodedata.normalize("NFC", each)) for each in path.split("/") if each not in ("", "."))


def download_name(parts: Iterable[str], patterns: Iterable[re.Pattern[str]] = ()) -> DownloadName:
    """What these parts of a path say; the outermost that has a form says it. `patterns` are the centre's own."""
    every = tuple(parts)
    own = tuple(patterns)
    for place, part in enumerate(every):
        for pattern in own:
            if (found := pattern.fullmatch(part)) is not None:
                said = {name: text.strip() for name, text in found.groupdict(default="").items() if name in _FIELDS}
                return DownloadName(Form.CENTRE, **{_FIELDS[name]: text for name, text in said.items()}, part=place)
        if (found := _MOODLE.fullmatch(part)) is not None:
            nameless = _NOBODYS_NAME.fullmatch(found["who"]) is not None
            return DownloadName(Form.MOODLE, "" if nameless else found["who"], found["number"], part=place)
        if (found := _CANVAS.fullmatch(part)) is not None:
            return DownloadName(Form.CANVAS, found["who"], found["number"], part=place)
        if _CANVAS_NAMELESS.fullmatch(part) is not None:
            return DownloadName(Form.CANVAS, part=place)
        if (found := _BRIGHTSPACE.fullmatch(part)) is not None:
            return DownloadName(Form.BRIGHTSPACE, found["who"], part=place)
        if (found := _BLACKBOARD.fullmatch(part)) is not None:
            return DownloadName(Form.BLACKBOARD, number=found["user"].casefold(), part=place)
        label = file_label(part)
        if label is None or _IN_A_DATE.fullmatch(label.registration) is not None:
            continue
        if (before := _BEFORE_NUMBER.match(part)) is not None:
            return DownloadName(Form.AWARDING, before["who"], registration=label.registration, part=place)
    return DownloadName(Form.FREE)


def blackboard_user(name: str) -> str:
    """With which name who handed in a file signs in to Blackboard, by the file's name; empty where it is none of it."""
    found = _BLACKBOARD.fullmatch(name)
    return found["user"].casefold() if found is not None else ""


_FIELDS = {"name": "who", "registration": "registration", "email": "email", "number": "number"}
_FIELD = re.compile(r"\{([a-z]+)\}|(\*)")
_IN_FIELD = {"registration": r"[^/\s_]+?", "email": r"[^/\s]+@[^/\s]+?", "number": "[0-9]+", "name": "[^/]+?"}


def pattern_of(text: str) -> re.Pattern[str] | None:
    """A pattern of a centre, such as `{registration}_{name}_*.docx`, as it is looked for in a name; None when it names
    no learner, by `{registration}`, `{name}`, `{email}` or `{number}`, or has a field that there is none of."""
    fields = [each[1] for each in _FIELD.finditer(text) if each[1]]
    if not fields or len(set(fields)) < len(fields) or not set(fields) <= _IN_FIELD.keys():
        return None
    built, last = "", 0
    for each in _FIELD.finditer(text):
        built += re.escape(text[last : each.start()])
        built += f"(?P<{each[1]}>{_IN_FIELD[each[1]]})" if each[1] else ".*"
        last = each.end()
    return re.compile(built + re.escape(text[last:]), re.IGNORECASE | re.DOTALL)


def _put_right(part: str) -> str:
    if _DRAWN.search(part) is None:
        return part
    for page in _READ_WRONGLY:
        with suppress(UnicodeError):
            return unicodedata.normalize("NFC", part.encode(page).decode("utf-8"))
    return part
