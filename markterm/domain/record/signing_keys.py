"""The keys with which members sign, as the centre's own record keeps them: entered, confirmed by somebody else, ended.

Who may confirm a key is a rule of both sides: what is recorded against it, however it came there, confirms nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from markterm.domain.assessed.member import Member, Role
from markterm.domain.record.bodies.kinds import said_by
from markterm.domain.record.bodies.signing import KeyEnded, KeyEntered, Signed
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.member_history import MemberHistory, history_of

SIGNED_KINDS = frozenset({Kind.CLOSED.value, Kind.VERIFIED.value})
"""What somebody with a key signs."""
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class KeyConfirmed:
    """Who confirmed a key, and when."""

    uid: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class KeyEnd:
    """Who ended a key, from when on and why; what it `signed` by then."""

    uid: str
    by: str
    at: datetime
    since: datetime
    why: str
    signed: frozenset[str]

    def lets_stand(self, signed: Signed, at: datetime) -> bool:
        """Whether that signature, dated `at`, was there when the key ended, and is from before. Of a key that ends from
        then on, it is all that was there, whatever the clocks."""
        return mark_of(signed) in self.signed and (at < self.since or self.since >= self.at)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key of a member, by its public half; `uid` is that of its entry."""

    uid: str
    member: str
    public: str
    entered: datetime
    confirmed: tuple[KeyConfirmed, ...] = ()
    ends: tuple[KeyEnd, ...] = ()

    @property
    def name(self) -> str:
        """What people call it: they compare it when one confirms the key of another."""
        return name_of_key(self.public)

    @property
    def signs(self) -> bool:
        """Whether it signs now: somebody confirmed it, and nobody ended it."""
        return bool(self.confirmed) and not self.ends

    @property
    def state(self) -> str:
        """What it is, in a word."""
        return "ended" if self.ends else "signs" if self.confirmed else "not confirmed"

    @property
    def is_alone(self) -> bool:
        """Whether nobody but its owner confirmed it: there was nobody else."""
        return bool(self.confirmed) and all(each.by == self.member for each in self.confirmed)

    def signed_at(self, at: datetime) -> bool:
        """Whether its owner had it to sign with at that time."""
        if not self.confirmed or at < min(each.at for each in self.confirmed):
            return False
        return all(at < each.since for each in self.ends)


def name_of_key(public: str) -> str:
    """The beginning of the hash of a public key, which nobody can aim at."""
    return sha256(bytes.fromhex(public)).hexdigest()[:_SHOWN]


def mark_of(signed: Signed) -> str:
    """By what a signature is told from every other one, in few characters."""
    return sha256(bytes.fromhex(signed.signature)).hexdigest()[:24]


def who_confirms(members: Iterable[Member], owner: str) -> Sequence[str]:
    """Who may confirm a key of `owner`: coordinators; where no other member is one, verifiers; where none is, any other
    member; and where nobody else is a member at all, the owner."""
    others = [each for each in members if each.id != owner]
    for role in (Role.COORDINATOR, Role.VERIFIER):
        if found := [each.id for each in others if role in each.roles]:
            return found
    return [each.id for each in others] or [owner]


def keys_of(events: Sequence[Event]) -> tuple[SigningKey, ...]:
    """The keys that the centre's own record tells of, in the order in which they were entered."""
    found: dict[str, SigningKey] = {}
    told = [event for event in events if event.kind in (Kind.KEY_ENTERED, Kind.KEY_ENDED)]
    history = history_of(events) if told else MemberHistory()
    for event in told:
        said = said_by(event)
        if isinstance(said, KeyEntered):
            key = _after_entry(found, event, said, history)
        else:
            key = _after_end(found, event, said, history) if isinstance(said, KeyEnded) else None
        if key is not None:
            found[key.uid] = key
    return tuple(found.values())


def _after_entry(
    found: Mapping[str, SigningKey], event: Event, said: KeyEntered, history: MemberHistory
) -> SigningKey | None:
    if not said.confirms:
        # A key that somebody else enters for a member is nobody's, and one that was entered before stays what it is.
        is_new = said.member == event.actor and all(each.public != said.key for each in found.values())
        return SigningKey(event.uid, said.member, said.key, event.at) if is_new else None
    key = found.get(said.confirms)
    if key is None or (key.member, key.public) != (said.member, said.key) or not _confirms(event, key, history):
        return None
    return replace(key, confirmed=(*key.confirmed, KeyConfirmed(event.uid, event.actor, event.at)))


def _after_end(
    found: Mapping[str, SigningKey], event: Event, said: KeyEnded, history: MemberHistory
) -> SigningKey | None:
    key = next((each for each in found.values() if (each.member, each.public) == (said.member, said.key)), None)
    if key is None:
        return None
    since = said.since
    if not _confirms(event, key, history):
        if event.actor != key.member:
            return None
        since = max(since, event.at)  # Nobody disowns what they have signed.
    return replace(key, ends=(*key.ends, KeyEnd(event.uid, event.actor, event.at, since, said.why, said.signed)))


def _confirms(event: Event, key: SigningKey, history: MemberHistory) -> bool:
    """Whether whoever made that entry was one who confirms such a key then."""
    every = (history.at(member, event.at) for member in dict.fromkeys(change.id for change in history.changes))
    members = [member for member in every if member is not None]
    return not members or event.actor in who_confirms(members, key.member)
