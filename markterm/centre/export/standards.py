"""Standards, suites and what the centre's units cover of them, as CASE packages that leave the centre."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from markterm.centre.case_packages import package_of_standard, package_of_suite
from markterm.centre.folder import CentreFolder
from markterm.centre.sheets import CentreSheets
from markterm.domain.assessed.mapping import Mapped, mapped_in
from markterm.domain.assessed.standard import Standard, StandardKey
from markterm.domain.assessed.suite import Suite
from markterm.domain.assessed.unit import Unit
from markterm.domain.standards.case_package.vocabulary import Fields
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import Refused
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Hint, Way
from markterm.exports.case.as_1_0 import as_1_0
from markterm.exports.case.standards import Imported, ImportedStandard, standard_package, suite_package, unit_package
from markterm.exports.export import Export, Made, Piece
from markterm.exports.file_names import FileNames, file_name
from markterm.sheets.case_file import CaseFile, read_case_file, text_of_package


class CaseForm(StrEnum):
    """The version of CASE that a package is written in."""

    CASE = "case"
    """1.1, which has a place for all that a sheet says."""
    CASE_1_0 = "case-1.0"


class StandardExports:
    """Standards and suites, as they leave the centre."""

    def __init__(self, folder: CentreFolder, sheets: CentreSheets, clock: Callable[[], datetime]) -> None:
        self._folder, self._sheets, self._clock = folder, sheets, clock

    def of(self, code: str, version: str = "", form: CaseForm = CaseForm.CASE, *, mapping: bool = False) -> Export:
        """A standard, or a suite with its standards, as one file; with the `mapping`, a folder that has each unit that
        covers something of it too. Without a version it is the newest standard in force.

        Raises `WrongUse` for one that the centre does not have, `Refused` where a sheet has errors, and `Unreadable`.
        """
        meant = self._sheets.which_standard.target(code, version)
        suite = meant if isinstance(meant, Suite) else None
        known = self._sheets.standards
        if isinstance(meant, Suite):
            newest = (known.newest(each.code) for each in meant.standards)
            standards = tuple(each for each in newest if each is not None)
        else:
            standards = (meant,)
        self._check(standards, suite)
        imported = self._imported(standards, suite)
        package = self._suite(suite, imported) if suite is not None else self._standard(standards[0], imported)
        name = one_line(suite.code if suite is not None else str(standards[0].key))
        pieces = [(name, "the suite" if suite is not None else "the standard", package)]
        if mapping:
            mapped = tuple(self._mapped({each.key for each in standards}))
            named = self._imported({each.key: each for each in known.standards}.values(), suite)
            pieces += [
                (
                    str(unit.key),
                    "a unit, and what its criteria cover",
                    unit_package(unit, own, known, self._now(), named),
                )
                for unit, own in mapped
            ]
        return _export(pieces, name, form, _caveats(standards, suite), is_folder=mapping)

    def _now(self) -> str:
        return self._clock().isoformat(timespec="seconds")

    def _standard(self, standard: Standard, imported: Imported) -> Fields:
        came = self._came(standard)
        if came is not None and _says_the_same(came.understood.standards[0], standard):
            return came.package
        return standard_package(standard, self._now(), imported)

    def _suite(self, suite: Suite, imported: Imported) -> Fields:
        known = self._sheets.standards
        came = self._suite_came(suite)
        if came is not None and came.understood.suite is not None:
            same = all(
                (here := known.by_key.get(each.key)) is not None
                and _says_the_same(each, here)
                and known.newest(each.code) is here
                for each in came.understood.standards
            )
            if same and replace(came.understood.suite, to_check=()) == replace(suite, to_check=()):
                return came.package
        return suite_package(suite, known, self._now(), imported)

    def _came(self, standard: Standard) -> CaseFile | None:
        return self._read(package_of_standard(self._folder.mark_sheets, standard), standard.code)

    def _suite_came(self, suite: Suite) -> CaseFile | None:
        return self._read(package_of_suite(self._folder.mark_sheets, suite), suite.code)

    def _read(self, path: Path, code: str) -> CaseFile | None:
        return read_case_file(path, self._now(), code) if path.is_file() else None

    def _imported(self, standards: Iterable[Standard], suite: Suite | None) -> Imported:
        """What of these standards came as a package, of their own or of their suite."""
        imported: dict[StandardKey, ImportedStandard] = {}
        of_suite = self._suite_came(suite) if suite is not None else None
        for standard in standards:
            came = self._came(standard) or of_suite
            if came is None:
                continue
            for key, items in came.understood.items.items():
                if key == standard.key:
                    imported[key] = ImportedStandard(came.package["CFDocument"], items)
        return imported

    def _mapped(self, keys: set[StandardKey]) -> Iterator[tuple[Unit, tuple[Mapped, ...]]]:
        known = self._sheets.standards
        for unit in self._sheets.units.by_key.values():
            mapped = mapped_in(unit, self._sheets.mappings, known)
            own = tuple(
                each
                for each in mapped
                if each.strength.covers and (meant := known.named(each.link)) is not None and meant.standard.key in keys
            )
            if own:
                self._sheets.fit(unit)
                yield unit, own

    def _check(self, standards: Iterable[Standard], suite: Suite | None) -> None:
        faulty = [each.code for each in standards if each.faulty]
        if suite is not None and suite.code not in self._sheets.suites.sound:
            faulty.append(suite.code)
        if faulty:
            raise Refused(
                "The sheet has errors",
                f"{', '.join(map(one_line, faulty))}: a statement may have been lost or altered in it.",
                "Have the sheet checked and mended first.",
                hint=Hint(Way.CHECK_SHEETS),
            )


def _says_the_same(came: Standard, here: Standard) -> bool:
    """Whether the sheet says what the package does; what is to be checked of it is a person's own."""
    return replace(came, to_check=(), faulty=False) == replace(here, to_check=(), faulty=False)


def _caveats(standards: Iterable[Standard], suite: Suite | None) -> tuple[str, ...]:
    unchecked = [each.code for each in standards if each.to_check]
    if suite is not None and suite.to_check:
        unchecked.append(suite.code)
    if not unchecked:
        return ()
    sheets = counted(len(unchecked), "sheet")
    return (f"Not checked since it was taken in, {sheets}: {', '.join(map(one_line, unchecked))}.",)


def _export(
    packages: Iterable[tuple[str, str, Fields]],
    name: str,
    form: CaseForm,
    caveats: tuple[str, ...],
    *,
    is_folder: bool,
) -> Export:
    names = FileNames()
    pieces = []
    for called, what, package in packages:
        text = text_of_package(package if form is CaseForm.CASE else as_1_0(package))
        pieces.append(Piece(names.take(called, ".json"), what, _written(text), len(text)))
    title = f"{name} as a CASE package"
    if is_folder:
        return Export(title, file_name(f"{name} with what covers it"), pieces, caveats=caveats)
    return Export(title, str(pieces[0].path), pieces, caveats=caveats, one_file=True)


def _written(text: str) -> Callable[[Path], Made]:
    def write(path: Path) -> Made:
        path.write_text(text, encoding="utf-8", newline="\n")
        return Made()

    return write
