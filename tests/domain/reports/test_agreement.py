"""How far verifiers agree with assessors, over the records."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from markterm.domain.record.bodies.closing import Closed
from markterm.domain.record.bodies.verifying import Answer, Verified
from markterm.domain.record.event import Event, Result
from markterm.domain.reports.agreement import agreement
from markterm.domain.reports.around import Around
from markterm.domain.reports.asked import Asked, Axis
from markterm.domain.reports.report import Cell, Report
from tests.domain.reports.records import (
    PASS,
    REFER,
    at_attempt,
    counted,
    days_later,
    decided,
    looked,
    records,
    rows,
    verifying,
)
from tests.samples import withdrawal

THREE = (decided("a", "1.1"), decided("b", "1.2", REFER, actor="ak"), decided("c", "2.1"))
CLOSED = verifying(Closed(REFER, "", 1, ("a", "b", "c")), "closed", actor="jm")
YES, NO = Answer("1.1", "a", agrees=True), Answer("1.1", "a", False, "No.")


def of(*events: Event, by: Axis = Axis.ASSESSOR) -> Report:
    return agreement(records(counted(*THREE, CLOSED, *events)), Asked((by,)), Around())


def figures(*events: Event, by: Axis = Axis.ASSESSOR) -> list[tuple[Cell, ...]]:
    """Of each row whose and which stage it is, then answered, agreed, not agreed and amended."""
    wanted = (by.value, "stage", "answered", "agreed", "not_agreed", "amended")
    return [tuple(row[name] for name in wanted) for row in rows(of(*events, by=by))]


def verified(uid: str, *answers: Answer, supersedes: str = "", actor: str = "vd") -> Event:
    agrees = all(each.agrees for each in answers)
    said = Verified("closed", agrees, 1, answers=answers)
    return verifying(said, uid, *filter(None, [supersedes]), actor=actor)


def test_answers_are_counted_for_whoever_decided_interim_and_summative_apart() -> None:
    interim = looked("l", YES, Answer("1.2", "b", False, "It is there."))
    assert figures(interim, verified("v", YES)) == [
        ("ak", "interim", 1, 0, 1, 0),
        ("jm", "interim", 1, 1, 0, 0),
        ("jm", "summative", 1, 1, 0, 0),
    ]


def test_an_answer_that_goes_on_counts_once_and_the_last_one_to_a_decision_counts() -> None:
    first = verified("v", NO)
    second = verified("w", YES, Answer("2.1", "c", True), supersedes="v")
    assert figures(first) == [("jm", "summative", 1, 0, 1, 0)]
    assert figures(first, second) == [("jm", "summative", 2, 2, 0, 0)]


def test_while_a_verifier_goes_on_what_they_answered_so_far_counts() -> None:
    so_far = verifying(Verified("closed", True, 1, answers=(YES,), unfinished=True), "v")
    finished = verified("w", YES, Answer("2.1", "c", True), supersedes="v")
    assert figures(so_far) == [("jm", "summative", 1, 1, 0, 0)]
    assert figures(so_far, finished) == [("jm", "summative", 2, 2, 0, 0)]


def test_an_answer_stays_of_the_day_on_which_it_was_given_while_others_are_added() -> None:
    first, later = verified("v", YES), days_later(verified("w", YES, Answer("2.1", "c", True), supersedes="v"), 40)
    assert [row[:3] for row in figures(first, later, by=Axis.MONTH)] == [
        ("2025-03", "summative", 1),
        ("2025-04", "summative", 1),
    ]


def test_what_another_verifier_said_before_stays_theirs() -> None:
    goes_on = verified("w", YES._replace(by="vd"), Answer("2.1", "c", True), supersedes="v", actor="x")
    assert [row[:3] for row in figures(verified("v", YES), goes_on, by=Axis.VERIFIER)] == [
        ("vd", "summative", 1),
        ("x", "summative", 1),
    ]


def test_what_was_not_agreed_stays_so_when_it_is_amended_and_says_so() -> None:
    assert figures(verified("v", NO), decided("d", "1.1", REFER, supersedes="a")) == [("jm", "summative", 1, 0, 1, 1)]
    assert figures(verified("v", NO), withdrawal("d", "a")) == [("jm", "summative", 1, 0, 1, 1)]
    assert figures(verified("v", YES), decided("d", "1.1", REFER, supersedes="a")) == [("jm", "summative", 1, 1, 0, 0)]


def test_a_resubmission_amends_nothing() -> None:
    again = at_attempt(decided("d", "1.2", supersedes="b"), 2)
    assert figures(looked("l", Answer("1.2", "b", False, "No.")), again) == [("ak", "interim", 1, 0, 1, 0)]


def test_verifiers_who_contradict_each_other_are_neither_agreed_nor_not_and_that_is_said() -> None:
    report = of(verified("v", YES), verified("w", NO, actor="x"))
    (row,) = rows(report)
    assert (row["answered"], row["agreed"], row["not_agreed"], row["rate"]) == (1, 0, 0, None)
    (said,) = report.warnings
    assert said == (
        "1 answer in which verifiers contradict each other, or that nobody countersigned, was neither agreed nor not."
    )


def test_what_was_agreed_with_in_training_counts_once_it_is_countersigned() -> None:
    trainee = verifying(Verified("closed", True, 1, answers=(YES,), in_training=True), "v", actor="ivy")
    signed = verifying(Verified("closed", True, 1, answers=(YES._replace(by="ivy"),), countersigns="ivy"), "w", "v")
    assert figures(trainee) == [("jm", "summative", 1, 0, 0, 0)]
    assert figures(trainee, signed) == [("jm", "summative", 1, 1, 0, 0)]


def test_a_verifier_who_had_seen_another_ones_answer_answers_in_its_place() -> None:
    settles = verified("w", NO, supersedes="v", actor="x")
    assert figures(verified("v", YES), settles, by=Axis.VERIFIER) == [("x", "summative", 1, 0, 1, 0)]


def test_a_verification_as_a_whole_is_one_answer_to_whoever_closed_the_unit() -> None:
    whole = verifying(Verified("closed", False, 1, "Too little."), "v")
    assert figures(whole) == [("jm", "whole unit", 1, 0, 1, 0)]
    again = verifying(Verified("closed", True, 1), "w", "v")
    assert figures(whole, again) == [("jm", "whole unit", 1, 1, 0, 0)]


def test_an_answer_to_what_is_not_in_the_record_is_not_counted_and_said() -> None:
    report = of(verified("v", Answer("1.1", "gone", True)))
    assert report.rows == ()
    assert report.warnings == ("1 answer to decisions that are not in the record was not counted.",)


def own(uid: str, decision: str, assessor: Result, result: Result) -> Event:
    reason = "" if assessor is result else "Look."
    return looked(uid, Answer("1.1", decision, assessor is result, reason, own=result))


def test_second_assessments_are_compared_with_the_assessors_decisions() -> None:
    """Cohen's κ of 20/5/10/15 is 0.40."""
    times = {(PASS, PASS): 20, (PASS, REFER): 5, (REFER, PASS): 10, (REFER, REFER): 15}
    learners = [
        counted(decided("a", "1.1", first), own("l", "a", first, second), learner=f"L{number}")
        for (first, second), often in times.items()
        for number in range(often)
    ]
    (row,) = rows(agreement(records(*learners), Asked((Axis.ASSESSOR,)), Around()))
    assert (row["second"], row["same"], row["same_rate"]) == (50, 35, Fraction(7, 10))
    assert row["kappa"] == Fraction(2, 5)


def test_kappa_of_those_who_always_said_the_same_is_undefined_and_not_one() -> None:
    (row,) = (report := of(own("l", "a", PASS, PASS))).rows
    assert rows(report)[0]["kappa"] is None
    assert row.said.startswith("κ of 1 second assessment is undefined")
    assert of(looked("l", YES)).rows[0].said == ""


def test_a_second_assessment_stays_when_the_answer_goes_on_without_it() -> None:
    report = of(own("l", "a", PASS, PASS), looked("m", YES, supersedes="l"))
    assert rows(report)[0]["second"] == 1


@pytest.mark.parametrize("by", [Axis.CRITERION, Axis.UNIT, Axis.VERIFIER])
def test_behind_a_row_are_the_decisions_that_were_answered(by: Axis) -> None:
    report = of(verified("v", NO), looked("l", YES), by=by)
    assert [[(each.uid, each.what) for each in row.behind()] for row in report.rows] == [
        [("a", "pass by jm: agreed, interim")],
        [("a", "pass by jm: not agreed")],
    ]
    assert {entry.on for entry in report.behind()} == {date(2025, 3, 4)}
