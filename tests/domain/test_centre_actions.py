"""What minutes and verified briefs ask for: done by its owner, accepted by a verifier, and found in the record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from markterm.domain.assessed.member import Member
from markterm.domain.record.bodies.actions import ActionStep, FollowedUp
from markterm.domain.record.bodies.standardising import MinutedAction as Asked
from markterm.domain.record.briefs import brief_of
from markterm.domain.record.centre_actions import CentreAction, centre_actions
from markterm.domain.record.event import CENTRE, Event, Kind, Subject
from markterm.domain.record.of_themselves import of_themselves
from markterm.domain.record.who_did_what import Line
from markterm.domain.rules import centre_actions as rules
from markterm.domain.rules.act import Act
from markterm.domain.rules.standardising import close, drop
from markterm.domain.words.errors import Refused
from tests.domain.test_briefs import EDITED, SHEET, answered
from tests.domain.test_standardisation import MINUTES, NOW, OPENED, act, after
from tests.samples import ASSESSOR, SECOND_ASSESSOR, VERIFIER

DUE = date(2026, 10, 14)
CLOSED = close(
    act(VERIFIER, "m"), after(), replace(MINUTES, actions=(Asked("Tell.", "jm", DUE), Asked("Look.", "vd", DUE)))
)
HELD = (OPENED, CLOSED)


def asked(*steps: Event, place: int = 1) -> CentreAction:
    return next(each for each in centre_actions((*HELD, *steps)) if each.place == place)


def forged(uid: str, step: ActionStep, actor: str, place: int = 1, *over: str) -> Event:
    said = FollowedUp(step, "m", place, "So.")
    return Event(uid, Kind.FOLLOWED_UP.value, CENTRE, NOW, actor, "verifier", Subject(), said.write(), over)


DONE = rules.do(act(ASSESSOR, "d"), asked(), "Told.")


def test_it_is_done_by_its_owner_and_accepted_by_a_verifier() -> None:
    assert (asked().action.in_words(DUE), asked().action.owner, asked().about) == ("open", "jm", "8580-CERT")
    assert asked().action.in_words(date(2026, 10, 15)) == "overdue"
    assert asked(DONE).action.in_words(date(2026, 10, 15)) == "done"
    accepted = rules.accept(act(VERIFIER, "a"), asked(DONE))
    assert asked(DONE, accepted).action.is_finished
    # The other one of the same minutes is where it was.
    assert asked(DONE, accepted, place=2).action.is_open


def test_what_was_not_enough_is_set_again_and_what_somebody_left_is_given_to_another() -> None:
    again = rules.set_again(act(VERIFIER, "s"), asked(DONE), "In writing.", date(2026, 11, 1))
    given = rules.reassign(act(VERIFIER, "r"), asked(DONE, again), SECOND_ASSESSOR, "Jo has left.")
    action = asked(DONE, again, given).action
    assert (action.is_open, action.text, action.owner, action.due) == (True, "In writing.", "ak", date(2026, 11, 1))


def test_of_two_steps_that_did_not_see_each_other_the_less_finished_holds() -> None:
    given = rules.reassign(act(VERIFIER, "r"), asked(), SECOND_ASSESSOR, "Jo has left.")
    for steps in ((DONE, given), (given, DONE)):
        assert asked(*steps).action.is_open


@pytest.mark.parametrize(
    ("step", "title"),
    [
        (lambda: rules.do(act(VERIFIER, "x"), asked(), "Told."), "Not your action"),
        (lambda: rules.do(act(ASSESSOR, "x"), asked(), " "), "What was done?"),
        (lambda: rules.accept(act(VERIFIER, "x"), asked()), "Not done yet"),
        (lambda: rules.accept(act(ASSESSOR, "x"), asked(DONE)), "Only a verifier"),
        (lambda: rules.accept(act(VERIFIER, "x"), asked(_done_by_verifier(), place=2)), "Nobody accepts their own"),
        (lambda: rules.set_again(act(VERIFIER, "x"), asked(DONE), "", DUE), "An action says"),
        (lambda: rules.reassign(act(ASSESSOR, "x"), asked(), VERIFIER, "Ill."), "Not yours to give"),
        (lambda: rules.reassign(act(VERIFIER, "x"), asked(), ASSESSOR, "Ill."), "Theirs already"),
    ],
)
def test_what_cannot_be_is_refused(step: Callable[[], Event], title: str) -> None:
    with pytest.raises(Refused, match=title):
        step()


def _done_by_verifier() -> Event:
    return rules.do(act(VERIFIER, "o"), asked(place=2), "Looked.")


def test_what_a_brief_asks_for_is_accepted_by_verifying_the_brief_again() -> None:
    unfit = answered("u", unmet=(2,))
    asha = Member("asha", "Asha Patel", ASSESSOR.roles, ASSESSOR.units)
    (told,) = centre_actions([unfit])
    done = rules.do(Act(asha, CENTRE, NOW, "d"), told, "It says explain.")
    (told,) = centre_actions([unfit, done])
    assert "done, as asha says, and to be verified: Explain." in brief_of([unfit, done], EDITED).words
    with pytest.raises(Refused, match="The brief is verified again"):
        rules.accept(act(VERIFIER, "a"), told)
    (told,) = centre_actions([unfit, done, answered("v", unfit, sheet=EDITED)])
    assert (told.action.is_finished, told.action.last.actor) == (True, "vd")
    assert "to do" in brief_of([unfit], SHEET).words


def test_minutes_of_what_was_dropped_ask_for_nothing() -> None:
    dropped = drop(act(VERIFIER, "x"), after(), "Opened twice.")
    assert centre_actions((OPENED, CLOSED, dropped)) == ()


@pytest.mark.parametrize(
    ("steps", "codes"),
    [
        ((forged("f", ActionStep.DONE, "vd"),), ["MR34"]),
        ((DONE, forged("f", ActionStep.ACCEPTED, "jm", 1, "d")), ["MR31"]),
        ((DONE, forged("f", ActionStep.ACCEPTED, "vd", 1, "d")), []),
    ],
)
def test_whoever_answers_for_their_own_or_for_another_is_found(steps: tuple[Event, ...], codes: list[str]) -> None:
    every = (*HELD, *steps)
    lines = [Line(n, f"{each.actor}.1", n, each) for n, each in enumerate(every)]
    assert [each.code for each in of_themselves(lines, every)] == codes
