"""What was planned, looked at and not agreed, and what the rules asked and got."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from markterm.domain.record.bodies.planning import Planned, PlannedRule, PlannedSample
from markterm.domain.record.plans import Adopted, StandingPlan, StandingSample
from markterm.domain.record.states import VerificationState
from markterm.domain.reports.asked import Asked, Axis
from markterm.domain.reports.planned import planned
from markterm.domain.reports.report import Report
from markterm.domain.sampling.assessed_unit import Answered, AssessedUnit
from markterm.domain.sampling.table import Counts, PlanRow, Table, Where
from tests.domain.reports.records import rows
from tests.samples import AT

BEGINS, ENDS, DUE = date(2026, 9, 1), date(2027, 8, 31), date(2026, 10, 12)
RULES = (
    PlannedRule("at least 2 assessed by asha", 2, 9, 2),
    PlannedRule("at least 2 assessed by ben", 2, 1, 1, "there are only 1"),
)
ADOPTED = Adopted("u", "ines", AT, Planned(BEGINS, ENDS, "s", BEGINS, rules=RULES))
PLAN = StandingPlan(BEGINS, ENDS, (ADOPTED,))
PERIOD = Asked((Axis.PERIOD,))


def row(
    learner: str, where: Where, assessor: str = "asha", *, actual: date | None = None, unit: str = "501"
) -> PlanRow:
    sample = StandingSample(PlannedSample(learner, unit, verifier="ines", assessor=assessor, due=DUE))
    answered = Answered(actual, "omar", VerificationState.AGREED) if actual is not None else None
    assessed = AssessedUnit(
        learner, unit, "", assessor, (assessor,), ((assessor, BEGINS),), BEGINS, "pass", answered=answered
    )
    return PlanRow(sample, where, DUE, assessed, actual)


ROWS = (
    row("AAA1", Where.AGREED, actual=DUE),
    row("BBB2", Where.NOT_AGREED, "ben", actual=DUE + timedelta(1)),
    row("CCC3", Where.OVERDUE, "ben"),
    row("DDD4", Where.NOT_CLOSED, unit="503"),
    row("EEE5", Where.STALE, actual=DUE),
)


def report(asked: Asked = PERIOD, every: tuple[PlanRow, ...] = ROWS) -> Report:
    return planned([(PLAN, Table(every, "None of it is proved.", Counts(0, 0, 0, 0)))], asked, str.upper)


def figures(asked: Asked, *names: str) -> list[tuple[object, ...]]:
    return [tuple(each[name] for name in names) for each in rows(report(asked))]


def test_what_was_planned_is_told_apart_by_what_became_of_it() -> None:
    names = ("planned", "looked_at", "on_time", "late", "overdue", "not_agreed", "stale", "not_closed")
    assert figures(PERIOD, *names) == [(5, 2, 1, 1, 1, 1, 1, 1)]
    by = Asked((Axis.ASSESSOR,))
    assert figures(by, "assessor", "assessor_name", *names[:5]) == [
        ("asha", "ASHA", 3, 1, 1, 0, 0),
        ("ben", "BEN", 2, 1, 0, 1, 1),
    ]


def test_what_the_drawn_part_proves_is_said_of_a_whole_period_and_of_nothing_less() -> None:
    assert [each.said for each in report().rows] == ["None of it is proved."]
    for asked in (replace(PERIOD, assessor="ben"), replace(PERIOD, since=BEGINS), Asked((Axis.ASSESSOR,))):
        assert not any(each.said for each in report(asked).rows)


def test_who_looked_at_it_is_its_verifier_and_before_whoever_is_to() -> None:
    assert figures(Asked((Axis.VERIFIER,)), "verifier", "planned") == [("ines", 2), ("omar", 3)]


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        (replace(PERIOD, assessor="ben"), 2),
        (replace(PERIOD, verifier="ines"), 2),
        (replace(PERIOD, unit="503"), 1),
        (replace(PERIOD, since=DUE + timedelta(1)), 0),
    ],
)
def test_only_what_is_asked_for_is_counted(asked: Asked, count: int) -> None:
    told = report(asked)
    assert sum(int(str(each["planned"])) for each in rows(told)) == count
    assert len(list(told.behind())) == count == sum(len(list(each.behind())) for each in told.rows)


def test_behind_a_figure_are_the_samples_with_where_they_stand() -> None:
    (told,) = (each for each in report().behind() if each.learner == "BBB2")
    assert (told.unit.code, told.on, told.by) == ("501", DUE + timedelta(1), "omar")
    assert told.what == "not agreed, late: due 2026-10-12"


def test_by_rule_it_is_told_what_each_asked_and_got_and_why_fewer() -> None:
    told = report(Asked((Axis.RULE,)))
    assert [(each["asked"], each["of"], each["got"], each["lacking"]) for each in rows(told)] == [
        (2, 9, 2, 0),
        (2, 1, 1, 1),
    ]
    assert [each.said for each in told.rows] == ["", "there are only 1"]
    assert told.warnings == ()
    (said,) = report(Asked((Axis.RULE,), unit="503")).warnings
    assert said == "Rules are asked of whole plans: nothing else that was asked for narrows them."


def test_without_a_plan_and_of_what_is_gone_that_is_said() -> None:
    assert planned((), PERIOD, str).warnings == ("No sampling plan was adopted: nothing was planned.",)
    gone = replace(ROWS[2], where=Where.NOT_THERE, unit=None)
    told = report(PERIOD, (gone,))
    assert told.warnings == ("1 planned of whoever left or is not there any more, or in which nothing is decided.",)
    assert [each.learner for each in told.behind()] == ["CCC3"]
