"""The first line of the caseload: whose centre it is, who is marking, and what they have to do themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from markterm.domain.words.foreign_text import one_line

if TYPE_CHECKING:
    from markterm.domain.record.centre_details import CentreDetails
_LEAST_NAME = 10
"""So many cells of the name of the centre are left."""


class CaseloadTitle(Static):
    """Who is marking and the most urgent of what they have to do always fit; the rest while there is room."""

    DEFAULT_CSS = "CaseloadTitle { height: 1; background: $panel; padding: 0 1; }"

    def show(
        self,
        details: CentreDetails,
        *,
        who: str,
        yours: Sequence[str],
        is_blind: bool,
    ) -> None:
        """Show this; `yours` is what whoever is marking has to do themselves, the most urgent first."""
        shown = [Content(f"{who}, blind" if is_blind else who)]
        own = [Content.styled(each, "bold $warning") for each in yours]
        name = Content.assemble(
            Content.styled("MarkTerm  ", "bold $primary"),
            Content.styled(one_line(details.name), "bold"),
            Content.styled(f" {one_line(details.number)}", "$quiet"),
        )
        room = self.screen.size.width - 2
        # What somebody has to do goes before the name of the centre, which they know.
        while len(own) > 1 and _length((*own, *shown)) + min(name.cell_length, _LEAST_NAME) + 2 > room:
            own.pop()
        right = Content("  ").join([*own, *shown])
        name = name.truncate(max(room - right.cell_length - 2, 8), ellipsis=True)
        gap = max(room - name.cell_length - right.cell_length, 2)
        self.update(Content.assemble(name, " " * gap, right), layout=False)


def _length(parts: Sequence[Content]) -> int:
    return max(sum(part.cell_length + 2 for part in parts) - 2, 0)
