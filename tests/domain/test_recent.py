"""The decisions made last: exact over all learners, without reading them all."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.record.event import Event
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.views.recent import recent_decisions
from tests.samples import AT, decision, withdrawal


def at(event: Event, minutes: int) -> Event:
    return replace(event, at=AT + timedelta(minutes=minutes))


def portfolios(learners: dict[str, list[Event]]) -> dict[str, Portfolio]:
    return {registration: fold(events) for registration, events in learners.items()}


def last(of: dict[str, Portfolio]) -> list[tuple[str, datetime | None]]:
    return [(registration, each.latest) for registration, each in of.items()]


def test_the_newest_come_first_and_withdrawn_ones_not_at_all() -> None:
    known = portfolios(
        {
            "A": [at(decision("a1"), 1), at(decision("a2", "1.2"), 5)],
            "B": [at(decision("b1"), 3), at(decision("b2", "1.2"), 4), at(withdrawal("w", "b2", "1.2"), 6)],
            "C": [],
        }
    )
    found = recent_decisions(last(known), known.get, 10)
    assert [(each.registration, each.decision.uid) for each in found] == [("A", "a2"), ("B", "b1"), ("A", "a1")]


def test_a_clock_that_is_behind_hides_no_decision_that_was_made_before() -> None:
    known = portfolios(
        {
            "A": [at(decision("a1"), 9), at(decision("a2", "1.2", actor="ak"), -500_000)],
            "B": [at(decision("b1"), 1)],
        }
    )
    assert [each.decision.uid for each in recent_decisions(last(known), known.get, 1)] == ["a1"]


def test_a_replaced_decision_is_told_as_such_and_one_member_can_be_asked_for() -> None:
    known = portfolios({"A": [at(decision("a1"), 1), at(decision("a2", actor="ak", supersedes=["a1"]), 2)]})
    assert [(each.decision.uid, each.stands) for each in recent_decisions(last(known), known.get, 10)] == [
        ("a2", True),
        ("a1", False),
    ]
    (only,) = recent_decisions(last(known), known.get, 10, "jm")
    assert only.decision.uid == "a1"


def test_what_cannot_hold_one_of_them_is_not_read() -> None:
    known = portfolios({str(place): [at(decision(f"d{place}"), place)] for place in range(100)})
    read: list[str] = []

    def portfolio_of(registration: str) -> Portfolio | None:
        read.append(registration)
        return None if registration == "99" else known[registration]

    found = recent_decisions(last(known), portfolio_of, 3)
    assert [each.registration for each in found] == ["98", "97", "96"]
    assert len(read) == 4


@given(
    st.dictionaries(st.sampled_from("ABCDEF"), st.lists(st.integers(0, 30), unique=True, max_size=5)), st.integers(1, 8)
)
def test_they_are_those_that_sorting_everything_gives(minutes: dict[str, list[int]], most: int) -> None:
    known = portfolios(
        {
            registration: [at(decision(f"{registration}{m}", f"{m}.1"), m) for m in sorted(each)]
            for registration, each in minutes.items()
        }
    )
    everything = sorted((m for each in minutes.values() for m in each), reverse=True)
    found = recent_decisions(last(known), known.get, most)
    assert [each.decision.at for each in found] == [AT + timedelta(minutes=m) for m in everything[:most]]
