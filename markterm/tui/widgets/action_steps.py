"""What is done with an action from the list: it is accepted, sent back, given to another member, and what was not
agreed is looked for elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from typing import Any

from textual.screen import Screen

from markterm.centre.centre import Centre
from markterm.centre.recorder import Recorded
from markterm.domain.assessed.member import Role
from markterm.domain.views.listed_actions import ListedAction, Standing
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.tui.blindfold import Blindfold
from markterm.tui.command import keyed
from markterm.tui.requests import Failed, tell
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.doing import say_done
from markterm.tui.widgets.wider_sample import look_wider
from markterm.tui.widgets.writing import WritingScreen

_WEEKS = (1, 2, 4)
_LONGEST = 200
_OWNERS = frozenset({Role.ASSESSOR, Role.VERIFIER, Role.COORDINATOR})

Told = Callable[[str, datetime], None]
"""Called with what was done, in a word, and when it became durable."""


class ActionSteps:
    """Asks what is needed for a step of an action, and records it; `recorded` is called when it is durable. Whoever
    `decides_first` is told nothing of other decisions."""

    def __init__(
        self, screen: Screen[Any], centre: Centre, blindfold: Blindfold, recorded: Told, *, decides_first: bool
    ) -> None:
        self._screen = screen
        self._centre = centre
        self._blindfold = blindfold
        self._recorded = recorded
        self._decides_first = decides_first

    async def do(self, chosen: ListedAction) -> None:
        """Say that it is done, in a word."""
        if chosen.row is not None and chosen.unit is not None:
            at: list[datetime] = []

            async def record(verb: Callable[[], Recorded]) -> None:
                at.append((await asyncio.to_thread(verb)).event.at)

            registration, actions = chosen.row.registration, [chosen.action]
            await say_done(
                self._screen,
                self._centre,
                registration,
                chosen.unit,
                actions,
                record,
                lambda: self._recorded("done", at[-1]),
            )
            return

        if not await self._may(None, self._centre.centre_actions.check_do, chosen):
            return

        def done(word: str) -> datetime:
            return self._centre.centre_actions.do(chosen.action.uid, word).action.last.at

        await self._ask(self._where(chosen), "What was done? One word is enough; the verifier reads it.", done, "done")

    async def accept(self, chosen: ListedAction) -> None:
        """Accept what was done, with a word or without."""
        if chosen.standing is not Standing.DONE:
            self._say(
                f"It is {chosen.state}: it can be accepted once its owner says that it is done."
                if not chosen.is_finished
                else "It is accepted already."
            )
            return

        of_centre = self._centre.centre_actions.check_accept
        if not await self._may(self._centre.actions.check_accept, of_centre, chosen):
            return

        def accept(word: str) -> datetime:
            uid = chosen.action.uid
            if chosen.row is None or chosen.unit is None:
                return self._centre.centre_actions.accept(uid, word).action.last.at
            registration = chosen.row.registration
            return self._centre.actions.accept(registration, chosen.unit.code, uid, word).event.at

        word = "A word may stay empty." if chosen.row is not None else "A word may stay empty, but for a visit's."
        detail = f"{chosen.action.owner} said: {self._told(chosen, chosen.action.last.text)} {word}"
        await self._ask(f"Accept: {self._where(chosen)}", detail, accept, "accepted")

    async def send_back(self, chosen: ListedAction) -> None:
        """Set the same again: what was done is not enough, or something else is to be done."""
        if chosen.is_finished:
            self._say("It was accepted: set another action if there is more to do.")
            return

        of_centre = self._centre.centre_actions.check_set_again
        if not await self._may(self._centre.actions.check_set_again, of_centre, chosen):
            return

        async def until(due: date) -> None:
            def set_again(text: str) -> datetime:
                uid = chosen.action.uid
                if chosen.row is None or chosen.unit is None:
                    return self._centre.centre_actions.set_again(uid, text, due).action.last.at
                registration = chosen.row.registration
                return self._centre.actions.set_again(registration, chosen.unit.code, uid, text, due).event.at

            detail = f"What is to be done now, until {due}? So far: {self._told(chosen, chosen.action.text)}"
            await self._ask(f"Not accepted: {self._where(chosen)}", detail, set_again, "set again")

        await self._ask_day("It is set again: to be done until when?", chosen, until)

    async def reassign(self, chosen: ListedAction) -> None:
        """Give it to another member, with a reason; where its day is past, with another day."""
        if chosen.is_finished:
            self._say("It was accepted: nobody has to do it any more.")
            return
        members = [
            each for each in self._centre.details.members if each.id != chosen.action.owner and each.roles & _OWNERS
        ]

        async def to(choice: int | None) -> None:
            if choice is None:
                return
            owner = members[choice]
            of_centre = self._centre.centre_actions.check_reassign
            if not await self._may(self._centre.actions.check_reassign, of_centre, chosen, owner.id):
                return
            if chosen.standing is Standing.OVERDUE:
                await self._ask_day(
                    f"Its day is past: until when for {owner.name}?", chosen, lambda due: give(owner.id, due)
                )
            else:
                await give(owner.id, None)

        async def give(owner: str, due: date | None) -> None:
            def reassign(reason: str) -> datetime:
                uid = chosen.action.uid
                if chosen.row is None or chosen.unit is None:
                    return self._centre.centre_actions.reassign(uid, owner, reason, due).action.last.at
                registration = chosen.row.registration
                verb = self._centre.actions.reassign
                return verb(registration, chosen.unit.code, uid, owner, reason, due).event.at

            why = f"Why is it not {chosen.action.owner}'s any more? Left, ill, on leave: a word is enough."
            await self._ask(f"For {owner}: {self._where(chosen)}", why, reassign, f"given to {owner}")

        lines = [f"{each.id}  {each.name}  ({', '.join(sorted(each.roles))})" for each in members]
        await self._screen.app.push_screen(ChoiceScreen("Who does it from now on?", lines), to)

    async def wider(self, chosen: ListedAction) -> None:
        """Where the same assessor decided the same criterion elsewhere, and a wider sample that is proposed."""
        row, unit, criterion = chosen.row, chosen.unit, chosen.action.criterion
        if row is None or unit is None or not criterion:
            self._say("A wider sample is of one criterion: this action is on none.")
            return
        await look_wider(
            self._screen,
            self._centre,
            self._blindfold,
            (row.registration, unit.code, criterion),
            self._recorded,
            decides_first=self._decides_first,
        )

    async def _may(
        self, of_learner: Callable[..., None] | None, of_centre: Callable[..., None], chosen: ListedAction, *more: str
    ) -> bool:
        """Whether nothing forbids the step, before anything is written for it; what does is told."""
        uid = chosen.action.uid
        try:
            if chosen.row is None:
                await asyncio.to_thread(of_centre, uid, *more)
            elif of_learner is not None:
                await asyncio.to_thread(of_learner, chosen.row.registration, chosen.where, uid, *more)
        except MarkTermError as error:
            tell(self._screen, Failed(error))
            return False
        return True

    async def _ask_day(self, title: str, chosen: ListedAction, then: Callable[[date], Awaitable[None]]) -> None:
        today, due = self._centre.actions.today, chosen.action.due
        days = [today + timedelta(weeks=weeks) for weeks in _WEEKS]
        lines = [f"{counted(weeks, 'week')}: {day}" for weeks, day in zip(_WEEKS, days, strict=True)]
        if due is not None and due >= today:
            days.append(due)
            lines.append(f"as before: {due}")

        async def answered(choice: int | None) -> None:
            if choice is not None:
                await then(days[choice])

        await self._screen.app.push_screen(ChoiceScreen(title, lines), answered)

    async def _ask(self, title: str, detail: str, verb: Callable[[str], datetime], done: str) -> None:
        at: list[datetime] = []

        async def save(text: str) -> None:
            at.append(await asyncio.to_thread(verb, text))

        def left(saved: bool | None) -> None:
            if saved:
                self._recorded(done, at[-1])

        await self._screen.app.push_screen(WritingScreen(one_line(title), one_line(detail), "", save), left)

    def _where(self, chosen: ListedAction) -> str:
        if chosen.row is None:
            return f"{chosen.where}: {chosen.action.text[:_LONGEST]}"
        who = self._blindfold.known_as(chosen.row.registration)
        where = f"{who} {chosen.where} {chosen.action.criterion}".rstrip()
        return f"{where}: {self._told(chosen, chosen.action.text)}"

    def _told(self, chosen: ListedAction, text: str) -> str:
        return (
            text[:_LONGEST] if chosen.row is None else self._blindfold.told_of(chosen.row.registration, text[:_LONGEST])
        )

    def _say(self, words: str) -> None:
        self._screen.app.notify(keyed(words), markup=False)
