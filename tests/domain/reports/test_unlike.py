"""Assessors' rates of referral beside the others': with numbers, a warning for few, and no verdict."""

from __future__ import annotations

from fractions import Fraction

import pytest

from markterm.domain.reports.around import Around
from markterm.domain.reports.asked import Asked, Axis
from markterm.domain.reports.counted import Counted
from markterm.domain.reports.report import Report
from markterm.domain.reports.unlike import unlike
from tests.domain.reports.records import PASS, REFER, at_attempt, counted, decided, records, rows


def learners(assessor: str, learners: int, referred: int, *, units: str = "L") -> list[Counted]:
    """Learners with two criteria each, of which one is referred for so many of them."""
    return [
        counted(
            decided("a", "1.1", REFER if number < referred else PASS, actor=assessor),
            decided("b", "1.2", actor=assessor),
            learner=f"{units}{assessor}{number}",
        )
        for number in range(learners)
    ]


def of(*every: Counted, asked: Asked | None = None, enough: int = 20) -> Report:
    return unlike(records(*every), asked or Asked((Axis.UNIT,)), Around(enough=enough))


def test_rates_stand_beside_the_others_with_what_they_rest_on() -> None:
    report = of(*learners("jm", 20, 16), *learners("ak", 30, 3))
    ak, jm = rows(report)
    assert (jm["decided"], jm["referred"], jm["rate"]) == (40, 16, Fraction(2, 5))
    assert (jm["others_decided"], jm["others_referred"], jm["others_rate"]) == (60, 3, Fraction(1, 20))
    assert (ak["learners"], ak["learners_referred"]) == (30, 3)
    assert (ak["others_learners"], ak["others_learners_referred"]) == (20, 16)
    chances = [each["by_chance"] for each in (ak, jm)]
    assert [isinstance(each, Fraction) and each < Fraction(1, 1000) for each in chances] == [True, True]


def test_what_is_far_apart_is_worth_a_look_and_what_is_not_could_be_chance() -> None:
    far = of(*learners("jm", 20, 16), *learners("ak", 30, 3)).rows[1].said
    assert far == (
        "Something was referred for 16 of 20 learners, by the others for 3 of 30: chance alone makes under 1 % as "
        "different. Worth a look together."
    )
    near = of(*learners("jm", 20, 3), *learners("ak", 30, 3)).rows[1].said
    assert near.endswith("chance alone would often make them as different.")


def test_a_learner_whom_several_of_the_others_assessed_is_one_of_their_learners() -> None:
    together = [
        counted(
            decided("a", "1.1", REFER, actor="ak"),
            decided("b", "1.2", REFER, actor="cy"),
            decided("c", "2.1", actor="jm"),
            learner=f"L{number}",
        )
        for number in range(20)
    ]
    report = of(*together)
    figures = {
        str(row["assessor"]): (row["others_decided"], row["others_learners"], row["others_learners_referred"])
        for row in rows(report)
    }
    assert figures == {"ak": (40, 20, 20), "cy": (40, 20, 20), "jm": (40, 20, 20)}
    assert report.rows[2].said.startswith("Something was referred for 0 of 20 learners, by the others for 20 of 20:")


@pytest.mark.parametrize(("own", "others"), [(19, 30), (20, 19), (1, 1)])
def test_of_few_nothing_is_said_but_that_they_are_few(own: int, others: int) -> None:
    report = of(*learners("jm", own, own), *learners("ak", others, 0))
    assert [row["by_chance"] for row in rows(report)] == [None, None]
    assert all(row.said.startswith("Too few to say") for row in report.rows)
    assert not any("had enough learners" in note for note in report.notes)


def test_of_whoever_is_alone_nothing_is_said() -> None:
    (row,) = of(*learners("jm", 40, 4)).rows
    assert row.said == "Nobody else decided here: there is nothing to compare with."


def test_resubmissions_are_not_compared() -> None:
    again = counted(at_attempt(decided("a", "1.1", REFER), 2))
    assert of(again).rows == ()


def test_one_assessor_is_told_of_beside_all_the_others() -> None:
    every = (*learners("jm", 20, 16), *learners("ak", 30, 3), *learners("x", 30, 3))
    report = of(*every, asked=Asked((Axis.UNIT,), assessor="jm"))
    (row,) = rows(report)
    assert (row["assessor"], row["others_learners"]) == ("jm", 60)
    assert len(list(report.behind())) == len(list(report.rows[0].behind())) == 40


def test_by_criterion_each_one_is_compared_alone() -> None:
    report = of(*learners("jm", 20, 16), *learners("ak", 30, 3), asked=Asked((Axis.CRITERION,)))
    assert [(row["assessor"], row["criterion"], row["referred"]) for row in rows(report)] == [
        ("ak", "1.1", 3),
        ("ak", "1.2", 0),
        ("jm", "1.1", 16),
        ("jm", "1.2", 0),
    ]
    assert [row["by_chance"] for row in rows(report)][1::2] == [1, 1]


def test_where_many_are_compared_it_is_said_how_many_stand_out_by_chance() -> None:
    report = of(*(each for number in range(40) for each in learners(f"a{number}", 20, 2)))
    assert report.notes[-1].startswith("40 comparisons had enough learners: about 2 of them")
