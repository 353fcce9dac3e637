"""The ways from one screen to another: what the screens ask for and tell. The app alone knows them."""

from __future__ import annotations

import asyncio
from typing import assert_never

from textual.content import Content

from markterm.centre.centre import Centre
from markterm.domain.words.errors import MarkTermError
from markterm.own.saved_filters import SavedFilters
from markterm.tui.blindfold import Blindfold
from markterm.tui.notices import TellingApp
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
    ShowAlike,
    ShowBackups,
    ShowBadges,
    ShowClaims,
    ShowDevelopment,
    ShowDifferences,
    ShowExports,
    ShowFeedback,
    ShowKeys,
    ShowMappings,
    ShowPortfolioIndex,
    ShowProfiles,
    ShowReports,
    ShowRetention,
    ShowSamples,
    ShowStandardisations,
    ShowStandards,
    ShowVisits,
    ShowWhole,
    ShowWhySampled,
    TakeInQualification,
    TakeInUnit,
    TakeRemark,
)
from markterm.tui.settings import OwnSettings
from markterm.tui.ways.areas import Areas
from markterm.tui.ways.learners import ToLearners
from markterm.tui.ways.samples import ToSamples


class Ways(Areas):
    """Which screen follows which."""

    def __init__(
        self, app: TellingApp, centre: Centre, blindfold: Blindfold, settings: OwnSettings, saved: SavedFilters
    ) -> None:
        super().__init__(app, centre, blindfold, settings, saved)
        self._learners = ToLearners(self)
        self._samples = ToSamples(self)

    async def answer(self, request: Request) -> None:
        """Do what a screen asks for; done when this returns."""
        match request:
            case OpenLearner(registration, at, units):
                await self._learners.open(registration, at, units)
            case OpenNeighbour(registration, step, at):
                await self._learners.open_neighbour(registration, step, at)
            case OpenNextWaiting(registration, unit_code):
                await self._learners.open_next_waiting(registration, unit_code)
            case LeaveLearner() | LeaveSample() | LeaveArea():
                await self.leave()
            case ShowSamples():
                await self.to_samples()
            case OpenSample(registration, unit_code, criterion):
                await self._samples.open(registration, unit_code, criterion)
            case OpenNextSample(registration, unit_code):
                await self._samples.open_next(registration, unit_code)
            case ShowReports():
                await self.to_reports()
            case ShowRetention():
                from markterm.tui.retention.screen import RetentionScreen

                await self.app.push_screen(RetentionScreen(self.centre, self.blindfold))
            case ShowBackups():
                from markterm.tui.backup.screen import BackupScreen

                await self.app.push_screen(BackupScreen(self.centre))
            case ShowClaims():
                await self.to_claims()
            case ShowAlike():
                from markterm.tui.alike.screen import AlikeScreen

                await self.app.push_screen(AlikeScreen(self.centre, self.blindfold))
            case ShowVisits():
                from markterm.tui.visits.screen import VisitsScreen

                await self.app.push_screen(VisitsScreen(self.centre, self.blindfold))
            case ShowMappings(standard):
                await self._show_mappings(standard)
            case ShowPortfolioIndex(registration, standard):
                from markterm.tui.standards.person import PortfolioIndexScreen

                await self.app.push_screen(PortfolioIndexScreen(self.centre, self.blindfold, registration, standard))
            case ShowDevelopment(registration, what):
                from markterm.tui.standards.development import DevelopmentScreen

                await self.app.push_screen(DevelopmentScreen(self.centre, self.blindfold, registration, what))
            case ShowBadges(registration):
                from markterm.tui.standards.badges import BadgesScreen

                await self.app.push_screen(BadgesScreen(self.centre, self.blindfold, registration))
            case ShowProfiles():
                from markterm.tui.standards.profiles import ProfilesScreen

                await self.app.push_screen(ProfilesScreen(self.centre))
            case ShowStandards():
                from markterm.tui.standards.screen import StandardsScreen

                await self.app.push_screen(StandardsScreen(self.centre))
            case TakeInUnit():
                from markterm.tui.standards.taking_in import take_in_unit

                await take_in_unit(self.app.screen, self.centre)
            case TakeInQualification():
                from markterm.tui.standards.taking_in import take_in_qualifications

                await take_in_qualifications(self.app.screen, self.centre)
            case ShowStandardisations():
                from markterm.tui.standardising.screen import StandardisationsScreen

                await self.app.push_screen(StandardisationsScreen(self.centre))
            case ShowAcross():
                await self._learners.show_across(request)
            case OpenRound():
                await self._learners.open_round(request)
            case LeaveRound():
                await self._learners.leave_round()
            case ShowFeedback():
                await self._show_feedback(request)
            case ShowDifferences(shown, unit_code, open_at):
                from markterm.tui.differences.screen import DifferencesScreen

                await self.app.push_screen(DifferencesScreen(self.centre, shown, unit_code, open_at))
            case TakeRemark(learner, unit, criterion, result, take):
                from markterm.tui.remarks.screen import BankScreen

                bank = BankScreen(self.centre.remarks, self.blindfold, learner, unit, criterion, result)
                await self.app.push_screen(bank, take)
            case ShowExports(shown):
                from markterm.tui.exporting.screen import ExportScreen

                await self.app.push_screen(ExportScreen(self.centre, self.blindfold, shown))
            case ShowKeys(about):
                from markterm.tui.widgets.help_screen import HelpScreen

                await self.app.push_screen(HelpScreen(about))
            case ShowWhole(texts):
                from markterm.tui.widgets.reading import ReadingScreen

                await self.app.push_screen(ReadingScreen("Whole", Content("\n\n").join(texts)))
            case ShowWhySampled():
                await self._samples.show_why(request)
            case _:
                assert_never(request)

    def hear(self, news: News) -> None:
        """Take in at once what a screen tells."""
        match news:
            case Failed(error):
                self.tell(error)
            case LearnerOpened(registration):
                self.caseload.was_opened(registration)
            case OthersKnown(across):
                self.marking.work.take_across(across)
            case BlindChanged():
                self.caseload.draw_anew()
                self.marking.draw()
                if self.is_made("samples"):
                    self.samples.draw_anew()
                if self.sample is not None:
                    self.sample.draw()
                if self.is_made("reports"):
                    self.reports.draw_anew()
                if self.is_made("claims"):
                    self.claims.draw_anew()
            case _:
                assert_never(news)

    async def _show_mappings(self, standard: str) -> None:
        from markterm.tui.standards.mapping import choose_mapping

        try:
            await choose_mapping(self.app, self.centre, standard)
        except MarkTermError as error:
            self.tell(error)

    async def _show_feedback(self, asked: ShowFeedback) -> None:
        from markterm.tui.feedback.screen import FeedbackScreen, drawn_up

        unit, assignment = asked.unit, asked.assignment
        name = assignment.code if assignment is not None and unit.code in assignment.units else unit.code
        try:
            draft = await asyncio.to_thread(drawn_up, self.centre, asked.registration, name)
        except MarkTermError as error:
            self.tell(error)
            return
        await self.app.push_screen(FeedbackScreen(self.centre, draft, unit, asked.record_each))
