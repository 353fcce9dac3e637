"""Who has a learner's own page shown to them."""

from __future__ import annotations

from markterm.domain.assessed.member import STAFF, Member
from markterm.domain.rules.act import Act, known
from markterm.domain.words.errors import Refused


def who_shows(act: Act) -> Member:
    """The member who gives a learner the link to their page, or ends it. Raises `Refused` for nobody, and for who only
    reads here."""
    member = known(act)
    if member.roles.isdisjoint(STAFF):
        raise Refused(
            "Only the centre shows learners their page",
            f"{member.name} ({member.id}) has no role here in which they could.",
            "Ask the learner's assessor or the coordinator.",
        )
    return member
