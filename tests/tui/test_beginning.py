"""What is said of where a learner was opened."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from markterm.domain.views.due import Due, Person, Step
from markterm.domain.views.where_to_begin import Beginning, Why
from markterm.tui.marking.beginning import said_of

THREE_DAYS_AGO = datetime.now(UTC) - timedelta(days=3, hours=1)


def due(step: Step, since: datetime | None = THREE_DAYS_AGO) -> Due:
    return Due(step, Person.ASSESSOR, since)


_TO_CLOSE = Beginning("500", "1.1", Why.NEXT_STEP, due(Step.CLOSE))


def test_what_is_not_declared_is_declared_before_it_is_closed() -> None:
    begin = Beginning("501", "1.1", Why.NEXT_STEP, due(Step.CLOSE))
    assert said_of(begin, is_declared=False) == (
        "501 waits for the learner's declaration: D records it, then F closes the unit."
    )
    released = begin._replace(due=due(Step.RELEASE))
    assert said_of(released, is_declared=False) == "501 waits for you to release its feedback: f."


@pytest.mark.parametrize(
    ("begin", "said"),
    [
        (Beginning("501", "1.1", Why.SUBMITTED, due(Step.MARK)), ""),
        (
            Beginning("501", "1.1", Why.SUBMITTED, due(Step.MARK), passed_over=True),
            "Opened at 501: handed in, waits 3 days.",
        ),
        (
            Beginning("501", "1.1", Why.RESUBMITTED, due(Step.MARK), passed_over=True),
            "Opened at 501: resubmitted, waits 3 days.",
        ),
        (Beginning("501", "1.1", Why.OPEN, due(Step.MARK), passed_over=True), "Opened at 501: begun, waits 3 days."),
        (Beginning("501", "1.1", Why.OPEN, due(Step.MARK, None), passed_over=True), ""),
        (
            Beginning("501", "1.1", Why.OPEN, due(Step.MARK, None), longer=_TO_CLOSE),
            "Opened at 501, to mark. 500 waits longer for you to close it: g goes there.",
        ),
        (
            Beginning("502", "1.1", Why.OPEN, due(Step.MARK), passed_over=True, longer=_TO_CLOSE),
            "Opened at 502: begun, waits 3 days. 500 waits longer for you to close it: g goes there.",
        ),
        (
            Beginning("501", "1.2", Why.SETTLE, due(Step.SETTLE), passed_over=True),
            "Opened at 501 1.2: it waits to be settled.",
        ),
        (Beginning("501", "1.2", Why.CAME_BACK, due(Step.SETTLE), passed_over=True), ""),
        (Beginning("501", "1.1", Why.NEXT_STEP, due(Step.CLOSE)), "501 waits for you to close it: F."),
        (Beginning("501", "1.1", Why.NEXT_STEP, due(Step.RELEASE)), "501 waits for you to release its feedback: f."),
        (Beginning("501", "1.1", Why.NEXT_STEP, due(Step.ACKNOWLEDGE)), "501 waits for you to read its report: V."),
        (Beginning("501", "1.1", Why.FIRST), ""),
    ],
)
def test_it_is_said_why_where_that_is_not_seen(begin: Beginning, said: str) -> None:
    import markterm.tui.marking.all_commands  # noqa: F401  # whose keys are named

    assert said_of(begin) == said
