"""Frameworks of knowledge, skills and behaviours in the layouts in which they are published."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.standards.published.ksb import read_ksb
from markterm.domain.standards.published.result import not_read
from markterm.domain.texts.marked_lines import lines_of_marked
from markterm.domain.texts.printed_lines import lines_of
from tests.domain.standards.made_published import texts, told

READ = {
    "D1": "Lead the making of tea",
    "D2": "Clear up",
    "K1": "Leaves, and",
    "K2": "Allergens",
    "S1": "Brew",
    "B1": "Is calm",
}
PAGE = """
# Tea maker

Reference: ST0042

Version: 1.1

## Occupation summary

Tea makers work in tea rooms.

## Occupation duties

| Duty | KSBs |
| --- | --- |
| **Duty 1** Lead the making of tea | K1 K2 S1 B1 |
| **Duty 2** Clear up | K2 B1 |

## KSBs

### Knowledge

**K1:** Leaves, and [Back to Duty](<#duty>)

**K2:** Allergens [Back to Duty](<#duty>)

### Skills

**S1:** Brew [Back to Duty](<#duty>)

### Behaviours

**B1:** Is calm [Back to Duty](<#duty>)

## Qualifications

### English and Maths

Level 2.
"""
PRINT = """ST0042, Tea maker, level 3
Standard version 1.1
Occupation duties
Duty KSBs
Duty 1 Lead the making of tea
K1 K2 S1 B1
Duty 2 Clear up
K2 B1
KSBs
Knowledge
K1: Leaves, and
Back to Duty
K2: Allergens
Back to Duty
Skills
S1: Brew
Back to Duty
Behaviours
B1: Is calm
Back to Duty

Qualifications
English and maths
"""
TABLES = """
# Tea maker

ST0042/AP01 version 1.1

| Duties | |
| --- | --- |
| Duty 1 | Lead the making of tea |
| Duty 2 | Clear up |

| Knowledge | Assessment methods |
| --- | --- |
| K1 Leaves, and | Professional discussion |
| K2 Allergens | Professional discussion |

| Ref | Skills |
| --- | --- |
| S1 | Brew |

| Ref | Behaviours |
| --- | --- |
| B1 | Is calm |
"""


@pytest.mark.parametrize("text", [PAGE, PRINT, TABLES])
def test_the_same_framework_is_read_from_every_layout(text: str) -> None:
    published = read_ksb(lines_of_marked(text))
    standard = published.standards[0]
    assert (standard.code, standard.version, standard.title) == ("ST0042", "1.1", "Tea maker")
    assert texts(standard) == READ
    assert not list(not_read(lines_of_marked(text), published))


def test_the_codes_beside_a_duty_are_told_and_belong_to_no_statement() -> None:
    left_out = [line.text for line in read_ksb(lines_of_marked(PAGE)).left_out]
    assert left_out[:2] == ["K1 K2 S1 B1", "K2 B1"]


def test_what_stands_behind_the_last_statement_is_not_its_end_and_told() -> None:
    text = "Knowledge\nK1 Leaves\nSkills\nS1 Brew\nBehaviours\nB1 Is calm\n\nFurther words of the publisher\n"
    published = read_ksb(lines_of(text))
    assert texts(published.standards[0])["B1"] == "Is calm"
    assert "`Further words of the publisher` was taken for what stands behind B1, and not for its end." in told(
        published
    )


def test_a_capital_in_the_middle_of_a_statement_does_not_end_it() -> None:
    text = "Knowledge\nK1 the work of the\n\nTea Board\nK2 the law\n\nBoard rules\nK3 cups\nSkills\nS1 Brew\n"
    published = read_ksb(lines_of(text))
    assert texts(published.standards[0])["K1"] == "the work of the Tea Board"
    assert texts(published.standards[0])["K2"] == "the law Board rules"
    assert "`Board rules` was taken for the end of K2." in told(published)


def test_a_framework_without_a_kind_is_told() -> None:
    assert "There is nothing under Behaviours in it." in told(
        read_ksb(lines_of("Knowledge\nK1 Leaves\nSkills\nS1 Brew\n"))
    )


def test_bullets_without_numbers_get_those_of_their_order_and_it_is_told() -> None:
    published = read_ksb(
        lines_of("Tea maker ST0042\nKnowledge\n\u2022 leaves\n\u2022 water\n that is fresh\nSkills\n\u2022 pour\n")
    )
    assert texts(published.standards[0]) == {"K1": "leaves", "K2": "water that is fresh", "S1": "pour"}
    assert "What stands under Knowledge has no numbers" in told(published)


def test_two_frameworks_in_one_document_stay_apart() -> None:
    one = "Tea maker ST0042\nKnowledge\nK1 Leaves\nSkills\nS1 Brew\nBehaviours\nB1 Is calm\nProgress to ST0099\n"
    lines = lines_of(one + one.replace("ST0042", "ST0043").replace("Tea", "Coffee").replace("Leaves", "Beans"))
    published = read_ksb(lines)
    assert [(each.code, each.title, texts(each)["K1"]) for each in published.standards] == [
        ("ST0042", "Tea maker", "Leaves"),
        ("ST0043", "Coffee maker", "Beans"),
    ]
    assert not list(not_read(lines, published))


def test_what_begins_like_a_statement_and_was_not_read_is_told() -> None:
    lines = lines_of(
        "Knowledge\nK1 Leaves\nSkills\nS1 Brew\nBehaviours\nB1 Is calm\nMore knowledge\nK1 Cups of glass\n"
    )
    assert "`K1 Cups of glass`" in " ".join(each.message for each in not_read(lines, read_ksb(lines)))


words = st.lists(st.sampled_from(["tea", "cups", "and", "for", "the"]), min_size=1, max_size=5).map(" ".join)


@given(*[st.lists(words, min_size=1, max_size=9)] * 3, st.booleans())
def test_no_statement_of_a_framework_is_lost_cut_or_joined(
    knowledge: list[str], skills: list[str], behaviours: list[str], in_cells: bool
) -> None:
    parts = {"Knowledge": ("K", knowledge), "Skills": ("S", skills), "Behaviours": ("B", behaviours)}
    text = "".join(
        f"\n## {name}\n\n" + "".join(_row(f"{letter}{number}", each, in_cells) for number, each in enumerate(every, 1))
        for name, (letter, every) in parts.items()
    )
    read = texts(read_ksb(lines_of_marked(text)).standards[0])
    assert list(read.values()) == [*knowledge, *skills, *behaviours]


def _row(code: str, text: str, in_cells: bool) -> str:
    return f"| {code} | {text} |\n" if in_cells else f"{code}: {text}\n"
