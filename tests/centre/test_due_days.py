"""Whose work is due: of whoever has the unit or the assignment, and is not done with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.due_days import Work
from markterm.domain.record.states import UnitState
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.words.errors import WrongUse
from tests.assignments import add_assignment, register
from tests.centres import make_centre_in, places_in

DAY = date(2999, 12, 4)


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    folder = make_centre_in(tmp_path / "centre")
    add_assignment(folder)
    register(folder, "AAA1", assignments="[T-IA]", units="[]")
    return Centre.open(folder, member="asha", places=places_in(tmp_path))


def _closed(row: CaseloadRow, *codes: str) -> CaseloadRow:
    closed = (each._replace(state=UnitState.CLOSED_PASS) if each.code in codes else each for each in row.units)
    return replace(row, units=tuple(closed))


def test_an_assignment_is_due_until_the_last_of_its_units_is_closed(centre: Centre) -> None:
    row = centre.caseload.refresh_one("AAA1")
    half = _closed(row, "T-101")
    assert centre.due_days.on([half], "T-IA") == [half]
    with pytest.raises(WrongUse, match="Nobody has it to do"):
        centre.due_days.on([_closed(row, "T-101", "T-102")], "T-IA")
    with pytest.raises(WrongUse, match="Nobody has it to do"):
        centre.due_days.on([half], "T-101")


def test_a_code_means_the_unit_or_else_the_assignment(centre: Centre) -> None:
    centre.due_days.set("AAA1", "101", DAY)
    centre.due_days.set("AAA1", "ia", DAY)
    assert set(centre.learners.portfolio("AAA1").portfolio.due_days) == {Work("T-101"), Work(assignment="T-IA")}
