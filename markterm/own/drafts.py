"""Notes that are being written: kept as they are typed, so that a closed terminal costs no word."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from markterm.system.regular_file import read_regular, write_beside

_LONGEST = 64 * 2**20


class Drafts:
    """Unfinished texts by what they are about. They are no part of the record: they live in the user's own folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._there: set[str] | None = None

    def get(self, *about: str) -> str:
        """The draft about that, or an empty text."""
        try:
            return read_regular(self._path(about), _LONGEST).decode("utf-8", "surrogatepass")
        except (OSError, ValueError):
            return ""

    def has(self, *about: str) -> bool:
        """Whether there is a draft about that, as far as is known since `look` or since this process kept one."""
        if self._there is None:
            self.look()
        return self._path(about).name in (self._there or ())

    def look(self) -> bool:
        """Find out which drafts there are: another session of the same user may have begun some. Whether there is
        any."""
        try:
            with os.scandir(self._folder) as entries:
                self._there = {entry.name for entry in entries}
        except OSError:
            self._there = set()
        return bool(self._there)

    def keep(self, text: str, *about: str) -> bool:
        """Keep the draft; an empty one is forgotten. It survives the end of this process; whether it does.

        A draft that cannot be kept is not worth stopping anybody's typing: the text is on the screen still.
        """
        path = self._path(about)
        try:
            if text:
                write_beside(path, [text.encode("utf-8", "surrogatepass")])
            else:
                path.unlink(missing_ok=True)
        except OSError:
            return False
        if self._there is not None:
            (self._there.add if text else self._there.discard)(path.name)
        return True

    def forget(self, *about: str) -> None:
        """Forget the draft: what it was for is in the record now."""
        self.keep("", *about)

    def _path(self, about: tuple[str, ...]) -> Path:
        return self._folder / sha256("\0".join(about).encode("utf-8", "surrogatepass")).hexdigest()[:32]
