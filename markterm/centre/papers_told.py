"""What a unit's paper or a specification gave, in words: for whoever counts it in the document before it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from markterm.centre.taken_in_told import apart_told, doubts_told, left_out_told
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line

if TYPE_CHECKING:
    from markterm.centre.papers import QualificationsTakenIn
    from markterm.centre.unit_papers import UnitTakenIn


def unit_told(taken: UnitTakenIn) -> Iterator[str]:
    """The unit with its counts, each outcome with its criteria, and all that is to be checked."""
    unit = taken.unit
    name = unit.code or (f"unit {taken.number}, without a code" if taken.number else "a unit without a code")
    meets = f" ({taken.sheet.meets.value})" if taken.sheet is not None else ""
    yield one_line(f"{name} {unit.title or 'without a title'}{meets}")
    told = (("level", unit.level), ("credit", unit.credit), ("guided learning hours", unit.glh))
    yield "  " + ", ".join(f"{what} {value if value is not None else 'not given'}" for what, value in told)
    count = f"{counted(len(unit.outcomes), 'outcome')}, {counted(len(unit.criteria), 'criterion', 'criteria')}"
    described = sum(bool(criterion.descriptors) for criterion in unit.criteria)
    yield f"  {count}, {described} of them with descriptors"
    for outcome in unit.outcomes:
        yield ""
        yield one_line(f"{outcome.heading(outcome.title)} ({len(outcome.criteria)})")
        for criterion in outcome.criteria:
            yield f"  {one_line(f'{criterion.number} {criterion.text}')}"
    yield from _to_check(taken)


def _to_check(taken: UnitTakenIn) -> Iterator[str]:
    if taken.sheet is not None:
        yield from apart_told((taken.sheet,))
    yield from doubts_told(taken.doubts, taken.places)
    yield from left_out_told(taken.left_out, taken.places, "criterion")
    if found := taken.to_mend:
        yield from ("", "What check finds in the sheet:")
        for finding in found:
            yield f"  {one_line(f'{finding.code} {finding.message}')}"
    if taken.without_place is not None:
        yield ""
        if taken.without_place:
            yield "As a form it has no place for:"
            yield from (f"  {one_line(each)}" for each in taken.without_place)
        else:
            yield "As a form it has a place for everything of the unit."


def qualifications_told(taken: QualificationsTakenIn) -> Iterator[str]:
    """Each qualification with its units and rules, up to the number of units that the specification lists."""
    for qualification, sheet in zip(taken.qualifications, taken.sheets, strict=False):
        yield one_line(f"{qualification.code} {qualification.title} ({sheet.meets.value})")
        credit, years = counted(qualification.credit or 0, "credit"), qualification.years
        yield f"  {one_line(qualification.qan)}, {credit}{f', to be completed in {years} years' if years else ''}"
        yield f"  units {', '.join(map(one_line, qualification.units)) or 'none'}"
        yield from (f"  {one_line(str(rule))}" for rule in qualification.rules)
        yield ""
    yield f"{counted(len(taken.units), 'unit')}: code, level, credit, guided learning hours, title"


def listed_units_told(taken: QualificationsTakenIn) -> list[tuple[str, ...]]:
    """Of each unit that the specification lists its code, level, credit, guided learning hours and title."""
    return [
        (one_line(each.code), str(each.level), str(each.credit), str(each.glh), one_line(each.title))
        for each in taken.units
    ]


def staff_told(taken: QualificationsTakenIn) -> Iterator[str]:
    """What is asked of staff, what the sheets that are here say otherwise, and what is to be checked."""
    if taken.staff is not None:
        tutors, assessors = len(taken.staff.for_tutors), len(taken.staff.for_assessors)
        yield ""
        yield one_line(f"{taken.staff.code}: {tutors} asked of tutors, {assessors} of assessors and verifiers")
    yield from apart_told(taken.sheets)
    yield from doubts_told(taken.doubts, taken.places)
