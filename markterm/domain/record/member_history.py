"""The members of the centre over time, as its own record keeps them: who they were when something was recorded.

`centre.toml` says who the members are; the record says who they were. What changed is written by the first act that
finds it changed, never by looking. Names, roles and approvals of somebody who left stay what they were.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import accumulate

from markterm.domain.assessed.member import Member
from markterm.domain.record.bodies.centre import MemberChanged
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.event import Event
from markterm.domain.words.letters import plain


@dataclass(frozen=True, slots=True)
class MemberSince:
    """A member as they were from `since` on; `member` is None when they had left. `same_person` says that somebody
    said so of a name that shares no word with the one before."""

    id: str
    since: datetime
    member: Member | None
    same_person: bool = False


@dataclass(frozen=True)
class MemberHistory:
    """Everything that the centre's record says of its members, the oldest first."""

    changes: tuple[MemberSince, ...] = ()

    @cached_property
    def _by_id(self) -> Mapping[str, Sequence[MemberSince]]:
        found: dict[str, list[MemberSince]] = {}
        for change in self.changes:
            found.setdefault(change.id, []).append(change)
        return found

    @cached_property
    def _by_time(self) -> Mapping[str, tuple[Sequence[datetime], Sequence[MemberSince]]]:
        """Of each the times at which something changed, and what was said last, in the record, of all up to then."""
        found = {}
        for member_id, own in self._by_id.items():
            ordered = sorted(enumerate(own), key=lambda entry: entry[1].since)
            last = list(accumulate(ordered, max))
            found[member_id] = ([change.since for _, change in ordered], [change for _, change in last])
        return found

    @cached_property
    def begins(self) -> datetime | None:
        """When the record began to keep them; None when it does not."""
        return min((change.since for change in self.changes), default=None)

    def now(self) -> dict[str, Member]:
        """Those who have not left, by id, as the record said it last."""
        last = {member_id: own[-1].member for member_id, own in self._by_id.items()}
        return {member_id: member for member_id, member in last.items() if member is not None}

    def said(self, member_id: str) -> MemberSince | None:
        """What the record said last of that member; None when it said nothing."""
        own = self._by_id.get(member_id)
        return own[-1] if own else None

    def at(self, member_id: str, at: datetime) -> Member | None:
        """That member as they were at that time; None when there was none. By the clock: records of several machines
        have no other order."""
        times, last = self._by_time.get(member_id, ((), ()))
        place = bisect_right(times, at)
        return last[place - 1].member if place else None

    def last(self, member_id: str) -> Member | None:
        """That member as they were last, also when they have left; None when there never was one."""
        known = (change.member for change in reversed(self._by_id.get(member_id, ())))
        return next((member for member in known if member is not None), None)

    def name_of(self, member_id: str, at: datetime | None = None) -> str:
        """The name that the member had at that time, or had last; empty when the record names none."""
        then = self.at(member_id, at) if at is not None else None
        known = then or self.last(member_id)
        return known.name if known is not None else ""

    def whose_before(self, member: Member) -> Member | None:
        """Whose the id was, when it is another person's now: somebody left, or the name has no word of theirs.

        None for the same person: a member whose name changed keeps a word of it, as after a marriage, and one who had
        left comes back under the same name. Who has said of another name that it is the same person's has said it in
        the record, which is what is compared.
        """
        before = self.last(member.id)
        if before is None or before.name == member.name:
            return None
        then, now = _words(before.name), _words(member.name)
        has_left = member.id not in self.now()
        return None if (then == now if has_left else then & now) else before


def _words(name: str) -> set[str]:
    words = "".join(letter if letter.isalnum() else " " for letter in plain(name)).split()
    return {word for word in words if len(word) > 1 or not word.isascii()}


def history_of(events: Iterable[Event]) -> MemberHistory:
    """The history that the events of the centre's record come to."""
    return MemberHistory(tuple(change for event in events if (change := change_of(event)) is not None))


def change_of(event: Event) -> MemberSince | None:
    """What an entry says of a member; None for any other entry, and for one of a shape that is not known."""
    said = said_in(event, MemberChanged)
    return None if said is None else MemberSince(said.member, event.at, said.now, said.same_person)
