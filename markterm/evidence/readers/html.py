"""Web pages: their words, also those that a browser would hide, and where their links lead."""

from __future__ import annotations

import re
from pathlib import Path

from bs4 import BeautifulSoup

from markterm.evidence.charset import Decoded, decoded
from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.readers.markup import markdown_of

_LARGEST = 16 * 1024 * 1024
_HEAD = 4096
_PREAMBLE = 256 * 1024
"""Bytes. Some pages have their scripts before they say what they are written in."""
_CHARSET = re.compile(rb"<(?:meta|\?xml)\b[^<>]*?\b(?:charset|encoding)\s*=\s*(?:[\"']\s*)?([\w.:+-]+)", re.IGNORECASE)


def read(path: Path) -> Converted:
    """The words of the page. Nothing in it is run or fetched. Raises NotReadable when it is no page."""
    data = path.read_bytes()
    if len(data) > _LARGEST:
        raise NotReadable(f"It is a page of more than {_LARGEST // 1024 // 1024} MB.")
    page = decoded(data, label_of_page(data))
    if "\0" in page.text[:_HEAD]:
        raise NotReadable("It is named like a web page, and holds something else.")
    markdown, _, soup = markdown_of(page.text)
    return Converted(markdown, notes=(*_notes_of(page), *notes_of_page(soup)))


def notes_of_page(soup: BeautifulSoup) -> list[str]:
    """What was left out of a page with these tags, one sentence each."""
    notes = [f"{said}: {count}." for said, count in counts_of_page(soup).items() if count]
    if soup.find(style=_hides) or soup.find(hidden=True):
        notes.append("Text that a browser would hide is shown.")
    return notes


def counts_of_page(soup: BeautifulSoup) -> dict[str, int]:
    """How much of each kind is left out of a page with these tags."""
    return {
        "Scripts that were left out and not run": len(soup.find_all("script")),
        "Style sheets that were left out": len(soup.find_all(["style", "link"])),
        "Pictures that are shown by their description only": len(soup.find_all(["img", "svg"])),
    }


def label_of_page(data: bytes) -> str:
    """What a page says of its alphabet; empty when it says nothing."""
    found = _CHARSET.search(data[:_PREAMBLE])
    return found[1].decode("ascii", "replace") if found is not None else ""


def _notes_of(page: Decoded) -> list[str]:
    if not page.lost:
        return []
    return [f"Read as {page.alphabet}; characters that could not be read and stand as \ufffd: {page.lost}."]


def _hides(style: str | None) -> bool:
    """Whether a style makes what it stands on invisible."""
    words = (style or "").replace(" ", "").lower()
    return "display:none" in words or "visibility:hidden" in words or "font-size:0" in words
