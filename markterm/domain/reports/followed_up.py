"""The report on actions: which are open, done, accepted and overdue, how old they are, and how long they took."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from statistics import median
from typing import NamedTuple

from markterm.domain.record.actions import ActionRecord, ActionState
from markterm.domain.reports.asked import Asked, Axis
from markterm.domain.reports.report import Cell, Column, Entry, Report, Shape
from markterm.domain.reports.tally import Measure, number, rows
from markterm.domain.words.counted import counted
from markterm.domain.words.local_time import local

ACTIONS = "actions"
_AGES = (0, 8, 15, 29, 91)
"""From how many days on an action is of the next age: a week, two, four, three months."""


class ActionAt(NamedTuple):
    """An action on a unit of a learner, as it stands on the day `today`. `has_left` says that its owner is no member of
    the centre any more."""

    learner: str
    unit: str
    action: ActionRecord
    today: date
    has_left: bool = False

    @property
    def set_on(self) -> date:
        """The day on which it was set first."""
        return local(self.action.first.at).date()

    @property
    def is_overdue(self) -> bool:
        """Whether it is to be done, and its day is past."""
        return self.action.is_overdue(self.today)

    @property
    def days(self) -> int:
        """How many days it is old, or was when it was accepted; none where clocks differ."""
        ends = local(self.action.last.at).date() if self.action.is_finished else self.today
        return max((ends - self.set_on).days, 0)


_MEASURES: tuple[Measure[ActionAt], ...] = (
    Measure(Column("actions", "actions", Shape.COUNT), len),
    number("open", "open", lambda each: each.action.is_open),
    number("overdue", "overdue", lambda each: each.is_overdue),
    number("done", "done", lambda each: each.action.state is ActionState.DONE),
    number("accepted", "accepted", lambda each: each.action.is_finished),
    number("holds", "hold feedback", lambda each: each.action.holds, shown=False),
    number("owner_left", "owner left", lambda each: each.has_left and not each.action.is_finished),
    Measure(
        Column("oldest_days", "oldest, days", Shape.COUNT),
        lambda every: max((each.days for each in every if not each.action.is_finished), default=None),
    ),
    Measure(Column("median_days", "took, days", Shape.NUMBER), lambda every: _median(every)),
)


def followed_up(every: Iterable[ActionAt], asked: Asked) -> Report:
    """The report on these actions; rows by owner, unit, verifier (who set it), criterion, month (in which it was set)
    or age. Of an assessor are the actions that are theirs to do."""
    by = asked.by or (Axis.OWNER,)
    taken = [each for each in every if asked.takes(each.unit, each.action.owner, each.action.first.actor, each.set_on)]
    left = sum(each.has_left and not each.action.is_finished for each in taken)
    return Report(
        ACTIONS,
        f"Actions {asked.in_words or 'by owner'}",
        (*(_COLUMNS.get(axis, Column(axis.value, axis.value)) for axis in by), *(each.column for each in _MEASURES)),
        tuple(rows(taken, lambda each: tuple(_KEYS[axis](each) for axis in by), _MEASURES, _entry)),
        notes=(
            "Open is to be done, overdue of those what is past its day; done waits for a verifier to accept it. The "
            "oldest of what is not accepted; the median of the days that accepted ones took.",
        ),
        warnings=(
            f"{counted(left, 'action')} of somebody who has left the centre: give {'it' if left == 1 else 'them'} to "
            "another member.",
        )
        if left
        else (),
        plotted="open",
        over=by[0].value,
    )


def _median(every: Sequence[ActionAt]) -> Cell:
    took = [each.days for each in every if each.action.is_finished]
    return Fraction(median(took)) if took else None


_COLUMNS: Mapping[Axis, Column] = {
    Axis.AGE: Column("from_days", "days old, from", Shape.COUNT),
    Axis.VERIFIER: Column("set_by", "set by"),
}
_KEYS: Mapping[Axis, Callable[[ActionAt], Cell]] = {
    Axis.OWNER: lambda each: each.action.owner,
    Axis.UNIT: lambda each: each.unit,
    Axis.VERIFIER: lambda each: each.action.first.actor,
    Axis.CRITERION: lambda each: f"{each.unit} {each.action.criterion}".strip(),
    Axis.MONTH: lambda each: f"{each.set_on:%Y-%m}",
    Axis.AGE: lambda each: max(age for age in _AGES if age <= each.days),
}


def _entry(each: ActionAt) -> Entry:
    action = each.action
    due = f", due {action.due}" if action.due is not None and action.is_open else ""
    left = ", owner left" if each.has_left and not action.is_finished else ""
    what = f"{action.in_words(each.today)}{due}{left}: {action.text}"
    return Entry(each.learner, each.unit, action.criterion, each.set_on, what, action.owner, action.uid)
