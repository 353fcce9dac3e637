"""What a sheet says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from markterm.domain.words.finding import Finding
from markterm.sheets.front_matter import Part, Span

Sheet = TypeVar("Sheet")


@dataclass(frozen=True, slots=True)
class SheetReading(Generic[Sheet]):
    """What a sheet says: `sheet` is None if it does not say which one it is.

    `source` is the text as it was given. `places` tells on which lines of it a part stands, for writing it back.
    """

    sheet: Sheet | None
    findings: tuple[Finding, ...]
    source: str
    places: Mapping[Part, Span] = field(default_factory=dict, repr=False, compare=False)
