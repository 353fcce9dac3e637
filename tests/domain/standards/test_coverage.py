from __future__ import annotations

import pytest

from markterm.domain.assessed.known_standards import KnownStandards
from markterm.domain.assessed.mapping import Mapped, Strength, UnitMapping
from markterm.domain.assessed.standard import Standard, Statement, StatementKind, StatementLink
from markterm.domain.assessed.suite import Function
from markterm.domain.assessed.unit import Criterion, LearningOutcome, Unit
from markterm.domain.standards.coverage import Coverage, Covered, NotCounted, Only, Share, coverage


def standard(code: str, version: str, *codes: str) -> Standard:
    kinds = {"P": StatementKind.PERFORMANCE, "D": StatementKind.DUTY}
    return Standard(
        code, code, version, statements=tuple(Statement(each, kinds[each[0]], f"{each} of {code}") for each in codes)
    )


TEA = standard("TEA01", "1", "D1", "P1", "P2", "P3")
NEWER = standard("TEA01", "2", "P1", "P2")
POT = standard("POT01", "", "P1")
KNOWN = KnownStandards.of([TEA, NEWER, POT])
UNITS = [
    Unit(code, code, outcomes=(LearningOutcome(1, "x", (Criterion("1.1", "x"), Criterion("1.2", "y"))),))
    for code in ("A", "B")
]


def mapping(unit: str, *pairs: tuple[str, str, str]) -> UnitMapping:
    rows = [
        (criterion, StatementLink(*name.split(), *([version] if version else []))) for criterion, name, version in pairs
    ]
    return UnitMapping(unit, mapped=tuple(Mapped(criterion, link) for criterion, link in rows))


def covered(*mappings: UnitMapping, standards: tuple[Standard, ...] = (TEA,)) -> Coverage:
    return coverage(UNITS, mappings, standards, KNOWN)


def test_a_statement_is_covered_by_the_criteria_that_are_mapped_to_it_and_a_duty_is_asked_of_nobody() -> None:
    told = covered(
        mapping("A", ("1.1", "TEA01 P1", ""), ("1.2", "TEA01 P1", "")), mapping("B", ("1.1", "TEA01 P2", "1"))
    )
    assert [(each.statement.code, each.state) for each in told.statements] == [
        ("P1", Covered.FULLY),
        ("P2", Covered.FULLY),
        ("P3", Covered.NOT),
    ]
    assert [[str(by.unit) for by in each.by] for each in told.statements] == [["A", "A"], ["B"], []]
    assert [each.statement.code for each in told.among(Only.TWICE)] == ["P1"]
    assert [each.criterion for each in told.statements[0].of_unit(UNITS[0].key)] == ["1.1", "1.2"]


def test_parts_do_not_make_a_whole_and_what_was_turned_down_covers_nothing() -> None:
    link = StatementLink("TEA01", "P1")
    pairs = [Mapped("1.1", link, Strength.PARTLY), Mapped("1.2", link, Strength.PARTLY)]
    assert covered(UnitMapping("A", mapped=tuple(pairs))).statements[0].state is Covered.PARTLY
    assert covered(UnitMapping("A", mapped=(Mapped("1.1", link, Strength.NOT),))).statements[0].state is Covered.NOT


def test_a_statement_that_one_covers_fully_and_another_in_part_is_not_covered_twice() -> None:
    link = StatementLink("TEA01", "P1")
    pairs = (Mapped("1.1", link, Strength.FULLY), Mapped("1.2", link, Strength.PARTLY))
    assert covered(UnitMapping("A", mapped=pairs)).among(Only.TWICE) == ()


def test_a_mapping_to_one_version_covers_nothing_of_another_and_that_is_said() -> None:
    told = covered(mapping("A", ("1.1", "TEA01 P1", ""), ("1.2", "TEA01 P2", "2")), standards=(NEWER,))
    assert [each.state for each in told.statements] == [Covered.NOT, Covered.FULLY]
    assert [(each.criterion, each.named, each.why) for each in told.uncounted] == [
        ("1.1", "TEA01 (1) P1", NotCounted.OTHER_VERSION)
    ]


