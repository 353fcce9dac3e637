"""What an external quality assurer reads of a centre: of the qualifications of the visit, and of nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from markterm.domain.assessed.assignment import Assignment
from markterm.domain.assessed.learner import Learner, RegisteredFor
from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.qualification import Group, GroupUnit, Qualification
from markterm.domain.assessed.remit import Remit
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.bodies.briefs import BriefVerified
from markterm.domain.record.bodies.planning import ChosenFrom, Planned, PlannedRule, PlannedSample
from markterm.domain.record.bodies.standardising import Exhibit, Standardising, StandardisingStep
from markterm.domain.record.event import Event, Json, Kind, Subject
from markterm.domain.record.portfolio import fold
from markterm.domain.record.states import UnitState
from markterm.domain.views.caseload import CaseloadRow, QualificationCredits, UnitProgress
from markterm.domain.views.within_remit import entries_within, of_centre_within, portfolio_within, row_within
from tests.samples import AT

DAY = date(2026, 3, 2)


def qualification(code: str, *units: str) -> Qualification:
    return Qualification(code, code, groups=(Group(1, "", tuple(GroupUnit(each, each, 5, 5, 18) for each in units)),))


CERT, DIPLOMA = qualification("CERT", "101", "102"), qualification("DIPLOMA", "102", "201")
PAT = Member("pat", "Pat Reed", frozenset({Role.EXTERNAL}), qualifications=frozenset({"CERT"}), visit=(DAY, DAY))
ASSIGNMENTS = (Assignment("A1", "Both", ("101", "201")), Assignment("A2", "Other", ("201",)))
REMIT = Remit.of(PAT, {"CERT": CERT, "DIPLOMA": DIPLOMA}, ASSIGNMENTS)
BOTH = ("CERT", "DIPLOMA")


def test_the_units_are_those_that_the_sheets_of_the_qualifications_have() -> None:
    assert REMIT.units == {"101", "102"}
    assert REMIT.assignments == {"A1"}
    assert REMIT.others == {"DIPLOMA"}
    assert REMIT.units_of(("CERT",)) is None
    has_unit = REMIT.units_of(BOTH)
    assert has_unit is not None
    assert [has_unit(each) for each in ("101", "102", "201")] == [True, True, False]


def test_a_learner_of_two_qualifications_is_read_in_one() -> None:
    taken = tuple(RegisteredFor(each) for each in BOTH)
    learner = Learner("A", "Ann", qualifications=BOTH, units=("101", "201"), assignments=("A1", "A2"))
    told = REMIT.learner(Learner("A", "Ann", qualifications=BOTH, registered_for=taken))
    assert (told.qualifications, told.registered_for) == (("CERT",), taken[:1])
    assert (REMIT.learner(learner).units, REMIT.learner(learner).assignments) == (("101",), ("A1",))
    assert REMIT.learner(Learner("A", "Ann", qualifications=("CERT",), units=("999",))).units == ("999",)


def test_a_row_has_the_units_and_credits_that_are_read() -> None:
    units = tuple(UnitProgress(code, UnitState.NOT_STARTED, 0, 0, 3) for code in ("101", "201"))
    gained = tuple(QualificationCredits(each, 0, 5, complete=False) for each in BOTH)
    row = CaseloadRow("A", "A", "Ann", BOTH, units, credits=gained, new_for=("201", "101"))
    told = row_within(row, REMIT)
    assert [each.code for each in told.units] == ["101"]
    assert (told.qualifications, told.criteria, told.new_for) == (("CERT",), 3, ("101",))
    assert [each.code for each in told.credits] == ["CERT"]
    only = CaseloadRow("A", "A", "Ann", ("CERT",), units)
    assert row_within(only, REMIT) is only


def event(uid: str, kind: Kind, body: dict[str, Json], unit: str = "", actor: str = "ines") -> Event:
    subject = Subject(UnitKey(unit, "v")) if unit else Subject()
    return Event(uid, kind.value, "A", AT, actor, "verifier", subject, body)


ENTRIES = (
    event("s1", Kind.SUBMITTED, {"attempt": 1}, "101"),
    event("s2", Kind.SUBMITTED, {"attempt": 1}, "201"),
    event("c1", Kind.CLAIMED, {"step": "claimed", "qualification": "DIPLOMA"}),
    event("c2", Kind.CLAIMED, {"step": "certified", "claim": "c1"}),
    event("c3", Kind.CLAIMED, {"step": "claimed", "qualification": "CERT"}),
    event("d1", Kind.DUE_SET, {"assignment": "A2"}),
    event("d2", Kind.DUE_SET, {"assignment": "A1"}),
    event("l1", Kind.LEFT, {"step": "left"}),
)


def test_of_a_record_the_entries_of_other_units_and_qualifications_are_not_read_nor_their_steps() -> None:
    read = [each.uid for each in entries_within(ENTRIES, REMIT, REMIT.units.__contains__)]
    assert read == ["s1", "c3", "d2", "l1"]


def test_a_portfolio_is_of_the_units_that_are_read() -> None:
    told = portfolio_within(fold(ENTRIES), REMIT, REMIT.units.__contains__)
    assert [key.code for key in told.units] == ["101"]
    assert set(told.begun) == {"101"}
    assert [each.uid for each in told.events] == ["s1", "c3", "d2", "l1"]
    assert "c1" not in {each.uid for each in (*told.aside, *told.unknown)}
    assert told.last is not None
    assert told.last.uid == "l1"


def of_centre(*events: Event, whole: bool = False) -> list[str]:
    return [each.uid for each in of_centre_within(events, REMIT, lambda _: whole)]


VISIT: dict[str, Json] = {"step": "recorded", "on": "2026-03-02", "organisation": "AO", "rating": "red"}
OBSERVED: dict[str, Json] = {"step": "planned", "assessor": "ben", "how": "observation", "due": "2026-04-01"}


def standardised(qualification: str, unit: str) -> dict[str, Json]:
    looked_at = Exhibit("B", unit, "v", ("1.1",))
    return Standardising(StandardisingStep.OPENED, qualification=qualification, exhibits=(looked_at,)).write()


@pytest.mark.parametrize(
    ("kind", "body", "is_read"),
    [
        (Kind.RATED, {"assessor": "ben", "unit": "101", "risk": "high", "until": "2026-09-01"}, True),
        (Kind.RATED, {"assessor": "ben", "unit": "201", "risk": "high", "until": "2026-09-01"}, False),
        (Kind.RATED, {"assessor": "ben", "unit": "101"}, False),
        (Kind.ASSESSOR_OBSERVED, {**OBSERVED, "unit": "201"}, False),
        (Kind.ASSESSOR_OBSERVED, OBSERVED, True),
        (Kind.STANDARDISED, standardised("CERT", "101"), True),
        (Kind.STANDARDISED, standardised("DIPLOMA", "201"), False),
        (Kind.STANDARDISED, standardised("DIPLOMA", "102"), True),
        (Kind.BRIEF_VERIFIED, BriefVerified("A1", "0" * 64, fit=True).write(), True),
        (Kind.BRIEF_VERIFIED, BriefVerified("A2", "0" * 64, fit=True).write(), False),
        (Kind.VISITED, VISIT, True),
        (Kind.VISITED, {**VISIT, "signed_off": ["DIPLOMA"]}, False),
        (Kind.VISITED, {**VISIT, "scope": "DIPLOMA, all units"}, False),
        (Kind.VISITED, {**VISIT, "scope": "CERT; DIPLOMA"}, True),
        (Kind.VISIT_NOTED, {"step": "looked", "visit": "2026-03-02", "learners": ["A"]}, False),
        (Kind.INTEREST_DECLARED, {"member": "ben", "learner": "A"}, True),
        (Kind.MEMBER_CHANGED, {"member": "ben"}, True),
        (Kind.CPD_DONE, {"member": "ben"}, True),
        (Kind.PLAN_CHANGED, {"begins": "2026-01-01", "ends": "2026-06-30", "learner": "B", "unit": "201"}, False),
    ],
)
def test_of_the_centres_record_is_read_what_is_of_the_visit_or_of_the_centre_as_a_whole(
    kind: Kind, body: dict[str, Json], is_read: bool
) -> None:
    if kind is Kind.PLAN_CHANGED:
        body |= {"change": "dropped"}
    assert of_centre(event("u", kind, body)) == ["u"] * is_read


def test_what_is_asked_for_by_what_is_not_read_is_not_read_either() -> None:
    visit = event("v", Kind.VISITED, VISIT)
    asks = event("a", Kind.VISITED, {"step": "asked", "visit": "v", "qualification": "DIPLOMA", "text": "Train Ben."})
    done = event("f", Kind.FOLLOWED_UP, {"step": "done", "set_by": "a", "text": "Trained."})
    assert of_centre(visit, asks, done) == []
    assert of_centre(event("v", Kind.VISITED, {**VISIT, "signed_off": ["CERT"]}), asks, done) == ["v"]


def test_a_visit_tells_of_what_it_signs_off_what_is_read() -> None:
    signs = event("v", Kind.VISITED, {**VISIT, "signed_off": ["CERT", "DIPLOMA"]})
    (told,) = of_centre_within([signs], REMIT, lambda _: False)
    assert told.body["signed_off"] == ["CERT"]


def test_whom_they_looked_at_is_theirs_to_read() -> None:
    body: dict[str, Json] = {"step": "looked", "visit": "2026-03-02", "learners": ["A"]}
    assert of_centre(event("u", Kind.VISIT_NOTED, body, actor="pat")) == ["u"]


def test_a_plan_is_of_the_units_that_are_read_and_of_whoever_is_read_whole() -> None:
    plan = Planned(
        DAY,
        DAY,
        "seed",
        DAY,
        samples=(PlannedSample("A", "101", ("some",)), PlannedSample("A", "201", ("others",))),
        rules=(PlannedRule("some", 1, 2, 1), PlannedRule("others", 1, 2, 1)),
        candidates=(ChosenFrom("101", ("A", "B"), (0,)), ChosenFrom("201", ("A",), (1,))),
    )
    adopted = event("p", Kind.PLANNED, plan.write())
    (told,) = of_centre_within([adopted], REMIT, lambda _: False)
    read = Planned.read(told.body)
    assert ([each.unit for each in read.samples], [each.words for each in read.rules]) == (["101"], ["some"])
    assert [each.unit for each in read.candidates] == ["101"]
    (told,) = of_centre_within([adopted], REMIT, lambda learner: learner == "A")
    assert [each.unit for each in Planned.read(told.body).samples] == ["101", "201"]
