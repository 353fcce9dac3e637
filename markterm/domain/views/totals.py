"""What a list of learners comes to for whoever acts: how many wait for them, how many for a week or longer, and what is
left of what is due today."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from markterm.domain.assessed.member import Member, Role
from markterm.domain.views.caseload import CaseloadRow, UnitProgress
from markterm.domain.views.due import Due, Person
from markterm.domain.words.counted import counted
from markterm.domain.words.local_time import local

A_WEEK = timedelta(days=7)
_FOLDER = attrgetter("folder")


class WaitsForYou(NamedTuple):
    """The folders of the learners who wait for a member, of those who do so for a week or longer, and of those with
    files that are new to the assessor who it is; of those who have something of the member's that is due today or was
    before, how many criteria are open in it."""

    all: frozenset[str] = frozenset()
    for_a_week: frozenset[str] = frozenset()
    with_new: frozenset[str] = frozenset()
    due_today: Mapping[str, int] = MappingProxyType({})

    def in_words(self, rows: Collection[CaseloadRow]) -> str:
        """How many of these learners do: `9 wait for you, 3 for a week or longer, 4 with new files, 2 due
        today: 7 left`; nothing where none does."""
        # For every letter of the filter: ten thousand rows are looked through once, and not at all where nobody waits.
        waiting = self.all.intersection(map(_FOLDER, rows)) if self.all else ()
        if not waiting:
            return ""
        long = len(self.for_a_week.intersection(waiting))
        told = f"{len(waiting):,} {'waits' if len(waiting) == 1 else 'wait'} for you"
        told = f"{told}, {long:,} for a week or longer" if long else told
        new = len(self.with_new.intersection(waiting))
        told = f"{told}, {new:,} with new files" if new else told
        due = self.due_today.keys() & waiting
        left = sum(self.due_today[each] for each in due)
        if due:
            told = f"{told}, {len(due):,} due today{f': {left:,} left' if left else ''}"
        return told


def waits_for_you(rows: Iterable[CaseloadRow], member: Member, now: datetime) -> WaitsForYou:
    """Which of these learners wait for that member: for a step that is theirs in one of the units.

    What came back, an action and a report wait for those who owe it. Of the rest an assessor's are the units that
    they may mark, of learners whose file names them or nobody, a verifier's what was given to them or to nobody yet,
    and a coordinator's everything.
    """
    waiting: set[str] = set()
    long: set[str] = set()
    new: set[str] = set()
    due_today: dict[str, int] = {}
    today = local(now).date()
    for row in rows:
        theirs = [(unit, due) for unit in row.units for due in unit.due if _is_theirs(due, unit, row, member)]
        since = [due.since for _, due in theirs]
        for unit in {unit.code: unit for unit, _ in theirs}.values():
            if unit.due_day is not None and unit.due_day <= today:
                due_today[row.folder] = due_today.get(row.folder, 0) + unit.criteria - unit.decided - unit.higher_open
        if since or (not row.units and not row.left and Role.COORDINATOR in member.roles):
            waiting.add(row.folder)
        if any(each is not None and now - each >= A_WEEK for each in since):
            long.add(row.folder)
        if row.new and any(due.person is Person.ASSESSOR for _, due in theirs):
            new.add(row.folder)
    return WaitsForYou(frozenset(waiting), frozenset(long), frozenset(new), due_today)


def _is_theirs(due: Due, unit: UnitProgress, row: CaseloadRow, member: Member) -> bool:
    if due.person is not Person.VERIFIER and (owing := [each.member for each in unit.owed if each.step is due.step]):
        return member.id in owing
    match due.person:
        case Person.ASSESSOR:
            may_mark = member.approved_for(unit.code) or member.in_training_for(unit.code)
            return Role.ASSESSOR in member.roles and may_mark and row.assessor in ("", member.id)
        case Person.VERIFIER:
            given = [each.verifier for each in unit.to_verify if each.step is due.step]
            return Role.VERIFIER in member.roles and (not given or "" in given or member.id in given)
        case Person.COORDINATOR:
            return Role.COORDINATOR in member.roles
        case _:
            return False


def part_shown(shown: int, total: int) -> str:
    """How much of a list is shown where that is not all of it: `3 of 12 shown`."""
    return f"{shown:,} of {total:,} shown" if shown != total else ""


def shown_of(shown: int, total: int) -> str:
    """How many learners are shown of how many: `16 learners`, `1 of 16 learners`."""
    learners = counted(total, "learner").replace(str(total), f"{total:,}", 1)
    return learners if shown == total else f"{shown:,} of {learners}"
