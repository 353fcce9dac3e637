"""The unit mark sheets of a folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from markterm.domain.assessed.known_standards import KnownStandards
from markterm.domain.assessed.standard_as_unit import as_unit
from markterm.domain.assessed.unit import Unit, UnitKey
from markterm.domain.words.code import the_one
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.finding import Finding
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.nearly import did_you_mean
from markterm.domain.words.version_order import version_order
from markterm.sheets.kinds import UNIT
from markterm.sheets.sheet_folder import load_folder


@dataclass(frozen=True, slots=True)
class UnitLibrary:
    """The units of a folder of mark sheets.

    `units` has the newest version of each code, `by_key` every version. `unfit` are those that should not be marked
    from: the sheet has an error, or another sheet of the same code and version says something else.
    """

    units: Mapping[str, Unit]
    by_key: Mapping[UnitKey, Unit]
    findings: tuple[Finding, ...]
    unfit: frozenset[UnitKey]

    @classmethod
    def load(cls, folder: Path) -> UnitLibrary:
        """The units whose sheets are `<folder>/units/*.md`; none if there is no such folder.

        A sheet that cannot be read is a finding and stops no other. Of two sheets with the same code and version the
        first by file name is kept, and the second is a finding.
        """
        loaded = load_folder(UNIT, folder)
        by_key = {
            key: replace(unit, faulty=True) if key in loaded.unfit else unit for key, unit in loaded.by_key.items()
        }
        oldest_first = sorted(by_key.values(), key=lambda unit: version_order(unit.version))
        newest = {unit.code: unit for unit in oldest_first}
        return cls(MappingProxyType(newest), MappingProxyType(by_key), loaded.findings, loaded.unfit)

    def with_standards(self, standards: KnownStandards) -> UnitLibrary:
        """The units, and beside them the standards as units, the newest of each that is in force for its code. What is
        a unit's code stays that of the unit."""
        as_units = {
            unit.key: unit for each in standards.standards if each.code not in self.units for unit in (as_unit(each),)
        }
        newest = {
            key.code: as_units[UnitKey(latest.code, latest.version)]
            for key in as_units
            if (latest := standards.newest(key.code)) is not None
        }
        unfit = self.unfit | {key for key, unit in as_units.items() if unit.faulty}
        units = MappingProxyType({**newest, **self.units})
        return UnitLibrary(units, MappingProxyType({**as_units, **self.by_key}), self.findings, frozenset(unfit))

    def named(self, text: str) -> Unit:
        """The unit of that code, or whose code ends so (`501`), in its newest version.

        Raises `WrongUse` when that means no unit or several.
        """
        codes = ", ".join(map(one_line, self.units)) or "none, in mark_sheets/units"
        what = f"The centre has no mark sheet of a unit {one_line(text)}."
        meant = did_you_mean(text, self.units, f"It has {codes}.")
        return the_one(self.units.values(), text, "unit", WrongUse("No such unit", what, meant))
