"""What the entries of the centre's own record say, each in a line; and what of them somebody may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from markterm.domain.record.bodies.actions import FollowedUp
from markterm.domain.record.bodies.briefs import BriefVerified
from markterm.domain.record.bodies.centre import MemberChanged, RemarkChosen
from markterm.domain.record.bodies.developing import CpdDone, CpdPlanned, SkillsRated
from markterm.domain.record.bodies.interest import InterestDeclared
from markterm.domain.record.bodies.kinds import said_by
from markterm.domain.record.bodies.observing import AssessorObserved
from markterm.domain.record.bodies.planning import PlanChanged, Planned, Rated
from markterm.domain.record.bodies.profiles import ProfileEnded, ProfileKept
from markterm.domain.record.bodies.retaining import Destroyed
from markterm.domain.record.bodies.signing import KeyEnded, KeyEntered
from markterm.domain.record.bodies.standard_carrying import StandardCarried
from markterm.domain.record.bodies.standardising import Standardising, StandardisingStep
from markterm.domain.record.bodies.visit_noting import VisitNoted
from markterm.domain.record.bodies.visiting import Visited
from markterm.domain.record.centre_actions import in_words as followed_up
from markterm.domain.record.cpd import in_words as cpd_in_words
from markterm.domain.record.destructions import in_words as destroyed
from markterm.domain.record.event import OF_THE_CENTRE, Event, Json, Kind
from markterm.domain.record.profiles import kept_in_words
from markterm.domain.record.self_ratings import in_words as self_rated
from markterm.domain.record.signing_keys import name_of_key
from markterm.domain.record.standardisation import standardisations
from markterm.domain.record.visit_lists import in_words as visit_noted
from markterm.domain.record.visits import in_words as visited
from markterm.domain.words.code import is_code
from markterm.domain.words.counted import counted
from markterm.domain.words.uid import short


def in_words(event: Event) -> str:
    """What an entry tells, in a line: `rated asha in 8580-501: red, until 2027-01-31`. Of one that is not understood
    the kind alone."""
    match said_by(event):
        case MemberChanged() as said:
            return _member(said)
        case RemarkChosen() as said:
            return f"{event.kind.replace('_', ' ')}: {short(said.remark)}"
        case InterestDeclared() as said:
            days = {"since": said.since, "awarding organisation told on": said.told, "ended": said.ended}
            told = "".join(f", {what} {day.isoformat()}" for what, day in days.items() if day is not None)
            return f"conflict of interest of {said.member} with {said.learner}{told}"
        case Planned() as said:
            samples = counted(len(said.samples), "sample")
            drawn = f", {said.drawn} drawn of {said.drawn_from}" if said.is_whole else " of the learners shown"
            return f"planned {said.begins} to {said.ends}: {samples}{drawn}"
        case PlanChanged() as said:
            more = "".join(f" {each}" for each in (said.day, said.verifier) if each)
            return f"plan of {said.begins}: {said.learner} {said.unit} {said.change}{more}"
        case Rated() as said:
            return f"rated {said.assessor} in {said.unit}: {said.risk}, until {said.until}"
        case Standardising() as said:
            return _standardising(event, said)
        case AssessorObserved() as said:
            until = f", until {said.due}" if said.due is not None else ""
            day = f", on {said.on}" if said.on is not None else ""
            return f"{said.how} of {said.assessor} {said.step}{until}{day}"
        case BriefVerified() as said:
            return f"brief of {said.assignment} verified: {'fit' if said.fit else 'not fit'}"
        case Destroyed() as said:
            return destroyed(said)
        case KeyEntered() as said:
            what = "confirmed" if said.confirms else "entered"
            return f"key {name_of_key(said.key)} of {said.member} {what}"
        case KeyEnded() as said:
            since = said.since.isoformat(" ", "minutes")
            signed = counted(len(said.signed), "entry", "entries")
            return f"key {name_of_key(said.key)} of {said.member} ended from {since} on; it had signed {signed}"
        case StandardCarried() as said:
            statements, units = counted(len(said.statements), "statement"), ", ".join(said.units)
            return f"{said.standard} carried from {said.old or '–'} to {said.new or '–'}: {statements}, {units}"
        case FollowedUp():
            return followed_up(event)
        case Visited():
            return visited(event)
        case VisitNoted():
            return visit_noted(event)
        case SkillsRated():
            return self_rated(event)
        case CpdPlanned() | CpdDone():
            return cpd_in_words(event)
        case ProfileKept() as said:
            return kept_in_words(said)
        case ProfileEnded() as said:
            return f"profile {said.code} ended: {said.why}"
    return event.kind


def _member(said: MemberChanged) -> str:
    now = said.now
    if now is None:
        return f"member {said.member} left"
    units = f", {', '.join(sorted(now.units))}" if now.units else ""
    training = f", in training for {', '.join(sorted(now.training))}" if now.training else ""
    roles = " and ".join(sorted(now.roles)) + (", Lead IV" if now.lead else "")
    return f"member {said.member}: {now.name}, {roles}{units}{training}"


def _standardising(event: Event, said: Standardising) -> str:
    told = f"standardisation {short(said.standardisation or event.uid)} {said.step}"
    if said.step is StandardisingStep.OPENED:
        return f"{told} for {said.qualification}: {counted(len(said.exhibits), 'exhibit')}"
    if said.step is StandardisingStep.ANSWERED:
        return f"{told}: {', '.join(f'{each.exhibit} {each.criterion}' for each in said.views)}"
    if said.step is StandardisingStep.CLOSED:
        return f"{told}: {counted(len(said.views), 'criterion', 'criteria')} agreed on"
    return told


def fates_in_centre(events: Iterable[Event]) -> Mapping[str, str]:
    """By uid what became of an entry of the centre's record: replaced, or not understood by this version."""
    every = tuple(events)
    replaced = {gone for event in every for gone in event.supersedes}
    # That a destruction went on takes nothing back of its steps.
    told = {each.uid: "replaced since" for each in every if each.uid in replaced and each.kind != Kind.DESTROYED}
    for event in every:
        if event.kind not in OF_THE_CENTRE:
            told[event.uid] = "of a kind that this MarkTerm does not know"
        elif said_by(event) is None:
            told[event.uid] = "lacks what its kind says, and is not counted"
    return told


