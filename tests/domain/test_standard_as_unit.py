from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.known_standards import KnownStandards
from markterm.domain.assessed.mapping import mapped_in
from markterm.domain.assessed.standard import Standard, Statement, StatementKind, StatementLink
from markterm.domain.assessed.standard_as_unit import as_unit

FRAMEWORK = Standard(
    "ST0042",
    "Mentor",
    "1.2",
    overview="Who helps others learn.",
    statements=(
        Statement("D1", StatementKind.DUTY, "Plan sessions"),
        Statement("K1", StatementKind.KNOWLEDGE, "limits of the role"),
        Statement("S1", StatementKind.SKILL, "agree goals"),
        Statement("K2", StatementKind.KNOWLEDGE, "ways to ask"),
        Statement("B1", StatementKind.BEHAVIOUR, "is fair"),
    ),
    to_check=("S1: a word may be split",),
)


def test_each_kind_that_is_asked_is_an_outcome_without_a_number_and_each_statement_a_criterion() -> None:
    unit = as_unit(FRAMEWORK)
    assert [(each.heading(each.title), [c.number for c in each.criteria]) for each in unit.outcomes] == [
        ("Knowledge", ["K1", "K2"]),
        ("Skills", ["S1"]),
        ("Behaviours", ["B1"]),
    ]
    assert len({each.number for each in unit.outcomes}) == 3
    assert (unit.code, unit.version, unit.level, unit.credit) == ("ST0042", "1.2", None, None)


def test_the_headings_that_statements_are_published_under_are_kept() -> None:
    statements = (
        Statement("P1", StatementKind.PERFORMANCE, "a", under="Before"),
        Statement("P2", StatementKind.PERFORMANCE, "b", under="After"),
        Statement("P3", StatementKind.PERFORMANCE, "c", under="Before"),
    )
    unit = as_unit(Standard("A", "A", statements=statements))
    assert [(each.title, [c.number for c in each.criteria]) for each in unit.outcomes] == [
        ("Performance criteria: Before", ["P1", "P3"]),
        ("Performance criteria: After", ["P2"]),
    ]


def test_it_is_not_claimable_in_its_title_and_its_duties_and_what_is_to_check_are_guidance() -> None:
    unit = as_unit(FRAMEWORK)
    assert unit.title == "Mentor (a standard, not claimable)"
    assert unit.is_standard
    for told in ("no qualification", "Who helps others learn.", "- D1 Plan sessions", "S1: a word may be split"):
        assert told in unit.guidance


def test_a_standard_with_errors_is_a_unit_that_nobody_marks_from() -> None:
    assert as_unit(Standard("A", "A", faulty=True)).faulty
    assert not as_unit(FRAMEWORK).faulty


@given(st.sampled_from(["", "1.0", "2021 (v2)"]), st.lists(st.sampled_from(list(StatementKind)), max_size=8))
def test_each_criterion_evidences_its_own_statement_in_its_own_version_and_duties_none(
    version: str, kinds: list[StatementKind]
) -> None:
    statements = tuple(Statement(f"X{n}", kind, "x") for n, kind in enumerate(kinds))
    standard = Standard("ST 1", "x", version, statements=statements)
    links = {each.criterion: each.link for each in mapped_in(as_unit(standard), (), KnownStandards())}
    asked = {each.code for each in statements if each.kind.is_asked}
    assert links == {code: StatementLink("ST 1", code, version) for code in asked}
