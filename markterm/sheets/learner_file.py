"""A learner's file, `learners/<registration>/learner.md`: who is registered, for what, and who assesses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from markterm.domain.assessed.learner import Learner, RegisteredFor, is_uln
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.finding import Finding
from markterm.domain.words.foreign_text import one_line
from markterm.sheets.codes import found, short
from markterm.sheets.front_matter import (
    iso_day,
    list_text,
    read_front_matter,
    value_text,
)
from markterm.sheets.kinds import LEARNER
from markterm.sheets.reading import SheetReading
from markterm.sheets.sheet_reading import OpenedSheet, open_sheet
from markterm.sheets.text_file import normalised

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_REGISTRATION = re.compile(r"(?P<key>\s*registration\s*:[ \t]*).*?(?P<comment>(?:[ \t]#[^\r\n]*)?)(?P<end>[\r\n]*)\Z")
_KEYS = (
    *("name", "uln", "email", "assessor", "registered", "site", "qualification", "assignment", "units"),
    *("legal_name", "born", "expires", "left", "funded", "standards", "registered_for"),
)
_REGISTERED_FOR = re.compile(
    r"(?P<code>\S(?:.*\S)?)\s+(?P<first>\d{4}-\d\d-\d\d)(?:\s+to\s+(?P<last>\d{4}-\d\d-\d\d))?"
)
_FUNDED = {True: "yes", False: "no"}


def read_learner(text: str, file: Path | None = None) -> SheetReading[Learner]:
    """The learner in `text`, and what is wrong with it. Values are kept as written; never raises."""
    opened = open_sheet(LEARNER, text, file, _KEYS, with_tabs=True)
    if not isinstance(opened, OpenedSheet):
        return SheetReading(None, opened, text)
    fields = opened.fields
    learner = Learner(
        registration=opened.name,
        name=fields.text("name", needed=True),
        uln=fields.text("uln"),
        email=fields.text("email"),
        qualifications=fields.codes("qualification"),
        assignments=fields.codes("assignment"),
        units=fields.codes("units"),
        assessor=fields.text("assessor"),
        registered=fields.day("registered"),
        site=fields.text("site"),
        about=without_blank_ends(opened.front.body),
        legal_name=fields.text("legal_name"),
        born=fields.day("born"),
        expires=fields.day("expires"),
        left=fields.day("left"),
        funded=fields.yes_or_no("funded"),
        standards=fields.codes("standards"),
        registered_for=tuple(filter(None, map(_registered_for, fields.codes("registered_for")))),
    )
    return SheetReading(learner if opened.says_which else None, opened.findings(_doubts(learner, opened)), text)


def _doubts(learner: Learner, opened: OpenedSheet) -> Iterator[Finding]:
    """What can be read and cannot be so."""
    if learner.uln and not is_uln(learner.uln):
        message = (
            f"`{short(learner.uln)}` is no ULN, which has ten digits of which the last checks the others: correct it."
        )
        yield found("MS125", message, opened.file, opened.line_of("uln"))
    days = [("born", learner.born), ("registered", learner.registered), ("expires", learner.expires)]
    known = [(key, day) for key, day in days if day is not None]
    for (before, first), (after, second) in pairwise(known):
        if second <= first:
            message = f"`{after}` is {second}, and `{before}` is {first}: the one comes after the other."
            yield found("MS126", message, opened.file, opened.line_of(after))
    unread = [each for each in opened.fields.codes("registered_for") if _registered_for(each) is None]
    for each in unread:
        message = (
            f"`{short(each)}` is no registration: write `8580-CERT 2026-01-12 to 2029-01-11`, or the first day alone."
        )
        yield found("MS129", message, opened.file, opened.line_of("registered_for"))
    for own in learner.registered_for:
        if own.registered is not None and own.expires is not None and own.expires <= own.registered:
            message = f"`{own.qualification}` expires on {own.expires}, and is registered on {own.registered}."
            yield found("MS126", message, opened.file, opened.line_of("registered_for"))
    if learner.left is not None and learner.registered is not None and learner.left < learner.registered:
        message = f"`left` is {learner.left}, and `registered` is {learner.registered}: nobody leaves before they came."
        yield found("MS126", message, opened.file, opened.line_of("left"))


def _registered_for(said: str) -> RegisteredFor | None:
    """The registration for a qualification, as `8580-CERT 2026-01-12 to 2029-01-11`; None for what is none."""
    parts = _REGISTERED_FOR.fullmatch(said)
    days = [iso_day(day) for day in (parts["first"], parts["last"]) if day] if parts is not None else [None]
    if parts is None or None in days:
        return None
    return RegisteredFor(parts["code"], *days)


def learner_values(learner: Learner) -> dict[str, str]:
    """What stands behind each key of the file of `learner`; nothing, or an empty list, where it says nothing of it.
    Raises WrongUse for a value that a file cannot hold."""
    return {
        "kind": "learner",
        "registration": value_text(learner.registration),
        "name": value_text(learner.name),
        "uln": value_text(learner.uln),
        "email": value_text(learner.email),
        "qualification": list_text(learner.qualifications),
        "assignment": list_text(learner.assignments),
        "units": list_text(learner.units),
        "standards": list_text(learner.standards),
        "assessor": value_text(learner.assessor),
        "registered": learner.registered.isoformat() if learner.registered else "",
        "registered_for": list_text(each.in_words for each in learner.registered_for),
        "site": value_text(learner.site),
        "legal_name": value_text(learner.legal_name),
        "born": learner.born.isoformat() if learner.born else "",
        "expires": learner.expires.isoformat() if learner.expires else "",
        "left": learner.left.isoformat() if learner.left else "",
        "funded": _FUNDED[learner.funded] if learner.funded is not None else "",
    }


def render_learner(learner: Learner) -> str:
    """The file of `learner`. Raises WrongUse for a value that a file cannot hold."""
    lines = [f"{key}: {value}\n" for key, value in learner_values(learner).items() if value not in ("", "[]")]
    text = "---\n" + "".join(lines) + "---\n"
    if learner.about:
        text += f"\n{learner.about}\n"
    if read_learner(text).sheet != learner:
        raise WrongUse(
            "This learner cannot be written",
            f"The file of {one_line(learner.registration) or 'a learner without registration'} would read differently.",
            "Give a registration, and take line breaks from the ends of the text.",
        )
    return text


def with_registration(text: str, registration: str) -> str:
    """The learner's file `text` with another registration in its own line, and nothing else of it changed.

    Raises `WrongUse` when the file says who the learner is in a way that only a person can change.
    """
    was = read_learner(text).sheet
    front, _ = read_front_matter(normalised(text))
    first, last = front.lines.get("registration", (0, 0)) if front is not None else (0, 0)
    if was is not None and first == last > 0:
        lines = _LINE.findall(text)
        if given := _REGISTRATION.match(lines[first - 1]):
            for comment in (given["comment"], ""):
                lines[first - 1] = f"{given['key']}{value_text(registration)}{comment}{given['end']}"
                changed = "".join(lines)
                if read_learner(changed).sheet == replace(was, registration=registration):
                    return changed
    raise WrongUse(
        "The registration cannot be changed here",
        "The learner's file says it in a way that only a person can change.",
        f"Write `registration: {registration}` in it yourself, then do it again.",
    )


def without_blank_ends(text: str) -> str:
    """`text` without blank lines before and after it."""
    lines = text.split("\n")
    filled = [number for number, line in enumerate(lines) if line.strip()]
    return "\n".join(lines[filled[0] : filled[-1] + 1]) if filled else ""
