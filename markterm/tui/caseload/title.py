"""The first line of the caseload: whose centre it is, who is marking, and how many learners are shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from markterm.domain.views.caseload import Order
from markterm.domain.words.foreign_text import one_line

if TYPE_CHECKING:
    from markterm.domain.record.centre_details import CentreDetails
_LEAST_NAME = 10
"""So many cells of the name of the centre are left."""


class CaseloadTitle(Static):
    """Who is marking, how many are shown and the most urgent of what they have to do always fit; the rest while there
    is room."""

    DEFAULT_CSS = "CaseloadTitle { height: 1; background: $panel; padding: 0 1; }"

    def show(
        self,
        details: CentreDetails,
        *,
        who: str,
        yours: Sequence[str],
        is_blind: bool,
        shown: int,
        total: int,
        order: Order,
        filtered: str,
        looked: str,
    ) -> None:
        """Show this; `filtered` is the filter, `looked` how far the folders were looked at;
        `yours` what whoever is marking has to do themselves, the most urgent first."""
        learners = f"learner{'s' if total != 1 else ''}"
        count = f"{total:,} {learners}" if shown == total else f"{shown:,} of {total:,} learners"
        parts = [
            (Content.styled(looked, "$warning"), bool(looked)),
            (Content(f"filter: {filtered}"), bool(filtered)),
            (Content(count), True),
            (Content(f"by {order.value}"), True),
            (Content(f"{who}, blind" if is_blind else who), True),
        ]
        own = [Content.styled(each, "bold $warning") for each in yours]
        name = Content.assemble(
            Content.styled("MarkTerm  ", "bold $primary"),
            Content.styled(one_line(details.name), "bold"),
            Content.styled(f" {one_line(details.number)}", "$quiet"),
        )
        shown_parts = [part for part, wanted in parts if wanted]
        room = self.screen.size.width - 2
        for spare in (3, 1, 0):
            if _length((*own[:1], *shown_parts)) + name.cell_length + 2 <= room:
                break
            dropped = parts[spare][0]
            shown_parts = [part for part in shown_parts if part is not dropped]
        # What somebody has to do goes before the name of the centre, which they know.
        while len(own) > 1 and _length((*own, *shown_parts)) + min(name.cell_length, _LEAST_NAME) + 2 > room:
            own.pop()
        shown_parts = [*own, *shown_parts]
        right = Content("  ").join(shown_parts)
        name = name.truncate(max(room - right.cell_length - 2, 8), ellipsis=True)
        gap = max(room - name.cell_length - right.cell_length, 2)
        self.update(Content.assemble(name, " " * gap, right), layout=False)


def _length(parts: Sequence[Content]) -> int:
    return max(sum(part.cell_length + 2 for part in parts) - 2, 0)
