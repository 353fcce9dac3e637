"""PDF files by PDFium: the text of each page, what was filled in and noted on it, and which pages are only scans."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import pypdfium2  # type: ignore[import-untyped] # the library has no types
import pypdfium2.raw as pdfium  # type: ignore[import-untyped] # the library has no types

from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.readers.draft import Draft, damage_said
from markterm.evidence.readers.escape import escape_inline, escape_line_start, table
from markterm.evidence.readers.pdf_table import Table, tables, text_of

SUFFIXES = frozenset({".pdf"})

MOST_PAGES = 2_000
MOST_CHARACTERS = 4_000_000
"""No page after these is read."""
MOST_ANNOTATIONS = 2_000
"""Of one page."""

# PDFium puts this where a line ends in a hyphen, and joins the two lines.
_HYPHEN = 2
_ENDS = frozenset({_HYPHEN, ord("\r"), ord("\n")})
_WHITE = _ENDS | {ord(" ")}
_UNNAMED = "\ufffd"
_BULLET = re.compile(r"[•◦▪■●○–\uf0a7\uf0b7][ \t]+")
_NUMBER = re.compile(r"\d{1,3}[.)][ \t]")
# How much larger than the body a heading is, and how much wider than usual the gap before a paragraph.
_LARGER = 1.15
_WIDER = 1.2
_GAP = 1.3
_LONGEST_HEADING = 200


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page; measures are in points, from the bottom left."""

    text: str
    height: float
    bottom: float
    right: float


@dataclass(frozen=True, slots=True)
class _Page:
    parts: Sequence[_Line | Table]
    """Lines and tables in the order of the file."""
    fields: Sequence[tuple[str, str]]
    comments: Sequence[str]

    @property
    def text(self) -> str:
        """Everything that is printed on it."""
        return "\n".join(part.text for part in self.parts)


def read(path: Path) -> Converted:
    """The pages of `path`. Raises NotReadable when it is encrypted or not a PDF."""
    with damage_said("a PDF"):
        try:
            document = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError as error:
            if error.err_code == pdfium.FPDF_ERR_PASSWORD:
                reason = "The PDF is encrypted: it opens only with a password."
            elif error.err_code == pdfium.FPDF_ERR_SECURITY:
                reason = "The PDF is encrypted in a way that cannot be read here."
            else:
                raise
            raise NotReadable(reason) from error
        with document:
            document.init_forms()
            return _converted(document)


def _converted(document: Any) -> Converted:
    draft = Draft()
    count = len(document)
    pages: list[_Page] = []
    characters = 0
    for number in range(min(count, MOST_PAGES)):
        if characters > MOST_CHARACTERS:
            break
        try:
            pages.append(_page(document, number))
        except pypdfium2.PdfiumError:
            pages.append(_Page((), (), ()))
            draft.notes.append(f"Page {number + 1} is damaged and cannot be read.")
        else:
            characters += len(pages[-1].text)
    _write(pages, draft)
    if len(pages) < count:
        draft.notes.append(f"Only the first {len(pages):,} of {count:,} pages are shown; open the file outside.")
    return draft.converted(pages=count)


def _page(document: Any, number: int) -> _Page:
    page = document[number]
    try:
        text_page = page.get_textpage()
        try:
            parts = _parts(text_page, tables(page))
        finally:
            text_page.close()
        return _Page(parts, *_annotations(page, document.formenv))
    finally:
        page.close()


def _parts(text_page: Any, grids: Sequence[Table]) -> list[_Line | Table]:
    """What is printed on a page, each table where its first character stands."""
    while True:
        parts = list(_in_order(text_page, grids))
        kept = [grid for grid in grids if grid.reads_well]
        if len(kept) == len(grids):
            return parts
        grids = [grid.empty() for grid in kept]


def _in_order(text_page: Any, grids: Sequence[Table]) -> Iterator[_Line | Table]:
    """The lines that are not empty, and the tables, in the order of the file."""
    codes: list[int] = []
    places: list[int] = []
    begun: list[Table] = []
    cell: list[int] | None = None
    count = text_page.count_chars()
    # One beyond the last ends the last line.
    for place in range(count + 1):
        code = pdfium.FPDFText_GetUnicode(text_page, place) if place < count else ord("\n")
        if grids and code not in _WHITE:
            grid, found = _cell(text_page, place, grids)
            if grid is not None and grid not in begun:
                begun.append(grid)
                yield grid
            if found is not cell:
                (codes if found is None else found).append(ord(" "))
                places.extend([place] * (found is None))
            cell = found
        shown = ord("-") if code == _HYPHEN else code or ord(_UNNAMED)
        if cell is not None:
            cell.append(shown)
        elif code not in _ENDS or code == _HYPHEN:
            codes.append(shown)
            places.append(place)
        if code not in _ENDS:
            continue
        text = text_of(codes)
        if text.strip():
            lead = len(text) - len(text.lstrip())
            # Bullets and numbers are often of another font, with letters of another height.
            mark = _BULLET.match(text, lead) or _NUMBER.match(text, lead)
            lead = mark.end() if mark is not None and mark.end() < len(codes) else lead
            _, bottom, _, top = text_page.get_charbox(places[lead], loose=True)
            right = text_page.get_charbox(places[-1], loose=True)[2]
            yield _Line(text.strip(), round(top - bottom, 1), bottom, right)
        codes, places = [], []


def _cell(text_page: Any, place: int, grids: Sequence[Table]) -> tuple[Table | None, list[int] | None]:
    """The table and the cell in which a character stands, if it stands in any."""
    left, bottom, right, top = text_page.get_charbox(place, loose=True)
    for grid in grids:
        cell = grid.cell((left + right) / 2, (bottom + top) / 2)
        if cell is not None:
            grid.heights[round(top - bottom, 1)] += 1
            return grid, cell
    return None, None


