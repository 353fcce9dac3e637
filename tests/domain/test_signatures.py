"""Keys with which members sign, and what a signature proves: who had the key when, by cause and not by the clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from markterm.domain.assessed.member import Member, Role
from markterm.domain.record.bodies.centre import MemberChanged
from markterm.domain.record.bodies.signing import KeyEntered, Signed
from markterm.domain.record.event import CENTRE, Event, Kind, Subject
from markterm.domain.record.portfolio import fold
from markterm.domain.record.signatures import signatures_told, signed_soundly
from markterm.domain.record.signing_keys import SigningKey, keys_of, mark_of, who_confirms
from markterm.domain.record.who_did_what import Line
from markterm.domain.rules.act import Act
from markterm.domain.rules.signing_keys import confirm_key, end_key, enter_key, sign
from markterm.domain.words.errors import Refused
from tests.samples import ASSESSOR, AT, KEY, LEARNER, SECOND_ASSESSOR, VERIFIER

COORDINATOR = Member("co", "Cora Lind", frozenset({Role.COORDINATOR}))
MEMBERS = (ASSESSOR, SECOND_ASSESSOR, VERIFIER, COORDINATOR)
PUBLIC, OTHER = "aa" * 32, "bb" * 32
NOTHING = frozenset[str]()
CLOSED = Event("closing", Kind.CLOSED, LEARNER, AT + timedelta(hours=1), ASSESSOR.id, "assessor", Subject(KEY))


def known(*members: Member) -> list[Event]:
    """The entries by which the centre's record knows these members."""
    return [
        Event(
            f"m{each.id}", Kind.MEMBER_CHANGED, CENTRE, AT, each.id, "", Subject(), MemberChanged(each.id, each).write()
        )
        for each in members
    ]


def by(member: Member, uid: str, hours: float = 0, learner: str = CENTRE) -> Act:
    return Act(member, learner, AT + timedelta(hours=hours), uid)


def entered(public: str = PUBLIC) -> Event:
    return enter_key(by(ASSESSOR, "entry"), (), public)


def the_key(*events: Event) -> SigningKey:
    (key,) = keys_of((*known(*MEMBERS), *events))
    return key


def confirmed() -> list[Event]:
    return [entered(), confirm_key(by(COORDINATOR, "confirmed"), the_key(entered()), MEMBERS)]


def ended(
    who: Member, signed: frozenset[str] = NOTHING, since: datetime | None = None, hours: float = 3
) -> list[Event]:
    return [*confirmed(), end_key(by(who, "end", hours), the_key(*confirmed()), MEMBERS, "lost", since, signed)]


def signature(of: Event = CLOSED, who: Member = ASSESSOR, hours: float = 1, digit: str = "c") -> Event:
    act = by(who, f"signature {digit}", hours, LEARNER)
    return sign(act, of, the_key(*confirmed()), f"{of.uid:0>64}".replace("closing", "c105e00"), lambda _: digit * 128)


def mark(event: Event) -> str:
    return mark_of(Signed.read(event.body))


def told(*events: Event, keys: Sequence[Event] = (), proves: bool | None = True) -> list[str]:
    """The codes of what is found in a record of these events."""
    lines = [Line(index, "jm.1", index + 1, event) for index, event in enumerate(events)]
    of_centre = keys_of((*known(*MEMBERS), *(keys or confirmed())))
    found = signatures_told(lines, events, of_centre, None if proves is None else lambda _, __: bool(proves))
    return [each.code for each in found]


def test_a_key_signs_once_somebody_else_confirmed_it_and_until_it_ends() -> None:
    assert [the_key(entered()).signs, the_key(*confirmed()).signs] == [False, True]
    assert the_key(*ended(ASSESSOR)).state == "ended"
    assert not the_key(*confirmed()).is_alone


def test_who_confirms_is_a_coordinator_then_a_verifier_then_anybody_and_the_owner_when_alone() -> None:
    assert who_confirms(MEMBERS, ASSESSOR.id) == ["co"]
    assert who_confirms((COORDINATOR, ASSESSOR, VERIFIER), "co") == [VERIFIER.id]
    assert who_confirms((ASSESSOR, replace(ASSESSOR, id="ben")), ASSESSOR.id) == ["ben"]
    assert who_confirms((ASSESSOR,), ASSESSOR.id) == [ASSESSOR.id]
    with pytest.raises(Refused, match="does not confirm"):
        confirm_key(by(ASSESSOR, "x"), the_key(entered()), MEMBERS)
    (alone,) = keys_of((*known(ASSESSOR), entered(), confirm_key(by(ASSESSOR, "x"), the_key(entered()), [ASSESSOR])))
    assert (alone.signs, alone.is_alone) == (True, True)


def test_what_was_written_past_the_rules_enters_confirms_and_ends_nothing() -> None:
    """However it came into the record: by hand, or by another program."""
    assert keys_of((*known(*MEMBERS), replace(entered(), actor="ben"))) == ()
    own = replace(confirmed()[1], actor=ASSESSOR.id)
    assert not the_key(entered(), own).confirmed
    other = replace(confirmed()[1], body=KeyEntered(ASSESSOR.id, OTHER, "entry").write())
    assert not the_key(entered(), other).confirmed
    *before, end = ended(COORDINATOR)
    assert the_key(*before, replace(end, actor=SECOND_ASSESSOR.id)).signs
    # A key that was ended is not entered anew.
    again = replace(entered(), uid="again")
    assert not the_key(*ended(ASSESSOR), again).signs


