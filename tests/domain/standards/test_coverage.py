from __future__ import annotations

from markterm.domain.assessed.known_standards import KnownStandards
from markterm.domain.assessed.mapping import Mapped, Strength, UnitMapping
from markterm.domain.assessed.standard import Standard, Statement, StatementKind, StatementLink
from markterm.domain.assessed.suite import Function
from markterm.domain.assessed.unit import Criterion, LearningOutcome, Unit
from markterm.domain.standards.coverage import Coverage, Covered, coverage


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
    assert [each.statement.code for each in told.twice] == ["P1"]
    assert [each.criterion for each in told.statements[0].of_unit(UNITS[0].key)] == ["1.1", "1.2"]


def test_parts_do_not_make_a_whole_and_what_was_turned_down_covers_nothing() -> None:
    link = StatementLink("TEA01", "P1")
    pairs = [Mapped("1.1", link, Strength.PARTLY), Mapped("1.2", link, Strength.PARTLY)]
    assert covered(UnitMapping("A", mapped=tuple(pairs))).statements[0].state is Covered.PARTLY
    assert covered(UnitMapping("A", mapped=(Mapped("1.1", link, Strength.NOT),))).statements[0].state is Covered.NOT


def test_a_mapping_to_one_version_covers_nothing_of_another() -> None:
    told = covered(mapping("A", ("1.1", "TEA01 P1", ""), ("1.2", "TEA01 P2", "2")), standards=(NEWER,))
    assert [each.state for each in told.statements] == [Covered.NOT, Covered.FULLY]


def test_a_statement_that_is_not_there_is_told_and_counts_for_nothing() -> None:
    told = covered(mapping("A", ("1.1", "TEA01 P9", ""), ("1.2", "ELSE01 P1", "")))
    assert [str(each.mapped.link) for each in told.in_vain] == ["TEA01 P9"]
    assert told.in_state(Covered.NOT) == told.statements


def test_a_function_is_covered_as_far_as_the_statements_of_its_standards_are() -> None:
    every = [("1.1", f"TEA01 P{number}", "") for number in (1, 2, 3)]
    for pairs, state in ((every, Covered.FULLY), (every[:1], Covered.PARTLY), ([], Covered.NOT)):
        assert covered(mapping("A", *pairs)).of_function(Function("A1", "Serve", ("TEA01",))) is state
    assert covered().of_function(Function("A2", "Bake", ("CAKE01",))) is Covered.ELSEWHERE
