"""The keys with which members sign: made on their machines, and entered, confirmed and ended in the centre's record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from markterm.centre.export.signature import CheckedSignature, check
from markterm.centre.recorder import Recorder
from markterm.centre.signing import Signing
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.event import Event
from markterm.domain.record.signatures import signed_in
from markterm.domain.record.signing_keys import SIGNED_KINDS, SigningKey, mark_of
from markterm.domain.rules.act import known
from markterm.domain.rules.signing_keys import check_may_enter, confirm_key, end_key, enter_key
from markterm.domain.words.errors import Refused, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.own.key_files import KeyFiles
from markterm.records import ed25519
from markterm.records.store import EventStore
from markterm.system.platform import CENTRE_RECORD

if TYPE_CHECKING:
    from markterm.exports.anchored import Manifest, SignatureFound


class SigningKeys:
    """The keys of a centre's members. Verbs raise as `Recorder.record_of_centre` does."""

    def __init__(self, recorder: Recorder, signing: Signing, store: EventStore, details: CentreDetails) -> None:
        self._recorder = recorder
        self._signing = signing
        self._store = store
        self._details = details
        self.files = KeyFiles(signing.files)

    def every(self) -> tuple[SigningKey, ...]:
        """Every key, in the order in which they were entered. Raises `Unreadable`."""
        return self._signing.keys()

    def named(self, name: str) -> SigningKey:
        """The key of that name, or of a beginning of it that only one has. Raises `WrongUse`, and `Unreadable`."""
        every = self.every()
        found = [each for each in every if name and each.name.startswith(name.lower())]
        if len(found) == 1:
            return found[0]
        known_keys = ", ".join(f"{each.name} of {each.member}" for each in found or every) or "none yet"
        raise WrongUse(
            "Which key?" if found else "No such key",
            f"{one_line(name) or 'An empty text'} is the beginning of {'several' if found else 'none'}.",
            f"They are: {known_keys}.",
        )

    def check(self, found: SignatureFound, manifest: Manifest | None) -> CheckedSignature:
        """What the signature of an export comes to, by what this centre's record says of keys. Raises `Unreadable`."""
        return check(found, manifest, self.every())

    def make(self) -> SigningKey:
        """A key for whoever acts: made on this machine, and entered. One that was made and never entered, because that
        failed, is entered now."""
        ed25519.require_installed()
        keys = self.every()
        check_may_enter(self._recorder.act(CENTRE_RECORD), keys)
        public = self.files.unentered(frozenset(each.public for each in keys)) or self.files.make()
        event = self._recorder.record_of_centre(lambda act, _: enter_key(act, self.every(), public))
        return self._of_uid(event.uid)

    def confirm(self, name: str) -> SigningKey:
        """Confirm the key of that name, of somebody else."""
        uid = self.named(name).uid
        self._recorder.record_of_centre(lambda act, _: confirm_key(act, self._of_uid(uid), self._details.members))
        return self._of_uid(uid)

    def end(self, name: str, why: str, since: datetime | None = None) -> SigningKey:
        """End the key of that name, from `since` on: from now on unless it is said. Reads every record, for what was
        signed with it is named."""
        key = self.named(name)
        # Tried before all records are read for nothing.
        act = self._recorder.act(CENTRE_RECORD)
        end_key(act, key, self._details.members, why, since, frozenset())
        signed = frozenset(
            mark_of(said)
            for record in self._store.to_verify()
            if record != CENTRE_RECORD
            for _, said in signed_in(self._store.load(record))
            if said.key == key.public
        )
        self._recorder.record_of_centre(
            lambda act, _: end_key(act, self._of_uid(key.uid), self._details.members, why, since, signed)
        )
        return self._of_uid(key.uid)

    def sign_missing(self) -> Iterator[tuple[str, Event]]:
        """Sign whatever whoever acts closed and verified since their key was confirmed, and what is not signed. Yields
        the registration and each entry when its signature is durable. Raises `Refused` for somebody without a key."""
        act = self._recorder.act(CENTRE_RECORD)
        member = known(act)
        keys = self._signing.own(act)
        if not keys:
            raise Refused(
                "No key to sign with",
                f"{member.name} ({member.id}) has no key that is confirmed and has not ended.",
                "Make one, and have it confirmed.",
            )
        key, every, seen = keys[-1], self.every(), self._recorder.seeing.registration
        self.files.read(key.public)
        for record in self._store.to_verify():
            if record == CENTRE_RECORD or self._store.goes_on_as(record) or not seen(record):
                continue  # What goes on as another record is signed there.
            events = self._store.load(record)
            own = [each for each in events if each.kind in SIGNED_KINDS and each.actor == member.id]
            due = [each for each in own if key.signed_at(each.at)]
            signed = self._signing.signed(record, every) if due else frozenset()
            for event in due:
                if event.uid not in signed:
                    self._recorder.enter(record, partial(self._signing.signature, uid=event.uid, key=key))
                    yield record, event

    def _of_uid(self, uid: str) -> SigningKey:
        return next(each for each in self.every() if each.uid == uid)
