"""Every kind of event, one a line: what its body is, what it is about, and which format of the record may hold it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Flag, auto
from functools import cached_property
from importlib import import_module
from typing import TypeVar

from markterm.domain.record.bodies.body import Body, Fields, NotSaid
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.record_format import NEWEST, OLDEST, UpgradeNeeded


class About(Flag):
    """What an event can be about."""

    CRITERION = auto()
    UNIT = auto()
    WHOLE = auto()
    """The record as a whole: the learner's portfolio, or the centre."""

    def fits(self, subject: Subject) -> bool:
        """Whether that subject is one of these."""
        if subject.criterion is not None:
            return subject.unit is not None and About.CRITERION in self
        return (About.WHOLE if subject.unit is None else About.UNIT) in self


class KindForm:
    """What is fixed of one kind of event. `since` is the format of the record from which on it is written: what an
    older version would read past, though it changes what stands, is not written where one may read it.

    `form` names its body as `module:Class`. It is loaded when the first event of that kind is read: nobody waits for
    what most records do not hold.
    """

    def __init__(self, form: str, about: About, since: int = OLDEST) -> None:
        self._form = form
        self.about = about
        self.since = since

    @cached_property
    def body(self) -> type[Body]:
        """What reads and writes what such an event says."""
        module, _, name = self._form.partition(":")
        found: type[Body] = getattr(import_module(f"markterm.domain.record.bodies.{module}"), name)
        return found


