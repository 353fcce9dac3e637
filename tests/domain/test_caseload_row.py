"""What a row of the caseload says of its units together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.policy import Policy
from markterm.domain.record.bodies.developing import CpdDone, CpdPlanned, CpdStep
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.portfolio import fold
from markterm.domain.record.states import UnitState
from markterm.domain.views.caseload import CaseloadRow, UnitProgress, cpd_told
from markterm.domain.views.caseload_filter import filter_rows
from markterm.domain.views.caseload_row import caseload_row
from markterm.domain.views.due import TO_MEND, Due, Person, Step, in_turn
from markterm.domain.views.waiting import NOTHING_SPECIAL
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


def test_cpd_is_overdue_behind_its_day_and_until_it_is_done_or_dropped() -> None:
    day = date(2026, 3, 16)
    planned = CpdPlanned(CpdStep.PLANNED, "A course", "at a college", day - timedelta(days=1))
    events = [_cpd("p1", planned), _cpd("p2", planned), _cpd("p3", replace(planned, by=day)), _cpd("p4", planned)]
    events.append(_cpd("d2", CpdDone("A course", day, "", "p2"), Kind.CPD_DONE))
    events.append(_cpd("x4", replace(planned, step=CpdStep.DROPPED, item="p4"), of=("p4",)))
    found = caseload_row("AAA1", Learner("AAA1", "Rosalind Jones"), (), fold(events), Policy(), NOTHING_SPECIAL)
    assert (found.cpd_overdue(day), cpd_told(found.cpd_overdue(day))) == (1, "1 item of CPD overdue")
    assert found.cpd_overdue(day + timedelta(days=1)) == 2
    assert filter_rows([found], "waiting:cpd", day) == [found]
    assert filter_rows([found], "waiting:cpd", day - timedelta(days=1)) == []
    assert filter_rows([found], "-waiting:cpd", day) == []


def _cpd(uid: str, said: CpdPlanned | CpdDone, kind: Kind = Kind.CPD_PLANNED, of: tuple[str, ...] = ()) -> Event:
    return Event(uid, kind.value, "AAA1", AT, "asha", "assessor", Subject(), said.write(), of)
