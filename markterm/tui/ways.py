"""The ways from one screen to another: what the screens ask for and tell. The app alone knows them."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, assert_never

from textual.app import App
from textual.content import Content
from textual.screen import Screen

from markterm.centre.centre import Centre
from markterm.domain.assessed.member import Role
from markterm.domain.views.queue import Queued, next_to_verify
from markterm.domain.words.errors import MarkTermError, NotSaved
from markterm.domain.words.foreign_text import clean, one_line
from markterm.own.saved_filters import SavedFilters
from markterm.tui.blindfold import Blindfold
from markterm.tui.caseload.screen import CaseloadScreen
from markterm.tui.hints import error_content, next_step_of
from markterm.tui.requests import (
    BlindChanged,
    Failed,
    LearnerOpened,
    LeaveArea,
    LeaveLearner,
    LeaveRound,
    LeaveSample,
    News,
    OpenLearner,
    OpenNeighbour,
    OpenNextSample,
    OpenNextWaiting,
    OpenRound,
    OpenSample,
    OthersKnown,
    Request,
    ShowAcross,
    ShowClaims,
    ShowDifferences,
    ShowExports,
    ShowFeedback,
    ShowKeys,
    ShowReports,
    ShowRetention,
    ShowSamples,
    ShowStandardisations,
    ShowVisits,
    ShowWhySampled,
    TakeRemark,
)
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


class Ways:
    """Which screen follows which. Each is loaded when it is first gone to."""

    def __init__(
        self, app: App[None], centre: Centre, blindfold: Blindfold, settings: OwnSettings, saved: SavedFilters
    ) -> None:
        self._app = app
        self._centre = centre
        self._blindfold = blindfold
        self._settings = settings
        self.caseload = CaseloadScreen(centre, blindfold, saved)
        self._asked_from: tuple[str, tuple[str, str]] | None = None
        self._sample: SampleScreen | None = None

    @cached_property
    def marking(self) -> MarkingScreen:
        """The marking screen. Installed, it keeps its place while the caseload is looked at."""
        # A third of all that MarkTerm loads is for reading evidence: the caseload is shown before that.
        from markterm.tui.marking.screen import MarkingScreen

        screen = MarkingScreen(self._centre, self._blindfold, self._settings, lambda: self.caseload.registrations)
        self._app.install_screen(screen, "marking")
        return screen

    @cached_property
    def across(self) -> AcrossScreen:
        """One criterion across learners. Installed, it goes on looking while a learner is open."""
        from markterm.tui.across.screen import AcrossScreen

        screen = AcrossScreen(self._centre, self._blindfold)
        self._app.install_screen(screen, "across")
        return screen

    @cached_property
    def samples(self) -> SamplesScreen:
        """The queue, the plan and the actions. Installed, each list keeps its place."""
        from markterm.tui.samples.screen import SamplesScreen

        screen = SamplesScreen(self._centre, self._blindfold, self._settings)
        self._app.install_screen(screen, "samples")
        return screen

    @cached_property
    def reports(self) -> ReportsScreen:
        """The reports. Installed, they keep their place."""
        from markterm.tui.reports.screen import ReportsScreen

        screen = ReportsScreen(self._centre, self._blindfold)
        self._app.install_screen(screen, "reports")
        return screen

    @cached_property
    def claims(self) -> ClaimsScreen:
        """The claims. Installed, the list keeps its place and its filter."""
        from markterm.tui.claims.screen import ClaimsScreen

        screen = ClaimsScreen(self._centre, self._blindfold)
        self._app.install_screen(screen, "claims")
        return screen

    @property
    def is_marking(self) -> bool:
        """Whether a learner is open on the screen, or below what opened over it."""
        return self._is_made("marking") and self.marking in self._app.screen_stack

    @property
    def is_at_marking(self) -> bool:
        """Whether a learner is open with nothing over them."""
        return self.is_marking and self._app.screen is self.marking

    @property
    def is_verifying(self) -> bool:
        """Whether a sample is open on the screen, or below what opened over it."""
        return self._sample is not None and self._sample in self._app.screen_stack

    async def answer(self, request: Request) -> None:
        """Do what a screen asks for; done when this returns."""
        match request:
            case OpenLearner(registration, at, units):
                await self._open_learner(registration, at, units)
            case OpenNeighbour(registration, step, at):
                await self._open_neighbour(registration, step, at)
            case OpenNextWaiting(registration, unit_code):
                await self._open_next_waiting(registration, unit_code)
            case LeaveLearner() | LeaveSample() | LeaveArea():
                await self._leave()
            case ShowSamples():
                await self.to_samples()
            case OpenSample(registration, unit_code, criterion):
                await self._open_sample(registration, unit_code, criterion)
            case OpenNextSample(registration, unit_code):
                await self._open_next_sample(registration, unit_code)
            case ShowReports():
                await self.to_reports()
            case ShowRetention():
                from markterm.tui.retention.screen import RetentionScreen

                await self._app.push_screen(RetentionScreen(self._centre, self._blindfold))
            case ShowClaims():
                await self.to_claims()
            case ShowVisits():
                from markterm.tui.visits.screen import VisitsScreen

                await self._app.push_screen(VisitsScreen(self._centre, self._blindfold))
            case ShowStandardisations():
                from markterm.tui.standardising.screen import StandardisationsScreen

                await self._app.push_screen(StandardisationsScreen(self._centre))
            case ShowAcross():
                await self._show_across(request)
            case OpenRound():
                await self._open_round(request)
            case LeaveRound():
                await self._leave_round()
            case ShowFeedback():
                await self._show_feedback(request)
            case ShowDifferences(shown, unit_code, open_at):
                from markterm.tui.differences.screen import DifferencesScreen

                await self._app.push_screen(DifferencesScreen(self._centre, shown, unit_code, open_at))
            case TakeRemark(learner, unit, criterion, result, take):
                from markterm.tui.remarks.screen import BankScreen

                bank = BankScreen(self._centre.remarks, self._blindfold, learner, unit, criterion, result)
                await self._app.push_screen(bank, take)
            case ShowExports(shown):
                from markterm.tui.exporting.screen import ExportScreen

                await self._app.push_screen(ExportScreen(self._centre, self._blindfold, shown))
            case ShowKeys(about):
                from markterm.tui.widgets.help_screen import HelpScreen

                await self._app.push_screen(HelpScreen(about))
            case ShowWhySampled():
                await self._show_why_sampled(request)
            case _:
                assert_never(request)

    def hear(self, news: News) -> None:
        """Take in at once what a screen tells."""
        match news:
            case Failed(error):
                self._tell(error)
            case LearnerOpened(registration):
                self.caseload.was_opened(registration)
            case OthersKnown(across):
                self.marking.work.take_across(across)
            case BlindChanged():
                self.caseload.draw_anew()
                self.marking.draw()
                if self._is_made("samples"):
                    self.samples.draw_anew()
                if self._sample is not None:
                    self._sample.draw()
                if self._is_made("reports"):
                    self.reports.draw_anew()
                if self._is_made("claims"):
                    self.claims.draw_anew()
            case _:
                assert_never(news)

    async def begin(self) -> None:
        """Go from the caseload to where whoever acts begins: a verifier who does not assess at their queue."""
        roles = self._centre.member.roles if self._centre.member is not None else frozenset()
        if self._app.screen is self.caseload and Role.VERIFIER in roles and Role.ASSESSOR not in roles:
            await self.to_samples()

    async def to_caseload(self) -> None:
        """Leave what is open, and show the caseload."""
        await self._to_area(self.caseload)

    async def to_marking(self) -> None:
        """Back to the learner who was open, or to the one under the cursor of the caseload."""
        if self.is_at_marking or not self._is_at_an_area:
            return
        if self._is_made("marking") and self.marking.work.desk.shown is not None:
            await self._to_area(self.marking)
        else:
            await self._to_area(self.caseload)
            await self.caseload.open_selected()

    async def to_samples(self) -> None:
        """To the queue, the plan and the actions, at the list that was shown last."""
        if self._is_at_an_area:
            await self._to_area(self.samples)

    async def to_reports(self) -> None:
        """To the reports."""
        if self._is_at_an_area:
            await self._to_area(self.reports)

    async def who_changed(self) -> None:
        """Somebody else acts from now on: show what they may see."""
        if self.is_marking:
            await self.marking.work.who_changed()
        elif self.is_verifying and self._sample is not None:
            await self._sample.work.who_changed()
        elif self._is_made("samples"):
            self.samples.who_changed()
        if self._is_made("reports"):
            self.reports.draw_anew()
        if self._is_made("claims"):
            self.claims.draw_anew()

    async def to_claims(self) -> None:
        """To the claims, over the area where they are asked for."""
        if not self._is_at_an_area or self._app.screen is self.claims:
            return
        if self.claims in self._app.screen_stack:
            await self._to_area(self.claims)
        else:
            await self._app.push_screen(self.claims)

    @property
    def _is_at_an_area(self) -> bool:
        """Whether an area of work is shown, or a sample: not what is gone back from to where it was asked for."""
        if self._app.screen in (self.caseload, *(self.__dict__.get(name) for name in _AREAS)):
            return True
        return self._app.screen is self._sample

    def _is_made(self, name: str) -> bool:
        return name in self.__dict__

    async def _to_area(self, area: Screen[None]) -> None:
        """Go to an area: to where it is below what is shown, or else over the caseload."""
        if not self._is_at_an_area:
            return
        with self._app.batch_update():
            while self._app.screen is not area and self._app.screen is not self.caseload:
                await self._leave()
            if self._app.screen is not area:
                await self._app.push_screen(area)

    async def _leave(self) -> None:
        """Leave the area or the sample that is shown: whoever is open in it is left too."""
        await self._app.pop_screen()
        await asyncio.to_thread(self._centre.presence.leave)

    async def _open_sample(self, registration: str, unit_code: str, criterion: str) -> None:
        from markterm.tui.verifying.screen import SampleScreen

        try:
            shown = await asyncio.to_thread(self._centre.learners.portfolio, registration)
            shown.unit(unit_code)
        except MarkTermError as error:
            self._tell(error)
            return
        before, self._sample = self._sample, SampleScreen(self._centre, self._blindfold, self._settings)
        if before is not None and self._app.screen is before:
            await self._app.switch_screen(self._sample)
        else:
            await self._app.push_screen(self._sample)
        await self._sample.open(shown, unit_code, criterion)

    async def _open_next_sample(self, registration: str, unit_code: str) -> None:
        caseload = self._centre.caseload

        def in_queue() -> Queued | None:
            queued: Sequence[Queued] = self._centre.verification.queue(self._blindfold.rows(caseload.rows))
            if self._is_made("samples"):
                queued = self.samples.queue.in_order(queued)
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
            self._tell(error)
            return
        if found is None:
            self._app.notify("Nothing else in the queue waits for you.", markup=False)
        else:
            await self._open_sample(found.row.registration, found.unit.code, "")

    def _tell(self, error: MarkTermError) -> None:
        """Say what happened and what to do next: a refusal in passing, anything unsaved so that it is not missed."""
        if isinstance(error, NotSaved):
            self._app.bell()
            self._app.push_screen(ReadingScreen(error.title, error_content(error), loud=True))
        else:
            message = f"{error.what} {next_step_of(error)}"
            self._app.notify(clean(message).text, title=error.title, severity="warning", markup=False)

    async def _open_learner(
        self, registration: str, at: tuple[str, str | None] | None, units: Collection[str] = ()
    ) -> None:
        try:
            portfolio = await asyncio.to_thread(self._centre.learners.portfolio, registration)
        except MarkTermError as error:
            # Whoever was open stays open where one is: nobody is shown in the place of another.
            self._tell(error)
            return
        if self._app.screen is not self.marking:
            await self._app.push_screen(self.marking)
        await self.marking.work.open(portfolio, at, units=units)
        self.caseload.was_opened(registration)

    async def _open_neighbour(self, registration: str, step: int, at: tuple[str, str] | None) -> None:
        order = self.caseload.registrations
        if registration in order:
            place = order.index(registration) + step
            if 0 <= place < len(order):
                await self._open_learner(order[place], at)
                return
        self._app.notify("That was the last learner of this list.", markup=False)

    async def _open_next_waiting(self, registration: str, unit_code: str) -> None:
        member, across, hidden = self._centre.member, self._centre.across, None
        asked = registration, unit_code, member.id if member is not None else ""
        try:
            found = await asyncio.to_thread(across.next_with_unit, *asked, self.caseload.registrations)
            if found is None:
                hidden = await asyncio.to_thread(across.next_with_unit, *asked)
        except MarkTermError as error:
            self._tell(error)
            return
        if found is not None:
            await self._open_learner(found.registration, (unit_code, None))
            return
        but = "; the filter of the caseload hides who does" if hidden is not None else ""
        self._app.notify(f"Nobody else who is listed waits for you with {one_line(unit_code)}{but}.", markup=False)

    async def _show_across(self, asked: ShowAcross) -> None:
        if self._app.screen is not self.marking:
            self._asked_from = None
        elif self.marking.work.round is None and (place := self.marking.work.place) is not None:
            self._asked_from = (self.marking.work.desk.registration, (place.unit.code, place.criterion.number))
        self.across.begin(asked.unit, asked.criterion)
        await self._app.push_screen(self.across)

    async def _open_round(self, asked: OpenRound) -> None:
        await self._app.pop_screen()
        if self._app.screen is not self.marking:
            await self._app.push_screen(self.marking)
        if not await self.marking.work.begin_round(asked.unit, asked.criterion, asked.across, asked.registration):
            await self._app.push_screen(self.across)

    async def _leave_round(self) -> None:
        """To the caseload, or to the learner who was open."""
        await self._app.pop_screen()
        self.marking.work.end_round()
        if self._asked_from is not None and self.marking.work.desk.shown is not None:
            if self.marking.work.desk.registration != self._asked_from[0]:
                await self._open_learner(*self._asked_from)
        elif self._app.screen is self.marking:
            await self._leave()

    async def _show_feedback(self, asked: ShowFeedback) -> None:
        from markterm.tui.feedback.screen import FeedbackScreen, drawn_up

        unit, assignment = asked.unit, asked.assignment
        name = assignment.code if assignment is not None and unit.code in assignment.units else unit.code
        try:
            draft = await asyncio.to_thread(drawn_up, self._centre, asked.registration, name)
        except MarkTermError as error:
            self._tell(error)
            return
        await self._app.push_screen(FeedbackScreen(self._centre, draft, unit, asked.record_each))

    async def _show_why_sampled(self, asked: ShowWhySampled) -> None:
        from markterm.domain.sampling.why import in_words

        def why() -> list[str]:
            plan = asked.plan or self._centre.plan.about(asked.registration, asked.unit_code)
            answer = self._centre.plan.why(asked.registration, asked.unit_code, plan)
            name = f"{asked.unit_code} of {self._blindfold.known_as(asked.registration)}"
            return [clean(line).text for line in in_words(plan, name, answer)]

        try:
            first, *lines = await asyncio.to_thread(why)
        except MarkTermError as error:
            self._tell(error)
            return
        await self._app.push_screen(ReadingScreen(first, Content("\n".join(lines))))