def test_who_has_a_key_makes_no_second_one_and_nothing_is_confirmed_or_ended_twice() -> None:
    with pytest.raises(Refused, match="is entered, and has not ended"):
        enter_key(by(ASSESSOR, "x"), [the_key(entered())], OTHER)
    assert enter_key(by(ASSESSOR, "x"), [the_key(*ended(ASSESSOR))], OTHER).kind == Kind.KEY_ENTERED
    with pytest.raises(Refused, match="Nothing to confirm"):
        confirm_key(by(COORDINATOR, "x"), the_key(*confirmed()), MEMBERS)
    with pytest.raises(Refused, match="It has ended"):
        end_key(by(COORDINATOR, "x", 4), the_key(*ended(ASSESSOR)), MEMBERS, "lost", None, NOTHING)


def test_an_end_needs_a_reason_and_nobody_disowns_what_they_signed() -> None:
    key = the_key(*confirmed())
    with pytest.raises(Refused, match="Why does it end"):
        end_key(by(ASSESSOR, "x"), key, MEMBERS, " ", None, NOTHING)
    with pytest.raises(Refused, match="Nobody disowns"):
        end_key(by(ASSESSOR, "x"), key, MEMBERS, "lost", AT - timedelta(days=1), NOTHING)
    with pytest.raises(Refused, match="Somebody else ends it"):
        end_key(by(SECOND_ASSESSOR, "x"), key, MEMBERS, "lost", None, NOTHING)
    with pytest.raises(Refused, match="has not come"):
        end_key(by(COORDINATOR, "x"), key, MEMBERS, "lost", AT + timedelta(days=1), NOTHING)
    # Written by hand with a time from before, it counts from when it was written.
    *before, end = ended(ASSESSOR, hours=3)
    early = replace(end, body={**end.body, "since": AT.isoformat()})
    assert the_key(*before, early).ends[0].since == AT + timedelta(hours=3)


def test_a_sound_signature_is_no_finding_and_changes_nothing_that_stands() -> None:
    assert told(CLOSED, signature()) == []
    portfolio = fold([signature()])
    assert (portfolio.units, portfolio.unknown, len(portfolio.aside)) == ({}, (), 1)


def test_a_signature_over_anything_else_is_found() -> None:
    assert told(CLOSED, signature(), proves=False) == ["MR41", "MR43"]
    assert told(signature()) == ["MR41"]


def test_a_signature_by_a_key_that_was_not_the_signers_then_is_found() -> None:
    assert told(CLOSED, signature(who=SECOND_ASSESSOR)) == ["MR42", "MR43"]
    assert told(CLOSED, signature(), keys=[entered()]) == ["MR42"]
    bens = replace(CLOSED, actor=SECOND_ASSESSOR.id)
    assert told(bens, signature(who=SECOND_ASSESSOR)) == ["MR42"]


def test_a_key_of_ones_own_signs_nothing_that_somebody_else_made() -> None:
    bens = replace(CLOSED, actor=SECOND_ASSESSOR.id)
    assert told(bens, signature()) == ["MR42"]
    keys = keys_of((*known(*MEMBERS), *confirmed()))
    assert signed_soundly((CLOSED, signature()), keys, lambda _, __: True) == {CLOSED.uid}
    assert signed_soundly((bens, signature()), keys, lambda _, __: True) == set()


def test_a_signature_that_names_another_confirmation_than_there_is_was_made_before_it() -> None:
    early = signature()
    early = replace(early, body={**early.body, "confirmed": "made up"})
    assert told(CLOSED, early) == ["MR42", "MR43"]


def test_what_was_signed_before_the_end_stands_and_nothing_that_appears_later_whatever_its_date_says() -> None:
    before, later = signature(), signature(digit="d", hours=1)
    keys = ended(ASSESSOR, frozenset({mark(before)}))
    assert told(CLOSED, before, keys=keys) == []
    assert told(CLOSED, before, later, keys=keys) == ["MR42"]
    # The clock of whoever signed may be ahead: what was there when the key ended was there.
    assert told(CLOSED, signature(hours=99), keys=keys) == []
    # From a time before on: what is dated after it does not stand, though it was there.
    back = ended(COORDINATOR, frozenset({mark(before)}), AT + timedelta(minutes=30))
    assert told(CLOSED, before, keys=back) == ["MR42"]


def test_what_is_not_signed_of_somebody_who_had_a_key_then_is_named() -> None:
    assert told(CLOSED) == ["MR43"]
    assert told(replace(CLOSED, actor=SECOND_ASSESSOR.id)) == []
    assert told(replace(CLOSED, at=AT - timedelta(hours=1))) == []
    assert told(replace(CLOSED, at=AT + timedelta(hours=5)), keys=ended(ASSESSOR)) == []
    assert told(CLOSED, keys=[entered()]) == []


def test_signatures_that_cannot_be_checked_are_not_passed_over() -> None:
    assert told(CLOSED, signature(), proves=None) == ["MR44"]
    assert told(CLOSED, proves=None) == []
