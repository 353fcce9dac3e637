"""What a screen asks of the app, which knows the other screens, and what it tells it. Nobody else imports the app.

These are no messages of Textual's, which wait in a queue: a key is obeyed to its end, with everything that it asks for,
before the next one is looked at. Whoever types on is obeyed by the screen that the key before has opened.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from textual.content import Content
    from textual.dom import DOMNode
    from textual.screen import Screen

    from markterm.centre.export.shown import OnScreen
    from markterm.centre.learner_portfolio import LearnerPortfolio
    from markterm.centre.recorder import Recorded
    from markterm.domain.assessed.assignment import Assignment
    from markterm.domain.assessed.learner import Learner
    from markterm.domain.assessed.unit import Criterion, Unit
    from markterm.domain.record.event import Result
    from markterm.domain.record.plans import StandingPlan
    from markterm.domain.views.across import Across
    from markterm.domain.words.errors import MarkTermError

    RecordEach = Callable[[Callable[[], Iterable[Recorded]]], Awaitable[None]]
    """Does what is recorded in several entries, and shows it when all are durable. Raises `MarkTermError`."""

# What is asked for


class OpenLearner(NamedTuple):
    """Open that learner for marking, at the unit and criterion `at`; without its number, or without all of it, at what
    waits for whoever acts in that unit, or in the `units` that were looked for, or in all."""

    registration: str
    at: tuple[str, str | None] | None = None
    units: frozenset[str] = frozenset()


class OpenNeighbour(NamedTuple):
    """Open the learner who stands so many lines below that one in the caseload as it is shown."""

    registration: str
    step: int
    at: tuple[str, str] | None = None


class OpenNextWaiting(NamedTuple):
    """Open the learner who comes after that one in the caseload as it is shown and waits for whoever acts with that
    unit."""

    registration: str
    unit_code: str


class LeaveLearner(NamedTuple):
    """Leave the learner who is open, and go back to the list that they were opened from."""


class ShowSamples(NamedTuple):
    """Show the queue, the sampling plan and the actions."""


class OpenSample(NamedTuple):
    """Open that unit of that learner for verifying, at a criterion or the first that waits for an answer."""

    registration: str
    unit_code: str
    criterion: str = ""


class OpenNextSample(NamedTuple):
    """Open what comes after that unit of that learner in the queue, for verifying."""

    registration: str
    unit_code: str


class LeaveSample(NamedTuple):
    """Leave the sample that is open, and go back to the list that it was opened from."""


class ShowReports(NamedTuple):
    """Show the reports."""


class ShowRetention(NamedTuple):
    """Show what is kept of each learner until when."""


class ShowBackups(NamedTuple):
    """Show when the whole centre was backed up last."""


class ShowClaims(NamedTuple):
    """Show what is ready to claim, what blocks the rest, and what became of each claim."""


class ShowAlike(NamedTuple):
    """Show what the work of several learners has in common."""


class ShowVisits(NamedTuple):
    """Show the visits of external quality assurers, and what they ask for."""


class ShowMappings(NamedTuple):
    """Have a unit chosen, and show its criteria beside a standard or suite: that of the code, or one to choose."""

    standard: str = ""


class ShowPortfolioIndex(NamedTuple):
    """Show that learner's portfolio by the standard or the suite of that code, or by the one that it is most about."""

    registration: str
    standard: str = ""


class ShowDevelopment(NamedTuple):
    """Show how that learner develops, or where none is named whoever acts, beside the role, standard or suite of that
    code, or by the first that there is."""

    registration: str = ""
    what: str = ""


class ShowBadges(NamedTuple):
    """Show the badges of that learner, or where none is named those of everybody."""

    registration: str = ""


class ShowProfiles(NamedTuple):
    """Show the role profiles that the centre keeps."""


class ShowStandards(NamedTuple):
    """Show the published standards that the centre has, and what the units cover of them."""


class TakeInUnit(NamedTuple):
    """Take in a unit from its mark sheet or its specification."""


