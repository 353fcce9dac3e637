"""Units whose criteria have no numbers of their own, in the layouts in which they are printed."""

from __future__ import annotations

import pytest

from markterm.domain.papers.paper_units import read_units
from markterm.domain.papers.unit_paper import UnitRead

_HEAD = "Unit 210 Serve tea\n\n"
_TABLE = "| Learning outcomes<br>The learner will: | Assessment criteria<br>The learner can: |\n| --- | --- |\n"
MARKED = [
    ("({})", "abc"),
    ("{})", "abc"),
    ("{}.", "abc"),
    ("({})", ("i", "ii", "iii")),
    ("{}.", "123"),
    ("•{}", ("",) * 3),
]
READ = {
    "1 Understand how tea is made": {"1.1": "Identify kinds", "1.2": "Explain how each is made", "1.3": "Say why"},
    "2 Be able to serve tea": {"2.1": "Lay a table"},
}


def read(text: str) -> UnitRead:
    (one,) = read_units(text)
    return one


def outcomes(one: UnitRead) -> dict[str, dict[str, str]]:
    return {
        f"{outcome.number} {outcome.title}": {each.number: each.text for each in outcome.criteria}
        for outcome in one.unit.outcomes
    }


def told(one: UnitRead) -> str:
    return "\n".join(each.message for each in one.doubts)


@pytest.mark.parametrize(("form", "marks"), MARKED)
def test_the_lines_of_a_column_of_criteria_are_criteria_whatever_mark_they_have(
    form: str, marks: tuple[str, ...]
) -> None:
    one, two, three = (form.format(mark) for mark in marks)
    text = (
        f"{_HEAD}{_TABLE}"
        f"| 1. Understand how tea is made | {one} identify kinds<br>{two} explain how each is made |\n"
        f"|  | {three} say why |\n| 2. Be able to serve tea | {one} lay a table |\n"
        f"\n## Delivery and assessment guidance\n\n{one} taste it\n"
    )
    assert outcomes(read(text)) == READ
    assert "The criteria have no numbers of their own: 1.1 to 2.1 were given in their order." in told(read(text))


@pytest.mark.parametrize(("form", "marks"), MARKED)
@pytest.mark.parametrize("head", ["The learner can:", "Assessment criteria", "The candidate will be able to:"])
def test_a_list_under_an_outcome_is_its_criteria(form: str, marks: tuple[str, ...], head: str) -> None:
    one, two, three = (form.format(mark) for mark in marks)
    text = (
        f"{_HEAD}Learning outcome 1: Understand how tea is made\n{head}\n"
        f"{one} identify kinds\n{two} explain how\neach is made\n{three} say why\n\n"
        f"Learning outcome 2: Be able to serve tea\n{head}\n{one} lay a table\nAssessment guidance\n{one} taste it\n"
    )
    assert outcomes(read(text)) == READ


def test_a_column_without_any_marks_has_a_criterion_in_each_cell() -> None:
    text = (
        f"{_HEAD}{_TABLE}| Understand how tea is made | Identify kinds |\n|  | Explain how each is made |\n"
        "|  | Say why |\n| Be able to serve tea | Lay a table |\n"
    )
    assert outcomes(read(text)) == READ
    assert "The outcomes have no numbers of their own: from LO1 on they were given." in told(read(text))


def test_the_mark_may_stand_in_a_cell_of_its_own() -> None:
    text = (
        f"{_HEAD}| Learning outcomes |  | Assessment criteria |\n| --- | --- | --- |\n"
        "| 1. Understand how tea is made | (a) | identify kinds |\n|  | (b) | explain how each is made |\n"
        "|  | (c) | say why |\n| 2. Be able to serve tea | (a) | lay a table |\n"
    )
    assert outcomes(read(text)) == READ


def test_a_list_within_a_criterion_is_a_part_of_it() -> None:
    criteria = "(a) identify:<br>• green<br>• black<br>(b) explain<br>(i) how<br>(ii) why"
    text = f"{_HEAD}{_TABLE}| 1. Understand tea | {criteria} |\n"
    assert outcomes(read(text)) == {
        "1 Understand tea": {"1.1": "Identify: • green • black", "1.2": "Explain (i) how (ii) why"}
    }


