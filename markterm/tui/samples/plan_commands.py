"""What can be done in the sampling plan."""

from __future__ import annotations

from typing import Protocol

from markterm.domain.record.plans import Key
from markterm.domain.views.plan_lines import PlanLine
from markterm.tui.command import Command
from markterm.tui.samples.plan_changes import PlanChanges
from markterm.tui.samples.shown_plan import ShownPlan


class PaneOfPlan(Protocol):
    """The pane of the sampling plan, as its commands know it."""

    shown: ShownPlan
    changes: PlanChanges

    @property
    def taken_out(self) -> Key | None:
        """The sample under the cursor that was taken out, if it is one."""

    @property
    def to_change(self) -> tuple[PlanLine, ...]:
        """What is marked, or the sample under the cursor."""

    def show(self) -> None:
        """Draw the plan anew."""

    def mark_line(self) -> None:
        """Mark the sample under the cursor, and go on to the next."""

    async def open_selected(self) -> None:
        """Open the sample under the cursor."""

    async def assign(self) -> None:
        """Give it to another verifier."""

    async def show_why(self) -> None:
        """Show why it is in the plan."""

    async def ask_why_of(self) -> None:
        """Ask for a learner's unit, and show why it is in the plan, or is not."""

    async def propose(self) -> None:
        """Show what the strategy proposes."""

    async def turn_period(self, step: int) -> None:
        """Show the plan for the days before or after."""


class _OfSamples(Command[PaneOfPlan]):
    """What is done with samples: not offered where there are none."""

    def works(self, on: PaneOfPlan) -> bool:
        return on.shown.has_samples


class Open(_OfSamples):
    """Open the sample under the cursor."""

    id, key, label, words = "plan.open", "enter", "open", "Open this sample"

    async def run(self, on: PaneOfPlan) -> None:
        await on.open_selected()


class MarkLine(_OfSamples):
    """Mark the sample under the cursor, and go on to the next."""

    id, key, label, words = "plan.mark-line", "space", "mark", "Mark this line: the next change is of all marked ones"
    records = True

    async def run(self, on: PaneOfPlan) -> None:
        on.mark_line()


class MarkAll(_OfSamples):
    """Mark all that are shown, or none."""

    id, key, words = "plan.mark-all", "asterisk", "Mark every line that is shown, or none"
    records = True

    async def run(self, on: PaneOfPlan) -> None:
        on.shown.turn_all_marks()
        on.show()


class Add(Command[PaneOfPlan]):
    """Add a learner's unit."""

    id, key, label, words = "plan.add", "plus", "add", "Add a learner's unit to the plan, with a reason"
    records = True

    async def run(self, on: PaneOfPlan) -> None:
        await on.changes.add(on.taken_out)


class Drop(_OfSamples):
    """Take what is marked out of the plan, or the sample under the cursor."""

    id, key, label, words = "plan.drop", "minus", "drop", "Take this sample out, or all marked ones, with a reason"
    records = True

    async def run(self, on: PaneOfPlan) -> None:
        await on.changes.drop(on.to_change)


class PlanForADay(_OfSamples):
    """Plan what is marked for a day, or the sample under the cursor."""

    id, key, label, words = "plan.date", "d", "date", "Plan this sample for a day, or all marked ones, with a reason"
    records = True

    async def run(self, on: PaneOfPlan) -> None:
        await on.changes.plan_for_a_day(on.to_change)


class Assign(_OfSamples):
    """Give what is marked to a verifier, or the sample under the cursor."""

    id, key, label, words = "plan.assign", "v", "verifier", "Give this sample, or all marked ones, to another verifier"
    records = True

    async def run(self, on: PaneOfPlan) -> None:
        await on.assign()


class SetMethod(_OfSamples):
    """Say how what is marked is verified, or the sample under the cursor."""

    id, key, words = "plan.method", "m", "Say how this sample is verified, or all marked ones, with a reason"
    records = True

    async def run(self, on: PaneOfPlan) -> None:
        await on.changes.set_method(on.to_change)


class Why(Command[PaneOfPlan]):
    """Why the sample under the cursor is in the plan."""

    id, key, label, words = "plan.why", "w", "why", "Why this sample is in the plan"

    async def run(self, on: PaneOfPlan) -> None:
        await on.show_why()


class WhyOfAny(Command[PaneOfPlan]):
    """Why any learner's unit is in the plan, or is not."""

    id, key, words = "plan.why-of-any", "g", "Why any learner's unit is in the plan, or is not"

    async def run(self, on: PaneOfPlan) -> None:
        await on.ask_why_of()


class Propose(Command[PaneOfPlan]):
    """What the strategy proposes, to be adopted."""

    id, key, label, words = "plan.propose", "P", "propose", "What the strategy proposes for these days, to be adopted"
    records = True

    async def run(self, on: PaneOfPlan) -> None:
        await on.propose()


class PeriodBefore(Command[PaneOfPlan]):
    """The plan for the days before."""

    id, key, words = "plan.period-before", "left_square_bracket", "The plan for the days before"

    async def run(self, on: PaneOfPlan) -> None:
        await on.turn_period(-1)


class NextPeriod(Command[PaneOfPlan]):
    """The plan for the days after."""

    id, key, words = "plan.next-period", "right_square_bracket", "The plan for the days after"

    async def run(self, on: PaneOfPlan) -> None:
        await on.turn_period(1)


COMMANDS = (
    Open,
    Add,
    Drop,
    PlanForADay,
    Propose,
    Why,
    Assign,
    MarkLine,
    MarkAll,
    SetMethod,
    WhyOfAny,
    PeriodBefore,
    NextPeriod,
)
"""In the order in which key bar and help tell of them."""
