"""A person's own rating of an assessor in a unit, in place of what the points of the strategy come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.strategy import Risk
from markterm.domain.record.bodies.planning import Rated
from markterm.domain.record.event import CENTRE, Event, Kind, Subject
from markterm.domain.rules.act import Act, entry, in_role
from markterm.domain.words.errors import Refused


def rate(act: Act, assessor: Member, unit: str, risk: Risk, reason: str, until: date, today: date) -> Event:
    """The rating of an assessor in the unit of that code, up to and with that day. It replaces an earlier one.

    Raises `Refused` when the member is no verifier or rates themselves, the other is no assessor, no reason is given,
    or the day is over.
    """
    member = in_role(act, Role.VERIFIER, "Only a verifier rates", "Ask a verifier")
    if member.id == assessor.id:
        raise Refused(
            "Nobody rates themselves",
            f"{member.name} ({member.id}) assesses {unit} as well. Nothing was recorded.",
            "Ask another verifier.",
        )
    if Role.ASSESSOR not in assessor.roles:
        raise Refused(
            "Only assessors are rated",
            f"{assessor.name} ({assessor.id}) is no assessor at this centre. Nothing was recorded.",
            "Name an assessor.",
        )
    if not reason.strip():
        raise Refused(
            "A rating of one's own needs a reason",
            f"{assessor.id} in {unit} is rated as the strategy's points come to. Nothing was recorded.",
            "Say why the points do not say it.",
        )
    if until < today:
        raise Refused(
            "That day is over",
            f"{until.isoformat()} is before today, {today.isoformat()}. Nothing was recorded.",
            "Give the last day on which the rating holds.",
        )
    said = Rated(assessor.id, unit, risk.value, reason, until)
    recorded = entry(replace(act, learner=CENTRE), member, Kind.RATED, Subject(), said)
    return replace(recorded, role=Role.VERIFIER.value)
