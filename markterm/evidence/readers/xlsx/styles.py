"""The styles of a workbook, as far as they decide what a cell shows: number formats, symbol fonts, tick boxes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markterm.evidence.readers.number_format import GENERAL
from markterm.evidence.readers.office import is_on, number

BUILT_IN: Mapping[int, str] = {
    number: code
    for numbers, code in (
        ("1", "0"),
        ("2", "0.00"),
        ("3", "#,##0"),
        ("4", "#,##0.00"),
        # The sign of a currency is that of the machine, which no file tells.
        ("5 6", "#,##0;-#,##0"),
        ("7 8", "#,##0.00;-#,##0.00"),
        ("9", "0%"),
        ("10", "0.00%"),
        ("11", "0.00E+00"),
        ("12", "# ?/?"),
        ("13", "# ??/??"),
        ("14 27 28 29 30 31 36 50 51 52 53 54 57 58", "yyyy-mm-dd"),
        ("15", "d-mmm-yy"),
        ("16", "d-mmm"),
        ("17", "mmm-yy"),
        ("18", "h:mm AM/PM"),
        ("19", "h:mm:ss AM/PM"),
        ("20 32 33 55 56", "h:mm"),
        ("21 34 35", "h:mm:ss"),
        ("22", "yyyy-mm-dd h:mm"),
        ("37 38", "#,##0;(#,##0)"),
        ("39 40", "#,##0.00;(#,##0.00)"),
        ("41 42", "#,##0;-#,##0;-"),
        ("43 44", "#,##0.00;-#,##0.00;-"),
        ("45", "mm:ss"),
        ("46", "[h]:mm:ss"),
        ("47", "mm:ss.0"),
        ("48", "##0.0E+0"),
        ("49", "@"),
    )
    for number in map(int, numbers.split())
}
"""Format codes that workbooks name by a number without saying what they are."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a cell's style does to what it shows."""

    code: str = GENERAL
    font: str = ""
    is_struck: bool = False
    is_box: bool = False
    """Whether TRUE and FALSE are shown as a box with and without its tick."""


PLAIN = Style()


def styles(root: Any | None) -> list[Style]:
    """The styles that cells name by their number."""
    if root is None:
        return []
    codes = {
        number(each.get("numFmtId")): each.get("formatCode") or GENERAL
        for each in root.iterfind("{*}numFmts/{*}numFmt")
    }
    codes = {**BUILT_IN, **codes}
    fonts = [(value_of(font, "name"), is_struck(font)) for font in root.iterfind("{*}fonts/{*}font")]
    found = []
    for each in root.iterfind("{*}cellXfs/{*}xf"):
        font = number(each.get("fontId"), -1)
        found.append(
            Style(
                codes.get(number(each.get("numFmtId")), GENERAL),
                *(fonts[font] if 0 <= font < len(fonts) else ("", False)),
                next(each.iter("{*}xfComplement"), None) is not None,
            )
        )
    return found


def value_of(element: Any | None, tag: str) -> str:
    """What `element` says in its child `tag`, as the name of a font; empty where it says nothing."""
    named = None if element is None else element.find(f"{{*}}{tag}")
    return "" if named is None else named.get("val") or ""


def is_struck(element: Any | None) -> bool:
    """Whether words in this font are struck out."""
    mark = None if element is None else element.find("{*}strike")
    return mark is not None and is_on(mark.get("val"), True)
