"""Pages of a PDF that are pictures: scans, photographs, and pages that a program printed as one picture."""

from __future__ import annotations

from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped] # the library has no types

from markterm.evidence.readers.pdf.boxes import box_of_object

LITTLE = 200
"""Characters: a page that has more of them has a text of its own, whatever else is on it."""
_MOST_OBJECTS = 2_000
_MOST_INSIDE = 50
_DEEPEST = 3
_MOST_OF_A_PAGE = 0.5


def is_mostly_picture(page: Any) -> bool:
    """Whether pictures take more than half of a page. Strips of one picture count together."""
    width, height = page.get_size()
    count = min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)
    drawn = (pdfium.FPDFPage_GetObject(page, place) for place in range(count))
    covered = sum(_area(one, width, height) for one in drawn if _is_picture(one))
    return bool(covered > _MOST_OF_A_PAGE * width * height)


def _is_picture(drawn: Any, depth: int = 0) -> bool:
    """Whether it is a picture, or a group with one in it, whose own bounds count."""
    kind = pdfium.FPDFPageObj_GetType(drawn)
    if kind != pdfium.FPDF_PAGEOBJ_FORM or depth == _DEEPEST:
        return bool(kind == pdfium.FPDF_PAGEOBJ_IMAGE)
    inside = min(pdfium.FPDFFormObj_CountObjects(drawn), _MOST_INSIDE)
    return any(_is_picture(pdfium.FPDFFormObj_GetObject(drawn, place), depth + 1) for place in range(inside))


def _area(picture: Any, width: float, height: float) -> float:
    box = box_of_object(picture)
    if box is None:
        return 0.0
    left, bottom, right, top = box
    return min(max(right - left, 0.0), width) * min(max(top - bottom, 0.0), height)
