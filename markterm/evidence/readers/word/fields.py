"""Fields: what Word computes into a text (links, dates, numbers), and what is filled into the forms of older files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from markterm.evidence.readers.equation import equation
from markterm.evidence.readers.symbols import shown
from markterm.evidence.readers.tick_box import tick_box
from markterm.evidence.readers.word.xml import Element, attribute, child, children, is_on, value

_WORDS = re.compile(r'"((?:[^"\\]|\\.)*)"?|(\\[^\s"]+)|([^\s"]+)')
_SWITCHES_WITH_WORDS = frozenset({"\\l", "\\o", "\\t"})
_MOST_INSTRUCTIONS = 10_000


class _Word(NamedTuple):
    """A word of a code."""

    text: str
    is_switch: bool = False


@dataclass(slots=True)
class Field:
    """A field that has begun and not ended."""

    form: Element | None = None
    """What an older form says of it: whether a box is ticked, the entries of a list."""
    instructions: list[str] = field(default_factory=list)
    has_result: bool = False
    """Whether its instructions are over, and its result follows."""
    shown: bool = False
    """Whether its result has words."""
    address: str = ""
    """Where it leads, as soon as its result follows."""
    begun: int = 0
    """How many pieces the paragraph had before it: what follows them up to its result is part of its instructions."""

    @property
    def code(self) -> str:
        """All that it is told to do."""
        return "".join(self.instructions)[:_MOST_INSTRUCTIONS]

    @property
    def name(self) -> str:
        """What kind of field it is, in capitals."""
        return next(iter(self.code.split(maxsplit=1)), "").upper()


def address(code: str) -> str:
    """Where a field of this code leads outside the file; empty when it is no link, or one within the file."""
    words = _arguments(code)
    if not words or words[0].text.upper() != "HYPERLINK":
        return ""
    target = anchor = switch = ""
    for word in words[1:]:
        if word.is_switch:
            switch = word.text.lower()
            continue
        if switch == "\\l":
            anchor = word.text
        elif switch not in _SWITCHES_WITH_WORDS and not target:
            target = word.text
        switch = ""
    return f"{target}#{anchor}" if target and anchor else target


def standing_for(ended: Field) -> str:
    """What Word shows for a field that says it in its instructions or form, and has no words as its result."""
    match ended.name:
        case "FORMDROPDOWN":
            return _chosen(ended.form)
        case "SYMBOL":
            return _symbol(_arguments(ended.code))
        case "MACROBUTTON" | "GOTOBUTTON":
            return _said(_arguments(ended.code)[2:])
        case "MERGEFIELD" if not ended.has_result:
            return f"«{_said(_arguments(ended.code)[1:2])}»"
        case "AUTONUM" | "AUTONUMLGL" | "AUTONUMOUT" | "LISTNUM":
            return "[number]"  # Word counts them each time it opens the file
        case "EQ":
            return equation(ended.code.strip()[len("EQ") :])
        case _:
            return ""


def box(form: Element | None) -> str:
    """The box of an older form, ticked or not."""
    check = child(form, "checkBox")
    ticked = child(check, "checked")
    return tick_box(is_on(child(check, "default") if ticked is None else ticked))


def _said(words: list[_Word]) -> str:
    return " ".join(word.text for word in words)


def _chosen(form: Element | None) -> str:
    listed = child(form, "ddList")
    entries = [attribute(entry, "val") for entry in children(listed, "listEntry")]
    number = value(listed, "result") or value(listed, "default") or "0"
    place = int(number) if number.isascii() and number.isdigit() else 0
    return entries[place] if place < len(entries) else ""


def _symbol(words: list[_Word]) -> str:
    if len(words) < 2:
        return ""
    number = words[1].text.lower()
    fonts = [font.text for switch, font in pairwise(words) if switch.text.lower() == "\\f"]
    try:
        code = int(number, 16) if number.startswith("0x") else int(number)
        return shown(fonts[0], code) if fonts else chr(code)
    except (ValueError, OverflowError):
        return ""


def _arguments(code: str) -> list[_Word]:
    """The words of a code; what stands in quotation marks is one."""
    return [
        _Word(found[0], is_switch=found[2] is not None)
        if found[1] is None
        else _Word(found[1].replace('\\"', '"').replace("\\\\", "\\"))
        for found in _WORDS.finditer(code)
    ]
