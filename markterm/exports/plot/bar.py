"""A bar in the characters of a terminal."""

from __future__ import annotations

_EIGHTHS = " ▏▎▍▌▋▊▉"


def bar(share: float, room: int) -> str:
    """A bar of that share of so many cells, to an eighth of one; what is more than nothing is seen."""
    eighths = round(max(0.0, min(1.0, share)) * room * 8)
    if share > 0:
        eighths = max(1, eighths)
    return ("█" * (eighths // 8) + _EIGHTHS[eighths % 8]).rstrip()
