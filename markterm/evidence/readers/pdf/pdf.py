"""PDF files by PDFium: the text of each page, what was filled in and noted on it, and which pages are only scans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped] # the library has no types
import pypdfium2.raw as pdfium  # type: ignore[import-untyped] # the library has no types

from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.readers.attached import Attached
from markterm.evidence.readers.draft import Draft, damage_said
from markterm.evidence.readers.escape import escape_inline
from markterm.evidence.readers.pdf.appearance import words_shown
from markterm.evidence.readers.pdf.attached import cover_note, files_of, kept_file
from markterm.evidence.readers.pdf.blocks import blocks, levels
from markterm.evidence.readers.pdf.boxes import box_of_bounds
from markterm.evidence.readers.pdf.form import Field, PageForm, field_of
from markterm.evidence.readers.pdf.lines import UNNAMED, Line, lines_and_tables
from markterm.evidence.readers.pdf.links import links_of, with_links
from markterm.evidence.readers.pdf.notes import PageNote, PageNotes
from markterm.evidence.readers.pdf.picture import LITTLE, is_mostly_picture
from markterm.evidence.readers.pdf.remarks import PageRemarks, Remark, remark_of
from markterm.evidence.readers.pdf.rescue import LARGEST, rescued
from markterm.evidence.readers.pdf.signatures import signatures_of
from markterm.evidence.readers.pdf.table import Table, tables
from markterm.evidence.readers.pdf.turn import turn_of
from markterm.evidence.readers.pdf.unseen import has_undrawn_text, hides_text, is_beside, texts_of
from markterm.evidence.readers.pdf.words import reads_as_words
from markterm.evidence.readers.pdf.xfa import Xfa, xfa_of

MOST_PAGES = 2_000
MOST_CHARACTERS = 4_000_000
"""No page after these is read."""
MOST_ANNOTATIONS = 20_000
"""Fields, comments and the like, of the whole file."""
_RESCUED = "It is damaged or cut short: what is shown is what could be found of it. Ask for the file once more."


@dataclass
class _Page:
    parts: Sequence[Line | Table] = ()
    """Lines and tables in the order of the file."""
    form: PageForm = field(default_factory=PageForm)
    remarks: PageRemarks = field(default_factory=PageRemarks)
    addresses: Sequence[str] = ()
    """Where links lead that have no words."""
    is_damaged: bool = False
    is_drawn_on: bool = False
    """Whether anything at all is printed or drawn on it."""
    hides_text: bool = False
    """Whether text of it stands on a layer that is switched off."""
    has_undrawn_text: bool = False
    """Whether text of it is not drawn."""
    is_cropped: bool = False
    """Whether text of it stands beside the part that is shown."""
    is_pictured: bool = False
    """Whether a picture takes most of it, and what is printed is little."""

    @cached_property
    def text(self) -> str:
        """Everything that is printed on it."""
        return "\n".join(part.text for part in self.parts)

    @cached_property
    def reads_well(self) -> bool:
        """Whether its letters come out as words."""
        return reads_as_words(self.text)

    @property
    def has_words(self) -> bool:
        """Whether there is anything to read, printed or added."""
        return bool(self.parts) or self.form.has_words or self.remarks.has_words


def read(path: Path) -> Converted:
    """The pages of `path`. Raises NotReadable when it is encrypted or not a PDF."""
    with damage_said("a PDF"):
        document = _opened(path)
        if document is not None:
            file = _File(path, document)
            converted = file.read()
            if not file.is_lost:
                return converted
        found = rescued(path.read_bytes()) if path.stat().st_size <= LARGEST else None
        if found is not None:
            rescue = _File(path, pypdfium2.PdfDocument(found), Draft([_RESCUED]))
            rescued_text = rescue.read()
            if rescue.has_words:
                return rescued_text
        if document is None or not converted.markdown:
            raise ValueError("nothing can be read on any of its pages, or it has none")
        return converted


def _opened(path: Path) -> Any:
    """PDFium's document; None for one that is damaged. Raises NotReadable for one that is encrypted."""
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise NotReadable("The PDF is encrypted: it opens only with a password.") from error
        if error.err_code == pdfium.FPDF_ERR_SECURITY:
            raise NotReadable("The PDF is encrypted in a way that cannot be read here.") from error
        return None


