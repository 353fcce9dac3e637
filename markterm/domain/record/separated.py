"""Separation of duties as a record tells it: who answered for what they must not, however that came to be recorded.

The front desk refuses it, and whoever can write the folder can write it all the same, or an older version did. Each
entry that breaks a rule of separation is found here, by what the records say of that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from markterm.domain.assessed.member import Role
from markterm.domain.record.bodies.actions import Action, ActionStep
from markterm.domain.record.bodies.body import rests_on
from markterm.domain.record.bodies.criterion import Countersigned
from markterm.domain.record.bodies.interest import InterestDeclared
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.verifying import Answer, Looked, Override, Verified
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.interest import NO_INTERESTS, Interests
from markterm.domain.record.member_history import MemberHistory
from markterm.domain.record.own_work import OWN
from markterm.domain.record.signed_over import signed_wrongly
from markterm.domain.record.who_did_what import (
    INTEREST,
    NOT_A_LEAD,
    OWN_DECISION,
    OWN_END,
    RUNNING,
    SIGNED_WRONGLY,
    TOLERANCE,
    Line,
    Told,
    in_places,
)
from markterm.domain.words.finding import Severity

_VERIFYING = (Kind.LOOKED, Kind.VERIFIED)
_ASSESSING = OWN
_FOLLOWING_UP = (ActionStep.SET, ActionStep.ACCEPTED)
_DID = {
    Kind.LOOKED.value: "verified",
    Kind.VERIFIED.value: "verified",
    Kind.COUNTERSIGNED.value: "countersigned for",
    Kind.ACTION.value: "followed up a verification of",
}
_OVER_INTEREST, _OVER_RUNNING = "interest", "running"


@dataclass(frozen=True, slots=True)
class Known:
    """What an audit knows beside a record: who the members were, their conflicts of interest, and whether those bar
    assessors as well; `learner` are all registrations of the learner whose record it is."""

    history: MemberHistory = field(default_factory=MemberHistory)
    interests: Interests = NO_INTERESTS
    bars_assessors: bool = True
    learner: tuple[str, ...] = ()


class VerifiedUnit(NamedTuple):
    """A unit that somebody verified, and who had closed it; `let_pass` where a Lead IV let it be one more running."""

    line: Line
    closing: str
    assessor: str
    let_pass: bool

    @property
    def at(self) -> datetime:
        """When."""
        return self.line.event.at


def broken(lines: Iterable[Line], every: Sequence[Event], known: Known) -> Iterator[Told]:
    """What of a record's lines breaks a rule of separation. `every` are all events of the learner, in their order, also
    of earlier registrations."""
    by_uid = {event.uid: event for event in every}
    places = {event.uid: place for place, event in enumerate(every)}
    for line in in_places(lines):
        event = line.event
        if event.kind == Kind.COUNTERSIGNED:
            said = said_in(event, Countersigned)
            decision = by_uid.get(said.decision) if said is not None else None
            if decision is not None and decision.actor == event.actor:
                yield _error(OWN_DECISION, line, f"{event.actor} countersigned their own decision")
        if event.kind in _VERIFYING and _is_own(event, every, by_uid, places):
            yield _error(OWN_DECISION, line, f"{event.actor} verified what they decided or closed themselves")
        if event.kind in (*_VERIFYING, *_ASSESSING) or _follows_up(event):
            yield from _interested(line, known)
        if event.kind in _VERIFYING:
            yield from _let_pass(line, known)
            for wrong in signed_wrongly(event, by_uid, known.history):
                yield _error(SIGNED_WRONGLY, line, f"{event.actor} {wrong}")
        if event.kind == Kind.INTEREST_DECLARED:
            ended = said_in(event, InterestDeclared)
            if ended is not None and ended.ended is not None and ended.member == event.actor:
                message = f"{event.actor} ended their own conflict of interest with {ended.learner}: it is not counted"
                yield _error(OWN_END, line, message)


def verified_units(lines: Iterable[Line], every: Iterable[Event]) -> Iterator[VerifiedUnit]:
    """The units that these lines verify, each with who had closed it."""
    by_uid = {event.uid: event for event in every}
    for line in in_places(lines):
        said = said_in(line.event, Verified) if line.event.kind == Kind.VERIFIED else None
        closing = by_uid.get(said.closing) if said is not None else None
        if said is not None and closing is not None:
            let_pass = any(each.rule == _OVER_RUNNING for each in said.overrides)
            yield VerifiedUnit(line, closing.uid, closing.actor, let_pass)


def running_too_long(verified: Iterable[VerifiedUnit], most: int) -> Iterator[Told]:
    """What of everything that was verified in a centre is one unit more running of the same assessor than `most`.

    That is by the clock, and by what the centre says now: so each is a warning. With 0 any number may be. A closing
    that somebody answered several times is one unit, of the day on which they began.
    """

    def who(each: VerifiedUnit) -> str:
        return each.line.event.actor

    ordered = sorted(verified, key=lambda each: (who(each), each.at, each.line.event.uid))
    begun = {(who(each), each.closing): each for each in reversed(ordered)}
    first = [each for each in ordered if begun[who(each), each.closing] is each]
    for verifier, own in groupby(first, who):
        for assessor, run in groupby(own, lambda each: each.assessor):
            for count, each in enumerate(run, 1):
                if most and count > most and not each.let_pass:
                    message = (
                        f"with {_unit(each)} {verifier} verified {count} units running that {assessor} closed; the "
                        f"centre wants at most {most}"
                    )
                    yield Told(RUNNING, Severity.WARNING, each.line, message)


def _unit(verified: VerifiedUnit) -> str:
    event = verified.line.event
    return f"{event.subject.unit.code if event.subject.unit is not None else 'a unit'} of {event.learner}"


def _is_own(event: Event, every: Iterable[Event], by_uid: Mapping[str, Event], places: Mapping[str, int]) -> bool:
    """Whether whoever verified had decided, countersigned or closed anything of the unit, or of what was looked at."""
    here = places.get(event.uid, 0)
    is_understood = event.kind == Kind.LOOKED or said_in(event, Verified) is not None
    before = (
        each
        for each in (every if is_understood else ())
        if each.kind in _ASSESSING and each.subject.unit == event.subject.unit and places[each.uid] < here
    )
    looked_at = [by_uid[uid] for uid in _looked_at(event, by_uid) if uid in by_uid]
    signed = {said.decision: each.actor for each in every if (said := said_in(each, Countersigned)) is not None}
    return (
        any(each.actor == event.actor for each in before)
        or any(each.actor == event.actor for each in looked_at)
        or any(signed.get(each.uid) == event.actor for each in looked_at)
    )


def _looked_at(event: Event, by_uid: Mapping[str, Event]) -> Iterator[str]:
    """The closing that a verifier answered, the decisions that it rests on, and those that are answered one by one."""
    for uid in rests_on(event.body):
        yield uid
        if uid in by_uid:
            yield from rests_on(by_uid[uid].body)
    yield from (each.decision for each in _answers(event) if not each.by)


def _interested(line: Line, known: Known) -> Iterator[Told]:
    event = line.event
    interest = known.interests.at(event.actor, known.learner or (event.learner,), event.at)
    if interest is None or any(each.rule == _OVER_INTEREST for each in _overrides(event)):
        return
    is_verifying = event.kind in (*_VERIFYING, Kind.ACTION)
    did = _DID.get(event.kind, "assessed")
    message = f"{event.actor} {did} a learner with whom they have a declared conflict of interest: {interest.why}"
    severity = Severity.ERROR if is_verifying or known.bars_assessors else Severity.WARNING
    yield Told(INTEREST, severity, line, message)


def _follows_up(event: Event) -> bool:
    """Whether it sets or accepts an action, as only who may verify the unit does."""
    said = said_in(event, Action) if event.kind == Kind.ACTION else None
    return said is not None and said.step in _FOLLOWING_UP


def _let_pass(line: Line, known: Known) -> Iterator[Told]:
    event, history = line.event, known.history
    for override in _overrides(event):
        lead = override.authorised_by
        why = ""
        if lead == event.actor:
            why = "let pass what they did themselves"
        elif known.interests.at(lead, known.learner or (event.learner,), event.at) is not None:
            why = "let it pass, and has a conflict of interest with the learner, too"
        elif history.begins is not None and event.at >= history.begins and not _was_lead(history, lead, event.at):
            why = "let it pass, and was no Lead IV then"
        elif not override.reason.strip():
            why = "let it pass, and nobody said why"
        if why:
            yield _error(NOT_A_LEAD, line, f"the rule of {override.rule} was passed over: {lead} {why}")


def _was_lead(history: MemberHistory, member: str, at: datetime) -> bool:
    then = [history.at(member, when) for when in (at, at + TOLERANCE, at - TOLERANCE)]
    return any(each is not None and each.lead and Role.VERIFIER in each.roles for each in then)


def _overrides(event: Event) -> tuple[Override, ...]:
    said = said_in(event, Verified) or said_in(event, Looked)
    return said.overrides if said is not None else ()


def _answers(event: Event) -> tuple[Answer, ...]:
    said = said_in(event, Verified) or said_in(event, Looked)
    return said.answers if said is not None else ()


def _error(code: str, line: Line, message: str) -> Told:
    return Told(code, Severity.ERROR, line, message)
