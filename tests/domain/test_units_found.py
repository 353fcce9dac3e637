"""A learner's unit, found by a few letters of both."""

from __future__ import annotations

import pytest

from markterm.domain.record.states import UnitState
from markterm.domain.views.caseload import CaseloadRow, UnitProgress
from markterm.domain.views.units_found import units_found, units_of

UNITS = tuple(UnitProgress(code, UnitState.NOT_STARTED, 0, 0, 3) for code in ("8580-501", "8580-502"))
ROWS = [
    CaseloadRow("CCC3", "CCC3", "Zoé Núñez", units=UNITS),
    CaseloadRow("AAA1", "AAA1", "Rosalind Jones", units=UNITS),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["AAA1 8580-501", "AAA1 8580-502", "CCC3 8580-501", "CCC3 8580-502"]),
        ("jon 501", ["AAA1 8580-501"]),
        ("502 zoe", ["CCC3 8580-502"]),
        ("ccc", ["CCC3 8580-501", "CCC3 8580-502"]),
        ("jon zoe", []),
    ],
)
def test_every_word_is_looked_for_in_learner_and_unit(text: str, expected: list[str]) -> None:
    assert [" ".join(each.key) for each in units_found(units_of(ROWS), text)] == expected


def test_a_learner_who_is_marked_blind_is_found_by_the_label_alone() -> None:
    every = units_of([ROWS[0].under("Learner 7")])
    assert units_found(every, "zoe") == units_found(every, "ccc3") == []
    assert [each.who for each in units_found(every, "learner 501")] == ["Learner 7"]
