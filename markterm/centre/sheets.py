"""A centre's sheets: its units, assignments and qualifications, and what they make of a learner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from markterm.domain.words.code import is_code
from markterm.domain.words.errors import Refused
from markterm.domain.words.hint import Hint, Way
from markterm.sheets.kinds import ASSIGNMENT, COMPETENCE, MAPPING, MARK_SHEETS, QUALIFICATION, STANDARD, SUITE

if TYPE_CHECKING:
    from markterm.domain.assessed.assignment import Assignment
    from markterm.domain.assessed.competence import CompetenceSheet
    from markterm.domain.assessed.known_standards import KnownStandards
    from markterm.domain.assessed.learner import Learner
    from markterm.domain.assessed.mapping import UnitMapping
    from markterm.domain.assessed.qualification import Qualification
    from markterm.domain.assessed.qualification_progress import QualificationProgress
    from markterm.domain.assessed.suite import Suite
    from markterm.domain.assessed.unit import Unit, UnitKey
    from markterm.domain.record.portfolio import Portfolio
    from markterm.domain.record.programme import Programme, Standing
    from markterm.domain.standards.which_standard import WhichStandard
    from markterm.sheets.sheet_folder import SheetsOfFolder
    from markterm.sheets.sheet_library import SheetLibrary
    from markterm.sheets.unit_library import UnitLibrary

# Each kind is read when it is asked for: a caseload that the index knows needs no reader of Markdown, and opens
# without it.


class CentreSheets:
    """The sheets under a folder, each kind by the name of its folder, read once until it is forgotten."""

    def __init__(self, folder: Path, require_staff: Callable[[], None]) -> None:
        self._folder = folder
        self.require_staff = require_staff
        """Raises `Refused` for who reads and changes no sheet: asked before one is written."""
        self.edition = 0
        """How often they were forgotten: what was made of them is made anew when it is another number."""

    @cached_property
    def units(self) -> UnitLibrary:
        """The unit mark sheets."""
        from markterm.sheets.unit_library import UnitLibrary

        return UnitLibrary.load(self._folder)

    @cached_property
    def marked(self) -> UnitLibrary:
        """The units, and the standards that learners are marked on like units: read where somebody is on one."""
        return self.units.with_standards(self.standards)

    def named(self, text: str) -> Unit:
        """The unit of that code or the end of it, in its newest version; where no unit is called so, the standard.
        Raises `WrongUse` when that means none or several."""
        known = any(is_code(text, code) for code in self.units.units)
        return (self.units if known else self.marked).named(text)

    def known(self, codes: Collection[str]) -> Mapping[str, Unit]:
        """The units by code; the standards among them where one of these codes is no unit's."""
        return self.units.units if all(code in self.units.units for code in codes) else self.marked.units

    def sheet_of(self, key: UnitKey) -> Unit | None:
        """The unit of that code and version, or the standard; None where there is no sheet of it."""
        return self.units.by_key.get(key) or self.marked.by_key.get(key)

    @cached_property
    def assignments(self) -> SheetLibrary[Assignment]:
        """The integrated assignments."""
        from markterm.sheets.sheet_library import SheetLibrary

        return SheetLibrary.load(ASSIGNMENT, self._folder, self.units.units)

    @cached_property
    def qualifications(self) -> SheetLibrary[Qualification]:
        """The qualifications."""
        from markterm.sheets.sheet_library import SheetLibrary

        return SheetLibrary.load(QUALIFICATION, self._folder, self.units.units)

    @cached_property
    def competence(self) -> SheetLibrary[CompetenceSheet]:
        """What is asked of the centre's staff."""
        from markterm.sheets.sheet_library import SheetLibrary

        return SheetLibrary.load(COMPETENCE, self._folder)

    @cached_property
    def standards(self) -> KnownStandards:
        """The published standards, every version; one whose sheet has errors says so itself."""
        from markterm.domain.assessed.known_standards import KnownStandards
        from markterm.sheets.sheet_folder import load_folder

        loaded = load_folder(STANDARD, self._folder)
        return KnownStandards.of(
            replace(standard, faulty=True) if key in loaded.unfit else standard
            for key, standard in loaded.by_key.items()
        )

    @cached_property
    def suites(self) -> SheetLibrary[Suite]:
        """The suites that standards belong to, with their functional maps."""
        from markterm.sheets.sheet_library import SheetLibrary

        return SheetLibrary.load(SUITE, self._folder)

    @property
    def which_standard(self) -> WhichStandard:
        """What tells which standard or suite is meant by a name."""
        from markterm.domain.standards.which_standard import WhichStandard

        return WhichStandard(self.standards, self.suites.by_code)

    @cached_property
    def mappings(self) -> tuple[UnitMapping, ...]:
        """What the units' criteria cover, as the mappings say; one with errors maps nothing."""
        loaded = self._loaded_mappings
        return tuple(mapping for key, mapping in loaded.by_key.items() if key not in loaded.unfit)

    @property
    def unfit_mappings(self) -> frozenset[UnitKey]:
        """The units whose mapping has errors."""
        loaded = self._loaded_mappings
        return frozenset(loaded.by_key[key].key for key in loaded.unfit)

    @cached_property
    def _loaded_mappings(self) -> SheetsOfFolder[UnitMapping]:
        from markterm.sheets.sheet_folder import load_folder

        return load_folder(MAPPING, self._folder, self.units.units)

    def forget_mappings(self) -> None:
        """Read the mappings anew when they are asked for next; nothing else is made of them."""
        for name in (MAPPING.folder, "_loaded_mappings"):
            self.__dict__.pop(name, None)

    def forget(self) -> None:
        """Read each kind anew when it is asked for next."""
        self.edition += 1
        for name in (*(kind.folder for kind in MARK_SHEETS), "marked", "_asked", "_loaded_mappings"):
            self.__dict__.pop(name, None)

    def stamps(self) -> list[str]:
        """What changes when any sheet does: of each its size and time."""
        stamps = []
        for kind in MARK_SHEETS:
            folder = self._folder / kind.folder
            if folder.is_dir():
                for sheet in sorted(folder.glob("*.md")):
                    # One that leads nowhere, or went away just now, is told of by whoever reads it.
                    with suppress(OSError):
                        status = sheet.stat()
                        stamps.append(f"{kind.folder}/{sheet.name}:{status.st_mtime_ns}:{status.st_size}")
        return stamps

    @cached_property
    def _asked(self) -> dict[UnitKey, Mapping[str, str]]:
        return {}

    def asked(self, key: UnitKey, number: str) -> str:
        """What that criterion asks, as wordings are compared; empty where no sheet has it, or another criterion of the
        unit asks for the same."""
        if key not in self._asked:
            from markterm.domain.assessed.wording import folded

            unit = self.sheet_of(key)
            words = {each.number: folded(each.text) for each in unit.criteria} if unit is not None else {}
            times = Counter(words.values())
            self._asked[key] = {each: text for each, text in words.items() if times[text] == 1}
        return self._asked[key].get(number, "")

    def titles(self) -> Mapping[str, str]:
        """The titles of all units and assignments, by code."""
        units = {code: unit.title for code, unit in self.units.units.items()}
        return units | {code: assignment.title for code, assignment in self.assignments.by_code.items()}

    def fit(self, unit: Unit) -> Unit:
        """The unit. Raises `Refused` when its sheet has errors: a criterion may have been lost or altered in it."""
        if unit.faulty or unit.key in self.units.unfit:
            raise Refused(
                "The mark sheet has errors",
                f"{unit.code} is not marked while its mark sheet cannot be relied on.",
                "Have the sheet checked and mended, then open the centre again.",
                hint=Hint(Way.CHECK_SHEETS),
            )
        return unit

    def programme_of(
        self,
        learner: Learner,
        portfolio: Portfolio,
        *,
        even_with_errors: bool = False,
        standing: Standing | None = None,
    ) -> Programme:
        """The learner's programme; assignments whose sheet has errors are not part of it unless that is asked for.

        `standing` remembers what was compared with the sheets, from one time to the next.
        """
        from markterm.domain.record.programme import programme

        assignments: Mapping[str, Assignment] = {}
        if learner.assignments:
            assignments = self.assignments.by_code if even_with_errors else self.assignments.sound
        mandatory = bool(learner.qualifications) and not learner.units
        on_standards = learner.standards or any(code not in self.units.units for code in portfolio.begun)
        library = self.marked if on_standards else self.units
        return programme(
            learner,
            portfolio,
            library.by_key,
            library.units,
            assignments,
            self.qualifications.sound if mandatory else {},
            standing,
        )

    def taken_for(self, learner: Learner, unit_code: str) -> tuple[str, ...]:
        """The qualifications of the learner that have that unit; none where all of theirs were registered on one day,
        and nothing depends on it."""
        if not learner.registered_for:
            return ()
        known = self.qualifications.sound
        return tuple(code for code in learner.qualifications if code in known and unit_code in known[code].units)

    def _is_standard(self, code: str) -> bool:
        unit = self.marked.units.get(code)
        return unit is not None and unit.is_standard

    def progress_in_qualifications(
        self, learner: Learner, portfolio: Portfolio, today: date
    ) -> tuple[QualificationProgress, ...]:
        """How far the learner is in each of their qualifications whose sheet has no errors. For who left no time
        runs."""
        if not learner.qualifications:
            return ()
        from markterm.domain.assessed.qualification_progress import evaluate
        from markterm.domain.record.programme import passed

        known = self.qualifications.sound
        # A standard gives no credit, though a qualification should call one of its units so.
        gained = frozenset(
            code for code in passed(portfolio) if code in self.units.units or not self._is_standard(code)
        )
        progress = tuple(
            evaluate(known[code], gained, learner.registered_on((code,)), today)
            for code in learner.qualifications
            if code in known
        )
        if portfolio.aside or learner.left:
            from markterm.domain.record.leaving import left_on  # Few learners leave.

            if left_on(learner, portfolio.departure) is not None:
                return tuple(replace(each, days_left=None) for each in progress)
        return progress
