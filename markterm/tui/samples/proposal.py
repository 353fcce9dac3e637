"""What is proposed for a sampling plan: what would be added and why, what each rule asked and got, and adopting it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static
from textual.worker import get_current_worker

from markterm.centre.centre import Centre
from markterm.domain.record.bodies.planning import PlannedRule
from markterm.domain.record.plans import StandingPlan
from markterm.domain.sampling.assessed_learner import Assessed
from markterm.domain.sampling.proposal import NOT_PROPOSED, Proposal
from markterm.domain.sampling.table import PlanRow
from markterm.domain.views.plan_lines import PlanLine
from markterm.domain.words.counted import counted
from markterm.domain.words.day_said import day_said
from markterm.domain.words.errors import MarkTermError, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.tui.blindfold import Blindfold
from markterm.tui.command import Command, bindings, keyed
from markterm.tui.local_time import days_told
from markterm.tui.requests import Failed, tell
from markterm.tui.samples.proposal_list import Entry, Heading, ProposalList, told_of
from markterm.tui.widgets import modal
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.fitted import Fitted
from markterm.tui.widgets.how_far import Far, say_far, stepping, telling
from markterm.tui.widgets.line_list import LineList, up_and_down
from markterm.tui.widgets.modal import Modal, Shape
from markterm.tui.widgets.reading import ReadingScreen
from markterm.tui.widgets.writing import WritingScreen

if TYPE_CHECKING:
    from markterm.centre.plan import NotSampled

Period = tuple[date, date]

_TOLD_EVERY = 25
_STOPS = "{proposal.leave} stops"
_BETWEEN_DAYS = re.compile(r"\s+(?:to|until)\s+|\s*–\s*|\s+")


@dataclass(frozen=True, slots=True)
class _Proposed:
    """A proposal beside the plan that stands, from what was assessed."""

    stands: StandingPlan
    assessed: Assessed
    proposal: Proposal
    rows: tuple[PlanRow, ...]


class Leave(modal.Leave):
    """Leave without adopting anything; stop what is going on."""

    id, words = "proposal.leave", "Leave, and adopt nothing; stop what is going on"


class Adopt(Command["ProposalScreen"]):
    """Adopt the plan as it is proposed, after a question."""

    id, key, label, words = "proposal.adopt", "a", "adopt", "Adopt the plan as it is proposed, after a question"
    records = True

    async def run(self, on: ProposalScreen) -> None:
        await on.ask_to_adopt()


class Days(Command["ProposalScreen"]):
    """Propose for other days."""

    id, key, label, words = "proposal.days", "d", "days", "Propose a plan for other days"

    async def run(self, on: ProposalScreen) -> None:
        await on.ask_days()


class Seed(Command["ProposalScreen"]):
    """Propose in another random order."""

    id, key, label, words = "proposal.seed", "s", "seed", "Say what the random order is made from"

    async def run(self, on: ProposalScreen) -> None:
        await on.ask_seed()


class Why(Command["ProposalScreen"]):
    """Every reason of the sample under the cursor."""

    id, key, label, words = "proposal.why", "w", "why", "Every reason why this sample would be in the plan"

    async def run(self, on: ProposalScreen) -> None:
        await on.show_why()


class ProposalScreen(Modal[Period | None]):
    """What is proposed for the days of a plan; the result are the days of the plan that was adopted, or None.

    Everybody's records are read in a thread, which ends when the screen is left.
    """

    TITLE = "Proposed sampling plan"
    DEFAULT_CSS = """
    ProposalScreen .about { height: auto; max-height: 5; padding: 0 1; background: $surface; }
    ProposalScreen .sum { height: auto; max-height: 4; padding: 0 1; color: $quiet; }
    """
    SHAPE = Shape.WHOLE
    DOES = (Leave, Adopt, Days, Seed, Why, *up_and_down("proposal", "line"))
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre, blindfold: Blindfold, period: Period) -> None:
        super().__init__()
        self._centre = centre
        self._blindfold = blindfold
        self._period = period
        self._seed = ""
        self._proposed: _Proposed | None = None
        self._is_adopting = False

    def compose(self) -> ComposeResult:
        """The days, what would be added and the rules, the one under the cursor, what it comes to, and the keys."""
        yield from self.framed(
            "Proposed sampling plan",
            ProposalList(),
            Fitted(classes="about"),
            Fitted(classes="sum"),
            keys="{proposal.adopt} adopts · {proposal.days} days · {proposal.seed} seed · {proposal.why} why · "
            "{proposal.leave} leaves",
        )

    def on_mount(self) -> None:
        """Read everybody's records, and propose."""
        self.query_one(ProposalList).focus()
        self.propose()

    # Proposing

    @work(thread=True, exclusive=True, group="proposal")
    def propose(self) -> None:
        """Read everybody's records and propose; stopped when the screen is left."""
        worker, centre = get_current_worker(), self._centre
        try:
            stands = centre.plan.of(self._period)
            assessed = Assessed()
            count = len(centre.folder.learner_folders())
            tell_far = telling(self, self._say_far)
            for steps, begun in (
                (centre.caseload.refresh(), Far("looked at", 0, count, "learner", stop=_STOPS)),
                (centre.assessed.reading(assessed), Far("read", 0, count, stop=_STOPS)),
            ):
                for _ in stepping(steps, begun, tell_far):
                    if worker.is_cancelled:
                        return
            tell_far(None)
            centre.assessed.save()
            self._from_thread(self._say_doing, "Choosing the samples")
            proposal = centre.plan.proposed(assessed, stands, self._seed)
            table = centre.plan.table(assessed, stands, proposal)
            new = set(proposal.new)
            rows = tuple(row for row in table.rows if row.sample.key in new)
            self._from_thread(self._take, _Proposed(stands, assessed, proposal, rows))
        except MarkTermError as error:
            self._from_thread(tell, self, Failed(error))

    def _from_thread(self, show: Callable[..., object], *what: object) -> None:
        if self.is_open and not get_current_worker().is_cancelled:
            self.app.call_from_thread(show, *what)

    def _say_far(self, far: Far | None) -> None:
        say_far(self, far)

    def _say_doing(self, words: str) -> None:
        if self.is_open:
            self.query_one(".sum", Static).update(Content(keyed(words + ". {proposal.leave} stops it.")))

    def _take(self, proposed: _Proposed) -> None:
        if not self.is_open:
            return
        self._proposed = proposed
        said = proposed.proposal.said
        names = {row.registration: row.name for row in self._centre.caseload.rows}
        self.query_one(ProposalList).show(tuple(self._entries(proposed, names)))
        title = f"Proposed for {days_told(said.begins, said.ends)}, random order from {one_line(said.seed)}"
        self.say_title(Content(title))
        self._show_about()
        self.query_one(".sum", Static).update(Content("\n".join(self._sum(proposed))))

    def _entries(self, proposed: _Proposed, names: dict[str, str]) -> Iterator[Entry]:
        rules = proposed.proposal.said.rules
        lacking = [each for each in rules if each.got < each.asked]
        met = [each for each in rules if each.got >= each.asked]
        if proposed.rows:
            yield Heading(f"Would be added: {counted(len(proposed.rows), 'sample')}")
        for row in proposed.rows:
            registration = row.sample.planned.learner
            yield PlanLine(row, names.get(registration, ""), self._blindfold.alias(registration))
        for some, words in ((lacking, "Rules that get less than they ask for"), (met, "Rules that are met")):
            if some:
                yield Heading(f"{words}: {len(some)}")
                yield from some

    def _sum(self, proposed: _Proposed) -> Iterator[str]:
        said, nobody = proposed.proposal.said, proposed.proposal.nobody
        if not said.is_whole:
            yield NOT_PROPOSED
            return
        if not said.samples:
            yield "Nothing was assessed in these days that could be sampled."
            return
        # First what an awarding organisation will ask about: in a small terminal the last line may not be in sight.
        if len(nobody) == len(said.samples):
            yield "Nobody here may look at any of it: an awarding organisation will ask for a verifier from outside."
        elif nobody:
            yield f"Nobody here may look at {len(nobody)} of them."
        every = counted(len(said.samples), "sample")
        yield (
            f"{every} in all, {said.drawn} of {said.drawn_from} drawn at random. "
            f"No plan with what stands meets these rules with fewer than {proposed.proposal.lower_bound}."
        )

    @on(LineList.Moved)
    def _show_about(self) -> None:
        entry, words = self.query_one(ProposalList).selected, Content()
        if isinstance(entry, PlannedRule):
            words = Content(f"{told_of(entry)}. It is about {counted(entry.of, 'unit')} of learners.")
        elif isinstance(entry, PlanLine):
            words = Content(self._blindfold.told_of(entry.registration, one_line(entry.row.sample.in_short)))
            if entry.row.nobody:
                bar = Content.styled(f"\n! nobody may look at it: {one_line(entry.row.nobody)}", "$error")
                words = Content.assemble(words, bar)
        self.query_one(".about", Static).update(words)

    async def show_why(self) -> None:
        """Show every reason of the sample under the cursor; what a rule asked and got stands below it already."""
        entry = self.query_one(ProposalList).selected
        if isinstance(entry, PlanLine):
            told = self._blindfold.told_of
            because = [told(entry.registration, one_line(each)) for each in entry.row.sample.because]
            title = f"{one_line(entry.row.sample.planned.unit)} of {entry.who} would be in the plan, because"
            await self.app.push_screen(ReadingScreen(title, Content("\n".join(because))))

    # Asking

    async def ask_days(self) -> None:
        """Ask for other days, and propose for them."""

        async def take(text: str) -> None:
            days = [each for each in _BETWEEN_DAYS.split(text.strip()) if each]
            if len(days) != len(self._period):
                raise WrongUse("Which days?", "A plan has a first day and a last one.", "Write both, with a space.")
            period = day_said(days[0], self._period[0]), day_said(days[1], self._period[0])
            await asyncio.to_thread(self._centre.plan.of, period)
            self._period = period

        now = f"{self._period[0]} {self._period[1]}"
        detail = "The first and the last one, such as 2026-09-01 2027-08-31."
        await self._ask("For which days is a plan proposed?", detail, now, take)

    async def ask_seed(self) -> None:
        """Ask what the random order is made from, and propose in it."""

        async def take(text: str) -> None:
            self._seed = text.strip()

        now = self._proposed.proposal.said.seed if self._proposed is not None else ""
        detail = "Any text: the same text is the same order on any machine."
        await self._ask("What is the random order made from?", detail, now, take)

    async def _ask(self, title: str, detail: str, text: str, take: Callable[[str], Awaitable[None]]) -> None:
        def said(is_said: bool | None) -> None:
            if is_said:
                self.propose()

        if not self._is_adopting:
            await self.app.push_screen(WritingScreen(title, detail, text, take, replaceable=True), said)

    async def ask_to_adopt(self) -> None:
        """Ask whether the plan is adopted as it is proposed, and adopt it."""
        proposed = self._proposed
        if proposed is None or self._is_adopting:
            return
        try:
            await asyncio.to_thread(self._centre.plan.check_may_change)
        except MarkTermError as error:
            tell(self, Failed(error))
            return
        said = proposed.proposal.said

        def answered(choice: int | None) -> None:
            if choice == 1:
                self._is_adopting = True
                self._adopt(proposed)

        every = f"{counted(len(said.samples), 'sample')}, {len(proposed.rows)} of them new"
        title = f"Adopt the plan for {days_told(said.begins, said.ends)}: {every}?"
        await self.app.push_screen(ChoiceScreen(title, ["No, not yet", "Yes, adopt it"]), answered)

    # Adopting

    @work(thread=True, exclusive=True, group="proposal")
    def _adopt(self, proposed: _Proposed) -> None:
        """Record the plan, and in the learners' records what is sampled by it; what was begun can be stopped, and goes
        on when the plan is adopted again."""
        from markterm.centre.plan import NotSampled

        # Asked for now: a screen that was left is of no app any more, and what it recorded would be told to nobody.
        app, worker, plan = self.app, get_current_worker(), self._centre.plan
        try:
            plan.adopt(proposed.proposal, proposed.stands)
            stands = plan.of(proposed.stands.period)
            count, refused, new, tell_far = 0, [], len(proposed.rows), telling(self, self._say_far)
            for step in plan.sampling(proposed.assessed, stands):
                if isinstance(step, NotSampled):
                    refused.append(step)
                else:
                    count += 1
                if worker.is_cancelled:
                    break
                if count % _TOLD_EVERY == 0:
                    tell_far(Far("adopted; recorded as sampled in", count, new, "unit", stop=_STOPS))
            app.call_from_thread(self._adopted, stands, count, refused)
        except MarkTermError as error:
            app.call_from_thread(self._not_adopted, error)

    def _not_adopted(self, error: MarkTermError) -> None:
        """Say why. What somebody else adopted or changed meanwhile is what the next proposal rests on."""
        tell(self, Failed(error))
        self._is_adopting = False
        if self.is_open:
            self.propose()

    def _adopted(self, stands: StandingPlan, count: int, refused: Sequence[NotSampled]) -> None:
        told = f"Adopted: {counted(len(stands.samples), 'sample')}. Recorded as sampled in {counted(count, 'unit')}."
        if refused:
            first = refused[0]
            who = self._blindfold.known_as(first.learner)
            told += f" {len(refused)} records do not say so: {first.unit} of {who}: {first.why}"
        self.app.notify(one_line(told), severity="warning" if refused else "information", markup=False)
        if self.is_open:
            self.dismiss(stands.period)
