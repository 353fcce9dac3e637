"""What is asked of staff, and until when what they showed counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.competence import (
    WARNED_DAYS,
    CompetenceSheet,
    CompetenceState,
    Requirement,
    Shown,
    competence,
    shown_at_centre,
    years_after,
)
from markterm.domain.assessed.member import Member, Role

RECENT = Requirement("A1", "Assesses", years=3)
CPD = Requirement("A2", "Keeps up", years=3, is_cpd=True, lasting=("a qualification",))
KNOWS = Requirement("A3", "Knows")
TAUGHT = Requirement("T1", "Teaches", years=3)
SHEET = CompetenceSheet("L5", "Level 5", "8580", (TAUGHT,), (RECENT, CPD, KNOWS))
TODAY = date(2026, 3, 1)


def on(day: date, until: date | None = None, *, codes: tuple[str, ...] = ("A1",), for_good: bool = False) -> Shown:
    return Shown(codes, day, "what it was", until, for_good)


def state(shown: Shown, requirement: Requirement = RECENT, today: date = TODAY) -> CompetenceState:
    return competence([requirement], [shown], today)[0].state


def test_what_was_never_shown_is_missing() -> None:
    (missing,) = competence([RECENT], [on(TODAY, codes=("A2",))], TODAY)
    assert missing.state is CompetenceState.MISSING
    assert (missing.shown, missing.until) == (None, None)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2023, 2, 28), CompetenceState.LAPSED),
        (date(2023, 3, 1), CompetenceState.LAPSING),
        (TODAY - timedelta(days=1), CompetenceState.MET),
        (TODAY, CompetenceState.MET),
        (TODAY + timedelta(days=1), CompetenceState.MISSING),
    ],
)
def test_what_has_to_be_recent_counts_up_to_the_same_day_three_years_later(
    day: date, expected: CompetenceState
) -> None:
    assert state(on(day)) is expected


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (-1, CompetenceState.LAPSED),
        (0, CompetenceState.LAPSING),
        (WARNED_DAYS, CompetenceState.LAPSING),
        (WARNED_DAYS + 1, CompetenceState.MET),
    ],
)
def test_what_runs_out_within_ninety_days_is_told(left: int, expected: CompetenceState) -> None:
    assert state(on(date(2025, 1, 1), TODAY + timedelta(days=left))) is expected


def test_a_leap_day_counts_to_the_last_of_february() -> None:
    shown = on(date(2024, 2, 29))
    assert competence([RECENT], [shown], TODAY)[0].until == date(2027, 2, 28)
    assert state(shown, today=date(2027, 2, 28)) is CompetenceState.LAPSING
    assert state(shown, today=date(2027, 3, 1)) is CompetenceState.LAPSED
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)


def test_what_need_not_be_recent_does_not_lapse() -> None:
    (known,) = competence([KNOWS], [on(date(1987, 6, 1), codes=("A3",))], TODAY)
    assert (known.state, known.until) == (CompetenceState.MET, None)


def test_an_end_of_its_own_counts_where_it_is_earlier_and_makes_nothing_longer() -> None:
    assert state(on(date(2025, 6, 1), date(2026, 2, 28))) is CompetenceState.LAPSED
    assert state(on(date(2020, 6, 1), date(2030, 1, 1))) is CompetenceState.LAPSED
    assert state(on(date(1987, 6, 1), date(2026, 2, 1), codes=("A3",)), KNOWS) is CompetenceState.LAPSED


def test_what_lasts_lasts_only_where_the_requirement_knows_such_a_thing() -> None:
    assert state(on(date(2001, 6, 1), codes=("A2",), for_good=True), CPD) is CompetenceState.MET
    assert state(on(date(2001, 6, 1), codes=("A2",)), CPD) is CompetenceState.LAPSED
    assert state(on(date(2001, 6, 1), for_good=True), RECENT) is CompetenceState.LAPSED


def test_of_several_the_one_that_lasts_longest_counts() -> None:
    old, new, short = on(date(2024, 1, 1)), on(date(2025, 1, 1)), on(date(2026, 1, 1), date(2026, 1, 31))
    for order in ([old, new, short], [short, new, old]):
        assert competence([RECENT], order, TODAY)[0].shown == new


def test_one_thing_shows_several_requirements() -> None:
    shown = on(TODAY, codes=("A1", "T1"))
    assert [each.state for each in competence([RECENT, TAUGHT], [shown], TODAY)] == [CompetenceState.MET] * 2


def test_beyond_the_calendar_nothing_breaks() -> None:
    assert years_after(date(9999, 1, 1), 3) == date.max
    assert state(on(date(9998, 1, 1)), today=date(9998, 1, 1)) is CompetenceState.MET


def member(*roles: Role, units: frozenset[str] = frozenset({"8580-501"}), **more: date | frozenset[str]) -> Member:
    return Member("jo", "Jo", frozenset(roles), units, **more)  # type: ignore[arg-type]  # each test knows its keys


def test_what_is_asked_follows_the_roles() -> None:
    assert SHEET.asked_of(member(Role.TUTOR)) == (TAUGHT,)
    assert SHEET.asked_of(member(Role.ASSESSOR)) == (RECENT, CPD, KNOWS)
    assert SHEET.asked_of(member(Role.VERIFIER)) == (RECENT, CPD, KNOWS)
    assert SHEET.asked_of(member(Role.TUTOR, Role.ASSESSOR, Role.VERIFIER)) == (TAUGHT, RECENT, CPD, KNOWS)
    assert SHEET.asked_of(member(Role.COORDINATOR)) == ()


def test_what_is_asked_follows_the_suite_of_the_units() -> None:
    elsewhere = frozenset({"8588-300"})
    assert SHEET.asked_of(member(Role.TUTOR, units=elsewhere)) == ()
    assert SHEET.asked_of(member(Role.TUTOR, units=elsewhere, training=frozenset({"8580-500"}))) == (TAUGHT,)
    assert SHEET.asked_of(member(Role.TUTOR, units=frozenset())) == (TAUGHT,)


def test_without_a_file_the_dates_of_the_centre_stand_in_for_it() -> None:
    jo = member(Role.ASSESSOR, competence=date(2026, 2, 28), cpd=date(2027, 1, 31))
    requirements = SHEET.asked_of(jo)
    found = competence(requirements, shown_at_centre(jo, requirements, TODAY), TODAY)
    assert [(each.state, each.until) for each in found] == [
        (CompetenceState.LAPSED, date(2026, 2, 28)),
        (CompetenceState.MET, date(2027, 1, 31)),
        (CompetenceState.LAPSED, date(2026, 2, 28)),
    ]
    assert shown_at_centre(member(Role.ASSESSOR), requirements, TODAY) == ()


@given(st.dates(), st.integers(1, 99), st.dates())
def test_a_requirement_is_lapsed_exactly_after_its_last_day(day: date, years: int, today: date) -> None:
    (found,) = competence([Requirement("A1", "x", years)], [on(day)], today)
    if day > today:
        assert found.state is CompetenceState.MISSING
    else:
        assert (found.state is CompetenceState.LAPSED) is (today > years_after(day, years))
