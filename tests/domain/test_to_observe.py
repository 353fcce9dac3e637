"""Which assessors are to be observed or asked about, by how often the centre wants it."""

from __future__ import annotations

from datetime import date

import pytest

from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.strategy import SeenEvery
from markterm.domain.record.bodies.observing import AssessorObserved, ObservingStep, SeenHow
from markterm.domain.record.observation import Observation, Observed
from markterm.domain.record.to_observe import ToObserve, to_observe
from tests.samples import AT

ASHA = Member("asha", "Asha Patel", frozenset({Role.ASSESSOR}))
INES = Member("ines", "Inês Carvalho", frozenset({Role.VERIFIER}))
UNTIL = date(2026, 8, 31)
YEARLY = SeenEvery(observation=12)


def seen(on: date, how: SeenHow = SeenHow.OBSERVATION) -> Observation:
    said = AssessorObserved(ObservingStep.RECORDED, "asha", how, on=on, verifier="ines")
    return Observation("seen", said, records=(Observed(said, "ines", AT),))


def due(*observed: Observation, every: SeenEvery = YEARLY) -> tuple[ToObserve, ...]:
    return to_observe(every, (INES, ASHA), observed, UNTIL)


def test_an_assessor_who_was_never_observed_is_due_and_a_verifier_is_not() -> None:
    (asha,) = due()
    assert (asha.assessor, asha.last, asha.by, asha.planned) == ("asha", None, None, None)
    assert asha.words == "observation of asha, every 12 months: none yet; not planned"


@pytest.mark.parametrize(
    ("on", "by"),
    [
        (date(2025, 8, 31), date(2026, 8, 31)),
        (date(2025, 9, 1), None),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2023, 12, 31), date(2024, 12, 31)),
        (date.max, None),
    ],
)
def test_so_many_months_after_the_last_it_is_due_again(on: date, by: date | None) -> None:
    assert [each.by for each in due(seen(on))] == ([by] if by is not None else [])


def test_the_last_one_counts_and_one_of_another_sort_does_not() -> None:
    assert due(seen(date(2020, 1, 1)), seen(date(2026, 1, 1))) == ()
    assert [each.how for each in due(seen(date(2026, 1, 1), SeenHow.WITNESS))] == [SeenHow.OBSERVATION]
    each_sort = due(seen(date(2026, 1, 1)), every=SeenEvery(12, 6, 24))
    assert [each.how for each in each_sort] == [SeenHow.LEARNER, SeenHow.WITNESS]


def test_what_is_planned_is_said_and_what_was_dropped_is_no_plan() -> None:
    plan = AssessorObserved(ObservingStep.PLANNED, "asha", SeenHow.OBSERVATION, verifier="ines", due=date(2026, 5, 1))
    (asha,) = due(Observation("plan", plan, plan))
    assert asha.words.endswith("none yet; planned until 2026-05-01 by ines")
    (asha,) = due(Observation("plan", plan, plan, dropped="She left."))
    assert asha.planned is None


def test_a_centre_that_says_nothing_of_it_has_nothing_due() -> None:
    assert due(every=SeenEvery()) == ()