@contextmanager
def _form_of(document: Any) -> Iterator[Any]:
    """What PDFium asks about fields, also where the file has no form of its own but only the fields of its pages."""
    config = pdfium.FPDF_FORMFILLINFO(version=2)
    form = pdfium.FPDFDOC_InitFormFillEnvironment(document, config)
    try:
        yield form
    finally:
        if form:
            pdfium.FPDFDOC_ExitFormFillEnvironment(form)


@dataclass(slots=True)
class _File:
    """A file while it is read."""

    path: Path
    document: Any
    draft: Draft = field(default_factory=Draft)
    attached: Attached = field(default_factory=Attached)
    form: Any = None
    has_words: bool = False
    """Whether there was anything to read on any page."""
    is_lost: bool = False
    """Whether all of its pages are damaged."""
    room: int = field(default_factory=lambda: MOST_ANNOTATIONS)
    """How many fields, comments and the like are still read."""

    def read(self) -> Converted:
        """All of it; the document is closed afterwards."""
        with self.document, _form_of(self.document) as self.form:
            return self._converted()

    def _converted(self) -> Converted:
        count = len(self.document)
        # Pages lose their fields while they are read, and signatures are fields.
        signatures, xfa = signatures_of(self.document), xfa_of(self.document)
        pages: list[_Page] = []
        characters = 0
        for number in range(min(count, MOST_PAGES)):
            if characters > MOST_CHARACTERS:
                break
            try:
                pages.append(self._page(number))
            except pypdfium2.PdfiumError:
                pages.append(_Page(is_damaged=True))
            else:
                characters += len(pages[-1].text)
        self.has_words = any(page.has_words for page in pages)
        self.is_lost = all(page.is_damaged for page in pages)
        # Of a form that is shown elsewhere the one page says only that.
        is_excuse = xfa is not None and xfa.is_elsewhere and count == 1 and pages[0].form.is_untouched
        _write(pages, self.draft, is_excuse=is_excuse)
        if xfa is not None:
            self._write_xfa(xfa, pages)
        if signatures:
            self.draft.at("signatures")
            self.draft.add("\n".join(signature.item for signature in signatures))
            given = f"{len(signatures)} electronic signature{'s' if len(signatures) > 1 else ''}"
            self.draft.notes.append(f"It has {given}, which MarkTerm does not check.")
        if files := files_of(self.document, self.attached):
            self.draft.at("attachments")
            self.draft.add("\n".join(f"- {said}" for said in files))
        if len(pages) < count:
            self.draft.notes.append(
                f"Only the first {len(pages):,} of {count:,} pages are shown; open the file outside."
            )
        if self.room < 0:
            self.draft.notes.append(
                f"It has more than {MOST_ANNOTATIONS:,} fields, comments and the like: the others are not shown."
            )
        if cover := cover_note(self.document, self.path):
            self.draft.notes.insert(0, cover)
        self.draft.notes.extend(self.attached.notes())
        return self.draft.converted(pages=count, attachments=self.attached.files)

    def _write_xfa(self, xfa: Xfa, pages: Sequence[_Page]) -> None:
        shown: dict[str, set[str]] = {}
        for page in pages:
            for name, words in page.form.shown():
                shown.setdefault(name, set()).add(words)
        missing = xfa.missing(shown)
        if missing:
            self.draft.at("form")
        for value in missing:
            self.draft.add(value.item)
        self.draft.notes.extend(xfa.notes(is_listed=bool(missing)))

    def _page(self, number: int) -> _Page:
        page = self.document[number]
        try:
            text_page = page.get_textpage()
            try:
                printed = text_page.count_chars()
                turn = turn_of(page, text_page)
                read = _Page(lines_and_tables(text_page, tables(page, turn), turn))
                if links := links_of(self.document, page):
                    read.parts = with_links(text_page, read.parts, links, turn)
                    told = {link.address for link in links if link.words}
                    read.addresses = [link.address for link in links if link.address not in told]
                texts = texts_of(page)
                read.hides_text = hides_text(page, texts)
                read.has_undrawn_text = has_undrawn_text(texts)
                read.is_cropped = any(isinstance(part, Line) and is_beside(page, part, turn) for part in read.parts)
                if printed < LITTLE:
                    read.is_drawn_on = pdfium.FPDFPage_CountObjects(page) > 0
                    read.is_pictured = is_mostly_picture(page)
                if pdfium.FPDFPage_GetAnnotCount(page) > 0:
                    self._read_annotations(page, text_page, read)
            finally:
                text_page.close()
            wordless: list[Field | Remark] = [*read.form.wordless, *read.remarks.pictured]
            if wordless:
                shown = words_shown(self.document, number, page, printed, [one.box for one in wordless])
                for one, words in zip(wordless, shown, strict=True):
                    one.shown = words
            return read
        finally:
            page.close()

    def _read_annotations(self, page: Any, text_page: Any, read: _Page) -> None:
        """What was filled into the form on a page, and what was noted on the page."""
        # It is now that fields become known which no form of the file lists.
        pdfium.FORM_OnAfterLoadPage(page, self.form)
        try:
            for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
                self.room -= 1
                if self.room < 0:
                    return
                annotation = pdfium.FPDFPage_GetAnnot(page, number)
                if not annotation:
                    continue
                try:
                    bounds = pdfium.FS_RECTF()
                    pdfium.FPDFAnnot_GetRect(annotation, bounds)
                    box = box_of_bounds(bounds)
                    if pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_WIDGET:
                        read.form.fields.append(field_of(annotation, self.form, box))
                    elif remark := remark_of(annotation, page, text_page, box):
                        read.remarks.by_number[number] = remark
                        if file := pdfium.FPDFAnnot_GetFileAttachment(annotation):
                            remark.attached = kept_file(file, self.attached)
                finally:
                    pdfium.FPDFPage_CloseAnnot(annotation)
        finally:
            pdfium.FORM_OnBeforeClosePage(page, self.form)


