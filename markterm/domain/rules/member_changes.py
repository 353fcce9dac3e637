"""What is recorded of members who changed, and who may not act because they did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from markterm.domain.assessed.member import Member
from markterm.domain.record.bodies.centre import MemberChanged
from markterm.domain.record.event import CENTRE, Event, Kind, Subject
from markterm.domain.record.member_history import MemberHistory
from markterm.domain.rules.act import Act, entry, known
from markterm.domain.words.errors import Refused
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Hint, Way


def changes(history: MemberHistory, members: Sequence[Member]) -> tuple[MemberChanged, ...]:
    """What the record does not say of its members and `centre.toml` does; none when it says so already.

    Nothing is said of an id that is another person's now: that is for a person to settle, and the record keeps whose it
    was.
    """
    known = history.now()
    here = {member.id: member for member in members}
    said = [
        MemberChanged(member.id, member)
        for member in members
        if member != known.get(member.id) and history.whose_before(member) is None
    ]
    return (*said, *(MemberChanged(member_id, None) for member_id in sorted(known.keys() - here.keys())))


def say(act: Act, change: MemberChanged) -> Event:
    """The entry by which the record says that of a member. `act` is that which finds them changed."""
    return entry(replace(act, learner=CENTRE), known(act), Kind.MEMBER_CHANGED, Subject(), change)


def said_to_be_the_same(act: Act, history: MemberHistory, member: Member) -> Event:
    """The entry that a member whose name shares no word with the one that the record knows is the same person.

    Raises `Refused` when nothing has to be said.
    """
    before = history.whose_before(member)
    if before is None:
        raise Refused(
            "Nothing to settle",
            f"The record knows {one_line(member.id)} as {one_line(history.name_of(member.id) or member.name)}.",
            "A name that has a word in common with the one before is taken for the same person's.",
        )
    return say(act, MemberChanged(member.id, member, same_person=True))


def check_still_member(member: Member, members: Iterable[Member]) -> None:
    """Raises `Refused` when whoever acts is no member any more, or lost a role, since they opened the centre."""
    now = next((each for each in members if each.id == member.id), None)
    if now is None or not member.roles <= now.roles:
        lost = "is no member of the centre any more" if now is None else "has other roles at the centre by now"
        raise Refused(
            "Changed since you opened the centre",
            f"{one_line(member.name)} ({one_line(member.id)}) {lost}: centre.toml was changed. Nothing was recorded.",
            "Open the centre again; if that is a mistake, have the coordinator mend centre.toml.",
        )


def check_same_person(history: MemberHistory, member: Member) -> None:
    """Raises `Refused` when the member's id was somebody else's: what they record would seem to be that person's."""
    before = history.whose_before(member)
    if before is not None:
        raise Refused(
            "This id was somebody else's",
            f"The record knows {one_line(member.id)} as {one_line(before.name)}; centre.toml says that it is "
            f"{one_line(member.name)}. Nothing was recorded.",
            f"Give {one_line(member.name)} an id that nobody had. Is it the same person with a new name, say so.",
            hint=Hint(Way.SAME_PERSON, member=member.id),
        )
