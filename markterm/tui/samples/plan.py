"""The plan: what is to be verified, by whom until when, and why."""

from __future__ import annotations

from textual.widget import Widget

from markterm.tui.samples.pane import SamplesPane
from markterm.tui.widgets.line_list import LineList


class PlanPane(SamplesPane):
    """The sampling plan, with where each sample stands."""

    NAME = "Plan"

    def lines(self) -> Widget:
        """The samples."""
        return _Lines()

    def look(self) -> None:
        """Nothing is read yet."""
        self.say_nothing("The sampling plan will stand here, with why each sample is in it.")


class _Lines(LineList):
    """None yet."""

    def line_count(self) -> int:
        return 0
