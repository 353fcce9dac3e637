"""Who did what, and when: what the lines of a record say of people and of clocks.

The hashes of a record prove its bytes. They prove nothing of people: whoever can write the folder can write a line in
anybody's name. What such a line contradicts is found here: the segment that it stands in, the order, and the members
whom the centre's own record knows. Which rules of separation it breaks is found in `separated`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from markterm.domain.assessed.member import Role
from markterm.domain.assessed.method import BY_THE_ASSESSOR
from markterm.domain.record.bodies.accounts import method_said
from markterm.domain.record.bodies.body import step_said
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.member_history import MemberHistory
from markterm.domain.words.finding import Finding, Severity, some_of_each
from markterm.domain.words.foreign_text import one_line

OTHER_WRITER = "MR20"
"""An entry in a segment of another member."""
OUT_OF_ORDER = "MR21"
"""An entry whose count is not above that of the one before it in the segment."""
CLOCK_WENT_BACK = "MR22"
"""An entry that is dated more than five minutes before the one before it in the segment."""
NOT_YET = "MR23"
"""An entry that is dated in the future."""
NO_MEMBER_THEN = "MR24"
"""An entry of somebody who was no member of the centre then."""
NOT_THEIR_ROLE = "MR25"
"""An entry in a role that the member did not have then."""
OWN_DECISION = "MR26"
"""Somebody verified or countersigned what they decided."""
INTEREST = "MR27"
"""Somebody verified or assessed a learner with whom they had a declared conflict of interest."""
NOT_A_LEAD = "MR28"
"""A rule of separation was passed over, and no Lead IV who has nothing to do with it let it be."""
RUNNING = "MR29"
"""More units running of the same assessor than the centre wants were verified by the same verifier."""
OWN_END = "MR30"
"""Somebody ended their own conflict of interest."""

OWN_ACTION = "MR31"
"""Somebody accepted an action that was theirs, or on a unit that they marked."""
OWN_APPEAL = "MR32"
"""Somebody decided again what was appealed against, or settled a case: it is on a decision of their own."""

OF_THEMSELVES = "MR33"
"""Somebody rated or observed themselves."""

OTHERS_ACTION = "MR34"
"""Somebody said of an action of somebody else that it is done."""

OTHERS_REPORT = "MR35"
"""Somebody acknowledged a report on work in which they had no part."""

OWN_FOLLOWED_UP = "MR36"
"""Somebody set an action on a unit that they marked, or it was sampled for them to verify."""

SIGNED_WRONGLY = "MR37"
"""Somebody countersigned their own verification, or verified in training as if they were not."""

NOT_AUTHORISED = "MR38"
"""A resubmission that was authorised by somebody who had not the role for it then."""

NOT_APPROVED = "MR39"
"""A decision that was countersigned by somebody who was not approved for the unit then."""

CLAIM_CHANGED = "MR40"
"""What was claimed has changed since: a unit was reopened, decided again, or a verifier does not agree."""

SIGNED_OTHERWISE = "MR41"
"""A signature that is not over what stands in the record."""

NOT_THEIR_KEY = "MR42"
"""A signature by a key that was not the signer's then: not entered, not confirmed, or ended."""

NOT_SIGNED = "MR43"
"""A closing or a verification without a signature, of somebody who had a key to sign with then."""

NOT_CHECKED = "MR44"
"""Signatures that this installation cannot check."""

BADGE_TO_REVOKE = "MR45"
"""A badge whose unit does not stand any more as it was when it was issued, and that nobody revoked."""

BADGE_FORGED = "MR46"
"""A badge in a record that is not what was signed, was signed by no key of the coordinator's then, or is another's."""

ACCOUNT_CHANGED = "MR47"
"""An account of what was seen and said whose file is not the one that was kept."""

