"""Writing a sheet from its parts: a new one in its plain form, or one that is there with only what changed changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, TypeVar

from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.sheets.front_matter import Part, Span
from markterm.sheets.kinds import SheetKind
from markterm.sheets.reading import SheetReading
from markterm.sheets.text_file import BOM

Sheet = TypeVar("Sheet")
Parts = Mapping[Part, str]
"""Every part of a sheet with the lines that say it, in the order of the sheet."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_MARKER = re.compile(r"^\s*(?:[-*+]\s+)?")
_STANDS_ALONE = (
    "title",
    "guidance",
    "outcome",
    "task",
    "brief",
    "group",
    "columns",
    "section",
    "area",
    "under",
    "key purpose",
)
_ITEMS = (
    "criterion",
    "descriptor",
    "criteria",
    "evidence",
    "rule",
    "route",
    "statement",
    "term",
    "listed",
    "function",
    "met by",
    "link",
    "to check",
    "requirement",
)


class _CannotPatch(Exception):
    """The change is not one of single lines."""


@dataclass(frozen=True, slots=True)
class SheetWriter(Generic[Sheet]):
    """Writes the sheets of one kind: `parts` says what one consists of, and `needs` what it takes to be written."""

    kind: SheetKind[Sheet]
    parts: Callable[[Sheet], Parts]
    needs: str

    def render(self, sheet: Sheet) -> str:
        """The sheet in its plain form; reading it gives `sheet` again. Raises `WrongUse` for one that none can hold."""
        text = _text_of(self.parts(sheet))
        if self.kind.read(text).sheet != sheet:
            name = one_line(str(getattr(sheet, self.kind.known_by))) or f"one without {self.kind.known_by}"
            raise WrongUse(
                f"This {self.kind.name} cannot be written",
                f"The sheet of {name} would be read differently.",
                self.needs,
            )
        return text

    def rewrite(self, reading: SheetReading[Sheet], sheet: Sheet) -> str:
        """The sheet of `reading` changed to say `sheet`, with every line that need not change kept byte for byte.

        A part that is changed, added or taken out touches its own lines. When that is not enough, because something
        changes its place, or it could not be read, it is written anew in its plain form. Raises `WrongUse` as `render`.
        """
        if sheet == reading.sheet:
            return reading.source
        if reading.sheet is not None:
            with suppress(_CannotPatch):
                patched = _patch(reading.source, reading.places, self.parts(reading.sheet), self.parts(sheet))
                if self.kind.read(patched).sheet == sheet:
                    return patched
        bom = BOM if reading.source.startswith(BOM) else ""
        return bom + self.render(sheet).replace("\n", _line_end(reading.source))


def _text_of(parts: Parts) -> str:
    """The sheet that consists of `parts`."""
    lines: list[str] = []
    before: Part = ()
    for part, text in parts.items():
        lines += _spaced(before, part, text)
        before = part
    return "\n".join(lines) + "\n"


def _spaced(before: Part, part: Part, text: str) -> list[str]:
    """The lines of a part, with the empty line that belongs above it."""
    blank = part[0] in _STANDS_ALONE or (part[0] in _ITEMS and before[0] not in _ITEMS)
    return [""] * blank + text.split("\n")


def _patch(source: str, places: Mapping[Part, Span], old: Parts, new: Parts) -> str:
    """The source with the parts replaced, taken out and put in that differ between `old` and `new`."""
    lines: list[str] = _LINE.findall(source)
    end = _line_end(source)
    replaced: dict[int, tuple[int, list[str]]] = {}
    added: dict[int, list[str]] = {}
    for part in old.keys() | new.keys():
        if old.get(part) == new.get(part) or (part not in places and (part == ("title",) or part not in old)):
            continue
        if part not in places:
            raise _CannotPatch
        first, last = places[part]
        replaced[first] = (last, _instead(lines[first - 1], part, new[part]) if part in new else [])
    before: Part = ()
    anchor = 0
    for part, text in new.items():
        if part in places:
            anchor = places[part][1]
        elif part not in old:
            added.setdefault(anchor, []).extend(_spaced(before, part, text))
        before = part
    if len(lines) in added and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += end
    written: list[str] = []
    number = 0
    while number < len(lines):
        number += 1
        if number in replaced:
            number, instead = replaced[number]
            written += [line + end for line in instead]
        else:
            written.append(lines[number - 1])
        written += [line + end for line in added.get(number, ())]
    return "".join(written)


def _instead(line: str, part: Part, text: str) -> list[str]:
    """The lines of a part that is changed; a list item keeps the indentation and marker that `line` has."""
    if part[0] not in _ITEMS:
        return text.split("\n")
    return [_MARKER.sub(lambda _: _MARKER.findall(line)[0], text, count=1)]


def _line_end(source: str) -> str:
    return "\r\n" if "\r\n" in source else "\n"
