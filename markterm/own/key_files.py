"""The private halves of keys to sign with: files of one user on one machine, which nobody else may read. None of them
lies on a server that signs members in: whoever runs it could sign as each of them."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

from markterm.domain.record.signing_keys import name_of_key
from markterm.domain.words.errors import NotSaved, Refused, Unreadable
from markterm.records import ed25519
from markterm.system.platform import make_folders, replace_file
from markterm.system.regular_file import read_regular

_LARGEST = 10_000
_OTHERS = 0o077


class KeyFiles:
    """The keys in `folder`, each in a file that is called as the key. Without a folder, in a session on a server, each
    of these raises `Refused`."""

    def __init__(self, folder: Path | None) -> None:
        self._given = folder

    @property
    def _folder(self) -> Path:
        if self._given is None:
            raise Refused(
                "Nothing is signed here",
                "You are signed in to a server, and keys to sign with do not lie on one.",
                "Sign on your own machine, which has your key: what is recorded here stands, and can be signed later.",
            )
        return self._given

    def file(self, public: str) -> Path:
        """Where the key with that public half lies, or would."""
        return self._folder / f"{name_of_key(public)}.pem"

    def make(self) -> str:
        """A new key, durable; its public half. Raises `NotSaved`, and `WrongUse` where no key can be made."""
        pem = ed25519.new_key()
        public = ed25519.public_of(pem)
        try:
            make_folders(self._folder)
            if sys.platform != "win32":
                self._folder.chmod(0o700)
            replace_file(self.file(public), pem)
        except OSError as error:
            what = f"{self.file(public)}: {error.strerror or error}."
            raise NotSaved("The key was not saved", what, "Make room, or have the folder written to.") from error
        return public

    def read(self, public: str) -> bytes:
        """The private half of that key. Raises `Unreadable` where it is not here or is another one, and `Refused` where
        others may read it."""
        file = self.file(public)
        try:
            if sys.platform != "win32" and stat.S_IMODE(file.stat().st_mode) & _OTHERS:
                raise Refused(
                    "Others may read your key",
                    f"{file} may be read or written by others than you: nothing is signed with it.",
                    "Take the rights away (chmod 600); if somebody may have copied it, have the key ended.",
                )
            pem = read_regular(file, _LARGEST)
        except FileNotFoundError:
            raise Unreadable(
                "Your key is not on this machine",
                f"Key {name_of_key(public)} is not in {self._folder}.",
                "Sign on the machine that has it, or have it ended and make another one here.",
            ) from None
        except OSError as error:
            raise Unreadable("Your key cannot be read", f"{file}: {error.strerror or error}.", "Mend that.") from error
        if ed25519.public_of(pem) != public:
            raise Unreadable("Another key", f"{file} holds another key than its name says.", "Put the right one back.")
        return pem

    def unentered(self, entered: frozenset[str]) -> str:
        """The public half of a key here that is none of those that were `entered`; empty where there is none."""
        for file in sorted(self._folder.glob("*.pem")):
            if file.stem not in {name_of_key(each) for each in entered}:
                try:
                    public = ed25519.public_of(read_regular(file, _LARGEST))
                except (OSError, Unreadable):
                    continue
                if self.file(public) == file:
                    return public
        return ""
