"""The ways to samples, which are verified, and to why something is one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from textual.content import Content

from markterm.domain.views.queue import Queued, next_to_verify
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import clean
from markterm.tui.requests import ShowWhySampled
from markterm.tui.ways.areas import Areas
from markterm.tui.widgets.reading import ReadingScreen


class ToSamples:
    """Opens samples."""

    def __init__(self, areas: Areas) -> None:
        self._areas = areas

    async def open(self, registration: str, unit_code: str, criterion: str) -> None:
        """Open that unit of that learner, at a criterion or the first that waits for an answer."""
        from markterm.tui.verifying.screen import SampleScreen

        try:
            shown = await asyncio.to_thread(self._areas.centre.learners.portfolio, registration)
            shown.unit(unit_code)
        except MarkTermError as error:
            self._areas.tell(error)
            return
        areas = self._areas
        before, sample = areas.sample, SampleScreen(areas.centre, areas.blindfold, areas.settings)
        areas.sample = sample
        if before is not None and areas.app.screen is before:
            await areas.app.switch_screen(sample)
            areas.app.pass_notices_by()  # What passes was of the sample before.
        else:
            await areas.app.push_screen(sample)
        await sample.open(shown, unit_code, criterion)

    async def open_next(self, registration: str, unit_code: str) -> None:
        """Open what comes after that unit of that learner in the queue."""
        caseload = self._areas.centre.caseload

        def in_queue() -> Queued | None:
            queued: Sequence[Queued] = self._areas.centre.verification.queue(self._areas.blindfold.rows(caseload.rows))
            if self._areas.is_made("samples"):
                queued = self._areas.samples.queue.in_order(queued)
            return next_to_verify(queued, registration, unit_code)

        def following() -> Queued | None:
            # Others verify too: what is opened waits also by what is recorded of it now.
            looked_at = {row.folder for row in caseload.rows if row.registration == registration}
            for folder in looked_at:
                caseload.refresh_one(folder)
            while (found := in_queue()) is not None and found.row.folder not in looked_at:
                looked_at.add(found.row.folder)
                caseload.refresh_one(found.row.folder)
            return found

        try:
            found = await asyncio.to_thread(following)
        except MarkTermError as error:
            self._areas.tell(error)
            return
        if found is None:
            self._areas.app.notify("Nothing else in the queue waits for you.", markup=False)
        else:
            await self.open(found.row.registration, found.unit.code, "")

    async def show_why(self, asked: ShowWhySampled) -> None:
        """Show why something is in the sampling plan, or is not."""
        from markterm.domain.sampling.why import in_words

        def why() -> list[str]:
            plan = asked.plan or self._areas.centre.plan.about(asked.registration, asked.unit_code)
            answer = self._areas.centre.plan.why(asked.registration, asked.unit_code, plan)
            name = f"{asked.unit_code} of {self._areas.blindfold.known_as(asked.registration)}"
            return [clean(line).text for line in in_words(plan, name, answer)]

        try:
            first, *lines = await asyncio.to_thread(why)
        except MarkTermError as error:
            self._areas.tell(error)
            return
        await self._areas.app.push_screen(ReadingScreen(first, Content("\n".join(lines))))
