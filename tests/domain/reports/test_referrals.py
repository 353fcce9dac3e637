"""How much is referred, over the records."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.event import Event
from markterm.domain.record.portfolio import fold
from markterm.domain.reports.around import Around
from markterm.domain.reports.asked import Asked, Axis
from markterm.domain.reports.counted import Counted
from markterm.domain.reports.referrals import referrals
from markterm.domain.reports.report import Report
from tests.domain.reports.records import REFER, at_attempt, counted, days_later, decided, records, rows
from tests.domain.test_portfolio import History, histories
from tests.samples import KEY, withdrawal

BY_ASSESSOR = Asked((Axis.ASSESSOR,))
THREE = (decided("a", "1.1"), decided("b", "1.2", REFER, actor="ak"), decided("c", "2.1"))


def figures(*events: Event) -> dict[object, tuple[object, ...]]:
    """Decided, referred, decided again and referred again of each assessor."""
    wanted = ("decided", "referred", "decided_again", "referred_again")
    return {row["assessor"]: tuple(row[name] for name in wanted) for row in rows(of(counted(*events)))}


def of(*every: Counted, asked: Asked = BY_ASSESSOR, around: Around | None = None) -> Report:
    return referrals(records(*every), asked, around or Around())


def test_what_each_assessor_decided_and_referred_is_counted() -> None:
    assert figures(*THREE) == {"jm": (2, 0, 0, 0), "ak": (1, 1, 0, 0)}
    assert [row["rate"] for row in rows(of(counted(*THREE)))] == [Fraction(1), Fraction(0)]


def test_what_was_replaced_or_taken_back_does_not_count() -> None:
    again = decided("d", "1.1", REFER, actor="ak", supersedes="a")
    assert figures(*THREE, again, withdrawal("w", "c", "2.1")) == {"ak": (2, 2, 0, 0)}


def test_a_resubmission_stands_apart_and_leaves_the_first_attempt_as_it_was() -> None:
    again = at_attempt(decided("d", "1.2", supersedes="b"), 2)
    assert figures(*THREE, again) == {"jm": (2, 0, 1, 0), "ak": (1, 1, 0, 0)}
    (row,) = (each for each in rows(of(counted(again))) if each["assessor"] == "jm")
    assert (row["rate"], row["rate_again"]) == (None, 0)


def test_a_criterion_in_conflict_is_in_no_figure_and_said() -> None:
    beside = decided("d", "1.1", REFER, actor="ak")
    assert figures(*THREE, beside) == {"jm": (1, 0, 0, 0), "ak": (1, 1, 0, 0)}
    (said,) = of(counted(*THREE, beside)).warnings
    assert said == "1 criterion in conflict at an attempt is in no figure: ENR1234567 8580-501 (1) 1.1."
    assert of(counted(*THREE, beside), asked=Asked((Axis.UNIT,), unit="8580-502")).warnings == ()


def test_rows_are_by_what_is_asked_criteria_in_the_order_of_a_sheet() -> None:
    ten = counted(decided("a", "1.10"), decided("b", "1.9", REFER))
    report = of(ten, asked=Asked((Axis.UNIT, Axis.CRITERION)))
    assert [column.name for column in report.columns if column.shown][:2] == ["unit", "criterion"]
    assert [row["criterion"] for row in rows(report)] == ["1.9", "1.10"]
    months = of(counted(*THREE, days_later(decided("d", "2.2"), 60)), asked=Asked((Axis.MONTH,)))
    assert [(row["month"], row["decided"]) for row in rows(months)] == [("2025-03", 3), ("2025-05", 1)]


def test_only_what_is_asked_for_is_counted() -> None:
    later = days_later(decided("d", "2.2"), 1)
    learner = counted(*THREE, later)
    for asked, count in (
        (Asked((Axis.UNIT,), assessor="jm"), 3),
        (Asked((Axis.UNIT,), unit="8580-501"), 4),
        (Asked((Axis.UNIT,), since=date(2025, 3, 5)), 1),
        (Asked((Axis.UNIT,), until=date(2025, 3, 4)), 3),
        (Asked((Axis.UNIT,), criterion="1.2"), 1),
    ):
        assert [row["decided"] for row in rows(of(learner, asked=asked))] == [count]
    assert of(learner, asked=Asked((Axis.UNIT,), unit="8580-502")).rows == ()


def test_behind_each_figure_are_the_decisions_that_it_counts() -> None:
    report = of(counted(*THREE))
    assert [[entry.uid for entry in row.behind()] for row in report.rows] == [["b"], ["a", "c"]]
    assert [(entry.uid, entry.what, entry.by) for entry in report.behind()] == [
        ("a", "pass", "jm"),
        ("b", "refer", "ak"),
        ("c", "pass", "jm"),
    ]
    (again,) = of(counted(at_attempt(THREE[1], 2))).behind()
    assert (again.what, again.on, again.criterion) == ("refer, attempt 2", date(2025, 3, 4), "1.2")


def test_what_is_in_doubt_or_left_out_is_said() -> None:
    around = Around(
        is_member=lambda member: member == "jm",
        has_left=lambda member: member == "jm",
        has_sheet=lambda unit: unit == UnitKey("8580-502", "1"),
        unread=["AAA1 (Unreadable)"],
        nobodys=["ENR1234567"],
    )
    told = "\n".join(of(Counted("BBB2", incomplete="MR01"), counted(*THREE), around=around).warnings)
    assert "1 record could not be read and is in no figure: AAA1 (Unreadable)." in told
    assert "1 record is incomplete, and decisions may be hidden: BBB2." in told
    assert "1 record without a learner's folder is counted all the same: ENR1234567." in told
    assert "No member that the centre's record knows: ak." in told
    assert "No members any more: jm. What they did is counted." in told
    assert "No mark sheet: 8580-501 (1)." in told


@given(histories())
def test_whatever_the_history_what_stands_is_counted_once_and_what_is_in_conflict_is_not(history: History) -> None:
    record = fold(history.events).unit(KEY)
    every = counted(*history.events)
    standing = {number: each.standing for number, each in record.criteria.items()}
    assert {(each.criterion, each.uid) for each in every.decided} == {
        (number, each[0].uid) for number, each in standing.items() if len(each) == 1
    }
    assert len(every.decided) == len({each.uid for each in every.decided})
    assert set(every.conflicts) == {(KEY, number) for number, each in standing.items() if len(each) > 1}
