"""The ways to learners who are marked: one, the next one, and one criterion across all of them."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.tui.requests import OpenRound, ShowAcross
from markterm.tui.ways.areas import Areas


class ToLearners:
    """Opens learners for marking."""

    def __init__(self, areas: Areas) -> None:
        self._areas = areas
        self._asked_from: tuple[str, tuple[str, str]] | None = None

    async def open(self, registration: str, at: tuple[str, str | None] | None, units: Collection[str] = ()) -> None:
        """Open that learner, at that unit and criterion, or at what waits."""
        areas = self._areas
        try:
            portfolio = await asyncio.to_thread(areas.centre.learners.portfolio, registration)
        except MarkTermError as error:
            # Whoever was open stays open where one is: nobody is shown in the place of another.
            areas.tell(error)
            return
        if areas.app.screen is not areas.marking:
            await areas.app.push_screen(areas.marking)
        await areas.marking.work.open(portfolio, at, units=units)
        areas.caseload.was_opened(registration)

    async def open_neighbour(self, registration: str, step: int, at: tuple[str, str] | None) -> None:
        """Open the learner who stands so many lines below that one."""
        areas = self._areas
        order = areas.caseload.registrations
        if registration in order:
            place = order.index(registration) + step
            if 0 <= place < len(order):
                await self.open(order[place], at)
                return
        areas.app.notify("That was the last learner of this list.", markup=False)

    async def open_next_waiting(self, registration: str, unit_code: str) -> None:
        """Open the next learner who waits with that unit."""
        areas = self._areas
        member, across, hidden = areas.centre.member, areas.centre.across, None
        asked = registration, unit_code, member.id if member is not None else ""
        try:
            found = await asyncio.to_thread(across.next_with_unit, *asked, areas.caseload.registrations)
            if found is None:
                hidden = await asyncio.to_thread(across.next_with_unit, *asked)
        except MarkTermError as error:
            areas.tell(error)
            return
        if found is not None:
            await self.open(found.registration, (unit_code, None))
            return
        but = "; the filter of the caseload hides who does" if hidden is not None else ""
        areas.app.notify(f"Nobody else who is listed waits for you with {one_line(unit_code)}{but}.", markup=False)

    async def show_across(self, asked: ShowAcross) -> None:
        """Show a criterion across learners."""
        areas = self._areas
        if areas.app.screen is not areas.marking:
            self._asked_from = None
        elif areas.marking.work.round is None and (place := areas.marking.work.place) is not None:
            self._asked_from = (areas.marking.work.desk.registration, (place.unit.code, place.criterion.number))
        areas.across.begin(asked.unit, asked.criterion)
        await areas.app.push_screen(areas.across)

    async def open_round(self, asked: OpenRound) -> None:
        """Open a learner at that criterion, and those who wait for it after them."""
        areas = self._areas
        await areas.app.pop_screen()
        if areas.app.screen is not areas.marking:
            await areas.app.push_screen(areas.marking)
        if not await areas.marking.work.begin_round(asked.unit, asked.criterion, asked.across, asked.registration):
            await areas.app.push_screen(areas.across)

    async def leave_round(self) -> None:
        """To the caseload, or to the learner who was open."""
        areas = self._areas
        await areas.app.pop_screen()
        areas.marking.work.end_round()
        if self._asked_from is not None and areas.marking.work.desk.shown is not None:
            if areas.marking.work.desk.registration != self._asked_from[0]:
                await self.open(*self._asked_from)
        elif areas.app.screen is areas.marking:
            await areas.leave()
