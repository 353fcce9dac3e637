"""Signing what was recorded: the entry after the one that it signs, by the key of whoever acts, if they have one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from markterm.centre.appending import Appending
from markterm.domain.record.event import Event, Kind
from markterm.domain.rules.act import Act
from markterm.domain.words.errors import MarkTermError, Unreadable
from markterm.system.platform import CENTRE_RECORD

if TYPE_CHECKING:
    from markterm.domain.record.signing_keys import SigningKey

_SIGNED = (Kind.CLOSED, Kind.VERIFIED)
_OF_KEYS = (Kind.KEY_ENTERED, Kind.KEY_ENDED)


class Signing:
    """Signs with the private keys in the folder `files`; with None there are none here. What is signed is durable
    before: whatever stops a signature, the entry stands, is told as unsigned, and can be signed later."""

    def __init__(self, appending: Appending, files: Path | None) -> None:
        self._appending = appending
        self.files = files

    def keys(self) -> tuple[SigningKey, ...]:
        """Every key that the centre's own record tells of. Raises `Unreadable`."""
        events = self._appending.load(CENTRE_RECORD)
        if not any(event.kind in _OF_KEYS for event in events):
            return ()
        from markterm.domain.record.signing_keys import keys_of  # Few centres sign.

        return keys_of(events)

    def own(self, act: Act) -> tuple[SigningKey, ...]:
        """The keys of whoever acts that sign now. Raises `Unreadable`."""
        member = act.member.id if act.member is not None else ""
        return tuple(key for key in self.keys() if key.member == member and key.signs)

    def sign(self, acting: Callable[[], Act], event: Event) -> str:
        """Sign what was just recorded, where such entries are signed and whoever acts has a key; why it is not signed
        though they have one, in words."""
        if event.kind not in _SIGNED:
            return ""
        try:
            act = acting()
            if keys := self.own(act):
                key = keys[-1]
                # What failed and was done again is one entry, and is signed once.
                if event.uid not in self.signed(act.learner, (key,)):
                    self._appending.append(act.learner, self.signature(act, event.uid, key))
        except MarkTermError as error:
            return f"{error.title}: {error.what} {error.next_step}"
        return ""

    def signed(self, record: str, keys: Sequence[SigningKey]) -> frozenset[str]:
        """The uids of what is signed in that record with one of these keys. Raises `WrongUse` where that cannot be
        checked, and `Unreadable`."""
        from markterm.domain.record.signatures import signed_soundly
        from markterm.records import ed25519

        ed25519.require_installed()
        return signed_soundly(self._appending.load(record), keys, ed25519.proves)

    def signature(self, act: Act, uid: str, key: SigningKey) -> Event:
        """The entry by which whoever acts signs that one of the record, as it is read. Raises `MarkTermError`."""
        from markterm.domain.rules.signing_keys import sign
        from markterm.own.key_files import KeyFiles
        from markterm.records import ed25519

        pem = KeyFiles(self.files).read(key.public)
        entry = next((each for each in self._appending.load(act.learner) if each.uid == uid), None)
        if entry is None:
            raise Unreadable("Not signed", "The entry was recorded, and is not read again.", "Audit the record.")
        return sign(act, entry, key, ed25519.digest_of(entry), lambda confirmed: ed25519.sign(pem, entry, confirmed))
