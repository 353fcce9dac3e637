"""Who marks in a centre on this machine: remembered in the user's own folder, so that nobody is asked every morning."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from markterm.system.regular_file import read_regular, write_beside

_LONGEST = 1_000


class RememberedMember:
    """The id of the member who acts when the screen is opened and nobody is named. It is no part of the record."""

    def __init__(self, file: Path) -> None:
        self._path = file

    def get(self) -> str:
        """The id, or an empty text. Whether the centre still has that member is for the caller to see."""
        try:
            return read_regular(self._path, _LONGEST).decode("utf-8").strip()
        except (OSError, ValueError):
            return ""

    def keep(self, member_id: str) -> None:
        """Remember that member; an empty id forgets. Where it cannot be kept, the next start asks again."""
        with suppress(OSError):
            if not member_id:
                self._path.unlink(missing_ok=True)
                return
            write_beside(self._path, [member_id.encode("utf-8")])
