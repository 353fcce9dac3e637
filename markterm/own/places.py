"""The user's own folders: what MarkTerm keeps outside the centre's folder, none of it shared or roaming."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from platformdirs import PlatformDirs

WRITERS = "writers"
"""What this machine knows of the segments that it writes, in the state of a centre."""
SEEN_HEADS = "seen_heads.txt"
"""What audits of this machine saw, in the state of a centre."""


@dataclass(frozen=True, slots=True)
class Places:
    """`state` is lost only at a price (drafts, witnesses), `cache` at none, `settings` are the user's own."""

    state: Path
    cache: Path
    settings: Path

    @classmethod
    def of_user(cls) -> Places:
        """The folders that this system gives to a user's programs. None is made before it is needed."""
        folders = PlatformDirs("markterm", appauthor=False, roaming=False)
        return cls(folders.user_state_path, folders.user_cache_path, folders.user_config_path)

    def forget_records(self) -> None:
        """Forget what this machine wrote and saw of the records of a centre that was in the same folder before.

        Called of a centre's places when a new one is made: nobody has recorded anything in it.
        """
        shutil.rmtree(self.state / WRITERS, ignore_errors=True)
        with suppress(OSError):
            (self.state / SEEN_HEADS).unlink()

    def of_centre(self, centre: Path) -> Places:
        """The same, with a part of its own for the centre in that folder."""
        name = sha256(str(centre.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
        return Places(self.state / name, self.cache / name, self.settings)
