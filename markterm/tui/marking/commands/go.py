"""Going: from unit to unit, to a criterion by its number, over the map, and to the next learner with this unit."""

from __future__ import annotations

from typing import ClassVar

from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import Command
from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.marking.go_to import GoToScreen
from markterm.tui.marking.map import MapScreen
from markterm.tui.marking.workplace import Workplace
from markterm.tui.requests import OpenNextWaiting, ask


class _StepUnit(Command[Workplace]):
    """Another unit, or another task where it is marked by task."""

    step: ClassVar[int]

    async def run(self, on: Workplace) -> None:
        """Go to its first open criterion."""
        if on.desk.shown is not None and not on.step_unit(self.step):
            on.notify("There is no other task." if on.assignment is not None else "There is no other unit.")


class NextUnit(_StepUnit):
    """The unit below."""

    id, key, words, step = "unit.next", "right_curly_bracket", "Next unit, or task: its first open criterion", 1


class PreviousUnit(_StepUnit):
    """The unit above."""

    id, key, step = "unit.previous", "left_curly_bracket", -1
    words = "Previous unit, or task: its first open criterion"


class GoTo(Command[Workplace]):
    """A criterion or a unit by its number or code."""

    id, key, label, words = "criterion.go-to", "g", "go to", "Go to a criterion or a unit: 2.1, 501, 501 2.1"

    async def run(self, on: Workplace) -> None:
        """Ask for it."""
        shown = on.desk.shown
        if shown is None:
            return

        async def go(place: CriterionPlace | str | None) -> None:
            if isinstance(place, CriterionPlace):
                on.go_to_place(place)
            elif place is not None:
                on.go_to_unit(place)

        await on.screen.app.push_screen(GoToScreen(shown, on.criteria.criteria_once, on.place), go)


class Map(Command[Workplace]):
    """All criteria of this learner at once, to move in."""

    id, key, label, words = "mark.matrix", "m", "map", "The map: all criteria of this learner, to go to one"

    async def run(self, on: Workplace) -> None:
        """Show it."""
        shown = on.desk.shown
        if shown is None:
            return

        async def go(place: tuple[str, str] | None) -> None:
            if place is not None and not on.go_to(*place):
                on.notify(f"{one_line(' '.join(place))} is in no task of {one_line(_assignment(on))}.")

        name = next(filter(None, on.blindfold.names(shown)), "")
        here = (on.place.unit.code, on.place.criterion.number) if on.place is not None else None
        await on.screen.app.push_screen(MapScreen(shown, name, here), go)


class NextWaiting(Command[Workplace]):
    """The next learner who waits with this unit."""

    id, key, label, words = "learner.next-waiting", "y", "next learner", "The next learner who waits with this unit"

    async def run(self, on: Workplace) -> None:
        """Open them."""
        if on.place is not None and on.desk.registration:
            await ask(on.screen, OpenNextWaiting(on.desk.registration, on.place.unit.code))


def _assignment(at: Workplace) -> str:
    return at.assignment.code if at.assignment is not None else ""
