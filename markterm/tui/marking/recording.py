"""A screen on one learner's portfolio that records: an entry is shown when it is durable, and not before."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.screen import Screen

from markterm.centre.centre import Centre
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.recorder import Recorded
from markterm.domain.assignment import Assignment, Task
from markterm.domain.closing_evidence import Terms
from markterm.domain.decision import CriterionRecord, Decision
from markterm.domain.errors import MarkTermError
from markterm.domain.event import Event
from markterm.domain.marking import Act
from markterm.domain.portfolio import Portfolio
from markterm.tui.local_time import second
from markterm.tui.widgets.criteria_list import CriterionPlace
from markterm.tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from markterm.tui.app import MarkTermApp

Verb = Callable[[], Recorded]

# Stands for what is going to be typed, where a rule is asked before the question.
ANY_TEXT = "…"


class RecordingScreen(Screen[None]):
    """A screen on one learner's portfolio, `shown`, with a cursor on a criterion; subclasses draw it."""

    app: MarkTermApp

    def __init__(self, centre: Centre) -> None:
        super().__init__()
        self._centre = centre
        self.shown: LearnerPortfolio | None = None
        self.last_recorded: Event | None = None
        """What was recorded here last."""
        # What is read last is shown last: a look at others' entries and a mark of one's own take turns.
        self._turn = asyncio.Lock()

    @property
    def place(self) -> CriterionPlace | None:
        """The criterion under the cursor."""
        raise NotImplementedError

    @property
    def assignment(self) -> Assignment | None:
        """The assignment by whose tasks is marked; None when it is marked unit by unit."""
        raise NotImplementedError

    def go_to(self, unit_code: str, number: str, task: Task | None = None) -> bool:
        """Put the cursor on that criterion; whether there is one."""
        raise NotImplementedError

    def next_open(self, after: CriterionPlace | None, *, stay: bool = False) -> CriterionPlace | None:
        """The next open criterion: in the unit or task of `after` first, then in the others unless `stay`."""
        raise NotImplementedError

    def turn_page(self, step: int) -> None:
        """Turn the page of the evidence."""
        raise NotImplementedError

    def evidence_was_fixed(self, registration: str) -> None:
        """Show the files as they are now, and no change from what was submitted before."""
        raise NotImplementedError

    async def ask_evidence(
        self, registration: str, unit_code: str, then: Callable[[Terms, str], Awaitable[None]]
    ) -> None:
        """Ask on which evidence a unit is closed where that has to be asked; `then` takes the answer, and what is to be
        said of it."""
        raise NotImplementedError

    def show_portfolio(self) -> None:
        """Draw `shown`."""
        raise NotImplementedError

    def take(self, shown: LearnerPortfolio) -> None:
        """Show this portfolio from now on."""
        self.shown = shown
        self.show_portfolio()

    def allows(self, rule: Callable[[Act, Portfolio], object]) -> bool:
        """Whether the rules let whoever marks do it; if not, they are told, before they have typed a word for nothing.

        `rule` is the verb of the domain, with any text where it asks for one.
        """
        assert self.shown is not None
        try:
            rule(self._centre.recorder.act(self.shown.learner.registration), self.shown.portfolio)
        except MarkTermError as error:
            self.app.show_error(error)
            return False
        return True

    async def _record_each(self, verbs: Callable[[], Iterable[Recorded]]) -> None:
        """Do what is recorded in several entries, and show it when all are durable. Raises `MarkTermError`."""
        await self._record(lambda: list(verbs())[-1])

    async def record_now(self, verb: Verb) -> None:
        """Do it, and show it when it is durable. Raises `MarkTermError`."""
        await self._record(verb)

    async def _record(self, verb: Verb) -> None:
        """Do it in a thread, and show it when it is durable. Raises `MarkTermError`."""
        async with self._turn:
            try:
                recorded = await asyncio.to_thread(verb)
            except MarkTermError:
                # Whatever was read on the way is shown, so that the next try rests on what is there now.
                with suppress(MarkTermError):  # What went wrong first is what has to be told.
                    if self.shown is not None:
                        self.take(
                            await asyncio.to_thread(self._centre.learners.portfolio, self.shown.learner.registration)
                        )
                raise
            self.last_recorded = recorded.event
            if self.shown is not None and recorded.event.learner == self.shown.learner.registration:
                self.take(recorded.portfolio)
        self.query_one(KeyBar).saved = f"✓ {second(recorded.event.at)}"

    def action_next_open(self) -> None:
        """Go to the next open criterion, in this unit first, then in the others."""
        if not self.go_to_open(self.place) and self.shown is not None:
            self.app.notify("Every criterion is decided. F closes the unit with its outcome.", markup=False)

    def go_to_open(self, after: CriterionPlace | None) -> bool:
        """Go to the next open criterion after that one; whether there is one."""
        following = self.next_open(after)
        return following is not None and self.go_to(following.unit.code, following.criterion.number, following.task)

    def is_open(self, place: CriterionPlace) -> bool:
        """Whether that criterion waits for a decision, in a unit that is not closed."""
        assert self.shown is not None
        return self.shown.waits(place.unit.key, place.criterion.number)

    def record_of(self, place: CriterionPlace) -> CriterionRecord:
        """What was recorded of that criterion, as shown."""
        assert self.shown is not None
        return self.shown.portfolio.unit(place.unit.key).criterion(place.criterion.number)

    def decision_at(self, place: CriterionPlace) -> Decision | None:
        """The decision that stands there; None while it waits to be decided, also anew."""
        return None if self.is_open(place) else self.record_of(place).decision

    @property
    def _who(self) -> str:
        """The id of whoever acts; empty when nobody was named."""
        member = self._centre.member
        return member.id if member is not None else ""
