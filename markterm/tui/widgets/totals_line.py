"""The line below a list: what it comes to, how much of it is shown, and while a filter is typed how that can go on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.widgets import Static

from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line


def first_to_know(caveats: Sequence[str]) -> str:
    """The first of what is to be known, and how much more there is; empty where there is nothing."""
    if not caveats:
        return ""
    more = f" and {counted(len(caveats) - 1, 'more thing')} to know" if len(caveats) > 1 else ""
    return f"! {one_line(caveats[0])}{more}"


class TotalsLine(Static):
    """The same on every screen, between the list and its filter."""

    DEFAULT_CSS = """
    TotalsLine { height: 1; padding: 0 1; color: $quiet; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def say(self, told: Iterable[str]) -> None:
        """Say what of this there is."""
        self.update(Content("   ".join(filter(None, told))), layout=False)
