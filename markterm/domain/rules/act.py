"""An act: who does something to a record, when, and the event that it comes to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.bodies.body import Body
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.words.errors import Refused
from markterm.domain.words.hint import Hint, Way


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts, when, on whose portfolio, and the uid that the event is to have."""

    member: Member | None
    learner: str
    at: datetime
    uid: str


def known(act: Act) -> Member:
    """The member who acts. Raises `Refused` when nobody was named."""
    if act.member is None:
        raise Refused(
            "Who is marking?",
            "Every entry of the record names who made it, and nobody was named.",
            "Say who you are, as centre.toml names you.",
            hint=Hint(Way.SAY_WHO_ACTS),
        )
    return act.member


def approved(act: Act, unit: Unit) -> Member:
    """The assessor who acts. Raises `Refused` when nobody is named, or somebody who is not approved for the unit."""
    member = assessor(act, unit)
    if not member.approved_for(unit.code):
        raise Refused(
            "Not while in training",
            f"{member.name} ({member.id}) is in training for {unit.code}: they mark, and others answer for it.",
            "Ask an assessor who is approved for the unit.",
        )
    return member


def assessor(act: Act, unit: Unit) -> Member:
    """The assessor who acts, approved for the unit or in training for it."""
    member = in_role(act, Role.ASSESSOR, "Only an assessor marks", "Ask an assessor")
    if not (member.approved_for(unit.code) or member.in_training_for(unit.code)):
        raise Refused(
            "Not approved for this unit",
            f"{member.name} ({member.id}) is not approved to mark {unit.code}.",
            "Ask an assessor who is, or have the coordinator add the unit to their entry in centre.toml.",
        )
    return member


def in_role(act: Act, role: Role, only: str, ask: str) -> Member:
    """The member who acts, in that role. Raises `Refused`, with `only` as its title and `ask` as what to do first."""
    member = known(act)
    if role not in member.roles:
        raise Refused(
            only,
            f"{member.name} ({member.id}) is {' and '.join(sorted(member.roles)) or 'without a role'} at this centre.",
            f"{ask}, or have the coordinator add the role in centre.toml.",
        )
    return member


def entry(
    act: Act,
    member: Member,
    kind: Kind,
    subject: Subject,
    said: Body,
    supersedes: tuple[str, ...] = (),
) -> Event:
    """The event that the act comes to."""
    body = said.write()
    return Event(act.uid, kind.value, act.learner, act.at, member.id, member.acts_as, subject, body, supersedes)


def after_failure(event: Event, unsaved: tuple[Event, ...]) -> Event:
    """The event to record when these could not be made durable, though a later reading may find them after all.

    Doing the same again is the same event, which counts once; another decision on the same criterion replaces the one
    that failed. Otherwise an assessor would end up in conflict with themselves.
    """
    for failed in unsaved:
        if replace(event, uid=failed.uid, at=failed.at) == failed:
            return failed
    replaced = tuple(
        failed.uid
        for failed in unsaved
        if event.kind == failed.kind == Kind.DECIDED and event.subject == failed.subject
    )
    return replace(event, supersedes=(*event.supersedes, *replaced)) if replaced else event
