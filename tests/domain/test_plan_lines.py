"""A plan as lines: narrowed, sorted, and counted assessor by assessor."""

from __future__ import annotations

from datetime import date

import pytest

from markterm.domain.assessed.strategy import Risk
from markterm.domain.record.bodies.planning import PlannedSample
from markterm.domain.record.plans import StandingSample
from markterm.domain.sampling.table import Counts, PlanRow, Table, Where
from markterm.domain.views.plan_lines import (
    PLAN_FILTER,
    PlanLine,
    PlanOrder,
    by_assessor,
    filter_plan,
    sort_plan,
)
from markterm.domain.words.errors import WrongUse

NAMES = {"AAA1": "Rosalind Jones", "BBB2": "Nneka Okafor", "CCC3": "Zoé Núñez"}


def line(
    learner: str,
    unit: str = "8580-501",
    where: Where = Where.PLANNED,
    by: date | None = None,
    actual: date | None = None,
    alias: str = "",
    **more: object,
) -> PlanLine:
    said: dict[str, object] = {"assessor": "asha", "risk": "amber", "stage": "summative", "verifier": "ines", **more}
    planned = PlannedSample(learner, unit, ("a rule",), **said)  # type: ignore[arg-type]  # as it takes them
    return PlanLine(PlanRow(StandingSample(planned), where, by, None, actual), NAMES[learner], alias)


LINES = [
    line("AAA1", where=Where.OVERDUE, by=date(2026, 3, 1), drawn=True),
    line("BBB2", "8580-502", Where.NOT_AGREED, date(2026, 2, 1), date(2026, 2, 3), risk="red"),
    line("CCC3", assessor="ben", risk="green", verifier="omar", stage="interim"),
    line("CCC3", "8580-502", assessor="ben", risk="red", verifier="", by=date(2026, 1, 1)),
]


def found(text: str, lines: list[PlanLine] = LINES) -> list[str]:
    return [
        f"{each.row.sample.planned.learner} {each.row.sample.planned.unit[-3:]}" for each in filter_plan(lines, text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["AAA1 501", "BBB2 502", "CCC3 501", "CCC3 502"]),
        ("nunez 501", ["CCC3 501"]),
        ("unit:501", ["AAA1 501", "CCC3 501"]),
        ("unit:501 unit:502 assessor:asha", ["AAA1 501", "BBB2 502"]),
        ("state:not-agreed", ["BBB2 502"]),
        ("state:o", ["AAA1 501"]),
        ("-state:planned", ["AAA1 501", "BBB2 502"]),
        ("risk:red verifier:ines", ["BBB2 502"]),
        ("stage:interim", ["CCC3 501"]),
        ("drawn:yes", ["AAA1 501"]),
        ("-jones drawn:no -omar", ["BBB2 502", "CCC3 502"]),
        ("state:", ["AAA1 501", "BBB2 502", "CCC3 501", "CCC3 502"]),
        ("nothing:x", []),
    ],
)
def test_every_part_of_the_filter_has_to_hold_and_of_several_of_a_field_any(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_of_a_learner_who_is_marked_blind_the_label_alone_is_looked_for_and_sorted_by() -> None:
    lines = [line("AAA1", alias="Learner 2"), line("BBB2", alias="Learner 1")]
    assert found("jones", lines) == found("aaa1", lines) == []
    assert found("learner", lines) == ["AAA1 501", "BBB2 501"]
    assert [each.alias for each in sort_plan(lines, PlanOrder.LEARNER)] == ["Learner 1", "Learner 2"]


@pytest.mark.parametrize("text", ["risk:blue", "-state:lost", "colour:red"])
def test_a_field_or_a_value_that_there_is_not_is_refused_where_it_is_finished(text: str) -> None:
    with pytest.raises(WrongUse):
        PLAN_FILTER.check(text)


def test_a_filter_with_known_fields_and_beginnings_of_values_is_none_the_worse() -> None:
    PLAN_FILTER.check("jones unit:501 state:over -risk:g drawn:yes stage:int assessor:asha verifier:nobody")


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (PlanOrder.ASSESSOR, ["BBB2 502", "AAA1 501", "CCC3 501", "CCC3 502"]),
        (PlanOrder.DUE, ["CCC3 502", "AAA1 501", "CCC3 501", "BBB2 502"]),
        (PlanOrder.LEARNER, ["BBB2 502", "AAA1 501", "CCC3 501", "CCC3 502"]),
        (PlanOrder.UNIT, ["AAA1 501", "CCC3 501", "BBB2 502", "CCC3 502"]),
        (PlanOrder.VERIFIER, ["CCC3 502", "BBB2 502", "AAA1 501", "CCC3 501"]),
    ],
)
def test_a_plan_is_sorted_by_each_order_what_was_looked_at_last_by_day(order: PlanOrder, expected: list[str]) -> None:
    assert found("", sort_plan(LINES, order)) == expected


def test_of_each_assessor_it_is_counted_what_was_looked_at_and_which_units_are_at_which_risk() -> None:
    asha, ben = by_assessor(each.row for each in LINES)
    assert (asha.assessor, asha.counts, asha.overdue) == ("asha", Counts(2, 1, 1, 0), 1)
    assert asha.risks == ((Risk.RED, ("502",)), (Risk.AMBER, ("501",)))
    assert ben.risks == ((Risk.RED, ("502",)), (Risk.GREEN, ("501",)))


def test_what_changed_since_it_was_looked_at_counts_as_stale_above_the_samples_and_below_them() -> None:
    stale = line("AAA1", where=Where.STALE, actual=date(2026, 2, 3)).row
    (asha,) = by_assessor([stale, LINES[0].row])
    assert asha.counts == Counts(samples=2, looked_at=0, not_agreed=0, stale=1)
    assert Table((stale,), "", asha.counts).of_others == (
        "Chosen by a rule or by hand: 2; 0 looked at, 0 not agreed, 1 stale."
    )
