"""The queue: what waits for the verifier."""

from __future__ import annotations

from textual.widget import Widget

from markterm.tui.samples.pane import SamplesPane
from markterm.tui.widgets.line_list import LineList


class QueuePane(SamplesPane):
    """What waits for the verifier, by the day by which it is due."""

    NAME = "Queue"

    def lines(self) -> Widget:
        """The samples."""
        return _Lines()

    def look(self) -> None:
        """Nothing is read yet."""
        self.say_nothing("What waits for you will stand here, by the day by which it is due.")


class _Lines(LineList):
    """None yet."""

    def line_count(self) -> int:
        return 0
