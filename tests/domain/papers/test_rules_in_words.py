from __future__ import annotations

import pytest

from markterm.domain.assessed.qualification import (
    AllOfGroup,
    Barred,
    CreditsAtLevel,
    CreditsOfGroup,
    GroupUnit,
    Rule,
    TotalCredits,
    UnitsOfGroup,
)
from markterm.domain.papers.rules_in_words import rules_in_words

LISTED = [
    (1, GroupUnit("TEA-101", "Making Tea", 2, 4, 12)),
    (1, GroupUnit("TEA-102", "Pouring", 2, 3, 9)),
    (2, GroupUnit("TEA-201", "Growing", 3, 6, 20)),
    (2, GroupUnit("TEA-202", "Trading", 3, 6, 20)),
]


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ("Learners must gain 7 credits from units 101 and 102 in group 1.", [TotalCredits(7), AllOfGroup(1)]),
        ("A minimum of 13 credits: all units in Group A.", [TotalCredits(13), AllOfGroup(1)]),
        (
            "13 credits in total. 7 credits must come from the mandatory units in Group A and a minimum of 6 credits "
            "from Group B.",
            [TotalCredits(13), CreditsOfGroup(1, 7), CreditsOfGroup(2, 6)],
        ),
        ("All mandatory units in group 1 and at least one unit from group 2.", [AllOfGroup(1), UnitsOfGroup(2, 1)]),
        ("13 credits, with at least 6 credits at level 3 or above.", [TotalCredits(13), CreditsAtLevel(3, 6)]),
        (
            "All units in group 2. Unit 201 cannot be taken with unit 202.",
            [AllOfGroup(2), Barred("TEA-201", "TEA-202")],
        ),
        ("Units 201 and 202 are barred.", [Barred("TEA-201", "TEA-202")]),
    ],
)
def test_common_wordings_come_to_rules_and_nothing_is_left(words: str, rules: list[Rule]) -> None:
    read = rules_in_words(words, LISTED)
    assert (set(read.rules), read.doubts) == (set(rules), [])


def test_the_units_that_rules_are_about_are_named() -> None:
    assert rules_in_words("Units 101 in group 1.", LISTED).named == {"TEA-101"}
    assert rules_in_words("One unit from group 2.", LISTED).named == {"TEA-201", "TEA-202"}


@pytest.mark.parametrize(
    "words",
    [
        "13 credits, of which no more than 4 may be at level 2.",
        "Either pathway, with 13 credits or 20 credits.",
        "All units in group 1, and 2 optional ones.",
        "Units 201 or 202 in group 2.",
        "Gain 13 credits for the award; the certificate asks for 20 credits.",
    ],
)
def test_what_is_not_understood_is_told_with_the_words(words: str) -> None:
    assert any(words in doubt for doubt in rules_in_words(words, LISTED).doubts)


def test_groups_and_units_that_are_not_in_the_table_are_told() -> None:
    assert rules_in_words("All units in group C.", LISTED).doubts == [
        "no unit of group 3 is in the table, of which the rules speak."
    ]
    assert rules_in_words("Unit 201 cannot be taken with unit 909.", LISTED).doubts == [
        "units 201 and 909 are barred, and not both are in the table."
    ]
