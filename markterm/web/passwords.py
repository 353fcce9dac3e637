"""Members' passwords on a server: their hashes, by argon2, in a file that nobody else reads. No password is kept."""

from __future__ import annotations

import json
import os
import stat
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from markterm.domain.words.errors import NotSaved, Refused, Unreadable, WrongUse
from markterm.system.platform import alone_in, make_folders, replace_file
from markterm.system.regular_file import read_regular

LEAST = 12
"""Characters of a password. What it is made of is its owner's matter."""
MOST = 256

_LARGEST = 10_000_000
_OTHERS = 0o077
_HASHER = PasswordHasher()
_NOBODYS = _HASHER.hash("of nobody")
"""What is checked for somebody who has none, so that it takes as long."""


class Passwords:
    """The passwords in `file`."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def set(self, member_id: str, password: str) -> None:
        """Have that member sign in by this password from now on; durable when this returns. Raises `WrongUse` for one
        that is too short or too long, `NotSaved`, and as `read` does."""
        if not LEAST <= len(password) <= MOST:
            raise WrongUse(
                "Not a good password",
                f"It has {len(password)} characters.",
                f"Take {LEAST} to {MOST}: several words that do not belong together, for example.",
            )
        made = _HASHER.hash(_normal(password))
        with self._alone():
            self._keep({**self.read(), member_id: made})

    def remove(self, member_id: str) -> bool:
        """Let that member sign in by no password any more; whether they had one. Raises as `set` does."""
        with self._alone():
            kept = self.read()
            had = kept.pop(member_id, None) is not None
            if had:
                self._keep(kept)
        return had

    def fits(self, member_id: str, password: str) -> bool:
        """Whether it is that member's. It takes a while, and as long for somebody who has none. Raises as `read`."""
        kept = self.read().get(member_id)
        try:
            return _HASHER.verify(kept or _NOBODYS, _normal(password[: MOST + 1])) and kept is not None
        except (Argon2Error, InvalidHashError):
            return False

    def mark_of(self, member_id: str) -> str:
        """What changes whenever that member's password does; empty where they have none. Raises as `read` does."""
        return self.read().get(member_id, "")

    def read(self) -> dict[str, str]:
        """The hashes, by the ids of members. Raises `Unreadable`, and `Refused` where others may read the file."""
        try:
            if sys.platform != "win32" and stat.S_IMODE(self._file.stat().st_mode) & _OTHERS:
                raise Refused(
                    "Others may read the passwords",
                    f"{self._file} may be read or written by others than the server: nobody signs in by it.",
                    "Take the rights away (chmod 600), and have every password set anew.",
                )
            kept = json.loads(read_regular(self._file, _LARGEST))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise Unreadable("The passwords cannot be read", f"{self._file}: {error}.", "Mend that.") from error
        if not isinstance(kept, dict) or not all(isinstance(each, str) for each in kept.values()):
            raise Unreadable("The passwords cannot be read", f"{self._file} holds something else.", "Set them anew.")
        return kept

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """While it is changed: of two who set passwords at the same moment, neither loses the other's."""
        with ExitStack() as stack:
            try:
                make_folders(self._file.parent)
                stack.enter_context(alone_in(self._file.parent))
            except OSError as error:
                raise self._not_saved(error) from error
            yield

    def _keep(self, kept: dict[str, str]) -> None:
        try:
            before = os.umask(0o077)
            try:
                replace_file(self._file, json.dumps(kept, indent=1, sort_keys=True).encode())
            finally:
                os.umask(before)
        except OSError as error:
            raise self._not_saved(error) from error

    def _not_saved(self, error: OSError) -> NotSaved:
        what = f"{self._file}: {error.strerror or error}."
        return NotSaved("The password was not saved", what, "Make room, or have the folder written to.")


def _normal(password: str) -> str:
    """The same text, however a keyboard put it together."""
    return unicodedata.normalize("NFKC", password)
