"""Browsers in which members signed in before. Many people sit behind one address: where somebody there tries passwords,
whoever has signed in from their browser before does not wait for it.

A browser keeps, for each of the last members, a random name and a signature of it by what the server keeps of their
password: it says nothing to anybody else, and is worth nothing once the password is another one.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from hashlib import sha256

_MOST = 8
"""Members of one browser."""
KEPT_FOR = 180 * 24 * 3600
"""Seconds."""
_LONGEST = 2_000


class KnownBrowsers:
    """`mark_of` gives what the server keeps of a member's password, and nothing where they have none."""

    def __init__(self, mark_of: Callable[[str], str]) -> None:
        self._mark_of = mark_of

    def name_in(self, kept: str, member: str) -> str:
        """What the browser that keeps this is called for that member; empty where they never signed in there."""
        for whose, name, signature in _each(kept):
            if whose == member and hmac.compare_digest(self._signed(member, name), signature):
                return name
        return ""

    def with_one_more(self, kept: str, member: str) -> str:
        """What it keeps from now on, when that member signed in there."""
        name = self.name_in(kept, member) or secrets.token_hex(8)
        others = [each for each in _each(kept) if each[0] != member][: _MOST - 1]
        own = (member, name, self._signed(member, name))
        return "~".join(".".join(each) for each in (own, *others))

    def _signed(self, member: str, name: str) -> str:
        mark = self._mark_of(member)
        return hmac.new(mark.encode(), f"{member} {name}".encode(), sha256).hexdigest() if mark else secrets.token_hex()


def _each(kept: str) -> list[tuple[str, str, str]]:
    if len(kept) > _LONGEST or not kept.isascii():
        return []
    parts = [each.split(".") for each in kept.split("~")]
    return [(each[0], each[1], each[2]) for each in parts if len(each) == 3]
