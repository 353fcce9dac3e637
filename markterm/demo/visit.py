"""The external quality assurer of the demo, who is here this week: one learner was looked at, and picked."""

from __future__ import annotations

from datetime import date, timedelta

from markterm.centre.centre import Centre
from markterm.domain.assessed.member import Member, Role

VISITOR = "pat"
_STAYS = 3
_LOOKED_AT = ("BRA0952", "NOW1870")
_PICKED = "NOW1870"


def visitor(today: date) -> Member:
    """The external quality assurer of the Certificate, who came before the weekend and stays so long that it can be
    tried."""
    return Member(
        VISITOR,
        "Pat Reed",
        frozenset({Role.EXTERNAL}),
        qualifications=frozenset({"8580-CERT"}),
        visit=(today - timedelta(_STAYS), today + timedelta(_STAYS)),
    )


def visited(pat: Centre) -> None:
    """What Pat did on the first day."""
    for registration in _LOOKED_AT:
        pat.learners.portfolio(registration)
    pat.visit_lists.pick(_PICKED, "A unit that was handed in again.")
