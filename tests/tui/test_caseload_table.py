"""The caseload's table: which columns there are at which width, and what stands in them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from markterm.domain.record.states import UnitState, VerificationState
from markterm.domain.views.caseload import CaseloadRow, QualificationCredits, UnitProgress
from markterm.domain.views.due import Due, Person, Step
from markterm.tui.caseload.table import CaseloadTable

ROW = CaseloadRow(
    "AAA1",
    "AAA1",
    "Rosalind Jones",
    ("8580-CERT", "8580-DIP", "8580-LOST"),
    credits=(QualificationCredits("8580-CERT", 13, 13, True), QualificationCredits("8580-DIP", 8, 37, False)),
)


def drawn(width: int, row: CaseloadRow = ROW) -> str:
    """The row's line at that width."""
    table = CaseloadTable()
    table.rows = (row,)
    return "".join(text for text, _ in table.line(0, width))


def test_a_wide_table_has_the_credits_of_the_first_qualification() -> None:
    assert " 8580-CERT 13/13 " in drawn(100)
    assert "8580-DIP" not in drawn(100)


def test_a_wider_table_has_those_of_two() -> None:
    assert " 8580-CERT 13/13 ✓, 8580-DIP 8/37" in drawn(160)


def test_a_narrow_table_has_no_qualifications() -> None:
    assert "8580" not in drawn(80)


def test_a_qualification_without_a_sheet_is_named_without_credits() -> None:
    row = CaseloadRow("AAA1", "AAA1", "R", ("8580-LOST",))
    assert row.progress == ("8580-LOST",)
    assert " 8580-LOST " in drawn(100, row)


@pytest.mark.parametrize("width", [80, 99, 100, 119, 120, 149, 150, 200])
def test_the_header_and_the_line_are_as_wide_as_the_table(width: int) -> None:
    assert len(CaseloadTable().header(width)) <= width
    assert len(drawn(width)) <= width


@pytest.mark.parametrize(
    ("more", "sign"),
    [
        ({}, "✓"),
        ({"due": (Due(Step.RESOLVE, Person.COORDINATOR, None),)}, "!"),
        ({"verification": VerificationState.NOT_AGREED}, "!"),
        ({"verification": VerificationState.STALE}, "≠"),
    ],
)
def test_a_unit_that_a_case_is_open_on_or_whose_verification_is_stale_bears_no_sign_of_a_pass(
    more: dict[str, Any], sign: str
) -> None:
    unit = UnitProgress("8580-501", UnitState.CLOSED_PASS, 3, 3, 3, **more)
    assert f"501{sign}" in drawn(100, replace(ROW, units=(unit,))).replace(" ", "")
