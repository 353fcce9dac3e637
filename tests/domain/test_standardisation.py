"""Standardising: each member answers alone, and what was agreed is there for whoever decides later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.bodies.standardising import (
    Exhibit,
    MinutedAction,
    Standardised,
    Standardising,
    StandardisingStep,
    View,
    Viewed,
)
from markterm.domain.record.event import CENTRE, Event, Kind, Subject
from markterm.domain.record.portfolio import fold
from markterm.domain.record.standardisation import (
    Standardisation,
    StandardisationState,
    agreed_of,
    last_standardised,
    standardisations,
)
from markterm.domain.rules.act import Act
from markterm.domain.rules.standardising import answer, begin, close, drop, exhibit, refuses_use
from markterm.domain.sampling.agreement import agreement, beyond_chance
from markterm.domain.words.errors import Refused, WrongUse
from tests.samples import ASSESSOR, LEARNER, SECOND_ASSESSOR, UNIT, VERIFIER, decision, declaration

NOW = datetime(2026, 10, 7, 12, tzinfo=UTC)
WORK = Exhibit("AAA1", UNIT.code, UNIT.version, ("1.1", "1.2"))
TUTOR = Member("tu", "Tu Tor", frozenset({Role.TUTOR}))
MINUTES = Standardising(
    StandardisingStep.CLOSED,
    views=(Viewed(1, "1.2", View.REFER, "Both sides are needed."),),
    on=date(2026, 10, 7),
    text="What an evaluation is.",
    present=("jm", "ak"),
)


def act(member: Member, uid: str) -> Act:
    return Act(member, CENTRE, NOW, uid)


OPENED = begin(act(VERIFIER, "s"), "8580-CERT", [WORK], "Two of us differ.")


def after(*events: Event) -> Standardisation:
    (told,) = standardisations((OPENED, *events))
    return told


def says(member: Member, *views: tuple[str, View], uid: str = "", before: Sequence[Event] = ()) -> Event:
    own = [Viewed(1, number, view) for number, view in views]
    return answer(act(member, uid or f"a-{member.id}"), after(*before), own)


JO = says(ASSESSOR, ("1.1", View.PASS), ("1.2", View.PASS))
ALI = says(SECOND_ASSESSOR, ("1.1", View.PASS), ("1.2", View.REFER))


def test_nobody_sees_what_others_said_before_they_have_given_all_their_own_answers() -> None:
    half = says(SECOND_ASSESSOR, ("1.1", View.PASS))
    told = after(JO, half)
    assert told.may_see("jm")
    assert not told.may_see("ak")
    assert not told.may_see("")
    assert after(JO, half, says(SECOND_ASSESSOR, ("1.2", View.PASS), uid="a2", before=[JO, half])).may_see("ak")
    closed = close(act(VERIFIER, "m"), told, MINUTES)
    assert after(JO, half, closed).may_see("vd")


def test_an_answer_is_changed_until_all_are_given_and_stands_from_then_on() -> None:
    first = says(ASSESSOR, ("1.1", View.REFER))
    second = says(ASSESSOR, ("1.1", View.PASS), uid="a2", before=[first])
    assert after(first, second).views["jm"][1, "1.1"].view is View.PASS
    with pytest.raises(Refused, match="answered already"):
        says(ASSESSOR, ("1.1", View.REFER), before=[JO])
    # However it got into the record.
    late = replace(JO, uid="late", body=replace(MINUTES, step=StandardisingStep.ANSWERED, standardisation="s").write())
    assert after(JO, late) == after(JO)


@pytest.mark.parametrize(
    ("viewed", "title"),
    [
        (Viewed(2, "1.1", View.PASS), "No such exhibit"),
        (Viewed(0, "1.1", View.PASS), "No such exhibit"),
        (Viewed(1, "2.1", View.PASS), "not asked"),
        (Viewed(1, "1.1", View.AGREE), "no answer here"),
    ],
)
def test_what_is_not_asked_is_no_answer(viewed: Viewed, title: str) -> None:
    with pytest.raises(WrongUse, match=title):
        answer(act(ASSESSOR, "a"), after(), [viewed])
    said = Standardising(StandardisingStep.ANSWERED, "s", views=(viewed,))
    assert not after(replace(JO, body=said.write())).views["jm"]


@pytest.mark.parametrize(
    "verb",
    [
        lambda: begin(act(ASSESSOR, "s"), "8580-CERT", [WORK], ""),
        lambda: begin(act(VERIFIER, "s"), "8580-CERT", [], ""),
        lambda: answer(act(TUTOR, "a"), after(), [Viewed(1, "1.1", View.PASS)]),
        lambda: close(act(ASSESSOR, "m"), after(), MINUTES),
        lambda: drop(act(ASSESSOR, "d"), after(), "Twice."),
        lambda: drop(act(VERIFIER, "d"), after(), " "),
    ],
)
def test_who_may_open_answer_close_and_drop(verb: Callable[[], Event]) -> None:
    with pytest.raises(Refused):
        verb()


@pytest.mark.parametrize(
    "minutes",
    [
        replace(MINUTES, present=()),
        replace(MINUTES, text=" "),
        replace(MINUTES, on=None),
        replace(MINUTES, on=NOW.date() + timedelta(days=2)),
    ],
)
def test_minutes_say_when_who_and_what(minutes: Standardising) -> None:
    with pytest.raises(Refused):
        close(act(VERIFIER, "m"), after(), minutes)


@pytest.mark.parametrize(
    "minutes",
    [
        replace(MINUTES, views=(Viewed(1, "1.2", View.REFER),)),
        replace(MINUTES, views=(Viewed(1, "9.9", View.REFER, "Why."),)),
        replace(MINUTES, actions=(MinutedAction("Tell the tutors.", "jm"),)),
        replace(MINUTES, actions=(MinutedAction("", "jm", date(2026, 11, 1)),)),
    ],
)
def test_what_is_agreed_and_to_be_done_is_said_in_full(minutes: Standardising) -> None:
    with pytest.raises(WrongUse):
        close(act(VERIFIER, "m"), after(), minutes)


def test_a_closed_or_dropped_one_takes_nothing_more() -> None:
    closed, dropped = close(act(VERIFIER, "m"), after(), MINUTES), drop(act(VERIFIER, "d"), after(), "Opened twice.")
    assert after(closed).state is StandardisationState.CLOSED
    assert (after(dropped).state, after(dropped).dropped) == (StandardisationState.DROPPED, "Opened twice.")
    for event in (closed, dropped):
        with pytest.raises(Refused, match="already"):
            says(ASSESSOR, ("1.1", View.PASS), before=[event])
        with pytest.raises(Refused, match="already"):
            close(act(VERIFIER, "m2"), after(event), MINUTES)


def test_whoever_was_there_or_had_answered_was_standardised_on_the_day_of_the_meeting() -> None:
    told = after(ALI, close(act(VERIFIER, "m"), after(ALI), replace(MINUTES, present=("jm",))))
    of = [last_standardised([told], member, ["8580-CERT"]) for member in ("jm", "ak", "vd")]
    assert of == [date(2026, 10, 7), date(2026, 10, 7), None]
    assert last_standardised([told], "jm", ["8580-DIP"]) is None
    assert last_standardised([after(JO)], "jm", ["8580-CERT"]) is None


def test_what_was_agreed_is_offered_for_that_criterion_of_that_version_alone() -> None:
    told = after(close(act(VERIFIER, "m"), after(), MINUTES))
    found = agreed_of([told], UnitKey(UNIT.code, UNIT.version))
    assert [(number, each.view, each.words) for number, own in found.items() for each in own] == [
        ("1.2", View.REFER, "Both sides are needed.")
    ]
    assert agreed_of([told], UnitKey(UNIT.code, "2")) == {}
    assert agreed_of([after()], UnitKey(UNIT.code, UNIT.version)) == {}


def test_agreement_says_how_many_said_the_same_and_who_differed() -> None:
    both, split = agreement(after(JO, ALI))
    assert (both.percent, both.said, both.differed) == (100, {View.PASS: ("jm", "ak")}, ())
    assert (split.percent, split.differed) == (50, ())
    vera = says(VERIFIER, ("1.2", View.PASS))
    _, most = agreement(after(JO, ALI, vera))
    assert (most.percent, most.differed) == (67, ("ak",))
    _, agreed = agreement(after(JO, ALI, vera, close(act(VERIFIER, "m"), after(), MINUTES)))
    assert (agreed.percent, agreed.differed) == (67, ("jm", "vd"))
    alone, _ = agreement(after(JO))
    assert alone.percent is None


def test_kappa_is_of_those_who_answered_everything_and_undefined_is_said() -> None:
    (one,) = beyond_chance(after(JO))
    assert (one.value, one.undefined) == (None, "fewer than two have answered all of it")
    (two,) = beyond_chance(after(JO, ALI))
    assert (two.name, two.raters, two.criteria, two.value) == ("Cohen's κ", 2, 2, Fraction(0))
    half = says(VERIFIER, ("1.1", View.PASS))
    assert list(beyond_chance(after(JO, ALI, half))) == [two]
    vera = says(VERIFIER, ("1.1", View.PASS), ("1.2", View.REFER))
    (three,) = beyond_chance(after(JO, ALI, vera))
    # Two criteria, of three raters: 1 and 1/3 agree, where chance alone would have 5/9 (four of six said pass).
    assert (three.name, three.value) == ("Fleiss' κ", (Fraction(2, 3) - Fraction(5, 9)) / (1 - Fraction(5, 9)))
    same = says(SECOND_ASSESSOR, ("1.1", View.PASS), ("1.2", View.PASS))
    (none,) = beyond_chance(after(JO, same))
    assert none.value is None
    assert none.undefined.startswith("everybody always said the same")


def test_who_ticked_that_their_work_is_not_used_refuses_at_any_attempt() -> None:
    said = declaration()
    refusing = replace(said, uid="r", body={**said.body, "refuses_use": True})
    of_unit = replace(refusing, uid="u", subject=Subject(UNIT.key))
    assert not refuses_use(fold([said]), UNIT)
    assert refuses_use(fold([said, refusing]), UNIT)
    assert refuses_use(fold([said, of_unit]), UNIT)


def test_feedback_and_verification_are_standardised_only_where_there_are_some() -> None:
    noted = fold([decision("d", note="You name three kinds.")])
    assert exhibit(LEARNER, UNIT, noted, ["1.1"], Standardised.FEEDBACK).rests_on == ("d",)
    for portfolio, of in ((fold([decision("d")]), Standardised.FEEDBACK), (noted, Standardised.VERIFICATION)):
        with pytest.raises(Refused, match="There is no"):
            exhibit(LEARNER, UNIT, portfolio, ["1.1"], of)
    with pytest.raises(WrongUse, match="No such criterion"):
        exhibit(LEARNER, UNIT, noted, ["9.9"], Standardised.DECISIONS)
    assert exhibit(LEARNER, UNIT, noted, ["1.1", "1.1"], Standardised.DECISIONS).criteria == ("1.1",)


ANSWERS = st.lists(
    st.tuples(st.sampled_from(["jm", "ak", "vd"]), st.sampled_from(["1.1", "1.2", "9.9"]), st.sampled_from(View)),
    max_size=12,
)


@given(ANSWERS)
def test_whatever_others_answer_in_between_each_members_own_answers_are_what_they_said_before_all_were_given(
    said: list[tuple[str, str, View]],
) -> None:
    every = [
        Event(
            f"a{place}",
            Kind.STANDARDISED.value,
            CENTRE,
            NOW,
            member,
            "assessor",
            body=Standardising(StandardisingStep.ANSWERED, "s", views=(Viewed(1, number, view),)).write(),
        )
        for place, (member, number, view) in enumerate(said)
    ]
    told = after(*every)
    for member, own in told.views.items():
        expected: dict[tuple[int, str], View] = {}
        for who, number, view in said:
            if who == member and len(expected) < 2 and number in WORK.criteria and view in (View.PASS, View.REFER):
                expected[1, number] = view
        assert {asked: viewed.view for asked, viewed in own.items()} == expected
        assert told.may_see(member) is (len(expected) == 2)
