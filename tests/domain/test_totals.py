"""What a list of learners comes to for whoever acts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from markterm.domain.assessed.member import Member, Role
from markterm.domain.record.states import UnitState
from markterm.domain.views.caseload import CaseloadRow, UnitProgress
from markterm.domain.views.due import Due, Owed, Person, Step
from markterm.domain.views.to_verify import ToVerify
from markterm.domain.views.totals import shown_of, waits_for_you

NOW = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)
LONG, SHORT = NOW - timedelta(days=7), NOW - timedelta(days=6, hours=23)
ASHA = Member("asha", "Asha", frozenset({Role.ASSESSOR}), units=frozenset({"8580-501"}))
INES = Member("ines", "Inês", frozenset({Role.VERIFIER}))
CAROL = Member("carol", "Carol", frozenset({Role.COORDINATOR}))


def learner(
    name: str, *due: Due, assessor: str = "asha", owed: tuple[Owed, ...] = (), verifier: str | None = None
) -> CaseloadRow:
    steps = (ToVerify(Step.VERIFY, LONG, "asha", ("asha",), verifier=verifier),) if verifier is not None else ()
    unit = UnitProgress("8580-501", UnitState.MARKING, 2, 2, 7, due, owed=owed, to_verify=steps)
    return CaseloadRow(name, name, name, units=(unit,), assessor=assessor)


def mark(since: datetime | None) -> Due:
    return Due(Step.MARK, Person.ASSESSOR, since)


VERIFY = Due(Step.VERIFY, Person.VERIFIER, LONG)
ROWS = (
    learner("ann", mark(LONG)),
    learner("bob", mark(SHORT)),
    learner("cas", mark(None)),
    learner("dee", mark(LONG), assessor="ben"),
    learner("eve", mark(LONG), assessor=""),
    learner("fay", VERIFY, verifier=""),
    learner("gus", VERIFY, verifier="ines"),
    learner("hal", VERIFY, verifier="viktor"),
    learner("ivy", Due(Step.ACT, Person.OWNER, SHORT), owed=(Owed(Step.ACT, "asha"),)),
    learner("jon", Due(Step.ACKNOWLEDGE, Person.ASSESSOR, LONG), owed=(Owed(Step.ACKNOWLEDGE, "ben"),)),
    learner("kit", Due(Step.RESUBMIT, Person.LEARNER, LONG)),
    learner("lea", Due(Step.CLAIM, Person.COORDINATOR, LONG)),
    CaseloadRow("max", "max", "max", problem="Too big"),
)


@pytest.mark.parametrize(
    ("member", "told"),
    [
        (ASHA, "5 wait for you, 2 for a week or longer"),
        (INES, "2 wait for you, 2 for a week or longer"),
        (CAROL, "2 wait for you, 1 for a week or longer"),
        (Member("tim", "Tim", frozenset({Role.TUTOR})), ""),
    ],
    ids=lambda value: value.id if isinstance(value, Member) else "",
)
def test_everybody_is_told_what_waits_for_them_and_not_for_others(member: Member, told: str) -> None:
    assert waits_for_you(ROWS, member, NOW).in_words(ROWS) == told


def test_a_unit_that_an_assessor_may_not_mark_does_not_wait_for_them() -> None:
    new = Member("asha", "Asha", frozenset({Role.ASSESSOR}), units=frozenset({"8580-500"}))
    assert waits_for_you(ROWS, new, NOW).in_words(ROWS) == "1 waits for you", "an action is whoever's it was given to"
    learning = Member("asha", "Asha", frozenset({Role.ASSESSOR}), training=frozenset({"8580-501"}))
    assert waits_for_you(ROWS, learning, NOW) == waits_for_you(ROWS, ASHA, NOW)


def test_of_the_rows_that_are_shown_alone() -> None:
    waits = waits_for_you(ROWS, ASHA, NOW)
    assert waits.in_words(ROWS[1:2]) == "1 waits for you"
    assert waits.in_words(ROWS[3:4]) == ""


def test_new_files_are_told_to_the_assessor_for_whom_their_learner_waits() -> None:
    rows = [replace(row, new=3) for row in ROWS]
    assert waits_for_you(rows, ASHA, NOW).in_words(rows) == "5 wait for you, 2 for a week or longer, 4 with new files"
    assert "new" not in waits_for_you(rows, INES, NOW).in_words(rows)


def test_how_many_are_shown_of_how_many() -> None:
    assert [shown_of(*each) for each in ((1, 1), (16, 16), (1, 16), (0, 1), (1200, 12000))] == [
        "1 learner",
        "16 learners",
        "1 of 16 learners",
        "0 of 1 learner",
        "1,200 of 12,000 learners",
    ]
