"""The line below a list: what it comes to, how much of it is shown, and while a filter is typed how that can go on."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widgets import Static


class TotalsLine(Static):
    """The same on every screen, between the list and its filter."""

    DEFAULT_CSS = """
    TotalsLine { height: 1; padding: 0 1; color: $quiet; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def say(self, told: Iterable[str]) -> None:
        """Say what of this there is."""
        self.update(Content("   ".join(filter(None, told))), layout=False)
