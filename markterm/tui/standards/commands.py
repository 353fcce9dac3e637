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


class Standards(Command["App[Any]"]):
    """Published standards."""

    id, label = "app.standards", "Standards"
    words = "Published standards, how many units are mapped to each, and what they cover of it"

    async def run(self, on: App[Any]) -> None:
        await ask(on.screen, ShowStandards())


class PortfolioIndex(Command["App[Any]"]):
    """A learner's portfolio by standard."""

    id, label = "app.portfolio-index", "Portfolio by standard"
    words = "What of a standard this learner has evidenced, by what, and what remains"

    def works(self, on: App[Any]) -> bool:
        return bool(_learner_at_hand(on))

    async def run(self, on: App[Any]) -> None:
        if registration := _learner_at_hand(on):
            await ask(on.screen, ShowPortfolioIndex(registration))


class MapUnit(Command["App[Any]"]):
    """A unit mapped to standards."""

    id, label = "app.mapping", "Map a unit to standards"
    words = "What a unit's criteria cover of a standard (NOS), with proposals"

    async def run(self, on: App[Any]) -> None:
        await ask(on.screen, ShowMappings())


class Development(Command["App[Any]"]):
    """Somebody beside a role."""

    id, label = "app.development", "Development"
    words = "Gaps of this learner, or of yourself, beside a role, what they say of themselves, and CPD"

    async def run(self, on: App[Any]) -> None:
        await ask(on.screen, ShowDevelopment(_learner_at_hand(on)))


class Badges(Command["App[Any]"]):
    """Badges for courses of the centre's own."""

    id, label = "app.badges", "Badges"
    words = "Badges of this learner, or of everybody, for courses of the centre's own"

    async def run(self, on: App[Any]) -> None:
        await ask(on.screen, ShowBadges(_learner_at_hand(on)))


class Unit(Command["App[Any]"]):
    """A unit from its paper."""

    id, label = "app.take-in-unit", "Take in a unit"
    words = "The mark sheet of a unit from the awarding organisation's document (Word, PDF, OpenDocument, HTML, text)"

    async def run(self, on: App[Any]) -> None:
        await ask(on.screen, TakeInUnit())


class Qualification(Command["App[Any]"]):
    """A qualification from its specification."""

    id, label = "app.take-in-qualification", "Take in a qualification"
    words = "Units, credits, rules of combination, and what is asked of staff, from its specification"

    async def run(self, on: App[Any]) -> None:
        await ask(on.screen, TakeInQualification())


class Profiles(Command["App[Any]"]):
    """Role profiles."""

    id, label = "app.profiles", "Role profiles"
    words = "What somebody in a role needs of the standards: made, changed, ended"

    async def run(self, on: App[Any]) -> None:
        await ask(on.screen, ShowProfiles())


OF_STANDARDS = (PortfolioIndex, MapUnit, Development, Badges, Profiles, Standards, Unit, Qualification)
"""All of them, in the order of the palette."""


def _learner_at_hand(app: App[Any]) -> str:
    """The registration of the learner who is open, or under the cursor, which each screen says itself; empty where
    there is none."""
    below = (screen for screen in reversed(app.screen_stack) if not isinstance(screen, CommandPalette))
    registration: str = getattr(next(below, None), "learner_at_hand", "")
    return registration
