"""The plan changed by hand: added, dropped, planned for a day, given to a verifier, each with a reason, at once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from textual.widget import Widget

from markterm.centre.centre import Centre
from markterm.domain.record.bodies.planning import PlanChange
from markterm.domain.record.plans import Key
from markterm.domain.sampling.assessed_learner import Assessed
from markterm.domain.views.plan_lines import PlanLine
from markterm.domain.words.counted import counted
from markterm.domain.words.day_said import day_said
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.tui.blindfold import Blindfold
from markterm.tui.local_time import date_told, second
from markterm.tui.requests import Failed, tell
from markterm.tui.samples.shown_plan import ShownPlan
from markterm.tui.samples.unit_finder import UnitFinder
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.how_far import Far
from markterm.tui.widgets.key_bar import KeyBar
from markterm.tui.widgets.writing import WritingScreen

if TYPE_CHECKING:
    from markterm.centre.plan import Changed, NotChanged

_TOLD, _TOLD_EVERY = 2, 10


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be changed, of which samples, and `name`, what these are called."""

    what: PlanChange
    keys: tuple[Key, ...]
    name: str
    day: date | None = None
    verifier: str = ""
    method: str = ""

    @property
    def title(self) -> str:
        """What is about to be done."""
        day = date_told(self.day) if self.day is not None else ""
        return {
            PlanChange.ADDED: f"Add {self.name} to the plan",
            PlanChange.DROPPED: f"Take {self.name} out of the plan",
            PlanChange.DATED: f"Plan {self.name} for {day}",
            PlanChange.ASSIGNED: f"Give {self.name} to {one_line(self.verifier)}",
            PlanChange.METHOD: f"Verify {self.name} by {one_line(self.method)}",
        }[self.what]


