"""The members whom a server knows, as `centre.toml` has them now: it is read again when it changed."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from markterm.domain.assessed.member import Member
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.words.errors import MarkTermError, Refused, Unreadable
from markterm.sheets.centre_file import read_centre
from markterm.sheets.text_file import read_text_file

STANDS_FOR = 900.0
"""Seconds for which what the file said last holds for whoever is signed in, while it cannot be read: a slip of the pen
throws nobody out of their work. Not longer, for whoever was to be kept out by what was written then still gets in."""
_TRIED_EVERY = 1.0
_BEING_SAVED = 60.0
"""Seconds for which a file that ends where it went on before is taken as one that is being saved, or was cut off: by
what is missing members would be thrown out, and who is limited would see everybody."""


class Members:
    """Those of the centre whose own file is `file`. `now` is a clock that only goes forward. Raises as `read_centre`
    does when it is made.

    While the file cannot be read nobody signs in, and nobody may more than they might before.
    """

    def __init__(self, file: Path, now: Callable[[], float] = time.monotonic) -> None:
        self._file = file
        self._now = now
        self._stamp = self._failed = self._stamped()
        self._problem: MarkTermError | None = None
        self._since = self._tried = 0.0
        self.details: CentreDetails = read_centre(file)
        """What the file said when it could be read last."""
        self._text = read_text_file(file)

    @property
    def problem(self) -> MarkTermError | None:
        """Why the file cannot be read now; None where it can be. Looks at it."""
        stamp, now = self._stamped(), self._now()
        if stamp == self._stamp:
            self._problem = None
        # What keeps it from being read may go without a trace in its stamp.
        elif self._problem is None or stamp != self._failed or now - self._tried >= _TRIED_EVERY:
            self._failed, self._tried = stamp, now
            try:
                self._read(stamp, now)
            except MarkTermError as error:
                self._since, self._problem = now if self._problem is None else self._since, error
            else:
                self._problem = None
        return self._problem

    def _read(self, stamp: tuple[int, int, int], now: float) -> None:
        details, text = read_centre(self._file), read_text_file(self._file)
        is_new = self._problem is None or now - self._since < _BEING_SAVED
        lost_its_end = self._text.startswith(text.rstrip()) and len(text.rstrip()) < len(self._text.rstrip())
        is_somebody_gone = any(details.member(each.id) is None for each in self.details.members)
        if is_new and lost_its_end and (is_somebody_gone or details.visibility != self.details.visibility):
            raise Unreadable(
                "It ends where it went on before",
                f"{self._file.name} has lost its end: it is being saved, or was cut off, as by a disk without room.",
                "Look at its end. If it is meant so, it counts in a minute.",
                file=self._file,
                line=text.count("\n") + 1,
            )
        self.details, self._text, self._stamp = details, text, stamp

    @property
    def told(self) -> str:
        """What is said to whoever is signed in of a file that cannot be read; empty where it can be. It names no folder
        of the server."""
        error = self.problem
        if error is None:
            return ""
        line = f", line {error.line}" if error.line is not None else ""
        return (
            f"The centre's file, {self._file.name}, cannot be read{line}: {error.title}. You go on as before for now, "
            "and what you record is saved. Nobody can sign in or open MarkTerm anew until it is mended."
        )

    def require_readable(self) -> None:
        """Raises `Refused` while nobody can sign in, because the file cannot be read."""
        if self.problem is not None:
            raise Refused(
                "Nobody can sign in just now",
                "The centre's file cannot be read, so the server cannot tell who is a member.",
                "Whoever looks after the centre mends it; then sign in again.",
            )

    def named(self, member_id: str) -> Member | None:
        """The member of that id, if there is one; while the file cannot be read, if there was one not long ago."""
        if self.problem is not None and self._now() - self._since > STANDS_FOR:
            return None
        return self.details.member(member_id)

    def may(self, member_id: str) -> str | None:
        """What decides what that member may see and do: their roles, the days of their visit and who sees whom; None
        where there is no such member now."""
        member = self.named(member_id)
        if member is None:
            return None
        sets = (sorted(member.roles), sorted(member.sites), sorted(member.qualifications))
        limits = sorted((role, sorted(ways)) for role, ways in self.details.visibility.ways.items())
        return repr((*sets, member.lead, member.visit, limits))

    def _stamped(self) -> tuple[int, int, int]:
        try:
            status = self._file.stat()
        except OSError:
            return (0, 0, 0)
        return status.st_mtime_ns, status.st_size, status.st_ino
