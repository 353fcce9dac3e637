"""Area 4, reports: figures over all learners, one report at a time, and what lies behind each."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen

from markterm.centre.centre import Centre
from markterm.centre.export.shown import OnScreen, Place
from markterm.domain.assessed.member import Role
from markterm.tui.blindfold import Blindfold
from markterm.tui.command import Command, WithCommands, bindings
from markterm.tui.reports.figures import Figures
from markterm.tui.requests import ShowClaims, ShowRetention, ShowStandards, ShowVisits, ask
from markterm.tui.widgets.key_bar import KeyBar
from markterm.tui.widgets.line_list import up_and_down
from markterm.tui.widgets.notice_line import NoticeRow
from markterm.tui.widgets.shown_anew import look_again


class Behind(Command[Figures]):
    """From a row to what it counts, and from there to the learner."""

    id, key, label, words = "reports.behind", "enter", "open", "What a row counts; there, the learner at the criterion"

    async def run(self, on: Figures) -> None:
        await on.go_into()


class NextReport(Command[Figures]):
    """The report to the right."""

    id, key, label, words = "reports.next", "tab", "next", "The next report"

    async def run(self, on: Figures) -> None:
        on.turn(1)


class ReportBefore(Command[Figures]):
    """The report to the left."""

    id, key, words = "reports.previous", "shift+tab", "The report before"

    async def run(self, on: Figures) -> None:
        on.turn(-1)


class By(Command[Figures]):
    """What the rows are."""

    id, key, words = "reports.by", "b", "By what the rows are: assessor, unit, month and more"

    async def run(self, on: Figures) -> None:
        await on.choose_by()


class OfUnit(Command[Figures]):
    """Only of one unit."""

    id, key, words = "reports.unit", "u", "Only of one unit, or of every one"

    async def run(self, on: Figures) -> None:
        await on.choose_unit()


class OfAssessor(Command[Figures]):
    """Only of one assessor."""

    id, key, words = "reports.assessor", "a", "Only of one assessor, or of every one"

    async def run(self, on: Figures) -> None:
        await on.choose_member(Role.ASSESSOR)


class OfVerifier(Command[Figures]):
    """Only of one verifier."""

    id, key, words = "reports.verifier", "v", "Only of one verifier, or of every one"

    async def run(self, on: Figures) -> None:
        await on.choose_member(Role.VERIFIER)


class OfDays(Command[Figures]):
    """Only of some days."""

    id, key, words = "reports.days", "d", "Only of some days: the last weeks, the college year, those of a plan"

    async def run(self, on: Figures) -> None:
        await on.choose_days()


class Only(Command[Figures]):
    """Only some of what lies behind a row."""

    id, key, label, words = "reports.only", "o", "only", "Only some of what lies behind a row: what was referred, say"

    def works(self, on: Figures) -> bool:
        return on.is_behind

    async def run(self, on: Figures) -> None:
        await on.choose_kind()


class Everything(Command[Figures]):
    """Everything again."""

    id, key, label, words = "reports.everything", "c", "everything", "Every unit, assessor, verifier and day again"

    def works(self, on: Figures) -> bool:
        return on.is_narrowed

    async def run(self, on: Figures) -> None:
        on.show_everything()


class Plot(Command[Figures]):
    """The bars instead of the other figures."""

    id, key, label, words = "reports.plot", "p", "plot", "Bars instead of the other figures, or the figures again"

    def works(self, on: Figures) -> bool:
        return on.can_be_plotted

    async def run(self, on: Figures) -> None:
        on.turn_plot()


class Counted(Command[Figures]):
    """How it is counted."""

    id, key, label, words = "reports.counted", "n", "how counted", "How it is counted, and what could not be"

    async def run(self, on: Figures) -> None:
        await on.tell_how_counted()


class ToRetention(Command[Figures]):
    """What is kept of each learner until when."""

    id, key, label = "reports.retention", "R", "retention"
    words = "Retention: what is kept of each learner until when, and what may go"

    async def run(self, on: Figures) -> None:
        await ask(on, ShowRetention())


class Claims(Command[Figures]):
    """The claims."""

    id, key, label, words = "reports.claims", "C", "claims", "What is ready to claim, and what blocks the rest"

    async def run(self, on: Figures) -> None:
        await ask(on, ShowClaims())


class ToVisits(Command[Figures]):
    """What external quality assurers said."""

    id, key, label = "reports.visits", "V", "visits"
    words = "Visits of external quality assurers, and what they ask for"

    async def run(self, on: Figures) -> None:
        await ask(on, ShowVisits())


class ToStandards(Command[Figures]):
    """Published standards and what the units cover of them."""

    id, key, label = "reports.standards", "N", "standards"
    words = "Published standards (NOS), and what the units cover of them"

    async def run(self, on: Figures) -> None:
        await ask(on, ShowStandards())


class Stop(Command[Figures]):
    """Read no further."""

    id, key, label, words = "reports.stop", "escape", "stop", "Stop reading the records; what was read before stays"

    def works(self, on: Figures) -> bool:
        return on.is_looking

    async def run(self, on: Figures) -> None:
        on.stop()


class Leave(Command[Figures]):
    """Back to the report, or to the caseload."""

    id, key, label, words = "reports.leave", "q,escape", "back", "Back to the report, or to the caseload"

    async def run(self, on: Figures) -> None:
        await on.leave()


class ReportsScreen(WithCommands, Screen[None]):
    """The figures, and the keys of everything that can be done with them."""

    TITLE = "Reports"
    HELP = (
        "What the decisions and verifications of the centre come to, and what is to be done. {reports.next} and "
        "{reports.previous} go from one report to the next.\n"
        "{reports.by} chooses what the rows are; {reports.unit}, {reports.assessor}, {reports.verifier} and "
        "{reports.days} narrow them, {reports.everything} shows everything again. {reports.behind} lists what a row "
        "counts, and there opens the learner at the criterion, from where {marking.leave} comes back; {reports.only} "
        "narrows that list.\n"
        "The bars show one figure of each row beside the table, where there is room for both; {reports.plot} shows "
        "them instead of the other figures. {reports.counted} tells how it is counted. {reports.stop} stops reading "
        "the records: what was read before stays.\n"
        "{reports.retention} shows what is kept of each learner until when, {reports.visits} the visits of external "
        "quality assurers, {reports.claims} what is ready to claim, and what blocks the rest, {reports.standards} "
        "the published standards and what the units cover of them."
    )
    DEFAULT_CSS = "ReportsScreen { background: $background; color: $foreground; }"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (36, "-high")]  # noqa: RUF012  # as Textual declares it
    DOES = (
        Behind,
        NextReport,
        ReportBefore,
        By,
        OfUnit,
        OfAssessor,
        OfVerifier,
        OfDays,
        Only,
        Everything,
        Plot,
        ToStandards,
        Claims,
        ToVisits,
        ToRetention,
        Counted,
        *up_and_down("reports", "line"),
        look_again("reports", "Read the records again", anew=False),
        Stop,
        Leave,
    )
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre, blindfold: Blindfold) -> None:
        super().__init__()
        self.figures = Figures(centre, blindfold)

    @property
    def acts_on(self) -> Figures:
        """What the commands act on."""
        return self.figures

    @property
    def to_export(self) -> OnScreen:
        """What there is of everybody."""
        return OnScreen(Place.REPORTS)

    def compose(self) -> ComposeResult:
        """The figures and the keys."""
        yield self.figures
        yield NoticeRow()
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """Something was done since."""
        self.figures.resume()

    def draw_anew(self) -> None:
        """Show the same learners by name, or without."""
        self.figures.draw_anew()
