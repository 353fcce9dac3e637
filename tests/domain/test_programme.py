"""Which units a learner is marked on, and in which version."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from markterm.domain.assessed.assignment import Assignment
from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.qualification import (
    AllOfGroup,
    Group,
    GroupUnit,
    Qualification,
    TotalCredits,
    UnitsOfGroup,
)
from markterm.domain.assessed.qualification_progress import evaluate
from markterm.domain.assessed.unit import Criterion, LearningOutcome, Unit
from markterm.domain.record.bodies.handed_in import Declared
from markterm.domain.record.event import Result
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.record.programme import Programme, passed, programme
from markterm.domain.rules import marking
from markterm.domain.rules.act import Act
from markterm.domain.rules.attempt import declare
from tests.samples import AT

ASSESSOR = Member("jm", "Jo Marsh", frozenset({Role.ASSESSOR}), frozenset({"500", "501", "502", "503"}))
TODAY = AT.date()


def unit(code: str, version: str = "1") -> Unit:
    """A unit of one criterion."""
    return Unit(code, f"Unit {code}", version=version, outcomes=(LearningOutcome(1, "", (Criterion("1.1", "Do it"),)),))


def group(*units: tuple[str, int]) -> Group:
    """A group of units, each with its credits."""
    return Group(1, "Mandatory", tuple(GroupUnit(code, "", 5, credit, None) for code, credit in units))


FIRST, SECOND = unit("501"), replace(unit("501", "2"), title="Unit 501, new")
UNITS = {each.key: each for each in (unit("500"), FIRST, SECOND, unit("502"), unit("503"))}
NEWEST = {"500": unit("500"), "501": SECOND, "502": unit("502"), "503": unit("503")}
CERTIFICATE = Qualification(
    "CERT", "Certificate", groups=(group(("500", 5), ("501", 5), ("503", 3)),), rules=(TotalCredits(13), AllOfGroup(1))
)
DIPLOMA = Qualification(
    "DIP", "Diploma", groups=(group(("500", 5), ("502", 29), ("503", 3)),), rules=(TotalCredits(37), AllOfGroup(1))
)
QUALIFICATIONS = {"CERT": CERTIFICATE, "DIP": DIPLOMA}
ASSIGNMENTS = {"IA": Assignment("IA", "Two at once", ("500", "503")), "LOST": Assignment("LOST", "", ("999",))}


def of(learner: Learner, portfolio: Portfolio | None = None) -> Programme:
    """The learner's programme in this centre."""
    return programme(learner, portfolio or Portfolio(), UNITS, NEWEST, ASSIGNMENTS, QUALIFICATIONS)


def learner(
    *, units: tuple[str, ...] = (), qualifications: tuple[str, ...] = (), assignments: tuple[str, ...] = ()
) -> Learner:
    """A learner who is registered on these."""
    return Learner("AAA1", "R", units=units, qualifications=qualifications, assignments=assignments)


def codes(own: Programme) -> list[str]:
    """The units by code, in order."""
    return [each.code for each in own.units]


def marked(portfolio: Portfolio, of_unit: Unit, *, close: bool = True, minutes: int = 0) -> Portfolio:
    """The portfolio after its one criterion was passed and the unit closed."""
    act = Act(ASSESSOR, "AAA1", AT + timedelta(minutes=minutes), f"{of_unit.key}-{minutes}")
    declared = portfolio.with_event(declare(replace(act, uid=f"{act.uid}-d"), Declared("signed sheet")))
    after = declared.with_event(marking.decide(act, of_unit, declared, "1.1", Result.PASS, ""))
    return after.with_event(marking.close(replace(act, uid=f"{act.uid}-c"), of_unit, after, "")) if close else after


def test_the_units_are_those_of_the_file_then_those_of_the_assignments_each_once() -> None:
    own = of(learner(units=("503", "501"), assignments=("IA",)))
    assert codes(own) == ["503", "501", "500"]
    assert [each.code for each in own.assignments] == ["IA"]
    assert own.missing == ()


