"""What can be done in the list of claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from markterm.domain.assessed.member import Role
from markterm.domain.record.bodies.claiming import ClaimStep
from markterm.tui.command import Command
from markterm.tui.requests import LeaveArea, ask
from markterm.tui.widgets.line_list import up_and_down
from markterm.tui.widgets.shown_anew import look_again

if TYPE_CHECKING:
    from markterm.tui.claims.pane import ClaimsPane


class KeepFilter(Command["ClaimsPane"]):
    """Keep the filter and go to the lines."""

    id, key, label, words = "claims.keep-filter", "enter", "keep", "Keep the filter"
    priority = True

    def works(self, on: ClaimsPane) -> bool:
        return on.is_writing

    async def run(self, on: ClaimsPane) -> None:
        await on.keep_filter()


class Open(Command["ClaimsPane"]):
    """All that blocks what is under the cursor, and every step of its claim."""

    id, key, label, words = "claims.open", "enter", "why", "All that blocks it, and every step of its claim"

    async def run(self, on: ClaimsPane) -> None:
        await on.open_claim()


class ShowLearner(Command["ClaimsPane"]):
    """Open the learner's record at the unit."""

    id, key, words = "claims.learner", "o", "Open the learner's record at the unit"

    async def run(self, on: ClaimsPane) -> None:
        await on.open_learner()


class _Step(Command["ClaimsPane"]):
    """A step of a claim, which a coordinator takes."""

    step: ClassVar[ClaimStep]

    def is_offered(self, on: ClaimsPane) -> bool:
        return on.centre.member is not None and Role.COORDINATOR in on.centre.member.roles

    async def run(self, on: ClaimsPane) -> None:
        await on.take_step(self.step)


class Claimed(_Step):
    """It was claimed."""

    id, key, label, words = "claims.claimed", "c", "claimed", "Record that it was claimed, with day and number"
    records = True
    step = ClaimStep.CLAIMED


class Received(_Step):
    """Its certificate was received."""

    id, key, label, words = "claims.received", "r", "received", "Record that its certificate came, with day and number"
    records = True
    step = ClaimStep.RECEIVED


class Sent(_Step):
    """Its certificate was sent to the learner."""

    id, key, label, words = "claims.sent", "s", "sent", "Record that its certificate was sent to the learner"
    records = True
    step = ClaimStep.SENT


class Exempt(_Step):
    """No certificate of it is needed."""

    id, key, label, words = "claims.exempt", "e", "exempt", "Record that no certificate of it is needed, and why"
    records = True
    step = ClaimStep.EXEMPT


class TakeBack(_Step):
    """The last step was no such thing."""

    id, key, words = "claims.take-back", "u", "Take the last step of its claim back, with a reason"
    records = True
    step = ClaimStep.TAKEN_BACK


class Only(Command["ClaimsPane"]):
    """Only some of the list."""

    id, key, label, words = "claims.only", "f", "only", "Only what is ready, blocked, of a qualification, or by a code"

    async def run(self, on: ClaimsPane) -> None:
        await on.choose_only()


class Filter(Command["ClaimsPane"]):
    """Write a filter."""

    id, key, label, words = "claims.filter", "slash", "filter", "Narrow the list"

    def works(self, on: ClaimsPane) -> bool:
        return not on.is_writing

    async def run(self, on: ClaimsPane) -> None:
        on.write_filter()


class Standing(Command["ClaimsPane"]):
    """How the centre stands in each qualification."""

    id, key, label, words = "claims.standing", "t", "status", "How the centre stands in each qualification"

    async def run(self, on: ClaimsPane) -> None:
        await on.tell_standing()


class Clear(Command["ClaimsPane"]):
    """Clear the filter, stop reading, or go back."""

    id, key, words = "claims.clear", "escape", "Clear the filter; stop reading; back"

    async def run(self, on: ClaimsPane) -> None:
        await on.clear()


class Leave(Command["ClaimsPane"]):
    """Back to where one was."""

    id, key, label, words = "claims.leave", "q", "back", "Back to the screen before"

    async def run(self, on: ClaimsPane) -> None:
        await ask(on, LeaveArea())


COMMANDS: tuple[type[Command[Any]], ...] = (
    KeepFilter,
    Open,
    Claimed,
    Received,
    Sent,
    Exempt,
    Only,
    Filter,
    Standing,
    ShowLearner,
    TakeBack,
    *up_and_down("claims", "line"),
    look_again("claims", "Read the records again"),
    Clear,
    Leave,
)
"""In the order in which key bar and help tell of them."""
