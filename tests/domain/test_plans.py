"""Plans as the centre's record tells them: adopted, changed by hand, and by two who had not seen each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest

from markterm.domain.assessed.member import Member, Role
from markterm.domain.record.bodies.planning import PlanChange, PlanChanged, Planned, PlannedSample
from markterm.domain.record.event import CENTRE, Event, Kind
from markterm.domain.record.plans import PlannedDays, StandingPlan, plan_on, plans_of, usual_period
from markterm.domain.rules.act import Act
from markterm.domain.rules.planning import adopt, change, check_period
from markterm.domain.words.errors import Refused, WrongUse
from tests.samples import ASSESSOR, VERIFIER

BEGINS, ENDS = date(2026, 9, 1), date(2027, 8, 31)
EMPTY = StandingPlan(BEGINS, ENDS)
AT = datetime(2026, 9, 14, 9, tzinfo=UTC)
OTHER = Member("omar", "Omar Aziz", frozenset({Role.VERIFIER}))


def planned(*samples: PlannedSample) -> Planned:
    return Planned(BEGINS, ENDS, "s", date(2026, 9, 14), samples=samples, drawn_from=9)


def sample(learner: str, **more: object) -> PlannedSample:
    return PlannedSample(learner, "T-101", ("a rule",), "chosen", due=date(2026, 10, 12), **more)  # type: ignore[arg-type]  # as it takes them


def changed(what: PlanChange, learner: str = "AAA1", **more: object) -> PlanChanged:
    return PlanChanged(BEGINS, ENDS, learner, "T-101", what, "a reason", **more)  # type: ignore[arg-type]  # as it takes them


class Record:
    """The centre's record, with somebody who plans."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def act(self, member: Member | None = VERIFIER) -> Act:
        number = len(self.events)
        return Act(member, CENTRE, AT + timedelta(minutes=number), f"u{number}")

    def adopt(self, *samples: PlannedSample, seen: tuple[str, ...] | None = None) -> Event:
        uids = tuple(event.uid for event in self.events) if seen is None else seen
        self.events.append(adopt(self.act(), self.events, planned(*samples), uids))
        return self.events[-1]

    def change(self, said: PlanChanged, member: Member | None = VERIFIER, shown: StandingPlan | None = None) -> Event:
        self.events.append(change(self.act(member), self.events, said, (VERIFIER, OTHER), shown or self.plan))
        return self.events[-1]

    @property
    def plan(self) -> StandingPlan:
        (plan,) = plans_of(self.events) or (EMPTY,)
        return plan


@pytest.fixture
def record() -> Record:
    made = Record()
    made.adopt(sample("AAA1", verifier="vd"), sample("BBB2"))
    return made


def test_a_plan_that_was_adopted_stands_until_one_that_had_seen_it_takes_its_place(record: Record) -> None:
    assert list(record.plan.samples) == [("AAA1", "T-101"), ("BBB2", "T-101")]
    record.adopt(sample("AAA1"), sample("CCC3"))
    assert list(record.plan.samples) == [("AAA1", "T-101"), ("CCC3", "T-101")]
    assert len(record.plan.adopted) == 1


def test_what_is_changed_by_hand_stands_and_says_who_when_and_why(record: Record) -> None:
    record.change(changed(PlanChange.ADDED, "CCC3"))
    record.change(changed(PlanChange.DATED, "CCC3", day=date(2026, 10, 1)))
    record.change(changed(PlanChange.DATED, "CCC3", day=date(2026, 11, 1)))
    record.change(changed(PlanChange.ASSIGNED, "CCC3", verifier="omar"))
    record.change(changed(PlanChange.METHOD, "CCC3", method="interview with the learner"))
    record.change(changed(PlanChange.DROPPED, "BBB2"))
    assert list(record.plan.samples) == [("AAA1", "T-101"), ("CCC3", "T-101")]
    added = record.plan.samples["CCC3", "T-101"]
    assert added.because == ("added by vd on 2026-09-14: a reason",)
    assert (added.planned_for, added.verifier) == (date(2026, 11, 1), "omar")
    assert added.method == "interview with the learner"
    assert record.plan.dropped == {("BBB2", "T-101"): "dropped by vd on 2026-09-14: a reason"}