_OF_LINES = (OTHER_WRITER, OUT_OF_ORDER, CLOCK_WENT_BACK, NOT_YET, NO_MEMBER_THEN, NOT_THEIR_ROLE)
_OF_VERIFYING = (OWN_DECISION, INTEREST, NOT_A_LEAD, RUNNING, OWN_END, OWN_FOLLOWED_UP, SIGNED_WRONGLY)
_OF_WHAT_FOLLOWS = (OWN_ACTION, OWN_APPEAL, OF_THEMSELVES, OTHERS_ACTION, OTHERS_REPORT)
_OF_AUTHORITY = (NOT_AUTHORISED, NOT_APPROVED)
_CHANGED = (CLAIM_CHANGED, ACCOUNT_CHANGED)
_OF_BADGES = (BADGE_TO_REVOKE, BADGE_FORGED)
_OF_SIGNATURES = (NOT_THEIR_KEY, NOT_SIGNED, NOT_CHECKED)
ABOUT_PEOPLE = frozenset(
    {
        *_OF_LINES,
        *_OF_VERIFYING,
        *_OF_WHAT_FOLLOWS,
        *_OF_AUTHORITY,
        *_OF_SIGNATURES,
        CLAIM_CHANGED,
        *_OF_BADGES,
        ACCOUNT_CHANGED,
    }
)
_BY_VERIFIERS = (
    *(Kind.SAMPLED, Kind.LOOKED, Kind.VERIFIED),
    *(Kind.RATED, Kind.ASSESSOR_OBSERVED, Kind.BRIEF_VERIFIED),
    *(Kind.PLANNED, Kind.PLAN_CHANGED),
)
_BY_ASSESSORS = (Kind.CITED, Kind.DECIDED, Kind.WITHDRAWN, Kind.COUNTERSIGNED, Kind.CLOSED)
_KINDS: Mapping[str, tuple[Role, ...]] = {
    **dict.fromkeys(_BY_VERIFIERS, (Role.VERIFIER,)),
    **dict.fromkeys((*_BY_ASSESSORS, Kind.OPENED), (Role.ASSESSOR,)),
    Kind.RECEIVED: (Role.ASSESSOR, Role.VERIFIER, Role.COORDINATOR),
    Kind.RELEASED: (Role.ASSESSOR, Role.COORDINATOR),
    **dict.fromkeys((Kind.CLAIMED, Kind.BADGE), (Role.COORDINATOR,)),
    Kind.VISIT_NOTED: (Role.EXTERNAL,),
    **dict.fromkeys((Kind.VISITED, Kind.DESTROYED, Kind.EVIDENCE_DESTROYED), (Role.COORDINATOR, Role.VERIFIER)),
}
"""Whose each entry of these kinds is; the others are for anybody, or depend on what they say."""
_STEPS: Mapping[tuple[str, str], tuple[Role, ...]] = {
    **{(kind, step): (Role.VERIFIER,) for kind in ("action", "followed_up") for step in ("set", "accepted")},
    **{(kind, "reassigned"): (Role.VERIFIER, Role.COORDINATOR) for kind in ("action", "followed_up")},
    **{("standardised", step): (Role.VERIFIER,) for step in ("opened", "closed", "dropped")},
    ("hold", "lifted"): (Role.COORDINATOR, Role.VERIFIER),
    **{("case", step): (Role.COORDINATOR, Role.VERIFIER) for step in ("reported", "decided", "closed")},
}
"""Whose each of these steps is. The others of such a kind are for anybody, or for whom the step before names."""
TOLERANCE = timedelta(minutes=5)
"""By how much clocks may differ before anybody is told."""


def is_ahead(at: datetime, now: datetime) -> bool:
    """Whether that time has not come yet, by more than clocks may differ."""
    return at - now > TOLERANCE


class Line(NamedTuple):
    """An event with its place: its count in the record's order, its segment, and its line in it."""

    lc: int
    segment: str
    number: int
    event: Event


