"""What a plan knows of a unit comes from what was recorded of it: every label, and every reason to sample it always."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from markterm.domain.assessed.assignment import Assignment, Cell, Task
from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.member import Role
from markterm.domain.assessed.method import Method
from markterm.domain.assessed.strategy import Always, Band, Risk, Strategies, Strategy
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.bodies.accounts import Account, AccountStep, Covered, MethodSet
from markterm.domain.record.bodies.cases import CaseAbout
from markterm.domain.record.decision import Occasion
from markterm.domain.record.event import Event, Json, Kind, Result, Subject
from markterm.domain.record.plans import StandingPlan
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.rules import cases, marking, verification
from markterm.domain.rules.answering import Said
from markterm.domain.rules.countersignature import countersign
from markterm.domain.sampling.assessed_unit import AssessedUnit, assessed_units
from markterm.domain.sampling.candidates import candidates_of
from markterm.domain.sampling.proposal import proposal
from tests.domain.test_countersignature import TRAINEE
from tests.domain.test_verification import DECIDED, act, closed, reopened, resubmitted, sampled, verified
from tests.domain.test_verified_in_training import TRAINED, countersigned
from tests.samples import ASSESSOR, AT, KEY, LEARNER, UNIT

ROSALIND = Learner(LEARNER, "Rosalind Jones", qualifications=("8580-CERT",), site="Leeds")
WORK = Assignment(
    "8580-IA",
    "Coach",
    (UNIT.code,),
    (Task(1, "Talk", cells=(Cell(UNIT.code, "1.1"),), evidence="professional discussion"),),
)
NO_SHARE = (Band(None, 0),)


def assessed(portfolio: Portfolio, learner: Learner = ROSALIND) -> AssessedUnit:
    (found,) = assessed_units(learner, (UNIT,), portfolio, (WORK,), ())
    return found


def in_training(portfolio: Portfolio = DECIDED) -> Portfolio:
    again = marking.decide(act("t", TRAINEE), UNIT, portfolio, "1.1", Result.REFER, "Tia's note")
    return portfolio.with_event(again)


def countersigned_in_training() -> Portfolio:
    return in_training().with_event(countersign(act("sign", ASSESSOR), UNIT, in_training(), "1.1", "Read."))


def not_agreed_then_again() -> Portfolio:
    against = verified(sampled(closed()), agrees=False, reason="2.1 is too thin")
    return closed(reopened(against), "closed again")


def with_case(*, closed_since: bool = False) -> Portfolio:
    case = DECIDED.with_event(cases.open_case(act("case", ASSESSOR), DECIDED, CaseAbout.COMPLAINT, "Late.", UNIT, ""))
    if not closed_since:
        return case
    told = case.with_event(cases.decide_case(act("said", COORDINATOR), case, case.cases[0], upheld=False, text="No."))
    return told.with_event(cases.close_case(act("shut", COORDINATOR), told.cases[0]))


COORDINATOR = replace(ASSESSOR, id="cc", roles=frozenset({Role.COORDINATOR}))

HOLDS: dict[str, tuple[Portfolio, Always]] = {
    "handed in again": (resubmitted(DECIDED), Always.RESUBMISSIONS),
    "decided in training": (in_training(), Always.IN_TRAINING),
    "decided in training and countersigned": (
        countersigned_in_training(),
        Always.IN_TRAINING,
    ),
    "verified in training": (TRAINED, Always.IN_TRAINING),
    "not agreed before": (not_agreed_then_again(), Always.NOT_AGREED_BEFORE),
    "not agreed at an interim look": (
        DECIDED.with_event(verification.look(act("look"), UNIT, DECIDED, Said(not_agreed={"1.1": "Where?"}))),
        Always.NOT_AGREED_BEFORE,
    ),
    "an open case": (with_case(), Always.OPEN_CASE),
    "the first of its assessor": (DECIDED, Always.FIRST_DECISIONS),
}


def samples(unit: AssessedUnit, always: frozenset[Always], *others: AssessedUnit) -> list[tuple[str, ...]]:
    """Why the unit is sampled where nothing but that is asked for; nothing where it is not."""
    strategies = Strategies(
        Strategy(NO_SHARE, NO_SHARE, NO_SHARE, least=0, least_of_assessor=0, least_of_unit=0, always=always)
    )
    begins, ends = date(2025, 1, 1), date(2025, 12, 31)
    bare = [each._replace(labels=(), outcome="") for each in (unit, *others)]
    found = candidates_of(bare, begins, ends, date(2025, 6, 1), lambda *_: Risk.AMBER, strategies)
    said = proposal(
        [each._replace(sampled="") for each in found],
        strategies,
        StandingPlan(begins, ends),
        ("ines",),
        lambda *_: "",
        seed="s",
        day=date(2025, 6, 1),
        heads="",
        now_called={},
        done={},
    ).said
    return [each.because for each in said.samples if each.learner == unit.learner]


@pytest.mark.parametrize("case", HOLDS)
def test_what_is_always_sampled_is_found_in_the_record_and_by_its_rule_alone(case: str) -> None:
    portfolio, always = HOLDS[case]
    unit = assessed(portfolio)
    earlier = unit._replace(learner="EARLIER", began=(("jm", date(2020, 1, 1)), ("ti", date(2020, 1, 1))))
    others = () if always is Always.FIRST_DECISIONS else (earlier._replace(closed=date(2020, 2, 1)),)
    assert samples(unit, frozenset({always}), *others) == [(always.words,)]
    assert samples(unit, frozenset(Always) - {always}, *others) == []


def test_the_first_decisions_of_whoever_did_not_close_the_unit_are_first_decisions_too() -> None:
    of_two = assessed(closed(countersigned_in_training()))
    assert [who for who, _ in of_two.began] == ["jm", "ti"]
    earlier = of_two._replace(learner="EARLIER", began=(("jm", date(2020, 1, 1)),), closed=date(2020, 2, 1))
    first = frozenset({Always.FIRST_DECISIONS})
    assert samples(of_two, first, earlier) == [(Always.FIRST_DECISIONS.words,)], "Tia's first in the unit"
    of_jo = of_two._replace(began=of_two.began[:1])
    assert samples(of_jo, first, earlier) == []


def test_a_case_that_was_closed_is_no_reason_any_more() -> None:
    assert not assessed(with_case(closed_since=True)).has_open_case


def test_every_label_of_camera_comes_from_learner_task_and_evidence() -> None:
    talked = marking.decide(
        act("talk", ASSESSOR), UNIT, DECIDED, "1.1", Result.PASS, "Said.", occasion=Occasion("8580-IA", 1, "", "Talk")
    )
    files = {"Log.DOCX": "1", "in/photo.jpg": "2", "README": "3"}
    body = {"attempt": 1, "files": files}
    handed_in = Event("s", "submitted", LEARNER, AT, "jm", "assessor", Subject(KEY), body)  # type: ignore[arg-type]  # JSON
    unit = assessed(DECIDED.with_event(handed_in).with_event(talked))
    assert set(unit.labels) == {
        ("records", "attempt 1"),
        ("location", "Leeds"),
        ("assignment", "8580-IA"),
        ("method", "professional discussion"),
        ("evidence", ".docx"),
        ("evidence", ".jpg"),
        ("evidence", "without an ending"),
    }
    assert (unit.assessor, unit.cohort, unit.outcome) == ("jm", "8580-CERT", "")
    assert assessed(closed()).outcome == "pass"


def test_a_plan_covers_the_methods_of_accounts_that_stand_and_of_files_that_were_handed_in() -> None:
    files: dict[str, Json] = {"log.docx": "1", "notes.md": "2"}
    handed_in = Event("s", "submitted", LEARNER, AT, "jm", "assessor", Subject(KEY), {"attempt": 1, "files": files})
    covers = (Covered(KEY, ("1.1",)),)
    said: list[Account | MethodSet] = [
        Account(AccountStep.KEPT, Method.DISCUSSION, "talk.md", "a", covers=covers),
        Account(AccountStep.KEPT, Method.OBSERVATION, "seen.md", "b", covers=covers),
        Account(
            AccountStep.KEPT, Method.QUESTIONING, "b.md", "c", covers=(Covered(UnitKey("8580-900", "1"), ("1.1",)),)
        ),
        MethodSet(Method.REFLECTION, {"log.docx": "1"}),
        MethodSet(Method.PRODUCT, {"elsewhere.docx": "9"}),
    ]
    portfolio = DECIDED.with_event(handed_in)
    for number, each in enumerate(said):
        kind = Kind.METHOD_SET if isinstance(each, MethodSet) else Kind.ACCOUNT
        replaces = ("0",) if number == 1 else ()
        entry = Event(f"{number}", kind.value, LEARNER, AT, "jm", "assessor", Subject(), each.write(), replaces)
        portfolio = portfolio.with_event(entry)
    assert {name for what, name in assessed(portfolio).labels if what == "method"} == {
        "observation",
        "reflective account",
    }


def test_a_location_at_which_nobody_is_any_more_is_asked_for_no_more() -> None:
    assert ("location", "York") in assessed(DECIDED, replace(ROSALIND, site="York")).labels
    assert not [name for what, name in assessed(DECIDED, replace(ROSALIND, site="")).labels if what == "location"]


def test_the_report_of_what_was_agreed_in_training_is_to_be_read_once_it_is_countersigned() -> None:
    before, after = assessed(TRAINED).answered, assessed(countersigned(TRAINED)).answered
    assert before is not None
    assert after is not None
    assert (before.report, after.report) == ("not to be read yet", "not acknowledged yet")
