"""How a centre is served to browsers: where, how its members sign in, and how much each of them may have."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

FILES_OF_SIZE = 4
"""So many of the largest files a member may have on the server: what they sent, and what was exported for them."""
MOST_FILES = 1_000
"""However small: each is a place on the disk, and a line of the page."""
_MEGABYTE = 1_000_000


class SignInBy(StrEnum):
    """How a member is known."""

    PASSWORD = "password"
    PROXY = "proxy"
    """By a header, from a proxy that is trusted and has signed them in itself."""
    OPENID = "openid"
    """By OpenID Connect: whoever runs the college's accounts says who they are."""


@dataclass(frozen=True, slots=True)
class Serving:
    """What `centre.toml` says of its server.

    `address` is how browsers reach it, such as https://marking.college.example; empty for the machine itself alone.
    `proxies` are the addresses of machines from which a forwarded header is believed. `header` names the one that says
    who signed in. What is asked of `issuer`, as `client`, answers in its `claim` with an id of a member, or with
    an e-mail address of `domain` that begins with one.
    """

    address: str = ""
    sign_in: SignInBy = SignInBy.PASSWORD
    proxies: tuple[str, ...] = ()
    header: str = "X-Remote-User"
    issuer: str = ""
    client: str = ""
    claim: str = "preferred_username"
    domain: str = ""
    sessions: int = 50
    """At once, of everybody."""
    sessions_of_member: int = 3
    memory: int = 1_000
    """Megabytes that a session may ask for."""
    idle: int = 30
    """Minutes without a key, after which a session ends."""
    hours: int = 12
    """After which somebody signs in anew, whatever they do."""
    upload: int = 500
    """Megabytes of one file."""

    @property
    def largest_file(self) -> int:
        """Bytes of one file that is sent."""
        return self.upload * _MEGABYTE

    @property
    def room(self) -> int:
        """Bytes of all files of a member."""
        return FILES_OF_SIZE * self.largest_file
