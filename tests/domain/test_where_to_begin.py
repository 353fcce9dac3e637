"""Where somebody begins who opens a learner."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from markterm.domain.assessed.policy import Policy
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.portfolio import fold
from markterm.domain.record.states import CriterionState
from markterm.domain.views.due import Due, Owed, Person, Step
from markterm.domain.views.waiting import steps_due
from markterm.domain.views.where_to_begin import Beginning, UnitAtHand, Why, at_hand, where_to_begin
from tests.samples import ASSESSOR, AT, KEY, LEARNER, SECOND_ASSESSOR, UNIT, decision

OPEN, PASS, REFER, AGAIN = CriterionState.OPEN, CriterionState.PASS, CriterionState.REFER, CriterionState.RESUBMITTED
CONFLICT, STALE = CriterionState.CONFLICT, CriterionState.STALE
DAY = timedelta(days=1)
EARLY, LATE = date(2025, 3, 5), date(2025, 3, 9)


def due(step: Step, days: int | None = 0, person: Person = Person.ASSESSOR) -> Due:
    return Due(step, person, None if days is None else AT + days * DAY)


def unit(code: str, *states: CriterionState, **said: Any) -> UnitAtHand:
    """A unit with criteria 1.1, 1.2 and so on."""
    numbered = {f"1.{number}": state for number, state in enumerate(states, 1)}
    return UnitAtHand(code, numbered)._replace(**said)


FRESH = unit("500", OPEN, OPEN, due=(due(Step.MARK, None),))
DONE = unit("501", PASS, PASS, closed=True)
HANDED_IN = unit("502", PASS, OPEN, due=(due(Step.MARK),), handed_in=True)
TO_CLOSE = unit("503", PASS, REFER, due=(due(Step.CLOSE, 2),), handed_in=True)
TO_RELEASE = unit("504", PASS, closed=True, due=(due(Step.RELEASE, 1),))
BACK = unit("505", PASS, REFER, PASS, closed=True, due=(due(Step.SETTLE),), owed=(Owed(Step.SETTLE, "jm", "1.2"),))
CLASH = unit("506", OPEN, PASS, CONFLICT, due=(due(Step.SETTLE), due(Step.MARK)), handed_in=True)
RESUBMITTED = unit("507", PASS, AGAIN, OPEN, due=(due(Step.MARK, 5),), handed_in=True)
UNSIGNED = unit("508", PASS, PASS, due=(due(Step.COUNTERSIGN),), unsigned=("1.2",))
ACTION = unit("509", PASS, PASS, closed=True, owed=(Owed(Step.ACT, "jm", "1.2"),))
NOT_DUE = unit("510", OPEN, due=(due(Step.SUBMIT, None, Person.LEARNER),))


@pytest.mark.parametrize(
    ("units", "criterion", "why"),
    [
        ((FRESH,), "500 1.1", Why.OPEN),
        ((FRESH, HANDED_IN), "502 1.2", Why.SUBMITTED),
        ((DONE, FRESH), "500 1.1", Why.OPEN),
        ((FRESH, HANDED_IN, RESUBMITTED), "507 1.2", Why.RESUBMITTED),
        ((HANDED_IN, RESUBMITTED, CLASH), "506 1.3", Why.SETTLE),
        ((HANDED_IN, CLASH, ACTION), "509 1.2", Why.ACTION),
        ((HANDED_IN, CLASH, ACTION, BACK), "505 1.2", Why.CAME_BACK),
        ((TO_CLOSE, FRESH), "500 1.1", Why.OPEN),
        ((TO_CLOSE, NOT_DUE), "503 1.1", Why.NEXT_STEP),
        ((DONE, NOT_DUE), "510 1.1", Why.NOT_DUE),
        ((DONE, TO_CLOSE, TO_RELEASE), "504 1.1", Why.NEXT_STEP),
        ((DONE, UNSIGNED), "508 1.2", Why.NEXT_STEP),
        ((FRESH, unit("511", OPEN, due=(due(Step.MARK, 3),))), "511 1.1", Why.OPEN),
        ((DONE,), "501 1.1", Why.FIRST),
    ],
)
def test_one_begins_with_what_is_most_urgent(units: tuple[UnitAtHand, ...], criterion: str, why: Why) -> None:
    for order in (units, units[::-1]):
        begin = where_to_begin(order, "jm")
        assert begin is not None
        assert (f"{begin.unit} {begin.criterion}", begin.why) == (criterion, why)


def test_it_is_known_which_step_waits_longer_than_what_is_marked_first() -> None:
    for units, longer in (
        ((RESUBMITTED, TO_CLOSE, TO_RELEASE), "504"),
        ((RESUBMITTED, TO_CLOSE), "503"),
        ((HANDED_IN, TO_CLOSE), ""),
        ((FRESH, TO_CLOSE), "503"),
        ((RESUBMITTED,), ""),
        ((BACK, TO_CLOSE), ""),
    ):
        begin = where_to_begin(units, "jm")
        assert begin is not None
        assert (begin.longer.unit if begin.longer is not None else "") == longer
    named = where_to_begin((RESUBMITTED, TO_CLOSE), "jm", {"507"})
    assert named is not None
    assert named.longer is None, "what was looked for is all that is told of"


def test_of_two_that_are_handed_in_the_one_that_waits_longer_comes_first() -> None:
    earlier = HANDED_IN._replace(code="520", due=(due(Step.MARK, -3),))
    begin = where_to_begin((HANDED_IN, earlier), "jm")
    assert begin == Beginning("520", "1.2", Why.SUBMITTED, due(Step.MARK, -3), passed_over=True)


def test_of_two_actions_the_one_that_is_due_first_comes_first() -> None:
    soon, late = (
        ACTION._replace(code=code, owed=(Owed(Step.ACT, "jm", "1.2", day),))
        for code, day in (("521", date(2025, 3, 5)), ("522", date(2025, 3, 9)))
    )
    for order in ((late, soon, ACTION), (ACTION, soon, late)):
        begin = where_to_begin(order, "jm")
        assert begin is not None
        assert begin.unit == "521"


def test_of_what_is_to_be_decided_new_files_go_first_then_what_is_due_first_and_nothing_urgent_waits_for_them() -> None:
    new = FRESH._replace(code="523", is_new=True)
    soon, late = (FRESH._replace(code=code, due_on=day) for code, day in (("524", EARLY), ("525", LATE)))
    for units, first in (
        ((RESUBMITTED, HANDED_IN, new), "523"),
        ((HANDED_IN._replace(is_new=True), new), "502"),
        ((CLASH, new), "506"),
        ((TO_CLOSE._replace(is_new=True), FRESH), "500"),
        ((FRESH, late, soon), "524"),
        ((soon, HANDED_IN), "502"),
    ):
        for order in (units, units[::-1]):
            begin = where_to_begin(order, "jm")
            assert begin is not None
            assert begin.unit == first


def test_of_two_equally_old_the_first_in_the_list() -> None:
    begin = where_to_begin((HANDED_IN, HANDED_IN._replace(code="520")), "jm")
    assert begin is not None
    assert begin.unit == "502"


def test_the_units_that_were_looked_for_come_before_everything_else() -> None:
    assert where_to_begin((BACK, FRESH, HANDED_IN), "jm", {"500"}) == Beginning("500", "1.1", Why.OPEN, FRESH.due[0])
    begin = where_to_begin((BACK, HANDED_IN, FRESH), "jm", {"500", "502"})
    assert begin is not None
    assert begin.unit == "502", "the rule holds among them"


def test_a_unit_that_was_looked_for_is_shown_though_nothing_is_to_be_done_in_it() -> None:
    assert where_to_begin((FRESH, DONE), "jm", {"501"}) == Beginning("501", "1.1", Why.FIRST, passed_over=True)


def test_what_is_looked_for_and_not_there_changes_nothing() -> None:
    assert where_to_begin((DONE, FRESH), "jm", {"999"}) == where_to_begin((DONE, FRESH), "jm")


def test_what_came_back_to_somebody_else_is_nothing_to_begin_with() -> None:
    begin = where_to_begin((BACK, FRESH), "ak")
    assert begin is not None
    assert (begin.unit, begin.why) == ("500", Why.OPEN)


def test_a_unit_that_changed_after_it_was_closed_is_settled() -> None:
    changed = unit("511", PASS, closed=True, due=(due(Step.SETTLE),))
    assert where_to_begin((HANDED_IN, changed), "jm") == Beginning(
        "511", "1.1", Why.SETTLE, due(Step.SETTLE), passed_over=True
    )


def test_what_somebody_else_has_to_mark_does_not_wait_for_who_begins() -> None:
    theirs = HANDED_IN._replace(is_theirs=False)
    begin = where_to_begin((theirs, FRESH), "jm")
    assert begin is not None
    assert (begin.unit, begin.passed_over) == ("500", True)
    alone = where_to_begin((DONE, theirs), "jm")
    assert alone is not None
    assert (alone.unit, alone.criterion, alone.why) == ("502", "1.2", Why.NOT_DUE)


def test_what_waits_for_its_brief_is_not_begun_with() -> None:
    held = HANDED_IN._replace(states={"1.1": OPEN, "1.2": OPEN, "1.3": OPEN}, held=frozenset({"1.1"}))
    begin = where_to_begin((held,), "jm")
    assert begin is not None
    assert begin.criterion == "1.2"


def test_nothing_is_passed_over_where_all_before_it_is_decided() -> None:
    for units, passed in (
        ((DONE, TO_CLOSE, HANDED_IN), False),
        ((FRESH, HANDED_IN), True),
        ((HANDED_IN, FRESH), False),
    ):
        begin = where_to_begin(units, "jm")
        assert begin is not None
        assert begin.passed_over is passed


def test_without_a_unit_there_is_nothing_to_begin_with() -> None:
    assert where_to_begin((), "jm") is None
    no_criteria = where_to_begin((unit("500"),), "jm")
    assert no_criteria == Beginning("500", "", Why.FIRST)


def _at(*numbers: str, at: datetime = AT) -> UnitAtHand:
    portfolio = fold([replace(decision(f"d{number}", number), at=at) for number in numbers])
    return at_hand(UNIT, portfolio, steps_due(UNIT, portfolio, Policy()), frozenset(), ASSESSOR)


def test_a_unit_stands_as_its_record_says() -> None:
    begun = _at("1.1")
    assert begun.states == {"1.1": PASS, "1.2": OPEN, "2.1": OPEN}
    assert (begun.handed_in, begun.closed, begun.is_theirs, begun.undecided) == (False, False, True, "1.2")
    assert where_to_begin((begun,), "jm") == Beginning("8580-501", "1.2", Why.OPEN, due(Step.MARK))
    decided = where_to_begin((_at("1.1", "1.2", "2.1"),), "jm")
    assert decided == Beginning("8580-501", "1.1", Why.NEXT_STEP, due(Step.CLOSE))


def test_a_report_is_read_by_those_to_whom_it_is() -> None:
    reported = DONE._replace(due=(due(Step.ACKNOWLEDGE),), owed=(Owed(Step.ACKNOWLEDGE, "ak"),))
    for member, why in (("ak", Why.NEXT_STEP), ("jm", Why.FIRST)):
        begin = where_to_begin((reported,), member)
        assert begin is not None
        assert begin.why is why


def test_nobody_begins_with_countersigning_what_they_decided_or_may_not_sign() -> None:
    made = decision("d1")
    portfolio = fold([replace(made, body={**made.body, "training": True})])
    learns = replace(SECOND_ASSESSOR, units=frozenset(), training=frozenset({UNIT.code}))
    for member, unsigned in ((SECOND_ASSESSOR, ("1.1",)), (ASSESSOR, ()), (learns, ()), (None, ("1.1",))):
        assert at_hand(UNIT, portfolio, (), frozenset(), member).unsigned == unsigned
    waits = UNSIGNED._replace(unsigned=())
    begin = where_to_begin((waits,), "jm")
    assert begin is not None
    assert begin.why is Why.FIRST


def test_what_was_handed_in_at_an_earlier_attempt_is_not_handed_in_again() -> None:
    submitted = Event("s1", Kind.SUBMITTED.value, LEARNER, AT, "jm", "assessor", Subject(KEY), {"attempt": 1})
    again = replace(decision("d1"), body={"result": "pass", "note": "", "attempt": 2})
    for events, handed_in in (([submitted], True), ([submitted, again], False), ([], False)):
        assert at_hand(UNIT, fold(events), (), frozenset(), ASSESSOR).handed_in is handed_in


def test_who_is_not_approved_for_a_unit_may_not_mark_it_and_nobody_named_may_look() -> None:
    portfolio = fold([])
    stranger = replace(ASSESSOR, units=frozenset())
    learns = replace(stranger, training=frozenset({UNIT.code}))
    for member, theirs in ((stranger, False), (learns, True), (ASSESSOR, True), (None, True)):
        assert at_hand(UNIT, portfolio, (), frozenset(), member).is_theirs is theirs
