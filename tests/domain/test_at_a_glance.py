"""A learner at a glance: the last of each unit, and of all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from markterm.domain.record.aside import NOTHING_DONE
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.portfolio import fold
from markterm.domain.views.at_a_glance import MOST_ACTS, last_acts, touched
from tests.samples import AT, KEY, LEARNER, decision, withdrawal


def at(event: Event, minutes: int) -> Event:
    return replace(event, at=AT + timedelta(minutes=minutes))


def test_the_last_acts_come_first_and_those_of_one_moment_as_they_were_recorded() -> None:
    portfolio = fold([at(decision("a"), 3), at(decision("b", "1.2"), 3), at(decision("c", "2.1"), 1)])
    assert [(act.criterion, act.at - AT) for act in last_acts(portfolio)] == [
        ("1.2", timedelta(minutes=3)),
        ("1.1", timedelta(minutes=3)),
        ("2.1", timedelta(minutes=1)),
    ]
    assert last_acts(portfolio)[0].told == "decided ✓ pass"


def test_only_a_few_are_told() -> None:
    portfolio = fold([at(decision(f"u{n}"), n) for n in range(MOST_ACTS + 3)])
    assert [act.at - AT for act in last_acts(portfolio)] == [timedelta(minutes=n) for n in range(MOST_ACTS + 2, 2, -1)]


def test_what_happened_to_a_unit_last_is_by_its_time() -> None:
    first = decision("a")
    portfolio = fold([at(first, 1), at(withdrawal("w", "a"), 5), at(decision("b", "1.2"), 2)])
    assert first.subject.unit is not None
    assert touched(portfolio) == {first.subject.unit.code: ("withdrawn", AT + timedelta(minutes=5))}


def test_of_one_moment_the_later_entry_of_a_unit_is_what_happened_last() -> None:
    portfolio = fold([at(decision("a"), 1), at(withdrawal("w", "a"), 1)])
    assert [what for what, _ in touched(portfolio).values()] == ["withdrawn"]


def test_what_happened_last_is_told_in_words_and_not_as_the_record_calls_it() -> None:
    kinds = [kind for kind in Kind if kind not in NOTHING_DONE]
    told = [
        what
        for kind in kinds
        for what, _ in touched(fold([Event("d", kind.value, LEARNER, AT, "jm", "", Subject(KEY), {})])).values()
    ]
    assert "day set" in told
    assert [what for what in told if "_" in what] == []


def test_a_signature_is_no_act_and_touches_no_unit() -> None:
    signed = Event("s", Kind.SIGNED.value, LEARNER, AT + timedelta(minutes=9), "jm", "", Subject(KEY), {})
    portfolio = fold([decision("a"), signed])
    assert signed in portfolio.events
    assert [act.told for act in last_acts(portfolio)] == ["decided ✓ pass"]
    assert touched(portfolio)[KEY.code][0] == "decided"


def test_of_nothing_nothing_is_told() -> None:
    assert (last_acts(fold([])), touched(fold([]))) == ((), {})