def as_seen_by(member: str, events: Iterable[Event]) -> Callable[[Event], Event]:
    """What gives an entry as that member may see it: what others answered in a standardisation is hidden from whoever
    has not given all their own answers, and so are their words."""
    hidden = {each.uid for each in standardisations(events) if not each.may_see(member)}

    def seen(event: Event) -> Event:
        said = said_by(event) if event.kind == Kind.STANDARDISED else None
        if not isinstance(said, Standardising) or said.step is not StandardisingStep.ANSWERED:
            return event
        if event.actor == member or said.standardisation not in hidden:
            return event
        return replace(event, body=said.without_views())

    return seen


def speaks_of(event: Event, unit: str, criterion: str) -> bool:
    """Whether an entry of the centre's record names that unit (its code or the end of it) and that criterion; what is
    not asked for stands for any."""
    units, criteria = set[str](), set[str]()
    _named(dict(event.body), units, criteria)
    return (not unit or any(is_code(unit, each) for each in units)) and (not criterion or criterion in criteria)


def _named(said: Json, units: set[str], criteria: set[str]) -> None:
    if isinstance(said, list):
        for each in said:
            _named(each, units, criteria)
    if isinstance(said, dict):
        for key, value in said.items():
            if key == "unit" and isinstance(value, str):
                units.add(value)
            elif key in ("criterion", "criteria"):
                criteria.update(map(str, value) if isinstance(value, list) else (str(value),))
            else:
                _named(value, units, criteria)
