"""What a member has to do since their work was verified: who owes what, and how it is counted."""

from __future__ import annotations

from datetime import date, timedelta

from markterm.domain.record.states import UnitState
from markterm.domain.views.caseload import CaseloadRow, UnitProgress
from markterm.domain.views.due import Owed, Step
from markterm.domain.views.yours import Yours, yours

TODAY = date(2026, 3, 16)
LATE = TODAY - timedelta(days=1)


def row(*owed: Owed) -> CaseloadRow:
    return CaseloadRow("A", "A", "Ann", units=(UnitProgress("T-101", UnitState.CLOSED_PASS, 3, 3, 3, owed=owed),))


def test_what_came_back_is_counted_by_units_and_actions_one_by_one() -> None:
    rows = (
        row(Owed(Step.SETTLE, "asha", "1.1"), Owed(Step.SETTLE, "asha", "1.2"), Owed(Step.ACT, "asha", "1.1", LATE)),
        row(Owed(Step.SETTLE, "ben"), Owed(Step.ACT, "asha", "", TODAY), Owed(Step.ACT, "ben", "", LATE)),
        row(Owed(Step.ACKNOWLEDGE, "asha")),
        row(),
    )
    own = yours(rows, "asha", TODAY)
    assert own == Yours(came_back=1, actions=2, overdue=1, reports=1)
    assert own.parts == ("1 action overdue", "1 came back", "1 action to do", "1 report to read")
    assert yours(rows, "ben", TODAY).parts == ("1 action overdue", "1 came back")
    assert yours(rows, "ines", TODAY).parts == ()
