"""The first line of the caseload: whose centre it is, who is marking, and what they have to do themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from markterm.domain.words.foreign_text import one_line

if TYPE_CHECKING:
    from markterm.domain.record.centre_details import CentreDetails

_LEAST_NAME = 10
"""So many cells of the name of the centre are left."""
_LEAST_SHOWN = 8
"""With less than that it is left out."""


class CaseloadTitle(Static):
    """Who is marking and the most urgent of what they have to do always fit; the rest while there is room."""

    DEFAULT_CSS = "CaseloadTitle { height: 1; background: $panel; padding: 0 1; }"

    def show(
        self, details: CentreDetails, *, who: str, roles: Sequence[str], yours: Sequence[str], is_blind: bool
    ) -> None:
        """Show this; `yours` is what whoever is marking has to do themselves, the most urgent first."""
        room = self.screen.size.width - 2
        line = title_line(details, room, who=who, roles=roles, yours=yours, is_blind=is_blind)
        self.update(line, layout=False)


def title_line(
    details: CentreDetails, room: int, *, who: str, roles: Sequence[str], yours: Sequence[str], is_blind: bool
) -> Content:
    """The line, in so many cells: what has no room is cut with a sign, and that it is blind is cut last."""
    name = Content.assemble(
        Content.styled("MarkTerm  ", "bold $primary"),
        Content.styled(one_line(details.name), "bold"),
        Content.styled(f" {one_line(details.number)}", "$quiet"),
    )
    own = [Content.styled(each, "bold $warning") for each in yours]
    beside = sum(each.cell_length + 2 for each in own[:1]) + min(name.cell_length, _LEAST_SHOWN) + 2
    shown = Content(_who(who, roles, ", blind" if is_blind else "", room - beside)).truncate(room, ellipsis=True)
    # What somebody has to do goes before the name of the centre, which they know.
    while len(own) > 1 and _length((*own, shown)) + min(name.cell_length, _LEAST_NAME) + 2 > room:
        own.pop()
    if own and _length((*own, shown)) > room:
        left = room - shown.cell_length - 2
        own = [own[0].truncate(left, ellipsis=True)] if left > 0 else []
    right = Content("  ").join([*own, shown])
    left = room - right.cell_length - 2
    name = name.truncate(left, ellipsis=True) if left >= min(name.cell_length, _LEAST_SHOWN) else Content("")
    gap = room - name.cell_length - right.cell_length
    return Content.assemble(name, " " * gap, right)


def _who(who: str, roles: Sequence[str], after: str, room: int) -> str:
    """Who it is, with as many of their roles as there is room for; that there are more is shown."""
    said = f"{who} ({', '.join(roles)}){after}" if roles else f"{who}{after}"
    for number in reversed(range(len(roles))):
        if cell_len(said) <= room:
            break
        said = f"{who} ({', '.join((*roles[:number], '…'))}){after}"
    return said


def _length(parts: Sequence[Content]) -> int:
    return max(sum(part.cell_length + 2 for part in parts) - 2, 0)
