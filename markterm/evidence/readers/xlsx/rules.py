"""Rules of a sheet for its cells: what they ask for when they are chosen, and where they change what a cell says."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from typing import Any

from markterm.evidence.readers.drawing import local
from markterm.evidence.readers.office import is_on, number

_FAMILIES = (
    "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}",
    "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}",
)
RULES = frozenset(f"{family}{name}" for family in _FAMILIES for name in ("dataValidation", "conditionalFormatting"))
"""The elements that `Rules` takes, those of Excel 2010 too."""


@dataclass(slots=True)
class Rules:
    """The rules of a sheet, as far as somebody saw them."""

    prompts: dict[str, str] = field(default_factory=dict)
    """Where each message stands that cells show when they are chosen, by its words."""
    changed: dict[str, None] = field(default_factory=dict)
    """Where cells may show an icon, or something in another format, in place of their value."""

    def take(self, element: Any, formats: Container[int]) -> None:
        """One of `RULES`. `formats` are the looks that have a number format of their own."""
        where = ", ".join((element.get("sqref") or element.findtext("{*}sqref") or "").split())
        if local(element) == "dataValidation":
            words = ": ".join(
                " ".join(said.split())
                for said in (element.get("promptTitle") or "", element.get("prompt") or "")
                if said
            )
            if words:
                before = self.prompts.get(words)
                self.prompts[words] = f"{before}, {where}" if before else where
        elif any(_changes(rule, formats) for rule in element.iterfind("{*}cfRule")):
            self.changed[where] = None


def _changes(rule: Any, formats: Container[int]) -> bool:
    icons, look = rule.find("{*}iconSet"), rule.find("{*}dxf")
    if icons is not None:
        return not is_on(icons.get("showValue"), True)
    return number(rule.get("dxfId"), -1) in formats or (look is not None and look.find("{*}numFmt") is not None)


def rule_formats(styles: Any | None) -> frozenset[int]:
    """The numbers of the looks in a workbook's styles that have a number format of their own."""
    looks = () if styles is None else styles.iterfind("{*}dxfs/{*}dxf")
    return frozenset(place for place, look in enumerate(looks) if look.find("{*}numFmt") is not None)
