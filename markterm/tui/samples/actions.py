"""The actions: what verifiers want done, and whether it is."""

from __future__ import annotations

from textual.widget import Widget

from markterm.tui.samples.pane import SamplesPane
from markterm.tui.widgets.line_list import LineList


class ActionsPane(SamplesPane):
    """The actions of the centre, with where each stands."""

    NAME = "Actions"

    def lines(self) -> Widget:
        """The actions."""
        return _Lines()

    def look(self) -> None:
        """Nothing is read yet."""
        self.say_nothing("The actions of the centre will stand here, whose they are and until when.")


class _Lines(LineList):
    """None yet."""

    def line_count(self) -> int:
        return 0
