"""What a unit that is taken in or typed comes to, in lines and as JSON, with the counts to hold against its paper."""

from __future__ import annotations

from collections.abc import Iterator

from markterm.centre.taken_in_told import doubts_told, left_out_told
from markterm.centre.unit_papers import UnitTakenIn
from markterm.domain.words.counted import counted
from markterm.domain.words.finding import Finding
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.doubts import doubts_as_json, left_out_as_json
from markterm.exports.plain.finding import finding_as_json
from markterm.exports.plain.values import Json


def unit_in_lines(taken: UnitTakenIn) -> Iterator[str]:
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
    yield from doubts_told(taken.doubts, taken.places)
    yield from left_out_told(taken.left_out, taken.places, "criterion")
    if found := _findings(taken):
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


def unit_as_json(taken: UnitTakenIn) -> Json:
    """The same as a JSON object."""
    unit = taken.unit
    sheet = taken.sheet
    return {
        "code": unit.code or None,
        "number": taken.number or None,
        "version": unit.version,
        "title": unit.title or None,
        "level": unit.level,
        "credit": unit.credit,
        "glh": unit.glh,
        "graded": unit.graded,
        "outcomes": [
            {
                "number": outcome.number,
                "title": outcome.title,
                "criteria": [
                    {
                        "number": each.number,
                        "text": each.text,
                        "level": each.level.value if each.level is not None else None,
                        "descriptors": {told.standing.value: told.text for told in each.descriptors},
                        "marks": None if each.marks is None else [each.marks.maximum, each.marks.minimum],
                    }
                    for each in outcome.criteria
                ],
            }
            for outcome in unit.outcomes
        ],
        "sheet": None if sheet is None else {"file": sheet.path.name, "meets": sheet.meets.value},
        "to_check": doubts_as_json(taken.doubts, taken.places.of_line),
        "left_out": left_out_as_json(taken.left_out, taken.places.of_line),
        "findings": [finding_as_json(each) for each in _findings(taken)],
        "form_without_place": None if taken.without_place is None else list(taken.without_place),
    }


def _findings(taken: UnitTakenIn) -> list[Finding]:
    """The findings in the sheet, without those that only repeat what is to be checked."""
    return [each for each in taken.findings if each.code != "MS099"]
