"""Role profiles, as the centre's record tells them: what somebody in a role needs of the published standards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from markterm.domain.assessed.standard import StatementLink
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.profiles import ProfileEnded, ProfileKept
from markterm.domain.record.event import Event, Kind
from markterm.domain.words.counted import counted


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile as it was kept last; `ended` says why nobody is measured by it. `unseen` says that another entry under
    its code was made by somebody who had not seen the one before: the last one stands, and people look at both."""

    uid: str
    said: ProfileKept
    actor: str
    at: datetime
    unseen: bool = False
    ended: str | None = None

    @property
    def code(self) -> str:
        """By what it is called."""
        return self.said.code

    @property
    def links(self) -> tuple[StatementLink, ...]:
        """Its statements, by their full names."""
        return tuple(
            StatementLink(part.standard, statement, part.version)
            for part in self.said.parts
            for statement in part.statements
        )


def profiles(events: Iterable[Event]) -> tuple[Profile, ...]:
    """The profiles that the events of the centre's record tell of, also those that have ended, as each was first
    kept."""
    found: dict[str, Profile] = {}
    for event in events:
        if event.kind == Kind.PROFILE_KEPT and (said := said_in(event, ProfileKept)) is not None:
            known = found.get(said.code)
            unseen = known is not None and known.uid not in event.supersedes
            found[said.code] = Profile(event.uid, said, event.actor, event.at, unseen)
        elif event.kind == Kind.PROFILE_ENDED and (end := said_in(event, ProfileEnded)) is not None:
            known = found.get(end.code)
            # Who ended it had not seen what was kept of it since.
            if known is not None and known.uid in event.supersedes:
                found[end.code] = replace(known, ended=end.why)
    return tuple(found.values())


def kept_in_words(said: ProfileKept) -> str:
    """What an entry that keeps one tells, in a line."""
    number = counted(sum(len(part.statements) for part in said.parts), "statement")
    return f"profile {said.code} kept: {said.title}, {number}"
