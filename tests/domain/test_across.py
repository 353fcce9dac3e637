"""One criterion across learners: who waits, and what was decided for the others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from markterm.domain.record.decision import Decision
from markterm.domain.record.event import Result
from markterm.domain.record.states import CriterionState
from markterm.domain.views.across import Across, Stand, tally
from markterm.domain.views.caseload import CaseloadRow

MORNING = datetime(2026, 3, 4, 9, tzinfo=UTC)
OPEN, CONFLICT, AGAIN = CriterionState.OPEN, CriterionState.CONFLICT, CriterionState.RESUBMITTED


def made(result: Result, hours: int, note: str = "") -> Decision:
    """A decision so many hours into the morning."""
    return Decision("uid", result, note, "asha", MORNING + timedelta(hours=hours), 1, "", ())


def stand(name: str, state: CriterionState, hours: int | None = None, decision: Decision | None = None) -> Stand:
    """Where it stands for that learner, whose unit waits since so many hours into the morning."""
    since = None if hours is None else MORNING + timedelta(hours=hours)
    return Stand(CaseloadRow(name, name, name.title()), state, decision, since=since)


def names(stands: tuple[Stand, ...]) -> list[str]:
    """Whose they are."""
    return [each.registration for each in stands]


def test_nobody_has_to_decide_of_who_left_and_how_it_was_decided_for_them_remains() -> None:
    away = CaseloadRow("away", "away", "Away", left="left on 2026-03-02")
    across = Across((Stand(away, OPEN), Stand(away, AGAIN, made(Result.REFER, 1)), stand("here", OPEN)))
    assert names(across.waiting) == ["here"]
    assert names(across.decided) == ["away"]


def test_whoever_waits_longest_comes_first_and_the_others_in_the_order_of_the_caseload() -> None:
    across = Across(
        (
            stand("new", OPEN),
            stand("late", OPEN, 9),
            stand("clash", CONFLICT, 2),
            stand("also new", OPEN),
            stand("again", AGAIN, 1, made(Result.REFER, 0)),
            stand("done", CriterionState.PASS, 0, made(Result.PASS, 0)),
        )
    )
    assert names(across.waiting) == ["again", "clash", "late", "new", "also new"]


def test_in_a_closed_unit_nothing_waits() -> None:
    closed = Stand(CaseloadRow("a", "a", "A"), OPEN, closed=True)
    assert not closed.waits
    assert Across((closed,)).waiting == ()


def test_earlier_decisions_come_newest_first_without_those_of_the_learner_who_is_being_marked() -> None:
    across = Across(
        (
            stand("a", CriterionState.PASS, 1, made(Result.PASS, 1)),
            stand("b", CriterionState.REFER, 3, made(Result.REFER, 3)),
            stand("c", AGAIN, 9, made(Result.REFER, 2)),
            stand("d", OPEN, 9),
        )
    )
    assert names(across.decided) == ["b", "c", "a"]
    assert names(across.others("b")) == ["c", "a"]
    assert tally(across.decided, gates=True) == "1 pass, 2 refer"
    assert tally((), gates=True) == "0 pass, 0 refer"
