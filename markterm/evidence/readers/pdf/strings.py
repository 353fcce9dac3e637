"""Texts of a PDF as PDFium gives them: it is asked for the size first, and then fills a room of that size."""

from __future__ import annotations

import ctypes
import html
import re
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped] # the library has no types

_MOST_BYTES = 8_000_000
_CUT = " …"
_END_OF_LINE = re.compile(r"<br\s*/?>|</(?:p|li|div)\s*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW


def wide(ask: Callable[..., int]) -> str:
    """A text of 16-bit characters with its lines; `ask` takes a room and its size in bytes, and says the whole size.

    More than four million characters are no text of a person: what is beyond them is cut, and shows that it is.
    """
    size = min(ask(None, 0), _MOST_BYTES)
    if size <= 2:
        return ""
    room = ctypes.create_string_buffer(size + 2)
    full = ask(ctypes.cast(room, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    text = room.raw[:size].decode("utf-16-le", "replace").partition("\0")[0]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = "\n".join(" ".join(line.split()) for line in lines).strip()
    return kept + _CUT if full > size else kept


def string_of(annotation: Any, key: bytes) -> str:
    """The text or name under a key of an annotation; empty when there is none."""
    return wide(lambda *room: pdfium.FPDFAnnot_GetStringValue(annotation, key, *room))


def rich_string_of(annotation: Any, key: bytes) -> str:
    """The words of the formatted text (XHTML) under a key of an annotation, with its lines."""
    lines = html.unescape(_TAG.sub("", _END_OF_LINE.sub("\n", string_of(annotation, key)))).split("\n")
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def is_unseen(annotation: Any) -> bool:
    """Whether no program shows an annotation, or none does on a screen."""
    return bool(pdfium.FPDFAnnot_GetFlags(annotation) & _UNSEEN)
