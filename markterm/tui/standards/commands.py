"""What the palette has about standards on every screen: it is loaded at the start, and loads nothing itself."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.command import CommandPalette

from markterm.tui.command import Command
from markterm.tui.requests import (
    ShowBadges,
    ShowDevelopment,
    ShowMappings,
    ShowPortfolioIndex,
    ShowProfiles,
    ShowStandards,
    TakeInQualification,
    TakeInUnit,
    ask,
)
from markterm.tui.widgets.opens import opens


class PortfolioIndex(Command["App[Any]"]):
    """A learner's portfolio by standard."""

    id, label = "app.portfolio-index", "Portfolio by standard"
    words = "What of a standard this learner has evidenced, by what, and what remains"

    def works(self, on: App[Any]) -> bool:
        return bool(_learner_at_hand(on))

    async def run(self, on: App[Any]) -> None:
        if registration := _learner_at_hand(on):
            await ask(on.screen, ShowPortfolioIndex(registration))


OF_STANDARDS = (
    PortfolioIndex,
    opens(
        "mapping",
        "Map a unit to standards",
        "What a unit's criteria cover of a standard (NOS), with proposals",
        lambda _: ShowMappings(),
    ),
    opens(
        "development",
        "Development",
        "Gaps of this learner, or of yourself, beside a role, what they say of themselves, and CPD",
        lambda on: ShowDevelopment(_learner_at_hand(on)),
    ),
    opens(
        "badges",
        "Badges",
        "Badges of this learner, or of everybody, for courses of the centre's own",
        lambda on: ShowBadges(_learner_at_hand(on)),
    ),
    opens(
        "profiles",
        "Role profiles",
        "What somebody in a role needs of the standards: made, changed, ended",
        lambda _: ShowProfiles(),
    ),
    opens(
        "standards",
        "Standards",
        "Published standards, how many units are mapped to each, and what they cover of it",
        lambda _: ShowStandards(),
    ),
    opens(
        "take-in-unit",
        "Take in a unit",
        "The mark sheet of a unit from the awarding organisation's document (Word, PDF, OpenDocument, HTML, text)",
        lambda _: TakeInUnit(),
        records=True,
    ),
    opens(
        "take-in-qualification",
        "Take in a qualification",
        "Units, credits, rules of combination, and what is asked of staff, from its specification",
        lambda _: TakeInQualification(),
        records=True,
    ),
)
"""All of them, in the order of the palette."""


def _learner_at_hand(app: App[Any]) -> str:
    """The registration of the learner who is open, or under the cursor, which each screen says itself; empty where
    there is none."""
    below = (screen for screen in reversed(app.screen_stack) if not isinstance(screen, CommandPalette))
    registration: str = getattr(next(below, None), "learner_at_hand", "")
    return registration
