"""Others at the same portfolio: what they record appears by itself, and who is there now is said. Nothing is locked."""

from __future__ import annotations

import asyncio

from textual import work
from textual.notifications import SeverityLevel

from markterm.centre.centre import Centre
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.domain.decision import CriterionState
from markterm.domain.errors import MarkTermError
from markterm.domain.foreign_text import one_line
from markterm.tui.marking.closing import ClosingScreen

_LOOK_EVERY = 1.0


class CompanyScreen(ClosingScreen):
    """Looks from time to time at what others do with the learner who is open."""

    def __init__(self, centre: Centre) -> None:
        super().__init__(centre)
        self.others: tuple[str, ...] = ()

    def on_mount(self) -> None:
        """Begin to look."""
        self.set_interval(_LOOK_EVERY, self._look)

    def show_others(self) -> None:
        """Draw who else is on the learner who is open."""
        raise NotImplementedError

    @work(group="look")
    async def _look(self) -> None:
        """Show what others recorded since, and who is here; a glance at the sizes of a few files."""
        if self.shown is None or self._turn.locked() or self not in self.app.screen_stack:
            return
        registration = self.shown.learner.registration
        async with self._turn:
            try:
                now, others = await asyncio.to_thread(self._glance, registration)
            except MarkTermError:
                return  # A share that is away for a moment: the next mark will say so if it stays away.
            if self.shown is None or self.shown.learner.registration != registration:
                return
            if others != self.others:
                self.others = others
                self.show_others()
            if now is None:
                return
            before = set(_conflicts(self.shown))
            self.take(now)
        self._tell(now, before)

    def _glance(self, registration: str) -> tuple[LearnerPortfolio | None, tuple[str, ...]]:
        """What was added by others, unless a dialog stands before what it would change; and who is here."""
        presence, member = self._centre.presence, self._centre.member
        if member is not None:
            presence.be_on(member.id, registration)
        now = self._centre.learners.poll(registration) if self.is_current else None
        return now, presence.others_on(registration)

    def _tell(self, now: LearnerPortfolio, conflicts_before: set[str]) -> None:
        last = now.portfolio.last
        who = one_line(last.actor) if last is not None else "somebody"
        new = [place for place in _conflicts(now) if place not in conflicts_before]
        disagrees = f" Two decisions that had not seen each other now stand on {', '.join(new)}." if new else ""
        severity: SeverityLevel = "warning" if new else "information"
        self.app.notify(f"{who} added to this portfolio just now.{disagrees}", severity=severity, markup=False)


def _conflicts(shown: LearnerPortfolio) -> list[str]:
    return [
        one_line(f"{key.code} {number}")
        for key, unit in shown.portfolio.units.items()
        for number, record in unit.criteria.items()
        if record.state is CriterionState.CONFLICT
    ]