def test_a_change_by_hand_stands_over_a_plan_that_is_adopted_later(record: Record) -> None:
    record.change(changed(PlanChange.DROPPED, "BBB2"))
    record.change(changed(PlanChange.ASSIGNED, "AAA1", verifier="omar"))
    record.adopt(sample("AAA1", verifier="vd"), sample("BBB2"))
    assert list(record.plan.samples) == [("AAA1", "T-101")]
    assert record.plan.samples["AAA1", "T-101"].verifier == "omar"


def test_two_who_had_not_seen_each_other_both_stand_in_whatever_order_they_are_read(record: Record) -> None:
    (first,) = record.events
    second = replace(
        adopt(record.act(OTHER), [], planned(sample("AAA1", drawn=True, verifier="omar"), sample("CCC3")), ()), uid="o"
    )
    drop = change(record.act(), [first], changed(PlanChange.DROPPED), (VERIFIER,), EMPTY)
    keep = replace(change(record.act(OTHER), [], changed(PlanChange.ADDED), (VERIFIER,), EMPTY), uid="k")
    days = [
        replace(
            change(record.act(), [first], changed(PlanChange.DATED, "BBB2", day=day), (VERIFIER,), EMPTY), uid=f"d{day}"
        )
        for day in (date(2026, 12, 1), date(2026, 11, 1))
    ]
    told = set()
    for events in permutations([first, second, drop, keep, *days]):
        (plan,) = plans_of(events)
        assert list(plan.samples) == [("AAA1", "T-101"), ("BBB2", "T-101"), ("CCC3", "T-101")], "added and dropped: in"
        assert plan.samples["BBB2", "T-101"].planned_for == date(2026, 11, 1), "the earlier day"
        told.add(repr([(key, each.planned) for key, each in plan.samples.items()]))
    assert len(told) == 1


def test_a_change_takes_the_place_only_of_what_was_shown_to_whoever_makes_it(record: Record) -> None:
    shown = record.plan
    record.change(changed(PlanChange.ASSIGNED, "BBB2", verifier="omar"))
    record.change(changed(PlanChange.DATED, "BBB2", day=BEGINS), shown=shown)
    with pytest.raises(Refused, match="assigned to omar by vd"):
        record.change(changed(PlanChange.ASSIGNED, "BBB2", verifier="vd"), shown=shown)
    assert record.plan.samples["BBB2", "T-101"].verifier == "omar"
    record.change(changed(PlanChange.ASSIGNED, "BBB2", verifier="vd"))
    assert record.plan.samples["BBB2", "T-101"].verifier == "vd"


def test_whoever_looks_at_a_plan_that_changed_meanwhile_is_refused(record: Record) -> None:
    record.change(changed(PlanChange.DROPPED))
    with pytest.raises(Refused, match="changed meanwhile"):
        record.adopt(sample("AAA1"), seen=("u0",))


@pytest.mark.parametrize(
    ("said", "member", "told"),
    [
        (changed(PlanChange.ADDED), VERIFIER, "In the plan already"),
        (changed(PlanChange.DROPPED, "ZZZ9"), VERIFIER, "Not in the plan"),
        (changed(PlanChange.DATED, "ZZZ9", day=BEGINS), VERIFIER, "Not in the plan"),
        (replace(changed(PlanChange.DROPPED), why=" \n"), VERIFIER, "needs a reason"),
        (changed(PlanChange.DROPPED), ASSESSOR, "Only a verifier plans"),
        (changed(PlanChange.DROPPED), None, "Who is marking"),
    ],
)
def test_a_change_that_says_nothing_or_is_nobodys_is_refused(
    record: Record, said: PlanChanged, member: Member | None, told: str
) -> None:
    with pytest.raises(Refused, match=told):
        record.change(said, member)
    assert len(record.events) == 1


def test_a_sample_is_assigned_to_a_verifier_alone(record: Record) -> None:
    with pytest.raises(WrongUse, match="jm is no verifier"):
        record.change(changed(PlanChange.ASSIGNED, verifier="jm"))


def test_nothing_is_dropped_twice(record: Record) -> None:
    record.change(changed(PlanChange.DROPPED))
    with pytest.raises(Refused, match="Not in the plan"):
        record.change(changed(PlanChange.DROPPED))


