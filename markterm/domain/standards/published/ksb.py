"""The framework of an apprenticeship or of a role as published: duties or tasks, knowledge, skills and behaviours.

Layouts differ: `K1: …`, `• K1 …`, `Duty 1 …`, `Task 1 – …`. A statement begins where the next number stands under its
own heading, and ends at the next heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markterm.domain.assessed.standard import Standard, Statement, StatementKind
from markterm.domain.standards.published.result import Published
from markterm.domain.texts.printed_lines import Doubt, Line, Vocabulary, without_page_numbers

_HEADINGS = {
    "duties": StatementKind.DUTY,
    "occupation duties": StatementKind.DUTY,
    "tasks": StatementKind.DUTY,
    "knowledge": StatementKind.KNOWLEDGE,
    "skills": StatementKind.SKILL,
    "behaviours": StatementKind.BEHAVIOUR,
    "behaviors": StatementKind.BEHAVIOUR,
}
_ITEM = re.compile(
    r"(?:(?P<letter>[KSBD])|(?P<word>Duty|Task)\s)\s?(?P<number>[0-9]{1,3})\s*[:.)–—-]?\s+(?P<text>\S.*)"
)
_CODE = re.compile(r"\b(ST[0-9]{4})\b(?:\s*[:–—-]\s*(\S[^,;.]*))?")
_VERSION = re.compile(r"(?i)\bversion\s*(?:number)?:?\s*([0-9][0-9.]*)")
_TITLED = re.compile(
    r"(?i)(?:competency|occupational)\s+(?:framework|standard)\s+(?:for(?: the)?\s+)?[“\"]?(.+?)[”\"]?(?: role\b.*)?"
)


def read_ksb(lines: Sequence[Line]) -> Published:
    """The framework in those lines; one without standards where they are no such text."""
    lines, feet = without_page_numbers(lines)
    words = Vocabulary(lines)
    doubts: list[Doubt] = []
    left_out = list(feet)
    found: dict[StatementKind, list[list[Line]]] = {}
    kind: StatementKind | None = None
    for line in lines:
        heading = _HEADINGS.get(line.text.lower().rstrip(":"))
        if heading is not None:
            kind = heading if not found.get(heading) else None
            continue
        if kind is None:
            continue
        own = found.setdefault(kind, [])
        match = _ITEM.fullmatch(line.text)
        if match is not None and _kind_of(match) is kind and int(match["number"]) == len(own) + 1:
            own.append([Line(line.number, match["text"], line.is_item)])
        elif own and not (_ended(own[-1], line) and kind is not StatementKind.DUTY):
            own[-1].append(line)
        elif own:
            left_out.append(line)
            kind = None
    if not any(found.get(each) for each in (StatementKind.KNOWLEDGE, StatementKind.SKILL, StatementKind.BEHAVIOUR)):
        return Published(())
    code, title = _named(lines)
    if not code:
        doubts.append(
            Doubt(0, "The document names no reference of the standard: give it the code that it is published under.")
        )
    statements = tuple(
        Statement(f"{each.letter}{number}", each, words.joined(own, doubts))
        for each in StatementKind
        for number, own in enumerate(found.get(each, ()), 1)
    )
    doubts += [Doubt(0, f"There are no {each.value.lower()} in it.") for each in found if not found[each]]
    to_check = tuple(dict.fromkeys(doubt.message for doubt in doubts))
    version = next((match[1] for line in lines if (match := _VERSION.search(line.text))), "")
    return Published(
        (Standard(code or "KSB", title or code, version, statements=statements, to_check=to_check),),
        (),
        tuple(doubts),
        tuple(sorted(left_out, key=lambda line: line.number)),
    )


def _kind_of(match: re.Match[str]) -> StatementKind:
    letter = match["letter"] or "D"
    return next(kind for kind in StatementKind if kind.letter == letter)


def _ended(own: Sequence[Line], line: Line) -> bool:
    """Whether a statement was at its end, so that `line`, which begins with a capital, belongs to something else."""
    return own[-1].text.endswith((".", "!", "?")) and line.text[:1].isupper()


def _named(lines: Sequence[Line]) -> tuple[str, str]:
    """The reference of the standard and its title, as the document gives them first; empty where it gives none."""
    for line in lines:
        match = _CODE.search(line.text)
        if match is not None:
            return match[1], (match[2] or "").strip()
    for line in lines:
        titled = _TITLED.fullmatch(line.text)
        if titled is not None:
            return "", titled[1]
    return "", ""
