"""Work that comes in: what is put among a learner's evidence is recorded, by whoever put it there."""

from __future__ import annotations

from markterm.domain.assessed.member import Member, Role
from markterm.domain.record.bodies.arriving import Received
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.rules.act import Act, entry, known
from markterm.domain.words.errors import Refused

_WHO = frozenset({Role.ASSESSOR, Role.VERIFIER, Role.COORDINATOR})


def who_receives(act: Act) -> Member:
    """The member who takes work in. Raises `Refused` for nobody, and for who only reads here."""
    member = known(act)
    if _WHO.isdisjoint(member.roles):
        raise Refused(
            "Only the centre takes work in",
            f"{member.name} ({member.id}) has no role here in which they could.",
            "Ask an assessor or the coordinator.",
        )
    return member


def receive(act: Act, said: Received) -> Event:
    """That these files came in. Raises `Refused` as `who_receives` does."""
    return entry(act, who_receives(act), Kind.RECEIVED, Subject(), said)
