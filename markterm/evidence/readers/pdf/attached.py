"""Files within a PDF: those of the whole file, and those that somebody put on a page."""

from __future__ import annotations

import ctypes
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped] # the library has no types

from markterm.evidence.readers.attached import Attached
from markterm.evidence.readers.escape import escape_inline
from markterm.evidence.readers.pdf.strings import wide

MOST_NAMED = 10_000
"""Files of the whole PDF: those after them are not even named."""
_DAMAGED = "left out: it cannot be taken out of the PDF here"
_COLLECTION = b"/Collection"
_COVER = "It is a portfolio: the files in it are the work, and its page is only a cover."


def kept_file(attachment: Any, attached: Attached) -> str:
    """What stands, as Markdown, where the file stands that PDFium names; it is kept in `attached` when it can be."""
    name = " ".join(wide(lambda *room: pdfium.FPDFAttachment_GetName(attachment, *room)).split())
    size = ctypes.c_ulong()
    if not pdfium.FPDFAttachment_GetFile(attachment, None, 0, size):
        why = _DAMAGED
    elif not (why := attached.refusal(size.value)):
        room = ctypes.create_string_buffer(size.value or 1)
        if pdfium.FPDFAttachment_GetFile(attachment, room, size.value, size):
            return f"[attached: {escape_inline(attached.add(name, room.raw[: size.value]))}]"
        why = _DAMAGED
    attached.leave_out(name, why)
    return f"[attached: {escape_inline(name or 'without a name')}, {why}]"


def files_of(document: Any, attached: Attached) -> list[str]:
    """What is said of each file of the whole PDF, as Markdown; they are kept in `attached`."""
    count = max(pdfium.FPDFDoc_GetAttachmentCount(document), 0)
    said = []
    for number in range(min(count, MOST_NAMED)):
        if attachment := pdfium.FPDFDoc_GetAttachment(document, number):
            said.append(kept_file(attachment, attached))
    return said


def cover_note(document: Any, path: Path) -> str:
    """That the file is a portfolio, whose page is a cover; empty when it is none, as far as can be told."""
    if pdfium.FPDFDoc_GetAttachmentCount(document) < 1:
        return ""
    opens_with_files = pdfium.FPDFDoc_GetPageMode(document) == pdfium.PAGEMODE_USEATTACHMENTS and len(document) < 2
    return _COVER if opens_with_files or _says_collection(path) else ""


def _says_collection(path: Path) -> bool:
    with path.open("rb") as stream, mmap(stream.fileno(), 0, access=ACCESS_READ) as content:
        return content.find(_COLLECTION) >= 0
