"""Somebody beside what a role asks for: decisions and self-ratings stand beside each other, and are never one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from markterm.domain.assessed.known_standards import KnownStandards
from markterm.domain.assessed.mapping import Mapped, Strength
from markterm.domain.assessed.skills_scale import SkillsScale
from markterm.domain.assessed.standard import Standard, Statement, StatementKind, StatementLink
from markterm.domain.assessed.suite import Function, FunctionalArea, ListedStandard, Suite
from markterm.domain.assessed.unit import Criterion, LearningOutcome, Unit
from markterm.domain.record.bodies.developing import CpdDone, CpdPlanned, CpdStep, SkillsRated, StatementRated
from markterm.domain.record.bodies.profiles import ProfileFunction, ProfileKept, ProfilePart
from markterm.domain.record.cpd import Cpd, CpdItem, Did
from markterm.domain.record.decision import Decision
from markterm.domain.record.event import Result
from markterm.domain.record.profiles import Profile
from markterm.domain.record.self_ratings import SelfRating
from markterm.domain.record.states import CriterionState
from markterm.domain.standards.evidenced import ShownBy, StatementOfLearner
from markterm.domain.standards.gap import GapState, gap
from markterm.domain.standards.wanted import Wanted, wanted_of_profile, wanted_of_standard, wanted_of_suite

AT = datetime(2026, 3, 2, tzinfo=UTC)
SCALE = SkillsScale()
TEA = Standard(
    "TEA01",
    "Tea",
    "1",
    statements=(
        Statement("D1", StatementKind.DUTY, "tea"),
        Statement("P1", StatementKind.PERFORMANCE, "boil"),
        Statement("P2", StatementKind.PERFORMANCE, "pour"),
    ),
)
NEW = replace(TEA, version="2")
KNOWN = KnownStandards.of([TEA])
P1, P2 = (StatementLink("TEA01", code, "1") for code in ("P1", "P2"))
WANTED = wanted_of_standard(TEA, KNOWN)


def rating(link: StatementLink, word: str) -> SelfRating:
    said = SkillsRated((StatementRated(link, word),), "R", "in talk", date(2026, 3, 1), SCALE.words, SCALE.enough)
    return SelfRating("r", "r", link, word, "", said, "jm", AT)


def shown(code: str, *strengths: Strength, passed: bool = True) -> StatementOfLearner:
    unit = Unit("A", "A", outcomes=(LearningOutcome(1, "x", (Criterion("1.1", "x"),)),))
    decision = Decision("1", Result.PASS, "", "asha", AT, 1, "x", ()) if passed else None
    statement = TEA.statement(code)
    assert statement is not None
    by = tuple(
        ShownBy(
            unit,
            unit.outcomes[0].criteria[0],
            Mapped("1.1", StatementLink("TEA01", code, "1"), strength),
            CriterionState.PASS,
            "marking",
            decision,
        )
        for strength in strengths
    )
    return StatementOfLearner(TEA, statement, by)


def test_a_learner_closes_no_gap_by_what_they_say_of_themselves() -> None:
    said = {P1: [rating(P1, "shows others")], P2: [rating(P2, "not yet")]}
    found = gap(WANTED, KNOWN, [shown("P1"), shown("P2", Strength.FULLY)], said, Cpd())
    first, second = found.statements
    assert [each.link.statement for each in found.statements] == ["P1", "P2"], "nobody is asked to meet a duty"
    assert (first.state, first.differs) == (GapState.GAP, "rated enough by the learner, and not evidenced")
    assert (second.state, second.differs) == (GapState.NONE, "evidenced, and rated lower by the learner")
    assert found.counts == {GapState.NONE: 1, GapState.GAP: 1}


@pytest.mark.parametrize(
    ("evidence", "state"),
    [
        (shown("P1", Strength.PARTLY), GapState.PART),
        (shown("P1", Strength.PARTLY, Strength.PARTLY), GapState.PART),
        (shown("P1", Strength.FULLY, passed=False), GapState.GAP),
        (shown("P1", Strength.PARTLY, Strength.FULLY), GapState.NONE),
    ],
)
def test_what_is_partly_evidenced_or_not_yet_passed_is_a_gap_still(
    evidence: StatementOfLearner, state: GapState
) -> None:
    found = gap(WANTED, KNOWN, [evidence], {}, Cpd())
    assert found.statements[0].state is state


def test_of_a_member_of_staff_a_gap_is_what_they_rate_below_enough_or_not_at_all() -> None:
    found = gap(WANTED, KNOWN, None, {P1: [rating(P1, "with help")]}, Cpd())
    assert [each.state for each in found.statements] == [GapState.GAP, GapState.NOT_SAID]
    assert all(each.evidenced is None for each in found.statements)
    now = {P1: [rating(P1, "with help"), rating(P1, "alone")]}
    assert gap(WANTED, KNOWN, None, now, Cpd()).statements[0].state is GapState.NONE


def test_what_was_said_of_one_version_says_nothing_of_another() -> None:
    known = KnownStandards.of([TEA, NEW])
    found = gap(wanted_of_standard(NEW, known), known, None, {P1: [rating(P1, "alone")]}, Cpd())
    assert {each.state for each in found.statements} == {GapState.NOT_SAID}


def profile(*parts: ProfilePart, functions: tuple[ProfileFunction, ...] = ()) -> Profile:
    return Profile("p", ProfileKept("W", "Waiter", functions, parts), "jm", AT)


def test_a_profile_stays_in_its_versions_and_says_which_is_newer() -> None:
    known = KnownStandards.of([TEA, NEW])
    wanted = wanted_of_profile(profile(ProfilePart("TEA01", "1", ("P1",))), known)
    assert wanted.links == (P1,)
    assert [(str(each.kept), str(each.newest)) for each in wanted.newer] == [("TEA01 (1)", "TEA01 (2)")]
    assert wanted_of_profile(profile(ProfilePart("TEA01", "2", ("P1",))), known).newer == ()
    withdrawn = KnownStandards.of([TEA, replace(NEW, withdrawn="2026")])
    assert wanted_of_profile(profile(ProfilePart("TEA01", "1", ("P1",))), withdrawn).newer == ()
    # The one that it was kept with was withdrawn: the older one in force is no newer version.
    assert wanted_of_profile(profile(ProfilePart("TEA01", "2", ("P1",))), withdrawn).newer == ()


def test_a_statement_that_is_gone_is_told_and_is_a_gap() -> None:
    wanted = wanted_of_profile(
        profile(ProfilePart("TEA01", "1", ("P1", "P9")), ProfilePart("GONE", "", ("K1",))), KNOWN
    )
    found = gap(wanted, KNOWN, [shown("P1", Strength.FULLY)], {}, Cpd())
    assert [each.state for each in found.statements] == [GapState.NONE, GapState.GONE, GapState.GONE]
    assert found.not_planned == (), "nobody plans for what is gone"


def test_functions_tell_the_statements_of_their_standards() -> None:
    functions = (ProfileFunction("TEA", "1", "A1", "Serve", ("TEA01",)), ProfileFunction("TEA", "1", "A2", "Wash", ()))
    wanted = wanted_of_profile(profile(ProfilePart("TEA01", "1", ("P1", "P2")), functions=functions), KNOWN)
    found = gap(wanted, KNOWN, [shown("P1", Strength.FULLY), shown("P2")], {}, Cpd())
    assert [(len(each.statements), each.gaps) for each in found.by_function] == [(2, 1), (0, 0)]


def test_a_suite_asks_for_all_that_its_standards_ask_for_that_are_here() -> None:
    areas = (FunctionalArea("A", "Tea", (Function("A1", "Pour", ("TEA01", "ELSE1")),)),)
    suite = Suite("TEA", "Tea", standards=(ListedStandard("TEA01", "Tea"), ListedStandard("TEA02", "?")), areas=areas)
    wanted = wanted_of_suite(suite, KNOWN)
    assert wanted.links == (P1, P2)
    assert [[str(key) for key in each.standards] for each in wanted.functions] == [["TEA01 (1)"]]


def test_a_gap_is_planned_for_while_an_item_for_it_is_still_to_be_done() -> None:
    said = CpdPlanned(CpdStep.PLANNED, "Leaves", statements=(P1,))
    item = CpdItem("i", said, "jm", AT, ("i",))
    found = gap(WANTED, KNOWN, None, {}, Cpd((item,)))
    assert [each.link for each in found.not_planned] == [P2]
    did = Did("d", CpdDone("Leaves", date(2026, 3, 1), "notes", "i"), "jm", AT)
    done = gap(WANTED, KNOWN, None, {}, Cpd((replace(item, done=(did,)),)))
    assert [each.link for each in done.not_planned] == [P1, P2], "what was done is no plan for what is missing still"
    dropped = replace(item, said=replace(said, step=CpdStep.DROPPED))
    assert [each.link for each in gap(WANTED, KNOWN, None, {}, Cpd((dropped,))).not_planned] == [P1, P2]


def test_nothing_that_is_asked_for_is_no_gap() -> None:
    assert gap(Wanted("X", "x", ()), KNOWN, None, {}, Cpd()).counts == {}
