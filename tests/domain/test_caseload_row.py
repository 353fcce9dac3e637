"""What a row of the caseload says of its units together."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.record.states import UnitState
from markterm.domain.views.caseload import CaseloadRow, UnitProgress
from markterm.domain.views.due import TO_MEND, Due, Person, Step, in_turn
from tests.samples import AT

_SINCE = st.none() | st.integers(0, 3).map(lambda days: AT + timedelta(days=days))
_DUE = st.lists(st.builds(Due, st.sampled_from(Step), st.sampled_from(Person), _SINCE), max_size=3).map(in_turn)


def row(*due: tuple[Due, ...]) -> CaseloadRow:
    units = (UnitProgress(f"T-{number}", UnitState.MARKING, 0, 0, 3, each) for number, each in enumerate(due))
    return CaseloadRow("AAA1", "AAA1", "Rosalind Jones", units=tuple(units))


@given(st.lists(_DUE, min_size=1, max_size=4))
def test_what_is_next_is_what_waits_longest_in_any_unit(due: list[tuple[Due, ...]]) -> None:
    found = row(*due)
    assert found.next == (found.due[0] if found.due else None)
    assert found.since == (found.due[0].since if found.due else None)


def test_whoever_is_on_no_unit_is_mended() -> None:
    assert (row().next, row().due) == (TO_MEND, (TO_MEND,))
