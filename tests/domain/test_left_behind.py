"""What those who left a centre still have to do."""

from __future__ import annotations

from markterm.domain.record.states import UnitState
from markterm.domain.views.caseload import CaseloadRow, UnitProgress
from markterm.domain.views.due import Owed, Step
from markterm.domain.views.left_behind import LeftBehind, left_behind
from markterm.domain.views.to_verify import ToVerify


def row(*owed: Owed, given_to: str = "") -> CaseloadRow:
    samples = (ToVerify(Step.VERIFY, None, "asha", ("asha",), verifier=given_to),)
    unit = UnitProgress("T-101", UnitState.CLOSED_PASS, 1, 1, 1, owed=owed, to_verify=samples)
    return CaseloadRow("AAA1", "AAA1", "Rosalind Jones", units=(unit,))


def test_actions_samples_and_observations_of_who_is_no_member_any_more_are_counted() -> None:
    rows = [row(Owed(Step.ACT, "ben"), Owed(Step.ACT, "asha"), given_to="omar"), row(given_to="")]
    assert left_behind(rows, {"asha", "ines"}, ["ben", "ines"], ["omar"]) == (
        LeftBehind("ben", actions=2),
        LeftBehind("omar", samples=1, observations=1),
    )
    assert left_behind(rows, {"asha", "ines", "ben", "omar"}, ["ben"], []) == ()
    assert LeftBehind("ben", 2, 1).words == "2 actions, 1 sample"


def test_what_only_came_back_to_somebody_is_no_action_of_theirs() -> None:
    assert left_behind([row(Owed(Step.SETTLE, "ben"))], {"asha"}, [], []) == ()
