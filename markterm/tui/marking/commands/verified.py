"""What verifiers answered to the unit: reading it, and saying that what they want is done."""

from __future__ import annotations

from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import Command
from markterm.tui.marking.workplace import Workplace


class ReadReport(Command[Workplace]):
    """The report of the last verification of the unit under the cursor, and its actions."""

    id, key, words = "unit.verification", "V", "Read what the verifier answered to this unit; its actions"

    async def run(self, on: Workplace) -> None:
        """Show it."""
        place, shown = on.place, on.desk.shown
        if place is None or shown is None:
            return
        after = shown.portfolio.unit(place.unit.key).after
        if not (after.looks or after.verifications or after.actions):
            on.notify(f"No verifier has answered to {one_line(place.unit.code)} yet.")
            return
        from markterm.tui.marking.report import ReportScreen  # Few units have one.

        await on.screen.app.push_screen(ReportScreen(on, place))
