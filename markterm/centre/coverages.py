"""What the units of a centre cover of its standards, with everything that keeps the answer from being all of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markterm.centre.sheets import CentreSheets
from markterm.domain.assessed.known_standards import KnownStandards
from markterm.domain.assessed.qualification import Qualification
from markterm.domain.assessed.standard import Standard
from markterm.domain.assessed.suite import Suite
from markterm.domain.assessed.unit import Unit
from markterm.domain.standards.coverage import coverage
from markterm.domain.standards.coverage_asked import CoverageAsked
from markterm.domain.standards.overview import SuiteSeen, overview
from markterm.domain.standards.to_know import to_check
from markterm.domain.standards.unlisted import of_suite
from markterm.domain.words.code import the_one
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.nearly import did_you_mean


class Coverages:
    """Coverage of the standards of a centre by its units."""

    def __init__(self, sheets: CentreSheets) -> None:
        self._sheets = sheets

    def overview(self) -> tuple[SuiteSeen, ...]:
        """Every standard of the centre, suite by suite, with how much of it all units cover."""
        sheets = self._sheets
        return overview(sheets.suites.by_code.values(), sheets.standards, self._every_unit, sheets.mappings)

    @property
    def choices(self) -> tuple[Qualification | Unit, ...]:
        """What coverage can be asked of: the qualifications, and the units."""
        return (*self._sheets.qualifications.by_code.values(), *self._every_unit)

    @property
    def _every_unit(self) -> tuple[Unit, ...]:
        return tuple(self._sheets.units.units.values())

    def of(self, names: Sequence[str], target: str, version: str = "") -> CoverageAsked:
        """What the qualifications and units of those codes cover of the standard or suite of that code, in that
        version, or else in the newest in force; without a code, all units that are mapped to something of it. A
        standard may be named with its version: `MTC01 (1.0)`.

        Raises `WrongUse` where a code means nothing, or several.
        """
        asked = tuple(dict.fromkeys(map(self._named, names)))
        meant = self._sheets.which_standard.target(target, version)
        suite = meant if isinstance(meant, Suite) else None
        known = self._sheets.standards
        standards = (meant,) if isinstance(meant, Standard) else tuple(self._of_suite(meant, known))
        units, without = self._units(asked) if asked else (self._every_unit, ())
        told = coverage(units, self._sheets.mappings, standards, known)
        if not asked:
            told = told.of_mapped_units
            units = told.units
        looked_at = units if asked else self._every_unit
        mendable = tuple(self._mendable(asked, looked_at, standards, suite))
        caveats = (*mendable, *(f"{code}: the centre has no mark sheet for this unit." for code in without))
        caveats += tuple(_of_standards(standards, suite, known))
        areas = told.of_map(suite) if suite is not None else ()
        return CoverageAsked(asked, meant, told, areas, caveats, bool(mendable or told.uncounted))

    def _named(self, name: str) -> Qualification | Unit:
        known = self.choices
        codes = [each.code for each in known]
        otherwise = WrongUse(
            "No such qualification or unit",
            f"The centre has neither a qualification nor a unit {one_line(name)}.",
            did_you_mean(name, codes, f"It has {one_line(', '.join(codes)) or 'none, in mark_sheets'}."),
        )
        return the_one(known, name, "qualification or unit", otherwise)

    def _units(self, asked: Sequence[Qualification | Unit]) -> tuple[tuple[Unit, ...], tuple[str, ...]]:
        """The units, each once, and the codes of those without a sheet."""
        codes = [code for each in asked for code in (each.units if isinstance(each, Qualification) else (each.code,))]
        known = self._sheets.units.units
        ordered = tuple(dict.fromkeys(codes))
        return tuple(known[code] for code in ordered if code in known), tuple(
            code for code in ordered if code not in known
        )

    @staticmethod
    def _of_suite(suite: Suite, known: KnownStandards) -> Iterator[Standard]:
        for code in suite.codes:
            standard = known.newest(code)
            if standard is not None:
                yield standard

    def _mendable(
        self,
        asked: Sequence[Qualification | Unit],
        units: Sequence[Unit],
        standards: Sequence[Standard],
        suite: Suite | None,
    ) -> Iterator[str]:
        sheets = self._sheets
        codes = {unit.code for unit in units}
        for key in sorted(sheets.unfit_mappings):
            if key.code in codes:
                yield f"The mapping of {key} has errors: nothing in it is counted."
        for unit in units:
            if unit.faulty:
                yield f"The mark sheet of {unit.code} has errors: a criterion may be missing."
        for each in asked:
            if isinstance(each, Qualification) and each.code in sheets.qualifications.unfit:
                yield f"The sheet of {each.code} has errors: a unit may be missing."
        for standard in standards:
            if standard.faulty:
                yield f"The sheet of {standard.key} has errors: a statement may be missing."
        if suite is not None and suite.code in sheets.suites.unfit:
            yield f"The sheet of the suite {suite.code} has errors: a standard or a function may be missing."


def _of_standards(standards: Sequence[Standard], suite: Suite | None, known: KnownStandards) -> Iterator[str]:
    """What is to be known of the standards themselves."""
    for standard in standards:
        newest = known.newest(standard.code)
        if newest is not None and newest.key != standard.key:
            yield f"{standard.key} is not the newest version that the centre has: that is {newest.key}."
        elif not standard.in_force:
            yield f"{standard.key} is no longer in force."
    yield from to_check(standards)
    if suite is None:
        return
    here = {standard.code for standard in standards}
    lacking = [code for code in suite.codes if code not in here]
    if lacking:
        yield f"The centre has no sheet of {', '.join(lacking)}, which the suite lists: nothing of it is looked at."
    yield from of_suite(suite, known)
