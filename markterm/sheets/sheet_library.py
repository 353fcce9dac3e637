"""The sheets of one kind, other than units, in a folder of mark sheets: each fitted to the sheets of its units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Generic, TypeVar

from markterm.domain.assessed.unit import Unit
from markterm.domain.words.finding import Finding
from markterm.sheets.kinds import SheetKind
from markterm.sheets.sheet_folder import load_folder

Sheet = TypeVar("Sheet")


@dataclass(frozen=True, slots=True)
class SheetLibrary(Generic[Sheet]):
    """The sheets of one kind in a folder, by code.

    `unfit` are the codes of those that should not be worked with: the sheet has an error, or another sheet of the same
    code says something else.
    """

    by_code: Mapping[str, Sheet]
    findings: tuple[Finding, ...]
    unfit: frozenset[str]

    @classmethod
    def load(cls, kind: SheetKind[Sheet], folder: Path, units: Mapping[str, Unit] | None = None) -> SheetLibrary[Sheet]:
        """The sheets of that kind of a folder of mark sheets, beside those of their units, by code; none if it has
        none.

        A sheet that cannot be read is a finding and stops no other. Of two with the same code the first by file name
        is kept, and the second is a finding.
        """
        loaded = load_folder(kind, folder, units)
        return SheetLibrary(MappingProxyType(loaded.by_key), loaded.findings, loaded.unfit)

    @property
    def sound(self) -> Mapping[str, Sheet]:
        """The sheets that can be worked with, by code: nobody is marked by others, or told what completes them."""
        return {code: sheet for code, sheet in self.by_code.items() if code not in self.unfit}
