"""The words in the pictures that fields, stamps and typed texts have on a page of a PDF.

They are no part of the page until it is flattened: then they are printed on it, after everything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped] # the library has no types

from markterm.evidence.readers.pdf.boxes import Box
from markterm.evidence.readers.pdf.lines import HYPHEN, WHITE, codes_of
from markterm.evidence.readers.pdf.table import text_of

_MOST_BOXES = 2_000
_SIDE = 32
"""Points: boxes are looked for by the square of the page that a character stands in."""
_EDGE = 2.0


def words_shown(document: Any, number: int, page: Any, printed: int, boxes: Sequence[Box]) -> list[str]:
    """What the pictures in those boxes of page `number` say; `printed` is how many characters the page itself has.

    `page` is flattened and closed: nobody may use it afterwards. The file is not changed.
    """
    flat = pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS
    page.close()
    texts: list[list[int]] = [[] for _ in boxes]
    if not flat:
        return [""] * len(boxes)
    again = document[number]
    try:
        text_page = again.get_textpage()
        try:
            _gather(text_page, printed, boxes[:_MOST_BOXES], texts)
        finally:
            text_page.close()
    finally:
        again.close()
    return [" ".join(text_of(codes).split()) for codes in texts]


def _gather(text_page: Any, printed: int, boxes: Sequence[Box], texts: Sequence[list[int]]) -> None:
    squares: dict[tuple[int, int], list[int]] = {}
    for place in sorted(range(len(boxes)), key=lambda place: _area(boxes[place])):
        left, bottom, right, top = (int(side) // _SIDE for side in boxes[place])
        for across in range(left, min(right, left + _SIDE) + 1):
            for down in range(bottom, min(top, bottom + _SIDE) + 1):
                squares.setdefault((across, down), []).append(place)
    last: list[int] = []
    for place, code in enumerate(codes_of(text_page)):
        if place < printed:
            continue
        if code in WHITE:
            last.append(ord(" "))
            continue
        left, bottom, right, top = text_page.get_charbox(place, loose=True)
        x, y = (left + right) / 2, (bottom + top) / 2
        held = (box for box in squares.get((int(x) // _SIDE, int(y) // _SIDE), ()) if _holds(boxes[box], x, y))
        last = texts[box] if (box := next(held, None)) is not None else []
        last.append(ord("-") if code == HYPHEN else code)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] - _EDGE <= x <= box[2] + _EDGE and box[1] - _EDGE <= y <= box[3] + _EDGE
