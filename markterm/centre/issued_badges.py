"""Whether a badge is one that the centre issued: what the record that holds it, and the members' keys, say of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markterm.domain.claims.badges import badges_told
from markterm.domain.record.badges import BadgeIssued
from markterm.domain.record.bodies.badging import Badge, BadgeStep
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.signing_keys import SigningKey, name_of_key
from markterm.domain.record.who_did_what import NOT_CHECKED, Line, Told
from markterm.domain.words.finding import Severity


def badges_of_record(lines: Sequence[Line], every: Sequence[Event], keys: Sequence[SigningKey]) -> Iterator[Told]:
    """What an audit says of the badges in these `lines` of a record, of which `every` are the events with those that it
    goes on from."""
    badges = [line for line in lines if line.event.kind == Kind.BADGE]
    if not badges:
        return
    from markterm.records import ed25519  # Few records hold a badge.

    checks = ed25519.is_installed()
    # That a learner agreed to one is signed by nobody.
    issuing = [line for line in badges if (said := said_in(line.event, Badge)) and said.step is BadgeStep.ISSUED]
    if issuing and not checks:
        yield Told(NOT_CHECKED, Severity.ERROR, issuing[0], "badges not checked: markterm[exports] is not installed")
    yield from badges_told(lines, every, lambda badge: fault_of(badge, keys) if checks else "")


def fault_of(badge: BadgeIssued, keys: Sequence[SigningKey]) -> str:
    """Why what a record holds as a badge is none that the centre issued with one of these keys, in a clause; empty
    where it is one."""
    from markterm.exports.badge.credential import checked, identifier_of
    from markterm.records import ed25519

    said = checked(badge.credential, ed25519.proves_bytes)
    if said.fault:
        return said.fault
    if said.identifier != identifier_of(badge.uid):
        return "it is another badge, which was put into this entry"
    key = next((each for each in keys if each.public == said.public), None)
    if key is None or key.member != badge.actor:
        return f"key {name_of_key(said.public)}, which signed it, was never entered by {badge.actor}"
    return "" if key.signed_at(badge.at) else f"key {key.name}, which signed it, was not confirmed then, or ended"
