"""A learner's file, `learners/<registration>/learner.md`: who is registered, for what, and who assesses."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from markterm.domain.errors import WrongUse
from markterm.domain.finding import Finding
from markterm.domain.foreign_text import one_line
from markterm.domain.learner import Learner
from markterm.sheets.codes import found, in_order
from markterm.sheets.front_matter import (
    Fields,
    list_text,
    read_front_matter,
    tabs,
    unseen_characters,
    value_text,
)
from markterm.sheets.text_file import normalised

_TEXTS = {"kind", "registration", "name", "uln", "email", "assessor", "registered", "site"}
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_REGISTRATION = re.compile(r"(?P<key>\s*registration\s*:[ \t]*).*?(?P<comment>(?:[ \t]#[^\r\n]*)?)(?P<end>[\r\n]*)\Z")
_KNOWN = frozenset(_TEXTS | {"qualification", "assignment", "units"})


@dataclass(frozen=True, slots=True)
class LearnerReading:
    """What a learner's file says. `learner` is None if it does not say who that is."""

    learner: Learner | None
    findings: tuple[Finding, ...]
    source: str


def read_learner(text: str, file: Path | None = None) -> LearnerReading:
    """The learner in `text`, and what is wrong with it. Values are kept as written; never raises."""
    plain = normalised(text)
    findings = list(unseen_characters(plain, file))
    front, faults = read_front_matter(plain, file)
    findings += faults
    if front is None:
        findings += tabs(plain, file)
        return LearnerReading(None, in_order(findings), text)
    fields = Fields(front, _KNOWN, file)
    kind = fields.text("kind", needed=True)
    learner = Learner(
        registration=fields.text("registration", needed=True),
        name=fields.text("name", needed=True),
        uln=fields.text("uln"),
        email=fields.text("email"),
        qualifications=fields.codes("qualification"),
        assignments=fields.codes("assignment"),
        units=fields.codes("units"),
        assessor=fields.text("assessor"),
        registered=fields.day("registered"),
        site=fields.text("site"),
        about=without_blank_ends(front.body),
    )
    findings += fields.findings
    known = bool(learner.registration.strip())
    if kind.strip() and kind != "learner":
        message = f"The kind is `{one_line(kind)}`: write `kind: learner`, if this is a learner's file."
        findings.append(found("MS011", message, file, front.lines["kind"][0]))
        known = False
    return LearnerReading(learner if known else None, in_order(findings), text)


def render_learner(learner: Learner) -> str:
    """The file of `learner`. Raises WrongUse for a value that a file cannot hold."""
    values = {
        "kind": "learner",
        "registration": value_text(learner.registration),
        "name": value_text(learner.name),
        "uln": value_text(learner.uln),
        "email": value_text(learner.email),
        "qualification": list_text(learner.qualifications),
        "assignment": list_text(learner.assignments),
        "units": list_text(learner.units),
        "assessor": value_text(learner.assessor),
        "registered": learner.registered.isoformat() if learner.registered else "",
        "site": value_text(learner.site),
    }
    lines = [f"{key}: {value}\n" for key, value in values.items() if value not in ("", "[]")]
    text = "---\n" + "".join(lines) + "---\n"
    if learner.about:
        text += f"\n{learner.about}\n"
    if read_learner(text).learner != learner:
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
    was = read_learner(text).learner
    front, _ = read_front_matter(normalised(text))
    first, last = front.lines.get("registration", (0, 0)) if front is not None else (0, 0)
    if was is not None and first == last > 0:
        lines = _LINE.findall(text)
        if given := _REGISTRATION.match(lines[first - 1]):
            for comment in (given["comment"], ""):
                lines[first - 1] = f"{given['key']}{value_text(registration)}{comment}{given['end']}"
                changed = "".join(lines)
                if read_learner(changed).learner == replace(was, registration=registration):
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
