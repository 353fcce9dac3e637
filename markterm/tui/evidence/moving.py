"""From criterion to criterion and from pane to pane, on every screen that shows criteria beside the evidence."""

from __future__ import annotations

from typing import ClassVar, Protocol

from textual.screen import Screen

from markterm.tui.command import Command
from markterm.tui.evidence.panes import Panes
from markterm.tui.evidence.widths import ROWS, STEP
from markterm.tui.widgets.line_list import LineList


class WithPanes(Protocol):
    """A screen with criteria and panes, as far as these commands know it."""

    screen: Screen[None]
    panes: Panes

    def moved(self) -> None:
        """The cursor is on another criterion."""


# Criteria and panes


class _Move(Command[WithPanes]):
    """Another criterion."""

    step: ClassVar[int]

    async def run(self, on: WithPanes) -> None:
        """Put the cursor there."""
        with on.screen.prevent(LineList.Moved):
            on.panes.criteria.action_move(self.step)
        on.moved()


class NextCriterion(_Move):
    """The criterion below."""

    id, key, words, step = "criterion.next", "j", "Next criterion", 1


class PreviousCriterion(_Move):
    """The criterion above."""

    id, key, words, step = "criterion.previous", "k", "Previous criterion", -1


class _OtherPane(Command[WithPanes]):
    """Another pane."""

    step: ClassVar[int]

    async def run(self, on: WithPanes) -> None:
        """Give it the keys."""
        on.panes.step(self.step)


class NextPane(_OtherPane):
    """The pane after this one."""

    id, key, words, step = "pane.next", "tab", "Next pane", 1


class PreviousPane(_OtherPane):
    """The pane before this one."""

    id, key, words, step = "pane.previous", "shift+tab", "Previous pane", -1


class _Widen(Command[WithPanes]):
    """The criteria in more columns, or in fewer."""

    step: ClassVar[int]

    async def run(self, on: WithPanes) -> None:
        """Give them to the list, or to the evidence."""
        on.panes.widen(self.step)


class Wider(_Widen):
    """More columns."""

    id, key, step = "pane.wider", "plus", STEP
    words = "The list of criteria wider, with their words"


class Narrower(_Widen):
    """Fewer columns."""

    id, key, words, step = "pane.narrower", "minus", "The list of criteria narrower", -STEP


class _Heighten(Command[WithPanes]):
    """The criterion in more rows above the evidence, or in fewer."""

    step: ClassVar[int]

    def works(self, on: WithPanes) -> bool:
        """Where it stands above the evidence."""
        return on.panes.is_stacked

    async def run(self, on: WithPanes) -> None:
        """Give them to the criterion, or to the evidence."""
        on.panes.heighten(self.step)


class Higher(_Heighten):
    """More rows."""

    id, key, words, step = "pane.higher", "equals_sign", "The criterion higher, above the evidence", ROWS


class Lower(_Heighten):
    """Fewer rows."""

    id, key, words, step = "pane.lower", "underscore", "The criterion lower, above the evidence", -ROWS


class Zoom(Command[WithPanes]):
    """The evidence on the whole screen."""

    id, key, words = "evidence.zoom", "z", "Evidence alone, and back"

    async def run(self, on: WithPanes) -> None:
        """Give it the whole screen, or take it back."""
        on.screen.toggle_class("-zoom")
