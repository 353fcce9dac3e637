"""What is recorded of signatures: a key of a member that is entered, confirmed and ended, and what it signed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Self

from markterm.domain.record.bodies.body import Fields, NotSaid, needed_text, others, text
from markterm.domain.record.event import Json

_KEY = re.compile(r"[0-9a-f]{64}", re.ASCII)
_SIGNATURE = re.compile(r"[0-9a-f]{128}", re.ASCII)
_MARK = re.compile(r"[0-9a-f]{24}", re.ASCII)


def _key(body: Fields) -> str:
    said = needed_text(body, "key")
    if not _KEY.fullmatch(said):
        raise NotSaid("no key that could sign")
    return said


@dataclass(frozen=True, slots=True)
class KeyEntered:
    """The public half `key` of a key is that of the `member`: entered by them, then confirmed by somebody who names in
    `confirms` the uid of that entry."""

    member: str
    key: str
    confirms: str = ""
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What is entered or confirmed. Raises `NotSaid` when it is no key, or nobody's."""
        member = needed_text(body, "member")
        confirms = needed_text(body, "confirms") if body.get("confirms") is not None else ""
        return cls(member, _key(body), confirms, others(body, frozenset({"member", "key", "confirms"})))

    def write(self) -> dict[str, Json]:
        """The body that says it."""
        body: dict[str, Json] = {**self.more, "member": self.member, "key": self.key}
        return body | {"confirms": self.confirms} if self.confirms else body

    @property
    def words(self) -> str:
        """Nothing."""
        return ""


@dataclass(frozen=True, slots=True)
class KeyEnded:
    """A key of a member ends: it signs no more. What it signed before `since` stands, as far as it is among `signed`,
    the marks of every signature of it that was in the records then: a date alone could be put back."""

    member: str
    key: str
    why: str
    since: datetime
    signed: frozenset[str] = frozenset()
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What ends. Raises `NotSaid` when it is no key, or it is not said from when on."""
        signed = body.get("signed", [])
        if not isinstance(signed, (list, tuple)):
            raise NotSaid("no list of what was signed")
        marks = frozenset(each for each in signed if isinstance(each, str) and _MARK.fullmatch(each))
        known = frozenset({"member", "key", "why", "since", "signed"})
        return cls(
            needed_text(body, "member"),
            _key(body),
            text(body, "why"),
            _moment(needed_text(body, "since")),
            marks,
            others(body, known),
        )

    def write(self) -> dict[str, Json]:
        """The body that says it."""
        signed: list[Json] = [*sorted(self.signed)]
        since = self.since.astimezone(UTC).isoformat()
        said: Mapping[str, Json] = {"member": self.member, "key": self.key, "why": self.why, "since": since}
        return {**self.more, **said, "signed": signed}

    @property
    def words(self) -> str:
        """Why."""
        return self.why


def _moment(said: str) -> datetime:
    try:
        moment = datetime.fromisoformat(said)
        if moment.tzinfo is None:
            raise NotSaid("a time without a zone")
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise NotSaid("no time") from None


@dataclass(frozen=True, slots=True)
class Signed:
    """The entry of uid `event`, whose hash is `digest`, is signed by the private half of `key`; `confirmed` is the uid
    of the entry by which somebody confirmed that key: it is signed too, and nobody could know it before."""

    event: str
    digest: str
    key: str
    confirmed: str
    signature: str
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What is signed. Raises `NotSaid` when it is no signature of something."""
        event, digest, confirmed = (needed_text(body, name) for name in ("event", "digest", "confirmed"))
        signature = needed_text(body, "signature")
        if not event or not _KEY.fullmatch(digest) or not _SIGNATURE.fullmatch(signature):
            raise NotSaid("no signature of an entry")
        known = frozenset({"event", "digest", "key", "confirmed", "signature"})
        return cls(event, digest, _key(body), confirmed, signature, others(body, known))

    def write(self) -> dict[str, Json]:
        """The body that says it."""
        return {
            **self.more,
            "event": self.event,
            "digest": self.digest,
            "key": self.key,
            "confirmed": self.confirmed,
            "signature": self.signature,
        }

    @property
    def words(self) -> str:
        """Nothing."""
        return ""
