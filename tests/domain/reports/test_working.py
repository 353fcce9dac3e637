"""What waits for whom, since when and until when, and what was done in a week."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from markterm.domain.record.actions import ActionRecord, ActionState, StepTaken
from markterm.domain.record.bodies.actions import Action, ActionStep
from markterm.domain.record.bodies.closing import Closed
from markterm.domain.record.bodies.verifying import Answer, Sampled
from markterm.domain.record.centre_actions import CentreAction, Source
from markterm.domain.record.event import Event, Kind, Result, Subject
from markterm.domain.record.portfolio import fold
from markterm.domain.record.states import UnitState
from markterm.domain.reports.asked import Asked, Axis
from markterm.domain.reports.report import Report
from markterm.domain.reports.working import working
from markterm.domain.reports.workload import Done, Work, actions_in, actions_of_centre, done_in, work_of, work_of_centre
from markterm.domain.views.caseload import CaseloadRow, UnitProgress
from markterm.domain.views.due import Due, Person, Step
from tests.domain.reports.records import decided, looked, rows, verifying
from tests.samples import AT, KEY, LEARNER

TODAY = AT.date() + timedelta(30)
MEMBER = Asked((Axis.MEMBER,))
ROLES = {"jm": frozenset({"assessor"}), "vd": frozenset({"verifier"}), "co": frozenset({"coordinator"})}
UNIT, DAY = KEY.code, timedelta(days=1)


def row(*due: Due, assessor: str = "jm") -> CaseloadRow:
    unit = UnitProgress(UNIT, UnitState.MARKING, 0, 0, 3, due)
    return CaseloadRow(LEARNER, LEARNER, "Jones, R", units=(unit,), assessor=assessor)


def work(*events: Event, due: tuple[Due, ...] = (), assessor: str = "jm") -> list[Work]:
    return list(work_of(row(*due, assessor=assessor), fold(events), lambda _: "CERT"))


def on_unit(kind: Kind, said: Action | Sampled, uid: str, *supersedes: str) -> Event:
    return Event(uid, kind.value, LEARNER, AT, "vd", "verifier", Subject(KEY), said.write(), supersedes)


SAMPLED = on_unit(Kind.SAMPLED, Sampled(1, "why", verifier="vd", due=TODAY + 3 * DAY), "s")
CLOSED = verifying(Closed(Result.PASS, "", 1, ("a",)), "c", actor="jm")
SET = on_unit(Kind.ACTION, Action(ActionStep.SET, "", text="x", owner="jm", due=TODAY - DAY, attempt=1), "set")


def told(every: list[Work]) -> list[tuple[str, str, str, bool]]:
    return [(each.who, each.person.value, each.step.value, each.waits) for each in every]


def test_an_assessors_step_waits_for_whoever_is_named_or_else_decided_last() -> None:
    mark = Due(Step.MARK, Person.ASSESSOR, AT)
    assert told(work(decided("a", "1.1", actor="ak"), due=(mark,))) == [("jm", "assessor", "mark", True)]
    assert told(work(decided("a", "1.1", actor="ak"), due=(mark,), assessor="")) == [("ak", "assessor", "mark", True)]
    assert told(work(due=(mark,), assessor="")) == [("", "assessor", "mark", True)]


def test_a_report_waits_for_who_decided_and_a_countersignature_for_nobody_who_is_named() -> None:
    due = Due(Step.ACKNOWLEDGE, Person.ASSESSOR), Due(Step.COUNTERSIGN, Person.ASSESSOR)
    assert [each.who for each in work(decided("a", "1.1", actor="ak"), due=due)] == ["ak", ""]


def test_a_sample_waits_for_its_verifier_by_its_day_and_does_not_wait_before_the_unit_is_closed() -> None:
    verify = Due(Step.VERIFY, Person.VERIFIER, AT)
    (closed,) = work(decided("a", "1.1"), SAMPLED, CLOSED, due=(verify,))
    assert (closed.who, closed.until, closed.waits) == ("vd", TODAY + 3 * DAY, True)
    (coming,) = work(decided("a", "1.1"), SAMPLED)
    assert (coming.who, coming.step, coming.until, coming.waits) == ("vd", Step.VERIFY, TODAY + 3 * DAY, False)


def test_an_action_waits_for_its_owner_and_once_it_is_done_for_who_set_it() -> None:
    act = Due(Step.ACT, Person.OWNER, AT)
    (open_one,) = work(SET, due=(act,))
    assert (open_one.who, open_one.person, open_one.until) == ("jm", Person.OWNER, TODAY - DAY)
    (told_of,) = actions_in(LEARNER, fold((SET,)))
    assert (told_of.owner, told_of.setter, told_of.at, told_of.due) == ("jm", "vd", AT, TODAY - DAY)
    assert (told_of.state, told_of.accepted, told_of.uid) == (ActionState.OPEN, None, "set")
    done = on_unit(Kind.ACTION, Action(ActionStep.DONE, "set", text="y"), "done", "set")
    accepted = on_unit(Kind.ACTION, Action(ActionStep.ACCEPTED, "set"), "accepted", "done")
    (ended,) = actions_in(LEARNER, fold((SET, done, accepted)))
    assert (ended.state, ended.accepted) == (ActionState.ACCEPTED, AT)
    assert told(work(SET, done, due=(Due(Step.ACCEPT, Person.VERIFIER, AT),))) == [("vd", "verifier", "accept", True)]


def test_what_minutes_ask_for_waits_for_its_owner_and_then_for_whoever_minuted_it() -> None:
    first = StepTaken("1-m", ActionStep.SET, "Tell Tia.", "vd", AT, "jm", TODAY)
    done = StepTaken("x", ActionStep.DONE, "Told.", "jm", AT + DAY)
    open_one = ActionRecord("1-m", "", None, "Tell Tia.", "jm", TODAY, ActionState.OPEN, (first,), ())
    to_accept = replace(open_one, state=ActionState.DONE, steps=(first, done))
    every = [CentreAction(Source.MINUTES, "CERT", AT.date(), "m", 1, each) for each in (open_one, to_accept)]
    assert told(list(work_of_centre(every))) == [("jm", "owner", "act", True), ("vd", "verifier", "accept", True)]
    said = next(actions_of_centre(every))
    assert (said.learner, said.unit.code, said.owner, said.setter, said.due) == ("", "", "jm", "vd", TODAY)
    assert said.text == "Tell Tia. (the minutes of CERT, 2025-03-04)"


def test_what_waits_for_the_learner_is_nobodys_work() -> None:
    assert work(due=(Due(Step.SUBMIT, Person.LEARNER),)) == []


def test_a_change_of_mind_is_not_done_twice_and_an_unfinished_look_not_at_all() -> None:
    events = (
        decided("a", "1.1"),
        decided("b", "1.1", supersedes="a"),
        decided("c", "1.1", actor="ak", supersedes="b"),
        looked("l", Answer("1.1", "c", agrees=True)),
    )
    done = list(done_in(LEARNER, fold(events), lambda _: ""))
    assert sorted((each.who, each.person.value) for each in done) == [
        ("ak", "assessor"),
        ("jm", "assessor"),
        ("vd", "verifier"),
    ]
    unfinished = replace(events[-1], body={**events[-1].body, "unfinished": True})
    assert len(list(done_in(LEARNER, fold((*events[:-1], unfinished)), lambda _: ""))) == 2


EVERY: list[Work | Done] = [
    Work("jm", Person.ASSESSOR, Step.MARK, "AAA1", UNIT, "CERT", AT),
    Work("jm", Person.ASSESSOR, Step.CLOSE, "BBB2", UNIT, "DIP", AT + DAY),
    Work("jm", Person.OWNER, Step.ACT, "AAA1", UNIT, "CERT", AT + DAY, TODAY - DAY),
    Work("vd", Person.OWNER, Step.ACT, "AAA1", UNIT, "CERT", AT + DAY, TODAY),
    Work("vd", Person.VERIFIER, Step.VERIFY, "AAA1", UNIT, "CERT", AT, TODAY + 14 * DAY, waits=False),
    Work("vd", Person.VERIFIER, Step.VERIFY, "BBB2", UNIT, "CERT", AT, TODAY + 15 * DAY),
    Work("", Person.COORDINATOR, Step.CLAIM, "AAA1", UNIT, "CERT"),
    Work("gone", Person.ASSESSOR, Step.MARK, "CCC3", UNIT, "", AT),
    *(Done("jm", Person.ASSESSOR, "AAA1", UNIT, AT + days * DAY, "CERT") for days in (0, 2, 3, 23, 24, 30, 31)),
]


def report(asked: Asked = MEMBER) -> Report:
    return working(EVERY, ROLES, TODAY, asked, str.upper)


def test_of_each_member_it_is_told_what_waits_since_when_and_what_was_done() -> None:
    names = ("member", "as", "waiting", "since", "overdue", "due_soon", "done", "a_week")
    began = AT.date()
    assert [tuple(each[name] for name in names) for each in rows(report())] == [
        ("gone", "assessor", 1, began, 0, 0, 0, 0),
        ("jm", "assessor", 3, began, 1, 0, 2, 1),
        ("vd", "verifier", 2, began, 0, 2, 0, 0),
        (None, "coordinator", 1, None, 0, 0, 0, 0),
    ]


def test_who_has_left_and_what_nobody_is_named_for_is_said() -> None:
    assert report().warnings == (
        "1 step of who is no member of the centre wait for another one: gone.",
        "1 step for which nobody is named wait for whoever takes them.",
    )


@pytest.mark.parametrize(
    ("asked", "waiting"),
    [
        (replace(MEMBER, assessor="vd"), 1),
        (replace(MEMBER, verifier="vd"), 1),
        (replace(MEMBER, unit="8580-503"), 0),
        (Asked((Axis.QUALIFICATION,)), 7),
        (Asked((Axis.STEP,)), 7),
    ],
)
def test_only_what_is_asked_for_is_counted(asked: Asked, waiting: int) -> None:
    assert sum(int(str(each["waiting"])) for each in rows(report(asked))) == waiting


def test_by_qualification_what_is_for_none_comes_last() -> None:
    found = [(each["qualification"], each["waiting"]) for each in rows(report(Asked((Axis.QUALIFICATION,))))]
    assert found == [("CERT", 5), ("DIP", 1), (None, 1)]


def test_behind_a_figure_is_what_waits_and_what_was_done() -> None:
    told = {(each.learner, each.by, each.what) for each in report().behind()}
    assert ("AAA1", "jm", "to mark") in told
    assert ("AAA1", "jm", "to do an action, overdue since 2025-04-02") in told
    assert ("AAA1", "vd", "to verify, once it is closed, due 2025-04-17") in told
    assert ("AAA1", "jm", "decided") in told
