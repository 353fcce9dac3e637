"""The report on actions: which are open, done, accepted and overdue, how old they are, and how long they took."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fractions import Fraction
from statistics import median
from typing import NamedTuple

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.actions import ActionState
from markterm.domain.reports.around import named_few
from markterm.domain.reports.asked import Asked, Axis
from markterm.domain.reports.grouped import By
from markterm.domain.reports.report import Cell, Column, Entry, Report, Shape
from markterm.domain.reports.tally import Measure, number, table
from markterm.domain.reports.workload import SetAction
from markterm.domain.words.counted import counted
from markterm.domain.words.local_time import local

NAME = "actions"
AXES = (Axis.OWNER, Axis.VERIFIER, Axis.UNIT, Axis.CRITERION, Axis.AGE, Axis.MONTH)
_NOTES = (
    "Open is to be done, and overdue of that what is past its day; done waits for a verifier to accept it.",
    "Oldest is of what is not accepted; took is the median of the days that accepted ones took. By verifier is by who "
    "set them, by month by when.",
)
_AGES = ((7, "0–7 days"), (14, "8–14 days"), (28, "15–28 days"), (90, "29–90 days"))
_OLDER = "91 days or more"


class ActionAt(NamedTuple):
    """An action as it stands on the day `today`. `has_left` says that its owner is no member of the centre."""

    action: SetAction
    today: date
    has_left: bool = False

    @property
    def unit(self) -> UnitKey:
        """The unit that it is on."""
        return self.action.unit

    @property
    def owner(self) -> str:
        """Whose it is to do."""
        return self.action.owner

    @property
    def verifier(self) -> str:
        """Who set it."""
        return self.action.setter

    @property
    def criterion(self) -> str:
        """The criterion that it is on; empty where it is on the unit."""
        return self.action.criterion

    @property
    def on(self) -> date:
        """The day on which it was set first."""
        return local(self.action.at).date()

    @property
    def is_open(self) -> bool:
        """Whether it is to be done."""
        return self.action.state is ActionState.OPEN

    @property
    def is_overdue(self) -> bool:
        """Whether it is to be done, and its day is past."""
        return self.is_open and self.action.due is not None and self.action.due < self.today

    @property
    def is_accepted(self) -> bool:
        """Whether a verifier accepted what was done."""
        return self.action.state is ActionState.ACCEPTED

    @property
    def days(self) -> int:
        """How many days it is old, or was when it was accepted; none where clocks differ."""
        accepted = self.action.accepted
        return max(((local(accepted).date() if accepted is not None else self.today) - self.on).days, 0)

    @property
    def age(self) -> str:
        """The same in steps of weeks and months."""
        return next((words for most, words in _AGES if self.days <= most), _OLDER)

    @property
    def is_left_over(self) -> bool:
        """Whether it is to be done, or to be accepted, and its owner has left."""
        return self.has_left and not self.is_accepted


_MEASURES: tuple[Measure[ActionAt], ...] = (
    Measure(Column("actions", "actions", Shape.COUNT), len),
    number("open", "open", lambda each: each.is_open),
    number("overdue", "overdue", lambda each: each.is_overdue),
    number("done", "done", lambda each: each.action.state is ActionState.DONE),
    number("accepted", "accepted", lambda each: each.is_accepted),
    number("holds", "hold feedback", lambda each: each.action.holds, shown=False),
    number("owner_left", "owner left", lambda each: each.is_left_over),
    Measure(Column("oldest_days", "oldest", Shape.COUNT), lambda every: _oldest(every)),
    Measure(Column("median_days", "took", Shape.NUMBER), lambda every: _median(every)),
)


def followed_up(every: Iterable[ActionAt], asked: Asked, name_of: Callable[[str], str]) -> Report:
    """The report on these actions, by what is asked for. Of an assessor are the actions that are theirs to do, of a
    verifier those that they set."""
    by = By(asked.by, name_of)
    taken = [each for each in every if asked.takes(each.unit.code, each.owner, each.verifier, each.on, each.criterion)]
    columns, rows = table(taken, by, _MEASURES, _entry)
    left = [each for each in taken if each.is_left_over]
    who = named_few(sorted({each.owner for each in left}))
    told = f"{counted(len(left), 'action')} of who is no member of the centre wait for another one: {who}."
    return Report(
        NAME,
        f"Actions {asked.in_words}",
        columns,
        rows,
        _NOTES,
        (told,) if left else (),
        plotted="open",
        over=by.over,
        behind=lambda: map(_entry, taken),
    )


def _oldest(every: Sequence[ActionAt]) -> Cell:
    return max((each.days for each in every if not each.is_accepted), default=None)


def _median(every: Sequence[ActionAt]) -> Cell:
    took = [each.days for each in every if each.is_accepted]
    if not took:
        return None
    middle = Fraction(median(took))
    return middle if middle % 1 else int(middle)


def _entry(each: ActionAt) -> Entry:
    action = each.action
    state = "overdue" if each.is_overdue else action.state.value
    due = f", due {action.due}" if action.due is not None and each.is_open else ""
    left = ", its owner is no member" if each.is_left_over else ""
    what = f"{state}{due}{left}: {action.text}"
    return Entry(action.learner, each.unit, action.criterion, each.on, what, each.owner, action.uid)
