"""Signing what was recorded: the entry after the one that it signs, by the key of whoever acts, if they have one."""

from __future__ import annotations

from collections.abc import Callable
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
    """Signs with the private keys in the folder `files`. What is signed is durable before: whatever stops a signature,
    the entry stands, is told as unsigned, and can be signed later."""

    def __init__(self, appending: Appending, files: Path) -> None:
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
                self.sign_with(act, event, keys[-1])
        except MarkTermError as error:
            return f"{error.title}: {error.what} {error.next_step}"
        return ""

    def sign_with(self, act: Act, event: Event, key: SigningKey) -> None:
        """Sign that entry of whoever acts; return when the signature is durable, or was. Raises `MarkTermError`."""
        from markterm.domain.record.signatures import signed_soundly
        from markterm.domain.rules.signing_keys import sign
        from markterm.own.key_files import KeyFiles
        from markterm.records import ed25519

        pem = KeyFiles(self.files).read(key.public)
        record = act.learner
        entry = next((each for each in self._appending.load(record) if each.uid == event.uid), None)
        if entry is None:
            raise Unreadable("Not signed", "The entry was recorded, and is not read again.", "Audit the record.")
        # What failed and was done again is one entry, and is signed once.
        if entry.uid not in signed_soundly(self._appending.load(record), (key,), ed25519.proves):
            said = sign(
                act, entry, key, ed25519.digest_of(entry), lambda confirmed: ed25519.sign(pem, entry, confirmed)
            )
            self._appending.append(record, said)
