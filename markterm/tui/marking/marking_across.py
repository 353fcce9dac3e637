"""Marking one criterion across learners: from each who waits straight to the next, one letter a learner."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from textual import work
from textual.worker import Worker, WorkerCancelled

from markterm.centre.centre import Centre
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.domain.errors import MarkTermError
from markterm.domain.foreign_text import one_line
from markterm.domain.unit import Criterion, Unit
from markterm.evidence.text.referenced import ReferencedPassage
from markterm.tui.marking.company import CompanyScreen
from markterm.tui.widgets.criteria_list import CriterionPlace
from markterm.tui.widgets.key_bar import KeyBar
from markterm.tui.widgets.others import Others


@dataclass(frozen=True, slots=True)
class Round:
    """The criterion, the learners who waited for it when the round began, and the one who is open.

    `marked` is the learner who was marked last, empty before the first.
    """

    unit: Unit
    criterion: Criterion
    queue: tuple[str, ...]
    learner: str
    marked: str = ""

    def __str__(self) -> str:
        """Where one is: `across 8580-501 1.2 · 3 of 12`."""
        place = f"{self.queue.index(self.learner) + 1:,} of " if self.learner in self.queue else ""
        return one_line(f"across {self.unit.code} {self.criterion.number} · {place}{len(self.queue):,}")

    def is_at(self, place: CriterionPlace | None) -> bool:
        """Whether that is its criterion."""
        return place is not None and (place.unit.key, place.criterion.number) == (self.unit.key, self.criterion.number)

    def following(self, step: int) -> tuple[str, ...]:
        """The other learners, the next one first, or the previous, and round again."""
        queue = self.queue[::step]
        here = queue.index(self.learner) if self.learner in queue else -1
        return tuple(each for each in (*queue[here + 1 :], *queue[: max(here, 0)]) if each != self.learner)


class AcrossMarkingScreen(CompanyScreen):
    """Adds rounds: while there is one, a mark leads to the next learner instead of the next criterion."""

    opening: Worker[None] | None = None
    """What lists the files of the learner who is open."""

    def __init__(self, centre: Centre) -> None:
        super().__init__(centre)
        self.round: Round | None = None
        self._coming: Round | None = None
        self._to_reference = False

    def open_learner(self, shown: LearnerPortfolio, at: tuple[str, str] | None = None) -> None:
        """Open a learner, at that criterion of theirs."""
        raise NotImplementedError

    def references_of(self, place: CriterionPlace | None) -> Sequence[ReferencedPassage]:
        """The passages in which the learner is known to refer to that criterion, the best one first."""
        raise NotImplementedError

    def action_reference(self) -> None:
        """Go to where the learner refers to the criterion."""
        raise NotImplementedError

    def others_changed(self) -> None:
        """More is known of how the criterion was decided for others."""
        raise NotImplementedError

    def following(self) -> Sequence[str]:
        """The learners who come after the one who is open: in the round, or in the caseload as it is shown."""
        if self.round is not None:
            return self.round.following(1)
        order = self.app.caseload.registrations
        open_now = self.shown.learner.registration if self.shown is not None else ""
        return order[order.index(open_now) + 1 :] if open_now in order else ()

    # The round

    async def begin_round(self, unit: Unit, criterion: Criterion, queue: tuple[str, ...], learner: str) -> bool:
        """Open that learner at the criterion, and go on through the queue from there; whether they could be opened."""
        return await self._open_in_round(Round(unit, criterion, queue, learner))

    def enter_round(self) -> None:
        """A learner is opened: by the round, or else it ends."""
        self.round, self._coming = self._coming, None

    async def _open_in_round(self, following: Round, *, waiting: bool = False) -> bool:
        """Open the round's learner, unless only one who is still waiting is wanted; whether they were opened."""
        try:
            shown = await asyncio.to_thread(self._centre.learners.portfolio, following.learner)
        except MarkTermError as error:
            self.app.show_error(error)
            return False
        unit, number = following.unit, following.criterion.number
        if waiting and not (any(each.key == unit.key for each in shown.units) and shown.waits(unit.key, number)):
            return False
        self._coming = following
        self._to_reference = True
        self.open_learner(shown, (unit.code, number))
        self.app.caseload.was_opened(following.learner)
        return True

    async def step_round(self, step: int = 1) -> None:
        """Open the next learner who still waits, or the one before; at the end of it back to the list."""
        now = self.round
        if now is None:
            return
        for registration in now.following(step):
            if await self._open_in_round(replace(now, learner=registration), waiting=True):
                return
        self.app.notify(f"No other learner waits for {one_line(now.unit.code)} {now.criterion.number}.", markup=False)

    async def _move_on(self, place: CriterionPlace) -> None:
        if self.round is None or not self.round.is_at(place):
            await super()._move_on(place)
            return
        self.round = replace(self.round, marked=self.round.learner)
        bar = self.query_one(KeyBar)
        saved = bar.saved
        await self.step_round()
        bar.saved = saved  # It was said of the learner before, and is true still.

    async def action_next(self) -> None:
        """The next open criterion, or in a round the next learner."""
        if self.round is not None:
            await self.step_round()
        else:
            self.action_next_open()

    async def action_withdraw(self) -> None:
        """Withdraw the last decision here; in a round, where there is none, that on the learner before."""
        if self.cited_last() is not None:
            await super().action_withdraw()
            return
        now, place = self.round, self.place
        undecided = place is not None and self.record_of(place).to_withdraw is None
        if now is not None and now.is_at(place) and now.marked and undecided:
            await self._open_in_round(replace(now, learner=now.marked, marked=""))
        await super().action_withdraw()

    async def action_across(self) -> None:
        """The criterion under the cursor, across all learners."""
        if self.place is not None:
            await self.app.open_across(self.place.unit, self.place.criterion)

    async def action_leave(self) -> None:
        """Back to the list of the round, or to the caseload."""
        if self.round is not None:
            await self.app.open_across(self.round.unit, self.round.criterion)
        else:
            await self.app.action_area("caseload")

    def others_of(self, place: CriterionPlace | None) -> Others | None:
        """In a round, the decisions on its criterion for other learners."""
        if self.round is None or not self.round.is_at(place):
            return None
        return Others(self.app.across.across.others(self.round.learner), self.app.blindfold)

    # The evidence

    def references_arrived(self) -> None:
        """In a round, show the evidence where it refers to the criterion, if it does anywhere."""
        if (
            self.round is not None
            and self._to_reference
            and self.round.is_at(self.place)
            and self.references_of(self.place)
        ):
            self._go_to_reference(self.round.learner)
        self._to_reference = False

    @work(exclusive=True, group="reference")
    async def _go_to_reference(self, registration: str) -> None:
        if self.opening is not None:
            with suppress(WorkerCancelled):
                await self.opening.wait()
        # Whoever has begun to read is not torn away from it.
        if self.round is not None and self.round.learner == registration and self.reader.pane.top_line == 0:
            self.action_reference()
