"""Writing a qualification's sheet: a new one in its plain form, or one that is there with only what changed changed."""

from __future__ import annotations

from markterm.domain.assessed.qualification import Group, GroupUnit, Qualification
from markterm.sheets.front_matter import Part, value_text
from markterm.sheets.kinds import QUALIFICATION
from markterm.sheets.qualification_file import COLUMNS, PROGRESSION, RULES
from markterm.sheets.sheet_body import heading, title_heading
from markterm.sheets.sheet_parts import SheetWriter

_NUMBERS = ("Level", "Credit", "GLH")


def _parts(qualification: Qualification) -> dict[Part, str]:
    """Every part of the sheet with the lines that say it, in order."""
    parts: dict[Part, str] = {("fence", "open"): "---", ("front", "kind"): "kind: qualification"}
    values = {
        "code": qualification.code,
        "title": qualification.title,
        "qan": qualification.qan,
        "credit": qualification.credit,
        "years": qualification.years,
        "induction": qualification.induction,
        "tutorial": qualification.tutorial,
        "starts": qualification.starts,
    }
    for key, value in values.items():
        if value not in (None, ""):
            parts["front", key] = f"{key}: {value_text(str(value))}"
    parts["fence", "close"] = "---"
    parts["title",] = title_heading(qualification.code, qualification.title)
    if qualification.guidance:
        parts["guidance",] = qualification.guidance
    for group in qualification.groups:
        parts.update(_group_parts(group))
    if qualification.rules:
        parts["section", RULES] = f"## {RULES}"
    for place, rule in enumerate(qualification.rules):
        parts["rule", str(place)] = f"- {rule}"
    if qualification.progression:
        parts["section", PROGRESSION] = f"## {PROGRESSION}"
    for place, route in enumerate(qualification.progression):
        parts["route", str(place)] = f"- {route}"
    return parts


def _group_parts(group: Group) -> dict[Part, str]:
    number = str(group.number)
    parts: dict[Part, str] = {("group", number): heading(2, f"Group {number} {group.title}".rstrip())}
    if not group.units:
        return parts
    rows = [_cells(unit) for unit in group.units]
    widths = [max(len(name), *(len(row[place]) for row in rows)) for place, name in enumerate(COLUMNS)]
    rule = "|".join(
        "-" * (width + 1) + (":" if name in _NUMBERS else "-") for name, width in zip(COLUMNS, widths, strict=True)
    )
    parts["columns", number] = f"{_row(COLUMNS, widths)}\n|{rule}|"
    for unit, row in zip(group.units, rows, strict=True):
        parts["row", number, unit.code] = _row(row, widths)
    return parts


def _cells(unit: GroupUnit) -> tuple[str, ...]:
    level, glh = ("" if number is None else str(number) for number in (unit.level, unit.glh))
    return _escaped(unit.code), _escaped(unit.title), level, str(unit.credit), glh


def _row(cells: tuple[str, ...], widths: list[int]) -> str:
    aligned = (
        cell.rjust(width) if name in _NUMBERS else cell.ljust(width)
        for name, cell, width in zip(COLUMNS, cells, widths, strict=True)
    )
    return f"| {' | '.join(aligned)} |"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


QUALIFICATION_WRITER = SheetWriter(
    QUALIFICATION,
    _parts,
    "Give it a code, each group its own number, every title one line, and rules that ask for something.",
)
"""Writes qualifications; one with a unit that is barred with itself, for one, cannot be written."""
