"""The day on which a learner's work is due. Any member sets it: an extension is agreed by whoever meets the learner."""

from __future__ import annotations

from datetime import date, datetime

from markterm.domain.assessed.assignment import Assignment
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.bodies.due_day import DueSet
from markterm.domain.record.due_days import DueDay, Work, days_since
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.portfolio import EMPTY_UNIT, Portfolio, UnitRecord
from markterm.domain.rules.act import Act, entry, known
from markterm.domain.words.errors import Refused
from markterm.domain.words.foreign_text import one_line


def set_due(act: Act, work: Unit | Assignment, portfolio: Portfolio, on: date | None, why: str = "") -> Event:
    """The entry that the unit or assignment is due on that day for the learner, or on none.

    Raises `Refused` when it stands so already, without a reason where another day was set for this learner before, for
    a unit that is passed and holds as it is, or an assignment all of whose units are, and for who left. After a
    referral it is the day of what is handed in again.
    """
    member = known(act)
    if portfolio.is_away:
        raise Refused(
            "They left", "Nothing is due of who left. Nothing was recorded.", "Record first that they are back."
        )
    before = _set_for_this(work, portfolio)
    if all(each.is_done for each in _records(work, portfolio)):
        told = f"{one_line(work.code)} is passed, and due no more. Nothing was recorded."
        raise Refused("It is closed", told, "Reopen it.")
    if stands_so(work, portfolio, on):
        told = f"due on {on}" if on is not None else "due on no day"
        raise Refused("It stands so already", f"{one_line(work.code)} is {told}. Nothing was recorded.", "Name a day.")
    if before and not why.strip():
        days = " and ".join(str(each.on) if each.on is not None else "no day" for each in before)
        raise Refused(
            "Another day needs a reason",
            f"{one_line(work.code)} is due on {days} for this learner. Nothing was recorded.",
            "Say why it changes.",
        )
    of_unit = isinstance(work, Unit)
    said = DueSet(on, "" if of_unit else work.code, why.strip())
    subject = Subject(work.key) if isinstance(work, Unit) else Subject()
    replaced = tuple(each.uid for each in portfolio.due_days.get(_as_due(work), ()))
    return entry(act, member, Kind.DUE_SET, subject, said, replaced)


def stands_so(work: Unit | Assignment, portfolio: Portfolio, on: date | None) -> bool:
    """Whether it is due on just that day, by what was set for the learner or else by the sheet; after a referral, by
    what was set since."""
    before = _set_for_this(work, portfolio)
    of_sheet = work.due if _referred_at(work, portfolio) is None else None
    return [each.on for each in before] == [on] if before else on == of_sheet


def _referred_at(work: Unit | Assignment, portfolio: Portfolio) -> datetime | None:
    """When the last was referred of what is not passed of it; None while something is handed in for the first time."""
    times = [each.referred_at for each in _records(work, portfolio) if not each.is_done]
    return max(filter(None, times), default=None) if None not in times else None


def _records(work: Unit | Assignment, portfolio: Portfolio) -> list[UnitRecord]:
    keys = [work.key] if isinstance(work, Unit) else [portfolio.begun.get(code) for code in work.units]
    return [portfolio.unit(key) if key is not None else EMPTY_UNIT for key in keys]


def _as_due(work: Unit | Assignment) -> Work:
    return Work(work.code) if isinstance(work, Unit) else Work(assignment=work.code)


def _set_for_this(work: Unit | Assignment, portfolio: Portfolio) -> tuple[DueDay, ...]:
    """What was set of the attempt that is to be handed in now."""
    return days_since(_referred_at(work, portfolio), portfolio.due_days.get(_as_due(work), ()))
