"""What one member has to do across the caseload since it was verified, counted for a title or a line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.views.due import Step
from markterm.domain.words.counted import counted


class Yours(NamedTuple):
    """How many units came back to a member, how many of their actions are to be done and how many of those are overdue,
    and how many reports wait to be read by them."""

    came_back: int = 0
    actions: int = 0
    overdue: int = 0
    reports: int = 0

    @property
    def parts(self) -> tuple[str, ...]:
        """What there is, the most urgent first: `2 came back`, `1 action overdue`; nothing when nothing is to be
        done."""
        left = self.actions - self.overdue
        told = (
            (self.overdue, f"{counted(self.overdue, 'action')} overdue"),
            (self.came_back, f"{self.came_back} came back"),
            (left, f"{counted(left, 'action')} to do"),
            (self.reports, f"{counted(self.reports, 'report')} to read"),
        )
        return tuple(words for count, words in told if count)


def yours(rows: Iterable[CaseloadRow], member: str, today: date) -> Yours:
    """What the member of that id has to do; by `today` an action is overdue or not."""
    came_back = actions = overdue = reports = 0
    for row in rows:
        for unit in row.units:
            if not unit.owed:
                continue
            own = [each for each in unit.owed if each.member == member]
            came_back += any(each.step is Step.SETTLE for each in own)
            reports += any(each.step is Step.ACKNOWLEDGE for each in own)
            actions += sum(each.step is Step.ACT for each in own)
            overdue += sum(each.is_overdue(today) for each in own)
    return Yours(came_back, actions, overdue, reports)
