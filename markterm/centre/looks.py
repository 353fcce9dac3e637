"""What is told before something of a learner is shown: of an external quality assurer it is noted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from markterm.centre.seeing import Seeing


class Notes(Protocol):
    """Where it is noted."""

    def note(self, registrations: Sequence[str], *, opened: bool) -> None:
        """That these were opened, or else on a list. Raises when it cannot be noted."""
        ...


class Looks:
    """Who looks at which learner, as it is told before anything of them is shown. Of an external quality assurer it is
    noted in the `lists`, of anybody else nothing. Verbs raise `WrongUse` for whom whoever acts may not see, and
    whatever keeps it from being noted: it is not shown then."""

    def __init__(self, seeing: Seeing, lists: Callable[[], Notes]) -> None:
        self._seeing = seeing
        self._lists = lists

    def opened(self, registrations: Sequence[str]) -> None:
        """These are opened, each for themselves: their record, their evidence, their log."""
        self._note(registrations, opened=True)

    def listed(self, registrations: Sequence[str]) -> None:
        """Something of these is on a list, in a report, or beside one."""
        self._note(registrations, opened=False)

    def _note(self, registrations: Sequence[str], *, opened: bool) -> None:
        self._seeing.require_each(registrations)
        if self._seeing.is_external:
            self._lists().note(registrations, opened=opened)
