"""Entering, confirming and ending the key of a member: entries of the centre's own record. And signing with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from markterm.domain.assessed.member import Member
from markterm.domain.record.bodies.signing import KeyEnded, KeyEntered, Signed
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.signing_keys import SigningKey, who_confirms
from markterm.domain.rules.act import Act, entry, known
from markterm.domain.words.errors import Refused

_TOLERANCE = timedelta(minutes=5)


def check_may_enter(act: Act, keys: Iterable[SigningKey]) -> None:
    """Raises `Refused` when nobody acts, and when whoever acts has a key that has not ended."""
    member = known(act)
    own = next((each for each in keys if each.member == member.id and not each.ends), None)
    if own is not None:
        raise Refused(
            "You have a key",
            f"Key {own.name} of {member.name} ({member.id}) is entered, and has not ended: {own.state}.",
            "Sign with it; or have it ended, with the reason, and make another one.",
        )


def enter_key(act: Act, keys: Sequence[SigningKey], public: str) -> Event:
    """The entry that the key with this public half is that of whoever acts. Raises as `check_may_enter`."""
    check_may_enter(act, keys)
    member = known(act)
    return entry(act, member, Kind.KEY_ENTERED, Subject(), KeyEntered(member.id, public))


def confirm_key(act: Act, key: SigningKey, members: Iterable[Member]) -> Event:
    """The entry that whoever acts confirms that key: they asked its owner for its name. Raises `Refused` for one that
    is confirmed or ended, and for anybody who may not confirm it."""
    member = known(act)
    if key.ends or key.confirmed:
        was = "ended" if key.ends else f"confirmed by {key.confirmed[0].by}"
        raise Refused("Nothing to confirm", f"Key {key.name} of {key.member} is {was} already.", "Look at the keys.")
    who = who_confirms(members, key.member)
    if member.id not in who:
        raise Refused(
            "Somebody else confirms it",
            f"{member.name} ({member.id}) does not confirm key {key.name} of {key.member}.",
            f"It is for {' or '.join(who)}.",
        )
    said = KeyEntered(key.member, key.public, key.uid)
    return entry(act, member, Kind.KEY_ENTERED, Subject(), said)


def end_key(
    act: Act, key: SigningKey, members: Iterable[Member], why: str, since: datetime | None, signed: frozenset[str]
) -> Event:
    """The entry that a key ends, from `since` on (None: from now on), with the marks of all that it `signed`.

    Its owner ends it from now on, and who may confirm it also from before: what was signed from then on does not stand.
    Raises `Refused` without a reason, for one that has ended so far back already, and for anybody else.
    """
    member = known(act)
    who = who_confirms(members, key.member)
    if not why.strip():
        raise Refused("Why does it end?", f"Key {key.name} of {key.member} signs on.", "Give the reason.")
    if member.id != key.member and member.id not in who:
        raise Refused(
            "Somebody else ends it",
            f"{member.name} ({member.id}) does not end key {key.name} of {key.member}.",
            f"It is for {key.member}, or for {' or '.join(who)}.",
        )
    if since is not None and since - act.at > _TOLERANCE:
        raise Refused(
            "That time has not come", "A key ends now, or has ended before.", "Leave the time out, or mend it."
        )
    if since is not None and member.id not in who:
        raise Refused(
            "Nobody disowns what they signed",
            f"{member.name} ({member.id}) ends their own key from now on.",
            f"Leave the time out; from before it is ended by {' or '.join(who)}.",
        )
    if key.ends and (since is None or since >= min(each.since for each in key.ends)):
        raise Refused("It has ended", f"Key {key.name} of {key.member} ended before.", "Look at the keys.")
    said = KeyEnded(key.member, key.public, why.strip(), since or act.at, signed)
    return entry(act, member, Kind.KEY_ENDED, Subject(), said)


def sign(act: Act, of: Event, key: SigningKey, digest: str, signature: Callable[[str], str]) -> Event:
    """The entry by which whoever acts signs what they recorded; `signature` makes it, given the uid of the entry that
    confirmed the key."""
    member = known(act)
    confirmed = key.confirmed[0].uid
    said = Signed(of.uid, digest, key.public, confirmed, signature(confirmed))
    return entry(act, member, Kind.SIGNED, Subject(of.subject.unit), said)
