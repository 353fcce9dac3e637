"""Where something stands on a page of a PDF, as PDFium says it in one of several ways."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped] # the library has no types

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points from the bottom left of the page."""


def box_of_bounds(bounds: Any) -> Box:
    """The box of bounds (FS_RECTF), whichever of their corners comes first in the file."""
    left, right = sorted((bounds.left, bounds.right))
    bottom, top = sorted((bounds.bottom, bounds.top))
    return left, bottom, right, top


def box_of_points(points: Any) -> Box:
    """The box around four points (FS_QUADPOINTSF), which programs write in any order."""
    across = (points.x1, points.x2, points.x3, points.x4)
    down = (points.y1, points.y2, points.y3, points.y4)
    return min(across), min(down), max(across), max(down)


def box_of_object(drawn: Any) -> Box | None:
    """The box of an object of a page; None when it has none."""
    sides = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(drawn, *sides):
        return None
    left, bottom, right, top = (side.value for side in sides)
    return left, bottom, right, top
