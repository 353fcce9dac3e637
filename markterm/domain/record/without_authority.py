"""What was recorded of somebody's authority that they did not have then, as the centre's record tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from markterm.domain.assessed.member import Member
from markterm.domain.record.bodies.handed_in import Submitted
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.event import Kind
from markterm.domain.record.member_history import MemberHistory
from markterm.domain.record.who_did_what import NOT_APPROVED, NOT_AUTHORISED, TOLERANCE, Line, Told, in_places
from markterm.domain.words.finding import Severity


def without_authority(lines: Iterable[Line], history: MemberHistory) -> Iterator[Told]:
    """What of these lines, however it came to be there, is a resubmission that nobody with the role for it authorised,
    or a countersignature of somebody who was not approved for the unit. Of times before the centre's record kept its
    members nothing is said."""
    for line in in_places(lines):
        event = line.event
        if history.begins is None or event.at < history.begins:
            continue
        if event.kind == Kind.SUBMITTED and (said := said_in(event, Submitted)) is not None:
            role = said.policy.authorised_by if said.policy is not None else ""
            who = said.authorised_by
            if role and who and not any(role in each.roles for each in _then(history, who, event.at)):
                message = f"this resubmission was authorised by {who}, who was no {role} of the centre then"
                yield Told(NOT_AUTHORISED, Severity.ERROR, line, message)
        elif event.kind == Kind.COUNTERSIGNED and event.subject.unit is not None:
            unit = event.subject.unit.code
            then = _then(history, event.actor, event.at)
            if then and not any(each.approved_for(unit) for each in then):
                message = f"{event.actor} countersigned a decision on {unit}, for which they were not approved then"
                yield Told(NOT_APPROVED, Severity.ERROR, line, message)


def _then(history: MemberHistory, member: str, at: datetime) -> list[Member]:
    """That member as they were then, whatever the clocks; nobody where there was no such member."""
    every = (history.at(member, when) for when in (at, at + TOLERANCE, at - TOLERANCE))
    return [each for each in every if each is not None]
