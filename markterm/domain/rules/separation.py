"""Separation of duties: who may not answer for a unit, whatever their role.

Nobody verifies what they decided, countersigned or signed off: that is never let pass. A conflict of interest with the
learner, and too many units running of the same assessor, a Lead IV may let pass, with a reason that is recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.bodies.verifying import Override
from markterm.domain.record.event import Kind
from markterm.domain.record.interest import NO_INTERESTS, Interests
from markterm.domain.record.own_work import own_work
from markterm.domain.record.portfolio import UnitRecord
from markterm.domain.rules.act import Act
from markterm.domain.words.errors import Refused
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Hint, Way


class Rule(StrEnum):
    """A rule that a Lead IV can let be passed over, as it is recorded."""

    INTEREST = "interest"
    RUNNING = "running"


@dataclass(frozen=True, slots=True)
class LetPass:
    """A Lead IV lets a rule be passed over, and says why."""

    lead: Member
    reason: str


@dataclass(frozen=True, slots=True)
class Separation:
    """What is known beside a unit's own record of whether somebody may answer for it.

    `learner` are all registrations of the learner; `running` the assessors of the units that the verifier verified
    last, the newest first, and `most_running` how many of the same one are enough (0: any number may be).
    """

    learner: tuple[str, ...] = ()
    interests: Interests = NO_INTERESTS
    running: tuple[str, ...] = ()
    most_running: int = 0
    let_pass: LetPass | None = None


NOTHING_KNOWN = Separation()


def check_separate(
    act: Act, member: Member, unit: Unit, record: UnitRecord, around: Separation
) -> tuple[Override, ...]:
    """The rules that a Lead IV let be passed over so that this member may verify the unit; none where none had to be.

    Raises `Refused` when they may not, or whoever is to let it pass may not do that.
    """
    if own := own_work(record, member.id):
        raise Refused(
            "Nobody verifies their own decisions",
            f"{member.name} ({member.id}) {_DID[own[0].kind]} {unit.code} of {act.learner}.",
            "Ask another verifier.",
        )
    stopped = tuple(filter(None, (_interest(act, member, around), _running(member, record, around))))
    if not stopped:
        return ()
    let_pass = around.let_pass
    if let_pass is None:
        raise stopped[0][1]
    _check_lead(act, member, let_pass, around)
    return tuple(Override(rule.value, let_pass.lead.id, let_pass.reason) for rule, _ in stopped)


def check_interest_of_assessor(act: Act, around: Separation) -> None:
    """Raises `Refused` when whoever decides has a declared conflict of interest with the learner."""
    if act.member is not None and (stopped := _interest(act, act.member, around)) is not None:
        raise stopped[1]


_DID = {
    Kind.DECIDED.value: "decided criteria of",
    Kind.COUNTERSIGNED.value: "countersigned decisions on",
    Kind.CLOSED.value: "closed",
}


def _interest(act: Act, member: Member, around: Separation) -> tuple[Rule, Refused] | None:
    interest = around.interests.at(member.id, around.learner or (act.learner,), act.at)
    if interest is None:
        return None
    return Rule.INTEREST, Refused(
        "A conflict of interest",
        f"{member.name} ({member.id}) has a declared conflict of interest with {one_line(act.learner)}: "
        f"{one_line(interest.why)}",
        "Ask a colleague. Where there is none, a Lead IV lets it pass, with a reason.",
        hint=Hint(Way.LET_PASS),
    )


def _running(member: Member, record: UnitRecord, around: Separation) -> tuple[Rule, Refused] | None:
    most = around.most_running
    if not most or record.closing is None or goes_on(record, member.id):
        return None
    assessor = record.closing.actor
    running = sum(1 for _ in takewhile(lambda each: each == assessor, around.running))
    if running < most:
        return None
    return Rule.RUNNING, Refused(
        "Too many units running of the same assessor",
        f"{member.name} ({member.id}) verified {running} units running that {assessor} closed; the centre lets "
        f"{most} be.",
        "Have another verifier take this one, or verify another assessor's first. A Lead IV can let it pass, with a "
        "reason.",
        hint=Hint(Way.LET_PASS),
    )


def _check_lead(act: Act, member: Member, let_pass: LetPass, around: Separation) -> None:
    lead = let_pass.lead
    why = ""
    if not (lead.lead and Role.VERIFIER in lead.roles):
        why = "is no Lead IV"
    elif lead.id == member.id:
        why = "would let pass what they do themselves"
    elif around.interests.at(lead.id, around.learner or (act.learner,), act.at) is not None:
        why = "has a conflict of interest with the learner, too"
    if why:
        raise Refused(
            "This cannot be let pass by them",
            f"{lead.name} ({lead.id}) {why}.",
            "Ask a Lead IV who has nothing to do with it: a verifier with `lead = true` in centre.toml.",
        )
    if not let_pass.reason.strip():
        raise Refused(
            "An override needs a reason",
            f"{lead.name} ({lead.id}) let a rule of separation be passed over, and nobody said why.",
            "Say why nobody else can verify it.",
        )


def goes_on(record: UnitRecord, member_id: str) -> bool:
    """Whether that member has answered to the closing that stands: whether they may was looked at when they began."""
    closing = record.closing
    return closing is not None and any(each.actor == member_id for each in record.after.verified(closing.uid))