class PlanChanges:
    """What asks for a change of the plan that is `shown`, over the screen of `pane`, and records it.

    `again` reads the plan anew and shows it, `say_far` says how far a change of several is. The reason that was given
    last is proposed for the next change.
    """

    def __init__(
        self,
        pane: Widget,
        centre: Centre,
        blindfold: Blindfold,
        shown: ShownPlan,
        again: Callable[[], Awaitable[None]],
        say_far: Callable[[Far | None], None],
    ) -> None:
        self._pane = pane
        self._centre = centre
        self._blindfold = blindfold
        self._shown = shown
        self._again = again
        self._say_far = say_far
        self._reason = ""

    async def add(self, key: Key | None) -> None:
        """Ask why, and add that learner's unit; ask first for one where none is given."""

        async def found(key: Key | None) -> None:
            if key is not None:
                name = f"{one_line(key[1])} of {self._blindfold.known_as(key[0])}"
                await self._ask_why(_Asked(PlanChange.ADDED, (key,), name))

        if not await self._may_change():
            return
        if key is not None:
            await found(key)
        else:
            await self.find_unit("Which unit of which learner is to be added?", found)

    async def drop(self, lines: Sequence[PlanLine]) -> None:
        """Ask why, and take these out."""
        if lines and await self._may_change():
            await self._ask_why(_Asked(PlanChange.DROPPED, *_meant(lines)))

    async def plan_for_a_day(self, lines: Sequence[PlanLine]) -> None:
        """Ask for a day and why, and plan these for it."""
        if not lines or not await self._may_change():
            return
        keys, name = _meant(lines)
        days: list[date] = []

        async def take(text: str) -> None:
            days.append(day_said(text, self._centre.plan.today))

        async def go_on(is_said: bool | None) -> None:
            if is_said:
                await self._ask_why(_Asked(PlanChange.DATED, keys, name, day=days[-1]))

        screen = WritingScreen(
            f"For which day is {name} to be planned?",
            "2026-01-31, 31/1, 31 Jan, or +14 for two weeks from today.",
            str(lines[0].row.by or self._centre.plan.today),
            take,
            replaceable=True,
        )
        await self._pane.app.push_screen(screen, go_on)

    async def set_method(self, lines: Sequence[PlanLine]) -> None:
        """Ask how these are verified and why."""
        if not lines or not await self._may_change():
            return
        keys, name = _meant(lines)
        methods: list[str] = []

        async def take(text: str) -> None:
            methods.append(one_line(text))

        async def go_on(is_said: bool | None) -> None:
            if is_said:
                await self._ask_why(_Asked(PlanChange.METHOD, keys, name, method=methods[-1]))

        detail = "Such as evidence and decisions, interview with the learner, or observation of the assessor."
        screen = WritingScreen(f"How is {name} verified?", detail, lines[0].row.sample.method, take, replaceable=True)
        await self._pane.app.push_screen(screen, go_on)

    async def assign(self, lines: Sequence[PlanLine], assessed: Assessed) -> None:
        """Ask who is to look at these and why, and give them to that verifier; `assessed` says who may not."""
        if not lines or not await self._may_change():
            return
        keys, name = _meant(lines)
        verifiers = list(await asyncio.to_thread(self._centre.plan.who_may, keys, assessed))
        if not verifiers:
            self._pane.app.notify("The centre has no verifier.", markup=False)
            return
        rows = self._shown.table.rows if self._shown.table is not None else ()
        load = Counter(row.sample.verifier for row in rows if row.actual is None)
        has_it = {each.row.sample.verifier for each in lines}
        # Whoever has it already is not who it is given to: the cursor begins on somebody else.
        verifiers.sort(key=lambda each: {each[0].id} == has_it)
        titles = [
            f"{each.id}  {each.name}  has {load[each.id]} to look at{_told_not(why, len(keys))}"
            for each, why in verifiers
        ]

        async def choose(choice: int | None) -> None:
            if choice is not None:
                await self._ask_why(_Asked(PlanChange.ASSIGNED, keys, name, verifier=verifiers[choice][0].id))

        await self._pane.app.push_screen(ChoiceScreen(f"Who looks at {name}?", titles), choose)

    async def find_unit(self, title: str, found: Callable[[Key | None], Awaitable[None]]) -> None:
        """Ask for a learner's unit; those that are in the plan are told from the others."""
        rows = await asyncio.to_thread(self._blindfold.rows, self._centre.caseload.rows)
        samples = self._shown.stands.samples if self._shown.stands is not None else {}
        finder = UnitFinder(title, rows, lambda key: "in the plan" if key in samples else "")
        await self._pane.app.push_screen(finder, found)

    async def _may_change(self) -> bool:
        """Whether whoever acts may change the plan; if not it is said before they have typed a word for nothing."""
        try:
            await asyncio.to_thread(self._centre.plan.check_may_change)
        except MarkTermError as error:
            tell(self._pane, Failed(error))
            return False
        return self._shown.stands is not None

    async def _ask_why(self, asked: _Asked) -> None:
        """Ask for the reason, and record the change with it. Of several, leaving stops after the one at hand."""
        plan, detail = self._centre.plan, "Why? The plan keeps it with your name."

        def change(reason: str) -> list[Changed | NotChanged]:
            shown, found = self._shown.stands, []
            assert shown is not None
            said = {"verifier": asked.verifier, "method": asked.method}
            for each in plan.change(shown, asked.keys, asked.what, reason, day=asked.day, **said):
                found.append(each)
                if not screen.is_open:
                    break
                if len(found) % _TOLD_EVERY == 0:
                    far = Far("changed", len(found), len(asked.keys), "sample")
                    self._pane.app.call_from_thread(self._say_far, far)
            return found

        async def save(reason: str) -> None:
            found = await asyncio.to_thread(change, reason)
            self._say_far(None)
            try:
                # Also what somebody else changed meanwhile is shown: the next try rests on what is there now.
                await self._again()
            except MarkTermError as error:
                tell(self._pane, Failed(error))
            self._tell(asked, found)
            self._reason = reason

        screen = WritingScreen(asked.title, detail, self._reason, save, replaceable=True)
        await self._pane.app.push_screen(screen)

    def _tell(self, asked: _Asked, found: Sequence[Changed | NotChanged]) -> None:
        """Say what was changed, and what was not and why. Raises the first reason where nothing was."""
        from markterm.centre.plan import Changed

        done = [each for each in found if isinstance(each, Changed)]
        refused = [each for each in found if not isinstance(each, Changed)]
        if refused and not done:
            raise refused[0].error
        if len(found) < len(asked.keys):
            self._pane.app.notify(f"Stopped: {len(found)} of {len(asked.keys)} were changed.", markup=False)
        self._shown.marked.difference_update(each.key for each in done)
        self._pane.screen.query_one(KeyBar).saved = f"✓ {second(done[-1].event.at)}"
        if refused:
            why = "; ".join(one_line(each.error.what) for each in refused[:_TOLD])
            told = f"{counted(len(done), 'sample')} changed, {len(refused)} not: {why}"
            self._pane.app.notify(told, severity="warning", markup=False)
        if asked.what is PlanChange.DROPPED and any(each.sampled for each in done):
            told = "The records say that it was sampled: what waits for that goes on waiting."
            self._pane.app.notify(told, markup=False)
        elif any(each.taken_back for each in done):
            self._pane.app.notify("Nobody had looked at it: it is sampled no more.", markup=False)


def _told_not(why: Sequence[str], of: int) -> str:
    if not why:
        return ""
    return f"  ! may not: {why[0]}" if of == 1 else f"  ! may not look at {len(why)} of them"


def _meant(lines: Sequence[PlanLine]) -> tuple[tuple[Key, ...], str]:
    """The samples of these lines, and what they are called."""
    keys = tuple(each.row.sample.key for each in lines)
    if len(lines) > 1:
        return keys, counted(len(lines), "sample")
    return keys, f"{one_line(keys[0][1])} of {lines[0].who}"