class Told(NamedTuple):
    """What is found about one line."""

    code: str
    severity: Severity
    line: Line
    message: str


def in_places(lines: Iterable[Line]) -> list[Line]:
    """The lines in the order of their segments and of the lines in each; one that stands in two copies is one."""
    return [line for _, line in sorted({(line.segment, line.number, line.event.uid): line for line in lines}.items())]


def about_people(
    lines: Iterable[Line], history: MemberHistory, now: datetime, folder_name: Callable[[str], str]
) -> Iterator[Told]:
    """What a record's `lines` say of people and clocks that cannot be so.

    `history` is what the centre's record says of its members, and `folder_name` what the segments of a member are
    called after.
    """
    placed = in_places(lines)
    yield from _of_segments(placed, folder_name)
    yield from _of_each(placed, history, now)


def as_findings(told: Iterable[Told], file_of: Callable[[str], Path | None]) -> Iterator[Finding]:
    """What was told, as findings; of one kind so many that a person can look at them. `file_of` gives a segment's file
    if it has one."""
    for found in some_of_each(told):
        yield Finding(
            found.code, found.severity, one_line(found.message), file_of(found.line.segment), found.line.number
        )


def _of_segments(lines: Iterable[Line], folder_name: Callable[[str], str]) -> Iterator[Told]:
    before: Line | None = None
    for line in lines:
        event = line.event
        writer = line.segment.rpartition(".")[0]
        if writer != folder_name(event.actor):
            yield Told(
                OTHER_WRITER, Severity.ERROR, line, f"this entry is by {event.actor}, in a segment that {writer} writes"
            )
        if before is not None and before.segment == line.segment:
            if line.lc <= before.lc:
                message = f"its count is {line.lc}, and that of the entry before it {before.lc}: counts rise"
                yield Told(OUT_OF_ORDER, Severity.ERROR, line, message)
            if before.event.at - event.at > TOLERANCE:
                message = (
                    f"this entry is dated {_when(event.at)}, and the one before it {_when(before.event.at)}: "
                    "a clock was put back"
                )
                yield Told(CLOCK_WENT_BACK, Severity.WARNING, line, message)
        before = line


def _of_each(lines: Iterable[Line], history: MemberHistory, now: datetime) -> Iterator[Told]:
    begins = history.begins
    for line in lines:
        event = line.event
        if is_ahead(event.at, now):
            message = f"this entry is dated {_when(event.at)}, which has not come: a clock was wrong"
            yield Told(NOT_YET, Severity.WARNING, line, message)
        if begins is None or event.at < begins:
            continue
        around = (event.at, event.at + TOLERANCE, event.at - TOLERANCE)
        known = [member for each in around if (member := history.at(event.actor, each)) is not None]
        if not known:
            message = f"{event.actor} was no member of the centre on {_when(event.at)}"
            yield Told(NO_MEMBER_THEN, Severity.ERROR, line, message)
        elif event.role != "" and not any(event.role in member.roles for member in known):
            message = f"{event.actor} was no {event.role} of the centre on {_when(event.at)}"
            yield Told(NOT_THEIR_ROLE, Severity.ERROR, line, message)
        elif (needed := _whose(event)) and not any(role in member.roles for member in known for role in needed):
            message = f"{event.actor} was no {' or '.join(needed)} of the centre on {_when(event.at)}"
            yield Told(NOT_THEIR_ROLE, Severity.ERROR, line, message)


def _whose(event: Event) -> tuple[Role, ...]:
    """The roles of which one records such an entry, whatever role it names; none where that is anybody's."""
    if event.kind in _KINDS:
        return _KINDS[event.kind]
    if event.kind == Kind.ACCOUNT and method_said(event.body) in BY_THE_ASSESSOR:
        return (Role.ASSESSOR,)
    return _STEPS.get((event.kind, step_said(event.body)), ())


def _when(at: datetime) -> str:
    return at.isoformat(" ", "minutes")
