"""How wide and high the panes of a screen with evidence are: as the person set them, as far as the evidence can be
read."""

from __future__ import annotations

MEDIUM, WIDE = 80, 120
"""Columns from which there are two panes beside each other, and three."""
STEP, ROWS = 4, 2
"""Columns, and rows, that a key changes."""
_LEAST, _LEAST_OF_EVIDENCE = 16, 30
_MOST_BY_ITSELF = 48
_LEAST_ROWS, _ROWS_OF_EVIDENCE = 4, 8
"""The second with the lines of the screen above and below the panes."""


def list_width(screen: int, wanted: int, least_of_all: int) -> int:
    """The width of the criteria where `wanted` is what the person set, 0 for nothing. By itself it is `least_of_all`,
    what their signs need, and on a wide screen enough for words too."""
    if not wanted:
        return max(least_of_all, min(screen * 3 // 10, _MOST_BY_ITSELF)) if screen >= WIDE else least_of_all
    return _within(wanted, screen - _LEAST_OF_EVIDENCE)


def criterion_width(screen: int, wanted: int, by_itself: int, beside: int) -> int:
    """The width of the pane of the criterion, where it stands beside the evidence and a list that is `beside` wide."""
    return _within(wanted or by_itself, screen - beside - _LEAST_OF_EVIDENCE)


def criterion_height(screen: int, least_of_all: int, wanted: int = 0) -> int:
    """The rows of the pane of the criterion with its edge, where it stands above the evidence and `wanted` is what the
    person set, 0 for nothing. By itself `least_of_all` is what a criterion with descriptors and two citations takes,
    and half of a low screen is the evidence's."""
    if wanted:
        return max(_LEAST_ROWS, min(wanted, screen - _ROWS_OF_EVIDENCE))
    return min(max(least_of_all, screen * 2 // 5), screen // 2 + 1)


def _within(wanted: int, most: int) -> int:
    return max(_LEAST, min(wanted, most))
