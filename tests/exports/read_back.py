"""What a person reads in an exported file, found out by libraries that MarkTerm did not write it with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]  # it has no types
from docx import Document as Opened
from lxml import html  # type: ignore[import-untyped]  # it has no types
from markdown_it import MarkdownIt
from openpyxl.utils.escape import unescape  # type: ignore[import-untyped]  # it has no types
from pypdfium2 import PdfDocument  # type: ignore[import-untyped]  # it has no types

_WORD_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


def words_in(file: Path) -> str:
    """All words of a file, squeezed; what has no form of its own is read as text."""
    return squeezed(_READERS.get(file.suffix, _text)(file))


def squeezed(text: str) -> str:
    """The text without what a form lays out in its own way: white space, and hyphens, which end lines in a PDF and are
    read as something else there. Letters that are one sign, such as ﬁ, are two; a letter and its accent are two as
    well: an accent that begins a text is no part of the letter that stands before it on the page."""
    return re.sub(r"[\s\x02\ufffe-]", "", unicodedata.normalize("NFKD", text))


def _text(file: Path) -> str:
    return file.read_text("utf-8-sig")


def _markdown(file: Path) -> str:
    page = MarkdownIt("commonmark").enable("table").render(file.read_text("utf-8"))
    return str(html.fromstring(f"<div>{page}</div>").text_content())


def _page(file: Path) -> str:
    (body,) = html.fromstring(file.read_bytes()).xpath("//body")  # What is above it is for the browser.
    return str(body.text_content())


def _word(file: Path) -> str:
    opened = Opened(str(file))
    parts = [opened.element.body, *(each._element for own in opened.sections for each in (own.header, own.footer))]
    return " ".join("".join(each.text or "" for each in part.iter(_WORD_TEXT)) for part in parts)


def _workbook(file: Path) -> str:
    sheets = openpyxl.load_workbook(file).worksheets
    return " ".join(unescape(str(cell)) for sheet in sheets for row in sheet.values for cell in row if cell is not None)


def _pdf(file: Path) -> str:
    return " ".join(page.get_textpage().get_text_range() for page in PdfDocument(file.read_bytes()))


_READERS: Mapping[str, Callable[[Path], str]] = {
    ".docx": _word,
    ".html": _page,
    ".md": _markdown,
    ".pdf": _pdf,
    ".xlsx": _workbook,
}