def _write(pages: Sequence[_Page], draft: Draft, *, is_excuse: bool) -> None:
    notes = PageNotes()
    found = levels(part for page in pages for part in page.parts)
    for number, page in enumerate(pages, 1):
        draft.at(f"page {number}")
        if is_excuse:
            draft.add("*[this page only asks to open the file in another program]*")
        for block in blocks(page.parts, found):
            draft.add(block)
        if not page.has_words and not is_excuse:
            # It needs a line of its own, so that the place of the page is not that of the next.
            draft.add(f"*[page {number} has no text]*")
        for item in (*page.form.items(), *page.remarks.items()):
            draft.add(item)
        for address in dict.fromkeys(page.addresses):
            draft.add(f"- Link on a picture: {escape_inline(address)}")
        if not page.reads_well or (page.is_drawn_on and (page.is_pictured or not page.parts)):
            draft.scans.append(number)
        _note(page, number, notes, is_excuse=is_excuse)
    draft.notes.extend(notes.sentences())


def _note(page: _Page, number: int, notes: PageNotes, *, is_excuse: bool) -> None:
    """Say what is to be said of a page."""
    if page.is_damaged:
        notes.add(PageNote.DAMAGED, number)
    elif not page.has_words and not is_excuse:
        notes.add(PageNote.NO_TEXT, number)
    elif page.is_pictured:
        notes.add(PageNote.PICTURE, number)
    if page.reads_well:
        notes.add(PageNote.UNNAMED, number, page.text.count(UNNAMED))
    else:
        notes.add(PageNote.NO_WORDS, number)
    notes.add(PageNote.HIDDEN, number, page.hides_text)
    notes.add(PageNote.UNDRAWN, number, page.has_undrawn_text)
    notes.add(PageNote.BESIDE, number, page.is_cropped)
    notes.add(PageNote.DRAWN, number, page.remarks.drawn)
    notes.add(PageNote.PLAYED, number, page.remarks.played)
