"""How much is covered, as a bar in the characters of a terminal that is read without colours."""

from __future__ import annotations

from markterm.domain.standards.coverage import Share


def share_bar(share: Share, room: int) -> str:
    """So many cells: `█` for what is covered fully, `▒` in part, `░` not at all. What there is of any of them has a
    cell, and what there is none of has none, as far as there are as many cells."""
    if not share.of or room <= 0:
        return ""
    counts = (share.fully, share.partly, share.uncovered)
    cells = [max(count * room // share.of, 1 if count else 0) for count in counts]
    while sum(cells) > room:
        cells[cells.index(max(cells))] -= 1
    while sum(cells) < room:
        cells[max(range(len(counts)), key=lambda at: counts[at] * room - cells[at] * share.of)] += 1
    return "".join(sign * count for sign, count in zip("█▒░", cells, strict=True))
