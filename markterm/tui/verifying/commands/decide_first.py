"""An independent second assessment: whoever verifies decides before they see what the assessor decided."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from markterm.domain.record.event import Result
from markterm.domain.words.errors import NotSaved
from markterm.domain.words.foreign_text import one_line, shortened
from markterm.tui.command import Command
from markterm.tui.verifying.commands.answer import agree_to, go_on_from, named, not_agreed, refused, unless_finished
from markterm.tui.verifying.sample import Sample
from markterm.tui.widgets.choice import ChoiceScreen

_LONGEST = 300


class _Decide(Command[Sample]):
    """Decide the criterion under the cursor oneself; then the assessor's decision is shown."""

    result: ClassVar[Result]

    def works(self, on: Sample) -> bool:
        """In an independent second assessment."""
        return on.decides_first

    def is_offered(self, on: Sample) -> bool:
        """Where the assessor's decision is still hidden."""
        return on.hides_here

    async def run(self, on: Sample) -> None:
        """Keep it, and answer to the decision: at once where it is the same."""
        place = on.place
        if place is None or refused(on) or not on.is_hidden(place):
            return
        decision = on.decision_at(place)
        assert decision is not None

        async def decide() -> None:
            try:
                on.decided_first(place, self.result)
            except NotSaved as error:
                on.failed(error)
                return
            said = on.said([place])
            if decision.result is self.result:
                if await on.answer(replace(said, agreed=(place.criterion.number,))):
                    go_on_from(on)
                return

            async def answered(choice: int | None) -> None:
                if choice == 0:
                    await not_agreed(on, place)
                elif choice == 1:
                    await agree_to(on, place)

            note = f" Their note: “{shortened(decision.note, _LONGEST)}”" if decision.note.strip() else ""
            who = one_line(decision.actor)
            title = f"You decided {decision.state_with(self.result)} on {named(place)}, {who} {decision.state}.{note}"
            choices = ["Not agreed: say why", "Agree all the same: say why"]
            await on.screen.app.push_screen(ChoiceScreen(title, choices), answered)

        await unless_finished(on, decide)


class OwnPass(_Decide):
    """It passes."""

    id, key, label, result = "verify.own-pass", "p", "pass", Result.PASS
    records = True
    words = "Deciding first: it passes; then the assessor's decision is shown"


class OwnRefer(_Decide):
    """It does not."""

    id, key, label, result = "verify.own-refer", "r", "refer", Result.REFER
    records = True
    words = "Deciding first: it is referred; then the assessor's decision is shown"


class DecideFirst(Command[Sample]):
    """Decide first in the samples that are opened from now on; or see the assessor's decisions again."""

    id, key = "verify.decide-first", "S"
    records = True
    words = "Independent second assessment: decide before you see, from the next sample on; or see everything"

    async def run(self, on: Sample) -> None:
        """Switch it on for the samples that are opened next, or off at once."""
        on.turn_deciding_first()
