"""Whatever happened before and after decisions were carried, none is lost from sight, and what is written is read."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.wording import is_same_wording
from markterm.domain.record.carrying import Carried, carried_over, in_words
from markterm.domain.record.event import Event, Kind, Result, Subject
from markterm.domain.record.outcome import outcome
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.record.programme import passed
from markterm.domain.record.settlement import Settlement, Settling
from markterm.domain.record.states import CriterionState
from markterm.domain.rules import marking
from markterm.domain.rules.settling import (
    carry,
    named_criterion,
    proposal,
    unsettled,
)
from markterm.domain.words.errors import Refused, WrongUse
from tests.domain.test_carrying import NEWER, SHORTER, TOKENS, open_in, settle
from tests.domain.test_sheet_fit import IN_FRONT, SHEET, Marking, marked, only, states
from tests.samples import AT, KEY, LEARNER


@st.composite
def settlements(draw: st.DrawFn) -> Settlement:
    """Any settlement that can be recorded."""
    settling = draw(st.sampled_from(Settling))
    carried = settling is Settling.CARRIED
    uids = st.lists(TOKENS, max_size=3).map(tuple)
    to = draw(TOKENS.filter(bool)) if carried else ""
    return Settlement(draw(TOKENS), settling, draw(uids), draw(uids), to, draw(TOKENS) if carried else "")


@given(st.lists(settlements(), max_size=4), TOKENS)
def test_what_is_written_is_what_is_read(written: list[Settlement], reason: str) -> None:
    for to in (KEY, NEWER.key):
        body = carried_over(KEY, to, reason, written).write()
        event = Event("c", Kind.CARRIED, LEARNER, AT, "jm", "assessor", Subject(KEY), body)
        carried = Carried.of_event(event)
        assert carried is not None
        assert (carried.to, carried.reason, carried.settlements) == (to, reason, tuple(written))
        assert in_words(event).startswith("settled: ")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"criteria": "1.1"},
        {"criteria": [{}]},
        {"criteria": [{"criterion": "1.1", "settling": "buried", "decisions": [], "citations": []}]},
        {"criteria": [{"criterion": "1.1", "settling": "carried", "decisions": [], "citations": []}]},
        {"criteria": [{"criterion": "1.1", "settling": "anew", "decisions": [1], "citations": []}]},
        {"criteria": [], "to_unit": 5},
    ],
)
def test_a_settling_that_this_version_does_not_understand_is_kept_and_changes_nothing(body: dict[str, object]) -> None:
    own = marked()
    event = Event("c", Kind.CARRIED, LEARNER, AT, "jm", "assessor", Subject(KEY), body)  # type: ignore[arg-type]
    after = fold([*own.events, event])
    assert after.unknown == (event,)
    assert after.unit(KEY).criteria == own.portfolio.unit(KEY).criteria


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """A learner marked while the sheet changes under the decisions, settled and withdrawn again."""
    sheets = [SHEET, IN_FRONT, NEWER, SHORTER]
    own = Marking()
    for _ in range(draw(st.integers(0, 12))):
        unit = draw(st.sampled_from(sheets))
        beside = own.beside(*{each.key: each for each in (SHEET, NEWER, unit)}.values())
        stands = beside.units[0]
        left = unsettled(stands, beside.portfolio.unit(stands.key))
        settled = [event.uid for event in own.events if event.kind == Kind.CARRIED]
        what = draw(st.integers(0, 3))
        if what == 0 and left and not stands.no_sheet:
            (one,) = draw(st.lists(st.sampled_from(left), min_size=1, max_size=1))
            how = draw(st.sampled_from(Settling))
            target = draw(st.sampled_from(stands.asked))
            settlement = one.carried(target.number, target.text) if how is Settling.CARRIED else one.settled(how)
            own.add(carry(own.act(), one.place[0], stands.on_sheet, beside.portfolio, [settlement], "So."))
        elif what == 1 and settled:
            uid = draw(st.sampled_from(settled))
            withdrawn = Event(
                f"w{len(own.events)}", Kind.WITHDRAWN, LEARNER, AT, "jm", "assessor", Subject(KEY), {}, (uid,)
            )
            own.add(withdrawn)
        else:
            number = draw(st.sampled_from([each.number for each in stands.asked] or ["1.1"]))
            try:
                event = marking.decide(
                    own.act(), stands, beside.portfolio, number, draw(st.sampled_from(Result)), "So.", reason="So."
                )
            except Refused:
                continue
            own.add(event)
    return own.events


@given(histories(), st.integers(0, 12))
def test_one_event_more_comes_to_the_same_as_all_from_the_start(events: list[Event], first: int) -> None:
    assert reduce(Portfolio.with_event, events[first:], fold(events[:first])) == fold(events)


@given(histories())
def test_no_decision_that_was_not_withdrawn_or_set_aside_is_lost_from_sight(events: list[Event]) -> None:
    portfolio = fold(events)
    live = {each.uid for unit in portfolio.units.values() for own in unit.criteria.values() for each in own.live}
    aside = {uid for uid, place in portfolio.placing.places.items() if place is None}
    assert live | aside == {event.uid for event in events if event.kind == Kind.DECIDED}


def test_carried_to_another_version_and_back_everything_is_where_it_was() -> None:
    own = marked("1.1").close()
    settle(own, NEWER)
    found = unsettled(*only(own.beside(SHEET)))
    proposed = [one for each in found if (one := proposal(each, SHEET)) is not None]
    own.add(carry(own.act(), NEWER.key, SHEET, own.portfolio, proposed, "It was right before."))
    assert states(own.beside(SHEET, NEWER)) == {"1.1": "refer", "1.2": "pass", "2.1": "pass"}
    assert own.portfolio.unit(KEY).closing is not None
    assert own.portfolio.begun == {KEY.code: KEY}


@given(histories(), st.sets(st.sampled_from(range(4))))
def test_whatever_becomes_of_the_sheets_every_decision_that_stands_is_in_sight_once_and_no_referral_is_hidden(
    events: list[Event], there: set[int]
) -> None:
    sheets = {each.key: each for place in there for each in [(SHEET, IN_FRONT, NEWER, SHORTER)[place]]}
    own = Marking()
    own.events = events
    beside = own.beside(*sheets.values())
    stand = {each.uid for unit in fold(events).units.values() for c in unit.criteria.values() for each in c.standing}
    seen = [
        each.uid
        for unit in beside.units
        for criterion in unit.criteria
        for each in beside.portfolio.unit(unit.key).criterion(criterion.number).standing
    ]
    assert sorted(seen) == sorted(stand)
    for unit in beside.units:
        record = beside.portfolio.unit(unit.key)
        if outcome(unit, record) is CriterionState.PASS:
            standing = [each for c in unit.criteria for each in record.criterion(c.number).standing]
            assert {each.result for each in standing} == {Result.PASS}
            assert all(
                is_same_wording(each.stands_on, c.text)
                for c in unit.criteria
                for each in record.criterion(c.number).standing
            )


def test_a_closing_whose_decisions_were_all_set_aside_counts_no_credits() -> None:
    own = marked().close()
    found = open_in(own, NEWER)
    gone = own.beside(NEWER).units[0]
    settlements = [each.settled(Settling.NOT_ASKED) for each in found]
    own.add(carry(own.act(), KEY, gone, own.portfolio, settlements, "The unit was withdrawn."))
    beside = own.beside(NEWER)
    assert passed(beside.portfolio) == frozenset()
    assert [each.key for each in beside.units] == [NEWER.key], "whoever is on the unit begins anew"
    assert set(states(beside).values()) == {"open"}


def test_a_number_that_two_versions_have_is_asked_about_and_its_whole_name_is_not() -> None:
    newest = replace(SHEET, version="3")
    own = marked().mark("1.1", unit=NEWER).mark("2.1", unit=newest)
    found = unsettled(*only(own.beside(SHEET, NEWER, newest)))
    assert named_criterion(found, "1.1 (2)", "501").place == (NEWER.key, "1.1")
    assert named_criterion(found, "1.2", "501").place == (KEY, "1.2")
    with pytest.raises(WrongUse, match=r"could be 1\.1 \(1\), 1\.1 \(2\)"):
        named_criterion(found, "1.1", "501")
    with pytest.raises(WrongUse, match="nothing that does not fit"):
        named_criterion(found, "9.9", "501")


def test_a_conflict_is_carried_over_as_the_conflict_it_is() -> None:
    own = marked("1.1")
    first = own.portfolio.unit(KEY).criterion("1.1").events[0]
    own.add(replace(first, uid="other", actor="ak", body={**first.body, "result": "pass"}))
    (found, *_) = open_in(own, IN_FRONT)
    assert found.results == "pass, refer"
    settle(own, IN_FRONT)
    assert states(own.beside(IN_FRONT))["1.2"] == "conflict"