@pytest.mark.parametrize("line", ["(a) pour (b) wash (c) dry", "1. pour 2. wash 3. dry", "- pour - wash - dry"])
def test_criteria_that_were_extracted_as_one_line_are_told_apart(line: str) -> None:
    text = f"{_HEAD}{_TABLE}| 1. Understand tea | {line} |\n"
    assert outcomes(read(text)) == {"1 Understand tea": {"1.1": "Pour", "1.2": "Wash", "1.3": "Dry"}}


def test_a_mark_that_leaves_some_out_is_told() -> None:
    text = f"{_HEAD}{_TABLE}| 1. Understand tea | (a) identify kinds<br>(d) say why |\n"
    assert outcomes(read(text)) == {"1 Understand tea": {"1.1": "Identify kinds", "1.2": "Say why"}}
    assert "`(d) say why` does not come after what stands above it" in told(read(text))


def test_a_paper_that_numbers_its_criteria_is_read_by_its_numbers_alone() -> None:
    text = f"{_HEAD}{_TABLE}| 1. Understand tea | 1.1 identify:<br>(a) green<br>(b) black |\n"
    assert outcomes(read(text)) == {"1 Understand tea": {"1.1": "Identify: (a) green (b) black"}}
    assert "no numbers" not in told(read(text))


def test_units_with_and_without_numbers_are_read_from_one_paper_each_with_its_own_doubts() -> None:
    one = f"Unit 1 Lay a table\n\n{_TABLE}| 1. Lay it | 1.1 Put cups on it |\n\n"
    two = f"Unit 2 Serve tea\n\n{_TABLE}| 1. Serve it | (a) pour |\n\n"
    two += f"Unit 2 Serve tea\n\n{_TABLE}| 2. Wash | (a) rinse |\n\n"
    three = f"Unit 3 Clear up\n\n{_TABLE}| Clear it | • carry<br>• wipe |\n"
    read = read_units(one + two + three)
    assert [each.unit.title for each in read] == ["Lay a table", "Serve tea", "Clear up"]
    assert "no numbers" not in told(read[0])
    assert "their own: 1.1 to 2.1 were given" in told(read[1])
    assert "their own: 1.1 to 1.2 were given" in told(read[2])


@pytest.mark.parametrize("above", ["", f"Unit 9 Warm the pot\n\n{_TABLE}| 1. Warm it | 1.1 Fill it |\n\n"])
def test_a_unit_without_numbers_before_one_that_has_them_is_read_too(above: str) -> None:
    first = f"Unit 1 Serve tea\n\nLevel: 2\n\n{_TABLE}| 1. Serve it | (a) pour<br>(b) hand it over |\n\n"
    second = f"Unit 2 Lay a table\n\nLevel: 3\n\n{_TABLE}| 1. Lay it | 1.1 Put cups on it |\n\n"
    *_, serving, laying = read_units(above + first + second)
    assert (serving.unit.title, serving.unit.level) == ("Serve tea", 2)
    assert outcomes(serving) == {"1 Serve it": {"1.1": "Pour", "1.2": "Hand it over"}}
    assert "no numbers of their own: 1.1 to 1.2" in told(serving)
    assert (laying.unit.title, laying.unit.level) == ("Lay a table", 3)
    assert outcomes(laying) == {"1 Lay it": {"1.1": "Put cups on it"}}
    assert "no numbers" not in told(laying)


def test_a_list_of_contents_and_the_head_of_a_qualification_are_no_units_without_numbers() -> None:
    contents = (
        "Title: Award in Tea\n\nThe learner can:\n\n• drink tea\n\nUnit 1 Serve tea 3\n\nUnit 2 Lay a table 4\n\n"
    )
    (one,) = read_units(f"{contents}Unit 1 Serve tea\n\n{_TABLE}| 1. Serve it | 1.1 Pour |\n")
    assert one.unit.title == "Serve tea"


def test_a_list_that_nothing_calls_criteria_makes_no_unit() -> None:
    assert read_units(f"{_HEAD}What we like:\n\n• tea\n• cups\n") == ()
    assert read_units(f"{_HEAD}Assessment criteria\n\n• tea\n• cups\n") == ()
