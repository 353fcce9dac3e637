"""Every kind of event, one a line: what its body is, what it is about, and which format of the record may hold it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Flag, auto
from typing import NamedTuple, TypeVar

from markterm.domain.record.bodies.actions import Acknowledged, Action
from markterm.domain.record.bodies.body import Body, NotSaid
from markterm.domain.record.bodies.briefs import BriefVerified
from markterm.domain.record.bodies.cases import Case
from markterm.domain.record.bodies.centre import MemberChanged, RemarkChosen
from markterm.domain.record.bodies.closing import Closed, Released, Reopened
from markterm.domain.record.bodies.criterion import Cited, Countersigned, Decided, Withdrawn
from markterm.domain.record.bodies.handed_in import Declared, Submitted
from markterm.domain.record.bodies.interest import InterestDeclared
from markterm.domain.record.bodies.moving import Carried, Renamed
from markterm.domain.record.bodies.observing import AssessorObserved
from markterm.domain.record.bodies.planning import PlanChanged, Planned, Rated
from markterm.domain.record.bodies.standardising import Standardising
from markterm.domain.record.bodies.verifying import Looked, Sampled, Verified
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.record_format import OLDEST, UpgradeNeeded


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


class KindForm(NamedTuple):
    """What is fixed of one kind of event. `since` is the format of the record from which on it is written: what an
    older version would read past, though it changes what stands, is not written where one may read it."""

    body: type[Body]
    about: About
    since: int = OLDEST


KINDS: Mapping[str, KindForm] = {
    Kind.DECLARED: KindForm(Declared, About.WHOLE | About.UNIT),
    Kind.SUBMITTED: KindForm(Submitted, About.UNIT),
    Kind.CITED: KindForm(Cited, About.CRITERION),
    Kind.DECIDED: KindForm(Decided, About.CRITERION),
    Kind.WITHDRAWN: KindForm(Withdrawn, About.CRITERION | About.UNIT),
    Kind.CLOSED: KindForm(Closed, About.UNIT),
    Kind.REOPENED: KindForm(Reopened, About.UNIT),
    Kind.COUNTERSIGNED: KindForm(Countersigned, About.CRITERION),
    Kind.SAMPLED: KindForm(Sampled, About.UNIT),
    Kind.LOOKED: KindForm(Looked, About.UNIT),
    Kind.VERIFIED: KindForm(Verified, About.UNIT),
    Kind.RELEASED: KindForm(Released, About.UNIT),
    Kind.ACTION: KindForm(Action, About.UNIT),
    Kind.ACKNOWLEDGED: KindForm(Acknowledged, About.UNIT),
    Kind.CASE: KindForm(Case, About.WHOLE | About.UNIT),
    Kind.CARRIED: KindForm(Carried, About.UNIT, since=2),
    Kind.RENAMED: KindForm(Renamed, About.WHOLE, since=2),
    Kind.MEMBER_CHANGED: KindForm(MemberChanged, About.WHOLE),
    Kind.REMARK_PINNED: KindForm(RemarkChosen, About.WHOLE),
    Kind.REMARK_UNPINNED: KindForm(RemarkChosen, About.WHOLE),
    Kind.REMARK_RETIRED: KindForm(RemarkChosen, About.WHOLE),
    Kind.REMARK_RESTORED: KindForm(RemarkChosen, About.WHOLE),
    Kind.INTEREST_DECLARED: KindForm(InterestDeclared, About.WHOLE),
    Kind.PLANNED: KindForm(Planned, About.WHOLE),
    Kind.PLAN_CHANGED: KindForm(PlanChanged, About.WHOLE),
    Kind.RATED: KindForm(Rated, About.WHOLE),
    Kind.STANDARDISED: KindForm(Standardising, About.WHOLE),
    Kind.ASSESSOR_OBSERVED: KindForm(AssessorObserved, About.WHOLE),
    Kind.BRIEF_VERIFIED: KindForm(BriefVerified, About.WHOLE),
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


def check_writable(kind: str, record_format: int) -> None:
    """Raises `UpgradeNeeded` when an event of that kind is not recorded in a centre of that format."""
    form = KINDS.get(kind)
    if form is not None and record_format < form.since:
        raise UpgradeNeeded