KINDS: Mapping[str, KindForm] = {
    Kind.DECLARED: KindForm("handed_in:Declared", About.WHOLE | About.UNIT),
    Kind.SUBMITTED: KindForm("handed_in:Submitted", About.UNIT),
    Kind.CITED: KindForm("criterion:Cited", About.CRITERION),
    Kind.DECIDED: KindForm("criterion:Decided", About.CRITERION),
    Kind.WITHDRAWN: KindForm("criterion:Withdrawn", About.CRITERION | About.UNIT),
    Kind.CLOSED: KindForm("closing:Closed", About.UNIT),
    Kind.REOPENED: KindForm("closing:Reopened", About.UNIT),
    Kind.COUNTERSIGNED: KindForm("criterion:Countersigned", About.CRITERION),
    Kind.SAMPLED: KindForm("verifying:Sampled", About.UNIT),
    Kind.LOOKED: KindForm("verifying:Looked", About.UNIT),
    Kind.VERIFIED: KindForm("verifying:Verified", About.UNIT),
    Kind.RELEASED: KindForm("closing:Released", About.UNIT),
    Kind.ACTION: KindForm("actions:Action", About.UNIT),
    Kind.ACKNOWLEDGED: KindForm("actions:Acknowledged", About.UNIT),
    Kind.CASE: KindForm("cases:Case", About.WHOLE | About.UNIT),
    Kind.CLAIMED: KindForm("claiming:Claimed", About.WHOLE | About.UNIT),
    Kind.COMMENTED: KindForm("commenting:Commented", About.WHOLE | About.UNIT),
    Kind.DUE_SET: KindForm("due_day:DueSet", About.WHOLE | About.UNIT),
    Kind.OPENED: KindForm("opening:Opened", About.WHOLE),
    Kind.HOLD: KindForm("retaining:Hold", About.WHOLE),
    Kind.EVIDENCE_DESTROYED: KindForm("retaining:EvidenceDestroyed", About.WHOLE, since=2),
    Kind.LEFT: KindForm("leaving:Left", About.WHOLE),
    Kind.SKILLS_RATED: KindForm("developing:SkillsRated", About.WHOLE),
    Kind.CPD_PLANNED: KindForm("developing:CpdPlanned", About.WHOLE),
    Kind.CPD_DONE: KindForm("developing:CpdDone", About.WHOLE),
    Kind.BADGE: KindForm("badging:Badge", About.UNIT),
    Kind.ACCOUNT: KindForm("accounts:Account", About.WHOLE),
    Kind.METHOD_SET: KindForm("accounts:MethodSet", About.WHOLE),
    Kind.CARRIED: KindForm("moving:Carried", About.UNIT, since=2),
    Kind.RENAMED: KindForm("moving:Renamed", About.WHOLE, since=2),
    Kind.RECEIVED: KindForm("arriving:Received", About.WHOLE),
    Kind.SIGNED: KindForm("signing:Signed", About.UNIT),
    Kind.MEMBER_CHANGED: KindForm("centre:MemberChanged", About.WHOLE),
    Kind.REMARK_PINNED: KindForm("centre:RemarkChosen", About.WHOLE),
    Kind.REMARK_UNPINNED: KindForm("centre:RemarkChosen", About.WHOLE),
    Kind.REMARK_RETIRED: KindForm("centre:RemarkChosen", About.WHOLE),
    Kind.REMARK_RESTORED: KindForm("centre:RemarkChosen", About.WHOLE),
    Kind.INTEREST_DECLARED: KindForm("interest:InterestDeclared", About.WHOLE),
    Kind.PLANNED: KindForm("planning:Planned", About.WHOLE),
    Kind.PLAN_CHANGED: KindForm("planning:PlanChanged", About.WHOLE),
    Kind.RATED: KindForm("planning:Rated", About.WHOLE),
    Kind.STANDARDISED: KindForm("standardising:Standardising", About.WHOLE),
    Kind.ASSESSOR_OBSERVED: KindForm("observing:AssessorObserved", About.WHOLE),
    Kind.BRIEF_VERIFIED: KindForm("briefs:BriefVerified", About.WHOLE),
    Kind.FOLLOWED_UP: KindForm("actions:FollowedUp", About.WHOLE),
    Kind.VISITED: KindForm("visiting:Visited", About.WHOLE),
    Kind.VISIT_NOTED: KindForm("visit_noting:VisitNoted", About.WHOLE),
    Kind.DESTROYED: KindForm("retaining:Destroyed", About.WHOLE, since=2),
    Kind.KEY_ENTERED: KindForm("signing:KeyEntered", About.WHOLE),
    Kind.KEY_ENDED: KindForm("signing:KeyEnded", About.WHOLE),
    Kind.STANDARD_CARRIED: KindForm("standard_carrying:StandardCarried", About.WHOLE),
    Kind.PROFILE_KEPT: KindForm("profiles:ProfileKept", About.WHOLE),
    Kind.PROFILE_ENDED: KindForm("profiles:ProfileEnded", About.WHOLE),
}

AnyBody = TypeVar("AnyBody", bound=Body)


def said_by(event: Event) -> Body | None:
    """What the event says; None where its kind is not known, or it lacks what that kind has to say."""
    form = KINDS.get(event.kind)
    if form is None:
        return None
    try:
        return form.body.read(event.body)
    except NotSaid:
        return None


def said_in(event: Event, body: type[AnyBody]) -> AnyBody | None:
    """The same, where it is of a kind with that body; None for any other."""
    form = KINDS.get(event.kind)
    said = said_by(event) if form is not None and form.body is body else None
    return said if isinstance(said, body) else None


def check_writable(event: Event, record_format: int) -> None:
    """Raises `UpgradeNeeded` when such an event is not recorded in a centre of that format: its kind is newer, or it
    says what an older version would read past and mark wrongly by, the level of a criterion or the grade of a unit."""
    form = KINDS.get(event.kind)
    since = form.since if form is not None else OLDEST
    if record_format < since or (record_format < NEWEST and event.kind in _GRADED and _says_a_level(event.body)):
        raise UpgradeNeeded


_GRADED = frozenset({Kind.DECIDED.value, Kind.CLOSED.value})


def _says_a_level(body: Fields) -> bool:
    return "level" in body or "grade" in body
