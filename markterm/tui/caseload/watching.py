"""What comes in while the caseload is shown: the learners in sight are looked at all the time, the others in turn."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from threading import Lock
from time import monotonic

from markterm.centre.answering import Answering
from markterm.centre.caseload import Caseload
from markterm.domain.views.caseload import NOBODYS, CaseloadRow
from markterm.domain.words.errors import MarkTermError

EVERY = 1.5
"""Seconds from one look to the next."""
_ROUND = 39
"""So many looks are at everybody once, within a minute;"""
_MOST = 260
"""but no more are looked at in one of them: more than ten thousand take longer, and cost no more."""
_RESTS = 10
"""It rests so many times as long as a look took: a slow share is not looked at all the time."""


class Watching:
    """Looks at the folders of the learners of a caseload, a few at a time: where the system tells of no change, as on a
    share, and on a machine that does other things."""

    def __init__(self, caseload: Caseload, answering: Answering) -> None:
        self._caseload = caseload
        self._answering = answering
        self._next = 0
        self._looking = Lock()
        self._next_look = 0.0

    def look(self, in_sight: Sequence[CaseloadRow], everybody: Sequence[CaseloadRow]) -> bool:
        """Look at the folders of those `in_sight` file by file, and at the next few of everybody; whether a row is
        another one now. Whoever cannot be looked at now is told by the look at everybody. While another look is under
        way, or just was, it looks at nobody."""
        if monotonic() < self._next_look or not self._looking.acquire(blocking=False):
            return False
        begun = monotonic()
        try:
            return self._look(in_sight, everybody)
        finally:
            self._next_look = monotonic() + _RESTS * (monotonic() - begun)
            self._looking.release()

    def _look(self, in_sight: Sequence[CaseloadRow], everybody: Sequence[CaseloadRow]) -> bool:
        changed = False
        for row in filter(_has_folder, in_sight):
            if not self._answering.may_be_asked:
                return changed
            with suppress(MarkTermError), self._answering.asked():
                changed |= self._caseload.look_at([row.folder])
        count = min(-(-len(everybody) // _ROUND), _MOST)
        self._next = self._next if self._next < len(everybody) else 0
        for row in filter(_has_folder, everybody[self._next : self._next + count]):
            before = self._caseload.known(row.folder)
            with suppress(MarkTermError):
                if self._caseload.work_came(row.folder):
                    changed |= self._caseload.refresh_one(row.folder) is not before
        self._next += count
        return changed


def _has_folder(row: CaseloadRow) -> bool:
    """A record that belongs to nobody has none, and would be told as a learner who is not there."""
    return row.problem != NOBODYS
