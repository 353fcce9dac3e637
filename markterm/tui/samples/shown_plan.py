"""The plan as a person has it shown: in an order, narrowed by a filter, with lines marked. It draws nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markterm.domain.record.plans import Key, StandingPlan
from markterm.domain.sampling.table import PlanRow, Table, Where
from markterm.domain.views.filter_words import FilterWords
from markterm.domain.views.plan_lines import (
    PLAN_FILTER,
    OfAssessor,
    PlanLine,
    PlanOrder,
    by_assessor,
    filter_plan,
    sort_plan,
    words_of_plan,
)
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.letters import plain
from markterm.tui.blindfold import Blindfold
from markterm.tui.command import keyed
from markterm.tui.local_time import days_told


@dataclass(frozen=True, slots=True)
class TakenOut:
    """A unit that was taken out of the plan by hand: of whom, and by whom, when and why."""

    key: Key
    who: str
    why: str


Entry = PlanLine | OfAssessor | TakenOut | str
"""A line of the list: a sample, or above those of an assessor what they come to; what was taken out, and above that in
words that it was."""


class PlanRead(NamedTuple):
    """A plan as it was read: what stands, the last plan for days before it, and where each of its samples stands."""

    stands: StandingPlan
    before: StandingPlan | None
    table: Table


class ShownPlan:
    """What is known of a plan, and what is shown of it."""

    def __init__(self, blindfold: Blindfold) -> None:
        self._blindfold = blindfold
        self.stands: StandingPlan | None = None
        """The plan; None before it was read first."""
        self.before: StandingPlan | None = None
        """The last plan for days before it, where there is one."""
        self.table: Table | None = None
        self.order = PlanOrder.ASSESSOR
        self.entries: Sequence[Entry] = ()
        self.marked: set[Key] = set()
        """The samples that the next change is of, all together."""
        self._filter = ""
        self._keys: frozenset[Key] = frozenset()
        self._overdue = 0
        self._names: Mapping[str, str] = {}
        self._lines: Sequence[PlanLine] = ()

    def take(self, read: PlanRead, names: Mapping[str, str]) -> None:
        """Have this plan; `names` are those of the learners by registration."""
        self.stands, self.before, self.table = read
        self._names = names
        self.marked &= read.stands.samples.keys()
        self.draw_anew()

    def draw_anew(self) -> None:
        """Show the same learners by name, or without."""
        rows = self.table.rows if self.table is not None else ()
        self._overdue = sum(row.where is Where.OVERDUE for row in rows)
        self._lines = [self._line(row) for row in rows]
        self._sort()

    def narrow(self, text: str) -> None:
        """Show only what this filter finds."""
        self._filter = text
        self._sort()

    def sort_next(self) -> None:
        """Sort by the next order."""
        orders = list(PlanOrder)
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]
        self._sort()

    def turn_mark(self, key: Key) -> None:
        """Mark a sample, or no longer."""
        self.marked ^= {key}

    def turn_all_marks(self) -> None:
        """Mark every sample that is shown; none, when all of them are marked."""
        self.marked = set() if self._keys <= self.marked else set(self._keys)

    @property
    def has_samples(self) -> bool:
        """Whether a sample is shown."""
        return bool(self._keys)

    @property
    def lines(self) -> list[PlanLine]:
        """The samples that are shown, in their order."""
        return [each for each in self.entries if isinstance(each, PlanLine)]

    @property
    def to_change(self) -> tuple[PlanLine, ...]:
        """Those among them that are marked."""
        return tuple(each for each in self.lines if each.row.sample.key in self.marked)

    @property
    def marked_count(self) -> int:
        """How many of them are marked."""
        return len(self.marked & self._keys)

    @property
    def told(self) -> str:
        """What is marked and what is left to do, and of which plan. Asked at every mark: nothing is counted anew."""
        if self.stands is None or self.table is None:
            return ""
        every, shown, marked = len(self.table.rows), len(self._keys), self.marked_count
        count = counted(every, "sample")
        parts = [
            *([f"{marked} marked"] if marked else []),
            count if shown == every else f"{shown} of {count}",
            *([f"{self._overdue} overdue"] if self._overdue else []),
            f"{days_told(self.stands.begins, self.stands.ends)}",
        ]
        return " · ".join(parts)

    @property
    def knows(self) -> FilterWords:
        """The fields and values of its filter, with what is in the plan."""
        return words_of_plan(self._lines)

    @property
    def nothing(self) -> str:
        """What is said where no sample is shown, and what can be done; nothing where one is, or it is not read yet."""
        if self.entries or self.stands is None:
            return ""
        if self.table is not None and self.table.rows:
            return PLAN_FILTER.why_nothing(
                self._filter, keyed("Nothing in the plan matches this filter. {samples.clear} clears it.")
            )
        others = "{plan.period-before} and {plan.next-period} go to the plans for other days."
        if self.before is not None:
            many = counted(len(self.before.samples), "sample")
            last = days_told(self.before.begins, self.before.ends)
            others = f"{{plan.period-before}} shows the last plan, {last}: {many}."
        return keyed(
            f"Nothing is planned for {days_told(self.stands.begins, self.stands.ends)} yet.\n\n{{plan.propose}} shows "
            f"what the centre's strategy proposes, and adopts it; {{plan.add}} adds a single sample.\n\n{others}"
        )

    def _line(self, row: PlanRow) -> PlanLine:
        line = PlanLine(row)
        return PlanLine(row, self._names.get(line.registration, ""), self._blindfold.alias(line.registration))

    def _sort(self) -> None:
        gone = self._taken_out()
        below: Sequence[Entry] = (f"Taken out by hand: {counted(len(gone), 'unit')}", *gone) if gone else ()
        self.entries = (*self._in_plan(), *below)
        self._keys = frozenset(line.row.sample.key for line in self.lines)

    def _in_plan(self) -> Sequence[Entry]:
        lines = sort_plan(filter_plan(self._lines, self._filter), self.order)
        if self.order is not PlanOrder.ASSESSOR:
            return lines
        entries: list[Entry] = []
        groups = {each.assessor: each for each in by_assessor(line.row for line in lines)}
        for line in lines:
            own = groups.pop(line.row.sample.planned.assessor, None)
            entries += [line] if own is None else [own, line]
        return entries

    def _taken_out(self) -> list[TakenOut]:
        """What was taken out by hand, as far as every word of the filter is found in it."""
        found = []
        for (learner, unit), why in (self.stands.dropped if self.stands is not None else {}).items():
            who = self._blindfold.alias(learner) or f"{learner} {self._names.get(learner, '')}".strip()
            words = plain(f"{who} {unit} {why}")
            if all(part in words for part in plain(self._filter).split()):
                found.append(TakenOut((learner, unit), one_line(who), self._blindfold.told_of(learner, why)))
        return found
