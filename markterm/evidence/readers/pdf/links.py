"""Where the links of a PDF page lead: the addresses behind its words, which are shown and never followed."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped] # the library has no types

from markterm.evidence.readers.pdf.boxes import Box, box_of_bounds, box_of_points
from markterm.evidence.readers.pdf.lines import Line, box_of
from markterm.evidence.readers.pdf.table import Table
from markterm.evidence.readers.pdf.turn import Turn

MOST_LINKS = 1_000
"""Of a page."""
_LONGEST_ADDRESS = 4_000
_MOST_STRETCHES = 20
_SCHEME = re.compile(r"^(?:https?://|mailto:)?(?:www\.)?", re.IGNORECASE)


@dataclass(slots=True)
class Link:
    """An address, and where on the page its words stand."""

    address: str
    boxes: list[Box]
    words: list[str] = field(default_factory=list)
    """What stands there, as far as it was found."""

    @property
    def is_told(self) -> bool:
        """Whether its words say the address already."""
        return _bare(self.address) in _bare("".join(self.words))


def links_of(document: Any, page: Any) -> list[Link]:
    """The links that lead out of the file, in its order; those of one address that follow each other are one."""
    links: list[Link] = []
    place, found = ctypes.c_int(0), pdfium.FPDF_LINK()
    for _ in range(MOST_LINKS):
        if not pdfium.FPDFLink_Enumerate(page, place, found):
            break
        address = _address(document, found)
        if address and links and links[-1].address == address:
            links[-1].boxes.extend(_boxes(found))
        elif address:
            links.append(Link(address, _boxes(found)))
    return links


def _address(document: Any, link: Any) -> str:
    action = pdfium.FPDFLink_GetAction(link)
    if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return ""
    size = min(pdfium.FPDFAction_GetURIPath(document, action, None, 0), _LONGEST_ADDRESS)
    room = ctypes.create_string_buffer(size + 1)
    pdfium.FPDFAction_GetURIPath(document, action, room, size)
    return "".join(room.raw[:size].partition(b"\0")[0].decode("utf-8", "replace").split())


def _boxes(link: Any) -> list[Box]:
    boxes = []
    for place in range(min(pdfium.FPDFLink_CountQuadPoints(link), _MOST_STRETCHES)):
        points = pdfium.FS_QUADPOINTSF()
        if pdfium.FPDFLink_GetQuadPoints(link, place, points):
            boxes.append(box_of_points(points))
    bounds = pdfium.FS_RECTF()
    if not boxes and pdfium.FPDFLink_GetAnnotRect(link, bounds):
        boxes.append(box_of_bounds(bounds))
    return boxes


def with_links(text_page: Any, parts: Sequence[Line | Table], links: Sequence[Link], turn: Turn) -> list[Line | Table]:
    """The parts of a page that is turned so, with the addresses behind the last words of each link, unless its words
    say it."""
    linked = list(parts)
    for link in links:
        last: tuple[int, int, int] | None = None
        cells = []
        for box in map(turn.box, link.boxes):
            for number, part in enumerate(linked):
                if isinstance(part, Table):
                    if (written := part.line_at((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)) is not None:
                        cells.append((part, written))
                        link.words.append("".join(map(chr, written.codes)))
                elif (span := _span(text_page, part, box, turn)) is not None:
                    last = (number, *span)
                    link.words.append(_whole_words(part.text, *span))
        if link.is_told:
            continue
        if last is not None:
            number, begin, end = last
            line = linked[number]
            assert isinstance(line, Line)
            linked[number] = replace(line, links=(*line.links, (begin, end, link.address)))
        elif cells:
            table, cell_line = cells[-1]
            table.add_after(cell_line, f" ({link.address})")
    return linked


def _whole_words(text: str, begin: int, end: int) -> str:
    """Those that it is in: the box of a link is often a little small."""
    before, after = text[:begin].split(" ")[-1], text[end:].split(" ")[0]
    return f"{before}{text[begin:end]}{after}"


def _span(text_page: Any, line: Line, box: Box, turn: Turn) -> tuple[int, int] | None:
    """From where to where the letters of a line stand in a box, without white space around them."""
    left, bottom, right, top = box
    if not bottom - line.height < line.bottom < top or line.right < left or len(line.places) != len(line.text):
        return None
    inside = []
    for number, place in enumerate(line.places):
        one = box_of(text_page, place, turn)
        if left <= (one[0] + one[2]) / 2 <= right and bottom <= (one[1] + one[3]) / 2 <= top:
            inside.append(number)
    if not inside:
        return None
    begin, end = inside[0], inside[-1] + 1
    words = line.text[begin:end]
    begin, end = begin + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    return (begin, end) if begin < end and not any(b < end and begin < e for b, e, _ in line.links) else None


def _bare(text: str) -> str:
    """An address as a person writes it."""
    return _SCHEME.sub("", "".join(text.split())).rstrip("/").casefold()
