"""Independent second assessments: whoever verifies decides first, and what tells of the decisions comes after a
question until then, wherever it is asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from textual.screen import Screen

from markterm.centre.centre import Centre
from markterm.centre.drafts import DraftKind
from markterm.domain.assessed.member import Role
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.event import Result
from markterm.domain.views.deciding_first import undecided
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.tui.settings import OwnSettings
from markterm.tui.widgets.choice import ChoiceScreen


class DecidingFirst:
    """Whether whoever acts decides first, and has not yet."""

    def __init__(self, centre: Centre, settings: OwnSettings) -> None:
        self._centre = centre
        self._settings = settings

    @property
    def who(self) -> str:
        """The id of the verifier who decides first; empty where nobody does."""
        member = self._centre.member
        is_on = self._settings.now.decide_first and member is not None and Role.VERIFIER in member.roles
        return member.id if is_on and member is not None else ""

    def undecided(self, registration: str, unit_code: str, criterion: str = "") -> bool:
        """Whether they have still to decide that criterion, or anything of the unit. For a thread."""
        who = self.who
        if not who:
            return False
        with suppress(MarkTermError):  # Whoever shows it says what is wrong.
            shown = self._centre.learners.portfolio(registration)
            unit = shown.unit(unit_code)
            own = decided_first(self._centre, registration, unit)
            left = undecided(shown.portfolio.unit(unit.key), who, own)
            return criterion in left if criterion else bool(left)
        return False

    def turn(self) -> bool:
        """Decide first in the samples that are opened next, or see everything; whether it is so from now on."""
        first = not self._settings.now.decide_first
        self._settings.change(replace(self._settings.now, decide_first=first))
        return first

    async def before_it_tells(
        self, screen: Screen[Any], what: str, place: tuple[str, str, str], then: Callable[[], Awaitable[None]]
    ) -> None:
        """Do what tells `what` of the decisions at that learner, unit and criterion (empty for all); after a question
        where they are still to be decided first."""
        if await asyncio.to_thread(self.undecided, *place):
            about = one_line(f"{place[1]} {place[2]}".rstrip())
            await self._ask(screen, f"You decide first, and have not decided {about} yet: {what}.", then)
        else:
            await then()

    async def before_it_tells_of_many(
        self, screen: Screen[Any], what: str, then: Callable[[], Awaitable[None]]
    ) -> None:
        """The same of what tells of many units."""
        if self.who:
            await self._ask(screen, f"You decide first: {what}.", then)
        else:
            await then()

    async def _ask(self, screen: Screen[Any], title: str, then: Callable[[], Awaitable[None]]) -> None:
        async def answered(choice: int | None) -> None:
            if choice == 1:
                await then()

        await screen.app.push_screen(ChoiceScreen(title, ["Leave it hidden", "Show it all the same"]), answered)


def decided_first(centre: Centre, registration: str, unit: Unit) -> dict[tuple[str, str], Result]:
    """What whoever acts decided before they saw it and has not answered to yet, as it is on the disk: by the number of
    the criterion and the uid of the decision."""
    found: dict[tuple[str, str], Result] = {}
    for criterion in unit.criteria:
        uid, _, result = centre.drafts.get(DraftKind.DECIDED_FIRST, registration, unit.key, criterion.number).partition(
            " "
        )
        if result in tuple(Result):
            found[criterion.number, uid] = Result(result)
    return found
