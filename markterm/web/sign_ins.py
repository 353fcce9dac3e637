"""Who is signed in. What a browser keeps is a secret of which the server keeps the hash alone; both end with it."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

from markterm.domain.words.errors import Refused

_BYTES = 32
MOST_OF_ONE = 50
"""Browsers in which one member is signed in: whoever signs in again and again makes the server remember no more."""


@dataclass(slots=True)
class SignIn:
    """A member who signed in, in one browser."""

    member: str
    mark: str
    """Of what they signed in by: once that changed it holds no more."""
    since: float
    seen: float
    may: str = ""
    """What the centre's file let them see and do then: its windows keep to that, so once that changed it holds no more.
    """
    secret: bytes = field(repr=False, default_factory=lambda: secrets.token_bytes(_BYTES))
    name: str = field(default_factory=lambda: secrets.token_hex(4))
    """What a log calls it: it says nothing about whose it is."""

    @property
    def token(self) -> str:
        """What a form of theirs sends along: another site does not know it."""
        return hmac.new(self.secret, b"form", sha256).hexdigest()

    def require_theirs(self, token: str) -> None:
        """Raises `Refused` where a form that sent that along is not of theirs."""
        if not hmac.compare_digest(self.token.encode(), token.encode("utf-8", "replace")):
            raise Refused("Not from a page of yours", "The form is of another session.", "Go back, and try again.")


class SignIns:
    """Everybody who is signed in: for `longest` seconds at most, and for `idle` without anything from them. `now` is a
    clock that only goes forward."""

    def __init__(self, now: Callable[[], float], longest: float, idle: float) -> None:
        self._now = now
        self._longest = longest
        self._idle = idle
        self._by_hash: dict[bytes, SignIn] = {}

    def __len__(self) -> int:
        return len(self._by_hash)

    def begin(self, member: str, mark: str, may: str = "") -> tuple[str, SignIn]:
        """Sign that member in; the secret for their browser. Of too many browsers of theirs the one from which nothing
        came for longest is signed out."""
        self.sweep()
        theirs = [each for each in self._by_hash.values() if each.member == member]
        if len(theirs) >= MOST_OF_ONE:
            self.end(min(theirs, key=lambda each: each.seen))
        secret = secrets.token_urlsafe(_BYTES)
        now = self._now()
        made = SignIn(member, mark, now, now, may)
        self._by_hash[_hashed(secret)] = made
        return secret, made

    def of(self, secret: str) -> SignIn | None:
        """Whose that is, as long as it holds."""
        found = self._by_hash.get(_hashed(secret)) if secret else None
        if found is None or self._has_ended(found):
            return None
        return found

    def still_holds(self, sign_in: SignIn) -> bool:
        """Whether they are still signed in."""
        return any(each is sign_in for each in self._by_hash.values()) and not self._has_ended(sign_in)

    def end(self, sign_in: SignIn) -> None:
        """Sign them out, in that browser."""
        self._by_hash = {key: each for key, each in self._by_hash.items() if each is not sign_in}

    def sweep(self) -> None:
        """Forget whoever's time is over."""
        self._by_hash = {key: each for key, each in self._by_hash.items() if not self._has_ended(each)}

    def _has_ended(self, sign_in: SignIn) -> bool:
        now = self._now()
        return now - sign_in.since > self._longest or now - sign_in.seen > self._idle


def _hashed(secret: str) -> bytes:
    return sha256(secret.encode("utf-8", "replace")).digest()