@pytest.mark.parametrize(
    ("pair", "named", "why"),
    [
        (("1.1", "TEA01 P9", ""), "TEA01 (1) P9", NotCounted.NO_STATEMENT),
        (("1.1", "TEA01 p1", ""), "TEA01 (1) p1", NotCounted.NO_STATEMENT),
        (("1.1", "TAE01 P1", ""), "TAE01 P1", NotCounted.NO_STANDARD),
        (("1.1", "TEA01 P1", "7"), "TEA01 (7) P1", NotCounted.NO_VERSION),
        (("1.1", "TEA01 D1", ""), "TEA01 (1) D1", NotCounted.DUTY),
        (("9.9", "TEA01 P1", ""), "TEA01 P1", NotCounted.NO_CRITERION),
    ],
)
def test_what_is_mapped_and_does_not_count_is_told_with_the_reason(
    pair: tuple[str, str, str], named: str, why: NotCounted
) -> None:
    told = covered(mapping("A", pair))
    assert [(each.criterion, each.named, each.why) for each in told.uncounted] == [(pair[0], named, why)]
    assert told.among(Only.UNCOVERED) == told.statements


def test_what_is_mapped_to_another_standard_that_is_known_is_no_matter_of_this_one() -> None:
    assert not covered(mapping("A", ("1.1", "POT01 P1", ""), ("9.9", "POT01 P1", ""))).uncounted


def test_a_mapping_of_another_version_of_the_unit_is_told_as_not_counted() -> None:
    other = UnitMapping("A", "old", mapped=mapping("A", ("1.1", "TEA01 P1", "")).mapped)
    told = covered(other)
    assert told.share == Share(of=3)
    assert [(str(each.unit), each.named, each.why) for each in told.uncounted] == [
        ("A", "mapping of A (old)", NotCounted.OTHER_UNIT_VERSION)
    ]


def test_a_line_of_a_unit_that_names_no_statement_is_told_and_one_that_does_counts() -> None:
    criteria = (Criterion("1.1", "x", standards=("LSICM01", "TEA01 P1")),)
    unit = Unit("C", "C", outcomes=(LearningOutcome(1, "x", criteria),))
    told = coverage([unit], (), (TEA,), KNOWN)
    assert told.statements[0].state is Covered.FULLY
    assert [(each.named, each.why) for each in told.uncounted] == [("LSICM01", NotCounted.NO_STATEMENT_NAMED)]


def test_what_is_known_is_summed_apart_from_what_is_done_and_a_hundred_per_cent_is_all_of_it() -> None:
    both = Standard("TEA02", "x", statements=(*TEA.statements, Statement("K1", StatementKind.KNOWLEDGE, "leaves")))
    told = coverage(UNITS, [mapping("A", ("1.1", "TEA02 P1", ""))], (both,), KnownStandards.of([both]))
    assert [(each.kind, each.share) for each in told.shares] == [
        (StatementKind.PERFORMANCE, Share(fully=1, of=3)),
        (StatementKind.KNOWLEDGE, Share(of=1)),
    ]
    assert told.share == Share(fully=1, of=4)
    assert Share(fully=999, of=1000).percent == 99
    assert [each.statement.code for each in told.among(kind=StatementKind.KNOWLEDGE)] == ["K1"]


def test_a_function_is_covered_as_far_as_the_statements_of_its_standards_are() -> None:
    every = [("1.1", f"TEA01 P{number}", "") for number in (1, 2, 3)]
    for pairs, state in ((every, Covered.FULLY), (every[:1], Covered.PARTLY), ([], Covered.NOT)):
        assert covered(mapping("A", *pairs)).of_function(Function("A1", "Serve", ("TEA01",))).state is state
    assert covered().of_function(Function("A2", "Bake")).state is Covered.ELSEWHERE


def test_a_standard_that_a_function_names_twice_counts_once() -> None:
    assert covered().of_function(Function("A1", "Serve", ("TEA01", "TEA01"))).share == Share(of=3)


def test_a_function_of_whose_standards_one_is_not_here_is_never_covered() -> None:
    every = [("1.1", f"TEA01 P{number}", "") for number in (1, 2, 3)]
    told = covered(mapping("A", *every)).of_function(Function("A1", "Serve", ("TEA01", "CAKE01")))
    assert (told.state, told.missing) == (Covered.PARTLY, ("CAKE01",))
    assert covered().of_function(Function("A2", "Bake", ("CAKE01",))).state is Covered.UNKNOWN
