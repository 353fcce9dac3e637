"""Declaring a conflict of interest, and ending one: entries of the centre's own record."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from markterm.domain.assessed.member import Member
from markterm.domain.record.bodies.interest import InterestDeclared
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.interest import Interests
from markterm.domain.rules.act import Act, entry, known
from markterm.domain.words.errors import Refused
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Hint, Way

_ZONES = timedelta(days=1)
"""By so much the day of a person may be ahead of that of the record."""


def declare_interest(act: Act, interests: Interests, learner: Collection[str], said: InterestDeclared) -> Event:
    """The entry that a member has a conflict of interest with a learner; `learner` are all registrations of theirs.

    What is not said now stays as it was declared before. Anybody declares one; who it is about does not end it.
    Raises `Refused` without a reason, when nothing new is said, for days that have not come or that contradict each
    other, and when somebody ends their own.
    """
    member = known(act)
    standing = interests.open(said.member, learner)
    before = standing[-1] if standing else None
    if before is not None:
        said = replace(
            said, why=said.why or before.why, since=said.since or before.since, told=said.told or before.told
        )
        if (said.why, said.since, said.told, said.ended) == (before.why, before.since, before.told, None):
            raise Refused(
                "Declared already",
                f"{_two(said)}: {before.why}",
                "Say what is new of it: a reason, the day on which the awarding organisation was told, or its end.",
            )
    if not said.why.strip():
        raise Refused(
            "A conflict of interest needs a reason",
            f"Nothing was recorded of {_two(said)}.",
            "Say how they are close: a relative, a colleague, an employee.",
        )
    if said.ended is not None:
        _check_end(said, member, is_declared=before is not None)
    for day, what in ((said.since, "It begins"), (said.told, "The awarding organisation was told")):
        if day is not None and day > act.at.date() + _ZONES:
            raise Refused("That day has not come", f"{what} on {day.isoformat()}.", "Give the day on which it was.")
    return entry(act, member, Kind.INTEREST_DECLARED, Subject(), said, tuple(each.uid for each in standing))


def _check_end(said: InterestDeclared, member: Member, *, is_declared: bool) -> None:
    if not is_declared:
        raise Refused(
            "No such conflict of interest",
            f"None that has not ended is declared of {_two(said)}.",
            "Look which are declared.",
            hint=Hint(Way.LIST_INTERESTS),
        )
    if member.id == said.member:
        raise Refused(
            "Nobody ends their own conflict of interest",
            f"{member.name} ({member.id}) would verify or assess {one_line(said.learner)} again.",
            "Have a colleague record that it has ended.",
        )
    if said.since is not None and said.ended is not None and said.ended < said.since:
        raise Refused(
            "It ends before it begins",
            f"{_two(said)}: from {said.since.isoformat()} until {said.ended.isoformat()}.",
            "Correct one of the two days.",
        )


def _two(said: InterestDeclared) -> str:
    return f"{one_line(said.member)} and {one_line(said.learner)}"
