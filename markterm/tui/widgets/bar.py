"""The bar at the right of what is higher than there is room for: which rows it covers, and what it is dragged to."""

from __future__ import annotations

BAR = "▐"


def is_bar(y: int, top: int, height: int, count: int) -> bool:
    """Whether the bar covers the row `y` of `height`, when of `count` lines the line `top` is the first in sight."""
    if count <= height:
        return False
    length = _length(height, count)
    start = round((height - length) * top / (count - height))
    return start <= y < start + length


def top_of_bar(y: int, height: int, count: int) -> int:
    """The line that is the first in sight when the bar is held at the row `y`, by its middle."""
    room = height - _length(height, count)
    if count <= height or room <= 0:
        return 0
    start = min(max(y - _length(height, count) // 2, 0), room)
    return round(start * (count - height) / room)


def _length(height: int, count: int) -> int:
    return max(1, height * height // max(count, 1))
