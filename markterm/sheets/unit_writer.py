"""Writing a unit's mark sheet: a new one in its plain form, or an existing one with only the changed lines changed."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markterm.domain.errors import WrongUse
from markterm.domain.foreign_text import one_line
from markterm.domain.unit import Criterion, Unit
from markterm.sheets.front_matter import value_text
from markterm.sheets.text_file import BOM
from markterm.sheets.unit_sheet import STANDARDS, Part, UnitReading, read_unit, title_heading

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_MARKER = re.compile(r"^\s*(?:[-*+]\s+)?")
_STANDS_ALONE = ("title", "guidance", "outcome")


class _CannotPatch(Exception):
    """The change is not one of single lines."""


def render_unit(unit: Unit) -> str:
    """The sheet of `unit` in its plain form; reading it gives `unit` again.

    Raises WrongUse for a unit that no sheet can hold, such as one with a line break in a criterion.
    """
    parts = _parts(unit)
    lines: list[str] = []
    before: Part = ()
    for part, text in parts.items():
        lines += _spaced(before, part, text)
        before = part
    sheet = "\n".join(lines) + "\n"
    if read_unit(sheet).unit != unit:
        raise WrongUse(
            "This unit cannot be written",
            f"The sheet of {one_line(unit.code) or 'a unit without code'} would be read differently.",
            "Give it a code, each outcome and criterion its own number, and every text one line.",
        )
    return sheet


def rewrite_unit(reading: UnitReading, unit: Unit) -> str:
    """The sheet of `reading` changed to say `unit`, with every line that need not change kept byte for byte.

    A text, a value, a criterion or a descriptor that is changed, added or taken out touches its own lines. When that
    is not enough (something changes its place, or free text that stands in several places changes), the sheet is
    written anew in its plain form. Raises WrongUse for a unit that no sheet can hold.
    """
    if unit == reading.unit:
        return reading.source
    if reading.unit is not None:
        try:
            patched = _patch(reading, _parts(reading.unit), _parts(unit))
        except _CannotPatch:
            pass
        else:
            if read_unit(patched).unit == unit:
                return patched
    bom = BOM if reading.source.startswith(BOM) else ""
    return bom + render_unit(unit).replace("\n", _line_end(reading.source))


def _parts(unit: Unit) -> dict[Part, str]:
    """Every part of the sheet with the lines that say it, in order."""
    parts: dict[Part, str] = {("fence", "open"): "---", ("front", "kind"): "kind: unit"}
    values = {"code": unit.code, "title": unit.title, "level": unit.level, "credit": unit.credit, "glh": unit.glh}
    for key, value in {**values, "version": unit.version}.items():
        if value not in (None, ""):
            parts["front", key] = f"{key}: {value_text(str(value))}"
    parts["fence", "close"] = "---"
    parts["title",] = title_heading(unit.code, unit.title)
    if unit.guidance:
        parts["guidance",] = unit.guidance
    for outcome in unit.outcomes:
        # A # at the end would be taken for the heading's closing mark, if no mark followed it.
        closing = " ##" if outcome.title.endswith("#") else ""
        parts["outcome", str(outcome.number)] = f"## LO{outcome.number} {outcome.title}{closing}"
        for criterion in outcome.criteria:
            parts.update(_criterion_parts(criterion))
    return parts


def _criterion_parts(criterion: Criterion) -> dict[Part, str]:
    marks = f" {{{criterion.marks.maximum}/{criterion.marks.minimum}}}" if criterion.marks else ""
    number = criterion.number
    parts: dict[Part, str] = {("criterion", number): f"- **{number}** {criterion.text}{marks}"}
    for descriptor in criterion.descriptors:
        parts["descriptor", number, descriptor.standing] = f"  - {descriptor.standing}: {descriptor.text}"
    if criterion.standards:
        parts["descriptor", number, STANDARDS] = f"  - {STANDARDS}: {', '.join(criterion.standards)}"
    return parts


def _spaced(before: Part, part: Part, text: str) -> list[str]:
    """The lines of a part, with the empty line that belongs above it."""
    blank = part[0] in _STANDS_ALONE or (part[0] == "criterion" and before[:1] == ("outcome",))
    return [""] * blank + text.split("\n")


def _patch(reading: UnitReading, old: Mapping[Part, str], new: Mapping[Part, str]) -> str:
    """The source with the parts replaced, taken out and put in that differ between `old` and `new`."""
    lines: list[str] = _LINE.findall(reading.source)
    end = _line_end(reading.source)
    places = reading.places
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
    if part[0] not in ("criterion", "descriptor"):
        return text.split("\n")
    return [_MARKER.sub(lambda _: _MARKER.findall(line)[0], text, count=1)]


def _line_end(source: str) -> str:
    return "\r\n" if "\r\n" in source else "\n"
