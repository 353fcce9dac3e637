"""Who may see which learner. What a member may not see is for them as if it were not there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol

from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.visibility import LIMITED, TheirsBy, Visibility
from markterm.domain.words.errors import Refused
from markterm.domain.words.hint import Hint, Way

ANOTHER = "another learner of the centre"
"""How a learner is called whom whoever asks may not see."""


class Seen(Protocol):
    """What of a learner says whose they are: their file, or their row in the caseload."""

    @property
    def assessor(self) -> str:
        """The id of the assessor whom the learner's file names; empty where it names none."""
        ...

    @property
    def site(self) -> str:
        """Where they are assessed."""
        ...

    @property
    def qualifications(self) -> tuple[str, ...]:
        """What they are registered for."""
        ...


def sees(
    member: Member | None,
    visibility: Visibility,
    learner: Seen,
    given: Callable[[str], bool],
    today: date,
) -> bool:
    """Whether the member may see that learner. `given` says of a member whether the learner's record gave them
    something to do: to verify, or an action.

    An external quality assurer sees, on the days of the visit, whoever is registered for one of the qualifications that
    their entry names. Of a learner of whom nothing could be read nobody knows whose they are: whoever sees everybody
    sees them.
    """
    if visibility.hides_nobody_from(member):
        return True
    if member is None:
        return False
    if Role.EXTERNAL in member.roles:
        return is_visiting(member, today) and not member.qualifications.isdisjoint(learner.qualifications)
    return any(
        _by(way, role, member, learner, given)
        for role in LIMITED
        if role in member.roles
        for way in visibility.ways.get(role, ())
    )


def is_visiting(member: Member, today: date) -> bool:
    """Whether that is a day of the visit of an external quality assurer."""
    return member.visit is not None and member.visit[0] <= today <= member.visit[1]


def require_visiting(member: Member, today: date) -> None:
    """Raises `Refused` for an external quality assurer on a day that is none of their visit's."""
    if Role.EXTERNAL not in member.roles or is_visiting(member, today):
        return
    raise Refused(
        "Not on a day of the visit",
        f"{member.name} ({member.id}) reads here on the days of their visit: {_days(member)}.",
        "Have the coordinator put other days into centre.toml.",
    )


def require_somebody(member: Member | None, visibility: Visibility) -> None:
    """Raises `Refused` where learners are shown to those whose they are, and nobody was named."""
    if member is None and visibility.ways:
        raise Refused(
            "Who is looking?",
            "This centre shows members the learners that are theirs, and nobody was named.",
            "Say who you are, as centre.toml names you.",
            hint=Hint(Way.SAY_WHO_ACTS),
        )


def require_staff(member: Member | None) -> None:
    """Raises `Refused` for an external quality assurer: they read, and change nothing of the centre's."""
    if member is not None and Role.EXTERNAL in member.roles:
        raise Refused(
            "An external quality assurer reads",
            f"{member.name} ({member.id}) is external quality assurer: nothing was recorded, written or changed.",
            "Ask the coordinator, who records what comes of the visit.",
        )


def limits_in_words(member: Member | None, visibility: Visibility, today: date) -> str:
    """What a member is shown, in a sentence; empty for whom nobody is hidden from."""
    if visibility.hides_nobody_from(member):
        return ""
    if member is None:
        return "Nobody is shown: say who you are."
    if Role.EXTERNAL in member.roles:
        if not is_visiting(member, today):
            return f"Nobody is shown: {_days(member)}."
        return f"Shown are learners of {', '.join(sorted(member.qualifications)) or 'no qualification'}."
    return "Shown are the learners that are yours, as centre.toml says."


def _days(member: Member) -> str:
    visit = member.visit
    return "no visit was agreed" if visit is None else f"the visit is from {visit[0]} to {visit[1]}"


def _by(way: TheirsBy, role: Role, member: Member, learner: Seen, given: Callable[[str], bool]) -> bool:
    match way:
        case TheirsBy.SITE:
            return bool(learner.site) and learner.site in member.sites
        case TheirsBy.QUALIFICATION:
            return not member.qualifications.isdisjoint(learner.qualifications)
        case TheirsBy.ASSIGNED:
            return (role is Role.ASSESSOR and learner.assessor == member.id) or given(member.id)
