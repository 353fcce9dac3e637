"""Taking a remark from the bank into a note."""

from __future__ import annotations

from markterm.tui.marking.deciding import DecidingScreen
from markterm.tui.requests import TakeRemark, ask


class BankingScreen(DecidingScreen):
    """Adds the bank of remarks for the criterion under the cursor."""

    async def action_bank(self) -> None:
        """Take a remark into the note of this criterion, where it can be edited before it is recorded."""
        place, shown = self.place, self.shown
        if place is None or shown is None:
            return
        decision = self.decision_at(place)

        async def take(remark: str | None) -> None:
            if remark is not None and self.place == place:
                await self.action_note(remark)

        result = decision.result if decision is not None else None
        await ask(self, TakeRemark(shown.learner, place.unit, place.criterion, result, take))
