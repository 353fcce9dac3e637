"""Who may not answer for a unit, whatever their role; and what of it a record shows afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from markterm.domain.assessed.member import Member, Role
from markterm.domain.record.bodies.actions import Action, ActionStep
from markterm.domain.record.bodies.body import Body
from markterm.domain.record.bodies.interest import InterestDeclared
from markterm.domain.record.bodies.verifying import Answer, Looked, Override, Verified
from markterm.domain.record.event import CENTRE, Event, Kind, Subject
from markterm.domain.record.interest import Interests, interests_of
from markterm.domain.record.member_history import MemberHistory, MemberSince
from markterm.domain.record.portfolio import UnitRecord
from markterm.domain.record.separated import Known, broken, running_too_long, verified_units
from markterm.domain.record.who_did_what import Line, about_people
from markterm.domain.rules import verification
from markterm.domain.rules.act import Act
from markterm.domain.rules.answering import Said
from markterm.domain.rules.interest import declare_interest
from markterm.domain.rules.separation import LetPass, Separation, check_interest_of_assessor, check_separate, goes_on
from markterm.domain.words.errors import Refused
from tests.domain.test_verification import act, closed, sampled
from tests.samples import ASSESSOR, AT, KEY, LEARNER, UNIT, VERIFIER, decision

LEAD = replace(VERIFIER, id="iva", name="Iva Nowak", lead=True)
CLOSED = sampled(closed())
NEPHEW = InterestDeclared("vd", LEARNER, "her nephew")


def declared(said: InterestDeclared, uid: str = "i", actor: str = "co", days: float = -1, over: str = "") -> Event:
    at = AT + timedelta(days=days)
    kind = Kind.INTEREST_DECLARED.value
    return Event(uid, kind, CENTRE, at, actor, "coordinator", Subject(), said.write(), (over,) if over else ())


def interests(*events: Event) -> Interests:
    return interests_of(events)


def verify(around: Separation, said: Said | None = None) -> Event:
    return verification.verify(act("v"), UNIT, CLOSED, said or Said(True), around)


def around(found: Interests, let_pass: LetPass | None = None, *names: str) -> Separation:
    return Separation(names or (LEARNER,), found, let_pass=let_pass)


def test_nobody_verifies_what_they_decided_countersigned_or_signed_off() -> None:
    signed = Event("cs", "countersigned", LEARNER, AT, "vd", "assessor", Subject(KEY, "1.1"), {"decision": "d1.1"})
    with pytest.raises(Refused, match="countersigned decisions on"):
        verification.verify(act("v"), UNIT, CLOSED.with_event(signed), Said(True))
    decided = CLOSED.with_event(decision("own", "1.1", actor="vd", supersedes=["d1.1"]))
    with pytest.raises(Refused):
        verification.look(act("v"), UNIT, decided, Said(agreed=("1.1",)))


def test_nobody_verifies_a_learner_with_whom_they_have_a_conflict_of_interest() -> None:
    with pytest.raises(Refused, match="her nephew"):
        verify(around(interests(declared(NEPHEW))))
    assert verify(around(interests(declared(replace(NEPHEW, member="vo"))))).kind == Kind.VERIFIED


def test_a_conflict_of_interest_is_the_learners_whatever_their_registration_is_now() -> None:
    before = interests(declared(replace(NEPHEW, learner="OLD1")))
    with pytest.raises(Refused, match="her nephew"):
        verify(around(before, None, "OLD1", LEARNER))


def test_a_lead_iv_lets_it_pass_and_that_is_recorded_with_the_reason() -> None:
    event = verify(around(interests(declared(NEPHEW)), LetPass(LEAD, "She is the only other verifier.")))
    assert Verified.read(event.body).overrides == (Override("interest", "iva", "She is the only other verifier."),)
    assert Verified.read(verify(around(Interests(), LetPass(LEAD, "Not needed."))).body).overrides == ()


@pytest.mark.parametrize(
    ("let_pass", "words"),
    [
        (LetPass(replace(LEAD, lead=False), "x"), "is no Lead IV"),
        (LetPass(replace(LEAD, roles=frozenset({Role.ASSESSOR})), "x"), "is no Lead IV"),
        (LetPass(replace(LEAD, id="vd"), "x"), "themselves"),
        (LetPass(LEAD, " "), "nobody said why"),
    ],
)
def test_who_may_not_let_it_pass_does_not(let_pass: LetPass, words: str) -> None:
    with pytest.raises(Refused) as refused:
        verify(around(interests(declared(NEPHEW)), let_pass))
    assert words in refused.value.what


def test_a_lead_iv_with_a_conflict_of_interest_of_their_own_lets_nothing_pass() -> None:
    both = interests(declared(NEPHEW), declared(replace(NEPHEW, member="iva"), "j"))
    with pytest.raises(Refused, match="conflict of interest with the learner, too"):
        verify(around(both, LetPass(LEAD, "x")))
    before = interests(declared(NEPHEW), declared(replace(NEPHEW, member="iva", learner="OLD1"), "j"))
    with pytest.raises(Refused, match="conflict of interest with the learner, too"):
        verify(around(before, LetPass(LEAD, "x"), "OLD1", LEARNER))
    with pytest.raises(Refused, match="conflict of interest with the learner, too"):
        verify(Separation(interests=both, let_pass=LetPass(LEAD, "x")))


def test_so_many_units_running_of_the_same_assessor_are_enough() -> None:
    running = Separation((LEARNER,), running=("jm", "jm", "jm"), most_running=3)
    with pytest.raises(Refused, match="3 units running"):
        verify(running)
    assert verify(replace(running, running=("jm", "ak", "jm"))).kind == Kind.VERIFIED
    assert verify(replace(running, most_running=0)).kind == Kind.VERIFIED
    passed = verify(replace(running, let_pass=LetPass(LEAD, "Nobody else is here.")))
    assert [each.rule for each in Verified.read(passed.body).overrides] == ["running"]


def test_a_look_before_a_unit_is_closed_is_none_of_those_that_run() -> None:
    running = Separation((LEARNER,), running=("", "", ""), most_running=3)
    assert check_separate(act("v"), VERIFIER, UNIT, UnitRecord(), running) == ()
    assert not goes_on(UnitRecord(), VERIFIER.id)


def test_whoever_began_to_answer_goes_on_however_many_were_running() -> None:
    begun = CLOSED.with_event(verify(Separation((LEARNER,))))
    running = Separation((LEARNER,), running=("jm", "jm", "jm"), most_running=3)
    said = Said(False, reason="A second look.")
    assert verification.verify(act("v2"), UNIT, begun, said, running).kind == Kind.VERIFIED


def test_own_work_is_let_pass_by_nobody() -> None:
    decided = CLOSED.with_event(decision("own", "1.1", actor="vd"))
    with pytest.raises(Refused):
        verification.verify(act("v"), UNIT, decided, Said(True), around(Interests(), LetPass(LEAD, "x")))


def test_an_assessor_with_a_conflict_of_interest_is_refused() -> None:
    with pytest.raises(Refused, match="jm"):
        check_interest_of_assessor(act("d", ASSESSOR), around(interests(declared(replace(NEPHEW, member="jm")))))


def as_coordinator(uid: str = "i2") -> Act:
    return Act(Member("co", "Carla Ode", frozenset({Role.COORDINATOR})), CENTRE, AT, uid)


def test_what_is_said_later_of_the_same_two_is_added() -> None:
    first = declared(NEPHEW)
    told = declare_interest(
        as_coordinator(), interests(first), (LEARNER,), replace(NEPHEW, why="", told=date(2025, 1, 2))
    )
    (one,) = interests(first, told).declared
    assert (one.why, one.told, one.at) == ("her nephew", date(2025, 1, 2), first.at)
    with pytest.raises(Refused, match="her nephew"):
        declare_interest(as_coordinator("i3"), interests(first, told), (LEARNER,), replace(NEPHEW, why=""))


def test_nobody_ends_their_own_conflict_of_interest_and_one_that_was_ended_so_holds_on() -> None:
    first = declared(NEPHEW)
    ended = replace(NEPHEW, ended=AT.date() - timedelta(days=1))
    with pytest.raises(Refused, match="would verify or assess"):
        declare_interest(act("i2"), interests(first), (LEARNER,), ended)
    forged = declared(ended, "f", actor="vd", over="i")
    assert interests(first, forged).at("vd", (LEARNER,), AT) is not None
    by_other = declare_interest(as_coordinator(), interests(first), (LEARNER,), ended)
    assert interests(first, by_other).at("vd", (LEARNER,), AT) is None
    assert interests(first, by_other).at("vd", (LEARNER,), AT - timedelta(days=1, minutes=-1)) is None
    assert interests(first, by_other).at("vd", (LEARNER,), first.at) is None


def test_one_that_ended_stays_what_it_was_when_another_one_is_declared() -> None:
    first = declared(NEPHEW)
    ended = declared(replace(NEPHEW, ended=AT.date()), "e", over="i")
    again = declared(replace(NEPHEW, why="they live together"), "a", days=9, over="e")
    found = interests(first, ended, again)
    assert found.at("vd", (LEARNER,), AT - timedelta(hours=20)) is not None
    assert found.at("vd", (LEARNER,), AT + timedelta(days=5)) is None
    assert found.at("vd", (LEARNER,), AT + timedelta(days=9)) is not None


def test_an_entry_about_two_others_ends_nothing() -> None:
    first = declared(NEPHEW)
    forged = declared(replace(NEPHEW, learner="ELSE"), "f", over="i")
    assert interests(first, forged).at("vd", (LEARNER,), AT) is not None


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (InterestDeclared("vd", LEARNER), "Nothing was recorded"),
        (InterestDeclared("vd", LEARNER, "x", since=date(2099, 1, 1)), "It begins on 2099-01-01"),
        (InterestDeclared("vd", LEARNER, "x", told=date(2099, 1, 1)), "was told on 2099-01-01"),
        (InterestDeclared("vd", LEARNER, "x", ended=date(2025, 1, 1)), "None that has not ended"),
    ],
)
def test_a_conflict_of_interest_that_cannot_be_is_refused(said: InterestDeclared, words: str) -> None:
    with pytest.raises(Refused) as refused:
        declare_interest(as_coordinator(), Interests(), (LEARNER,), said)
    assert words in refused.value.what


# What a record shows afterwards.


def lines(*events: Event) -> list[Line]:
    return [Line(n, f"{e.actor}.0123abcd", n + 1, e) for n, e in enumerate(events, 1)]


def codes(events: Sequence[Event], known: Known | None = None) -> list[str]:
    return [each.code for each in broken(lines(*events), events, known or Known())]


def said(kind: Kind, actor: str, body: Body, uid: str = "v", days: float = 0) -> Event:
    return Event(uid, kind.value, LEARNER, AT + timedelta(days=days), actor, "verifier", Subject(KEY), body.write())


OWN = decision("d", "1.1", actor="vd")
BY_OTHER = decision("d", "1.1", actor="jm")
CLOSING = Event("c", "closed", LEARNER, AT, "jm", "assessor", Subject(KEY), {"outcome": "pass", "rests_on": ["d"]})


def test_whoever_verified_their_own_decision_by_hand_is_found() -> None:
    answer = Answer("1.1", "d", True)
    assert codes([BY_OTHER, CLOSING, said(Kind.VERIFIED, "vd", Verified("c", True))]) == []
    assert codes([OWN, CLOSING, said(Kind.VERIFIED, "vd", Verified("c", True))]) == ["MR26"]
    assert codes([OWN, said(Kind.LOOKED, "vd", Looked((answer,)))]) == ["MR26"]
    # Whoever decided another criterion of it has no part in it either, whether or not the closing rests on that.
    other = decision("o", "2.1", actor="vd")
    assert codes([BY_OTHER, other, CLOSING, said(Kind.VERIFIED, "vd", Verified("c", True))]) == ["MR26"]
    signed = Event("s", "countersigned", LEARNER, AT, "vd", "assessor", Subject(KEY, "1.1"), {"decision": "d"})
    assert codes([BY_OTHER, signed, CLOSING, said(Kind.VERIFIED, "vd", Verified("c", True))]) == ["MR26"]


def test_a_verifier_who_became_an_assessor_afterwards_is_not() -> None:
    later = decision("o", "1.1", actor="vd", supersedes=["d"])
    assert codes([BY_OTHER, CLOSING, said(Kind.VERIFIED, "vd", Verified("c", True)), later]) == []


def test_whoever_verified_or_assessed_a_learner_in_spite_of_a_conflict_of_interest_is_found() -> None:
    known = Known(interests=interests(declared(NEPHEW), declared(replace(NEPHEW, member="jm"), "j")))
    verified = said(Kind.VERIFIED, "vd", Verified("c", True))
    assert codes([verified], known) == ["MR27"]
    assert codes([replace(verified, at=AT - timedelta(days=2))], known) == []
    assert codes([said(Kind.ACTION, "vd", Action(ActionStep.ACCEPTED, "a"))], known) == ["MR27"]
    assert codes([said(Kind.ACTION, "vd", Action(ActionStep.DONE, "a", text="Done."))], known) == []
    (told,) = broken(lines(BY_OTHER), [BY_OTHER], replace(known, bars_assessors=False))
    assert (told.code, told.severity) == ("MR27", "warning")
    (told,) = broken(lines(BY_OTHER), [BY_OTHER], known)
    assert (told.code, told.severity) == ("MR27", "error")


def test_a_conflict_of_interest_that_was_declared_late_counts_from_its_day() -> None:
    late = Known(interests=interests(declared(replace(NEPHEW, since=AT.date()), days=30)))
    assert codes([said(Kind.VERIFIED, "vd", Verified("c", True))], late) == ["MR27"]
    assert codes([said(Kind.VERIFIED, "vd", Verified("c", True), days=-1)], late) == []


def test_a_rule_that_was_let_pass_is_found_unless_a_lead_iv_let_it_be() -> None:
    history = MemberHistory((MemberSince("iva", AT, LEAD), MemberSince("vd", AT, VERIFIER)))
    known = Known(history, interests(declared(NEPHEW)))

    def let_pass(lead: str, why: str = "Nobody else.") -> list[str]:
        overrides = (Override("interest", lead, why),)
        return codes([said(Kind.VERIFIED, "vd", Verified("c", True, overrides=overrides))], known)

    assert let_pass("iva") == []
    assert let_pass("vd") == let_pass("nobody") == let_pass("iva", "") == ["MR28"]


def test_too_many_units_running_are_found_across_the_records() -> None:
    def verified(number: int, assessor: str, overrides: tuple[Override, ...] = ()) -> list[Event]:
        closing = replace(CLOSING, uid=f"c{number}", actor=assessor)
        body = Verified(closing.uid, True, overrides=overrides)
        return [closing, said(Kind.VERIFIED, "vd", body, f"v{number}", days=number)]

    def found(*records: list[Event]) -> list[str]:
        units = [unit for events in records for unit in verified_units(lines(*events), events)]
        assert list(running_too_long(units, 0)) == []
        return [each.line.event.uid for each in running_too_long(reversed(units), 2)]

    run = [verified(number, "jm") for number in range(3)]
    assert found(*run) == ["v2"]
    assert found(*run[:2], verified(2, "ak"), verified(3, "jm")) == []
    assert found(*run[:2], verified(2, "jm", (Override("running", "iva", "Alone."),))) == []
    again = [*run[1], replace(run[1][1], uid="again", at=run[1][1].at + timedelta(days=9))]
    assert found(run[0], again) == [], "one unit, however often it was answered"


def test_whoever_ended_their_own_conflict_of_interest_is_found() -> None:
    forged = declared(replace(NEPHEW, ended=AT.date()), actor="vd")
    assert codes([forged]) == ["MR30"]
    assert codes([replace(forged, actor="co")]) == []


def test_a_verification_by_somebody_who_was_no_verifier_then_is_found_whatever_role_it_names() -> None:
    history = MemberHistory((MemberSince("jm", AT, ASSESSOR), MemberSince("vd", AT, VERIFIER)))
    for actor, expected in (("jm", ["MR25"]), ("vd", [])):
        event = replace(said(Kind.VERIFIED, actor, Verified("c", True)), role="")
        told = about_people(lines(event), history, AT + timedelta(days=9), lambda name: name)
        assert [each.code for each in told] == expected
