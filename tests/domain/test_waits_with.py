"""Who comes next with a unit."""

from __future__ import annotations

import pytest

from markterm.domain.record.states import UnitState
from markterm.domain.views.caseload import CaseloadRow, UnitProgress
from markterm.domain.views.due import Due, Owed, Person, Step
from markterm.domain.views.waits_with import next_with_unit

MARK, CLOSE, SETTLE = (
    Due(Step.MARK, Person.ASSESSOR),
    Due(Step.CLOSE, Person.ASSESSOR),
    Due(Step.SETTLE, Person.ASSESSOR),
)
RELEASE, VERIFY = Due(Step.RELEASE, Person.ASSESSOR), Due(Step.VERIFY, Person.VERIFIER)
SUBMIT = Due(Step.SUBMIT, Person.LEARNER)
BACK_TO_BEN = (Owed(Step.SETTLE, "ben", "1.2"),)


def learner(name: str, *due: Due, code: str = "501", owed: tuple[Owed, ...] = (), conflicts: int = 0) -> CaseloadRow:
    unit = UnitProgress(code, UnitState.MARKING, 0, 0, 3, due, conflicts, owed=owed)
    return CaseloadRow(name, name, name, ("C",), (UnitProgress("500", UnitState.MARKING, 0, 0, 3, (MARK,)), unit))


def following(rows: list[CaseloadRow], after: str) -> str:
    found = next_with_unit(rows, after, "501", "asha")
    return found.registration if found is not None else ""


HERE = learner("here", MARK)


@pytest.mark.parametrize(
    ("others", "found"),
    [
        ([learner("a", MARK), learner("b", MARK)], "a"),
        ([learner("a"), learner("b", MARK)], "b"),
        ([learner("a", MARK, code="502"), learner("b", CLOSE)], "b"),
        ([learner("a", VERIFY), learner("b", SETTLE)], "b"),
        ([learner("a", MARK, SUBMIT), learner("b", MARK)], "b"),
        ([learner("a", RELEASE), learner("b", MARK, SUBMIT)], "b"),
        ([learner("a", VERIFY), learner("b", RELEASE)], "b"),
        ([learner("a", SETTLE, owed=BACK_TO_BEN), learner("b", RELEASE)], "b"),
        ([learner("a", SETTLE, owed=BACK_TO_BEN, conflicts=1)], "a"),
        ([learner("a", VERIFY), learner("b", SUBMIT)], ""),
        ([learner("a", MARK, SUBMIT), learner("b", CLOSE)], "b"),
        ([learner("a", MARK, SUBMIT), learner("b", MARK, SUBMIT)], "a"),
        ([learner("a", RELEASE), learner("b", RELEASE)], "a"),
        ([], ""),
    ],
)
def test_the_next_is_who_waits_for_the_assessor_with_that_unit(others: list[CaseloadRow], found: str) -> None:
    assert following([HERE, *others], "here") == found
    assert following([*others, HERE], "here") == found, "round again"


def test_after_the_last_comes_the_first() -> None:
    rows = [learner("a", MARK), learner("b", MARK), learner("c", MARK)]
    assert [following(rows, each) for each in "abc"] == ["b", "c", "a"]


def test_from_who_is_not_in_the_list_one_goes_to_the_first() -> None:
    assert following([learner("a", MARK), learner("b", MARK)], "gone") == "a"


def test_a_report_is_read_by_those_to_whom_it_is() -> None:
    report, to_ben = Due(Step.ACKNOWLEDGE, Person.ASSESSOR), (Owed(Step.ACKNOWLEDGE, "ben"),)
    rows = [HERE, learner("a", report, owed=to_ben)]
    assert next_with_unit(rows, "here", "501", "ben") is rows[1]
    assert next_with_unit(rows, "here", "501", "asha") is None


def test_what_came_back_is_next_for_whoever_decided_it() -> None:
    rows = [HERE, learner("a", SETTLE, owed=BACK_TO_BEN)]
    ben, asha = (next_with_unit(rows, "here", "501", who) for who in ("ben", "asha"))
    assert ben is rows[1]
    assert asha is None
