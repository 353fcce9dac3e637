"""What comes in while the caseload is shown: the learners in sight are looked at all the time, the others in turn."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from markterm.centre.caseload import Caseload
from markterm.domain.words.errors import MarkTermError

EVERY = 1.5
"""Seconds from one look to the next."""
_ROUND = 36
"""So many looks are at everybody once."""


class Watching:
    """Looks at the folders of the learners of a caseload, a few at a time: where the system tells of no change, as on a
    share, and on a machine that does other things."""

    def __init__(self, caseload: Caseload) -> None:
        self._caseload = caseload
        self._next = 0

    def look(self, in_sight: Sequence[str], everybody: Sequence[str]) -> bool:
        """Look at the folders `in_sight` file by file, and at the next few of everybody; whether a row is another one
        now. Whoever cannot be looked at now is told by the look at everybody."""
        try:
            changed = self._caseload.look_at(in_sight)
            count = -(-len(everybody) // _ROUND)
            self._next = self._next if self._next < len(everybody) else 0
            for folder in islice(everybody, self._next, self._next + count):
                before = self._caseload.known(folder)
                changed |= self._caseload.refresh_one(folder) is not before
            self._next += count
        except MarkTermError:
            return False
        return changed
