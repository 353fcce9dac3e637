"""Blanks inside a line of text: behind a label, for the words of a choice, and boxes beside what they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markterm.domain.record.event import Result
from markterm.evidence.readers.word.xml import Element, local
from markterm.exports.form import paragraph
from markterm.exports.form.place import Blank, Boxes, Control, FormField, LetterBox, Place, is_blank
from markterm.exports.form.words import choice, meaning

_UNDERSCORES = re.compile(r"_{3,}(?:[\s_]*_{3,})*|…{2,}|\.{5,}|(?<=:)[ \u2002\u00a0]{6,}(?=\S)")
_BOX = re.compile(f"[{paragraph.BOXES}]")
_HINT = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_PARTS = re.compile(r"[:\t\n(]|\s[-–—]\s")
_MOST = 400


@dataclass(frozen=True, slots=True)
class Inner:
    """A place in a line, the words that are its label, and the form's words where it is a choice."""

    label: str
    place: Place
    choice: tuple[str, str] | None = None


def behind_labels(element: Element) -> Iterator[Inner]:
    """The blanks of a line that have words before them: `Name: ____ Date: ____`, `Outcome: PASS / REFERRAL`, `Name:`
    and nothing more."""
    text = paragraph.text_of(element)
    found = list(_UNDERSCORES.finditer(text))
    before = 0
    for blank in found:
        yield Inner(text[before : blank.start()].strip(" :\t\n"), Blank(element, blank.start(), blank.end()))
        before = blank.end()
    head, colon, rest = text.rpartition(":") if not found else ("", "", "")
    if not colon:
        return
    start = len(head) + 1
    offered = _HINT.sub("", rest)
    if words := choice(offered):
        gap = len(rest) - len(rest.lstrip())
        yield Inner(head.strip(), Blank(element, start + gap, start + len(offered.rstrip())), words)
    elif is_blank(rest) and not _BOX.search(rest):
        label = re.split(r"[\t\n]|\s{3,}", head.strip())[-1]
        place: Place | None = _with_controls(element)
        yield Inner(label, place or Blank(element, start + 1 if rest.startswith(" ") else start, len(text)))


def _with_controls(element: Element) -> Place | None:
    """The one control or field that shows the blank of a line."""
    inside = [each for each in element.iter("{*}sdt") if Control(each).kind]
    fields = [each for each in element.iter("{*}fldChar") if FormField(each).title or len(each)]
    if inside:
        return Control(inside[-1])
    return FormField(fields[-1]) if fields else None


def choice_alone(element: Element) -> Inner | None:
    """The whole line, where it is nothing but a choice between a pass and a referral."""
    text = paragraph.text_of(element)
    words = choice(text) if len(text) < _MOST else None
    if words is None:
        return None
    start = len(text) - len(text.lstrip())
    return Inner("", Blank(element, start, len(text.rstrip())), words)


def boxes_of(elements: list[Element]) -> Boxes | None:
    """The boxes of some lines that stand for a pass and a referral; or the only box there is, which means what the
    words around it say. None where there are none, or several of which that is not clear."""
    decisions: dict[Result | None, Place] = {}
    words: dict[Result, str] = {}
    alone: list[Place] = []
    for element in elements:
        text = paragraph.text_of(element)
        found = list(_BOX.finditer(text))
        leads = bool(found) and not text[: found[0].start()].strip()
        for number, box in enumerate(found):
            place = _box(element, box.start())
            if leads:
                after = text[box.end() : found[number + 1].start() if number + 1 < len(found) else len(text)]
            else:
                after = text[found[number - 1].end() if number else 0 : box.start()]
            parts = _PARTS.split(after.strip(" :\t\n"))
            said = parts[0] if leads else parts[-1]
            alone.append(place)
            if (meant := meaning(said)) is not None:
                decisions.setdefault(meant, place)
                words.setdefault(meant, said.strip())
    if len(decisions) == len(Result):
        return Boxes(decisions, (words[Result.PASS], words[Result.REFER]))
    return Boxes({None: alone[0]}) if len(alone) == 1 else None


def _box(element: Element, place: int) -> Place:
    found = paragraph.at(element, place)
    if local(found) == "fldChar":
        return FormField(found)
    holder = found.getparent()
    while holder is not None and holder is not element:
        if local(holder) == "sdt" and Control(holder).kind == "checkbox":
            return Control(holder)
        holder = holder.getparent()
    return LetterBox(element, place)