def _annotations(page: Any, form: Any) -> tuple[list[tuple[str, str]], list[str]]:
    """What was filled into the form on a page, and what was noted on the page."""
    fields: list[tuple[str, str]] = []
    comments: list[str] = []
    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page), MOST_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if kind == pdfium.FPDF_ANNOT_WIDGET and form:
            fields.append(_field(annotation, form))
        elif kind != pdfium.FPDF_ANNOT_POPUP:
            comments.append(_wide(lambda *room, it=annotation: pdfium.FPDFAnnot_GetStringValue(it, b"Contents", *room)))
        pdfium.FPDFPage_CloseAnnot(annotation)
    return [field for field in fields if any(field)], [comment for comment in comments if comment]


def _field(annotation: Any, form: Any) -> tuple[str, str]:
    """Name and value of a field of a form; a box that can be ticked says whether it is."""
    name = _wide(lambda *room: pdfium.FPDFAnnot_GetFormFieldName(form, annotation, *room))
    if pdfium.FPDFAnnot_GetFormFieldType(form, annotation) in (
        pdfium.FPDF_FORMFIELD_CHECKBOX,
        pdfium.FPDF_FORMFIELD_RADIOBUTTON,
    ):
        return name, "ticked" if pdfium.FPDFAnnot_IsChecked(form, annotation) else "not ticked"
    return name, _wide(lambda *room: pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, *room))


def _wide(ask: Callable[..., int]) -> str:
    """A text of PDFium, which says its size in bytes first; it ends in a null character."""
    size = ask(None, 0)
    room = ctypes.create_string_buffer(size + 2)
    ask(ctypes.cast(room, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return " ".join(room.raw[:size].decode("utf-16-le", "replace").rstrip("\0").split())


def _write(pages: Sequence[_Page], draft: Draft) -> None:
    sizes: Counter[float] = Counter()
    for page in pages:
        for part in page.parts:
            sizes.update(part.heights if isinstance(part, Table) else {part.height: len(part.text)})
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    larger = sorted((size for size in sizes if size > body * _LARGER), reverse=True)
    levels = {size: min(level, 6) for level, size in enumerate(larger, 1)}
    for number, page in enumerate(pages, 1):
        draft.at(f"page {number}")
        for joined in _joined(page.parts):
            if isinstance(joined, Table):
                rows = joined.rows
                draft.add(table(rows, header=len(rows) > 1 and all(rows[0])))
            else:
                draft.add(_block(joined, levels.get(joined[0].height, 0)))
        if not page.parts:
            # It needs a line of its own, so that the place of the page is not that of the next.
            draft.add(f"*[page {number} has no text]*")
            draft.notes.append(f"Page {number} has no text: it is a scan, a picture or empty.")
        for name, value in page.fields:
            draft.add(f"- Form field {escape_inline(name)}: {escape_inline(value)}")
        for comment in page.comments:
            draft.add(f"- Comment: {escape_inline(comment)}")
        unnamed = page.text.count(_UNNAMED)
        if unnamed:
            draft.notes.append(f"Page {number} has signs that the file gives no letter for: {unnamed}.")


def _joined(parts: Sequence[_Line | Table]) -> Iterator[list[_Line] | Table]:
    """Lines as paragraphs, and the tables between them."""
    lines: list[_Line] = []
    for part in parts:
        if isinstance(part, Table):
            yield from _paragraphs(lines)
            yield part
            lines = []
        else:
            lines.append(part)
    yield from _paragraphs(lines)


def _paragraphs(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Lines that belong together, as far as size, gap and width tell."""
    if not lines:
        return
    gaps = [(one.bottom - two.bottom) / one.height for one, two in pairwise(lines) if _goes_on(one, two)]
    widest = max(_GAP, median(gaps) * _WIDER) if gaps else _GAP
    right = max(line.right for line in lines)
    paragraph = [lines[0]]
    for one, two in pairwise(lines):
        is_item = _BULLET.match(two.text) or _NUMBER.match(two.text)
        is_apart = not _goes_on(one, two) or (one.bottom - two.bottom) / one.height > widest
        if is_item or is_apart or (one.right < right * 0.8 and two.text[0].isupper()):
            yield paragraph
            paragraph = []
        paragraph.append(two)
    yield paragraph


def _goes_on(one: _Line, two: _Line) -> bool:
    """Whether `two` stands below `one` in letters of the same size."""
    return two.bottom < one.bottom and one.height > 0 and abs(two.height / one.height - 1) < 0.1


def _block(lines: Sequence[_Line], level: int) -> str:
    """A heading in one line, or the lines as they are, so that a citation can name them."""
    texts = [escape_inline(line.text) for line in lines]
    if level and sum(map(len, texts)) <= _LONGEST_HEADING:
        return "#" * level + " " + " ".join(texts)
    if bullet := _BULLET.match(lines[0].text):
        first = f"- {escape_line_start(escape_inline(lines[0].text[bullet.end() :]))}"
        indent = "  "
    elif number := _NUMBER.match(lines[0].text):
        # Markdown's numbers and the learner's are written alike; the list shows the learner's.
        mark = number.group().rstrip()
        first = f"{mark} {escape_line_start(escape_inline(lines[0].text[number.end() :]))}"
        indent = " " * (len(mark) + 1)
    else:
        first, indent = escape_line_start(texts[0]), ""
    return "\n".join([first, *(indent + escape_line_start(text) for text in texts[1:])])
