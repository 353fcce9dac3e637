"""What is wrong between sheets: a unit, a mapping or a suite that names what the sheets of standards do not have."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from markterm.domain.assessed.known_standards import KnownStandards
from markterm.domain.assessed.mapping import UnitMapping
from markterm.domain.assessed.standard import Standard, StandardKey, StatementLink, statement_link
from markterm.domain.assessed.suite import Suite
from markterm.domain.assessed.unit import Unit
from markterm.domain.words.finding import Finding, Severity
from markterm.sheets.codes import found, short
from markterm.sheets.front_matter import Part
from markterm.sheets.reading import SheetReading


def beside_standards(
    reading: SheetReading[Any], known: KnownStandards, suites: Collection[str], file: Path
) -> Iterator[Finding]:
    """What does not fit the standards of its folder in a unit, a mapping or a suite, or its `suites` in a standard;
    nothing of any other sheet."""
    if isinstance(reading.sheet, Unit):
        yield from _of_unit(reading, reading.sheet, known, file)
    elif isinstance(reading.sheet, UnitMapping):
        yield from _of_mapping(reading, reading.sheet, known, file)
    elif isinstance(reading.sheet, Suite):
        yield from _of_suite(reading, reading.sheet, known, file)
    elif isinstance(reading.sheet, Standard) and reading.sheet.suite not in ("", *suites):
        message = (
            f"It is of the suite {short(reading.sheet.suite)}, which has no sheet: nothing says what the suite is for, "
            "and which standards it has besides."
        )
        yield found("MS131", message, file, _line(reading, ("front", "suite")))


def _of_unit(reading: SheetReading[Unit], unit: Unit, known: KnownStandards, file: Path) -> Iterator[Finding]:
    for criterion in unit.asked:
        line = _line(reading, ("descriptor", criterion.number, "standards"))
        for text in criterion.standards:
            link = statement_link(text)
            if link is None:
                message = f"`{short(text)}` of {criterion.number} names no statement: write `CODE K14`."
                yield found("MS095", message, file, line, Severity.WARNING)
            elif not known.versions(link.standard):
                # The sheet is the awarding organisation's: it may name what the centre does not use.
                message = f"There is no standard {short(link.standard)} here, so {criterion.number} covers none of it."
                yield found("MS090", message, file, line, Severity.WARNING)
            else:
                yield from _of_link(link, known, file, line)


def _of_mapping(
    reading: SheetReading[UnitMapping], mapping: UnitMapping, known: KnownStandards, file: Path
) -> Iterator[Finding]:
    said: dict[tuple[str, StatementLink], StatementLink] = {}
    for mapped in mapping.mapped:
        line, link = _line(reading, ("row", mapped.criterion, str(mapped.link))), mapped.link
        if not known.versions(link.standard):
            message = (
                f"There is no standard {short(link.standard)} here: correct the code, or put its sheet into standards."
            )
            yield found("MS090", message, file, line)
            continue
        yield from _of_link(link, known, file, line)
        yield from _of_no_version(link, known, file, line)
        named = known.named(link)
        if named is None:
            continue
        first = said.setdefault((mapped.criterion, named.link), link)
        if first != link:
            message = f"{mapped.criterion} has {named.link} as `{first}` and as `{link}`: delete one of the two."
            yield found("MS096", message, file, line)


def _of_no_version(link: StatementLink, known: KnownStandards, file: Path, line: int | None) -> Iterator[Finding]:
    """That a row of a mapping, which a person put down, holds for whatever the sheet of the standard says one day."""
    versions = known.versions(link.standard)
    if not link.version and len(versions) == 1 and versions[0].version:
        said = short(f"{versions[0].key} {link.statement}")
        message = f"{short(str(link))} says no version, and was looked at in one: write {said}."
        yield found("MS094", message, file, line)


def _of_suite(reading: SheetReading[Suite], suite: Suite, known: KnownStandards, file: Path) -> Iterator[Finding]:
    for listed in suite.standards:
        line, versions = _line(reading, ("listed", listed.code)), known.versions(listed.code)
        if not versions:
            message = f"{short(listed.code)} is listed and has no sheet: put it into standards."
            yield found("MS098", message, file, line)
        elif all(_folded(each.title) != _folded(listed.title) for each in versions):
            message = (
                f"{listed.code} is `{short(listed.title)}` here, and `{short(versions[-1].title)}` in its own sheet."
            )
            yield found("MS092", message, file, line)
    listed_codes = {each.code for each in suite.standards}
    for function in suite.functions:
        lacking = [code for code in function.standards if code not in listed_codes and not known.versions(code)]
        if lacking:
            named = short(", ".join(lacking))
            message = f"{named}: meets {function.code}, and is neither listed nor has a sheet: put it into standards."
            yield found("MS098", message, file, _line(reading, ("met by", function.code)))


def _of_link(link: StatementLink, known: KnownStandards, file: Path, line: int | None) -> Iterator[Finding]:
    """What is wrong with the name of a statement of a standard that is here."""
    standard = known.standard(link.standard, link.version)
    if standard is None:
        has = ", ".join(each.version or "none" for each in known.versions(link.standard))
        message = (
            f"There is no {short(str(StandardKey(link.standard, link.version)))} here: its versions are {short(has)}."
        )
        yield found("MS090", message, file, line)
        return
    if standard.statement(link.statement) is None:
        message = f"{short(str(standard.key))} has no statement {short(link.statement)}: correct the code."
        yield found("MS090", message, file, line)
    if not link.version and len(known.versions(link.standard)) > 1:
        message = (
            f"{short(str(link))} says no version where there are several: {short(str(standard.key))} is meant; say so."
        )
        yield found("MS094", message, file, line)
    elif not standard.in_force:
        message = f"{short(str(standard.key))} is no longer in force: look what its newer version says."
        yield found("MS094", message, file, line)


def _line(reading: SheetReading[Any], part: Part) -> int | None:
    return reading.places[part][0] if part in reading.places else None


def _folded(title: str) -> str:
    return " ".join(title.casefold().split())
