"""Text of a PDF page that no program shows, and that is read all the same: on layers that are switched off, not drawn
at all, or beside the part of the page that is shown.

PDFium does not say which layers are off. It does not draw them: where text of a layer stands and nothing is drawn, the
layer is off.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped] # the library has no types

from markterm.evidence.readers.pdf.boxes import Box, box_of_object
from markterm.evidence.readers.pdf.lines import Line
from markterm.evidence.readers.pdf.turn import Turn

_LAYER = "OC"
_MOST_OBJECTS = 20_000
_MOST_MARKS = 20
_LONGEST_NAME = 200
_THINNEST = 0.5
"""Points."""
_LONGEST_SIDE = 1_500
"""Pixels that a page is drawn with at most, one for each point where it is not larger."""


def texts_of(page: Any) -> list[Any]:
    """The texts that a page is made of, as PDFium's objects, which last as long as the page is open."""
    count = min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)
    drawn = (pdfium.FPDFPage_GetObject(page, place) for place in range(count))
    return [one for one in drawn if pdfium.FPDFPageObj_GetType(one) == pdfium.FPDF_PAGEOBJ_TEXT]


def hides_text(page: Any, texts: Sequence[Any]) -> bool:
    """Whether one of the `texts` of a page stands on a layer which is switched off."""
    boxes = list(filter(None, map(_box_of, filter(_is_on_layer, texts))))
    if not boxes:
        return False
    scale = min(1.0, _LONGEST_SIDE / max(*page.get_size(), 1.0))
    drawn = page.render(scale=scale, grayscale=True)
    try:
        return any(_is_blank(drawn, _on_picture(page, drawn, box)) for box in boxes)
    finally:
        drawn.close()


def has_undrawn_text(texts: Sequence[Any]) -> bool:
    """Whether one of the texts of a page is not drawn, as scanners put it under their pictures."""
    invisible = pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
    return any(pdfium.FPDFTextObj_GetTextRenderMode(drawn) == invisible and _box_of(drawn) for drawn in texts)


def is_beside(page: Any, line: Line, turn: Turn) -> bool:
    """Whether all of a line is beside what is shown of its page, which is turned so."""
    left, bottom, right, top = turn.box(page.get_bbox())
    above = line.bottom + line.height
    return line.right <= left or line.left >= right or above <= bottom or line.bottom >= top


def _box_of(drawn: Any) -> Box | None:
    """Where a text stands; None where nothing but white space does."""
    box = box_of_object(drawn)
    is_seen = box is not None and box[2] - box[0] > _THINNEST and box[3] - box[1] > _THINNEST
    return box if is_seen else None


def _is_on_layer(drawn: Any) -> bool:
    room, size = (ctypes.c_ushort * _LONGEST_NAME)(), ctypes.c_ulong()
    for place in range(min(max(pdfium.FPDFPageObj_CountMarks(drawn), 0), _MOST_MARKS)):
        mark = pdfium.FPDFPageObj_GetMark(drawn, place)
        pdfium.FPDFPageObjMark_GetName(mark, room, ctypes.sizeof(room), size)
        if "".join(map(chr, room[: len(_LAYER) + 1])) == f"{_LAYER}\0":
            return True
    return False


def _on_picture(page: Any, drawn: Any, box: Box) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of a box of the page on its picture, which is turned and cropped as it is shown."""
    corners = []
    for x, y in (box[:2], box[2:]):
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page, 0, 0, drawn.width, drawn.height, 0, x, y, across, down)
        corners.append((min(max(across.value, 0), drawn.width), min(max(down.value, 0), drawn.height)))
    (x, y), (other_x, other_y) = corners
    return min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)


def _is_blank(drawn: Any, box: tuple[int, int, int, int]) -> bool:
    """Whether all of that part of a picture has one shade; False for one beside it."""
    left, top, right, bottom = box
    if right - left < 2 or bottom - top < 2:
        return False
    rows = (bytes(drawn.buffer[row * drawn.stride + left : row * drawn.stride + right]) for row in range(top, bottom))
    return len({shade for row in rows for shade in row}) == 1
