"""Which way the words of a PDF page run: many a page in landscape is one in portrait that was turned, words and all.

What stands beside what, and what above it, is only known of a page whose words run from left to right.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import pi
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped] # the library has no types

from markterm.evidence.readers.pdf.boxes import Box

_SAMPLES = 200
"""Letters that are asked which way they run."""


@dataclass(frozen=True, slots=True)
class Turn:
    """How a page is turned so that its words run from left to right."""

    quarters: int = 0
    """0 for words that run to the right already, 1 for downwards, 2 for to the left, 3 for upwards."""
    width: float = 0.0
    height: float = 0.0
    """Of the page before it is turned."""

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the page is then."""
        match self.quarters:
            case 1:
                return self.height - y, x
            case 2:
                return self.width - x, self.height - y
            case 3:
                return y, self.width - x
        return x, y

    def box(self, box: Box) -> Box:
        """Where a box of the page is then."""
        if not self.quarters:
            return box
        (x, y), (other_x, other_y) = self.point(box[0], box[1]), self.point(box[2], box[3])
        return min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)


UPRIGHT = Turn()


def turn_of(page: Any, text_page: Any) -> Turn:
    """How the page is turned for most of its words; not at all where they run in several ways."""
    count = text_page.count_chars()
    found: Counter[int] = Counter()
    for place in range(0, count, max(1, count // _SAMPLES)):
        if not chr(min(pdfium.FPDFText_GetUnicode(text_page, place), 0x10FFFF)).isspace():
            found[round(pdfium.FPDFText_GetCharAngle(text_page, place) / (pi / 2)) % 4] += 1
    quarters, times = found.most_common(1)[0] if found else (0, 0)
    if not quarters or 2 * times <= found.total():
        return UPRIGHT
    _, _, width, height = page.get_mediabox()
    return Turn(quarters, width, height)
