"""Visits of the external quality assurer: what they sign off, and what they ask for until it is accepted."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations

import pytest

from markterm.domain.assessed.member import Member, Role
from markterm.domain.record.bodies.visiting import Held, Visited, VisitStep
from markterm.domain.record.centre_actions import CentreAction, Source, centre_actions
from markterm.domain.record.event import CENTRE, Event
from markterm.domain.record.visits import Visit, in_words, signed_off, visits
from markterm.domain.rules import centre_actions as rules
from markterm.domain.rules import visiting
from markterm.domain.rules.act import Act
from markterm.domain.words.errors import MarkTermError, Refused, WrongUse
from tests.samples import ASSESSOR, AT, VERIFIER

CORA = Member("cora", "Cora Lind", frozenset({Role.COORDINATOR}))
CODES = ("T-CERT", "T-AWARD")
ON, DUE = AT.date(), AT.date() + timedelta(days=14)
SAID = Visited(
    VisitStep.RECORDED, organisation="Tea & Co", by="Pat Reed", on=ON, rating="green", signed_off=("T-CERT",)
)


def act(member: Member, uid: str) -> Act:
    return Act(member, CENTRE, AT, uid)


VISIT = visiting.record_visit(act(CORA, "v"), SAID, CODES)


def the_visit(*more: Event) -> Visit:
    return visits((VISIT, *more))[0]


def ask(uid: str = "a", *more: Event, holds: tuple[Held, ...] = (Held.CLAIMS,), of: str = "T-CERT") -> Event:
    return visiting.ask_for(act(CORA, uid), the_visit(*more), "A plan.", ASSESSOR, DUE, holds, of, CODES)


def asked(*events: Event) -> CentreAction:
    return centre_actions((VISIT, *events))[0]


def test_a_visit_signs_off_what_was_closed_until_its_day_and_the_last_one_counts() -> None:
    assert signed_off((VISIT,)) == {"T-CERT": ON}
    earlier = visiting.record_visit(
        act(CORA, "w"),
        Visited(VisitStep.RECORDED, organisation="T", on=ON - timedelta(days=9), signed_off=CODES),
        CODES,
    )
    for order in permutations((VISIT, earlier)):
        assert signed_off(order) == {"T-CERT": ON, "T-AWARD": ON - timedelta(days=9)}
    assert in_words(VISIT) == f"visit of Tea & Co on {ON}, rated green, signs off T-CERT"


def test_what_it_asks_for_is_an_action_that_holds_until_the_awarding_organisation_accepted_it() -> None:
    event = ask()
    action = asked(event)
    assert (action.source, action.where) == (Source.VISIT, f"the visit of Tea & Co, {ON}")
    assert (action.action.owner, action.action.due, action.qualification) == ("jm", DUE, "T-CERT")
    assert (action.holds_now(Held.CLAIMS), action.holds_now(Held.RETENTION)) == (True, False)
    with pytest.raises(Refused, match="Not done yet"):
        rules.accept(act(VERIFIER, "x"), action, "By e-mail.")
    done = rules.do(act(ASSESSOR, "d"), action, "plan.pdf, sent today.")
    assert asked(event, done).holds_now(Held.CLAIMS)
    with pytest.raises(Refused, match="Who accepted it"):
        rules.accept(act(VERIFIER, "x"), asked(event, done))
    accepted = rules.accept(act(VERIFIER, "x"), asked(event, done), "E-mail of Pat Reed.")
    assert not asked(event, done, accepted).holds_now(Held.CLAIMS)
    assert (asked(event, done).holding, asked(event, done, accepted).holding) == ("claims of T-CERT", "")


def test_a_visit_that_was_dropped_signs_off_nothing_and_asks_for_nothing() -> None:
    event = ask()
    dropped = visiting.drop_visit(act(CORA, "z"), the_visit(event), "Of another centre.")
    every = (VISIT, event, dropped)
    assert (signed_off(every), centre_actions(every)) == ({}, ())
    assert visits(every)[0].in_words.endswith("dropped")
    with pytest.raises(Refused, match="dropped"):
        ask("b", event, dropped)


@pytest.mark.parametrize(
    ("refused", "kind"),
    [
        (lambda: visiting.record_visit(act(ASSESSOR, "v"), SAID, CODES), Refused),
        (lambda: visiting.record_visit(act(CORA, "v"), SAID, ()), WrongUse),
        (lambda: visiting.record_visit(act(CORA, "v"), Visited(VisitStep.RECORDED, on=ON), CODES), Refused),
        (
            lambda: visiting.record_visit(
                act(CORA, "v"), Visited(VisitStep.RECORDED, organisation="T", on=date(2999, 1, 1)), CODES
            ),
            Refused,
        ),
        (lambda: ask(of="T-DIP"), WrongUse),
        (lambda: visiting.drop_visit(act(CORA, "z"), the_visit(), " "), Refused),
        (
            lambda: visiting.ask_for(act(CORA, "a"), the_visit(), " ", ASSESSOR, DUE, (), "", CODES),
            Refused,
        ),
        (
            lambda: visiting.ask_for(act(CORA, "a"), the_visit(), "x", ASSESSOR, ON - timedelta(days=1), (), "", CODES),
            Refused,
        ),
    ],
)
def test_what_cannot_be_recorded_of_a_visit_is_refused(refused: object, kind: type[MarkTermError]) -> None:
    assert callable(refused)
    with pytest.raises(kind):
        refused()
