"""The members whom a server knows, as `centre.toml` has them now: it is read again when it changed."""

from __future__ import annotations

from pathlib import Path

from markterm.domain.assessed.member import Member
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.words.errors import MarkTermError
from markterm.sheets.centre_file import read_centre


class Members:
    """Those of the centre whose own file is `file`. Raises as `read_centre` does when it is made."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._stamp = self._stamped()
        self.details: CentreDetails = read_centre(file)
        """What the file said when it could be read last."""

    def named(self, member_id: str) -> Member | None:
        """The member of that id, if there is one now."""
        stamp = self._stamped()
        if stamp != self._stamp:
            try:
                self.details, self._stamp = read_centre(self._file), stamp
            except MarkTermError:
                return None  # Nobody comes in by what cannot be read.
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

    def _stamped(self) -> tuple[int, int]:
        try:
            status = self._file.stat()
        except OSError:
            return (0, 0)
        return status.st_mtime_ns, status.st_size