def test_the_mandatory_units_of_a_qualification_count_only_where_the_file_names_none() -> None:
    assert codes(of(learner(qualifications=("CERT",)))) == ["500", "501", "503"]
    assert codes(of(learner(units=("500",), qualifications=("CERT",)))) == ["500"]
    assert codes(of(learner(qualifications=("CERT",), assignments=("IA",)))) == ["500", "503", "501"]


def test_units_that_may_be_chosen_are_nobodys_until_the_file_names_them() -> None:
    choice = Qualification("E", "", groups=(group(("500", 5), ("501", 5)),), rules=(UnitsOfGroup(1, 1),))
    own = programme(learner(qualifications=("E",)), Portfolio(), UNITS, NEWEST, {}, {"E": choice})
    assert own.units == ()


def test_a_unit_that_nobody_began_is_taken_in_its_newest_version() -> None:
    assert of(learner(units=("501",))).units == (SECOND,)


def test_a_unit_that_was_begun_stays_in_the_version_it_was_begun_in() -> None:
    assert of(learner(units=("501",)), marked(Portfolio(), FIRST, close=False)).units == (FIRST,)


def test_of_two_versions_that_were_marked_the_last_one_counts() -> None:
    both = marked(marked(Portfolio(), SECOND, close=False), FIRST, close=False, minutes=5)
    own = of(learner(units=("501",)), both).units
    assert [each.on_sheet for each in own] == [FIRST]
    assert [each.number for each in own[0].criteria] == ["1.1", f"1.1 ({SECOND.version})"]
    again = marked(marked(Portfolio(), FIRST, close=False), SECOND, close=False, minutes=5)
    assert [each.on_sheet for each in of(learner(units=("501",)), again).units] == [SECOND]


def test_of_two_versions_the_one_recorded_last_counts_whatever_the_clocks_said() -> None:
    both = marked(marked(Portfolio(), SECOND, close=False), FIRST, close=False, minutes=-600_000)
    assert [each.on_sheet for each in of(learner(units=("501",)), both).units] == [FIRST]


def test_a_version_that_was_begun_and_has_no_sheet_any_more_stays_in_sight_and_is_not_replaced_by_another() -> None:
    gone = unit("501", "0")
    own = of(learner(units=("501",)), marked(Portfolio(), gone, close=False))
    assert [each.key for each in own.units] == [gone.key]
    assert (
        own.units[0].no_sheet
        == "its mark sheet of version 0 is gone or cannot be read; the centre has version 1, version 2"
    )
    assert own.missing == ("501 (0)",)


@pytest.mark.parametrize(
    ("who", "missing"),
    [
        (learner(units=("500", "999")), ("999",)),
        (learner(assignments=("NOPE",)), ("NOPE",)),
        (learner(assignments=("LOST",)), ("999",)),
    ],
)
def test_what_there_is_no_sheet_for_is_named(who: Learner, missing: tuple[str, ...]) -> None:
    assert of(who).missing == missing


def test_a_learner_who_moves_from_the_certificate_to_the_diploma_keeps_500_and_503() -> None:
    portfolio = Portfolio()
    for each in (unit("500"), FIRST, unit("503")):
        portfolio = marked(portfolio, each)
    before = of(learner(qualifications=("CERT",)), portfolio)
    assert codes(before) == ["500", "501", "503"]
    after = of(learner(qualifications=("DIP",)), portfolio)
    assert codes(after) == ["500", "502", "503", "501"], "501 was marked, and is not lost sight of"

    gained = passed(portfolio)
    certificate = evaluate(CERTIFICATE, gained, None, TODAY)
    diploma = evaluate(DIPLOMA, gained, None, TODAY)
    assert (certificate.credits, certificate.complete) == (13, True)
    assert [each.code for each in diploma.counted] == ["500", "503"]
    assert [each.code for each in diploma.missing] == ["502"]
    assert diploma.sentence == "Pass 502 (29 credits) to complete it."


def test_only_units_that_are_closed_as_passed_are_passed() -> None:
    portfolio = marked(marked(Portfolio(), unit("500")), unit("503"), close=False)
    assert passed(portfolio) == {"500"}
    act = Act(ASSESSOR, "AAA1", AT, "r")
    reopened = portfolio.with_event(marking.reopen(act, unit("500"), portfolio, "A page was missing."))
    assert passed(reopened) == frozenset()
