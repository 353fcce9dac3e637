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
from markterm.evidence.readers.escape import escape_inline, escape_line_start

SUFFIXES = frozenset({".pdf"})

MOST_PAGES = 2_000
MOST_CHARACTERS = 4_000_000
"""No page after these is read."""
MOST_ANNOTATIONS = 2_000
"""Of one page."""

# PDFium puts this where a line ends in a hyphen, and joins the two lines.
_HYPHEN = 2
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
    lines: Sequence[_Line]
    fields: Sequence[tuple[str, str]]
    comments: Sequence[str]


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
            characters += sum(len(line.text) for line in pages[-1].lines)
    _write(pages, draft)
    if len(pages) < count:
        draft.notes.append(f"Only the first {len(pages):,} of {count:,} pages are shown; open the file outside.")
    return draft.converted(pages=count)


def _page(document: Any, number: int) -> _Page:
    page = document[number]
    try:
        text_page = page.get_textpage()
        try:
            lines = list(_lines(text_page))
        finally:
            text_page.close()
        return _Page(lines, *_annotations(page, document.formenv))
    finally:
        page.close()


def _lines(text_page: Any) -> Iterator[_Line]:
    """The lines that are not empty, in the order of the file."""
    codes: list[int] = []
    begin = 0
    count = text_page.count_chars()
    # One beyond the last ends the last line.
    for place in range(count + 1):
        code = pdfium.FPDFText_GetUnicode(text_page, place) if place < count else ord("\n")
        if code == _HYPHEN:
            codes.append(ord("-"))
        elif code not in (ord("\r"), ord("\n")):
            codes.append(code or ord(_UNNAMED))
            continue
        text = _text(codes)
        if text.strip():
            lead = len(text) - len(text.lstrip())
            _, bottom, _, top = text_page.get_charbox(begin + lead, loose=True)
            right = text_page.get_charbox(begin + len(codes) - 1, loose=True)[2]
            yield _Line(text.strip(), round(top - bottom, 1), bottom, right)
        codes, begin = [], place + 1


def _text(codes: Sequence[int]) -> str:
    """Characters of their numbers; where the system's wide characters have 16 bits, two may be one."""
    return "".join(map(chr, codes)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


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
        for line in page.lines:
            sizes[line.height] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    larger = sorted((size for size in sizes if size > body * _LARGER), reverse=True)
    levels = {size: min(level, 6) for level, size in enumerate(larger, 1)}
    for number, page in enumerate(pages, 1):
        draft.at(f"page {number}")
        for paragraph in _paragraphs(page.lines):
            draft.add(_block(paragraph, levels.get(paragraph[0].height, 0)))
        if not page.lines:
            # It needs a line of its own, so that the place of the page is not that of the next.
            draft.add(f"*[page {number} has no text]*")
            draft.notes.append(f"Page {number} has no text: it is a scan, a picture or empty.")
        for name, value in page.fields:
            draft.add(f"- Form field {escape_inline(name)}: {escape_inline(value)}")
        for comment in page.comments:
            draft.add(f"- Comment: {escape_inline(comment)}")
        unnamed = sum(line.text.count(_UNNAMED) for line in page.lines)
        if unnamed:
            draft.notes.append(f"Page {number} has signs that the file gives no letter for: {unnamed}.")


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
