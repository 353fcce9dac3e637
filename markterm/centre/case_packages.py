"""CASE packages of frameworks: taken in as sheets, with the package kept beside them.

The sheet is what people read, map and mark by. The package beside it holds what no sheet has a place for: identifiers,
addresses, links to other frameworks, and whatever else the publisher says. It goes out again as it came while the sheet
says what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from markterm.centre.coming_sheets import Coming, ComingSheet
from markterm.domain.assessed.known_standards import KnownStandards
from markterm.domain.assessed.standard import Standard, StandardKey
from markterm.domain.assessed.suite import Suite
from markterm.domain.standards.published.result import Published
from markterm.domain.texts.printed_lines import Doubt
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import Unreadable, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.case.standards import standard_package, suite_package
from markterm.sheets.case_file import CaseFile, in_lines, is_case_file, read_case_file, text_of_package
from markterm.sheets.kinds import STANDARD, SUITE
from markterm.sheets.standard_file import STANDARD_WRITER
from markterm.sheets.suite_file import SUITE_WRITER
from markterm.system.platform import folder_name


@dataclass(frozen=True)
class PackageTaken:
    """A package that is taken in: what it says, as a document of standards does, and the package itself. `texts` are
    those of the sheets of its standards."""

    case: CaseFile
    published: Published
    texts: Mapping[StandardKey, str]

    def beside(self, mark_sheets: Path, sheets: Sequence[ComingSheet]) -> Iterator[ComingSheet]:
        """The package as the file that stands beside its `sheets`; none where they say all of it, or where one is there
        that says something else: it would be of another one."""
        understood, changed = self.case.understood, self.case.package["CFDocument"]["lastChangeDateTime"]
        if (suite := understood.suite) is not None:
            made = suite_package(suite, KnownStandards.of(understood.standards), changed, {})
            code, path = suite.code, package_of_suite(mark_sheets, suite)
        else:
            (standard,) = understood.standards
            made = standard_package(standard, changed, {})
            code, path = standard.code, package_of_standard(mark_sheets, standard)
        if made == self.case.package or any(each.meets is Coming.OTHER for each in sheets):
            return
        text = text_of_package(self.case.package)
        try:
            there = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            meets = Coming.NEW
        except (OSError, UnicodeDecodeError):
            meets = Coming.OTHER
        else:
            meets = Coming.SAME if there == text else Coming.OTHER
        yield ComingSheet(code, path, text, meets)


def package_of_standard(mark_sheets: Path, standard: Standard) -> Path:
    """Where the package lies that the standard came as, if it came as one."""
    return _beside(mark_sheets / STANDARD.folder, standard.code, standard.version)


def package_of_suite(mark_sheets: Path, suite: Suite) -> Path:
    """Where the package lies that the suite came as, if it came as one."""
    return _beside(mark_sheets / SUITE.folder, suite.code, suite.version)


def _beside(folder: Path, code: str, version: str) -> Path:
    return folder / f"{folder_name(f'{code}-{version}' if version else code)}.case.json"


def package_in(file: Path, clock: Callable[[], datetime], code: str = "", version: str = "") -> PackageTaken | None:
    """The CASE package in that file, or None where it is another document. Raises `Unreadable`, and `WrongUse` for what
    no sheet can hold. `code` is that of its standard, if not its own, and `version` for one that names none."""
    try:
        if not is_case_file(file):
            return None
    except OSError:
        return None  # Whoever reads the document says why.
    case = read_case_file(file, clock().isoformat(), code, version)
    understood = case.understood
    if understood.is_unit:
        raise Unreadable(
            "The package is a unit",
            f"{one_line(file.name)} says what the criteria of a unit cover, and is no standard.",
            "Name the package of the standard or the suite.",
            file=file,
        )
    if not understood.suite and not any(each.statements for each in understood.standards):
        raise Unreadable(
            "The package has no items",
            f"{one_line(file.name)}: {one_line(str(case.package['CFDocument']['title']))} has nothing to map to.",
            "Have the framework exported with its items (CFItems).",
            file=file,
        )
    told = in_lines(case.told)
    standards, suite = understood.standards, understood.suite
    if suite is not None:
        suite = replace(suite, to_check=(*suite.to_check, *told))
        SUITE_WRITER.render(suite)
    else:
        standards = tuple(replace(each, to_check=(*each.to_check, *told)) for each in standards)
    written = [_written(each, file) for each in standards]
    doubts = tuple(Doubt(0, each) for each in told)
    published = Published(tuple(each for each, _ in written), (suite,) if suite is not None else (), doubts)
    return PackageTaken(case, published, {each.key: text for each, text in written})


def _written(standard: Standard, file: Path) -> tuple[Standard, str]:
    """The standard as a sheet can hold it, and the sheet: without its free text where that would be read as something
    else."""
    try:
        text = STANDARD_WRITER.render(standard)
    except WrongUse:
        standard = replace(standard, overview="", to_check=(*standard.to_check, _NO_OVERVIEW))
        text = STANDARD_WRITER.render(standard)
    if len(text.encode("utf-8")) > STANDARD.largest:
        raise WrongUse(
            "It is too big for a sheet",
            f"{one_line(file.name)}: {counted(len(standard.statements), 'statement')} of {one_line(standard.code)} "
            f"have more than {STANDARD.largest:,} bytes.",
            "Have the framework exported in parts, such as one for each area.",
            file=file,
        )
    return standard, text


_NO_OVERVIEW = "The description of the package is left out, for a sheet would read it as something else."
