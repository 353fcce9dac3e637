"""What is meant by the name of a standard, a suite or a statement."""

from __future__ import annotations

import pytest

from markterm.domain.assessed.known_standards import KnownStandards
from markterm.domain.assessed.standard import Standard, Statement, StatementKind, StatementLink
from markterm.domain.assessed.suite import Suite
from markterm.domain.standards.which_standard import WhichStandard
from markterm.domain.words.errors import WrongUse

_P1 = (Statement("P1", StatementKind.PERFORMANCE, "pour"),)


def _which(*codes: str) -> WhichStandard:
    standards = [Standard(code, code, "1.0", statements=_P1) for code in codes]
    standards.append(Standard(codes[0], codes[0], "2.0", statements=_P1))
    return WhichStandard(KnownStandards.of(standards), {"LSICM": Suite("LSICM", "Coaching")})


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("LSICM01", "LSICM01 (2.0)"),
        ("LSI CM01", "LSICM01 (2.0)"),
        ("lsicm01", "LSICM01 (2.0)"),
        ("lsi cm01 (1.0)", "LSICM01 (1.0)"),
        ("02", "LSICM02 (1.0)"),
        ("lsicm", "LSICM"),
    ],
)
def test_a_code_is_meant_as_it_is_printed(text: str, key: str) -> None:
    meant = _which("LSICM01", "LSICM02").target(text)
    assert (str(meant.key) if isinstance(meant, Standard) else meant.code) == key


def test_of_codes_that_differ_in_capitals_alone_the_one_is_meant_that_is_written_so() -> None:
    which = _which("TEA01", "Tea01")
    assert which.standard("Tea01").code == "Tea01"
    with pytest.raises(WrongUse, match="TEA01, Tea01"):
        which.standard("tea01")


def test_a_standard_is_meant_exactly_in_the_version_that_is_named() -> None:
    which = _which("TEA01")
    assert which.exactly("tea01", "1.0").version == "1.0"
    with pytest.raises(WrongUse, match="in version one that says none"):
        which.exactly("TEA01", "")


def test_a_statement_is_meant_by_its_code_in_small_letters_and_stays_as_it_is_where_it_is_none() -> None:
    which = _which("TEA01")
    assert which.link(StatementLink("tea01", "p1")) == StatementLink("TEA01", "P1")
    assert which.link(StatementLink("tea01", "p9")) == StatementLink("TEA01", "p9")
    assert which.link(StatementLink("coffee", "p1")) == StatementLink("coffee", "p1")


def test_a_suite_is_not_meant_in_a_version_that_it_does_not_have() -> None:
    with pytest.raises(WrongUse, match="in version 9"):
        _which("LSICM01").target("LSICM", "9")


def test_of_statements_that_differ_in_capitals_alone_none_is_guessed() -> None:
    statements = (*_P1, Statement("p1", StatementKind.PERFORMANCE, "wash"))
    which = WhichStandard(KnownStandards.of([Standard("TEA01", "T", "1", statements=statements)]), {})
    assert which.link(StatementLink("tea01", "P1")).statement == "P1"
    three = (*statements, Statement("Pa1", StatementKind.PERFORMANCE, "a"), Statement("pA1", StatementKind.SKILL, "b"))
    which = WhichStandard(KnownStandards.of([Standard("TEA01", "T", "1", statements=three)]), {})
    assert which.link(StatementLink("TEA01", "PA1")).statement == "PA1"
