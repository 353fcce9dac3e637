"""Links to learners' own pages, kept on the server that answers them: for whom, until when, by whom, and whether ended.

A link is an id and a signature over all that the server keeps of it, made with a key of the server's own. So a link
that was made elsewhere, or of which anything was changed, opens nothing; and of a link nothing can be told without the
server: no registration stands in it.
"""

from __future__ import annotations

import hmac
import json
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from markterm.domain.words.errors import NotSaved, Refused, Unreadable, WrongUse
from markterm.system.new_file import put_new
from markterm.system.platform import make_folders, sync_folder
from markterm.system.regular_file import read_regular

MOST_DAYS = 90
_ID = re.compile(r"[A-Za-z0-9_-]{16}")
_TOKEN = re.compile(rf"({_ID.pattern})\.([A-Za-z0-9_-]{{32}})")
_KEY = "key"
_BYTES_OF_ID, _BYTES_OF_KEY, _BYTES_OF_SIGNATURE = 12, 32, 24
_LARGEST = 10_000
_FOR = b"MarkTerm, a learner's own page 1\n"


@dataclass(frozen=True, slots=True)
class LearnerLink:
    """A link to the page of the learner who had that registration and `name` then: `made` and `until` when, and `by`
    which member."""

    id: str
    registration: str
    name: str
    made: datetime
    until: datetime
    by: str

    def signed(self) -> bytes:
        """What the signature is over."""
        said = [self.id, self.registration, self.name, self.made.isoformat(), self.until.isoformat(), self.by]
        return _FOR + json.dumps(said).encode()


class LearnerLinks:
    """The links that are kept in `folder`, which nobody but the server may read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def begin(self) -> None:
        """Have a key: whoever serves the pages calls it. Raises `NotSaved`."""
        if self._has_key():
            return
        try:
            make_folders(self._folder)
            self._folder.chmod(0o700)
            with suppress(FileExistsError):
                put_new(self._folder / _KEY, [secrets.token_bytes(_BYTES_OF_KEY)])
            (self._folder / _KEY).chmod(0o600)
        except OSError as error:
            raise NotSaved(
                "The key of learners' pages was not saved",
                f"{self._folder}: {error.strerror or error}.",
                "Make room, or have the folder written to.",
            ) from error

    def make(self, registration: str, name: str, days: int, by: str, now: datetime) -> tuple[LearnerLink, str]:
        """A new link, durable, and what stands in it. Raises `Refused` where no server has begun to answer links,
        `WrongUse` for another number of days than from 1 to `MOST_DAYS`, and `NotSaved`."""
        if not 1 <= days <= MOST_DAYS:
            raise WrongUse(
                "That is no time for a link", f"A link holds for 1 to {MOST_DAYS} days.", "Name another number of days."
            )
        key = self._key()
        self.forget((), now)
        made = now.astimezone(UTC).replace(microsecond=0)
        until = made + timedelta(days)
        link = LearnerLink(_text(secrets.token_bytes(_BYTES_OF_ID)), registration, name, made, until, by)
        said = {
            "registration": registration,
            "name": name,
            "made": link.made.isoformat(),
            "until": link.until.isoformat(),
            "by": by,
        }
        file = self._file(link.id)
        try:
            put_new(file, [json.dumps(said).encode()])
            file.chmod(0o600)
        except OSError as error:
            raise NotSaved(
                "The link was not saved", f"{file}: {error.strerror or error}.", "Make room, and make it again."
            ) from error
        return link, f"{link.id}.{_signature(key, link)}"

    def every(self, now: datetime) -> Iterator[LearnerLink]:
        """The links that hold now, the newest first."""
        links = [link for link in self._kept() if now < link.until]
        yield from sorted(links, key=lambda each: each.made, reverse=True)

    def forget(self, registrations: Collection[str], now: datetime) -> None:
        """Let go of every link to the pages of these learners, and of everybody's that are over: nothing of a learner
        is kept for a page that nobody opens. Raises `NotSaved`."""
        for each in self._kept():
            if each.registration in registrations or each.until <= now:
                self.end(each)

    def _kept(self) -> list[LearnerLink]:
        with suppress(OSError):
            names = [each.stem for each in self._folder.iterdir() if each.suffix == ".json"]
            return [link for name in names if _ID.fullmatch(name) and (link := self._read(name)) is not None]
        return []

    def end(self, link: LearnerLink) -> None:
        """Have it open nothing from now on. Raises `NotSaved`."""
        try:
            self._file(link.id).unlink(missing_ok=True)
            sync_folder(self._folder)
        except OSError as error:
            raise NotSaved(
                "The link was not ended", f"{self._folder}: {error.strerror or error}.", "Have the folder written to."
            ) from error

    def opened_by(self, token: str, now: datetime) -> LearnerLink | None:
        """The link that this is, if the server made it, nobody ended it, and it holds now; None for anything else, and
        never why."""
        found = _TOKEN.fullmatch(token)
        if found is None or not self._has_key():
            return None
        link = self._read(found[1])
        known = link if link is not None else LearnerLink(found[1], "", "", now, now, "")
        fits = hmac.compare_digest(_signature(self._key(), known), found[2])
        return link if link is not None and fits and now < link.until else None

    def _file(self, link_id: str) -> Path:
        return self._folder / f"{link_id}.json"

    def _has_key(self) -> bool:
        return (self._folder / _KEY).is_file()

    def _key(self) -> bytes:
        try:
            key = read_regular(self._folder / _KEY, _BYTES_OF_KEY)
        except FileNotFoundError:
            raise Refused(
                "No server answers links here",
                "A link to a learner's own page is made where the centre is served to browsers: not from here.",
                "Make it in the browser, or on the server.",
            ) from None
        except OSError as error:
            raise Unreadable(
                "The key of learners' pages cannot be read",
                f"{self._folder}: {error.strerror or error}.",
                "Run it as who serves the centre.",
            ) from error
        if len(key) != _BYTES_OF_KEY:
            raise Unreadable(
                "The key of learners' pages is damaged",
                f"{self._folder / _KEY} does not hold one.",
                "Remove it: every link ends, and a new key is made when the centre is served.",
            )
        return key

    def _read(self, link_id: str) -> LearnerLink | None:
        try:
            said = json.loads(read_regular(self._file(link_id), _LARGEST))
            times = (datetime.fromisoformat(said["made"]), datetime.fromisoformat(said["until"]))
            return LearnerLink(link_id, str(said["registration"]), str(said["name"]), *times, str(said["by"]))
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return None


def _signature(key: bytes, link: LearnerLink) -> str:
    return _text(hmac.digest(key, link.signed(), "sha256")[:_BYTES_OF_SIGNATURE])


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).decode("ascii")
