"""What is done with a learner of the list: held, held no more, destroyed, and what began is completed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual.content import Content
from textual.screen import Screen

from markterm.centre.centre import Centre
from markterm.centre.recorder import Recorded
from markterm.domain.record.bodies.retaining import What
from markterm.domain.rules.destroying import in_charge
from markterm.domain.views.kept_of import KeptOf, Outcome
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.local_time import local
from markterm.tui.blindfold import Blindfold
from markterm.tui.command import keyed
from markterm.tui.requests import Failed, tell
from markterm.tui.retention.destroying import ask_to_destroy, left_content, tell_outcome
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.reading import ReadingScreen
from markterm.tui.widgets.writing import WritingScreen


def whose(of: KeptOf, blindfold: Blindfold) -> str:
    """Registration and name, or the label of a learner who is hidden."""
    return blindfold.alias(of.registration) or f"{of.registration} {of.name}"


class RetentionSteps:
    """Asks what is needed for a step, and records it; `changed` is called with the registration of whose record says
    more then, `look` when somebody may be gone."""

    def __init__(
        self,
        screen: Screen[None],
        centre: Centre,
        blindfold: Blindfold,
        changed: Callable[[str], object],
        look: Callable[[], object],
    ) -> None:
        self._screen = screen
        self._centre = centre
        self._blindfold = blindfold
        self._changed = changed
        self._look = look

    async def hold(self, of: KeptOf) -> None:
        """Ask why nothing of the learner may go."""
        hold = self._centre.retention.hold
        await self._ask(of, "Hold everything of", "Why may nothing go? Everybody reads it.", hold)

    async def end_hold(self, of: KeptOf) -> None:
        """Ask why it holds no more."""
        if not of.is_held:
            self._screen.notify(keyed("Nobody holds it. {retention.hold} does."), markup=False)
            return
        if self._is_in_charge(of):
            held = "; ".join(each.text for each in of.holds if not each.lifted)
            detail = one_line(f"Why does it hold no more? Held: {self._blindfold.told_of(of.registration, held)}")
            await self._ask(of, "End every hold of", detail, self._centre.retention.lift)

    async def _ask(self, of: KeptOf, title: str, detail: str, verb: Callable[[str, str], Recorded]) -> None:
        async def save(text: str) -> None:
            await asyncio.to_thread(verb, of.registration, text)

        writing = WritingScreen(one_line(f"{title} {whose(of, self._blindfold)}"), detail, "", save)

        def left(saved: bool | None) -> None:
            if saved:
                self._changed(of.registration)

        await self._screen.app.push_screen(writing, left)

    def _is_in_charge(self, of: KeptOf) -> bool:
        """Whether whoever acts may end holds and destroy; where not, they are told."""
        try:
            in_charge(self._centre.recorder.act(of.registration))
        except MarkTermError as error:
            tell(self._screen, Failed(error))
            return False
        return True

    async def destroy(self, of: KeptOf) -> None:
        """Ask all that is asked before something goes."""
        if not self._is_in_charge(of):
            return
        if self._blindfold.alias(of.registration):
            self._screen.notify("Nobody is destroyed by a label: show the names first.", markup=False)
            return
        going, today = [each.what for each in of.coming], local(self._centre.recorder.now()).date()
        may_go = [what for what in What if what in going or of.may_go(what, today)]
        if not may_go:
            self._screen.notify(one_line(f"It is kept: {of.why_kept(today)}."), severity="warning", markup=False)
            return

        async def done(outcome: Outcome) -> None:
            if outcome.destruction.is_done:
                self._look()
            else:
                self._changed(of.registration)
            await tell_outcome(self._screen, of.registration, outcome)

        await ask_to_destroy(self._screen, self._centre, of, may_go, done, lambda: self._changed(of.registration))

    async def take_back(self, of: KeptOf) -> None:
        """Mean it no longer."""
        if not any(each.is_pending for each in of.coming):
            self._screen.notify("Nothing of this learner is meant to be destroyed.", markup=False)
            return
        await self._try(lambda: self._centre.retention.take_back(of.registration))
        self._changed(of.registration)

    async def complete(self) -> None:
        """Complete all that began, after a question."""

        async def answered(choice: int | None) -> None:
            if choice == 1:
                await self._try(self._complete)

        title = "Complete whatever began to be destroyed? Nothing brings it back."
        await self._screen.app.push_screen(ChoiceScreen(title, ["Leave it", "Complete it"]), answered)

    def _complete(self) -> None:
        told: list[Content] = []
        for destruction, became in self._centre.retention.complete_all():
            if isinstance(became, MarkTermError):
                words = f"{destruction.short} is not done. {became.title}: {became.what} {became.next_step}"
                told.append(Content.styled(one_line(words), "$error"))
            else:
                told += [Content(one_line(f"{destruction.short} is {became.destruction.words}.")), left_content(became)]
        reading = ReadingScreen("What became of it", Content("\n").join(told or [Content("Nothing was left.")]))
        self._screen.app.call_from_thread(self._screen.app.push_screen, reading)
        self._screen.app.call_from_thread(self._look)

    async def _try(self, act: Callable[[], object]) -> None:
        try:
            await asyncio.to_thread(act)
        except MarkTermError as error:
            tell(self._screen, Failed(error))
