"""PDF files by PDFium: the text of each page, what was filled in and noted on it, and which pages are only scans."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped] # the library has no types
import pypdfium2.raw as pdfium  # type: ignore[import-untyped] # the library has no types

from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.readers.draft import Draft, damage_said
from markterm.evidence.readers.escape import escape_inline
from markterm.evidence.readers.pdf_blocks import blocks, levels
from markterm.evidence.readers.pdf_lines import UNNAMED, Line, lines_and_tables
from markterm.evidence.readers.pdf_table import Table, tables

SUFFIXES = frozenset({".pdf"})

MOST_PAGES = 2_000
MOST_CHARACTERS = 4_000_000
"""No page after these is read."""
MOST_ANNOTATIONS = 2_000
"""Of one page."""


@dataclass(frozen=True, slots=True)
class _Page:
    parts: Sequence[Line | Table]
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
            parts = lines_and_tables(text_page, tables(page))
        finally:
            text_page.close()
        return _Page(parts, *_annotations(page, document.formenv))
    finally:
        page.close()


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
    found = levels(part for page in pages for part in page.parts)
    for number, page in enumerate(pages, 1):
        draft.at(f"page {number}")
        for block in blocks(page.parts, found):
            draft.add(block)
        if not page.parts:
            # It needs a line of its own, so that the place of the page is not that of the next.
            draft.add(f"*[page {number} has no text]*")
            draft.notes.append(f"Page {number} has no text: it is a scan, a picture or empty.")
        for name, value in page.fields:
            draft.add(f"- Form field {escape_inline(name)}: {escape_inline(value)}")
        for comment in page.comments:
            draft.add(f"- Comment: {escape_inline(comment)}")
        unnamed = page.text.count(UNNAMED)
        if unnamed:
            draft.notes.append(f"Page {number} has signs that the file gives no letter for: {unnamed}.")
