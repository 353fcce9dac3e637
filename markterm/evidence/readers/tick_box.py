"""Boxes that can be ticked, and bullets that look like one, as every reader shows them."""

from __future__ import annotations

TICKED, NOT_TICKED = "☑", "☐"
TELLING = frozenset("✓✔✗✘☐☑☒")
"""Bullets that say something about what stands behind them."""


def tick_box(is_ticked: bool) -> str:
    """A box with its tick or without."""
    return TICKED if is_ticked else NOT_TICKED
