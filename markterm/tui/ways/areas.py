"""The areas of work, and what is open in them: each is loaded when it is first gone to, and keeps its place."""

from __future__ import annotations

import asyncio
from functools import cached_property
from typing import TYPE_CHECKING

from textual.screen import Screen

from markterm.centre.centre import Centre
from markterm.domain.assessed.member import Role
from markterm.domain.words.errors import MarkTermError, NotSaved
from markterm.domain.words.foreign_text import clean
from markterm.own.saved_filters import SavedFilters
from markterm.tui.blindfold import Blindfold
from markterm.tui.caseload.screen import CaseloadScreen
from markterm.tui.command import offer_reading_alone
from markterm.tui.hints import error_content, next_step_of
from markterm.tui.notices import TellingApp
from markterm.tui.settings import OwnSettings
from markterm.tui.widgets.reading import ReadingScreen

if TYPE_CHECKING:
    from markterm.tui.across.screen import AcrossScreen
    from markterm.tui.claims.screen import ClaimsScreen
    from markterm.tui.marking.screen import MarkingScreen
    from markterm.tui.reports.screen import ReportsScreen
    from markterm.tui.samples.screen import SamplesScreen
    from markterm.tui.verifying.screen import SampleScreen

_AREAS = ("marking", "samples", "reports", "claims")


class Areas:
    """The screens that stay, and the ways between them."""

    def __init__(
        self, app: TellingApp, centre: Centre, blindfold: Blindfold, settings: OwnSettings, saved: SavedFilters
    ) -> None:
        self.app = app
        self.centre = centre
        self.blindfold = blindfold
        self.settings = settings
        self.caseload = CaseloadScreen(centre, blindfold, saved)
        self.sample: SampleScreen | None = None
        """The sample that was opened last."""

    @cached_property
    def marking(self) -> MarkingScreen:
        """The marking screen. Installed, it keeps its place while the caseload is looked at."""
        # A third of all that MarkTerm loads is for reading evidence: the caseload is shown before that.
        from markterm.tui.marking.screen import MarkingScreen

        screen = MarkingScreen(self.centre, self.blindfold, self.settings, lambda: self.caseload.registrations)
        self.app.install_screen(screen, "marking")
        return screen

    @cached_property
    def across(self) -> AcrossScreen:
        """One criterion across learners. Installed, it goes on looking while a learner is open."""
        from markterm.tui.across.screen import AcrossScreen

        screen = AcrossScreen(self.centre, self.blindfold)
        self.app.install_screen(screen, "across")
        return screen

    @cached_property
    def samples(self) -> SamplesScreen:
        """The queue, the plan and the actions. Installed, each list keeps its place."""
        from markterm.tui.samples.screen import SamplesScreen

        screen = SamplesScreen(self.centre, self.blindfold, self.settings)
        self.app.install_screen(screen, "samples")
        return screen

    @cached_property
    def reports(self) -> ReportsScreen:
        """The reports. Installed, they keep their place."""
        from markterm.tui.reports.screen import ReportsScreen

        screen = ReportsScreen(self.centre, self.blindfold)
        self.app.install_screen(screen, "reports")
        return screen

    @cached_property
    def claims(self) -> ClaimsScreen:
        """The claims. Installed, the list keeps its place and its filter."""
        from markterm.tui.claims.screen import ClaimsScreen

        screen = ClaimsScreen(self.centre, self.blindfold)
        self.app.install_screen(screen, "claims")
        return screen

    @property
    def is_marking(self) -> bool:
        """Whether a learner is open on the screen, or below what opened over it."""
        return self.is_made("marking") and self.marking in self.app.screen_stack

    @property
    def is_at_marking(self) -> bool:
        """Whether a learner is open with nothing over them."""
        return self.is_marking and self.app.screen is self.marking

    @property
    def is_verifying(self) -> bool:
        """Whether a sample is open on the screen, or below what opened over it."""
        return self.sample is not None and self.sample in self.app.screen_stack

    async def begin(self) -> None:
        """Go from the caseload to where whoever acts begins: a verifier who does not assess at their queue."""
        roles = self.centre.member.roles if self.centre.member is not None else frozenset()
        if self.app.screen is self.caseload and Role.VERIFIER in roles and Role.ASSESSOR not in roles:
            await self.to_samples()

    async def to_caseload(self) -> None:
        """Leave what is open, and show the caseload."""
        await self.to_area(self.caseload)

    async def to_marking(self) -> None:
        """Back to the learner who was open, or to the one under the cursor of the caseload."""
        if self.is_at_marking or not self.is_at_an_area:
            return
        if self.is_made("marking") and self.marking.work.desk.shown is not None:
            await self.to_area(self.marking)
        else:
            await self.to_area(self.caseload)
            await self.caseload.open_selected()

    async def to_samples(self) -> None:
        """To the queue, the plan and the actions, at the list that was shown last."""
        if self.is_at_an_area:
            await self.to_area(self.samples)

    async def to_reports(self) -> None:
        """To the reports."""
        if self.is_at_an_area:
            await self.to_area(self.reports)

    async def to_claims(self) -> None:
        """To the claims, over the area where they are asked for."""
        if not self.is_at_an_area or self.app.screen is self.claims:
            return
        if self.claims in self.app.screen_stack:
            await self.to_area(self.claims)
        else:
            await self.app.push_screen(self.claims)

    async def who_changed(self) -> None:
        """Somebody else acts from now on: show what they may see, and offer what they may do."""
        offer_reading_alone(self.centre.seeing.is_external)
        if self.is_marking:
            await self.marking.work.who_changed()
        elif self.is_verifying and self.sample is not None:
            await self.sample.work.who_changed()
        elif self.is_made("samples"):
            self.samples.who_changed()
        if self.is_made("reports"):
            self.reports.draw_anew()
        if self.is_made("claims"):
            self.claims.draw_anew()

    @property
    def is_at_an_area(self) -> bool:
        """Whether an area of work is shown, or a sample: not what is gone back from to where it was asked for."""
        if self.app.screen in (self.caseload, *(self.__dict__.get(name) for name in _AREAS)):
            return True
        return self.app.screen is self.sample

    def is_made(self, name: str) -> bool:
        """Whether that screen was gone to before."""
        return name in self.__dict__

    async def to_area(self, area: Screen[None]) -> None:
        """Go to an area: to where it is below what is shown, or else over the caseload."""
        if not self.is_at_an_area:
            return
        with self.app.batch_update():
            while self.app.screen is not area and self.app.screen is not self.caseload:
                await self.leave()
            if self.app.screen is not area:
                await self.app.push_screen(area)

    async def leave(self) -> None:
        """Leave the area or the sample that is shown: whoever is open in it is left too."""
        await self.app.pop_screen()
        await asyncio.to_thread(self.centre.presence.leave)

    def tell(self, error: MarkTermError) -> None:
        """Say what happened and what to do next: a refusal in passing, anything unsaved so that it is not missed."""
        if isinstance(error, NotSaved):
            self.app.bell()
            self.app.push_screen(ReadingScreen(error.title, error_content(error), loud=True))
        else:
            message = f"{error.what} {next_step_of(error)}"
            self.app.notify(clean(message).text, title=error.title, severity="warning", markup=False)