class TakeInQualification(NamedTuple):
    """Take in a qualification from its specification."""


class ShowStandardisations(NamedTuple):
    """Show what members mark alone and agree on."""


class LeaveArea(NamedTuple):
    """Leave the samples, the reports or the claims, and go back to where they were asked for, or to the caseload."""


class ShowAcross(NamedTuple):
    """Show that criterion across learners."""

    unit: Unit
    criterion: Criterion


class OpenRound(NamedTuple):
    """Open that learner at the criterion, and from there those who wait for it, one after the other."""

    unit: Unit
    criterion: Criterion
    across: Across
    registration: str


class LeaveRound(NamedTuple):
    """Go back to where the criterion across learners was asked for."""


class ShowFeedback(NamedTuple):
    """Show the feedback to that learner on the unit, or first on the assignment by whose tasks it is marked."""

    registration: str
    unit: Unit
    assignment: Assignment | None
    record_each: RecordEach


class ShowDifferences(NamedTuple):
    """Show what changed in the evidence of that unit; `open_at` opens a file, by its name and a line from 0."""

    shown: LearnerPortfolio
    unit_code: str
    open_at: Callable[[str, int], None]


class TakeRemark(NamedTuple):
    """Show the bank of remarks on that criterion, about to be decided so, and `take` the text that is chosen."""

    learner: Learner
    unit: Unit
    criterion: Criterion
    result: Result | None
    take: Callable[[str | None], None] | Callable[[str | None], Awaitable[None]]


class ShowWhySampled(NamedTuple):
    """Show why that unit of that learner is in the sampling plan, or is not: in this one, or the last that it is in."""

    registration: str
    unit_code: str
    plan: StandingPlan | None = None


class ShowExports(NamedTuple):
    """Show what can be exported of that."""

    shown: OnScreen


class ShowKeys(NamedTuple):
    """Show the keys that work now on that screen."""

    about: Screen[Any]


class ShowWhole(NamedTuple):
    """Show the whole of what is cut on a screen for want of room."""

    texts: tuple[Content, ...]


Request = (
    OpenLearner
    | OpenNeighbour
    | OpenNextWaiting
    | LeaveLearner
    | ShowSamples
    | OpenSample
    | OpenNextSample
    | LeaveSample
    | ShowReports
    | ShowClaims
    | ShowWhySampled
    | ShowRetention
    | ShowBackups
    | ShowAlike
    | ShowVisits
    | ShowMappings
    | ShowPortfolioIndex
    | ShowDevelopment
    | ShowBadges
    | ShowProfiles
    | ShowStandards
    | TakeInUnit
    | TakeInQualification
    | ShowStandardisations
    | LeaveArea
    | ShowAcross
    | OpenRound
    | LeaveRound
    | ShowFeedback
    | ShowDifferences
    | TakeRemark
    | ShowExports
    | ShowKeys
    | ShowWhole
)

# What is told


class Failed(NamedTuple):
    """Something was refused or went wrong: say what happened and what to do next."""

    error: MarkTermError


class LearnerOpened(NamedTuple):
    """That learner is open for marking: their row of the caseload is looked at first when it is shown again."""

    registration: str


class OthersKnown(NamedTuple):
    """More is known of how a criterion was decided across learners."""

    across: Across


class BlindChanged(NamedTuple):
    """Who is shown by name is different from now on."""


News = Failed | LearnerOpened | OthersKnown | BlindChanged


class Front(Protocol):
    """The app, as far as the screens know it."""

    async def answer(self, request: Request) -> None:
        """Do what a screen asks for; done when this returns."""

    def hear(self, news: News) -> None:
        """Take in at once what a screen tells."""


async def ask(node: DOMNode, request: Request) -> None:
    """Ask the app for it; it is done when this returns."""
    await cast("Front", node.app).answer(request)


def tell(node: DOMNode, news: News) -> None:
    """Tell the app at once."""
    cast("Front", node.app).hear(news)
