"""The user's own folders: what MarkTerm keeps outside the centre's folder, none of it shared or roaming.

What is in `state` has no copy anywhere: texts that somebody began, and what this machine saw of the records, by which
it notices what was taken away. MarkTerm deletes none of it as long as the centre is there. What is in `cache` can be
made again from the centre's folder, and may be deleted by anybody at any time.
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from platformdirs import PlatformDirs

from markterm.domain.words.errors import WrongUse
from markterm.own.signed_in import SIGNED_IN

_MEMBERS = "members"
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")


@dataclass(frozen=True, slots=True)
class CentrePlaces:
    """What the user has of one centre."""

    state: Path
    cache: Path
    signed_in: str = ""
    """The id of the member whom a server signed in; empty for whoever works on a machine of their own."""

    # What is lost at a price

    @property
    def files(self) -> Path:
        """The folder of a signed-in member's own files on the server: what they sent there, and exports for them."""
        return self.state / "files"

    @property
    def passwords(self) -> Path:
        """The file of the server by which members sign in, which nobody else may read."""
        return self.state / "passwords"

    @property
    def links(self) -> Path:
        """The folder of the server's links to learners' own pages: one for all whom it signed in."""
        return self._of_server / "links"

    @property
    def of_others(self) -> tuple[CentrePlaces, ...]:
        """Those of everybody else who works on this machine, a server: its own, and those of whom it signs in."""
        server = self._of_server
        of_members = sorted((server.parent / _MEMBERS).glob(f"*/{server.name}"))
        return tuple(CentrePlaces(each, self.cache) for each in (server, *of_members) if each != self.state)

    @property
    def _of_server(self) -> Path:
        return self.state.parents[2] / self.state.name if self.signed_in else self.state

    @property
    def drafts(self) -> Path:
        """The folder of texts that are in no record yet."""
        return self.state / "drafts"

    @property
    def writers(self) -> Path:
        """The folder of what this machine knows of the segments that it writes."""
        return self.state / "writers"

    @property
    def seen_heads(self) -> Path:
        """The file of what audits of this machine saw."""
        return self.state / "seen_heads.txt"

    @property
    def member(self) -> Path:
        """The file that says who marks here."""
        return self.state / "member"

    @property
    def keys(self) -> Path:
        """The folder of the private halves of keys to sign with, which nobody else may read."""
        return self.state / "keys"

    # What is lost at none

    @property
    def caseload(self) -> Path:
        """The file of the caseload's rows."""
        return self.cache / "caseload.json"

    @property
    def remarks(self) -> Path:
        """The file of every decision's note."""
        return self.cache / "remarks.json"

    @property
    def assessed(self) -> Path:
        """The file of what was assessed, learner by learner."""
        return self.cache / "assessed.json"

    @property
    def counted(self) -> Path:
        """The file of what reports count, record by record."""
        return self.cache / "counted.json"

    @property
    def work(self) -> Path:
        """The file of what waits and was done, learner by learner."""
        return self.cache / "work.json"

    @property
    def tracked(self) -> Path:
        """The file of where everybody's criteria stand, learner by learner."""
        return self.cache / "tracked.json"

    @property
    def hashes(self) -> Path:
        """The file of the hashes of learners' files."""
        return self.cache / "hashes.json"

    @property
    def fingerprints(self) -> Path:
        """The file of the fingerprints of learners' texts."""
        return self.cache / "fingerprints.db"

    @property
    def conversions(self) -> Path:
        """The folder of what learners' files were converted to."""
        return self.cache / "evidence"

    @property
    def handed_in(self) -> Path:
        """The folder of learners' files that lie in a store, as they were read from there."""
        return self.cache / "handed_in"

    def forget_records(self) -> None:
        """Forget what this machine wrote and saw of the records of a centre that was in the same folder before.

        Called when a new centre is made there: nobody has recorded anything in it.
        """
        shutil.rmtree(self.writers, ignore_errors=True)
        with suppress(OSError):
            self.seen_heads.unlink()


@dataclass(frozen=True, slots=True)
class Places:
    """The folders that this system gives to a user's programs. None is made before it is needed."""

    state: Path
    cache: Path
    settings: Path
    """The folder of what the user chose: of nobody else's making."""
    signed_in: str = ""
    """The id of the member whom a server signed in, and whose places these are."""

    @classmethod
    def of_user(cls) -> Places:
        """Those of whoever runs MarkTerm; of a process that a server started for a member, theirs. Raises `WrongUse`
        where nobody can be called as the environment says."""
        folders = PlatformDirs("markterm", appauthor=False, roaming=False)
        places = cls(folders.user_state_path, folders.user_cache_path, folders.user_config_path)
        signed_in = os.environ.get(SIGNED_IN)
        return places if signed_in is None else places.of_member(signed_in)

    def of_member(self, member_id: str) -> Places:
        """Those of a member who is signed in on this machine, a server: what anybody may delete is shared. Raises
        `WrongUse` for what is no id."""
        if not _ID.fullmatch(member_id):
            raise WrongUse("Nobody is signed in", f"{SIGNED_IN} names no member.", "Have the server start it.")
        return Places(self.of_members / member_id, self.cache, self.settings / _MEMBERS / member_id, member_id)

    @property
    def of_members(self) -> Path:
        """The folder of what those have whom this machine, a server, signs in."""
        return self.state / _MEMBERS

    def members(self) -> list[str]:
        """The ids of those who have anything there. Raises OSError."""
        try:
            return [each.name for each in self.of_members.iterdir() if _ID.fullmatch(each.name)]
        except FileNotFoundError:
            return []

    @property
    def faults(self) -> Path:
        """The folder of reports on faults of MarkTerm's own."""
        return self.state / "faults"

    def of_centre(self, centre: Path) -> CentrePlaces:
        """What belongs to the centre in that folder."""
        name = sha256(str(centre.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
        return CentrePlaces(self.state / name, self.cache / name, self.signed_in)
