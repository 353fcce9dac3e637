from __future__ import annotations

import pytest

from markterm.domain.assessed.known_standards import KnownStandards
from markterm.domain.assessed.mapping import Mapped, Strength, UnitMapping, mapped_in
from markterm.domain.assessed.standard import Standard, Statement, StatementKind, StatementLink, statement_link
from markterm.domain.assessed.unit import Criterion, LearningOutcome, Unit


def standard(version: str, *codes: str, withdrawn: str = "") -> Standard:
    statements = tuple(Statement(code, StatementKind.PERFORMANCE, f"{code} of {version}") for code in codes)
    return Standard("TEA01", "Tea", version, withdrawn=withdrawn, statements=statements)


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("LSICM01 K14", StatementLink("LSICM01", "K14")),
        (" LSI  CM01 K14 ", StatementLink("LSICM01", "K14")),
        ("LSICM01 (3.0) K14", StatementLink("LSICM01", "K14", "3.0")),
        ("LSICM01(3.0) K14", StatementLink("LSICM01", "K14", "3.0")),
        ("SFJ/AB1 P2", StatementLink("SFJ/AB1", "P2")),
        ("LSICM01", None),
        ("", None),
        ("LSICM01 (3.0", None),
    ],
)
def test_a_statement_is_named_by_standard_and_code_and_a_version_where_it_matters(
    text: str, link: StatementLink | None
) -> None:
    assert statement_link(text) == link
    if link is not None:
        assert statement_link(str(link)) == link


def test_a_link_without_a_version_keeps_its_meaning_when_a_new_version_comes() -> None:
    old, new = standard("2.9", "P1", withdrawn="2026-01-01"), standard("2.10", "P1")
    known = KnownStandards.of([new, old])
    assert known.standard("TEA01") is old
    assert known.newest("TEA01") is new
    assert KnownStandards.of([new]).standard("TEA01") is new
    found = known.named(StatementLink("TEA01", "P1"))
    assert found is not None
    assert (found.statement.text, str(found.link)) == ("P1 of 2.9", "TEA01 (2.9) P1")


def test_what_the_centre_does_not_have_is_nothing() -> None:
    known = KnownStandards.of([standard("1", "P1")])
    for link in (StatementLink("TEA01", "P2"), StatementLink("TEA01", "P1", "2"), StatementLink("TEA02", "P1")):
        assert known.named(link) is None


def test_where_all_are_withdrawn_the_newest_of_all_is_the_newest() -> None:
    known = KnownStandards.of([standard("1", withdrawn="2020"), standard("2", withdrawn="2021")])
    newest = known.newest("TEA01")
    assert newest is not None
    assert newest.version == "2"


UNIT = Unit(
    "TEA-1",
    "Tea",
    version="2026",
    outcomes=(
        LearningOutcome(1, "Tea", (Criterion("1.1", "Boil", standards=("TEA01 P1", "nothing")), Criterion("1.2", "x"))),
    ),
)
P1, P2 = StatementLink("TEA01", "P1"), StatementLink("TEA01", "P2")
NONE = KnownStandards()


def test_a_mapping_says_how_far_what_the_sheet_says_alone() -> None:
    assert mapped_in(UNIT, (), NONE) == (Mapped("1.1", P1),)
    beside = UnitMapping("TEA-1", mapped=(Mapped("1.2", P2), Mapped("1.1", P1, Strength.PARTLY, "half")))
    assert mapped_in(UNIT, [beside], NONE) == (Mapped("1.1", P1, Strength.PARTLY, "half"), Mapped("1.2", P2))


def test_the_mapping_of_this_version_stands_before_that_of_every_version() -> None:
    own = UnitMapping("TEA-1", "2026", mapped=(Mapped("1.2", P2, Strength.NOT),))
    every = UnitMapping("TEA-1", mapped=(Mapped("1.2", P2),))
    for mappings in ([own, every], [every, own]):
        assert mapped_in(UNIT, mappings, NONE)[-1].strength is Strength.NOT


def test_another_unit_another_version_and_a_criterion_that_is_not_there_map_nothing() -> None:
    others = [
        UnitMapping("TEA-2", mapped=(Mapped("1.2", P2),)),
        UnitMapping("TEA-1", "2025", mapped=(Mapped("1.2", P2),)),
        UnitMapping("TEA-1", mapped=(Mapped("9.9", P2),)),
    ]
    assert mapped_in(UNIT, others, NONE) == (Mapped("1.1", P1),)


def test_what_was_turned_down_by_its_full_name_is_not_covered_by_the_short_one() -> None:
    known = KnownStandards.of([standard("1", "P1"), standard("2", "P1")])
    full = StatementLink("TEA01", "P1", "1")
    turned_down = UnitMapping("TEA-1", mapped=(Mapped("1.1", full, Strength.NOT),))
    assert mapped_in(UNIT, [turned_down], known) == (Mapped("1.1", full, Strength.NOT),)
    of_the_newer = UnitMapping("TEA-1", mapped=(Mapped("1.1", StatementLink("TEA01", "P1", "2"), Strength.NOT),))
    assert [each.strength for each in mapped_in(UNIT, [of_the_newer], known)] == [Strength.FULLY, Strength.NOT]
