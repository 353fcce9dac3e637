"""What is wrong with a qualification whose sheet can be read: rules that nobody can meet, units that are not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from markterm.domain.assessed.qualification import (
    AllOfGroup,
    Barred,
    CreditsAtLevel,
    CreditsOfGroup,
    GroupUnit,
    Qualification,
    Rule,
    TotalCredits,
    UnitsOfGroup,
    qan_check_digit,
)
from markterm.domain.assessed.unit import Unit
from markterm.domain.words.finding import Finding, Severity
from markterm.domain.words.foreign_text import one_line
from markterm.sheets.codes import found, short
from markterm.sheets.front_matter import Part, Span

Places = Mapping[Part, Span]


def check_by_itself(qualification: Qualification, places: Places, file: Path | None) -> Iterator[Finding]:
    """What can be told without the units' sheets; `places` says on which lines its parts stand."""
    yield from _number(qualification, places, file)
    yield from _unknown(qualification, places, file)
    yield from _unreachable(qualification, places, file)
    if qualification.credit is not None:
        for line, rule in _rules(qualification, places):
            if isinstance(rule, TotalCredits) and rule.credits != qualification.credit:
                message = f"The total is {rule.credits} and `credit` is {qualification.credit}: correct one of the two."
                yield found("MS084", message, file, line)


def check_with_units(
    qualification: Qualification, units: Mapping[str, Unit], places: Places, file: Path | None
) -> Iterator[Finding]:
    """What does not fit the sheets of the units, by code."""
    for group in qualification.groups:
        for listed in group.units:
            line = places["row", str(group.number), listed.code][0]
            if listed.code in units:
                yield from _differences(listed, units[listed.code], file, line)
            else:
                message = (
                    f"There is no mark sheet for unit {short(listed.code)}: nobody can be marked on it until then."
                )
                yield found("MS082", message, file, line, Severity.WARNING)
    for line, rule in _rules(qualification, places):
        if isinstance(rule, Barred):
            others = [code for code in (rule.first, rule.second) if code not in qualification.units]
            if len(others) == 1 and others[0] not in units:
                message = f"{short(others[0])} is in no group and has no mark sheet: correct the code."
                yield found("MS082", message, file, line)


def _number(qualification: Qualification, places: Places, file: Path | None) -> Iterator[Finding]:
    qan = qualification.qan
    digit = qan_check_digit(qan)
    if qan and digit is None:
        message = f"`{short(qan)}` is no accreditation number: write three digits, four and one, as 600/5791/9."
        yield found("MS085", message, file, places["front", "qan"][0])
    elif digit is not None and digit != qan[-1].upper():
        message = f"The digits of {qan} ask for {digit} at the end: look the accreditation number up."
        yield found("MS085", message, file, places["front", "qan"][0])


def _unknown(qualification: Qualification, places: Places, file: Path | None) -> Iterator[Finding]:
    groups = {group.number for group in qualification.groups}
    for line, rule in _rules(qualification, places):
        match rule:
            case AllOfGroup() | UnitsOfGroup() | CreditsOfGroup() if rule.group not in groups:
                message = f"There is no group {rule.group}: correct the number, or add `## Group {rule.group} …`."
                yield found("MS082", message, file, line)
            case Barred() if rule.first not in qualification.units and rule.second not in qualification.units:
                message = f"Neither {short(rule.first)} nor {short(rule.second)} is in a group: correct the codes."
                yield found("MS082", message, file, line)


def _unreachable(qualification: Qualification, places: Places, file: Path | None) -> Iterator[Finding]:
    lines = {rule: line for line, rule in _rules(qualification, places)}
    credit_line = places.get(("front", "credit"), (1, 1))[0]
    groups = {group.number for group in qualification.groups}
    for each in qualification.out_of_reach:
        if isinstance(each.rule, AllOfGroup | UnitsOfGroup | CreditsOfGroup) and each.rule.group not in groups:
            continue
        noun = "units" if each.in_units else "credits"
        where = {CreditsAtLevel: "of that level or above", TotalCredits: "of all groups"}.get(type(each.rule), "of it")
        given = each.gained(qualification.units.keys())
        message = (
            f"`{each.rule}` is out of reach: all units {where} together give {given} {noun}. Correct one of the two."
        )
        yield found("MS081", message, file, lines.get(each.rule, credit_line))
    if qualification.requirements and not qualification.out_of_reach and not qualification.reachable:
        barred = next(line for line, rule in _rules(qualification, places) if isinstance(rule, Barred))
        message = "Whichever of the barred units are left out, the rest does not meet the rules: correct one of them."
        yield found("MS081", message, file, barred)


def _differences(listed: GroupUnit, unit: Unit, file: Path | None, line: int) -> Iterator[Finding]:
    pairs = (("level", listed.level, unit.level), ("credit", listed.credit, unit.credit), ("glh", listed.glh, unit.glh))
    for name, here, there in pairs:
        if here is not None and there is not None and here != there:
            message = f"{short(unit.code)} has {name} {here} here and {there} on its sheet: correct one of the two."
            yield found("MS084", message, file, line, Severity.WARNING if name == "glh" else None)
    if listed.title and one_line(listed.title).casefold() != one_line(unit.title).casefold():
        message = f"{short(unit.code)} is called `{short(unit.title)}` on its sheet: correct one of the two."
        yield found("MS084", message, file, line, Severity.WARNING)


def _rules(qualification: Qualification, places: Places) -> Iterator[tuple[int, Rule]]:
    for place, rule in enumerate(qualification.rules):
        yield places["rule", str(place)][0], rule
