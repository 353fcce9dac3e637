"""The desk at which one learner's portfolio lies: what is shown of it, what was recorded last, and whose turn it is.

It knows no widget and no act. Whoever shows it gives it acts to record, and is told when there is something to draw.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from markterm.centre.centre import Centre
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.recorder import Recorded
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.decision import CriterionRecord, Decision
from markterm.domain.record.event import Event
from markterm.domain.record.holds import DestroyedEvidence
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.rules.act import Act
from markterm.domain.words.errors import MarkTermError
from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.local_time import second

ANY_TEXT = "…"
"""Stands for what is going to be typed, where a rule is asked before the question."""


class Desk:
    """The portfolio of the learner who is open. `changed` is called when something else is to be drawn of it, `warned`
    with what has to be said of what was recorded, and `recorded` with the events of an act once they are durable."""

    def __init__(
        self,
        centre: Centre,
        changed: Callable[[], None],
        warned: Callable[[str], None],
        recorded: Callable[[Sequence[Event]], None] = lambda _: None,
    ) -> None:
        self.centre = centre
        self.shown: LearnerPortfolio | None = None
        """The portfolio as the person sees it; None while no learner is open."""
        self.saved = ""
        """When it became durable, in words; empty before the first."""
        self.others: tuple[str, ...] = ()
        """Who else is on this learner now."""
        self._changed = changed
        self._warned = warned
        self._recorded = recorded
        # What is read last is shown last: a look at others' entries and a mark of one's own take turns.
        self._turn = asyncio.Lock()

    @property
    def registration(self) -> str:
        """The registration of the learner who is open; empty while none is."""
        return self.shown.learner.registration if self.shown is not None else ""

    @property
    def who(self) -> str:
        """The id of whoever acts; empty when nobody was named."""
        member = self.centre.member
        return member.id if member is not None else ""

    def open(self, shown: LearnerPortfolio) -> None:
        """Show another learner, of whom nothing was recorded here yet."""
        self.saved = ""
        self.take(shown)

    def take(self, shown: LearnerPortfolio) -> None:
        """Show this portfolio from now on."""
        self.shown = shown
        self._changed()

    # What was recorded of a criterion, as it is shown

    def destroyed(self, key: UnitKey) -> DestroyedEvidence | None:
        """That the evidence of that unit was destroyed by the rules of retention; None where it was not."""
        return self.shown.portfolio.destroyed_of(key) if self.shown is not None else None

    def record_of(self, place: CriterionPlace) -> CriterionRecord:
        """What was recorded of that criterion."""
        assert self.shown is not None
        return self.shown.portfolio.unit(place.unit.key).criterion(place.criterion.number)

    def is_open(self, place: CriterionPlace) -> bool:
        """Whether that criterion waits for a decision, in a unit that is not closed."""
        assert self.shown is not None
        return self.shown.waits(place.unit.key, place.criterion.number)

    def decision_at(self, place: CriterionPlace) -> Decision | None:
        """The decision that stands there; None while it waits to be decided, also anew."""
        return None if self.is_open(place) else self.record_of(place).decision

    def attempt_at(self, place: CriterionPlace) -> int:
        """The present attempt at that unit."""
        assert self.shown is not None
        return self.shown.portfolio.unit(place.unit.key).attempt

    # Recording

    def try_rule(self, rule: Callable[[Act, Portfolio], object]) -> None:
        """Raises what forbids whoever acts to do it, before they have typed a word for nothing.

        `rule` is the verb of the domain, with `ANY_TEXT` where it asks for one.
        """
        assert self.shown is not None
        rule(self.centre.recorder.act(self.registration), self.shown.portfolio)

    async def record(self, verb: Callable[[], Recorded]) -> None:
        """Do it in a thread, and show it when it is durable. Raises `MarkTermError`."""
        await self.record_each(lambda: (verb(),))

    async def record_each(self, verbs: Callable[[], Iterable[Recorded]]) -> None:
        """Do what one act records in several entries, and show it when all are durable. Raises `MarkTermError`."""
        made: list[Recorded] = []
        async with self._turn:
            try:
                await asyncio.to_thread(lambda: made.extend(verbs()))
            except MarkTermError:
                # Whatever was read on the way is shown, so that the next try rests on what is there now.
                with suppress(MarkTermError):  # What went wrong first is what has to be told.
                    if self.shown is not None:
                        self.take(await asyncio.to_thread(self.centre.learners.portfolio, self.registration))
                raise
            finally:
                # Of several, those before the one that failed are durable.
                if made:
                    self._recorded([each.event for each in made])
            recorded = made[-1]
            self.saved = f"✓ {second(recorded.event.at)}"
            if recorded.event.learner == self.registration:
                self.take(recorded.portfolio)
            if recorded.not_signed:
                self._warned(f"Recorded, and not signed. {recorded.not_signed}")

    # Others

    async def look(self, taking: Callable[[], bool]) -> tuple[LearnerPortfolio, LearnerPortfolio] | None:
        """See who else is on this learner, and show what they recorded since, if that is `taking` place when it is read
        as well as before; the portfolio before and now, if it changed. A glance at a few files, left out while
        something is being recorded."""
        if self.shown is None or self._turn.locked() or not self.centre.answering.may_be_asked:
            return None
        async with self._turn:
            before = self.shown
            try:
                now, others = await asyncio.to_thread(self._glance, before, taking())
            except MarkTermError:
                return None  # What stays away is told by whether it answers, and by the next mark.
            if self.shown is not before:
                return None
            if others != self.others:
                self.others = others
                self._changed()
            if now is None:
                return None
            if not taking():
                return None  # A dialog opened meanwhile: whoever acts in it acts on what they see behind it.
            self.take(now)
            return before, now

    def _glance(self, shown: LearnerPortfolio, is_taking: bool) -> tuple[LearnerPortfolio | None, tuple[str, ...]]:
        registration = shown.learner.registration
        if self.who:
            self.centre.presence.be_on(self.who, registration)
        with self.centre.answering.asked():
            now = self.centre.learners.news(shown) if is_taking else None
        return now, self.centre.presence.others_on(registration)