def test_periods_do_not_overlap_and_have_their_days_in_order(record: Record) -> None:
    check_period(record.events, BEGINS, ENDS)
    check_period(record.events, date(2027, 9, 1), date(2028, 8, 31))
    with pytest.raises(Refused, match="some of these days"):
        check_period(record.events, date(2027, 8, 31), date(2027, 12, 31))
    with pytest.raises(WrongUse, match="is before"):
        check_period(record.events, ENDS, BEGINS)


def test_a_plan_without_samples_is_not_adopted() -> None:
    with pytest.raises(Refused, match="nothing was assessed"):
        Record().adopt()


def test_the_plan_of_a_day_is_the_one_whose_period_it_is_in(record: Record) -> None:
    plans = plans_of(record.events)
    assert plan_on(plans, ENDS) is plans[0]
    assert plan_on(plans, date(2027, 9, 1)) is None


def test_who_is_an_assessor_as_well_plans_as_a_verifier() -> None:
    both = Member("bo", "Bo Odd", frozenset({Role.ASSESSOR, Role.VERIFIER}))
    event = adopt(Act(both, CENTRE, AT, "u"), [], planned(sample("AAA1")), ())
    assert (event.kind, event.role, event.learner) == (Kind.PLANNED, "verifier", CENTRE)


def test_the_usual_days_are_those_of_the_college_year_that_are_in_no_plan() -> None:
    assert usual_period((), date(2026, 9, 1)) == (date(2026, 9, 1), date(2027, 8, 31))
    assert usual_period((), date(2027, 8, 31)) == (date(2026, 9, 1), date(2027, 8, 31))
    autumn = StandingPlan(date(2026, 9, 1), date(2026, 12, 20))
    summer = StandingPlan(date(2027, 6, 1), date(2027, 12, 31))
    assert usual_period((autumn, summer), date(2027, 2, 1)) == (date(2026, 12, 21), date(2027, 5, 31))
    edges = (StandingPlan(date.min, date.min), StandingPlan(date.max, date.max))
    assert usual_period(edges, date(2027, 2, 1)) == (date(2026, 9, 1), date(2027, 8, 31))


def test_what_was_closed_after_it_was_planned_has_its_days_from_then_on_unless_somebody_set_the_day() -> None:
    record = Record()
    record.adopt(sample("AAA1"), sample("BBB2"))
    by_plan = record.plan.samples["AAA1", "T-101"]
    early, late = date(2026, 9, 20), date(2027, 1, 4)
    days = [by_plan.due_since(closed, 28) for closed in (None, early, late)]
    assert days == [date(2026, 10, 12), date(2026, 10, 18), date(2027, 2, 1)]
    record.change(changed(PlanChange.DATED, day=date(2026, 11, 3)))
    assert record.plan.samples["AAA1", "T-101"].due_since(late, 28) == date(2026, 11, 3)


def test_by_which_day_a_unit_is_verified_is_as_its_plan_says_or_as_was_said_where_it_is_in_none(
    record: Record,
) -> None:
    due, said, late = date(2026, 10, 12), date(2026, 12, 24), date(2026, 11, 1)

    def until(learner: str, closed: date | None = None) -> date | None:
        return PlannedDays([record.plan]).until(("before", learner), "T-101", closed, 28, said)

    assert until("BBB2") == until("BBB2", BEGINS) == due
    assert until("BBB2", late) == late + timedelta(28)
    assert until("CCC3", late) == said, "what is in no plan is due as it was said"
    record.change(changed(PlanChange.DATED, "BBB2", day=date(2026, 10, 1)))
    assert until("BBB2", late) == date(2026, 10, 1)
    record.adopt(replace(sample("AAA1"), due=None))
    assert until("AAA1", late) is None
    since = AT + timedelta(days=1)
    assert PlannedDays([record.plan]).until(("BBB2",), "T-101", late, 28, said, since) == said, "it was said later"


def test_a_plan_for_days_of_another_plan_is_not_adopted(record: Record) -> None:
    overlapping = replace(planned(sample("AAA1")), begins=ENDS, ends=ENDS + timedelta(9))
    with pytest.raises(Refused, match="some of these days"):
        adopt(record.act(), record.events, overlapping, [event.uid for event in record.events])
    one_day = replace(planned(sample("AAA1")), begins=ENDS + timedelta(1), ends=ENDS + timedelta(1))
    assert adopt(record.act(), record.events, one_day, ()).kind == Kind.PLANNED
